"""What is missing most: who lacks what, in which order, and how it is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from catalog import wanted
from catalog.entry import Catalog, Entry, Organization
from catalog.source import Source
from hostile import HOSTILE
from rendered import PARSERS, whole

HOME = "https://acme.ai/almanac"
WHOLE = {
    "sources": [{"title": "Paper", "kind": "primary"}],
    "released": "2024",
    "weights": "open",
    "license": "MIT",
    "links": {"website": "https://acme.ai/"},
}


def catalog(entries: Mapping[str, Mapping[str, Any]], maker: str = "Acme") -> Catalog:
    """Entries that lack nothing but what is None."""
    found = {}
    for name, facts in sorted(entries.items()):
        data = {"name": {"en": name.upper()}} | WHOLE | facts
        data = {key: value for key, value in data.items() if value is not None}
        found[name] = Entry(name, data, Source(f"entries/{name}.yaml", "", data))
    record = {"name": {"en": maker}, "kind": "company", "location": {"country": "US"}}
    return Catalog(found, (Organization("acme", record, Source("entries/acme/_organization.yaml", "", record)),))


def tables(entries: Mapping[str, Mapping[str, Any]], language: str = "en") -> tuple[list[str], list[str]]:
    """The rows of the totals, and those of the list with what follows it."""
    _, totals, rest = wanted.wanted(catalog(entries), language, HOME).split("| --- | --- | --- |", 2)
    return totals.strip().splitlines()[:4], rest.strip().splitlines()[1:]


LACKING = [
    ({"sources": [{"title": "List", "kind": "list"}]}, "primary source"),
    ({"sources": [{"title": "List"}]}, "primary source"),
    ({"released": None}, "release date"),
    ({"license": None}, "licence of open weights"),
    ({"links": None}, "any link"),
    ({"links": None, "released": None}, "release date<br>any link"),
]


@pytest.mark.parametrize(("facts", "missing"), LACKING)
def test_what_an_entry_lacks_is_told(facts: dict[str, Any], missing: str) -> None:
    edit = f"[Edit](<{HOME}/edit/main/entries/acme/x.yaml>)"
    assert tables({"acme/x": facts})[1] == [
        f"| [ACME&#47;X](<../entries/acme/x.yaml>) | Acme |  | {missing} | {edit} |"
    ]


FINE = [
    {},
    {"license": None, "weights": "closed"},
    {"license": None, "weights": None},
    {"sources": [{"title": "List", "kind": "list"}, {"title": "Card", "kind": "primary"}]},
]


@pytest.mark.parametrize("facts", FINE)
def test_what_lacks_nothing_is_not_listed(facts: dict[str, Any]) -> None:
    assert tables({"acme/x": facts})[1] == []


def test_totals_count_who_lacks_it_among_those_that_could_have_it() -> None:
    entries = {
        "acme/a": {"released": None, "license": None},
        "acme/b": {"weights": "closed", "license": None},
        "acme/c": {"sources": [{"title": "x"}]},
    }
    assert tables(entries)[0] == [
        "| primary source | 1 | 3 |",
        "| release date | 1 | 3 |",
        "| licence of open weights | 1 | 2 |",
        "| any link | 0 | 3 |",
    ]


def test_what_most_others_descend_from_comes_first_then_what_lacks_most() -> None:
    entries = {
        "acme/a": {"links": None},
        "acme/b": {"links": None, "released": None},
        "acme/root": {"released": None},
        "acme/child": {"based_on": ["acme/root"]},
        "acme/grandchild": {"based_on": ["acme/child"]},
    }
    rows = tables(entries)[1]
    assert [row.split("](<")[0] for row in rows] == ["| [ACME&#47;ROOT", "| [ACME&#47;B", "| [ACME&#47;A"]
    assert [row.split(" | ")[2].strip() for row in rows] == ["2", "", ""]


def test_what_does_not_fit_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wanted, "SHOWN", 1)
    entries = {f"acme/{n}": {"links": None} for n in range(3)}
    rows = tables(entries)[1]
    assert len([row for row in rows if row.startswith("| [")]) == 1
    assert rows[-1] == "And 2 more."
    assert tables({name: entries[name] for name in ("acme/0", "acme/1")})[1][-1] == "And 1 more."
    assert len(tables({"acme/0": {"links": None}})[1]) == 1
    assert tables(entries, "zh")[1][-1] == "另有 2 个。"
    assert wanted.wanted(catalog(entries), "en", HOME).endswith(" |\n\nAnd 2 more.\n")


def test_an_entry_of_an_organization_that_is_not_described_is_listed_with_its_folder() -> None:
    assert "| other |" in tables({"other/x": {"links": None}})[1][0]


def test_names_are_shown_as_they_are() -> None:
    entries = {f"acme/{n}": {"links": None, "name": {"en": text[:80]}} for n, text in enumerate(HOSTILE)}
    for parse in PARSERS:
        page = whole(parse(wanted.wanted(catalog(entries), "en", HOME)))
        addresses = {address for address in page.values("href") if address}
        expected = {"../CONTRIBUTING.md#browser", *(f"../entries/{name}.yaml" for name in entries)}
        assert addresses == expected | {f"{HOME}/edit/main/entries/{name}.yaml" for name in entries}


def test_the_name_of_an_organization_is_shown_as_it_is() -> None:
    page = wanted.wanted(catalog({"acme/x": {"links": None}}, "A|_b_ <i>"), "en", HOME)
    assert "| A&#124;&#95;b&#95; &#60;i&#62; |" in page
