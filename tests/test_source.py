"""Reading YAML from strangers: what a file says is read as it is written, or told as a problem at its place."""

from __future__ import annotations

import json
import os
import re
from decimal import Decimal
from pathlib import Path

import pytest
from catalog.problem import Problem, Text
from catalog.slips import REFUSED
from catalog.source import MAX_BYTES, MAX_LENGTH, MAX_PROBLEMS, Reading, Source, at, parse, read
from hypothesis import given, settings
from hypothesis import strategies as st
from scratch import POSIX

NUMBERS = frozenset({"context", "rank", "total"})
ENTRY = """\
name: {zh: 智脑2, en: Foo 2}
aliases: [Foo Two, "Foo: the second"]
type: model
domain: general
released: 2023-07-06
variants:
  - name: Foo-7B
    context: 4096
# one comment
sources:
  - url: https://acme.ai/foo?a=1#b
    supports: [name, variants]
"""

thorough = settings(derandomize=True, deadline=None, max_examples=200)


def reading(text: str) -> Reading:
    return parse(text.encode(), "f.yaml", NUMBERS)


def source(text: str) -> Source:
    """Give what a text says although there may be problems in it."""
    found = reading(text).source
    assert found is not None
    return found


def data(text: str) -> dict[str, object]:
    """Give what a text without a problem says."""
    assert told(text) == []
    return source(text).data


def told(text: str) -> list[str]:
    """Line, column, rule and marked text of every problem, in order."""
    return [f"{p.line}:{p.column} {p.rule} {p.found}" for p in sorted(reading(text).problems)]


def misplaced(problems: list[Problem], text: str) -> list[Problem]:
    """Problems that do not lie in the text, or whose excerpt is not their line."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return [
        problem
        for problem in problems
        if not 1 <= problem.line <= len(lines)
        or problem.excerpt != lines[problem.line - 1]
        or not 1 <= problem.column <= len(problem.excerpt) + 1
        or not 1 <= problem.width <= max(1, len(problem.excerpt) + 1 - problem.column)
    ]


# --- values ---------------------------------------------------------------------------------------------------

PLAIN = (
    *("360", "12333", "0", "007", "010", "0o7", "0x10", "0b1", "1_000", "1:30", "190:20:30", "+1", "-1", "-0"),
    *("1.10", "2.0", ".5", "5.", "1e5", "1E400", "6.02e23", ".inf", "-.Inf", ".nan", ".NaN", "NaN", "Infinity"),
    *("no", "No", "NO", "n", "off", "yes", "y", "on", "true", "True", "false", "=", "NIL", "none", "nULL", "undefined"),
    *("2023", "2023-07-06", "2023-02-30", "2023-7-6", "2001-12-14t21:59:43.10-05:00", "12:00", "9" * 900),
    *("C#", "a#b", "a:b", "R&D", "100%", "a*b", "Foo!", "-foo", "--", "?foo", ":foo", "a-b", "~a", "foo|bar", "<<"),
    *("https://acme.ai/?a=b&c=d#e", "C:\\models", "\\n", "it's", 'a "b" c', "(a) [b] {c}", "a, b", "a  b"),
    *("通义千问", "智脑：第二代", "“智脑”大模型", "、", "文心·一言", "𠀀", "é", "\U0001f916"),
)
QUOTED = ("", "~", "null", "Null", "NULL", "Foo #1", "# Foo", "Foo: Bar", "*a", "&a", "!a", "@a", "`a`", "-", "?", "|")
NUMERALS = [
    ("0", 0),
    ("4096", 4096),
    ("-1", -1),
    ("123456789012345", 123456789012345),
    ("0.1", 0.1),
    ("-0.5", -0.5),
    ("89.70", 89.7),
    ("67.00", 67),
    ("0.0", 0),
    ("1234567.8901234", 1234567.8901234),
]
NO_NUMERALS = (
    *("010", "00", "-01", "-0", "-0.0", "+5", "5.", ".5", "-.5", "1e5", "1_000", "1,000", "0x10", "1:30", "5 000"),
    *("٣", "５", "1２", ".inf", "nan", "NaN", "Infinity", "1.2.3", "2023-07-06", "128K", "--5", "5-", "no", "true"),
    *("1234567890123456", "-12345678901234.5", "0.12345678901234", "9" * 500),
)


@pytest.mark.parametrize("text", PLAIN)
def test_a_text_without_quotes_stays_as_it_is_written(text: str) -> None:
    assert data(f"name: {text}\n") == {"name": text}


@pytest.mark.parametrize("text", [*PLAIN, *QUOTED])
def test_a_text_in_quotes_stays_as_it_is_written(text: str) -> None:
    single, double = "'" + text.replace("'", "''") + "'", json.dumps(text, ensure_ascii=False)
    assert data(f"a: {single}\nb: {double}\n") == {"a": text, "b": text}


@pytest.mark.parametrize("text", ["360", "no", "null", "2023-07-06", "1.10", "0x10", "two words", "通义", "=", "h2o-x"])
def test_a_field_name_stays_as_it_is_written(text: str) -> None:
    assert data(f"{text}: a\n'{text}2': b\n") == {text: "a", f"{text}2": "b"}


@pytest.mark.parametrize(("written", "number"), NUMERALS)
def test_a_number_field_holds_a_number(written: str, number: float) -> None:
    value = data(f"context: {written}\n")["context"]
    assert value == number
    assert type(value) is type(number)


@pytest.mark.parametrize("written", NO_NUMERALS)
def test_what_is_not_plainly_a_number_stays_text_in_a_number_field(written: str) -> None:
    assert data(f"context: {written}\n") == {"context": written}


def test_a_quoted_number_stays_text_in_a_number_field() -> None:
    assert data("context: \"5\"\nrank: '6'\n") == {"context": "5", "rank": "6"}


def test_a_number_stays_text_in_every_other_field() -> None:
    found = data("name: 5\nlist: [5, 1.5]\ncontext: {name: 5}\n")
    assert found == {"name": "5", "list": ["5", "1.5"], "context": {"name": "5"}}


def test_numbers_stand_at_any_depth_but_not_in_lists() -> None:
    assert data("a:\n  - {total: 1.5, rank: [2]}\n") == {"a": [{"total": 1.5, "rank": ["2"]}]}


@thorough
@given(st.from_regex(r"-?[0-9]{1,8}(\.[0-9]{1,6})?", fullmatch=True))
def test_no_number_is_rounded(written: str) -> None:
    value = data(f"total: {written}\n")["total"]
    assert value == written if isinstance(value, str) else Decimal(repr(value)) == Decimal(written)


# --- ways of writing that are accepted --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "a: b\nc: [d]\n",
        "a: b\nc: [d]",
        "a: b\r\nc: [d]\r\n",
        "a: b\r\nc: [d]",
        "---\na: b\nc: [d]\n",
        "--- # one\na: b\nc:\n- d\n",
        "\n\n# first\na:   b   \n\nc:\n    - d\n\n\n",
        "{a: b, c: [d]}\n",
        '{"a": "b", "c": ["d"]}',
        "a: b\nc: [\n  d,\n]\n",
        "a:\n  b\nc:\n  -\n    d\n",
        "'a': b\n\"c\" : ['d']\n",
        "  a: b\n  c: [d]\n",
        "# 注释：“甲”，【乙】、\na: b\nc: [d] # 注：（丙）\n",
    ],
)
def test_the_same_data_written_in_other_ways(text: str) -> None:
    assert data(text) == {"a": "b", "c": ["d"]}


# --- places -----------------------------------------------------------------------------------------------------


def test_every_field_knows_its_place() -> None:
    found = source(ENTRY)
    marked = {way: ENTRY[slice(*span)] for way, span in found.values.items()}
    assert marked[("name", "zh")] == "智脑2"
    assert marked[("aliases",)] == '[Foo Two, "Foo: the second"]'
    assert marked[("aliases", 1)] == '"Foo: the second"'
    assert marked[("variants", 0, "context")] == "4096"
    assert marked[("sources", 0, "supports", 1)] == "variants"
    assert marked[("variants",)].startswith("- name: Foo-7B\n    context: 4096\n")
    assert {way: ENTRY[slice(*span)] for way, span in found.keys.items()} == {way: way[-1] for way in found.keys}


@pytest.mark.parametrize(
    ("where", "key", "line", "column", "found"),
    [
        (("aliases", 1), False, 2, 20, '"Foo: the second"'),
        (("aliases", 1), True, 2, 20, '"Foo: the second"'),
        (("domain",), False, 4, 9, "general"),
        (("domain",), True, 4, 1, "domain"),
        (("variants",), False, 7, 3, "- name: Foo-7B"),
        (("license",), False, 1, 1, "n"),
        ((), False, 1, 1, "name: {zh: 智脑2, en: Foo 2}"),
    ],
)
def test_a_problem_of_a_field_stands_at_its_value_or_name(where, key, line, column, found) -> None:
    problem = source(ENTRY).problem("a-rule", where, Text("message", "说明"), Text("repair", "改法"), key=key)
    assert (problem.file, problem.line, problem.column, problem.found) == ("f.yaml", line, column, found)
    assert (problem.rule, problem.message.en, problem.repair) == ("a-rule", "message", Text("repair", "改法"))


def test_places_are_those_of_the_original_although_slips_were_mended() -> None:
    text = "name：\n\ten：\t‘Foo’\u200b\naliases：【甲，乙】\n"
    found = source(text)
    assert found.data == {"name": {"en": "Foo"}, "aliases": ["甲", "乙"]}
    assert [text[slice(*span)] for span in found.keys.values()] == ["name", "en", "aliases"]
    leaves = [("name", "en"), ("aliases",), ("aliases", 0), ("aliases", 1)]
    assert [text[slice(*found.values[way])] for way in leaves] == ["‘Foo’", "【甲，乙】", "甲", "乙"]


@pytest.mark.parametrize(
    ("text", "span", "line", "column", "found"),
    [
        ("a: b\nc: d\n", (8, 9), 2, 4, "d"),
        ("a: b\nc: d\n", (3, 9), 1, 4, "b"),
        ("a: b\nc: d\n", (5, 5), 2, 1, "c"),
        ("a: b\r\nc: d\r\n", (3, 11), 1, 4, "b"),
        ("a: b\r\nc: d\r\n", (5, 6), 1, 5, ""),
        ("a: b\n", (4, 5), 1, 5, ""),
        ("a: b\n", (5, 5), 1, 5, ""),
        ("a: b\n", (99, 100), 1, 5, ""),
        ("a: b", (4, 4), 1, 5, ""),
        ("a: b\n\n", (6, 6), 2, 1, ""),
        ("", (0, 0), 1, 1, ""),
        ("\n", (1, 1), 1, 1, ""),
    ],
)
def test_a_place_lies_in_the_text(text: str, span: tuple[int, int], line: int, column: int, found: str) -> None:
    problem = at("f.yaml", text, span, "a-rule", Text("", ""))
    assert (problem.line, problem.column, problem.found) == (line, column, found)
    assert misplaced([problem], text) == []


# --- problems that cannot be written in a case file -------------------------------------------------------------


def test_a_file_of_the_greatest_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a: b\n" + b"#\n" * ((MAX_BYTES - 5) // 2) + b"#")
    assert (tmp_path / "a.yaml").stat().st_size == MAX_BYTES
    assert read(tmp_path / "a.yaml", "a.yaml", NUMBERS).problems == []


def test_a_larger_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff" * (MAX_BYTES + 1))
    found = read(tmp_path / "a.yaml", "entries/a.yaml", NUMBERS)
    assert found == Reading(problems=[refused("file-size", "larger than 65536 bytes", "one file is one model")])


def refused(rule: str, message: str, repair: str) -> Problem:
    found = SAID[rule]
    return Problem("entries/a.yaml", 1, 1, rule, Text(message, found[0]), Text(repair, found[1]))


SAID = {"file-size": ("超过 65536 字节", "一个文件只写一个模型"), "not-a-file": ("不是普通文件", "请放入文件本身")}


@POSIX
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("name: {en: Foo}\n")
    (tmp_path / "a.yaml").symlink_to(tmp_path / "secret")
    found = read(tmp_path / "a.yaml", "entries/a.yaml", NUMBERS)
    assert found == Reading(problems=[refused("not-a-file", "not a regular file", "put the file itself here")])


@POSIX
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    found = read(tmp_path / "a.yaml", "entries/a.yaml", NUMBERS)
    assert found == Reading(problems=[refused("not-a-file", "not a regular file", "put the file itself here")])


def test_a_file_that_is_gone_is_a_problem(tmp_path: Path) -> None:
    (problem,) = read(tmp_path / "a.yaml", "a.yaml", NUMBERS).problems
    assert (problem.rule, problem.message.en) == ("not-a-file", "cannot be read (No such file or directory)")


def test_after_a_hundred_problems_a_file_is_not_read_further() -> None:
    found = reading("a: [b" + "、" * (MAX_PROBLEMS + 1) + "c]\nd：e\n")
    assert found.source is None
    assert [problem.rule for problem in found.problems] == ["wide-punctuation"] * MAX_PROBLEMS + ["too-many-problems"]
    last = found.problems[-1]
    assert (last.line, last.column) == (1, 6 + MAX_PROBLEMS)
    assert last.message.en == "more than 100 problems in one file"
    assert last.repair.en == "repair the others first; the rest is not read"


def test_a_hundred_problems_are_told_and_the_file_is_read() -> None:
    found = reading("a: [b" + "、c" * MAX_PROBLEMS + "]\n")
    assert len(found.problems) == MAX_PROBLEMS
    assert found.source.data == {"a": ["b", *["c"] * MAX_PROBLEMS]}


BOMBS = {
    "[" * 60_000: "too-long",
    "[\n" * 30_000: "not-fields",
    "a: " + "[" * 900: "too-deep",
    "a: " + "[\n" * 30_000: "too-deep",
    "a:\n  " + "- " * 400: "too-deep",
    "a: " + "{a: " * 200: "too-deep",
    "? " * 400: "yaml-feature",
    "a: &a [x]\n" + "".join(f"a{n}: &a{n} [*a, *a, *a]\n" for n in range(99)): "yaml-feature",
    "a: &a {x: x}\n" + "".join(f"a{n}: &a{n} {{<<: [*a, *a, *a]}}\n" for n in range(99)): "yaml-feature",
    "<<: {a: b}\n": "yaml-feature",
    "\t\n" * 30_000: "hidden-character",
    "a\t" * 400 + "\n" + "\ufeff\n" * 10_000: "hidden-character",
    "a:\n" * 20_000: "empty-value",
    "a: b\n" * 13_000: "duplicate-field",
    "a：b\n" * 10_000: "wide-colon",
    ("a: ['" + "，'" * 300 + "]\n") * 50: "wide-punctuation",
    ("a: “" + "b" * 900 + "\n") * 60: "duplicate-field",
    "a:\n" + "- b\n  c\n" * 7_000: "several-lines",
    '"\n' * 30_000: "not-fields",
    " " * 60_000: "too-long",
    "```\n" * 15_000: "code-fence",
    (" " * 900 + "\n") * 60: "empty-file",
    "---\n" * 15_000: "not-fields",
    "\r" * 900: "hidden-character",
    ("a: " + "- " * 450 + "\n") * 60: "yaml-syntax",
    ("a" + " " * 900 + "\n") * 60: "not-fields",
}


@pytest.mark.parametrize("text", BOMBS, ids=lambda text: repr(text[:12]))
def test_a_hostile_file_gives_few_problems(text: str) -> None:
    found = reading(text)
    assert found.problems[0].rule == BOMBS[text]
    assert len(found.problems) <= MAX_PROBLEMS + 1
    assert misplaced(found.problems, text) == []


def test_a_line_of_the_greatest_length_is_read() -> None:
    text = "x" * (MAX_LENGTH - 3)
    assert data(f"a: {text}\r\nb: {text}\n") == {"a": text, "b": text}
    assert told(f"a: b\nc: {text}x\r\n") == [f"2:{MAX_LENGTH + 1} too-long x"]


def test_a_value_of_the_greatest_length_is_read() -> None:
    lines = ["x" * 499, "x" * 500]
    assert told("a: " + "\n  ".join(lines)) == ["1:4 several-lines " + "x" * 499]
    assert told("a: " + "\n  ".join([*lines, ""]) + "y") == ["1:4 too-long " + "x" * 499]


def test_the_whole_line_of_a_wrong_byte_is_shown() -> None:
    (problem,) = parse("a: b\nc: 智".encode() + b"\xc4\xd4 d\ne: f\n", "f.yaml", NUMBERS).problems
    assert (problem.line, problem.column, problem.excerpt) == (2, 5, "c: 智\ufffd\ufffd d")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "gb18030", "big5"])
def test_another_encoding_is_one_problem(encoding: str) -> None:
    found = parse("name: {zh: 通義}\n".encode(encoding), "f.yaml", NUMBERS)
    assert [problem.rule for problem in found.problems] == ["encoding"]


# --- only the cause is told ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: [b, c\nd: e\n", ["1:4 yaml-syntax ["]),
        ("a: b\n  c: d\n", ["2:1 yaml-syntax   c"]),
        ("a:\n  - b:c\n    d: e\n", ["2:6 tight-colon :"]),
        ('a: "b\nc: "d"\n', ['1:4 several-lines "b']),
        ("a: 'b\nc: 'd'\n", ["1:4 several-lines 'b"]),
        ("a: [b #c, d]\n", ["1:7 cut-by-comment #c, d]"]),
        ("a: [b #c, d]\ne: f\n", ["1:7 cut-by-comment #c, d]"]),
        ("a: [b, c # d]\ne: f", ["1:10 cut-by-comment # d]"]),
    ],
)
def test_what_follows_from_a_fault_is_not_told(text: str, problems: list[str]) -> None:
    assert told(text) == problems


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: b\n  c\nd: e: f\n", ["1:4 several-lines b", "3:5 yaml-syntax :"]),
        ('a: "b\n  c"\nd: e: f\n', ['1:4 several-lines "b', "3:5 yaml-syntax :"]),
        ("a: |\n  b\nc: d: e\n", ["1:4 several-lines |", "3:5 yaml-syntax :"]),
        ("a: b # c\nd: e: f\n", ["1:6 cut-by-comment # c", "2:5 yaml-syntax :"]),
        ("a: [b,\n  c # d\n", ["1:4 yaml-syntax [", "2:5 cut-by-comment # d"]),
        (
            "a: {b: c, b: }\nd: @e\n",
            ["1:11 duplicate-field b", "1:14 empty-value }", "2:4 yaml-syntax @"],
        ),
        ("a: b\n---\nc: @d\n", ["2:1 one-document ---"]),
        ("a: b\n...\nc: d\n", ["2:1 yaml-feature ...", "3:1 yaml-syntax c: d"]),
    ],
)
def test_two_faults_are_both_told(text: str, problems: list[str]) -> None:
    assert told(text) == problems


def test_a_value_that_is_a_comment_is_read_as_what_was_meant() -> None:
    assert told("a: #1\n") == ["1:4 cut-by-comment #1"]
    assert source("a: #1\r\nb: Foo #2\n").data == {"a": "#1", "b": "Foo"}


def test_what_stands_in_a_second_field_of_the_same_name_is_not_read() -> None:
    assert source("a: {b: c}\na: {b: d, e: f}\n").data == {"a": {"b": "c"}}


# --- whatever a file holds ----------------------------------------------------------------------------------------

PIECES = (
    *(
        "name",
        "a",
        "b",
        ": ",
        ":",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "-",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ",",
        '"',
        "'",
        "#",
        " #",
    ),
    *(
        "：",
        "，",
        "、",
        "；",
        "［",
        "］",
        "【",
        "】",
        "｛",
        "｝",
        "“",
        "”",
        "‘",
        "’",
        "—",
        "•",
        "*",
        "* ",
        "\t",
        "\u3000",
    ),
    *("\u00a0", "\u200b", "\ufeff", "\r", "\r\n", "\u2028", "\x85", "\x00", "\U000e0020", "&a", "*a", "!x", "!!str"),
    *("%", "%YAML", "---", "...", "|", ">", "?", "? ", "<<", "@", "`", "\\", "\\x", "\\u", "~", "null", "360", "1.10"),
    *("通义", "“千问”", "= ", " ", "  ", "https://x.y", "C# #1"),
)


@thorough
@given(st.text())
def test_any_text_is_read_or_told(text: str) -> None:
    check_placed(text)


@thorough
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_that_resembles_yaml_is_read_or_told(text: str) -> None:
    check_placed(text)


@thorough
@given(st.binary())
def test_any_bytes_are_read_or_told(raw: bytes) -> None:
    found = parse(raw, "f.yaml", NUMBERS)
    assert found.source or found.problems
    assert misplaced(found.problems, raw.decode("utf-8", "replace")) == []


@pytest.mark.parametrize("piece", PIECES)
def test_an_entry_with_one_character_replaced_is_read_or_told(piece: str) -> None:
    for index in range(0, len(ENTRY), 3):
        check_placed(ENTRY[:index] + piece + ENTRY[index + 1 :])


def check_placed(text: str) -> None:
    found = reading(text)
    assert found.source or found.problems
    assert misplaced(found.problems, text) == []


NAMES = st.sampled_from(["name", "en", "zh", "a", "b_c", "supports", "url", "x"])
SIGNS = "ab9 .-_:;,#'\"\\[]{}()&*!|>%@`?~=/<+^$智é𠀀🤖：，、；。“”‘’「【】［］｛｝—•·－"
WORDS = st.text(SIGNS, max_size=12) | st.sampled_from([text for text in (*PLAIN, *QUOTED) if len(text) < 99])
LEVELS = [WORDS]
for _ in range(3):
    LEVELS.append(
        WORDS
        | st.lists(LEVELS[-1], min_size=1, max_size=3)
        | st.dictionaries(NAMES, LEVELS[-1], min_size=1, max_size=3)
    )
SAFE = re.compile("[A-Za-z0-9](?:[A-Za-z0-9 _.+:/-]*[A-Za-z0-9])?")


def written(value: object, indent: str = "") -> str:
    """Write plain data as YAML: groups and mixed lists as blocks, lists of texts in brackets."""
    if isinstance(value, dict):
        return "".join(f"\n{indent}{name}:{written(inner, indent + '  ')}" for name, inner in value.items())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return " [" + ", ".join(quoted(item) for item in value) + "]"
    if isinstance(value, list):
        return "".join(f"\n{indent}-{written(item, indent + '  ')}" for item in value)
    return " " + quoted(str(value))


def quoted(text: str) -> str:
    if SAFE.fullmatch(text) and ": " not in text and text not in QUOTED:
        return text
    return json.dumps(text, ensure_ascii=False) if "'" in text else f"'{text}'"


@thorough
@given(st.dictionaries(NAMES, LEVELS[-1], min_size=1, max_size=4))
def test_data_that_is_written_is_read_again(value: dict[str, object]) -> None:
    assert data(written(value).removeprefix("\n") + "\n") == value


@thorough
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=90))
def test_an_escape_is_told_if_it_writes_what_cannot_be_seen(text: str) -> None:
    found = reading('a: "' + "".join(f"\\U{ord(char):08X}" for char in text) + '"\n')
    assert found.source.data == {"a": text}
    assert bool(found.problems) == bool(REFUSED.search(text) or "\n" in text)
