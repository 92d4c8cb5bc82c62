"""Slips of the keyboard: characters and punctuation that look right and are not.

Each slip is reported and mended in memory, so that the rest of the file can still be read and
every other problem is found in the same run. Punctuation in comments is nobody's business; what
cannot be seen is refused there too, because a reviewer cannot see it there either.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from catalog.problem import Text

# Spaces that are not the space bar's, characters that cannot be seen, and characters that turn text around.
# Listed one by one, not by Unicode category, because categories change with the version of Python.
SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
BREAKS = "\r\u0085\u2028\u2029\x0b\x0c"
UNSEEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U0010ffff"
)
REFUSED = re.compile(f"[{SPACES}{BREAKS}{UNSEEN}](?!(?<=\r)\n)")
RUN = re.compile(f"([{SPACES}{BREAKS}{UNSEEN}])(?!(?<=\r)\n)(?:\\1(?!(?<=\r)\n))*")
# What most files are made of; the long classes above need five times as long.
USUAL = re.compile("[\n -~\u3001-\u301e\u4e00-\u9fa5\uff01-\uff5e]*")
BLANK = re.compile(f"[{SPACES}{BREAKS}]")

NAMES = {
    "\t": Text("a tab", "制表符"),
    "\r": Text("a carriage return without a line feed", "单独的回车符"),
    "\u00a0": Text("a no-break space", "不换行空格"),
    "\u3000": Text("a full-width space", "全角空格"),
    "\u200b": Text("a zero-width space", "零宽空格"),
    "\ufeff": Text("a byte order mark", "字节顺序标记（BOM）"),
    "\x00": Text("a NUL character", "空字符（NUL）"),
}
UNNAMED = Text("a character that cannot be seen", "看不见的字符")
REPAIRS = {
    "\r": Text("end the line with a line feed", "请用换行符（LF）结束这一行"),
    "\ufeff": Text("delete it, or save the file as UTF-8 without BOM", "请删除，或把文件另存为不带 BOM 的 UTF-8"),
}
INDENTS = "\t\u3000"  # each as wide as two spaces where it indents

QUOTES = {"“": '"', "”": '"', "„": '"', "＂": '"', "‘": "'", "’": "'", "＇": "'"}
COMMAS = dict.fromkeys("，、；", ", ")
IN_LIST = {**COMMAS, "［": "[", "【": "[", "］": "]", "】": "]", "“": '"', "”": '"', "＂": '"'}
IN_MAP = {**COMMAS, "｛": "{", "｝": "}", "：": ": "}
ANY_ASCII_HABIT = re.compile(r"(?:\A|\n) *(?:[A-Za-z_]+:[^\s:/]|-[^\s-]|\* )")
WIDE = re.compile("[：﹕∶－–—•·●［【｛" + "".join(QUOTES) + "".join(IN_LIST) + "]")

# A field's name after a dash is in lower case: `- GPT：续篇` is a text in a list of texts.
FIELD = r"^ *(?:[A-Za-z_]+|(?:- +)+[a-z_]+) *"
END = r"(?= *(?:\r?$| #))"
LIST = re.compile(rf"{FIELD}[:：] *(?P<list>[\[［【][^\[\]［］【】\n]*[\]］】]){END}", re.MULTILINE)
MAP = re.compile(rf"{FIELD}[:：] *(?P<map>[{{｛][^{{}}｛｝'\"\n]*[}}｝]){END}", re.MULTILINE)
STRAIGHT = r"(?<=[\[［【,，、； ])(?:\"(?:[^\"\\]|\\.)*\"|'[^']*')(?= *[,，、；\]］】])"
SIGN = re.compile(f"(?P<straight>{STRAIGHT})|(?P<curly>[“＂][^“”＂]*[”＂])|[{''.join(IN_LIST)}]")
PAIR = re.compile(r"(?P<before>[{｛,，、；]) *[a-z_]+ *(?P<colon>[:：])")
CURLY = re.compile(
    rf"(?:{FIELD}[:：] *|^ *(?:- +)*)"
    r"(?P<quoted>[“”„＂][^“”„＂\"\\\n]*[“”„＂\"]|\"[^“”„＂\"\\\n]*[“”„＂](?![^\n]*\")|[‘’＇][^‘’＇'\n]*[‘’＇])"
    rf"{END}",
    re.MULTILINE,
)


class Habit(NamedTuple):
    """A habit of the hand: its pattern, whose group `slip` should read `new`."""

    pattern: re.Pattern[str]
    new: str
    rule: str
    message: Text
    repair: Text


BULLET = (
    Text("a list item that does not begin with '- '", "列表项没有以 '- ' 开头"),
    Text("write '- '", "请写成 '- '"),
)
COLON = Text("write a half-width colon and a space, as in 'zh: '", "请用半角冒号加一个空格，如 'zh: '")
TIGHT_COLON = (Text("no space after the colon", "冒号后缺少空格"), COLON)
ASCII_HABITS = (
    Habit(
        re.compile(r"^ *[A-Za-z_]+(?P<slip>:)(?=[^\s:/])", re.MULTILINE),
        ": ",
        "tight-colon",
        *TIGHT_COLON,
    ),
    Habit(re.compile(r"^ *(?P<slip>-)(?=[^\s-])", re.MULTILINE), "- ", "tight-bullet", *BULLET),
    Habit(re.compile(r"^ *(?P<slip>\*)(?= )", re.MULTILINE), "- ", "wide-bullet", *BULLET),
)
WIDE_HABITS = (
    Habit(
        re.compile(FIELD + "(?P<slip>[：﹕∶])", re.MULTILINE),
        ": ",
        "wide-colon",
        Text("a full-width colon after a field name", "字段名后用了全角冒号"),
        COLON,
    ),
    Habit(re.compile(r"^ *(?P<slip>[－–—•·●])(?= *[^\s－–—])", re.MULTILINE), "- ", "wide-bullet", *BULLET),
)


FENCE = re.compile(r"^ *```[A-Za-z]* *(?:\r?\n|\Z)", re.MULTILINE)
A_FENCE = (
    Text("a fence that Markdown has around code", "Markdown 代码块的标记"),
    Text("delete the line ```", "请删除 ``` 这一行"),
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

    @cached_property
    def _begins(self) -> list[int]:
        """Where each slip's new text begins."""
        begins, shift = [], 0
        for slip in self.slips:
            begins.append(slip.start + shift)
            shift += len(slip.new) - (slip.end - slip.start)
        return begins

    def before(self, offset: int) -> int:
        """Where the character at `offset` stood before the mending."""
        index = bisect_right(self._begins, offset) - 1
        if index < 0:
            return offset
        slip, inside = self.slips[index], offset - self._begins[index]
        return slip.start if inside < len(slip.new) else slip.end + inside - len(slip.new)


def mend(text: str, slips: Iterable[Slip]) -> Mended:
    """Apply slips; of two that overlap the first counts."""
    parts, at, applied = [], 0, []
    for slip in sorted(slips):
        if slip.start >= at:
            parts += [text[at : slip.start], slip.new]
            at = slip.end
            applied.append(slip)
    return Mended("".join([*parts, text[at:]]), tuple(applied))


def characters(text: str) -> Iterator[Slip]:
    """Characters that nobody can see or that only look like a space; several in a row are one slip."""
    if USUAL.fullmatch(text):
        return
    for match in RUN.finditer(text):
        char, times = match[1], len(match[0])
        name = NAMES.get(char, UNNAMED)
        row = Text(f", {times} in a row", f"，连续 {times} 个") if times > 1 else Text("", "")
        message = Text(f"{name.en} (U+{ord(char):04X}){row.en}", f"{name.zh}（U+{ord(char):04X}）{row.zh}")
        meant = _meant(match)
        yield Slip(match.start(), match.end(), meant, "hidden-character", message, _remedy(char, meant))


def _meant(run: re.Match[str]) -> str:
    """What a run of strange characters was meant to be."""
    char = run[1]
    if char == "\r":
        return "\n" * len(run[0])
    if not BLANK.match(char):
        return ""
    before = run.string[run.string.rfind("\n", 0, run.start()) + 1 : run.start()]
    return "  " * len(run[0]) if char in INDENTS and not before.strip(" " + INDENTS) else " "


def _remedy(char: str, meant: str) -> Text:
    if char in REPAIRS:
        return REPAIRS[char]
    if meant.startswith("  "):
        return Text("write two spaces for each", "请把每个换成两个空格")
    return Text("write an ordinary space", "请改用普通空格") if BLANK.match(char) else Text("delete it", "请删除")


def punctuation(text: str) -> Iterator[Slip]:
    """Punctuation of a Chinese keyboard, or of another list, where YAML's own is wanted."""
    if "```" in text:
        for fence in FENCE.finditer(text):
            yield Slip(fence.start(), fence.end(), "", "code-fence", *A_FENCE)
    if ANY_ASCII_HABIT.search(text):
        yield from _habits(text, (0, len(text)), ASCII_HABITS)
    for line in _lines_with_wide_signs(text):
        yield from _habits(text, line, WIDE_HABITS)
        yield from _in_brackets(text, line)
        yield from _around_values(text, line)


def _lines_with_wide_signs(text: str) -> Iterator[tuple[int, int]]:
    """Where the few lines begin and end that hold a full-width sign."""
    tail = 0
    while sign := WIDE.search(text, tail):
        head, tail = text.rfind("\n", 0, sign.start()) + 1, f"{text}\n".find("\n", sign.start())
        yield head, tail


def _habits(text: str, part: tuple[int, int], habits: Iterable[Habit]) -> Iterator[Slip]:
    for habit in habits:
        for match in habit.pattern.finditer(text, *part):
            start, end = match.span("slip")
            yield Slip(start, end, _spaced(habit.new, text, end), habit.rule, habit.message, habit.repair)


def _spaced(new: str, text: str, end: int) -> str:
    """Leave out the space at the end of a sign where white space follows already."""
    return new.rstrip() if text[end : end + 1] in (" ", "\r", "\n", "") else new


def _around_values(text: str, line: tuple[int, int]) -> Iterator[Slip]:
    message = Text("a typographic quotation mark around a value", "值的两端用了中文引号")
    for match in CURLY.finditer(text, *line):
        for at in (match.start("quoted"), match.end("quoted") - 1):
            if text[at] in QUOTES:
                yield _one(text, at, QUOTES[text[at]], "curly-quote", message)


def _in_brackets(text: str, line: tuple[int, int]) -> Iterator[Slip]:
    """Full-width signs of lists `[...]` and of groups `{...}`."""
    for match in LIST.finditer(text, *line):
        for sign in SIGN.finditer(text, *match.span("list")):
            ends = [] if sign["straight"] else [sign.start(), sign.end() - 1] if sign["curly"] else [sign.start()]
            yield from (_wide(text, at, IN_LIST) for at in ends)
    for match in MAP.finditer(text, *line):
        start, end = match.span("map")
        signs = [pair.start(group) for pair in PAIR.finditer(text, start, end) for group in ("before", "colon")]
        yield from (_wide(text, at, IN_MAP) for at in (*signs, end - 1) if text[at] in IN_MAP)


def _wide(text: str, at: int, meant: dict[str, str]) -> Slip:
    message = Text("a full-width sign inside brackets", "括号里用了全角符号")
    return _one(text, at, _spaced(meant[text[at]], text, at + 1), "wide-punctuation", message)


def _one(text: str, at: int, new: str, rule: str, message: Text) -> Slip:
    repair = Text(f"write '{new}' instead of '{text[at]}'", f"请把 '{text[at]}' 改成 '{new}'")
    return Slip(at, at + 1, new, rule, message, repair)
