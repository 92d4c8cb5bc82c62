"""Slips of the keyboard: characters and punctuation that look right and are not.

Each slip is reported and mended in memory, so that the rest of the file can still be read and
every other problem is found in the same run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from catalog.problem import Text

# Spaces that are not the space bar's, characters that cannot be seen, and characters that turn text around.
# Listed one by one, not by Unicode category, because categories change with the version of Python.
SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
BREAKS = "\r\u0085\u2028\u2029\x0b\x0c"
UNSEEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff"
)
REFUSED = re.compile(f"\r(?!\n)|(?!\r)[{SPACES}{BREAKS}{UNSEEN}]")

NAMES = {
    "\t": Text("a tab", "制表符"),
    "\r": Text("a carriage return without a line feed", "单独的回车符"),
    "\u00a0": Text("a no-break space", "不换行空格"),
    "\u3000": Text("an ideographic space", "全角空格"),
    "\u200b": Text("a zero-width space", "零宽空格"),
    "\ufeff": Text("a byte order mark", "字节顺序标记（BOM）"),
    "\x00": Text("a NUL character", "空字符（NUL）"),
}

KEY = r"^( *(?:- +)*)([A-Za-z_]+)"
WIDE_LIST = re.compile(KEY + r" *[:：] *([［【][^\[\]［］【】\n]*[］】]) *\r?$", re.MULTILINE)
FLOW_LIST = re.compile(KEY + r" *[:：] *(\[[^\[\]'\"\n]*\]) *\r?$", re.MULTILINE)
CURLY = re.compile(r"^( *(?:- +)*(?:[a-z_]+ *[:：] *)?)([“”„＂][^“”„＂\"\\\n]*[“”„＂]) *\r?$", re.MULTILINE)
IN_LIST = {
    "，": ", ",
    "、": ", ",
    "；": ", ",
    "［": "[",
    "【": "[",
    "］": "]",
    "】": "]",
    "“": '"',
    "”": '"',
    "＂": '"',
}


class Habit(NamedTuple):
    """A habit of the hand: its pattern, whose group `slip` should read `new`."""

    pattern: re.Pattern[str]
    new: str
    rule: str
    message: Text


HABITS = (
    Habit(
        re.compile(KEY + r"(?P<slip> *： *)", re.MULTILINE),
        ": ",
        "wide-colon",
        Text("a full-width colon after a field name", "字段名后用了全角冒号"),
    ),
    Habit(
        re.compile(r"^( *)([a-z_]+)(?P<slip>:)(?=[^\s:/])", re.MULTILINE),
        ": ",
        "tight-colon",
        Text("no space after the colon", "冒号后缺少空格"),
    ),
    Habit(
        re.compile(r"^( *)(?P<slip>[－–—•·●] *)(?=\S)", re.MULTILINE),
        "- ",
        "wide-bullet",
        Text("a list item that does not begin with '- '", "列表项没有以 '- ' 开头"),
    ),
)


class Slip(NamedTuple):
    """A piece of text, `text[start:end]`, that should read `new`."""

    start: int
    end: int
    new: str
    rule: str
    message: Text
    repair: Text


@dataclass(frozen=True)
class Mended:
    """A text after its slips were mended, which remembers where everything stood before."""

    text: str
    slips: tuple[Slip, ...]

    def before(self, offset: int) -> int:
        """Where the character at `offset` stood before the mending."""
        shift = 0
        for slip in self.slips:
            begin = slip.start + shift
            if offset < begin:
                break
            if offset < begin + len(slip.new):
                return slip.start
            shift += len(slip.new) - (slip.end - slip.start)
        return offset - shift


def mend(text: str, slips: Iterator[Slip]) -> Mended:
    """Apply slips that are in order and do not overlap."""
    parts, at, applied = [], 0, []
    for slip in sorted(slips):
        if slip.start >= at:
            parts += [text[at : slip.start], slip.new]
            at = slip.end
            applied.append(slip)
    return Mended("".join([*parts, text[at:]]), tuple(applied))


def characters(text: str) -> Iterator[Slip]:
    """Characters that nobody can see or that only look like a space."""
    for match in REFUSED.finditer(text):
        char, start = match[0], match.start()
        blank = bool(re.match(f"[{SPACES}{BREAKS}]", char))
        name = NAMES.get(char, Text("a character that cannot be seen", "看不见的字符"))
        code = f"U+{ord(char):04X}"
        yield Slip(
            start,
            start + 1,
            _blank(text, start) if blank else "",
            "hidden-character",
            Text(f"{name.en} ({code})", f"{name.zh}（{code}）"),
            Text("write an ordinary space", "请改用普通空格") if blank else Text("delete it", "请删除"),
        )


def _blank(text: str, start: int) -> str:
    """What a strange space becomes: two spaces for a tab that indents, one anywhere else."""
    indents = not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t")
    return "  " if text[start] == "\t" and indents else " "


def punctuation(text: str) -> Iterator[Slip]:
    """Punctuation of a Chinese keyboard where YAML's own is wanted."""
    for habit in HABITS:
        for match in habit.pattern.finditer(text):
            repair = Text(f"write '{habit.new}'", f"请写成 '{habit.new}'")
            yield Slip(match.start("slip"), match.end("slip"), habit.new, habit.rule, habit.message, repair)
    for pattern in (WIDE_LIST, FLOW_LIST):
        for match in pattern.finditer(text):
            yield from _inside(match[3], match.start(3))
    message = Text("a typographic quotation mark around a value", "值的两端用了中文引号")
    for match in CURLY.finditer(text):
        for at in (match.start(2), match.end(2) - 1):
            yield _one(at, text[at], '"', "curly-quote", message)


def _inside(inner: str, start: int) -> Iterator[Slip]:
    """Full-width signs of one `[...]` list."""
    message = Text("a full-width sign inside a list in brackets", "方括号列表里用了全角符号")
    for at, char in enumerate(inner):
        if char in IN_LIST:
            new = IN_LIST[char] if inner[at + 1 : at + 2] != " " else IN_LIST[char].rstrip()
            yield _one(start + at, char, new, "wide-punctuation", message)


def _one(at: int, char: str, new: str, rule: str, message: Text) -> Slip:
    repair = Text(f"write '{new}' instead of '{char}'", f"请把 '{char}' 改成 '{new}'")
    return Slip(at, at + 1, new, rule, message, repair)
