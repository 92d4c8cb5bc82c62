"""What changed between two states of the catalog: records that came, went or were renamed, and fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from catalog.entry import Catalog, Entry, Organization
from catalog.files import ALONE
from catalog.names import folded

# What an item of a list is called by; the first of these that it has.
KEYS = (("name",), ("url",), ("title",), ("benchmark", "edition", "tested"))
APART = frozenset({"organization"})  # of an entry: told as the organization's
GENERAL = frozenset({"type", "domain", "status", "sources", "former_ids"})  # what unlike entries have in common
NEARLY = 0.5  # of all the facts of two entries, as many are the same
FEW = 20  # entries that may share a name or an address


class Field(NamedTuple):
    """One difference: the way to a field, and its value before and after; None where there is none.

    The way of `context` of a variant is `variants[Qwen3-0.6B].context`.
    """

    path: str
    old: Any
    new: Any


class Changed(NamedTuple):
    """An entry or organization that was and is, and the fields that differ."""

    id: str
    fields: tuple[Field, ...]


class Renamed(NamedTuple):
    """An id that went and the one that came for it.

    `how` is `stated` if `former_ids` says so, `same` if the data are equal, `near` if most of them are.
    """

    old: str
    new: str
    how: str
    fields: tuple[Field, ...]


class Unread(NamedTuple):
    """A file that did not fit, so that nothing is known of what it says: before, after, or both times."""

    id: str
    before: bool
    after: bool


@dataclass(frozen=True)
class Changes:
    """Everything that differs, each list sorted by id. What was renamed is neither added nor removed."""

    added: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    changed: tuple[Changed, ...] = ()
    organizations_added: tuple[Organization, ...] = ()
    organizations_removed: tuple[Organization, ...] = ()
    organizations_changed: tuple[Changed, ...] = ()
    unread: tuple[Unread, ...] = ()


def changes(before: Catalog, after: Catalog) -> Changes:
    """Compare two catalogs."""
    came = {name: entry for name, entry in after.entries.items() if name not in before.known_entries}
    went = {name: entry for name, entry in before.entries.items() if name not in after.known_entries}
    renamed = _renamed(went, came, after)
    old, new = {one.old for one in renamed}, {one.new for one in renamed}
    makers = before.organizations, after.organizations
    return Changes(
        added=tuple(entry for name, entry in sorted(came.items()) if name not in new),
        removed=tuple(entry for name, entry in sorted(went.items()) if name not in old),
        renamed=renamed,
        changed=_changed(before.entries, after.entries, APART),
        organizations_added=_only(makers[1], before.known_organizations),
        organizations_removed=_only(makers[0], after.known_organizations),
        organizations_changed=_changed(*makers, frozenset()),
        unread=tuple(_unread(before, after)),
    )


def _only(makers: Mapping[str, Organization], known: Iterable[str]) -> tuple[Organization, ...]:
    """The organizations whose folder is not known to the other side."""
    return tuple(makers[name] for name in sorted(makers.keys() - set(known)))


def _unread(before: Catalog, after: Catalog) -> Iterator[Unread]:
    for name in sorted(before.unread | after.unread):
        yield Unread(name.removesuffix(f"/{ALONE}"), name in before.unread, name in after.unread)


def _changed(
    old: Mapping[str, Entry | Organization], new: Mapping[str, Entry | Organization], apart: frozenset[str]
) -> tuple[Changed, ...]:
    """The records of both sides that differ in other fields than those that are told apart."""
    pairs = ((name, fields(old[name].data, new[name].data, apart)) for name in sorted(old.keys() & new.keys()))
    return tuple(Changed(name, found) for name, found in pairs if found)


# --- fields ---------------------------------------------------------------------------------------------------


def fields(old: Mapping[str, Any], new: Mapping[str, Any], apart: frozenset[str] = frozenset()) -> tuple[Field, ...]:
    """List the fields in which two records differ, in the order in which the records name them."""
    names = [name for name in {**old, **new} if name not in apart]
    return tuple(field for name in names for field in _compared(name, old.get(name), new.get(name)))


def _compared(path: str, old: Any, new: Any) -> Iterator[Field]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            yield from _compared(f"{path}.{name}", old.get(name), new.get(name))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _items(path, old, new)
    elif old != new:
        yield Field(path, old, new)


def _items(path: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Field]:
    """Compare lists item by item, whatever their order, and then the order."""
    before, after = _keyed(old), _keyed(new)
    for key in {**before, **after}:
        one, two = before.get(key), after.get(key)
        plain = not isinstance(two if one is None else one, dict)
        yield from _compared(path if plain else f"{path}[{key}]", one, two)
    both = [key for key in before if key in after], [key for key in after if key in before]
    if both[0] != both[1]:
        yield Field(path, *both)


def _keyed(items: Sequence[Any]) -> dict[str, Any]:
    """Each item by what it is called; one of several that are called the same has its number too."""
    found: dict[str, Any] = {}
    for item in items:
        name = key = _key(item)
        number = 1
        while key in found:
            number += 1
            key = f"{name} ({number})"
        found[key] = item
    return found


def _key(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    names = next((names for names in KEYS if names[0] in item), ())
    return " ".join(str(item[name]) for name in names if name in item)


# --- renamings ------------------------------------------------------------------------------------------------


def _renamed(went: Mapping[str, Entry], came: Mapping[str, Entry], after: Catalog) -> tuple[Renamed, ...]:
    """Match what went with what came, the surest first."""
    stated = [_pair(went[old], entry, "stated") for old, entry in _stated(went, after)]
    old, new = {one.old for one in stated}, {one.new for one in stated}
    left = [entry for name, entry in went.items() if name not in old]
    free = [entry for name, entry in came.items() if name not in new]
    return tuple(sorted([*stated, *_alike(left, free)]))


def _stated(went: Mapping[str, Entry], after: Catalog) -> Iterator[tuple[str, Entry]]:
    """The ids that an entry says it had before; one entry may stand for several that were one thing."""
    said: set[str] = set()
    for entry in after.entries.values():
        for old in entry.data.get("former_ids", ()):
            if old in went and old not in said:
                said.add(old)
                yield old, entry


def _alike(went: Iterable[Entry], came: Iterable[Entry]) -> Iterator[Renamed]:
    """Pairs of which nobody says that they are one thing, but that look so; no id is in two pairs."""
    marked: dict[str, list[Entry]] = {}
    for entry in came:
        for mark in _marks(entry):
            marked.setdefault(mark, []).append(entry)
    found = {(-share, old.id, new.id): (old, new) for old in went for share, new in _candidates(old, marked)}
    used: set[tuple[str, str]] = set()
    for _, (old, new) in sorted(found.items()):
        if not used & {("old", old.id), ("new", new.id)}:
            used |= {("old", old.id), ("new", new.id)}
            yield _pair(old, new, "near")


def _candidates(old: Entry, marked: Mapping[str, Sequence[Entry]]) -> Iterator[tuple[float, Entry]]:
    """What shares a mark with an entry, and most facts; a mark that many share marks nothing."""
    own = _facts(old)
    for mark in _marks(old):
        few = marked.get(mark, ())
        for new in few if len(few) <= FEW else ():
            theirs = _facts(new)
            share = len(own & theirs) / len(own | theirs)
            if share >= NEARLY:
                yield share, new


def _marks(entry: Entry) -> frozenset[str]:
    """What may show that two entries are one thing: names and addresses."""
    return frozenset({*map(folded, entry.names), *entry.data.get("links", {}).values()})


def _facts(entry: Entry) -> frozenset[tuple[str, str]]:
    """Every value of an entry with the way to it, but for what many have in common."""
    kept = {name: value for name, value in entry.data.items() if name not in GENERAL | APART}
    return frozenset((field.path, str(field.new)) for field in _leaves("", kept))


def _leaves(path: str, value: Any) -> Iterator[Field]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _leaves(f"{path}.{name}", part)
    elif isinstance(value, list):
        for name, part in _keyed(value).items():
            yield from _leaves(f"{path}[{name}]", part)
    else:
        yield Field(path, None, value)


def _pair(old: Entry, new: Entry, how: str) -> Renamed:
    differing = fields(old.data, new.data, APART | {"former_ids"})
    return Renamed(old.id, new.id, how if differing or how == "stated" else "same", differing)
