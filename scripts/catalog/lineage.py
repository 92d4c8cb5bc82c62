"""The family tree: who descends from whom, as graphs that GitHub draws."""

from __future__ import annotations

from typing import NamedTuple

from catalog.cells import Desk
from catalog.entry import Catalog
from catalog.markdown import mermaid_label
from catalog.problem import Text
from catalog.wording import either

FEWEST = 2  # descendants that make a graph worth drawing
GRAPHS = 30
NODES = 120  # of one graph: more cannot be read
ARROWS = 450  # Mermaid draws no graph of more than 500
LENGTH = 45_000  # Mermaid reads no graph of more than 50,000 characters


class Family(NamedTuple):
    """An ancestor's id, how many descend from it, and the graph."""

    root: str
    size: int
    graph: str


def families(desk: Desk) -> list[Family]:
    """A graph for each entry that is based on nothing and has descendants, the largest first."""
    entries, descendants = desk.catalog.entries, desk.catalog.descendants
    roots = [name for name in descendants if name in entries and not entries[name].data.get("based_on")]
    found = [Family(root, len(ids) - 1, "") for root in roots if len(ids := below(root, desk.catalog)) > FEWEST]
    largest = sorted(found, key=lambda family: (-family.size, family.root))[:GRAPHS]
    return [family._replace(graph=_graph(below(family.root, desk.catalog), desk)) for family in largest]


def below(root: str, catalog: Catalog) -> list[str]:
    """The id of an entry, and those of all that descend from it, generation by generation."""
    found, seen = [root], {root}
    for name in found:
        new = [child for child in catalog.descendants.get(name, ()) if child not in seen]
        found += new
        seen.update(new)
    return found


def _graph(ids: list[str], desk: Desk) -> str:
    """The graph of as many of the ids as Mermaid draws."""
    shown = ids[:NODES]
    while _too_large(graph := _drawn(shown, len(ids) - len(shown), desk)):
        shown = shown[: len(shown) * 3 // 4]
    return graph


def _too_large(graph: str) -> bool:
    return graph.count("-->") > ARROWS or len(graph) > LENGTH


def _drawn(ids: list[str], more: int, desk: Desk) -> str:
    """A graph of these ids, and a node that says how many more there are."""
    numbers = {name: number for number, name in enumerate(ids)}
    labels = [either(desk.catalog.entries[name].data["name"], desk.language) for name in ids]
    if more:
        labels.append(desk.say(Text(f"… and {more} more", f"……另有 {more} 个")))
    nodes = [f'  n{number}["{mermaid_label(label)}"]' for number, label in enumerate(labels)]
    arrows = [
        f"  n{numbers[name]} --> n{numbers[child]}"
        for name in ids
        for child in desk.catalog.descendants.get(name, ())
        if child in numbers
    ]
    return "\n".join(["graph LR", *nodes, *arrows])
