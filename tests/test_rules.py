"""What case files cannot say of rules and exceptions: their words in both languages, and what reaches the catalog."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from casefile import CASES, cases, content
from catalog import exceptions, rules
from catalog.amounts import amount
from catalog.check import check
from catalog.problem import Problem
from catalog.rules import RULES, rule_id
from catalog.rules.facts import REQUIRED, UNSOURCED, later
from scratch import POSIX

ROOT = Path(__file__).parents[1]
HAN = re.compile("[\u4e00-\u9fff]")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|‘[^’]*’")
ALL = (*rules.RECORD_RULES, *rules.ENTRY_RULES, *rules.CATALOG_RULES)
NAMES = ("YAML", "Windows")  # with which a message may begin, although they have a capital letter
CASE_FILES = sorted(CASES.glob("*.txt"))

FOO = content("links: {website: 'http://acme.cn/'}\n…")
EXCUSED = b"""exceptions:
  - rule: unencrypted-address
    file: entries/acme/foo.yaml
    found: http://acme.cn/
    reason: the host has no https
"""


def problems_of(path: Path, schema, tmp_path: Path) -> list[Problem]:
    """Everything that the cases of a file find."""
    found: list[Problem] = []
    for number, case in enumerate(cases(path)):
        root = tmp_path / str(number)
        (root / "entries").mkdir(parents=True)
        for name, data in case.files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        found += check(root, schema)[1]
    return found


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.stem)
def test_every_sentence_is_told_in_both_languages(path: Path, schema, tmp_path: Path) -> None:
    for problem in problems_of(path, schema, tmp_path):
        for text in filter(None, (problem.message, problem.repair)):
            assert text.en
            assert not HAN.search(QUOTED.sub("", text.en))
            assert HAN.search(QUOTED.sub("", text.zh))
            assert "None" not in QUOTED.sub("", text.en + text.zh)


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.stem)
def test_a_message_is_a_fact_in_lower_case(path: Path, schema, tmp_path: Path) -> None:
    for problem in problems_of(path, schema, tmp_path):
        said = f"{problem.message.en} {problem.repair.en if problem.repair else ''}"
        assert not re.search(r"\b(invalid|please|error|must not|illegal)\b", QUOTED.sub("", said), re.IGNORECASE)
        assert problem.message.en.startswith(NAMES) or not problem.message.en[0].isupper()
        assert not problem.message.en.endswith((".", "!"))
        assert not problem.message.zh.endswith(("。", "！", "."))


@pytest.mark.parametrize("rule", ALL, ids=rule_id)
def test_a_rule_is_a_sentence_in_both_languages(rule) -> None:
    en, zh, *rest = [line.strip() for line in rule.__doc__.strip().split("\n")]
    assert rest == []
    assert en.endswith(".")
    assert not HAN.search(en)
    assert zh.endswith("。")
    assert HAN.search(zh)


def test_every_rule_stands_in_one_of_the_tuples() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted(Path(rules.__file__).parent.glob("*.py")))
    generators = re.findall(
        r"^def ([a-z]\w*)\(\w+: (?:Record|Entry|Catalog)\) -> Iterator\[Finding\]", source, re.MULTILINE
    )
    assert sorted(generators) == sorted(rule.__name__ for rule in ALL)
    assert len(set(RULES)) == len(ALL)


def test_an_entry_with_a_known_exception_stands_in_the_catalog(project, schema) -> None:
    catalog, found = check(project({"entries/acme/foo.yaml": FOO, exceptions.FILE: EXCUSED}), schema)
    assert found == []
    assert [*catalog.entries] == ["acme/foo"]


def test_every_file_of_this_repository_reaches_the_catalog(schema) -> None:
    catalog, _ = check(ROOT, schema)
    files = {path.relative_to(ROOT / "entries").as_posix() for path in ROOT.glob("entries/*/*.yaml")}
    assert catalog.unread == frozenset()
    assert {f"{entry}.yaml" for entry in catalog.entries} == {
        name for name in files if not name.endswith("/_organization.yaml")
    }


def test_an_entry_that_does_not_fit_stays_out_of_the_catalog(project, schema) -> None:
    wrong = content("type: modle\n…")
    catalog, found = check(project({"entries/acme/foo.yaml": wrong, "entries/bar/foo.yaml": FOO}), schema)
    assert [*catalog.entries] == ["bar/foo"]
    assert catalog.unread == {"acme/foo"}
    assert {problem.file for problem in found} == {"entries/acme/foo.yaml", "entries/bar/foo.yaml"}


def organization(folder: str, region: str) -> bytes:
    text = f"name: {{en: {folder}}}\nkind: company\nlocation: {{country: CN, region: {region}, city: {{en: Foo}}}}\n"
    return text.encode()


@pytest.mark.parametrize(
    ("region", "needless"),
    [("beijing", True), ("chongqing", True), ("shanghai", True), ("tianjin", True), ("jilin", False), ("hebei", False)],
)
def test_the_four_municipalities_need_no_city(region: str, needless: bool, project, schema) -> None:
    lone = {"entries/foo/_organization.yaml": organization("foo", region)}
    _, found = check(project({**lone, "entries/acme/foo.yaml": content("partners: [foo]\n…")}), schema)
    assert [problem.rule for problem in found] == ["repeated-city"] * needless


def test_the_catalog_knows_what_it_could_not_read(project, schema) -> None:
    files = {
        "entries/acme/foo.yaml": content("…"),
        "entries/bar/_organization.yaml": b"kind: company\n",
        "entries/bar/bar.yaml": b"type: model\n",
    }
    catalog, _ = check(project(files), schema)
    assert catalog.known_entries == {"acme/foo", "bar/bar"}
    assert catalog.known_organizations == {"acme", "bar"}


def test_the_catalog_knows_names_descendants_and_where_an_organization_is(project, schema) -> None:
    files = {
        "entries/acme/foo.yaml": content("name: {zh: 福, en: Foo}\naliases: [Fu]\n…"),
        "entries/bar/a.yaml": content("name: {en: A}\nbased_on: [acme/foo]\n…").replace(b"{en: Acme}", b"{en: Bar}"),
        "entries/qux/b.yaml": content("name: {en: B}\nbased_on: [bar/a, acme/foo]\n…").replace(b"Acme", b"Qux"),
    }
    catalog, found = check(project(files), schema)
    assert found == []
    assert catalog.entries["acme/foo"].names == ("福", "Foo", "Fu")
    assert catalog.descendants == {"acme/foo": ("bar/a", "qux/b"), "bar/a": ("qux/b",)}
    assert [one.id for one in catalog.described] == ["acme", "bar", "qux"]


@pytest.mark.parametrize(
    ("country", "chinese"), [("CN", True), ("HK", True), ("MO", True), ("TW", True), ("SG", False), ("US", False)]
)
def test_the_domestic_list_has_these_places(country: str, chinese: bool, project, schema) -> None:
    files = {"entries/acme/foo.yaml": content("…").replace(b"US", country.encode())}
    catalog, _ = check(project(files), schema)
    assert catalog.organizations["acme"].chinese is chinese


def test_an_exception_holds_for_its_rule_its_file_and_what_is_found_there(project, schema) -> None:
    files = {
        "entries/acme/foo.yaml": FOO,
        "entries/bar/foo.yaml": FOO.replace(b"Acme", b"Bar"),
        exceptions.FILE: EXCUSED,
    }
    _, found = check(project(files), schema)
    assert [(problem.file, problem.rule) for problem in found] == [("entries/bar/foo.yaml", "unencrypted-address")]


def test_a_project_needs_no_file_of_exceptions(tmp_path: Path) -> None:
    assert exceptions.load(tmp_path, []) == exceptions.Exceptions({}, ())


@POSIX
def test_a_link_in_place_of_the_file_of_exceptions_is_not_followed(project, schema) -> None:
    root = project({"entries/acme/foo.yaml": FOO, "elsewhere.yaml": EXCUSED, "schema/x": b""})
    (root / exceptions.FILE).symlink_to(root / "elsewhere.yaml")
    _, found = check(root, schema)
    assert [(problem.file, problem.rule) for problem in found] == [
        ("entries/acme/foo.yaml", "unencrypted-address"),
        (exceptions.FILE, "not-a-file"),
    ]


def test_problems_are_sorted_and_each_is_told_once(project, schema) -> None:
    files = {f"entries/{name}/foo.yaml": content("type: modle\ndomain: lwa\n…") for name in ("b", "a", "c")}
    _, found = check(project(files), schema)
    assert [(problem.file, problem.line) for problem in found] == [
        (f"entries/{name}/foo.yaml", line) for name in "abc" for line in (1, 2)
    ]


def test_the_examples_in_messages_about_exceptions_make_one(project) -> None:
    item = "\n    ".join(f"{name}: {value}" for name, value in exceptions.FIELDS.items())
    root = project({exceptions.FILE: f"exceptions:\n  - {item}\n".encode()})
    loaded = exceptions.load(root, [exceptions.FIELDS["file"]])
    assert loaded.problems == ()
    assert [*loaded.excused] == [tuple(exceptions.FIELDS[name] for name in ("rule", "file", "found"))]


@pytest.mark.parametrize(
    ("one", "other", "is_later"),
    [
        ("2024", "2023", True),
        ("2023", "2024", False),
        ("2023-07", "2023-06-30", True),
        ("2023", "2023-12-31", False),
        ("2023-12-31", "2023", False),
        ("2023-07-06", "2023-07-06", False),
        ("2023-07-07", "2023-07-06", True),
        ("", "2023", False),
        ("2023", "", False),
    ],
)
def test_a_date_is_later_as_far_as_both_are_precise(one: str, other: str, is_later: bool) -> None:
    assert later(one, other) is is_later


@pytest.mark.parametrize(
    ("text", "number"), [("1K", 1e3), ("1.5M", 1.5e6), ("7B", 7e9), ("0.36T", 3.6e11), ("9999T", 9.999e15)]
)
def test_an_amount_is_a_number(text: str, number: float) -> None:
    assert amount(text) == pytest.approx(number)


def test_the_required_fields_are_those_of_the_schema(schema) -> None:
    assert set(schema.entry["required"]) - UNSOURCED == REQUIRED
