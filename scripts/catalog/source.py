"""Read one file of strict YAML: plain data, and the place of every field.

Every value is text, exactly as written, quoted or not: `360`, `no` and `1.10` stay what they are.
Only fields whose name is listed in `numbers` become numbers. See docs/yaml.md for what is accepted.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from catalog.problem import Problem, Text, show
from catalog.slips import REFUSED, Mended, Slip, characters, mend, punctuation
from catalog.syntax import explain

MAX_BYTES = 64 * 1024  # the longest entry of a comparable list has 20 KiB
MAX_DEPTH = 8  # an entry needs 5
MAX_LENGTH = 2000  # characters of one value; the schema's longest has 500
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
NOTHING = {"", "~", "null", "Null", "NULL"}

Where = tuple[str | int, ...]
Span = tuple[int, int]


@dataclass(frozen=True)
class Source:
    """A file that could be read.

    `path` is relative to the project; `data` is its mapping, with text and numbers as leaves; `values` and
    `keys` give, for the way to each field, the offsets of its value and of its name in `text`.
    """

    path: str
    text: str
    data: dict[str, Any]
    values: Mapping[Where, Span]
    keys: Mapping[Where, Span]

    def problem(
        self, rule: str, where: Where, message: Text, repair: Text | None = None, *, key: bool = False
    ) -> Problem:
        """Make a problem at a field's value, or at its name; at the file's start if the field is not there."""
        span = (self.keys if key else self.values).get(where) or self.values.get(where) or (0, 0)
        return at(self.path, self.text, span, rule, message, repair)


@dataclass
class Reading:
    """What came of one file: a source, or none, and the problems found on the way."""

    source: Source | None = None
    problems: list[Problem] = field(default_factory=list)


def at(path: str, text: str, span: Span, rule: str, message: Text, repair: Text | None = None) -> Problem:
    """Make a problem at `text[span[0]:span[1]]`, cut at the end of its first line."""
    start = min(span[0], len(text))
    head = text.rfind("\n", 0, start) + 1
    tail = text.find("\n", start)
    excerpt = text[head : tail if tail >= 0 else len(text)].rstrip("\r")
    width = max(1, min(span[1] - start, len(excerpt) - (start - head)))
    return Problem(path, text.count("\n", 0, start) + 1, start - head + 1, rule, message, repair, width, excerpt)


def read(file: Path, path: str, numbers: frozenset[str]) -> Reading:
    """Read a file; `path` is what problems call it. Never raises for anything that the file holds."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return _refused(path, "not-a-file", Text("not a regular file", "不是普通文件"))
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
    clean = mend(text, characters(text))
    plain = mend(clean.text, punctuation(clean.text))
    reading = Reading()
    reading.problems += [_slip(path, text, slip, slip.start, slip.end) for slip in clean.slips]
    reading.problems += [_slip(path, text, s, clean.before(s.start), clean.before(s.end)) for s in plain.slips]
    _Walk(path, text, (plain, clean), numbers, reading).run()
    return reading


def _slip(path: str, text: str, slip: Slip, start: int, end: int) -> Problem:
    return at(path, text, (start, end), slip.rule, slip.message, slip.repair)


def _not_utf8(raw: bytes, path: str, error: UnicodeDecodeError) -> Reading:
    head = raw[: error.start].decode("utf-8")
    message = Text(f"byte 0x{raw[error.start]:02x} is not UTF-8", f"字节 0x{raw[error.start]:02x} 不是 UTF-8")
    repair = Text("save the file as UTF-8", "请把文件另存为 UTF-8 编码")
    return Reading(problems=[at(path, head, (len(head), len(head)), "encoding", message, repair)])


class _Stop(Exception):  # noqa: N818 - not an error: the rest of the file cannot be read
    """The rest of the file cannot be understood; the problem is already noted."""


@dataclass
class _Walk:
    """One walk over the parser's events, which builds the data and notes every place."""

    path: str
    text: str
    mended: tuple[Mended, Mended]
    numbers: frozenset[str]
    reading: Reading
    values: dict[Where, Span] = field(default_factory=dict)
    keys: dict[Where, Span] = field(default_factory=dict)
    next: Callable[[], Any] = field(init=False)

    def run(self) -> None:
        parser = yaml.CSafeLoader(self.mended[0].text)
        try:
            self.next = parser.get_event
            data = self.document()
            self.reading.source = Source(self.path, self.text, data, self.values, self.keys)
        except yaml.MarkedYAMLError as error:
            rule, (start, end), message, repair = explain(error, self.mended[0].text)
            self.note(rule, (self.before(start), self.before(end)), message, repair)
        except _Stop:
            pass
        finally:
            parser.dispose()

    def document(self) -> dict[str, Any]:
        self.next()  # the stream starts
        start = self.next()
        if isinstance(start, yaml.StreamEndEvent):
            self.stop("empty-file", (0, 0), Text("the file is empty", "文件是空的"))
        if start.version or start.tags:
            message = Text("a YAML directive", "YAML 指令")
            self.note("yaml-feature", self.span(start), message, Text("delete the line", "请删除这一行"))
        event = self.next()
        if not isinstance(event, yaml.MappingStartEvent):
            expected = Text(
                "the file is not a list of fields; begin with 'name:'", "文件不是字段列表；请以 'name:' 开头"
            )
            self.stop("not-fields", self.span(event), expected)
        data: dict[str, Any] = self.value(event, ())
        self.next()  # the document ends
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            message = Text("a second document in one file", "一个文件里有第二个文档")
            self.note("one-document", self.span(event), message, Text("one file is one model", "一个文件只写一个模型"))
        return data

    def value(self, event: Any, where: Where) -> Any:
        self.undecorated(event)
        span = self.span(event)
        self.values[where] = span
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, where)
        if len(where) >= MAX_DEPTH:
            self.stop("too-deep", span, Text(f"nested deeper than {MAX_DEPTH} levels", f"嵌套超过 {MAX_DEPTH} 层"))
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(where)
        return self.mapping(where)

    def sequence(self, where: Where) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            items.append(self.value(event, (*where, len(items))))
        self.close(event, where)
        return items

    def mapping(self, where: Where) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            key = self.key(event)
            if key in found:
                self.duplicate(key, event, where)
                self.value(self.next(), (*where, key, "again"))
            else:
                self.keys[(*where, key)] = self.span(event)
                found[key] = self.value(self.next(), (*where, key))
        self.close(event, where)
        return found

    def close(self, event: Any, where: Where) -> None:
        """Let the place of a list or of a group of fields reach to its end."""
        self.values[where] = self.values[where][0], self.span(event)[1]

    def key(self, event: Any) -> str:
        self.undecorated(event)
        if not isinstance(event, yaml.ScalarEvent):
            self.stop("field-name", self.span(event), Text("a field name is not plain text", "字段名不是普通文本"))
        return self.one_line(event)

    def duplicate(self, key: str, event: Any, where: Where) -> None:
        first = self.text.count("\n", 0, self.keys[(*where, key)][0]) + 1
        message = Text(
            f"{show(key)} stands here a second time; first on line {first}",
            f"{show(key)} 重复出现；第一次在第 {first} 行",
        )
        self.note("duplicate-field", self.span(event), message, Text("keep one of the two", "请只保留一个"))

    def scalar(self, event: Any, where: Where) -> str | int | float:
        text = self.one_line(event)
        if not event.style:
            self.said(event, text)
            self.whole(event)
            if where[-1] in self.numbers and NUMBER.fullmatch(text):
                return float(text) if "." in text else int(text)
        return text

    def said(self, event: Any, text: str) -> None:
        """A value that is not in quotes must say something."""
        if text in NOTHING:
            message = Text("no value stands here", "这里没有值")
            repair = Text("write the value, or delete the line", "请写上值，或删除这一行")
            self.note("empty-value", self.span(event), message, repair)

    def whole(self, event: Any) -> None:
        """A value that is not in quotes must not be cut short by a comment."""
        end = event.end_mark.index
        rest = self.mended[0].text[end : end + MAX_LENGTH].split("\n")[0].rstrip()
        if rest.lstrip(" ").startswith("#"):
            message = Text("YAML reads everything after ' #' as a comment", "YAML 把 ' #' 之后的内容当作注释")
            repair = Text("quote the value, or give the comment its own line", "请给值加引号，或把注释另起一行")
            self.note("cut-by-comment", (self.before(end + 1), self.before(end + len(rest))), message, repair)

    def one_line(self, event: Any) -> str:
        """The text of a scalar, which must stand on one line, hide nothing, and have an end."""
        text: str = event.value
        span = self.span(event)
        if event.start_mark.line != event.end_mark.line or event.style in ("|", ">"):
            message = Text("the value runs over several lines", "值跨了多行")
            self.note("several-lines", span, message, Text("write it on one line", "请写在一行内"))
        elif event.style == '"' and (REFUSED.search(text) or "\n" in text):
            message = Text("an escape writes a character that cannot be seen", "转义写出了看不见的字符")
            self.note("hidden-character", span, message, Text("delete it", "请删除"))
        if len(text) > MAX_LENGTH:
            message = Text(
                f"{len(text)} characters in one value, at most {MAX_LENGTH}",
                f"一个值有 {len(text)} 个字符，最多 {MAX_LENGTH} 个",
            )
            self.stop("too-long", span, message)
        return text

    def undecorated(self, event: Any) -> None:
        """Refuse aliases, anchors and tags: they are for programs, not for facts."""
        if isinstance(event, yaml.AliasEvent):
            message = Text(f"an alias, {show(f'*{event.anchor}')}", f"别名 {show(f'*{event.anchor}')}")
        elif event.anchor:
            message = Text(f"an anchor, {show(f'&{event.anchor}')}", f"锚点 {show(f'&{event.anchor}')}")
        elif event.tag:
            message = Text(f"a tag, {show(event.tag)}", f"标签 {show(event.tag)}")
        else:
            return
        self.stop(
            "yaml-feature",
            self.span(event),
            message,
            Text("write the value itself, in quotes", "请直接写出值，并加引号"),
        )

    def span(self, event: Any) -> Span:
        return self.before(event.start_mark.index), self.before(event.end_mark.index)

    def before(self, offset: int) -> int:
        plain, clean = self.mended
        if plain.slips or clean.slips:
            return clean.before(plain.before(offset))
        return offset

    def note(self, rule: str, span: Span, message: Text, repair: Text | None = None) -> None:
        self.reading.problems.append(at(self.path, self.text, span, rule, message, repair))

    def stop(self, rule: str, span: Span, message: Text, repair: Text | None = None) -> None:
        self.note(rule, span, message, repair)
        raise _Stop
