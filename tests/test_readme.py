"""The README: nothing is lost, nothing leads nowhere, nothing outgrows what GitHub shows, and no text breaks out."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice, product
from pathlib import Path

import generate
import pytest
import scratch
from catalog import readme, sections
from catalog.cells import Desk, Detail
from catalog.check import check
from catalog.entry import Catalog, Entry, Organization
from catalog.lineage import families
from catalog.madeup import entries
from catalog.markdown import escape, one_line
from catalog.outputs import TEMPLATES, Project, outputs
from catalog.schema import Schema
from catalog.sections import News
from catalog.source import Source, parse
from catalog.wording import LANGUAGES
from hostile import HOSTILE
from rendered import PARSERS, parts, whole
from test_markdown import without_joints

ROOT = Path(__file__).parents[1]
HOME = "https://acme.ai/almanac"
SHOWN_BY_GITHUB = 512_000  # bytes of a file
README = {"en": "README.md", "zh": "README.zh.md"}
LINK = re.compile(r"\]\(<?([^)>\s]+)>?\)")
ANCHOR = re.compile(r'<a id="([^"]*)"></a>')


def templates() -> dict[str, str]:
    return {name: (ROOT / name).read_text("utf-8") for name in TEMPLATES}


def template() -> str:
    return templates()["README.template.md"]


def written(catalog: Catalog, schema: Schema, language: str = "en") -> dict[str, str]:
    return readme.readme(catalog, schema, language, template(), HOME)


def madeup(schema: Schema, count: int) -> Catalog:
    """A catalog of made-up entries; after the first 600 they repeat, each time under other ids."""
    sources = [parse(text.encode(), path, schema.numbers).source for path, text in entries(min(count, 600))]
    found: dict[str, Entry] = {}
    makers: dict[str, Organization] = {}
    for again, source in islice(product(range(count // 600 + 1), sources), count):
        folder, name = source.path.removeprefix("entries/").removesuffix(".yaml").split("/")
        folder, path = f"{folder}-{again}", f"entries/{folder}-{again}/{name}.yaml"
        data = source.data | {"based_on": [base.replace("/", f"-{again}/") for base in source.data.get("based_on", ())]}
        found[f"{folder}/{name}"] = Entry(f"{folder}/{name}", data, replace(source, path=path))
        if "organization" in data:
            makers[folder] = Organization(folder, data["organization"], source)
    return Catalog(dict(sorted(found.items())), tuple(makers.values()))


@pytest.fixture(scope="module")
def some(schema: Schema) -> Catalog:
    return madeup(schema, 120)


def assert_every_entry_stands_once(files: Iterable[str], catalog: Catalog) -> None:
    anchors = [name for text in files for name in ANCHOR.findall(text)]
    assert set(anchors) >= catalog.entries.keys()
    assert len(anchors) == len(set(anchors))


def assert_links_lead_somewhere(files: Mapping[str, str], others: Iterable[str]) -> None:
    """Every link inside the project leads to a file that is there, and to an anchor that is in it."""
    anchors = {path: {*ANCHOR.findall(text)} for path, text in files.items()}
    known = {*others}
    for path, text in files.items():
        for address in LINK.findall(text):
            if not re.match("https?:", address):
                target, _, place = address.partition("#")
                file = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
                assert file in known | files.keys(), f"{path} links to {address}"
                assert not place or place in anchors[file], f"{path} links to {address}"


def assert_rows_have_all_their_cells(text: str) -> None:
    """In the source, because a parser drops what is too much without a word."""
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({line.count("|") for line in block.splitlines()}) == 1, block.splitlines()[0]


# --- the real list ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(schema: Schema) -> tuple[Catalog, dict[str, str]]:
    """The catalog of this project, and its generated files as they would be written now."""
    catalog, _ = check(ROOT, schema)
    return catalog, outputs(Project(catalog, schema, templates(), HOME))


def test_every_entry_has_its_row_in_both_languages(real) -> None:
    catalog, files = real
    for language in LANGUAGES:
        ours = [text for path, text in files.items() if path.endswith(".zh.md") == (language == "zh")]
        assert_every_entry_stands_once(ours, catalog)


def test_every_link_inside_the_project_leads_somewhere(real) -> None:
    """In the generated files as they would be now, and in those written by hand."""
    _, files = real
    by_hand = {path: (ROOT / path).read_text("utf-8") for path in files_of_project() if path.endswith(".md")}
    by_hand = {path: anchors_of_headings(text) + text for path, text in by_hand.items() if path not in files}
    assert_links_lead_somewhere(by_hand | files, files_of_project())


def files_of_project() -> set[str]:
    """Every file that a link may lead to, but templates and what is not ours."""
    ours = ("", ".github", "docs", "entries", "schema", "scripts", "tests")
    found = [path for name in ours for path in (ROOT / name).glob("**/*" if name else "*")]
    paths = {path.relative_to(ROOT).as_posix() for path in found if "golden" not in path.parts}
    return paths - {*TEMPLATES}


def anchors_of_headings(text: str) -> str:
    """The places that GitHub makes of headings."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    slugs = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
    return "".join(f'<a id="{slug}"></a>' for slug in slugs)


def test_every_file_is_shown_whole_by_github(real) -> None:
    _, files = real
    assert readme.BUDGET < SHOWN_BY_GITHUB
    assert max(len(text.encode()) for text in files.values()) < SHOWN_BY_GITHUB


def test_every_row_has_all_its_cells(real) -> None:
    _, files = real
    for text in files.values():
        assert_rows_have_all_their_cells(text)


def test_both_parsers_see_the_same_page(real) -> None:
    _, files = real
    for path in README.values():
        first, second = (whole(parse_(files[path])) for parse_ in PARSERS)
        assert " ".join(first.text.split()) == " ".join(second.text.split())
        assert first.values("href") == second.values("href")
        assert first.values("id") == second.values("id")
        assert not {"script", "img", "iframe", "style", "input", "del", "s"} & {*first.tags, *second.tags}


# --- texts of strangers -------------------------------------------------------------------------------------


def hostile(number: int, text: str) -> dict[str, object]:
    """What an entry holds that says the text wherever an entry says anything freely."""
    bases = {"based_on": [f"hostile-{number % 2}/foo"]} if number > 1 else {}
    return bases | {
        "name": {"en": text[:80], "zh": f"{text[:79]}文"},
        "aliases": [text[:80]],
        "organization": {
            "name": {"en": text[:80], "zh": f"{text[:79]}文"},
            "kind": "company",
            "location": {"country": "CN" if number % 2 else "US"},
        },
        "type": "model",
        "domain": "general",
        "family": f"{number:03} {text[:30]}",
        "applications": ["generation"],
        "released": f"2024-01-{number % 28 + 1:02}",
        "status": "available",
        "weights": "open",
        "license": {"name": text[:80]} | ({"url": "https://acme.ai/license"} if number % 3 else {}),
        "variants": [{"name": text[:80], "parameters": "7B"}],
        "links": {"website": f"https://acme.ai/{number}"},
        "results": [
            {
                "benchmark": "superclue",
                "edition": "2026-01",
                "tested": text[:80],
                "scores": {"total": 1},
                "source": "https://acme.ai/results",
            }
        ],
        "summary": {"en": text[:120], "zh": f"{text[:119]}文"},
        "sources": [{"title": text[:120]}],
    }


def generated(texts: list[str], schema: Schema) -> dict[str, str]:
    """The generated files for entries that say these texts, each an entry that the schema lets through."""
    found = {}
    for number, text in enumerate(texts):
        source = Source(f"entries/hostile-{number}/foo.yaml", "", hostile(number, text))
        assert schema.problems(source) == []
        found[f"hostile-{number}/foo"] = Entry(f"hostile-{number}/foo", source.data, source)
    makers = tuple(Organization(entry.folder, entry.data["organization"], entry.source) for entry in found.values())
    return outputs(Project(Catalog(found, makers), schema, templates(), HOME))


@pytest.fixture(scope="module")
def twins(schema: Schema) -> tuple[dict[str, str], dict[str, str]]:
    """What is generated from hostile texts, and from harmless ones in their place."""
    return generated(HOSTILE, schema), generated(["harmless"] * len(HOSTILE), schema)


def test_hostile_texts_give_the_same_elements_as_harmless_ones(twins) -> None:
    bad, good = twins
    for path, parse_ in product(README.values(), PARSERS):
        first, second = (without_joints(whole(parse_(files[path]))) for files in (bad, good))
        assert first == second


def test_hostile_texts_give_the_same_lines_and_cells_as_harmless_ones(twins) -> None:
    bad, good = twins
    for path in README.values():
        shape = [[(line.count("|"), line[:2]) for line in files[path].splitlines()] for files in (bad, good)]
        assert shape[0] == shape[1]


def test_hostile_names_and_summaries_are_shown_as_they_are(twins) -> None:
    bad, _ = twins
    for parse_ in PARSERS:
        rows = re.findall("<tr>.*?</tr>", parse_(bad["README.md"]), re.DOTALL)
        for number, text in enumerate(HOSTILE):
            (row,) = [row for row in rows if f'id="hostile-{number}/foo"' in row]
            name, summary = one_line(text[:80]), one_line(text[:120])
            assert [part.text for part in parts(row, "strong")] == [name]
            assert summary in [part.text for part in parts(row, "sub")]
            assert whole(row).text.count(name) >= 4  # the maker and the licence too


# --- where a name leads -------------------------------------------------------------------------------------

LEADS = [
    ({"links": {"paper": "https://arxiv.org/abs/2405.01234", "demo": "https://acme.ai/demo"}}, "https://acme.ai/demo"),
    ({"links": {"demo": "https://acme.ai/demo", "repository": "https://acme.ai/code"}}, "https://acme.ai/code"),
    ({"links": {"dataset": "https://acme.ai/data"}, "variants": [{"name": "a"}]}, ""),
    ({"variants": [{"name": "a"}, {"name": "b", "weights": "https://acme.ai/b"}]}, "https://acme.ai/b"),
    ({}, ""),
]


@pytest.mark.parametrize(("data", "address"), LEADS)
def test_a_name_leads_to_the_best_page_that_is_known(data: dict[str, object], address: str, schema: Schema) -> None:
    source = parse(scratch.right("Foo", "Acme"), "entries/acme/foo.yaml", schema.numbers).source
    text = written(Catalog({"acme/foo": Entry("acme/foo", source.data | data, source)}, ()), schema)["README.md"]
    assert (f"**[Foo](<{address}>)**" if address else "**Foo**") in text


# --- what is new --------------------------------------------------------------------------------------------


def news(dates: list[str], schema: Schema) -> News:
    """What is new, if entries named by their numbers were released on these dates."""
    source = parse(scratch.right("Foo", "Acme"), "entries/acme/foo.yaml", schema.numbers).source
    found = {}
    for number, date in enumerate(dates):
        data = source.data | {"name": {"en": f"x{number}"}} | ({"released": date} if date else {})
        found[f"acme/{number:03}"] = Entry(f"acme/{number:03}", data, source)
    desk = Desk(Catalog(found, ()), schema, "en", Detail(), dict.fromkeys(found, "README.md"), "README.md")
    return sections.news(desk)


def names(table: str) -> list[str]:
    return re.findall(r"\[(x\d+)\]", table)


def test_the_newest_of_the_latest_year_come_first(schema: Schema) -> None:
    found = news(["2023-12-31", "2024", "", "2024-05-17", "2024-05"], schema)
    assert (found.year, found.size, names(found.newest), found.others) == ("2024", 3, ["x3", "x4", "x1"], "")


def test_what_is_more_than_a_screen_stands_behind_a_fold(schema: Schema) -> None:
    found = news([f"2024-01-{day:02}" for day in range(1, 18)] + ["2023"], schema)
    assert (found.size, len(names(found.newest)), names(found.others)) == (17, 15, ["x1", "x0"])
    assert len(names(news(["2024"] * 400, schema).others)) == 300


def test_what_is_new_abroad_stands_apart(schema: Schema) -> None:
    source = parse(scratch.right("Foo", "Acme"), "entries/acme/foo.yaml", schema.numbers).source
    found = {
        f"{folder}/foo": Entry(f"{folder}/foo", source.data | {"name": {"en": name}, "released": "2024"}, source)
        for folder, name in (("here", "x1"), ("there", "x2"))
    }
    makers = tuple(
        Organization(folder, {"name": {"en": folder}, "location": {"country": country}}, source)
        for folder, country in (("here", "HK"), ("there", "US"))
    )
    desk = Desk(Catalog(found, makers), schema, "en", Detail(), dict.fromkeys(found, "README.md"), "README.md")
    new = sections.news(desk)
    assert (new.size, names(new.newest), new.others, names(new.foreign)) == (2, ["x1"], "", ["x2"])


def test_nothing_is_new_where_nothing_has_a_date(schema: Schema) -> None:
    found = news([""], schema)
    assert (found.year, found.size, names(found.newest), found.others) == ("", 0, [], "")


def test_a_long_name_of_a_licence_may_break(schema: Schema) -> None:
    source = parse(scratch.right("Foo", "Acme"), "entries/acme/foo.yaml", schema.numbers).source
    data = source.data | {"license": {"name": "FOO_MODEL_LICENSE", "url": "https://acme.ai/a_b"}}
    text = written(Catalog({"acme/foo": Entry("acme/foo", data, source)}, ()), schema)["README.md"]
    assert "[FOO&#95;<wbr>MODEL&#95;<wbr>LICENSE](<https://acme.ai/a_b>)" in text


# --- the family tree ----------------------------------------------------------------------------------------


def descent(schema: Schema, bases: Mapping[str, list[str]]) -> Catalog:
    """Entries by their names, each based on those of these names."""
    source = parse(scratch.right("Foo", "Acme"), "entries/acme/foo.yaml", schema.numbers).source
    found = {}
    for name, of in bases.items():
        data = source.data | {"name": {"en": name}} | ({"based_on": [f"acme/{base}" for base in of]} if of else {})
        found[f"acme/{name}"] = Entry(f"acme/{name}", data, source)
    return Catalog(found, (Organization("acme", source.data["organization"], source),))


def tree(catalog: Catalog, schema: Schema, language: str = "en") -> list[tuple[str, int, list[str]]]:
    """Root, size and lines of each family, with the names alone in place of links, and plain spaces."""
    desk = Desk(catalog, schema, language, Detail(), dict.fromkeys(catalog.entries, "README.md"), "README.md")
    found = families(desk)
    plain = [[re.sub(r"\[([^]]*)\]\(<[^>]*>\)", r"\1", line).replace("\u00a0", " ") for line in f.lines] for f in found]
    return [(family.root, family.size, lines) for family, lines in zip(found, plain, strict=True)]


def test_each_that_has_descendants_leads_to_them(schema: Schema) -> None:
    bases = {"a": [], "b": ["a"], "c": ["a", "b"], "d": ["c"], "e": [], "f": ["e"]}
    assert tree(descent(schema, bases), schema) == [("acme/a", 3, ["a → b · c", "b → c", "c → d"])]


def test_an_ancestor_that_cannot_be_read_has_no_family(schema: Schema) -> None:
    assert tree(descent(schema, {"a": ["gone"], "b": ["gone"], "c": ["gone"], "d": ["a"]}), schema) == []


def test_the_lines_of_the_tree_are_links(schema: Schema) -> None:
    text = written(descent(schema, {"a": [], "b": ["a"], "c": ["a"]}), schema)["README.md"]
    assert "<summary>a (2)</summary>\n\n- [a](<#acme/a>) → [b](<#acme/b>)\u00a0· [c](<#acme/c>)\n\n</details>" in text


@pytest.mark.parametrize(("language", "more"), [("en", "and 2 more"), ("zh", "另有 2 个")])
def test_the_tree_says_how_many_it_leaves_out(language: str, more: str, schema: Schema) -> None:
    wide = tree(star(schema, [102]), schema, language)[0][2][0]
    assert wide.endswith(f"Foo · {more}")
    assert wide.count("Foo") == 101
    assert tree(star(schema, [100]), schema, language)[0][2][0].count("·") == 99
    chain: dict[str, list[str]] = {"000": []} | {f"{n:03}": [f"{n - 1:03}"] for n in range(1, 103)}
    ((_, size, lines),) = tree(descent(schema, chain), schema, language)
    assert (size, len(lines), lines[99:]) == (102, 101, ["099 → 100", more])


def star(schema: Schema, counts: Iterable[int]) -> Catalog:
    """Roots, each with so many children."""
    source = parse(scratch.right("Foo", "Acme"), "entries/acme/foo.yaml", schema.numbers).source
    found = {}
    for root, count in enumerate(counts):
        found[f"acme/{root:02}"] = Entry(f"acme/{root:02}", source.data, source)
        for child in range(count):
            name = f"acme/{root:02}-{child}"
            found[name] = Entry(name, source.data | {"based_on": [f"acme/{root:02}"]}, source)
    return Catalog(found, (Organization("acme", source.data["organization"], source),))


def test_the_largest_families_come_first_and_no_more_than_can_be_looked_at(schema: Schema) -> None:
    shown = [(root, size) for root, size, _ in tree(star(schema, range(40)), schema)]
    assert shown == [(f"acme/{size}", size) for size in range(39, 9, -1)]


# --- what is shed when the list grows -----------------------------------------------------------------------


def features(files: Mapping[str, str], catalog: Catalog, language: str) -> tuple[bool, bool, bool, bool, bool]:
    """Whether the name's address stands twice, and whether summaries, tree, links to entries, and pages are there."""
    text = "".join(files.values())
    first = next(iter(catalog.entries.values()))
    return (
        text.count(f"(<{first.data['links']['website']}>)") > 1,
        escape(first.data["summary"][language]) in text,
        " → " in text,
        first.source.path in text,
        len(files) > 1,
    )


SHED = [  # in this order, one at a time; pages have room for everything again
    (True, True, True, True, False),
    (False, True, True, True, False),
    (False, False, True, True, False),
    (False, False, False, True, False),
    (False, False, False, False, False),
    (True, True, True, True, True),
]


def largest(files: Mapping[str, str]) -> int:
    return max(len(text.encode()) for text in files.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_detail_is_shed_in_a_fixed_order_and_nothing_is_lost(language, some, schema, monkeypatch) -> None:
    there = {entry.source.path for entry in some.entries.values()} | files_of_project()
    budget, seen = 10**9, []
    for _ in SHED:
        monkeypatch.setattr(readme, "BUDGET", budget)
        files = written(some, schema, language)
        assert largest(files) <= budget
        assert_every_entry_stands_once(files.values(), some)
        assert_links_lead_somewhere(files, there)
        seen.append(features(files, some, language))
        budget = largest(files) - 1
    assert seen == SHED


@pytest.mark.parametrize("tree", [True, False])
def test_the_lines_of_models_are_shed_with_the_tree(tree: bool, schema: Schema, monkeypatch) -> None:
    monkeypatch.setattr(readme, "LEVELS", (Detail(tree=tree),))
    many = descent(schema, {name: [] for name in "abcd"})
    line = {name: replace(entry, data=entry.data | {"family": "Foo"}) for name, entry in many.entries.items()}
    text = written(replace(many, entries=line), schema)["README.md"]
    assert ("Models in the order of their release" in text) is tree


def test_pages_shrink_until_they_fit(schema: Schema, monkeypatch) -> None:
    """One field of work with 450 entries: pages of 400, of 100, of 10."""
    many = madeup(schema, 450)
    plain = {name: replace(entry, data=PLAIN | {"name": entry.data["name"]}) for name, entry in many.entries.items()}
    catalog, budget, seen = Catalog(plain, ()), 10**9, []
    monkeypatch.setattr(readme, "LEVELS", tuple(detail for detail in readme.LEVELS if detail.rows_of_a_page))
    for _ in readme.LEVELS:
        monkeypatch.setattr(readme, "BUDGET", budget)
        files = written(catalog, schema)
        budget = largest(files) - 1
        seen.append([len(ANCHOR.findall(text)) for path, text in files.items() if path != "README.md"])
        assert_every_entry_stands_once(files.values(), catalog)
    assert seen == [[400, 50], [100, 100, 100, 100, 50], [10] * 45]


def test_the_last_level_has_the_smallest_pages_and_keeps_the_links(some: Catalog, schema: Schema, monkeypatch) -> None:
    monkeypatch.setattr(readme, "LEVELS", readme.LEVELS[-1:])
    assert features(written(some, schema), some, "en") == (False, False, False, True, True)


PLAIN = {"type": "model", "domain": "general", "status": "announced", "sources": [{"title": "A source"}]}


SHELVES = [
    ("general", None, "general"),
    ("general", {"input": ["text", "image"], "output": ["text", "audio"]}, "general"),
    ("general", {"output": ["text"]}, "general"),
    ("general", {"input": ["text"], "output": ["image"]}, "images-video-sound"),
    ("general", {"input": ["audio"], "output": ["text"]}, "images-video-sound"),
    ("general", {"input": ["image"]}, "images-video-sound"),
    ("law", {"input": ["image"], "output": ["text"]}, "law"),
]


@pytest.mark.parametrize(("domain", "modalities", "section"), SHELVES)
def test_a_general_model_that_does_not_read_and_write_text_stands_apart(
    domain: str, modalities: dict[str, list[str]] | None, section: str, schema: Schema
) -> None:
    data = PLAIN | {"name": {"en": "Foo"}, "domain": domain} | ({"modalities": modalities} if modalities else {})
    entry = Entry("acme/foo", data, Source("entries/acme/foo.yaml", "", data))
    desk = Desk(Catalog({entry.id: entry}, ()), schema, "en", Detail(), {}, "README.md")
    assert [found.anchor for found in sections.domestic(desk)] == [section]


@pytest.mark.parametrize("rows", [1, 7, 1000])
def test_a_page_holds_no_more_rows_than_it_should(rows: int, some: Catalog, schema: Schema, monkeypatch) -> None:
    monkeypatch.setattr(readme, "LEVELS", (Detail(rows_of_a_page=rows),))
    files = written(some, schema)
    pages = {path: ANCHOR.findall(text) for path, text in files.items() if path != "README.md"}
    assert max(map(len, pages.values())) <= rows
    assert sum(map(len, pages.values())) == len(some.entries)
    first, second = ("docs/models/general-1.md" in pages, "docs/models/general-2.md" in pages)
    assert (first, second) == (True, rows < 1000)
    assert all(path.startswith("docs/models/") for path in pages)
    assert not {name for name in ANCHOR.findall(files["README.md"]) if "/" in name}
    for path in pages:
        number = path.rpartition("-")[2].removesuffix(".md")
        assert files["README.md"].count(f"](<{path}>)") == files["README.md"].count(f"[{number}](<{path}>)") == 1
        assert "](<../../README.md>)" in files[path]
        assert_rows_have_all_their_cells(files[path])


def test_pages_of_the_two_languages_do_not_meet(some: Catalog, schema: Schema, monkeypatch) -> None:
    monkeypatch.setattr(readme, "LEVELS", (Detail(rows_of_a_page=50),))
    english, chinese = (written(some, schema, language) for language in LANGUAGES)
    assert len(english) == len(chinese) > 2
    assert not english.keys() & chinese.keys()


def test_pages_are_files_that_generate_writes_and_removes(tmp_path: Path, monkeypatch) -> None:
    root = scratch.make(tmp_path, {path.removeprefix("entries/"): text.encode() for path, text in entries(8)})
    with monkeypatch.context() as small:
        small.setattr(readme, "LEVELS", (Detail(rows_of_a_page=2),))
        assert generate.main(["--root", str(root)]) == 0
        pages = sorted((root / "docs/models").iterdir())
        assert len(pages) > 4
        assert generate.main(["--root", str(root), "--check"]) == 0
    assert generate.main(["--root", str(root), "--check"]) == 1
    assert generate.main(["--root", str(root)]) == 0
    assert not list((root / "docs/models").iterdir())


def test_ten_thousand_entries_fit(schema: Schema, monkeypatch) -> None:
    """In Chinese, which takes the most bytes. Of the levels without pages only the first is tried: none would fit."""
    monkeypatch.setattr(readme, "LEVELS", (readme.LEVELS[0], *(d for d in readme.LEVELS if d.rows_of_a_page)))
    many = madeup(schema, 10_000)
    assert len(many.entries) == 10_000
    files = written(many, schema, "zh")
    assert largest(files) <= readme.BUDGET < SHOWN_BY_GITHUB
    assert features(files, many, "zh") == (True, True, True, True, True)
    assert_every_entry_stands_once(files.values(), many)
    assert_links_lead_somewhere(files, {entry.source.path for entry in many.entries.values()} | files_of_project())
    for text in files.values():
        assert_rows_have_all_their_cells(text)


@pytest.mark.parametrize("count", [1, 2, 13])
def test_a_short_list_is_whole_too(count: int, schema: Schema) -> None:
    few = madeup(schema, count)
    for language in LANGUAGES:
        files = written(few, schema, language)
        assert list(files) == [README[language]]
        assert_every_entry_stands_once(files.values(), few)
        assert_rows_have_all_their_cells(files[README[language]])


# --- as a whole ---------------------------------------------------------------------------------------------

GOLDEN = Path(__file__).parent / "golden"


def test_a_few_entries_give_the_golden_readme(tmp_path: Path, capsys) -> None:
    """`GOLDEN=write make test` writes the golden files anew; read the difference before you commit it."""
    given = {path.relative_to(GOLDEN / "entries").as_posix(): path for path in (GOLDEN / "entries").rglob("*.yaml")}
    root = scratch.make(tmp_path, {name: path.read_bytes() for name, path in sorted(given.items())})
    (root / "pyproject.toml").write_text(f'[project.urls]\nRepository = "{HOME}"\n')
    assert generate.main(["--root", str(root)]) == 0
    assert capsys.readouterr().err == ""
    for name in README.values():
        text = (root / name).read_bytes()
        if os.environ.get("GOLDEN") == "write":
            (GOLDEN / name).write_bytes(text)
        assert text.decode().split("\n") == (GOLDEN / name).read_bytes().decode().split("\n")
