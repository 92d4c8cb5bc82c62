"""What is wrong, where, and how to repair it: values that are collected, sorted and shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

SHOWN = 60  # characters of a value that a message repeats
# Characters that Python calls printable although nothing is seen of them.
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


class Text(NamedTuple):
    """One sentence in English and in Chinese."""

    en: str
    zh: str

    @property
    def both(self) -> str:
        """Both on one line, for where nobody knows who reads it."""
        return f"{self.en} · {self.zh}"


class WrongUseError(Exception):
    """Something was asked for that is not there; `text` says what, and how to repair it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Bare(str):
    """A value as it stands in a file: YAML that gets no quotes."""

    __slots__ = ()


class Edit(NamedTuple):
    """A mechanical repair: the text `old`, which begins at an offset of the file's text, should read `new`."""

    start: int
    old: str
    new: str


@dataclass(frozen=True)
class Problem:
    """One fault at one place of one file; sorted by file, line and column.

    `file` is relative to the project, with slashes; `line` and `column` count from 1, in characters;
    `width` is the number of characters that the marker covers; `excerpt` is the line without its break.
    `edit` is there if a program can repair it.
    """

    file: str
    line: int
    column: int
    rule: str
    message: Text
    repair: Text | None = None
    width: int = 1
    excerpt: str = ""
    edit: Edit | None = None

    def __lt__(self, other: Problem) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, int, int, str, Text, Text, int, str]:
        repair = self.repair or Text("", "")
        return self.file, self.line, self.column, self.rule, self.message, repair, self.width, self.excerpt

    @property
    def found(self) -> str:
        """The text that the marker covers."""
        start = self.column - 1
        return self.excerpt[start : start + self.width]


def brought(problems: Iterable[Problem], before: Iterable[Problem]) -> list[Problem]:
    """The problems that a change brings: those that were not there before, wherever in their files these stood."""
    left = Counter(map(_words, before))
    found = []
    for problem in problems:
        if left[_words(problem)]:
            left[_words(problem)] -= 1  # one that was there stands for one that is there
        else:
            found.append(problem)
    return found


def _words(problem: Problem) -> tuple[str, str, Text]:
    return problem.file, problem.rule, problem.message


def show(value: object) -> str:
    """Quote a value for a message: short, on one line, with nothing invisible."""
    text = value if isinstance(value, str) else repr(value)
    short = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return "'" + visible(short) + "'"


def visible(text: str) -> str:
    """Write what a terminal would obey or hide as its code point, such as <U+200B>."""
    shown = BLANK.sub(lambda match: code_point(match[0]), text)
    return "".join(char if char.isprintable() else code_point(char) for char in shown)


def code_point(char: str) -> str:
    """Name a character that cannot be shown."""
    return f"<U+{ord(char):04X}>"


def inert(line: str) -> str:
    """Break `##[`, which begins a command to GitHub's runner wherever in a line it stands.

    A space of no width would not do: the runner compares as people sort words, and does not count such a space.
    """
    return line.replace("##[", "#♯[")
