"""The lines of models: which are shown, in which order, and what stands in a row."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from catalog import generations
from catalog.cells import Desk, Detail
from catalog.entry import Catalog, Entry, Organization
from catalog.generations import lines
from catalog.schema import Schema
from catalog.source import Source

Dated = Mapping[str, tuple[str, str]]  # family and date by id
LINE: Dated = {
    "acme/a": ("Foo", "2024-05"),
    "acme/b": ("Foo", "2023-07-06"),
    "acme/c": ("Foo", ""),
    "acme/d": ("Foo", "2024-04-30"),
}


def catalog(entries: Dated) -> Catalog:
    found = {}
    for name, (family, released) in sorted(entries.items()):
        facts = {"family": family, "released": released}
        data = {"name": {"en": name.upper()}, "sources": []} | {key: value for key, value in facts.items() if value}
        found[name] = Entry(name, data, Source(f"entries/{name}.yaml", "", data))
    record = {"name": {"en": "Acme | Co", "zh": "艾克美"}, "kind": "company", "location": {"country": "US"}}
    return Catalog(found, (Organization("acme", record, Source("entries/acme/_organization.yaml", "", record)),))


def shown(entries: Dated, schema: Schema, language: str = "en") -> list[str]:
    """The rows of the table, with plain spaces."""
    known = catalog(entries)
    desk = Desk(known, schema, language, Detail(), dict.fromkeys(known.entries, "README.md"), "README.md")
    return lines(desk).replace("\u00a0", " ").splitlines()[2:]


def test_the_generations_of_a_line_follow_each_other_year_by_year(schema: Schema) -> None:
    assert shown(LINE, schema) == [
        "| **Foo**<br><sub>Acme &#124; Co</sub> | **2023** [ACME&#47;B](<#acme/b>)<br>"
        "**2024** [ACME&#47;D](<#acme/d>) · [ACME&#47;A](<#acme/a>)<br>"
        "**date not known** [ACME&#47;C](<#acme/c>) |"
    ]


def test_a_line_is_shown_in_chinese_too(schema: Schema) -> None:
    (row,) = shown(LINE, schema, "zh")
    assert row.startswith("| **Foo**<br><sub>艾克美</sub> | **2023** ")
    assert "**日期不详** [ACME" in row


@pytest.mark.parametrize("left_out", [*LINE])
def test_three_generations_make_no_line(left_out: str, schema: Schema) -> None:
    known = catalog({name: line for name, line in LINE.items() if name != left_out})
    assert lines(Desk(known, schema, "en", Detail(), dict.fromkeys(known.entries, "README.md"), "README.md")) == ""


def test_a_family_of_another_organization_is_another_line(schema: Schema) -> None:
    assert shown(LINE | {"best/a": ("Foo", "2022")}, schema) == shown(LINE, schema)


def test_lines_stand_in_the_order_of_organizations_and_the_shortest_are_left_out(
    schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = {f"{folder}/{n}": ("Foo", "2024") for folder, size in (("b", 5), ("a", 4), ("c", 6)) for n in range(size)}
    assert ["A&#47;" in row for row in shown(many, schema)] == [True, False, False]
    assert len(shown(many, schema)) == 3
    monkeypatch.setattr(generations, "LINES", 2)
    assert [row.count("<#") for row in shown(many, schema)] == [5, 6]


def test_who_belongs_to_no_line_is_left_out(schema: Schema) -> None:
    assert shown(LINE | {f"acme/{n}": ("", "2024") for n in range(5)}, schema) == shown(LINE, schema)


def test_a_long_line_says_how_many_it_leaves_out(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generations, "SHOWN", 3)
    (row,) = shown(LINE, schema)
    assert row.endswith("[ACME&#47;A](<#acme/a>)<br>and 1 more |")
    monkeypatch.setattr(generations, "SHOWN", 4)
    assert "more" not in shown(LINE, schema)[0]
    monkeypatch.setattr(generations, "SHOWN", 3)
    assert shown(LINE, schema, "zh")[0].endswith("<br>另有 1 个 |")
