"""The export: the whole catalog as one document for programs, the same every time, or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import export
import pytest
import scratch
from catalog.check import check
from catalog.entry import Catalog, Entry, Organization
from catalog.export import as_json
from catalog.source import Source
from hostile import HOSTILE, WRITTEN
from jsonschema import Draft202012Validator
from scratch import ROOT, right, wrong

TEXTS = [*HOSTILE, *(text for text, _ in WRITTEN)]
LANGUAGE = ("LC_ALL", "LC_MESSAGES", "LANG", "GITHUB_ACTIONS")


@pytest.fixture(autouse=True)
def plain(monkeypatch) -> None:
    """Nobody's language, and not GitHub's machine."""
    for name in LANGUAGE:
        monkeypatch.delenv(name, raising=False)


TREE = {
    "labs/360.yaml": """\
type: model
domain: general
name: {zh: 智脑, en: 360}
organization: {name: {en: Labs}, kind: institute, location: {country: CN, city: {zh: 杭州}}}
released: 2023-07
status: available
variants: [{name: 1.10, parameters: 7B, context: 4096}]
sources: [{title: no}]
""",
    "acme/foo.yaml": "{name: {en: Foo}, type: model, domain: law, status: announced, sources: [{title: null.}]}\n",
    "acme/bar.yaml": """\
name: {en: Bar}
type: product
domain: law
status: available
results: [{benchmark: superclue, edition: 2023-11, rank: 1, scores: {total: 74.50}, source: 'https://acme.ai/'}]
sources: [{title: Bar}]
""",
    "acme/_organization.yaml": "{name: {en: Acme}, kind: company, location: {country: US}}\n",
}
DOCUMENT = {
    "entries": {
        "acme/bar": {
            "domain": "law",
            "name": {"en": "Bar"},
            "results": [
                {
                    "benchmark": "superclue",
                    "edition": "2023-11",
                    "rank": 1,
                    "scores": {"total": 74.5},
                    "source": "https://acme.ai/",
                }
            ],
            "sources": [{"title": "Bar"}],
            "status": "available",
            "type": "product",
        },
        "acme/foo": {
            "domain": "law",
            "name": {"en": "Foo"},
            "sources": [{"title": "null."}],
            "status": "announced",
            "type": "model",
        },
        "labs/360": {
            "domain": "general",
            "name": {"en": "360", "zh": "智脑"},
            "released": "2023-07",
            "sources": [{"title": "no"}],
            "status": "available",
            "type": "model",
            "variants": [{"context": 4096, "name": "1.10", "parameters": "7B"}],
        },
    },
    "organizations": {
        "acme": {"kind": "company", "location": {"country": "US"}, "name": {"en": "Acme"}},
        "labs": {"kind": "institute", "location": {"city": {"zh": "杭州"}, "country": "CN"}, "name": {"en": "Labs"}},
    },
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return scratch.make(tmp_path, {name: text.encode() for name, text in TREE.items()})


def test_a_tree_becomes_one_document(root: Path, capsys) -> None:
    before = scratch.files(root)
    assert export.main(["--root", str(root)]) == 0
    assert capsys.readouterr() == (json.dumps(DOCUMENT, ensure_ascii=False, indent=2) + "\n", "")
    assert scratch.files(root) == before


@pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"LC_ALL": "zh_CN.UTF-8", "GITHUB_ACTIONS": "true"}])
def test_the_document_is_the_same_bytes_everywhere(environment: dict[str, str], root: Path) -> None:
    done = scratch.run("export.py", "--root", str(root), cwd=root, PYTHONHASHSEED="1", **environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (json.dumps(DOCUMENT, ensure_ascii=False, indent=2) + "\n").encode()


ENGLISH, CHINESE = "export.py: nothing is written while a file is wrong", "export.py: 有文件出错，因此没有输出"
REFUSALS = [  # how it is asked, how the answer begins, and its last line
    ([], {}, ("entries/acme/foo.yaml:4:9: unknown-value: ", ENGLISH)),
    (["--lang", "zh"], {}, ("entries/acme/foo.yaml:4:9: unknown-value: ", CHINESE)),
    ([], {"LANG": "zh_CN.UTF-8"}, ("entries/acme/foo.yaml:4:9: unknown-value: ", CHINESE)),
    ([], {"GITHUB_ACTIONS": "true"}, ("::error file=entries/acme/foo.yaml,line=4,", ENGLISH)),
]


@pytest.mark.parametrize(("argv", "environment", "said"), REFUSALS)
def test_nothing_is_written_while_an_entry_is_wrong(argv, environment, said, root, capsys, monkeypatch) -> None:
    scratch.add(root, "acme/foo.yaml", wrong("Foo"))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert export.main(["--root", str(root), *argv]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(said[0])
    assert err.endswith(f"\n{said[1]}\n")


@pytest.mark.parametrize(("name", "rule"), [("acme/foo.yml", "file-name"), ("new/foo.yaml", "organization-missing")])
def test_nothing_is_written_while_the_list_is_wrong(name: str, rule: str, root: Path, capsys) -> None:
    scratch.add(root, name, right("New"))
    assert export.main(["--root", str(root)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"entries/{name}:1:1: {rule}: " in err
    assert "\n5 files checked, 1 problem.\n" in err


def test_no_entry_at_all_is_a_failure(tmp_path: Path, capsys) -> None:
    scratch.make(tmp_path, {})
    assert export.main(["--root", str(tmp_path)]) == 1
    assert export.main(["--root", str(tmp_path), "--lang", "zh"]) == 1
    assert capsys.readouterr() == ("", "export.py: no entries found\nexport.py: 没有找到条目\n")


@pytest.mark.parametrize("argv", [["--nope"], ["catalog.json"], ["--lang", "fr"]])
def test_wrong_use(argv: list[str], root: Path, capsys) -> None:
    with pytest.raises(SystemExit) as exit_:
        export.main(["--root", str(root), *argv])
    assert exit_.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: export.py ")


# --- the real list ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def document(schema) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(as_json(check(ROOT, schema)[0]))
    return found


def test_every_file_is_in_the_document(document) -> None:
    paths = {path.relative_to(ROOT / "entries").as_posix() for path in (ROOT / "entries").rglob("*.yaml")}
    assert document.keys() == {"entries", "organizations"}
    assert {f"{name}.yaml" for name in document["entries"]} == {path for path in paths if "/_" not in path}
    assert document["organizations"].keys() == {path.partition("/")[0] for path in paths}


@pytest.mark.parametrize("kind", ["entry", "organization"])
def test_what_is_written_fits_the_schema(kind: str, document, schema) -> None:
    validator = Draft202012Validator(getattr(schema, kind))
    records = document[{"entry": "entries", "organization": "organizations"}[kind]]
    assert [name for name, record in records.items() if not validator.is_valid(record)] == []


def test_texts_of_strangers_stay_texts() -> None:
    """And no line of them is a command to GitHub's runner."""
    data = {"name": {"en": "x"}, "sources": [{"title": text} for text in TEXTS], "organization": {"name": {"en": "x"}}}
    source = Source("entries/acme/foo.yaml", "", data)
    makers = tuple(Organization(f"maker-{n}", {"name": {"en": text}}, source) for n, text in enumerate(TEXTS))
    written = as_json(Catalog({"acme/foo": Entry("acme/foo", data, source)}, makers))
    found = json.loads(written)
    assert [source["title"] for source in found["entries"]["acme/foo"]["sources"]] == TEXTS
    assert [found["organizations"][f"maker-{n}"]["name"]["en"] for n in range(len(TEXTS))] == TEXTS
    assert "##[" not in written
    assert not [line for line in written.split("\n") if line.lstrip().startswith("::")]
