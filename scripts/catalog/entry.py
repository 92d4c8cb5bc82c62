"""The records of the catalog: entries, organizations, and the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from catalog.files import ALONE
from catalog.places import Where
from catalog.source import Source
from catalog.wording import either

MAINLAND = "CN"  # the country whose regions are named
CHINA = frozenset({MAINLAND, "HK", "MO", "TW"})  # the places of the list of Chinese models that this one continues


def folder_of(entry_id: str) -> str:
    """Give the id of the organization of an entry."""
    return entry_id.partition("/")[0]


@dataclass(frozen=True, eq=False)
class Organization:
    """Who makes models: the record of one folder. `source` and `where` say where it is described."""

    id: str
    data: Mapping[str, Any]
    source: Source
    where: Where = ()

    @property
    def chinese(self) -> bool:
        """Whether it stands in the domestic list."""
        return self.data["location"]["country"] in CHINA


@dataclass(frozen=True, eq=False)
class Entry:
    """One model or product. Its fields are those of the schema, in `data`."""

    id: str
    data: Mapping[str, Any]
    source: Source
    where: Where = ()

    @property
    def folder(self) -> str:
        """The id of its organization."""
        return folder_of(self.id)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that it goes by, official ones first."""
        return (*self.data["name"].values(), *self.data.get("aliases", ()))

    @property
    def is_language_model(self) -> bool:
        """Whether it reads text and writes text, as far as its modalities are known."""
        modalities = self.data.get("modalities", {})
        return all("text" in modalities.get(side, ("text",)) for side in ("input", "output"))

    @property
    def has_primary_source(self) -> bool:
        """Whether the maker itself speaks in one of the sources."""
        return any(source.get("kind") == "primary" for source in self.data["sources"])


_Record = TypeVar("_Record", Entry, Organization)
# What a branch did to a file, in the order in which files have their turn. One that an exception names is always last:
# else the exception would excuse it on main, and on a branch the other one would be told, or the other way round.
LEFT_ALONE, CHANGED, ADDED, EXCUSED = range(4)
DONE = {"": LEFT_ALONE, "A": ADDED}  # by the letters of git; all others change a file


@dataclass(frozen=True)
class Catalog:
    """All records that fit the schema, sorted by id.

    `described` lists every description of an organization, so that two of one can be told;
    `unread` has the ids of files that are there but do not fit, so that nobody is told that they are missing;
    `touched` has git's letter for each file that a branch touched, if there is one whose author is to be told;
    `excused` has the files that an exception names, and `example` what a new file holds for its author to replace.
    """

    entries: Mapping[str, Entry]
    described: tuple[Organization, ...]
    unread: frozenset[str] = field(default_factory=frozenset)
    touched: Mapping[str, str] = field(default_factory=dict)
    excused: frozenset[str] = field(default_factory=frozenset)
    example: Mapping[str, Any] = field(default_factory=dict)

    def turn(self, record: Entry | Organization) -> int:
        """What the branch did to the file of a record, unless an exception names it."""
        path = record.source.path
        return EXCUSED if path in self.excused else DONE.get(self.touched.get(path, ""), CHANGED)

    def in_turn(self, records: Iterable[_Record]) -> list[_Record]:
        """The records in the order in which they came: of two that do not go together, the later one is told."""
        return sorted(records, key=self.turn)

    @cached_property
    def records(self) -> tuple[Entry | Organization, ...]:
        """Every entry, then every organization that has a file of its own."""
        return *self.entries.values(), *(described for described in self.described if not described.where)

    @cached_property
    def organizations(self) -> Mapping[str, Organization]:
        """The description of each organization; the first, if there are several."""
        return {organization.id: organization for organization in reversed(self.in_turn(self.described))}

    def maker(self, folder: str, language: str) -> str:
        """What an organization is called, or its folder if nothing describes it."""
        found = self.organizations.get(folder)
        return either(found.data["name"], language) if found else folder

    @cached_property
    def perhaps_described(self) -> frozenset[str]:
        """The ids of the organizations that are described, or may be in a file that does not fit."""
        return frozenset(self.organizations) | {folder_of(name) for name in self.unread}

    @cached_property
    def known_entries(self) -> frozenset[str]:
        """The ids of all entries, with those that do not fit."""
        return frozenset(self.entries) | {name for name in self.unread if not name.endswith(f"/{ALONE}")}

    @cached_property
    def known_organizations(self) -> frozenset[str]:
        """The ids of all organizations, with those that are not described or do not fit."""
        return self.perhaps_described | {folder_of(name) for name in self.entries}

    @cached_property
    def exemplary(self) -> str:
        """The id of the entry that the example is about, or the empty text."""
        names, links = self.example.get("name", {}).values(), self.example.get("links", {}).items()
        about = (
            entry.id
            for entry in self.in_turn(self.entries.values())
            if {*names} & {*entry.data["name"].values()} and links <= entry.data.get("links", {}).items()
        )
        return next(about, "")

    @cached_property
    def bases(self) -> Mapping[str, list[str]]:
        """For each entry, the ids of what it is based on."""
        return {entry.id: entry.data.get("based_on", []) for entry in self.entries.values()}

    @cached_property
    def descendants(self) -> Mapping[str, tuple[str, ...]]:
        """For each entry that others are based on, the ids of these others, in order."""
        found: dict[str, list[str]] = {}
        for entry in self.entries.values():
            for base in entry.data.get("based_on", ()):
                found.setdefault(base, []).append(entry.id)
        return {base: tuple(ids) for base, ids in found.items()}
