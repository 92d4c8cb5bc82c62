"""How much room text takes on a terminal, and how it is made to fit."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import zip_longest

WIDTH = 80  # columns of a terminal
SHORT = 8  # lines of a list that is easily read as it is; a longer one stands in several stacks


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    """Two for a wide character, none for an accent that stands on the character before it."""
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def first(text: str, room: int) -> str:
    """As much of the beginning as fits into so many columns."""
    if columns(text) <= room:
        return text
    fitting = 0
    while columns(text[: fitting + 1]) < room:
        fitting += 1
    return text[:fitting] + "…"


def last(text: str, room: int) -> str:
    """As much of the end as fits into so many columns."""
    return first(text[::-1], room)[::-1]


def stacked(lines: Sequence[str]) -> list[str]:
    """Put the lines of a long list side by side, to be read downwards, in as few lines as a terminal allows."""
    rows = 1 if len(lines) > SHORT else max(1, len(lines))
    while rows < len(lines) and sum(_widths(lines, rows)) > WIDTH:
        rows += 1
    widths = _widths(lines, rows)
    beside = zip_longest(*(lines[start : start + rows] for start in range(0, len(lines), rows)), fillvalue="")
    return ["".join(map(_padded, row, widths)).rstrip() for row in beside]


def _widths(lines: Sequence[str], rows: int) -> list[int]:
    """How wide each stack of so many lines is."""
    return [max(map(columns, lines[start : start + rows])) for start in range(0, len(lines), rows)]


def _padded(line: str, width: int) -> str:
    return line + " " * (width - columns(line))
