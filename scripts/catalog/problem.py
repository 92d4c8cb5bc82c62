"""What is wrong, where, and how to repair it: values that are collected, sorted and shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

SHOWN = 60  # characters of a value that a message repeats


class Text(NamedTuple):
    """One sentence in English and in Chinese."""

    en: str
    zh: str


@dataclass(frozen=True, order=True)
class Problem:
    """One fault at one place of one file.

    `file` is relative to the project, with slashes; `line` and `column` count from 1, in characters;
    `width` is the number of characters that the marker covers; `excerpt` is the line without its break.
    """

    file: str
    line: int
    column: int
    rule: str
    message: Text
    repair: Text | None = None
    width: int = 1
    excerpt: str = ""

    @property
    def found(self) -> str:
        """The text that the marker covers."""
        start = self.column - 1
        return self.excerpt[start : start + self.width]


def show(value: object) -> str:
    """Quote a value for a message: short, on one line, with nothing invisible."""
    text = value if isinstance(value, str) else repr(value)
    short = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return "'" + visible(short) + "'"


def visible(text: str) -> str:
    """Write what a terminal would obey or hide as its code point, such as U+200B."""
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text)
