"""What libyaml's complaints mean, in words for people who do not write YAML every day."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from yaml import MarkedYAMLError

from catalog.problem import Text, show
from catalog.slips import TIGHT_COLON

QUOTE = Text("write the whole value in quotes", "请给整个值加引号")
ALIGN = Text("indent it like the fields that it belongs to", "请与同级字段对齐缩进")
PAIR = re.compile(r" *(?:- +)*[^:#]+:(?=\s|$)")  # a field's name and its colon
NAMED = re.compile(r" *(?:- +)*([A-Za-z_]+) *:(?=\s|$)")
ITEM = re.compile(r" *(-) ")
COMMENT = re.compile(r"(?<=\s)(#.*)")


class Explanation(NamedTuple):
    """A rule, a span of the text, a message and a repair."""

    rule: str
    span: tuple[int, int]
    message: Text
    repair: Text


class Spot(NamedTuple):
    """Where the parser gave up, and where it began what it could not finish."""

    end: int
    begun: int
    text: str


def explain(error: MarkedYAMLError, text: str) -> Explanation:
    """Turn the parser's error into a rule, a span of `text`, a message and a repair."""
    index = error.problem_mark.index if error.problem_mark else 0
    begun = error.context_mark.index if error.context_mark else index
    said = f"{error.context or ''} {error.problem or ''}"
    for complaint, meaning in MEANINGS.items():
        if complaint in said:
            return meaning(Spot(index, begun, text))
    return _first_character(Spot(index, index, text))


def _told(start: int, end: int, message: Text, repair: Text) -> Explanation:
    return Explanation("yaml-syntax", (start, end), message, repair)


def _head(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _line(text: str, offset: int) -> tuple[int, str]:
    """Where the line of an offset begins, and the line."""
    head, tail = _head(text, offset), text.find("\n", offset)
    return head, text[head : tail if tail >= 0 else len(text)].rstrip("\r")


def _above(text: str, head: int) -> tuple[int, str]:
    """Give the nearest line above that is more than a comment; the first line if there is none."""
    while head:
        head, line = _line(text, head - 1)
        if line.strip() and not line.lstrip().startswith("#"):
            return head, line
    return _line(text, 0)


def _align(text: str, head: int) -> Text:
    """Say how many spaces belong before a field or a list item, if the lines above leave no doubt."""
    line = _line(text, head)[1]
    begun = next((pattern for pattern in (ITEM, NAMED) if pattern.match(line)), None)
    above = _columns(text, head, begun) if begun else {}
    spaces = len(line) - len(line.lstrip(" "))
    nearest, *others = sorted(above, key=lambda column: abs(column - spaces)) or [spaces]
    if nearest == spaces or (others and abs(others[0] - spaces) == abs(nearest - spaces)):
        return ALIGN
    return _put(nearest, show(above[nearest]))


def _columns(text: str, head: int, begun: re.Pattern[str]) -> dict[int, str]:
    """The columns in which the lines above, which a line may continue, begin, and what stands there."""
    found: dict[int, str] = {}
    while head and 0 not in found:
        head, line = _above(text, head)
        if (match := begun.match(line)) and match.start(1) < min(found, default=len(line)):
            found[match.start(1)] = match[1]
    return found


def _put(spaces: int, above: str) -> Text:
    if not spaces:
        return Text(
            f"delete the spaces before it, so that it stands below {above}", f"请删除行首的空格，与 {above} 对齐"
        )
    en = "one space" if spaces == 1 else f"{spaces} spaces"
    return Text(f"put {en} before it, so that it stands below {above}", f"行首请用 {spaces} 个空格，与 {above} 对齐")


def _colon(spot: Spot) -> Explanation:
    """A ': ' where no field can begin: inside a value, or on a line that is indented by mistake."""
    head, line = _line(spot.text, spot.end)
    earlier = PAIR.match(line)
    if earlier and head + earlier.end() <= spot.end:
        message = Text("a colon and a space inside a value without quotes", "没有加引号的值里出现了冒号加空格")
        return _told(spot.end, spot.end + 1, message, QUOTE)
    start, previous = _above(spot.text, head)
    if start < head and not PAIR.match(previous):
        return _no_colon_at(start, previous)
    message = Text("indented deeper than the line above, which already has a value", "缩进比上一行深，而上一行已经有值")
    return _told(head, spot.end, message, _align(spot.text, head))


def _no_colon(spot: Spot) -> Explanation:
    return _no_colon_at(*_line(spot.text, spot.begun))


def _no_colon_at(start: int, line: str) -> Explanation:
    """A line that should hold a field: perhaps its colon is hidden by a comment or stands too tight."""
    comment, tight = COMMENT.search(line), re.match(r"[ -]*[A-Za-z_]+(:)(?!/)", line)
    if comment and ":" in comment[1]:
        return Explanation("cut-by-comment", (start + comment.start(1), start + comment.end(1)), *CUT)
    if tight:
        return Explanation("tight-colon", (start + tight.start(1), start + tight.end(1)), *TIGHT_COLON)
    indent = len(line) - len(line.lstrip(" -"))
    message = Text("a line without a colon", "这一行没有冒号")
    return _told(start + indent, start + len(line), message, Text("write 'field: value'", "请写成 '字段: 值'"))


CUT = (
    Text("YAML reads everything after ' #' as a comment", "YAML 把 ' #' 之后的内容当作注释"),
    Text("quote the value, or give the comment its own line", "请给值加引号，或把注释另起一行"),
)


def _first_character(spot: Spot) -> Explanation:
    char = spot.text[spot.begun : spot.begun + 1]
    if char == ",":
        message = Text("nothing stands before the comma", "逗号之前没有内容")
        return _told(spot.begun, spot.begun + 1, message, Text("write a value, or delete it", "请写上值，或删除逗号"))
    message = Text(f"a value without quotes cannot begin with {show(char)}", f"没有加引号的值不能以 {show(char)} 开头")
    return _told(spot.begun, spot.begun + 1, message, QUOTE)


def _in_brackets(spot: Spot) -> Explanation:
    """A sign where a value of a list in brackets should begin; or the bracket is open since an earlier line."""
    opening = _open_bracket(spot.text, spot.end)
    if "\n" in spot.text[opening : spot.end] or not spot.text[spot.end :].strip():
        return _not_closed(spot._replace(begun=opening))
    return _first_character(spot._replace(begun=spot.end))


def _open_bracket(text: str, end: int) -> int:
    """Where the innermost bracket that is open at `end` stands."""
    inner = 0
    bare = COMMENT.sub(lambda comment: " " * len(comment[0]), text[:end])
    for bracket in reversed(list(re.finditer(r"[\[\]{}]", bare))):
        if bracket[0] in "[{" and not inner:
            return bracket.start()
        inner += 1 if bracket[0] in "]}" else -1
    return end


def _not_closed(spot: Spot) -> Explanation:
    """A quotation mark or a bracket without its partner; a comment may have swallowed it."""
    head, line = _line(spot.text, spot.begun)
    comment = COMMENT.search(line, spot.begun - head)
    char = spot.text[spot.begun : spot.begun + 1]
    closing = {"[": "]", "{": "}"}.get(char, char)
    if comment and closing in comment[1]:
        return Explanation("cut-by-comment", (head + comment.start(1), head + comment.end(1)), *CUT)
    message = Text(f"{show(char)} is opened here and never closed", f"这里的 {show(char)} 没有结束")
    repair = Text(f"close it with {show(closing)}", f"请用 {show(closing)} 结束")
    return _told(spot.begun, spot.begun + 1, message, repair)


def _no_comma(spot: Spot) -> Explanation:
    """Two values side by side in brackets, or brackets without an end."""
    between = spot.text[spot.begun : spot.end]
    char = spot.text[spot.end : spot.end + 1]
    if "\n" in between or char in ("", "]", "}"):
        return _not_closed(spot)
    message = Text("no comma between two values", "两个值之间没有逗号")
    return _told(spot.end, spot.end + 1, message, Text("write ', ' before this", "请在这里之前写 ', '"))


def _escape(spot: Spot) -> Explanation:
    start = spot.text.rfind("\\", 0, spot.end + 1)
    message = Text("a backslash in double quotes begins an escape", "双引号里的反斜杠表示转义")
    return _told(start, start + 1, message, Text("use single quotes", "请改用单引号"))


def _directive(spot: Spot) -> Explanation:
    start, line = _line(spot.text, spot.begun)
    message = Text("a YAML directive", "YAML 指令")
    return Explanation("yaml-feature", (start, start + len(line)), message, Text("delete the line", "请删除这一行"))


def _misplaced(spot: Spot) -> Explanation:
    """Something where a field should begin: behind a closed value, or at another indentation."""
    head, line = _line(spot.text, spot.end)
    end = head + len(line)
    before = spot.text[head : spot.end].rstrip()
    if before.endswith(("'", '"')):
        message = Text("text after the closing quotation mark", "结束引号之后还有文字")
        repair = Text(
            "quote the whole value; write a quotation mark inside it twice", "请给整个值加引号；值里的引号写两遍"
        )
        return _told(spot.end, end, message, repair)
    if before:
        return _told(spot.end, end, Text("text after the end of the value", "值结束之后还有文字"), QUOTE)
    if line.lstrip().startswith(":"):
        message = Text("a colon without a field name", "冒号前没有字段名")
        return _told(spot.end, end, message, Text("write 'field: value'", "请写成 '字段: 值'"))
    return _told(
        spot.end,
        end,
        Text("indented differently from the fields above", "缩进与上面的字段不一致"),
        _align(spot.text, head),
    )


def _dash(spot: Spot) -> Explanation:
    message = Text("a list item on the line of its field", "列表项写在了字段名的同一行")
    return _told(spot.end, spot.end + 1, message, Text("begin it on a line of its own", "请另起一行"))


# The first that is a part of "what was being read, and what is wrong with it" counts.
MEANINGS: dict[str, Callable[[Spot], Explanation]] = {
    "directive": _directive,
    "YAML document": _directive,
    "an alias": _first_character,
    "an anchor": _first_character,
    "a tag": _first_character,
    "tag handle": _first_character,
    "block scalar": _first_character,
    "mapping values are not allowed": _colon,
    "unexpected ':'": _colon,
    "could not find expected ':'": _no_colon,
    "flow node": _in_brackets,
    "cannot start any token": _first_character,
    "block node": _first_character,
    "mapping keys are not allowed": _first_character,
    "did not find expected ',' or": _no_comma,
    "unexpected end of stream": _not_closed,
    "unexpected document indicator": _not_closed,
    "escape": _escape,
    "hexdecimal": _escape,
    "did not find expected key": _misplaced,
    "did not find expected '-' indicator": _misplaced,
    "did not find expected <document start>": _misplaced,
    "block sequence entries are not allowed": _dash,
}
