"""Check a whole project: files to sources to records to a catalog, and every problem on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from catalog import exceptions
from catalog.entry import Catalog, Entry, Organization, folder_of
from catalog.example import example
from catalog.files import find, id_of, is_organization
from catalog.problem import Problem
from catalog.rules import CATALOG_RULES, ENTRY_RULES, RECORD_RULES
from catalog.schema import Schema
from catalog.source import Source, read


@dataclass
class _Gathered:
    """What the files gave so far."""

    entries: dict[str, Entry] = field(default_factory=dict)
    organizations: list[Organization] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def check(root: Path, schema: Schema, touched: Iterable[tuple[str, str]] = ()) -> tuple[Catalog, list[Problem]]:
    """Read and check everything below `root`: the catalog of what fits, and all problems, sorted.

    `root` holds `entries/` and `schema/`. Nothing is printed, and no problem stops the search for others.
    `touched` has the files of a branch, as git gives them: of files that do not go together, they are the ones told.
    """
    paths, problems = find(root)
    gathered = _Gathered(problems=problems)
    for path in paths:
        _gather(root, path, schema, gathered)
    entries, organizations = dict(sorted(gathered.entries.items())), tuple(gathered.organizations)
    excuses = exceptions.load(root, paths)
    branch = {path: done for done, path in touched}
    catalog = Catalog(entries, organizations, frozenset(gathered.unread), branch, excuses.files, example(schema))
    gathered.problems += by_rules(catalog)
    return catalog, sorted(set(excuses.apply(gathered.problems, complete=not gathered.unread)))


def _gather(root: Path, path: str, schema: Schema, gathered: _Gathered) -> None:
    """Read one file and add what it holds."""
    reading = read(root / path, path, schema.numbers)
    alone = is_organization(path)
    faults = schema.problems(reading.source, organization=alone) if reading.source else []
    gathered.problems += _told_once(reading.problems, faults)
    if reading.source is None or faults:
        gathered.unread.add(id_of(path))
    elif alone:
        gathered.organizations.append(Organization(folder_of(id_of(path)), reading.source.data, reading.source))
    else:
        _add_entry(reading.source, gathered)


def _told_once(said: Iterable[Problem], faults: Iterable[Problem]) -> list[Problem]:
    """Of a place without a value, tell that only, in the words of the schema if it has any."""
    empty, known = _empty(said), _empty(faults)
    unknown = [problem for problem in said if problem.rule != "empty-value" or _place(problem) not in known]
    return [*unknown, *(fault for fault in faults if fault.rule == "empty-value" or _place(fault) not in empty)]


def _empty(problems: Iterable[Problem]) -> set[tuple[int, int]]:
    return {_place(problem) for problem in problems if problem.rule == "empty-value"}


def _place(problem: Problem) -> tuple[int, int]:
    return problem.line, problem.column


def _add_entry(source: Source, gathered: _Gathered) -> None:
    entry = Entry(id_of(source.path), source.data, source)
    gathered.entries[entry.id] = entry
    if "organization" in source.data:
        described = Organization(entry.folder, source.data["organization"], source, ("organization",))
        gathered.organizations.append(described)


def by_rules(catalog: Catalog) -> Iterator[Problem]:
    """Apply every rule to all that it is for: each record, each entry, the catalog."""
    yield from (found.problem(rule) for record in catalog.records for rule in RECORD_RULES for found in rule(record))
    yield from (
        found.problem(rule) for rule in ENTRY_RULES for entry in catalog.entries.values() for found in rule(entry)
    )
    yield from (found.problem(rule) for rule in CATALOG_RULES for found in rule(catalog))
