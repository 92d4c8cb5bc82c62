"""Read one file of strict YAML: plain data, and the place of every field.

Every value is text, exactly as written, quoted or not: `360`, `no` and `1.10` stay what they are.
Only fields whose name is listed in `numbers` become numbers. What is accepted and what is not stands in tests/cases.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from yaml import MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from catalog.files import NOT_A_FILE
from catalog.places import Span, Where, between, places
from catalog.problem import Bare, Edit, Problem, Text, show
from catalog.slips import REFUSED, Mended, Slip, characters, mend, punctuation
from catalog.syntax import CUT, explain

MAX_BYTES = 64 * 1024  # the longest entry of a comparable list has 20 KiB
MAX_DEPTH = 8  # an entry needs 5
MAX_LENGTH = 1000  # characters of one line, or of one value; the schema's longest has 500
MAX_PROBLEMS = 100  # of one file; nobody reads more
LONG_LINE = re.compile(f"^[^\n]{{{MAX_LENGTH}}}[^\r\n]", re.MULTILINE)
NUMBER = re.compile(r"(?!-[0.]*\Z)-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
MAX_NUMBER = 15  # characters of a number: as many digits as survive in a float
COMMENT = re.compile(r" +(#[^\r\n]*)")
EXPLICIT_KEY = re.compile(r"\?\s")
BEFORE_KEY = re.compile(r"(?:[\s,:{\[-]|#[^\n]*\n)*\?")
NULL = {"~", "null", "Null", "NULL"}
# Also the words of the schema's minLength, so that an empty text is told once.
EMPTY = Text("nothing stands here", "这里是空的")
WRITE_VALUE = Text("write a value, or delete the field", "请写上值，或删除该字段")
WRITE_OUT = Text("write the value itself, in quotes", "请直接写出值，并加引号")
DELETE_LINE = Text("delete the line", "请删除这一行")
WRITE_FIELD = Text("write 'field: value'", "请写成 '字段: 值'")
BEGIN = Text("begin it with a line such as 'name:'", "请以 'name:' 这样的一行开头")
ONE_LINE = Text("write it on one line", "请写在一行内")
ONE_COLUMN = Text("begin every '- ' of a list in the same column", "同一列表的 '- ' 请左对齐")
CLOSE = Text("close the quotation mark on the same line", "请在同一行结束引号")
REPAIR_FIRST = Text("repair the others first; the rest is not read", "请先改正其他问题；其余内容未读取")
FLATTEN = Text("write it with fewer levels", "请减少层级")
SHORTEN = Text("shorten it", "请缩短")
BREAK_UP = Text("shorten it, or give each list item its own line", "请缩短，或让列表每项各占一行")
UTF_8 = Text("save the file as UTF-8", "请把文件另存为 UTF-8 编码")


@dataclass(frozen=True)
class Source:
    """A file that could be read.

    `path` is relative to the project; `data` is its mapping, with text and numbers as leaves; `values` and
    `keys` give, for the way to each field, the offsets of its value and of its name in `text`.
    """

    path: str
    text: str
    data: dict[str, Any]

    @property
    def values(self) -> Mapping[Where, Span]:
        """The offsets of each value."""
        return self._places[0]

    @property
    def keys(self) -> Mapping[Where, Span]:
        """The offsets of each name."""
        return self._places[1]

    @cached_property
    def _places(self) -> tuple[Mapping[Where, Span], Mapping[Where, Span]]:
        """Where everything stands; found in a second walk, because most files have nothing to tell.

        A source that was made without a text has no places.
        """
        if not self.text:
            return {}, {}
        clean = mend(self.text, characters(self.text))
        return places((mend(clean.text, punctuation(clean.text)), clean))

    def span(self, where: Where, *, key: bool = False) -> Span:
        """The offsets of a field's value, or of its name; of nothing if the field is not there."""
        return (self.keys if key else self.values).get(where) or self.values.get(where) or (0, 0)

    def line(self, where: Where, *, key: bool = False) -> int:
        """The line of a field's value, or of its name, counted from 1."""
        return self.text.count("\n", 0, self.span(where, key=key)[0]) + 1

    def problem(
        self,
        rule: str,
        where: Where,
        message: Text,
        repair: Text | None = None,
        *,
        key: bool = False,
        better: str | None = None,
    ) -> Problem:
        """Make a problem at a field's value, or at its name; at the file's start if the field is not there.

        `better` is the value to write instead, if there is no doubt about it.
        """
        span = self.span(where, key=key)
        found = at(self.path, self.text, span, rule, message, repair)
        return found if better is None else replace(found, edit=_rewritten(self.text, span, better))


def _rewritten(text: str, span: Span, better: str) -> Edit:
    """Write another value in the style of the old one: with its quotes, or with none."""
    old = text[slice(*span)]
    if isinstance(better, Bare):
        return Edit(span[0], old, better)
    if old.startswith('"'):
        better = '"' + better.replace("\\", "\\\\").replace('"', '\\"') + '"'
    elif old.startswith("'"):
        better = "'" + better.replace("'", "''") + "'"
    return Edit(span[0], old, better)


@dataclass
class Reading:
    """What came of one file: a source, or none, and the problems found on the way."""

    source: Source | None = None
    problems: list[Problem] = field(default_factory=list)


def at(path: str, text: str, span: Span, rule: str, message: Text, repair: Text | None = None) -> Problem:
    """Make a problem at `text[span[0]:span[1]]`, cut at the end of its first line."""
    start = min(span[0], len(text.removesuffix("\n")))
    head = text.rfind("\n", 0, start) + 1
    tail = text.find("\n", start)
    excerpt = text[head : tail if tail >= 0 else len(text)].removesuffix("\r")
    before = min(start - head, len(excerpt))
    width = max(1, min(span[1] - start, len(excerpt) - before))
    return Problem(path, text.count("\n", 0, start) + 1, before + 1, rule, message, repair, width, excerpt)


def read(file: Path, path: str, numbers: frozenset[str]) -> Reading:
    """Read a file; `path` is what problems call it. Never raises for anything that the file holds."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return _refused(path, "not-a-file", *NOT_A_FILE)
        if file.stat().st_size > MAX_BYTES:
            message = Text(f"larger than {MAX_BYTES} bytes", f"超过 {MAX_BYTES} 字节")
            return _refused(path, "file-size", message, Text("one file is one model", "一个文件只写一个模型"))
        raw = file.read_bytes()
    except OSError as error:
        return _refused(path, "not-a-file", Text(f"cannot be read ({error.strerror})", f"无法读取（{error.strerror}）"))
    return parse(raw, path, numbers)


def _refused(path: str, rule: str, message: Text, repair: Text | None = None) -> Reading:
    return Reading(problems=[Problem(path, 1, 1, rule, message, repair)])


def parse(raw: bytes, path: str, numbers: frozenset[str]) -> Reading:
    """Read the bytes of a file."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(raw, path, error)
    if raw.count(0) * 4 > len(raw):
        message = Text("the file looks like UTF-16", "文件像是 UTF-16 编码")
        return Reading(problems=[at(path, text, (0, 1), "encoding", message, UTF_8)])
    long = LONG_LINE.search(text)
    if long:
        message = Text(f"a line of more than {MAX_LENGTH} characters", f"一行超过 {MAX_LENGTH} 个字符")
        last = (long.end() - 1, long.end())
        return Reading(problems=[at(path, text, last, "too-long", message, BREAK_UP)])
    clean = mend(text, characters(text))
    walk = _Walk(path, text, (mend(clean.text, punctuation(clean.text)), clean), numbers)
    walk.run()
    return walk.reading


def _not_utf8(raw: bytes, path: str, error: UnicodeDecodeError) -> Reading:
    start = len(raw[: error.start].decode("utf-8"))
    message = Text(f"byte 0x{raw[error.start]:02x} is not UTF-8", f"字节 0x{raw[error.start]:02x} 不是 UTF-8")
    return Reading(problems=[at(path, raw.decode("utf-8", "replace"), (start, start + 1), "encoding", message, UTF_8)])


class _Stop(Exception):  # noqa: N818 - not an error: the rest of the file cannot be read
    """The rest of the file cannot be understood; the problem is already noted."""


class _Torn(NamedTuple):
    """A value that did not end where it should: the offset where it did, its problem, and whether that is a cause.

    A quotation mark or a comment that swallows what follows makes the parser stumble a little later; a value
    that runs over its line is what the parser makes of a fault that it only finds behind it.
    """

    end: int
    problem: Problem
    cause: bool


@dataclass
class _Walk:
    """One walk over the parser's events, which builds the data."""

    path: str
    text: str
    mended: tuple[Mended, Mended]
    numbers: frozenset[str]
    reading: Reading = field(default_factory=Reading)
    torn: list[_Torn] = field(default_factory=list)
    next: Callable[[], Any] = field(init=False)
    comments: bool = False

    def run(self) -> None:
        """Note the slips, and then what the events show, until the rest cannot be understood."""
        try:
            self.slips()
            self.events()
        except _Stop:
            pass

    def slips(self) -> None:
        plain, clean = self.mended
        for slip in clean.slips:
            self.slip(slip, (slip.start, slip.end))
        for slip in plain.slips:
            self.slip(slip, (clean.before(slip.start), clean.before(slip.end - 1) + 1))

    def slip(self, slip: Slip, span: Span) -> None:
        """Note a slip, which stands at a span of the original text."""
        self.note(slip.rule, span, slip.message, slip.repair)
        edit = Edit(span[0], self.text[slice(*span)], slip.new)
        self.reading.problems[-1] = replace(self.reading.problems[-1], edit=edit)

    def events(self) -> None:
        parser = yaml.CSafeLoader(self.mended[0].text)
        try:
            self.next = parser.get_event
            if EXPLICIT_KEY.search(self.mended[0].text):
                self.next = self.without_explicit_keys(parser.get_event)
            self.comments = " #" in self.mended[0].text
            data = self.document()
            self.reading.source = Source(self.path, self.text, data)
        except yaml.MarkedYAMLError as error:
            self.failed(error)
        finally:
            parser.dispose()

    def without_explicit_keys(self, following: Callable[[], Any]) -> Callable[[], Any]:
        """Note each question mark between two events: libyaml reads on without a word."""
        end = 0

        def noting() -> Any:
            nonlocal end
            event = following()
            mark = BEFORE_KEY.match(self.mended[0].text, end, event.start_mark.index)
            if mark:
                message = Text("a YAML explicit key, '?'", "YAML 显式键 '?'")
                self.note("yaml-feature", self.between(mark.end() - 1, mark.end()), message, WRITE_FIELD)
            end = event.end_mark.index
            return event

        return noting

    def failed(self, error: yaml.MarkedYAMLError) -> None:
        """Tell where the parser gave up; of that and what was noted there, only the cause."""
        text = self.mended[0].text
        rule, (start, end), message, repair = explain(error, text)
        head, tail = text.rfind("\n", 0, start) + 1, f"{text}\n".find("\n", start)
        near = [torn for torn in self.torn if torn.end > head]
        for torn in near:
            if not torn.cause:
                self.reading.problems.remove(torn.problem)
        if not any(torn.cause and torn.end <= tail for torn in near):
            self.note(rule, self.between(start, end), message, repair)

    def document(self) -> dict[str, Any]:
        self.next()  # the stream starts
        start = self.next()
        if isinstance(start, yaml.StreamEndEvent):
            self.stop("empty-file", (0, 0), Text("the file is empty", "文件是空的"), BEGIN)
        if start.version or start.tags:
            self.note("yaml-feature", self.span(start), Text("a YAML directive", "YAML 指令"), DELETE_LINE)
        event = self.next()
        if not isinstance(event, yaml.MappingStartEvent):
            message = Text("the file is not a list of fields", "文件不是字段列表")
            self.stop("not-fields", self.span(event), message, BEGIN)
        data: dict[str, Any] = self.value(event, 0, None)
        event = self.next()
        if event.explicit:
            self.note("yaml-feature", self.span(event), Text("an end mark", "结束标记"), DELETE_LINE)
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            message = Text("a second YAML document in one file", "一个文件里有第二个 YAML 文档")
            self.note("one-document", self.span(event), message, Text("one file is one model", "一个文件只写一个模型"))
        return data

    def value(self, event: Any, depth: int, name: str | None) -> Any:
        if event.anchor or event.tag:
            self.undecorated(event)
        kind = type(event)
        if kind is ScalarEvent:
            return self.scalar(event, name)
        if depth >= MAX_DEPTH:
            message = Text(f"nested deeper than {MAX_DEPTH} levels", f"嵌套超过 {MAX_DEPTH} 层")
            self.stop("too-deep", self.span(event), message, FLATTEN)
        return self.sequence(depth + 1) if kind is SequenceStartEvent else self.mapping(depth + 1)

    def sequence(self, depth: int) -> list[Any]:
        items: list[Any] = []
        while type(event := self.next()) is not SequenceEndEvent:
            items.append(self.value(event, depth, None))
        return items

    def mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        begun: dict[str, int] = {}
        while type(event := self.next()) is not MappingEndEvent:
            key = self.key(event)
            if key in found:
                self.duplicate(key, event, begun[key])
                self.value(self.next(), depth, None)
            else:
                begun[key] = event.start_mark.index
                found[key] = self.value(self.next(), depth, key)
        return found

    def key(self, event: Any) -> str:
        if event.anchor or event.tag:
            self.undecorated(event)
        if type(event) is not ScalarEvent:
            message = Text("a list or a group of fields as a field name", "字段名是列表或一组字段")
            self.stop("field-name", self.span(event), message, WRITE_FIELD)
        if event.value == "<<" and not event.style:
            self.stop("yaml-feature", self.span(event), Text("a YAML merge key, '<<'", "YAML 合并键 '<<'"), WRITE_OUT)
        return self.one_line(event)

    def duplicate(self, key: str, event: Any, begun: int) -> None:
        first = self.text.count("\n", 0, self.between(begun, begun)[0]) + 1
        message = Text(
            f"{show(key)} stands here a second time; first on line {first}",
            f"{show(key)} 重复出现；第一次在第 {first} 行",
        )
        self.note("duplicate-field", self.span(event), message, Text("keep one of the two", "请只保留一个"))

    def scalar(self, event: Any, name: str | None) -> str | int | float:
        text = self.one_line(event)
        if event.style:
            return text
        if self.comments and (comment := self.cut(event)):
            text = text or comment  # the value, if somebody wrote `#1`
        elif not text or text in NULL:
            self.said(event, text)
        number = name in self.numbers and len(text) <= MAX_NUMBER and NUMBER.fullmatch(text)
        return _number(text) if number else text

    def said(self, event: Any, text: str) -> None:
        """A value that is not in quotes must say something."""
        if not text:
            self.note("empty-value", self.span(event), EMPTY, WRITE_VALUE)
        elif text in NULL:
            message = Text(f"{show(text)} stands for no value", f"{show(text)} 表示没有值")
            repair = Text("delete the field, or quote the word if it is meant", "请删除该字段；若就是这个词，请加引号")
            self.note("empty-value", self.span(event), message, repair)

    def cut(self, event: Any) -> str:
        """Give the comment that cuts a value without quotes short; the empty text if there is none."""
        comment = COMMENT.match(self.mended[0].text, event.end_mark.index)
        if comment is None:
            return ""
        self.tear("cut-by-comment", comment.span(1), *CUT, cause=True)
        return comment[1]

    def one_line(self, event: Any) -> str:
        """The text of a scalar, which must stand on one line, hide nothing, and have an end."""
        text: str = event.value
        if len(text) > MAX_LENGTH:
            message = Text(f"a value of more than {MAX_LENGTH} characters", f"一个值超过 {MAX_LENGTH} 个字符")
            self.stop("too-long", self.span(event), message, SHORTEN)
        if event.start_mark.line != event.end_mark.line or event.style in ("|", ">"):
            span = event.start_mark.index, event.end_mark.index
            message = Text("the value runs over several lines", "值跨了多行")
            quoted = event.style in ("'", '"')
            list_item = re.search(r"\n *- ", self.mended[0].text[slice(*span)])
            repair = CLOSE if quoted else ONE_COLUMN if list_item else ONE_LINE
            self.tear("several-lines", span, message, repair, cause=quoted)
        elif event.style == '"' and ("\n" in text or REFUSED.search(text)):
            message = Text("an escape writes a character that cannot be seen", "转义写出了看不见的字符")
            self.note("hidden-character", self.span(event), message, Text("delete it", "请删除"))
        return text

    def undecorated(self, event: Any) -> None:
        """Refuse aliases, anchors and tags: they are for programs, not for facts."""
        if isinstance(event, yaml.AliasEvent):
            message = Text(f"a YAML alias, {show(f'*{event.anchor}')}", f"YAML 别名 {show(f'*{event.anchor}')}")
        elif event.anchor:
            message = Text(f"a YAML anchor, {show(f'&{event.anchor}')}", f"YAML 锚点 {show(f'&{event.anchor}')}")
        elif event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            message = Text(f"a YAML tag, {show(tag)}", f"YAML 标签 {show(tag)}")
        else:
            return
        self.stop("yaml-feature", self.span(event), message, WRITE_OUT)

    def span(self, event: Any) -> Span:
        return self.between(event.start_mark.index, event.end_mark.index)

    def between(self, start: int, end: int) -> Span:
        return between(self.mended, start, end)

    def tear(self, rule: str, span: Span, message: Text, repair: Text, *, cause: bool) -> None:
        """Note a value that does not end where it should; `span` is one of the mended text."""
        self.note(rule, self.between(*span), message, repair)
        self.torn.append(_Torn(span[1], self.reading.problems[-1], cause))

    def note(self, rule: str, span: Span, message: Text, repair: Text) -> None:
        problems = self.reading.problems
        if len(problems) == MAX_PROBLEMS:
            more = Text(f"more than {MAX_PROBLEMS} problems in one file", f"一个文件里的问题超过 {MAX_PROBLEMS} 个")
            problems.append(at(self.path, self.text, span, "too-many-problems", more, REPAIR_FIRST))
            raise _Stop
        problems.append(at(self.path, self.text, span, rule, message, repair))

    def stop(self, rule: str, span: Span, message: Text, repair: Text) -> None:
        self.note(rule, span, message, repair)
        raise _Stop


def _number(text: str) -> int | float:
    """Read a number; one without a fraction is a whole number."""
    number = float(text)
    return int(number) if number.is_integer() else number
