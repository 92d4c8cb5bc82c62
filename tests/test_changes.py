"""What changed between two states of the catalog is found, and told to people and programs."""

from __future__ import annotations

import gc
import html
import json
from pathlib import Path
from typing import Any

import diff
import pytest
from catalog.changes import Changed, Field, Renamed, Unread, changes, fields
from catalog.difference import as_json, as_markdown, shown
from catalog.entry import Catalog, Entry, Organization
from catalog.history import State
from catalog.schema import Schema
from catalog.source import Source
from rendered import PARSERS, whole
from repository import Repository
from scratch import right, wrong


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    """Nobody's language; and the garbage is collected again, which a command leaves."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield
    gc.enable()


# --- fields -------------------------------------------------------------------------------------------------

V = [{"name": "A", "context": 1}, {"name": "B"}]
FIELDS: list[tuple[Any, Any, list[tuple[str, Any, Any]]]] = [  # before, after, what differs
    ({"family": "X"}, {"family": "X"}, []),
    ({"family": "X"}, {"family": "Y"}, [("family", "X", "Y")]),
    ({}, {"family": "Y"}, [("family", None, "Y")]),
    ({"family": "X"}, {}, [("family", "X", None)]),
    ({"a": 1, "b": 2}, {"b": 3, "a": 1, "c": 4}, [("b", 2, 3), ("c", None, 4)]),
    ({"name": {"en": "X"}}, {"name": {"en": "X", "zh": "某"}}, [("name.zh", None, "某")]),
    ({"name": {"en": "X", "zh": "某"}}, {"name": {"zh": "某", "en": "X"}}, []),
    ({"aliases": ["X", "Y"]}, {"aliases": ["Y", "Z"]}, [("aliases", "X", None), ("aliases", None, "Z")]),
    ({"languages": ["zh", "en"]}, {"languages": ["en", "zh"]}, [("languages", ["zh", "en"], ["en", "zh"])]),
    ({"license": "MIT"}, {"license": {"name": "Own"}}, [("license", "MIT", {"name": "Own"})]),
    ({"aliases": "X"}, {"aliases": ["X"]}, [("aliases", "X", ["X"])]),
    ({"variants": V}, {"variants": [V[0] | {"context": 2}, V[1]]}, [("variants[A].context", 1, 2)]),
    ({"variants": V}, {"variants": V[:1]}, [("variants[B]", {"name": "B"}, None)]),
    ({"variants": V[1:]}, {"variants": V}, [("variants[A]", None, V[0])]),
    ({"variants": V}, {"variants": V[::-1]}, [("variants", ["A", "B"], ["B", "A"])]),
    ({}, {"variants": V}, [("variants", None, V)]),
    (
        {"variants": [V[1], V[1]]},
        {"variants": [V[1], V[1] | {"context": 2}]},
        [("variants[B (2)].context", None, 2)],
    ),
    (
        {"sources": [{"url": "https://a.ai/", "supports": ["name"]}, {"title": "Book"}]},
        {"sources": [{"url": "https://a.ai/", "supports": ["name", "links"]}, {"title": "Book", "accessed": "2026"}]},
        [("sources[https://a.ai/].supports", None, "links"), ("sources[Book].accessed", None, "2026")],
    ),
    (
        {"sources": [{"title": "A"}, {"title": "A", "kind": "primary"}, {"title": "A (2)"}]},
        {"sources": [{"title": "A"}, {"title": "A", "kind": "list"}, {"title": "A (2)"}]},
        [("sources[A (2)].kind", "primary", "list")],
    ),
    (
        {"results": [{"benchmark": "b", "edition": "2023", "scores": {"total": 1.5}}]},
        {"results": [{"benchmark": "b", "edition": "2023", "scores": {"total": 2}}]},
        [("results[b 2023].scores.total", 1.5, 2)],
    ),
    (
        {"results": [{"benchmark": "b", "edition": "2023", "tested": "A", "rank": 1}]},
        {"results": [{"benchmark": "b", "edition": "2023", "tested": "B", "rank": 2}]},
        [
            ("results[b 2023 A]", {"benchmark": "b", "edition": "2023", "tested": "A", "rank": 1}, None),
            ("results[b 2023 B]", None, {"benchmark": "b", "edition": "2023", "tested": "B", "rank": 2}),
        ],
    ),
    (
        {"links": {"website": "https://a.ai/"}},
        {"links": {"demo": "https://a.ai/"}},
        [("links.website", "https://a.ai/", None), ("links.demo", None, "https://a.ai/")],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), FIELDS)
def test_fields_are_compared_one_by_one(old: Any, new: Any, expected: list[tuple[str, Any, Any]]) -> None:
    assert [tuple(field) for field in fields(old, new)] == expected


# --- records ------------------------------------------------------------------------------------------------

BASE = {"name": {"en": "Foo"}, "type": "model", "domain": "general", "status": "available", "sources": [{"title": "x"}]}
ACME = {"name": {"en": "Acme"}, "kind": "company", "location": {"country": "US"}}


def catalog(entries: dict[str, dict[str, Any]], unread: tuple[str, ...] = (), **makers: dict[str, Any]) -> Catalog:
    made = {name: Entry(name, BASE | data, source(name, BASE | data)) for name, data in sorted(entries.items())}
    described = [Organization(name, data, source(f"{name}/_organization", data)) for name, data in makers.items()]
    return Catalog(made, tuple(described), frozenset(unread))


def source(name: str, data: dict[str, Any]) -> Source:
    return Source(f"entries/{name}.yaml", "", data)


def ids(records: Any) -> list[str]:
    return [record.id for record in records]


def test_what_came_went_and_changed() -> None:
    before = catalog({"a/x": {}, "a/z": {"name": {"en": "Zed"}}, "a/y": {}}, acme=ACME, old=ACME)
    after = catalog(
        {"a/x": {"family": "X"}, "a/y": {}, "a/b": {"name": {"en": "Bee"}}}, acme=ACME | {"kind": "institute"}, new=ACME
    )
    found = changes(before, after)
    assert (ids(found.added), ids(found.removed), found.renamed) == (["a/b"], ["a/z"], ())
    assert found.changed == (Changed("a/x", (Field("family", None, "X"),)),)
    assert (ids(found.organizations_added), ids(found.organizations_removed)) == (["new"], ["old"])
    assert found.organizations_changed == (Changed("acme", (Field("kind", "company", "institute"),)),)


def test_the_organization_in_an_entry_is_told_once() -> None:
    before, after = catalog({"a/x": {"organization": ACME}}, a=ACME), catalog({"a/x": {}}, a=ACME | {"parent": "b"})
    found = changes(before, after)
    assert found.changed == ()
    assert found.organizations_changed == (Changed("a", (Field("parent", None, "b"),)),)


def test_a_file_that_does_not_fit_is_neither_added_nor_removed() -> None:
    before = catalog({"a/x": {}, "a/y": {}}, unread=("a/b", "a/n"), a=ACME)
    after = catalog({"a/y": {}, "a/b": {}}, unread=("a/x", "a/n", "a/_organization"))
    found = changes(before, after)
    assert (found.added, found.removed, found.renamed, found.changed) == ((), (), (), ())
    assert (found.organizations_added, found.organizations_removed) == ((), ())
    assert found.unread == (
        Unread("a", False, True),
        Unread("a/b", True, False),
        Unread("a/n", True, True),
        Unread("a/x", False, True),
    )


LINKED = {"links": {"repository": "https://github.com/acme/foo"}, "family": "Foo"}
RENAMED: list[tuple[Any, Any, list[tuple[str, str, str]]]] = [  # before, after, what was renamed, and how sure it is
    ({"a/x": {}}, {"a/y": {}}, [("a/x", "a/y", "same")]),
    ({"a/x": {}}, {"a/y": {"former_ids": ["a/x"]}}, [("a/x", "a/y", "stated")]),
    ({"a/x": {}}, {"b/q": {"name": {"en": "Other"}, "former_ids": ["a/x"]}}, [("a/x", "b/q", "stated")]),
    ({"a/x": {}}, {"b/q": {"name": {"en": "Other"}}}, []),
    ({"a/x": {}}, {"a/y": {"status": "discontinued"}}, [("a/x", "a/y", "near")]),
    ({"a/x": {}}, {"a/y": {"name": {"en": "FOO"}}}, []),
    ({"a/x": LINKED}, {"a/y": LINKED | {"name": {"en": "Bar"}}}, [("a/x", "a/y", "near")]),
    ({"a/x": LINKED}, {"a/y": {"name": {"en": "Bar"}, "links": LINKED["links"]}}, []),
    ({"a/x": {}}, {"a/x": {}, "a/y": {}}, []),
    ({"a/x": {}, "a/y": {}}, {"a/y": {"former_ids": ["a/x"]}}, [("a/x", "a/y", "stated")]),
    (
        {"a/x": {}, "a/z": {}},
        {"a/y": {"former_ids": ["a/x", "a/z"]}},
        [("a/x", "a/y", "stated"), ("a/z", "a/y", "stated")],
    ),
    ({"a/x": {}, "a/z": {"family": "F"}}, {"a/y": {"family": "F"}}, [("a/z", "a/y", "same")]),
    ({"a/x": {}, "a/y": {}}, {"b/x": {}, "b/y": {}}, [("a/x", "b/x", "same"), ("a/y", "b/y", "same")]),
    ({"a/x": {}}, {"a/y": {}, "b/q": {"former_ids": ["a/x"]}}, [("a/x", "b/q", "stated")]),
    ({"a/x": {}, "a/z": {}}, {"a/y": {"former_ids": ["a/x"]}}, [("a/x", "a/y", "stated")]),
    ({"a/x": {}}, {"a/y": {"former_ids": ["a/x"]}, "a/z": {"former_ids": ["a/x"]}}, [("a/x", "a/y", "stated")]),
    ({"a/x": {"aliases": ["A", "B", "C"]}}, {"a/y": {"aliases": ["A", "B", "D"]}}, [("a/x", "a/y", "near")]),
    ({"a/x": {"aliases": ["A", "B"]}}, {"a/y": {"aliases": ["C", "D"]}}, []),
    ({"a/x": {}}, {f"b/y{n:02}": {} for n in range(20)}, [("a/x", "b/y00", "same")]),
    ({f"a/x{n}": {} for n in range(2)}, {f"b/y{n}": {} for n in range(21)}, []),
]


@pytest.mark.parametrize(("old", "new", "expected"), RENAMED)
def test_a_renaming_is_found_and_it_is_said_how_sure(old: Any, new: Any, expected: list[tuple[str, str, str]]) -> None:
    found = changes(catalog(old), catalog(new))
    assert [one[:3] for one in found.renamed] == expected
    assert not {*ids(found.added), *ids(found.removed)} & {name for one in expected for name in one[:2]}


def test_organizations_stand_by_their_ids() -> None:
    makers = {f"maker{number}": ACME for number in range(9, 0, -1)}
    found = changes(catalog({}), catalog({}, **makers))
    assert ids(found.organizations_added) == sorted(makers)
    assert ids(changes(catalog({}, **makers), catalog({})).organizations_removed) == sorted(makers)


@pytest.mark.parametrize("field", ["type", "domain", "status", "sources", "family", "license"])
def test_what_unlike_entries_have_in_common_makes_them_no_more_alike(field: str) -> None:
    """Of two facts of each, the name and the summary, one is the same; with a third that counts, most are."""
    one, two = {"summary": {"en": "a"}, field: "of both"}, {"summary": {"en": "b"}, field: "of both"}
    found = changes(catalog({"a/x": one}), catalog({"b/y": two})).renamed
    assert len(found) == (1 if field in ("family", "license") else 0)


def test_a_renaming_has_its_differences_too() -> None:
    found = changes(
        catalog({"a/x": {}}), catalog({"a/y": {"family": "F", "former_ids": ["a/x"], "organization": ACME}})
    )
    assert found.renamed == (Renamed("a/x", "a/y", "stated", (Field("family", None, "F"),)),)


# --- Markdown and JSON --------------------------------------------------------------------------------------


def state(found: Catalog, schema: Schema, commit: str | None = None) -> State:
    return State(found, (), schema, commit)


BEFORE = catalog(
    {
        "acme/bar": {"name": {"en": "Bar", "zh": "酒吧"}},
        "acme/foo": {"variants": [{"name": "Foo-7B", "context": 32768}], "family": "F"},
        "acme/old": {"name": {"en": "Tar"}},
    },
    acme=ACME,
)
AFTER = catalog(
    {
        "acme/foo": {"variants": [{"name": "Foo-7B", "context": 40960}], "aliases": ["Fu"]},
        "acme/new": {"name": {"en": "Tar"}, "former_ids": ["acme/old"]},
        "labs/baz": {"name": {"zh": "巴兹", "en": "Baz"}},
    },
    ("acme/qux",),
    acme=ACME | {"name": {"en": "Acme Inc."}},
    labs={**ACME, "name": {"en": "Labs", "zh": "实验室"}},
)
MARKDOWN = """\
# What changed

From <code>aaaaaaaaaaaa</code> to the working tree.

**1 entry added, 1 entry removed, 1 entry renamed, 1 entry changed, 1 organization added, 1 organization changed.**

## Entries added (1)

- **Baz** 巴兹 — Labs · <code>labs&#47;baz</code>

## Entries removed (1)

- **Bar** 酒吧 — Acme · <code>acme&#47;bar</code>

## Entries renamed (1)

- **Tar** — Acme Inc&#46; · <code>acme&#47;new</code> ← <code>acme&#47;old</code> (stated in former&#95;ids)

## Entries changed (1)

- **Foo** — Acme Inc&#46; · <code>acme&#47;foo</code>
  - <code>variants&#91;Foo-7B&#93;&#46;context</code>: 32768 → 40960
  - <code>family</code>: removed F
  - <code>aliases</code>: added &#91;Fu&#93;

## Organizations added (1)

- **Labs** 实验室 · <code>labs</code>

## Organizations changed (1)

- **Acme Inc&#46;** · <code>acme</code>
  - <code>name&#46;en</code>: Acme → Acme Inc&#46;

## Files that do not fit (1)

- <code>acme&#47;qux</code>: now
"""
CHINESE = """\
# 变更内容

从 <code>aaaaaaaaaaaa</code> 到 <code>bbbbbbbbbbbb</code>。

**新增 1 个条目，删除 1 个条目，改名 1 个条目，修改 1 个条目，新增 1 个机构，修改 1 个机构。**

## 新增的条目 (1)

- **巴兹** Baz — 实验室 · <code>labs&#47;baz</code>

## 删除的条目 (1)

- **酒吧** Bar — Acme · <code>acme&#47;bar</code>

## 改名的条目 (1)

- **Tar** — Acme Inc&#46; · <code>acme&#47;new</code> ← <code>acme&#47;old</code> (former&#95;ids 已注明)

## 修改的条目 (1)

- **Foo** — Acme Inc&#46; · <code>acme&#47;foo</code>
  - <code>variants&#91;Foo-7B&#93;&#46;context</code>: 32768 → 40960
  - <code>family</code>: 删除 F
  - <code>aliases</code>: 新增 &#91;Fu&#93;
"""


def test_the_markdown_reads_well(schema: Schema) -> None:
    found = changes(BEFORE, AFTER)
    before, now, then = state(BEFORE, schema, "a" * 40), state(AFTER, schema), state(AFTER, schema, "b" * 40)
    assert as_markdown(before, now, found, "en") == MARKDOWN
    assert as_markdown(before, then, found, "zh").startswith(CHINESE)


def test_no_change_is_said(schema: Schema) -> None:
    same = state(AFTER, schema, "a" * 40)
    found = changes(AFTER, AFTER)
    assert "\nNo entry and no organization changed.\n" in as_markdown(same, same, found, "en")
    assert "\n条目和机构都没有变化。\n" in as_markdown(same, same, found, "zh")


@pytest.mark.parametrize(
    ("facts", "how"),
    [
        ({"former_ids": ["acme/old"]}, "stated in former&#95;ids"),
        ({}, "the same data; not stated in former&#95;ids"),
        ({"weights": "open"}, "probably: nearly the same data; not stated in former&#95;ids"),
    ],
)
def test_it_is_said_how_sure_a_renaming_is(facts: dict[str, Any], how: str, schema: Schema) -> None:
    one, two = catalog({"acme/old": {}}, acme=ACME), catalog({"acme/new": facts}, acme=ACME)
    text = as_markdown(state(one, schema), state(two, schema), changes(one, two), "en").replace("&#59;", ";")
    assert f"<code>acme&#47;old</code> ({how})\n" in text.replace("&#58;", ":")


def test_a_long_list_is_folded(schema: Schema) -> None:
    many = catalog({f"a/x{n:03}": {"name": {"en": f"X{n}"}} for n in range(300)}, a=ACME)
    nothing = catalog({}, a=ACME)
    text = as_markdown(state(nothing, schema), state(many, schema), changes(nothing, many), "en")
    assert (
        "\n**300 entries added.**\n\n## Entries added (300)\n\n<details>\n<summary>Show all</summary>\n\n- **X0**"
        in text
    )
    assert text.endswith("- **X299** — Acme · <code>a&#47;x299</code>\n\n</details>\n")
    for parse in PARSERS:
        page = whole(parse(text))
        assert (page.tags.count("li"), page.tags.count("details"), page.tags.count("h2")) == (300, 1, 1)


def test_the_json_has_everything(schema: Schema) -> None:
    text = as_json(state(BEFORE, schema, "a" * 40), state(AFTER, schema), changes(BEFORE, AFTER))
    assert json.loads(text) == {
        "version": 1,
        "base": "a" * 40,
        "head": None,
        "entries": {
            "added": [{"id": "labs/baz", "name": {"zh": "巴兹", "en": "Baz"}, "organization": "labs"}],
            "removed": [{"id": "acme/bar", "name": {"en": "Bar", "zh": "酒吧"}, "organization": "acme"}],
            "renamed": [{"old": "acme/old", "new": "acme/new", "how": "stated", "fields": []}],
            "changed": [
                {
                    "id": "acme/foo",
                    "name": {"en": "Foo"},
                    "fields": [
                        {"path": "variants[Foo-7B].context", "old": 32768, "new": 40960},
                        {"path": "family", "old": "F", "new": None},
                        {"path": "aliases", "old": None, "new": ["Fu"]},
                    ],
                }
            ],
        },
        "organizations": {
            "added": [{"id": "labs", "name": {"en": "Labs", "zh": "实验室"}}],
            "removed": [],
            "changed": [
                {
                    "id": "acme",
                    "name": {"en": "Acme Inc."},
                    "fields": [{"path": "name.en", "old": "Acme", "new": "Acme Inc."}],
                }
            ],
        },
        "unread": [{"id": "acme/qux", "before": False, "after": True}],
    }
    assert text == json.dumps(json.loads(text), sort_keys=True, indent=2) + "\n"


def test_no_runner_obeys_the_json(schema: Schema) -> None:
    hostile = catalog({"a/x": {"name": {"en": "##[add-mask]x\n::error::y\u2028\ud800"}}}, a=ACME)
    nothing = catalog({}, a=ACME)
    text = as_json(state(nothing, schema), state(hostile, schema), changes(nothing, hostile))
    assert text.isascii()
    assert "##[" not in text
    assert not any(line.strip().startswith("::") for line in text.splitlines())
    assert json.loads(text)["entries"]["added"][0]["name"]["en"] == "##[add-mask]x\n::error::y\u2028\ud800"


def test_a_long_value_is_cut_in_the_markdown_only(schema: Schema) -> None:
    one, two = catalog({"a/x": {}}, a=ACME), catalog({"a/x": {"family": "x" * 300}}, a=ACME)
    text = as_markdown(state(one, schema), state(two, schema), changes(one, two), "en")
    assert f"<code>family</code>: added {'x' * 199}…\n" in text
    assert "x" * 300 in as_json(state(one, schema), state(two, schema), changes(one, two))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Foo <b>", "Foo <b>"),
        (2.5, "2.5"),
        (["A", "B"], "[A, B]"),
        ({"name": "Own", "url": "https://a.ai/"}, "name: Own, url: https://a.ai/"),
        ([{"name": "A", "kinds": ["x", "y"]}], "[name: A, kinds: [x, y]]"),
        ("x" * 200, "x" * 200),
        ("x" * 201, "x" * 199 + "…"),
    ],
)
def test_a_value_stands_on_one_line(value: Any, text: str) -> None:
    assert html.unescape(shown(value)).replace("<span>", "").replace("</span>", "") == text


# --- the command --------------------------------------------------------------------------------------------


ENTRIES = {"acme/foo.yaml": right("Foo", "Acme"), "acme/bar.yaml": right("Bar")}


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return Repository.of(tmp_path_factory.mktemp("seed") / "project", ENTRIES)


@pytest.fixture
def repo(seed: Repository, tmp_path: Path) -> Repository:
    return seed.duplicate(tmp_path / "project")


def run(repo: Repository, *argv: str) -> int:
    return diff.main(["--root", str(repo.root), *argv])


def test_the_command_compares_with_the_working_tree_or_a_commit(repo: Repository, capsys) -> None:
    (repo.root / "entries/acme/bar.yaml").unlink()
    repo.write("entries/acme/baz.yaml", wrong("Baz"))
    assert run(repo, "HEAD") == 0
    told = capsys.readouterr().out
    assert "\n**1 entry removed.**\n" in told
    assert told.endswith("## Files that do not fit (1)\n\n- <code>acme&#47;baz</code>: now\n")
    new = repo.commit()
    assert run(repo, "main", "main~1", "--lang", "zh") == 0
    told = capsys.readouterr().out
    assert "\n**新增 1 个条目。**\n" in told
    assert run(repo, "main~1", "main", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["version"], found["base"], found["head"]) == (1, repo.git("rev-parse", "main~1"), new)


def test_nothing_changed_is_no_failure(repo: Repository, capsys) -> None:
    assert run(repo, "HEAD", "HEAD") == 0
    assert capsys.readouterr().out.endswith("\nNo entry and no organization changed.\n")


WRONG_USE = [
    (["nope"], "en", "diff.py: 'nope' is no commit here; get it with `git fetch`\n"),
    (["HEAD", "##[x"], "zh", "diff.py: 这里没有提交 '#♯[x'；请用 `git fetch` 获取\n"),
]


@pytest.mark.parametrize(("argv", "lang", "said"), WRONG_USE)
def test_wrong_use_is_told(argv: list[str], lang: str, said: str, repo: Repository, capsys) -> None:
    assert run(repo, *argv, "--lang", lang) == 2
    assert capsys.readouterr() == ("", said)


def test_a_base_is_needed(repo: Repository, capsys) -> None:
    with pytest.raises(SystemExit) as exit_:
        run(repo)
    assert exit_.value.code == 2
    assert "BASE" in capsys.readouterr().err


def test_the_environment_chooses_the_language(repo: Repository, capsys, monkeypatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert run(repo, "HEAD") == 0
    assert capsys.readouterr().out.startswith("# 变更内容\n")
