"""The sections of the README: which entries stand in them, in which order, and how many."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from catalog import sections
from catalog.cells import Desk, Detail
from catalog.entry import Catalog, Entry, Organization
from catalog.schema import Schema
from catalog.source import Source

PLAIN = {"type": "model", "domain": "general", "status": "available", "sources": [{"title": "A source"}]}
Facts = Mapping[str, Mapping[str, Any]]


def entries(facts: Facts) -> dict[str, Entry]:
    """Entries by their ids, each with these facts; the name is what follows the organization."""
    found = {}
    for name, given in facts.items():
        data = {"name": {"en": name.split("/")[1]}} | PLAIN | given
        found[name] = Entry(name, data, Source(f"entries/{name}.yaml", "", data))
    return found


def catalog(facts: Facts, places: Mapping[str, Mapping[str, str]] | None = None) -> Catalog:
    """A catalog of entries, whose organizations are in these places."""
    makers = []
    for folder, location in (places or {}).items():
        record = {"name": {"en": folder.upper()}, "kind": "company", "location": location}
        makers.append(Organization(folder, record, Source(f"entries/{folder}/_organization.yaml", "", record)))
    return Catalog(entries(facts), tuple(makers))


def desk(known: Catalog, schema: Schema, language: str = "en") -> Desk:
    return Desk(known, schema, language, Detail(), dict.fromkeys(known.entries, "README.md"), "README.md")


def cells(table: str) -> list[list[str]]:
    """The rows of a table below its head; of a link, the text alone."""
    plain = re.sub(r"\[([^]]*)\]\(<[^>]*>\)", r"\1", table)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in plain.splitlines()[2:]]


def head(table: str) -> list[str]:
    return [cell.strip() for cell in table.splitlines()[0].strip("|").split("|")]


# --- the order of a list --------------------------------------------------------------------------------------

IN_ORDER: list[tuple[str, dict[str, str]]] = [
    ("acme/z", {"released": "2025"}),  # what is of no family stands before the families
    ("acme/y", {}),  # what has no date stands after what has one
    ("acme/x", {"family": "Bar", "released": "2024-02"}),
    ("acme/w", {"family": "Foo", "released": "2023"}),
    ("acme/v", {"family": "Foo", "released": "2023-05"}),
    ("acme/t", {"family": "Foo", "released": "2024-01-31"}),
    ("acme/u", {"family": "Foo", "released": "2024-01-31"}),
    ("acme/s", {"family": "Foo"}),
    ("best/a", {"family": "Bar", "released": "2020"}),
]


@pytest.mark.parametrize("shift", range(len(IN_ORDER)))
def test_entries_stand_by_organization_then_by_family_then_by_date(shift: int) -> None:
    shuffled = dict(IN_ORDER[shift:] + IN_ORDER[:shift])
    found = sections.ordered(entries(shuffled).values())
    assert [entry.id for entry in found] == [name for name, _ in IN_ORDER]


@pytest.mark.parametrize(
    ("places", "domestic"),
    [
        ({"acme": {"country": "CN"}}, True),
        ({"acme": {"country": "TW"}}, True),
        ({"acme": {"country": "US"}}, False),
        ({}, True),  # nobody says yet where it is
    ],
)
def test_a_model_stands_in_one_of_two_lists(places: dict[str, dict[str, str]], domestic: bool, schema: Schema) -> None:
    at = desk(catalog({"acme/b": {"family": "Foo"}, "acme/a": {"family": "Foo"}}, places), schema)
    here = [[entry.id for entry in section.entries] for section in sections.domestic(at)]
    abroad = [entry.id for entry in sections.foreign(at).entries]
    both = ["acme/a", "acme/b"]
    assert (here, abroad) == (([both], []) if domestic else ([], both))


# --- what is new ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "folded"), [(14, 0), (15, 0), (16, 1)])
def test_a_fold_is_there_only_if_something_stands_behind_it(count: int, folded: int, schema: Schema) -> None:
    found = sections.news(desk(catalog({f"acme/{n:02}": {"released": "2024"} for n in range(count)}), schema))
    assert (len(cells(found.newest)), len(cells(found.others))) == (count - folded, folded)
    assert bool(found.others) == bool(folded)


# --- examples of a use ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "most", "shown"),
    [
        ("en", 1, "A · and 2 more"),
        ("en", 2, "A · B · and 1 more"),
        ("en", 3, "A · B · C"),
        ("zh", 2, "A · B · 另有 1 个"),
    ],
)
def test_examples_that_do_not_fit_are_counted(
    language: str, most: int, shown: str, schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "EXAMPLES", most)
    facts = {f"acme/{name}": {"applications": ["generation"]} for name in "CAB"} | {"acme/D": {}}
    found = sections.applications(desk(catalog(facts), schema, language))
    plain = [re.sub(r"\[(\w)\]\(<[^>]*>\)", r"\1", text).replace("\u00a0", " ") for _, _, text in found if text]
    assert plain == [shown]


# --- rankings -------------------------------------------------------------------------------------------------


def result(edition: str = "2024-01", **facts: Any) -> dict[str, Any]:
    return {"benchmark": "superclue", "edition": edition, "source": "https://acme.ai/results"} | facts


def test_the_latest_rankings_are_shown_the_latest_first(schema: Schema) -> None:
    editions = ["2023-12", "2024-02", "2023-11", "2024-01"]
    known = catalog({f"acme/{n}": {"results": [result(of, scores={"total": n})]} for n, of in enumerate(editions)})
    found = sections.rankings(desk(known, schema))
    assert [(heading.split()[-1], [row[2] for row in cells(table)]) for heading, table in found] == [
        ("2024-02", ["1"]),
        ("2024-01", ["3"]),
        ("2023-12", ["0"]),
    ]


def test_a_ranking_starts_with_the_best(schema: Schema) -> None:
    scores = {
        "c": {"total": 50},
        "b": {"total": 50},
        "a": {"total": 0.5},
        "e": {"opt_objective": 99},
        "d": {"total": 70},
    }
    known = catalog({f"acme/{name}": {"results": [result(scores=given)]} for name, given in scores.items()})
    ((_, table),) = sections.rankings(desk(known, schema))
    assert [row[2] for row in cells(table)] == ["d", "b", "c", "a", "e"]


def test_a_ranking_shows_what_is_known_and_leaves_the_rest_empty(schema: Schema) -> None:
    one = result(rank=1, tested="Foo Pro", access="api", scores={"total": 70.5, "opt_objective": 60})
    known = catalog(
        {"acme/foo": {"results": [one]}, "acme/bar": {"results": [result(scores={"total": 7})]}},
        {"acme": {"country": "US"}},
    )
    ((_, table),) = sections.rankings(desk(known, schema))
    assert head(table) == ["Rank", "Tested as", "Model", "Organization", "Access", "Total", "Objective questions"]
    assert cells(table) == [
        ["1", "Foo Pro", "foo", "ACME", "API", "70.50", "60.00"],
        ["—", "", "bar", "ACME", "", "7.00", ""],
    ]


def test_a_long_ranking_ends_after_its_best(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "RANKING", 2)
    known = catalog({f"acme/{n}": {"results": [result(scores={"total": n})]} for n in range(1, 5)})
    ((_, table),) = sections.rankings(desk(known, schema))
    assert [row[2] for row in cells(table)] == ["4", "3"]


# --- places and figures ---------------------------------------------------------------------------------------


def test_places_with_most_entries_come_first_those_of_china_before_all(schema: Schema) -> None:
    places = {
        "a": {"country": "US"},
        "b": {"country": "CN", "region": "zhejiang"},
        "c": {"country": "CN", "region": "beijing"},
        "d": {"country": "CN", "region": "zhejiang"},
        "e": {"country": "CN"},
        "f": {"country": "CA"},
    }
    facts: Facts = {name: {} for name in ("a/1", "a/2", "b/1", "b/2", "c/1", "d/1", "e/1", "f/1", "unknown/1")}
    assert cells(sections.regions(desk(catalog(facts, places), schema))) == [
        ["Zhejiang", "2", "3"],
        ["Mainland China, province not known", "1", "1"],
        ["Beijing", "1", "1"],
        ["United States", "1", "2"],
        ["Canada", "1", "1"],
    ]


FIGURES: list[tuple[dict[str, Any], set[str]]] = [  # what is counted of one entry besides the entry itself
    ({}, {"models"}),
    ({"type": "product"}, {"products"}),
    ({"weights": "open"}, {"models", "open"}),
    ({"weights": "open", "license": "MIT"}, {"models", "open", "licensed"}),
    ({"weights": "gated", "license": "MIT"}, {"models"}),
    ({"released": "2024"}, {"models", "dated"}),
    ({"status": "announced"}, {"models", "announced"}),
    ({"sources": [{"title": "A card", "kind": "primary"}]}, {"models", "primary"}),
    ({"sources": [{"title": "A list", "kind": "list"}]}, {"models"}),
]


@pytest.mark.parametrize(("facts", "counted"), FIGURES)
def test_figures_count_what_they_say(facts: dict[str, Any], counted: set[str]) -> None:
    every = sections.counts(catalog({"acme/foo": {"links": {"website": "https://acme.ai/"}} | facts}))
    assert {name for name, number in every.items() if number} == {"entries", "organizations", "domestic"} | counted


def test_figures_count_organizations_once_and_entries_without_links() -> None:
    found = sections.counts(catalog({"a/1": {}, "a/2": {}, "b/1": {}}, {"a": {"country": "US"}}))
    assert {name: found[name] for name in ("entries", "organizations", "domestic", "foreign", "unlinked")} == {
        "entries": 3,
        "organizations": 2,
        "domestic": 1,
        "foreign": 2,
        "unlinked": 3,
    }
