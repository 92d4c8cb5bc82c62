"""The family tree: who descends from whom, as graphs that GitHub draws."""

from __future__ import annotations

from typing import NamedTuple

from catalog.cells import Desk
from catalog.markdown import mermaid_label
from catalog.wording import either

FEWEST = 2  # descendants that make a graph worth drawing
NODES = 120  # of one graph; Mermaid draws at most 500 arrows and reads 50,000 characters
GRAPHS = 30


class Family(NamedTuple):
    """An ancestor's id, how many descend from it, and the graph."""

    root: str
    size: int
    graph: str


def families(desk: Desk) -> list[Family]:
    """A graph for each entry that is based on nothing and has descendants, the largest first."""
    entries, descendants = desk.catalog.entries, desk.catalog.descendants
    roots = [name for name in descendants if name in entries and not entries[name].data.get("based_on")]
    found = [Family(root, len(ids) - 1, "") for root in roots if len(ids := _below(root, desk)) > FEWEST]
    largest = sorted(found, key=lambda family: (-family.size, family.root))[:GRAPHS]
    return [family._replace(graph=_graph(_below(family.root, desk)[:NODES], desk)) for family in largest]


def _below(root: str, desk: Desk) -> list[str]:
    """The root and everything that descends from it, generation by generation."""
    found = [root]
    for name in found:
        found += [child for child in desk.catalog.descendants.get(name, ()) if child not in found]
    return found


def _graph(ids: list[str], desk: Desk) -> str:
    numbers = {name: number for number, name in enumerate(ids)}
    names = {name: either(desk.catalog.entries[name].data["name"], desk.language) for name in ids}
    nodes = [f'  n{number}["{mermaid_label(names[name])}"]' for name, number in numbers.items()]
    arrows = [
        f"  n{numbers[name]} --> n{numbers[child]}"
        for name in ids
        for child in desk.catalog.descendants.get(name, ())
        if child in numbers
    ]
    return "\n".join(["graph LR", *nodes, *arrows])
