"""The family tree: who descends from whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from catalog.cells import Desk
from catalog.entry import Catalog
from catalog.markdown import DOT, Markdown, escape, joined
from catalog.problem import Text

FEWEST = 2  # descendants that make a family worth showing
FAMILIES = 30
LINES = 100  # of one family: more cannot be read
CHILDREN = 100  # of one line
MORE = Text("and {} more", "另有 {} 个")


class Family(NamedTuple):
    """An ancestor's id, how many descend from it, and a line for each of them that has descendants of its own."""

    root: str
    size: int
    lines: tuple[Markdown, ...]


def families(desk: Desk) -> list[Family]:
    """A family for each entry that is based on nothing and has descendants, the largest first."""
    entries, descendants = desk.catalog.entries, desk.catalog.descendants
    roots = [name for name in descendants if name in entries and not entries[name].data.get("based_on")]
    found = [Family(root, len(ids) - 1, ()) for root in roots if len(ids := below(root, desk.catalog)) > FEWEST]
    largest = sorted(found, key=lambda family: (-family.size, family.root))[:FAMILIES]
    return [family._replace(lines=_lines(below(family.root, desk.catalog), desk)) for family in largest]


def below(root: str, catalog: Catalog) -> list[str]:
    """The id of an entry, and those of all that descend from it, generation by generation."""
    found, seen = [root], {root}
    for name in found:
        new = [child for child in catalog.descendants.get(name, ()) if child not in seen]
        found += new
        seen.update(new)
    return found


def _lines(ids: Sequence[str], desk: Desk) -> tuple[Markdown, ...]:
    """`parent → children`, for each of the ids that has any; who is based on two stands in two lines."""
    parents = [name for name in ids if name in desk.catalog.descendants]
    lines = [_line(parent, desk) for parent in parents[:LINES]]
    return (*lines, *_more(len(parents) - LINES, desk))


def _line(parent: str, desk: Desk) -> Markdown:
    children = desk.catalog.descendants[parent]
    shown = [desk.reference(child) for child in children[:CHILDREN]]
    return Markdown(f"{desk.reference(parent)} → {joined([*shown, *_more(len(children) - CHILDREN, desk)], DOT)}")


def _more(number: int, desk: Desk) -> list[Markdown]:
    return [escape(desk.say(MORE).format(number))] if number > 0 else []
