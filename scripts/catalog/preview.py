"""What a pull request does to the catalog, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

from catalog.cells import Desk, Detail, columns
from catalog.changes import Changes, changes
from catalog.entry import Entry
from catalog.files import ENTRIES
from catalog.generated import edited, told
from catalog.history import State
from catalog.lookalikes import Lookalike, lookalikes
from catalog.problem import Problem, Text, brought
from catalog.readme import NAMES
from catalog.sections import ordered
from catalog.strays import outside, strays
from catalog.wording import LANGUAGES

Touched = Sequence[tuple[str, str]]  # a letter of git's and a path, for each file of a pull request
MAIN = "main"
LOOKED_AT = 50  # entries whose twins are looked for: among 10,000 entries that takes a fifth of a second each
DETAIL = Detail()
COLUMNS = columns(DETAIL)


class Row(NamedTuple):
    """The row of an entry in the README: its cells in each language."""

    id: str
    cells: Mapping[str, tuple[str, ...]]


class Other(NamedTuple):
    """A file that the pull request leaves alone and touches all the same, and why."""

    file: str
    reasons: tuple[Text, ...]


class Twin(NamedTuple):
    """An entry that the pull request adds or names anew, and one that is probably the same thing."""

    id: str
    lookalike: Lookalike


@dataclass(frozen=True)
class Preview:
    """Everything that an author and a reviewer want to know.

    `home` is the project's address; `commit` is where the files of the pull request can be looked at, if anywhere.
    `problems` are those that it brings; `strays` and `edited` are those of files that no rule sees.
    `files` are the others outside `entries/`. `not_compared` counts the new names whose twins nobody looked for.
    `repaired` has the texts of files as a program repairs them, by path.
    `doubted` is for who has reasons not to believe it: it is never shown as green then.
    """

    before: State
    after: State
    home: str
    commit: str | None
    changes: Changes
    problems: tuple[Problem, ...] = ()
    rows: tuple[Row, ...] = ()
    others: tuple[Other, ...] = ()
    twins: tuple[Twin, ...] = ()
    not_compared: int = 0
    files: tuple[tuple[str, str], ...] = ()
    strays: tuple[Problem, ...] = ()
    edited: tuple[Problem, ...] = ()
    repaired: Mapping[str, str] = field(default_factory=dict)
    doubted: bool = False

    @property
    def inherited(self) -> int:
        """How many problems stand in the catalog without it."""
        return len(self.after.problems) - len(self.problems)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong that it could be blamed for."""
        return not (self.problems or self.strays or self.edited)


def preview(
    before: State, after: State, touched: Touched, home: str, commit: str | None, began: str | None = None
) -> Preview:
    """Compare two states of which `touched` lists the files that differ.

    `began` is the commit from which the author's branch began, if that is not `before`.
    """
    found = changes(before.catalog, after.catalog)
    paths = {path for _, path in touched}
    lost = strays(touched)
    by_hand = edited(touched)
    named = _newly_named(after, found)
    told_already = {problem.file for problem in lost} | {path for _, path in by_hand}
    return Preview(
        before,
        after,
        home,
        commit,
        found,
        problems=tuple(brought(after.problems, before.problems)),
        rows=tuple(_rows(after, paths, home, commit)),
        others=tuple(_Bystanders(before, after, found, paths).others()),
        twins=tuple(_twins(after, named[:LOOKED_AT])),
        not_compared=len(named[LOOKED_AT:]),
        files=tuple((status, path) for status, path in touched if outside(path) and path not in told_already),
        strays=tuple(lost),
        edited=tuple(told(by_hand, began or before.commit or MAIN, home)),
    )


# --- rows -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Away(Desk):
    """A desk whose text stands on another page than the README, so that every way begins at the project's home."""

    home: str = ""
    commit: str | None = None

    def path(self, target: str) -> str:
        """The address of a file: an entry at the commit that has it, all else on main."""
        return blob(self.home, self.commit if target.startswith(ENTRIES + "/") else None, target)


def blob(home: str, commit: str | None, path: str) -> str:
    """The address of a file of the project at a commit, or on main."""
    return f"{home}/blob/{commit or MAIN}/{quote(path.encode('utf-8', 'replace'))}"


def desks(state: State, home: str, commit: str | None) -> dict[str, Desk]:
    """What shows the entries of a state, for each language."""
    return {
        language: _Away(
            state.catalog,
            state.schema,
            language,
            DETAIL,
            dict.fromkeys(state.catalog.entries, NAMES[language]),
            "",
            home,
            commit,
        )
        for language in LANGUAGES
    }


def _rows(after: State, paths: Iterable[str], home: str, commit: str | None) -> Iterator[Row]:
    """The rows of the entries whose files are touched, in the order of the README."""
    shown = desks(after, home, commit)
    own = {path for path in paths if not outside(path)}
    for entry in ordered(entry for entry in after.catalog.entries.values() if entry.source.path in own):
        yield Row(entry.id, _cells(entry, shown))


def _cells(entry: Entry, shown: Mapping[str, Desk]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(column.cell(entry, desk) for column in COLUMNS) for language, desk in shown.items()}


# --- duplicates -----------------------------------------------------------------------------------------------


def _newly_named(after: State, found: Changes) -> list[str]:
    """The ids of the entries that came or have another name."""
    readable = {one.id for one in found.unread if not one.after}
    changed = [(one.id, one.fields) for one in found.changed] + [(one.new, one.fields) for one in found.renamed]
    renamed = {name for name, fields in changed if any(_of_a_name(field.path) for field in fields)}
    named = {entry.id for entry in found.added} | renamed | readable
    return sorted(named & after.catalog.entries.keys())


def _twins(after: State, names: Iterable[str]) -> Iterator[Twin]:
    """What looks like these entries; each pair once."""
    seen: set[frozenset[str]] = set()
    for name in names:
        for lookalike in lookalikes(after.catalog.entries[name], after.catalog):
            pair = frozenset({name, lookalike.other})
            if pair not in seen:
                seen.add(pair)
                yield Twin(name, lookalike)


def _of_a_name(path: str) -> bool:
    return path.startswith(("name.", "aliases"))


# --- others ---------------------------------------------------------------------------------------------------


class _Bystanders:
    """The files that a pull request leaves alone, and what it does to them."""

    def __init__(self, before: State, after: State, found: Changes, touched: set[str]) -> None:
        self.before, self.after, self.touched = before, after, touched
        self.now = {one.old: one.new for one in found.renamed}
        self.altered = _altered(found)
        self.desks = desks(before, "", None), desks(after, "", None)
        old, new = before.catalog, after.catalog
        self.gone = old.known_entries - new.known_entries, old.known_organizations - new.known_organizations
        self.new: dict[str, list[Text]] = {}
        for problem in brought(after.problems, before.problems):
            if problem.file not in touched:
                self.new.setdefault(problem.file, []).append(problem.message)

    def others(self) -> Iterator[Other]:
        """Each such file with its reasons, by path."""
        entries = {entry.source.path: entry for entry in self.after.catalog.entries.values()}
        for path in sorted((entries.keys() | self.new.keys()) - self.touched):
            entry = entries.get(path)
            # What is named and gone changes the row and is a problem: that need not be told three times.
            reasons = list(self.by_reference(entry)) if entry else []
            reasons = reasons or [*self.by_row(entry), *map(_new, self.new.get(path, ()))]
            if reasons:
                yield Other(path, tuple(reasons))

    def by_row(self, entry: Entry | None) -> Iterator[Text]:
        """The columns of its row that will read otherwise."""
        old = entry and self.before.catalog.entries.get(entry.id)
        if entry is None or old is None:
            return
        was, is_ = _cells(old, self.desks[0]), _cells(entry, self.desks[1])
        for number, column in enumerate(COLUMNS):
            if any(was[language][number] != is_[language][number] for language in LANGUAGES):
                yield self.because(entry, column.heading)

    def because(self, entry: Entry, heading: Text) -> Text:
        causes = [name for name in _related(entry) if name in self.altered]
        names = Text(", ".join(causes) or "the schema", "、".join(causes) or "schema")
        return Text(
            f"its row changes in the column '{heading.en}', because {names.en} changes",
            f"它那一行的“{heading.zh}”会变，因为 {names.zh} 有变",
        )

    def by_reference(self, entry: Entry) -> Iterator[Text]:
        """What it names and is gone."""
        for base in entry.data.get("based_on", ()):
            if base in self.gone[0]:
                yield self.went("based_on", base)
        for partner in entry.data.get("partners", ()):
            if partner in self.gone[1]:
                yield self.went("partners", partner)

    def went(self, field: str, name: str) -> Text:
        new = self.now.get(name)
        if new:
            return Text(f"its {field} names {name}, which is now {new}", f"它的 {field} 提到 {name}，后者已改为 {new}")
        return Text(f"its {field} names {name}, which is removed", f"它的 {field} 提到 {name}，后者已删除")


def _altered(found: Changes) -> frozenset[str]:
    """The ids of all records that are not as they were."""
    names = {one.id for one in (*found.added, *found.removed)}
    names |= {one.id for one in (*found.organizations_added, *found.organizations_removed)}
    names |= {one.id for one in (*found.changed, *found.organizations_changed)}
    names |= {one.id for one in found.unread}
    return frozenset(names.union(*({one.old, one.new} for one in found.renamed)))


def _related(entry: Entry) -> tuple[str, ...]:
    """Whose names and facts stand in the row of an entry."""
    return (*entry.data.get("based_on", ()), entry.folder, *entry.data.get("partners", ()))


def _new(message: Text) -> Text:
    return Text(f"a new problem stands in it: {message.en}", f"其中出现新问题：{message.zh}")
