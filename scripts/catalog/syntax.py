"""What libyaml's complaints mean, in words for people who do not write YAML every day."""

from __future__ import annotations

import re
from typing import NamedTuple

from yaml import MarkedYAMLError

from catalog.problem import Text, show

Explanation = tuple[str, tuple[int, int], Text, Text | None]

QUOTE = Text("write the whole value in quotes", "请给整个值加引号")
ALIGN = Text("indent it like the fields that it belongs to", "请与同级字段对齐缩进")


class Spot(NamedTuple):
    """Where the parser gave up, and where it began what it could not finish."""

    end: int
    begun: int
    text: str


def explain(error: MarkedYAMLError, text: str) -> Explanation:
    """Turn the parser's error into a rule, a span of `text`, a message and a repair."""
    index = error.problem_mark.index if error.problem_mark else 0
    begun = error.context_mark.index if error.context_mark else index
    for complaint, meaning in MEANINGS.items():
        if complaint in (error.problem or ""):
            return meaning(Spot(index, begun, text))
    said = error.problem or "cannot be understood"
    return "yaml-syntax", _one(index), Text(f"not YAML: {said}", f"不是合法的 YAML：{said}"), None


def _one(start: int) -> tuple[int, int]:
    return start, start + 1


def _line(text: str, offset: int) -> tuple[int, str]:
    """Where the line of an offset begins, and the line."""
    head = text.rfind("\n", 0, offset) + 1
    return head, text[head:].split("\n", 1)[0].rstrip("\r")


def _colon(spot: Spot) -> Explanation:
    """A ': ' where no field can begin: inside a value, or on a line that is indented by mistake."""
    head, line = _line(spot.text, spot.end)
    earlier = re.match(r" *(?:- +)*[^\s:#]+: +", line)
    if earlier and head + earlier.end() <= spot.end:
        message = Text("a colon and a space inside a value without quotes", "没有加引号的值里出现了冒号加空格")
        return "yaml-syntax", _one(spot.end), message, QUOTE
    above = spot.text[:head].rstrip()
    start, previous = _line(spot.text, max(len(above) - 1, 0))
    if above and not re.match(r" *(?:- +)*[^\s:#]+:(\s|$)", previous):
        return _no_colon_at(start, previous)
    message = Text("indented deeper than the line above, which already has a value", "缩进比上一行深，而上一行已经有值")
    return "yaml-syntax", (head, spot.end), message, ALIGN


def _no_colon_at(start: int, line: str) -> Explanation:
    indent = len(line) - len(line.lstrip())
    message = Text("a line without a colon", "这一行没有冒号")
    repair = Text("write 'field: value'", "请写成 '字段: 值'")
    return "yaml-syntax", (start + indent, start + len(line)), message, repair


def _no_colon(spot: Spot) -> Explanation:
    return _no_colon_at(*_line(spot.text, spot.begun))


def _first_character(spot: Spot) -> Explanation:
    char = spot.text[spot.end : spot.end + 1]
    message = Text(f"a value without quotes cannot begin with {show(char)}", f"没有加引号的值不能以 {show(char)} 开头")
    return "yaml-syntax", _one(spot.end), message, QUOTE


def _not_closed(spot: Spot) -> Explanation:
    char = spot.text[spot.begun : spot.begun + 1]
    closing = {"[": "]", "{": "}"}.get(char, char)
    message = Text(f"{show(char)} is opened here and never closed", f"这里的 {show(char)} 没有结束")
    return (
        "yaml-syntax",
        _one(spot.begun),
        message,
        Text(f"close it with {show(closing)}", f"请用 {show(closing)} 结束"),
    )


def _escape(spot: Spot) -> Explanation:
    message = Text("a backslash in double quotes begins an escape", "双引号里的反斜杠表示转义")
    return "yaml-syntax", _one(spot.end), message, Text("use single quotes", "请改用单引号")


def _misplaced(spot: Spot) -> Explanation:
    """Something where a field should begin: behind a closed value, or at another indentation."""
    head, line = _line(spot.text, spot.end)
    before = spot.text[head : spot.end].rstrip()
    if before.endswith(("'", '"')):
        message = Text("text after the closing quotation mark", "结束引号之后还有文字")
        repair = Text(
            "quote the whole value; write a quotation mark inside it twice", "请给整个值加引号；值里的引号写两遍"
        )
        return "yaml-syntax", (spot.end, head + len(line)), message, repair
    if before:
        message = Text("text after the end of the value", "值结束之后还有文字")
        return "yaml-syntax", (spot.end, head + len(line)), message, QUOTE
    message = Text("indented differently from the fields above", "缩进与上面的字段不一致")
    return "yaml-syntax", (spot.end, head + len(line)), message, ALIGN


def _dash(spot: Spot) -> Explanation:
    message = Text("a list item on the line of its field", "列表项写在了字段名的同一行")
    return "yaml-syntax", _one(spot.end), message, Text("begin it on a line of its own", "请另起一行")


MEANINGS = {
    "mapping values are not allowed": _colon,
    "could not find expected ':'": _no_colon,
    "cannot start any token": _first_character,
    "did not find expected ',' or": _not_closed,
    "unexpected end of stream": _not_closed,
    "unknown escape character": _escape,
    "did not find expected key": _misplaced,
    "did not find expected '-' indicator": _misplaced,
    "did not find expected <document start>": _misplaced,
    "block sequence entries are not allowed": _dash,
    "did not find expected node content": _first_character,
}
