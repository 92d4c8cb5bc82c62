"""Fit Markdown into the room that GitHub gives it: lines are left out whole, and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Room(NamedTuple):
    """How much a text may hold, and how that is measured."""

    most: int
    size: Callable[[str], int]


class Part(NamedTuple):
    """A part of a text: what stands before its lines, and its lines, of which some may be left out."""

    head: str
    lines: Sequence[str]


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


COMMENT = Room(60_000, len)  # GitHub takes 65,536 characters
SUMMARY = Room(1_000_000, _bytes)  # GitHub takes 1 MiB of one step, and nothing at all of more


def fitted(parts: Sequence[Part], room: Room) -> Iterator[str]:
    """Write the parts that have lines, and give each the same room; what short ones do not need, long ones have."""
    parts = [part for part in parts if part.lines]
    sizes = [room.size(_written(part, len(part.lines))) for part in parts]
    fair = left = room.most
    for rest, size in zip(range(len(sizes), 0, -1), sorted(sizes), strict=True):
        fair = left // rest
        if size > fair:
            break
        left -= size
    for part, size in zip(parts, sizes, strict=True):
        yield _written(part, len(part.lines) if size <= fair else _fitting(part, Room(fair, room.size)))


def _fitting(part: Part, room: Room) -> int:
    """How many lines of a part there is room for."""
    left = room.most - room.size(_written(part, 0))
    for number, line in enumerate(part.lines):
        left -= room.size(line) + 1
        if left < 0:
            return number
    return len(part.lines)


def _written(part: Part, number: int) -> str:
    """A part with so many of its lines, and a line that counts the others."""
    more = len(part.lines) - number
    rest = f"\n… {more} more · 另有 {more} 项\n" if more else ""
    lines = "".join(line + "\n" for line in part.lines[:number])
    return f"\n{part.head}{lines}{rest}"
