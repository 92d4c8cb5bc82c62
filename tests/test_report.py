"""How problems are shown: every format is exact, and no text of an entry can become a command of its own."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import NamedTuple

import pytest
from catalog.problem import Problem, Text, inert, show, visible
from catalog.report import FORMATS, as_github, as_json, as_text
from catalog.terminal import columns
from hypothesis import given, settings
from hypothesis import strategies as st

WRONG = Problem(
    "entries/acme/foo.yaml",
    7,
    7,
    "wrong-language",
    Text("'通义' holds Chinese", "'通义' 含有中文"),
    Text("write it under 'zh'", "请写在 'zh' 下"),
    width=2,
    excerpt="  en: 通义",
)
BARE = Problem("entries/acme/a,b:100%.yml", 1, 1, "file-name", Text("100% wrong:\na, b", "百分之百"))


def problem(excerpt: str, column: int = 1, width: int = 1, line: int = 7) -> Problem:
    return Problem("entries/acme/foo.yaml", line, column, "rule", Text("message", "消息"), None, width, excerpt)


# --- as text ------------------------------------------------------------------------------------------------


def test_text_in_english() -> None:
    assert as_text([WRONG, BARE], 2, "en") == (
        "entries/acme/foo.yaml:7:7: wrong-language: '通义' holds Chinese\n"
        "  7 |   en: 通义\n"
        "    |       ^~~~\n"
        "    = write it under 'zh'\n"
        "\n"
        "entries/acme/a,b:100%.yml:1:1: file-name: 100% wrong:<U+000A>a, b\n"
        "\n"
        "2 files checked, 2 problems.\n"
    )


def test_text_in_chinese() -> None:
    assert as_text([WRONG], 1, "zh") == (
        "entries/acme/foo.yaml:7:7: wrong-language: '通义' 含有中文\n"
        "  7 |   en: 通义\n"
        "    |       ^~~~\n"
        "    = 请写在 'zh' 下\n"
        "\n"
        "已检查 1 个文件，发现 1 个问题。\n"
    )


@pytest.mark.parametrize(
    ("lines", "en", "zh"),
    [
        ([9], "the same on line 9", "第 9 行同样"),
        ([7, 8, 9, 11, 11], "the same on lines 7-9, 11", "第 7-9、11 行同样"),
    ],
)
def test_equal_problems_of_a_file_are_told_together(lines: list[int], en: str, zh: str) -> None:
    found = [WRONG, BARE, *(replace(WRONG, line=line) for line in lines)]
    counted = f"1 file checked, {len(found)} problems.\n"
    assert as_text(found, 1, "en") == as_text([WRONG, BARE], 1, "en").replace(
        "under 'zh'\n", f"under 'zh'\n    = {en}\n"
    ).replace("1 file checked, 2 problems.\n", counted)
    assert f"    = {zh}\n" in as_text(found, 1, "zh")
    assert as_github(found, 1, "en").count("::error ") == len(found)


@pytest.mark.parametrize(
    ("problems", "files", "en", "zh"),
    [
        (0, 0, "0 files checked, 0 problems.\n", "已检查 0 个文件，发现 0 个问题。\n"),
        (0, 1, "1 file checked, 0 problems.\n", "已检查 1 个文件，发现 0 个问题。\n"),
        (1, 428, "428 files checked, 1 problem.\n", "已检查 428 个文件，发现 1 个问题。\n"),
        (37, 10000, "10000 files checked, 37 problems.\n", "已检查 10000 个文件，发现 37 个问题。\n"),
    ],
)
@pytest.mark.parametrize("form", [as_text, as_github])
def test_the_last_line_counts_files_and_problems(form, problems: int, files: int, en: str, zh: str) -> None:
    found = [WRONG] * problems
    assert form(found, files, "en").splitlines(keepends=True)[-1] == en
    assert form(found, files, "zh").splitlines(keepends=True)[-1] == zh


LONG = "".join(f"{number:>9}|" for number in range(10, 200, 10))  # 190 characters that say where they stand
EXCERPTS = [  # the problem, and the two lines below its first
    (problem("name: Foo", 7, 3), "  7 | name: Foo", "    |       ^~~"),
    (problem("name: Foo", 1, 1), "  7 | name: Foo", "    | ^"),
    (problem("name: Foo", 1, 9, 123), "  123 | name: Foo", "      | ^~~~~~~~~"),
    (problem("name: Foo", 10, 1), "  7 | name: Foo", "    |          ^"),
    (problem("name: Foo", 7, 99), "  7 | name: Foo", "    |       ^~~"),
    (problem("通义千问: x", 7, 1), "  7 | 通义千问: x", "    |           ^"),
    (problem("a: 通义 b", 4, 2), "  7 | a: 通义 b", "    |    ^~~~"),
    (problem("😀: x", 4, 1), "  7 | 😀: x", "    |     ^"),
    (problem("Ａ１: x", 5, 1), "  7 | Ａ１: x", "    |       ^"),
    (problem("cafe\u0301: x", 8, 1), "  7 | cafe\u0301: x", "    |       ^"),
    (problem("a\u20dd: x", 3, 1), "  7 | a\u20dd: x", "    |  ^"),
    (problem("e\u0301: x", 1, 2), "  7 | e\u0301: x", "    | ^"),
    (problem("\tx: y", 2, 1), "  7 | <U+0009>x: y", "    |         ^"),
    (problem("a\x1b[31mb: y", 2, 1), "  7 | a<U+001B>[31mb: y", "    |  ^~~~~~~~"),
    (problem("a\u202eb: y", 3, 1), "  7 | a<U+202E>b: y", "    |          ^"),
    (problem("a\u3164b", 2, 1), "  7 | a<U+3164>b", "    |  ^~~~~~~~"),
    (problem("a\U000e0100b", 3, 1), "  7 | a<U+E0100>b", "    |           ^"),
    (problem("\u3000", 1, 1), "  7 | <U+3000>", "    | ^~~~~~~~"),
    (problem("x" * 74, 1, 74), "  7 | " + "x" * 74, "    | ^" + "~" * 73),
    (problem("x" * 75, 1, 75), "  7 | " + "x" * 73 + "…", "    | ^" + "~" * 73),
    (problem("x" * 71, 1, 1, 1234), "  1234 | " + "x" * 71, "       | ^"),
    (problem("x" * 72, 1, 1, 1234), "  1234 | " + "x" * 70 + "…", "       | ^"),
    (problem(LONG, 1, 3), f"  7 | {LONG[:73]}…", "    | ^~~"),
    (problem(LONG, 188, 3), f"  7 | …{LONG[151:]}", "    | " + " " * 37 + "^~~"),
    (problem(LONG, 101, 3), f"  7 | …{LONG[64:136]}…", "    | " + " " * 37 + "^~~"),
    (problem(LONG, 101, 90), f"  7 | …{LONG[64:136]}…", "    | " + " " * 37 + "^" + "~" * 36),
    (problem("文" * 60, 31, 1), "  7 | …" + "文" * 36 + "…", "    | " + " " * 37 + "^~"),
    (problem("文" * 37, 1, 37), "  7 | " + "文" * 37, "    | ^" + "~" * 73),
    (problem("文" * 38, 1, 38), "  7 | " + "文" * 36 + "…", "    | ^" + "~" * 72),
    (problem("a\t" * 60, 60, 1), f"  7 | …{'<U+0009>a' * 8}…", "    | " + " " * 37 + "^~~~~~~~"),
]


@pytest.mark.parametrize(("found", "line", "marker"), EXCERPTS)
def test_the_marker_stands_below_the_place(found: Problem, line: str, marker: str) -> None:
    _, shown, below, *_ = as_text([found], 1, "en").split("\n")
    assert (shown, below) == (line, marker)


@pytest.mark.parametrize("excerpt", ["", "   "])
def test_an_empty_line_is_not_shown(excerpt: str) -> None:
    assert as_text([problem(excerpt)], 1, "en").split("\n")[1] == ""


def test_only_the_message_and_the_repair_may_be_longer_than_a_terminal() -> None:
    """They are not broken: editors read the first line, and people copy addresses from the repair."""
    long = Problem("entries/acme/foo.yaml", 1, 1, "rule", Text("x" * 99, ""), Text("y" * 99, ""), 9, "z" * 200)
    first, excerpt, marker, repair, *_ = as_text([long], 1, "en").split("\n")
    assert first == "entries/acme/foo.yaml:1:1: rule: " + "x" * 99
    assert (columns(excerpt), columns(marker)) == (80, 15)
    assert repair == "    = " + "y" * 99


PIECES = [*"a: \t文😀\u0301\x00\u202e\u3164", "name: ", "x" * 30, "文" * 30]
PLACES = st.tuples(st.integers(1, 120), st.integers(1, 120), st.integers(1, 99999))


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), PLACES)
@settings(derandomize=True, deadline=None, max_examples=100)
def test_an_excerpt_fits_the_terminal_and_its_marker_the_excerpt(excerpt: str, place: tuple[int, int, int]) -> None:
    column, width, line = place
    found = problem(excerpt, min(column, len(excerpt) + 1), width, line)
    _, *lines = as_text([found], 1, "en").split("\n")
    if lines[0]:
        before, _, below = lines[1].partition("|")
        assert columns(lines[0]) <= 80
        assert columns(lines[1]) <= max(80, columns(before) + 3)
        assert re.fullmatch(r" *\^~*", below)


def test_a_line_of_64_kilobytes_is_cut_without_being_walked() -> None:
    long = [problem("x" * 65000, column, 1) for column in range(1, 60000, 300)]
    assert max(map(columns, as_text(long, 1, "en").split("\n"))) == 80


# --- for GitHub ---------------------------------------------------------------------------------------------


def test_annotations_in_both_languages() -> None:
    assert as_github([WRONG, BARE], 2, "en") == (
        "::error file=entries/acme/foo.yaml,line=7,endLine=7,col=7,endColumn=9,title=wrong-language"
        "::'通义' holds Chinese; write it under 'zh'%0A'通义' 含有中文；请写在 'zh' 下\n"
        "::error file=entries/acme/a%2Cb%3A100%25.yml,line=1,endLine=1,col=1,endColumn=2,title=file-name"
        "::100%25 wrong:<U+000A>a, b%0A百分之百\n"
        "2 files checked, 2 problems.\n"
    )
    assert as_github([], 1, "zh") == "已检查 1 个文件，发现 0 个问题。\n"


def test_problems_after_the_tenth_say_where_they_are_because_github_shows_them_in_the_log_only() -> None:
    lines = as_github([problem("", line=number) for number in range(1, 13)], 1, "en").splitlines()
    assert [line.rpartition("::")[2] for line in lines[8:12]] == [
        "message%0A消息",
        "message%0A消息",
        "entries/acme/foo.yaml:11:1: message%0A消息",
        "entries/acme/foo.yaml:12:1: message%0A消息",
    ]
    assert lines[12:] == [
        "GitHub shows the first 10 problems at their lines; all of them are listed above.",
        "1 file checked, 12 problems.",
    ]
    assert as_github([WRONG] * 11, 1, "zh").splitlines()[11] == ("GitHub 只在对应行显示前 10 个问题；全部问题见上。")
    assert len(as_github([WRONG] * 10, 1, "en").splitlines()) == 11


class Command(NamedTuple):
    """A command as the runner understands it."""

    name: str
    properties: dict[str, str]
    data: str


# What a comparison by the rules of a language, such as the runner's, does not count.
UNCOUNTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


def commands(output: str) -> list[Command]:
    """Read an output as GitHub's runner does (src/Runner.Common/ActionCommand.cs), any name being a command's."""
    lines = [UNCOUNTED.sub("", line) for line in re.split(r"\r\n|\r|\n", output)]
    return [command for line in lines if (command := _of_today(line) or _of_old(line))]


def _of_today(line: str) -> Command | None:
    """`::name property=value,property=value::data` at the start, behind any space."""
    match = re.match(r"\s*::(.*?)::(.*)", line, re.DOTALL)
    if match is None:
        return None
    name, _, said = match[1].partition(" ")
    pairs = (pair.split("=", 1) for pair in said.strip().split(",") if "=" in pair)
    return Command(name, {key: decoded(value, ":,\r\n") for key, value in pairs}, decoded(match[2], "\r\n"))


def _of_old(line: str) -> Command | None:
    """`##[name property=value;property=value]data` anywhere."""
    match = re.search(r"##\[(.*?)\](.*)", line, re.DOTALL)
    return Command(match[1], {}, match[2]) if match else None


def decoded(text: str, signs: str) -> str:
    for sign in signs:
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text.replace("%25", "%")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("::error::x", [Command("error", {}, "x")]),
        (" \t::error file=a%2Cb,line=1::x%0Ay%250A", [Command("error", {"file": "a,b", "line": "1"}, "x\ny%0A")]),
        ("text ##[debug]x", [Command("debug", {}, "x")]),
        ("#\u200b#[debug]x", [Command("debug", {}, "x")]),
        ("\ufeff::add-mask::x", [Command("add-mask", {}, "x")]),
        ("text ::error::x", []),
        ("::error", []),
        ("##[debug", []),
    ],
)
def test_the_runner_of_these_tests_finds_commands(line: str, found: list[Command]) -> None:
    assert commands(line) == found


SIGNS = ["::", ":", "##[", "#", "[", "]", "%", "%0A", "%0D", "\r", "\n", "\r\n", " ", ",", "=", ";", "::error::x", "a"]
ODD = ["\u2028", "\x85", "\x0b", "\x0c", "\x00", "\u200b", "\ufeff", "\x1b]", "\u034f", "\ufe0f", "文", "debug]"]
HOSTILE = st.lists(st.sampled_from(SIGNS + ODD) | st.characters(exclude_categories=["Cs"]), max_size=12).map("".join)
PROBLEMS = st.builds(
    Problem,
    HOSTILE.map(lambda name: f"entries/{name}"),
    st.integers(1, 99),
    st.integers(1, 15),
    st.sampled_from(["rule", "other-rule"]),
    st.builds(Text, HOSTILE, HOSTILE),
    st.none() | st.builds(Text, HOSTILE, HOSTILE),
    st.integers(1, 15),
    HOSTILE,
)


def assert_ours(command: Command, found: Problem, place: str) -> None:
    en, zh = (visible(text) for text in found.message)
    if found.repair:
        en, zh = f"{en}; {visible(found.repair.en)}", f"{zh}；{visible(found.repair.zh)}"
    assert command.name == "error"
    assert command.properties == {
        "file": inert(visible(found.file)),
        "line": str(found.line),
        "endLine": str(found.line),
        "col": str(found.column),
        "endColumn": str(found.column + found.width),
        "title": found.rule,
    }
    assert command.data == inert(f"{place}{en}\n{zh}")


@given(st.lists(PROBLEMS, max_size=2))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_the_runner_finds_our_annotations_and_no_other_command(problems: list[Problem]) -> None:
    found = commands(as_github(problems, 1, "en"))
    for command, problem in zip(found, problems, strict=True):
        assert_ours(command, problem, "")


@given(PROBLEMS)
@settings(derandomize=True, deadline=None, max_examples=50)
def test_the_runner_finds_no_other_command_in_the_log_either(found: Problem) -> None:
    *first, last = commands(as_github([WRONG] * 10 + [found], 1, "en"))
    assert len(first) == 10
    assert_ours(last, found, f"{visible(found.file)}:{found.line}:{found.column}: ")


@given(st.lists(PROBLEMS, max_size=2))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_the_runner_finds_no_command_in_text_or_json(problems: list[Problem]) -> None:
    for language in ("en", "zh"):
        assert commands(as_text(problems, 1, language)) == []
        assert commands(as_json(problems, 1, language)) == []


@given(st.lists(PROBLEMS, max_size=2))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_no_format_writes_a_character_that_a_terminal_would_obey_or_hide(problems: list[Problem]) -> None:
    for form in FORMATS.values():
        for line in form(problems, 1, "zh").split("\n"):
            assert line.isprintable()


# --- as JSON ------------------------------------------------------------------------------------------------


def test_json_is_the_same_in_both_languages_and_keeps_its_keys() -> None:
    assert as_json([WRONG], 3, "en") == as_json([WRONG], 3, "zh")
    assert json.dumps(json.loads(as_json([WRONG, BARE], 3, "en"))) == json.dumps(
        {
            "files": 3,
            "problems": [
                {
                    "file": "entries/acme/foo.yaml",
                    "line": 7,
                    "column": 7,
                    "width": 2,
                    "rule": "wrong-language",
                    "message": {"en": "'通义' holds Chinese", "zh": "'通义' 含有中文"},
                    "repair": {"en": "write it under 'zh'", "zh": "请写在 'zh' 下"},
                    "mechanical": False,
                },
                {
                    "file": "entries/acme/a,b:100%.yml",
                    "line": 1,
                    "column": 1,
                    "width": 1,
                    "rule": "file-name",
                    "message": {"en": "100% wrong:\na, b", "zh": "百分之百"},
                    "repair": None,
                    "mechanical": False,
                },
            ],
        }
    )


def test_json_without_problems() -> None:
    assert as_json([], 0, "en") == '{\n  "files": 0,\n  "problems": []\n}\n'


@given(st.lists(PROBLEMS, max_size=2))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_json_gives_every_text_back(problems: list[Problem]) -> None:
    text = as_json(problems, 2, "en")
    assert text.isascii()
    found = json.loads(text, parse_constant=pytest.fail)["problems"]
    assert [(item["file"], item["message"]["zh"]) for item in found] == [(p.file, p.message.zh) for p in problems]


# --- problems -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("foo", "'foo'"),
        ("", "''"),
        ("x" * 60, f"'{'x' * 60}'"),
        ("x" * 61, f"'{'x' * 59}…'"),
        ("a\nb\u200bc", "'a<U+000A>b<U+200B>c'"),
        (1.5, "'1.5'"),
        (["a", 1], "'['a', 1]'"),
    ],
)
def test_a_value_in_a_message_is_short_and_hides_nothing(value: object, shown: str) -> None:
    assert show(value) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Foo 文字 😀 é", "Foo 文字 😀 é"),
        ("\t\r\n\x00\x1b", "<U+0009><U+000D><U+000A><U+0000><U+001B>"),
        ("\u00a0\u2028\u3000\ufeff", "<U+00A0><U+2028><U+3000><U+FEFF>"),
        ("\u202e\u2066\u00ad\ud800", "<U+202E><U+2066><U+00AD><U+D800>"),
        ("\u034f\u115f\u1160\u2800\u3164\uffa0", "<U+034F><U+115F><U+1160><U+2800><U+3164><U+FFA0>"),
        ("\u17b4\u17b5\u180b\u180f\ufe00\ufe0f", "<U+17B4><U+17B5><U+180B><U+180F><U+FE00><U+FE0F>"),
        ("\U000e0100\U000e01ef\U000e0001", "<U+E0100><U+E01EF><U+E0001>"),
        ("<U+200B>", "<U+200B>"),
    ],
)
def test_what_cannot_be_seen_is_written_as_its_code_point(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("line", "written"),
    [("##[error]x", "#♯[error]x"), ("a ###[x ##[", "a ##♯[x #♯["), ("## [x] #[ ##", "## [x] #[ ##")],
)
def test_the_old_form_of_a_command_is_broken(line: str, written: str) -> None:
    assert inert(line) == written


def test_problems_are_sorted_by_file_line_and_column() -> None:
    ordered = [
        Problem("entries/a", 1, 1, "b", Text("x", "y")),
        Problem("entries/a", 1, 2, "a", Text("x", "y")),
        Problem("entries/a", 2, 1, "a", Text("x", "y")),
        Problem("entries/a", 2, 1, "a", Text("x", "y"), Text("a repair", "")),
        Problem("entries/a", 2, 1, "a", Text("x", "y"), Text("a repair", ""), 2),
        Problem("entries/a", 2, 1, "a", Text("x", "y"), Text("a repair", ""), 2, "excerpt"),
        Problem("entries/a", 2, 1, "a", Text("x", "z")),
        Problem("entries/a", 2, 1, "b", Text("a", "a")),
        Problem("entries/a", 10, 1, "a", Text("x", "y")),
        Problem("entries/b", 1, 1, "a", Text("x", "y")),
    ]
    mixed = ordered[1::2] + ordered[::2]
    assert sorted(mixed) == ordered
    assert len({*ordered, *ordered}) == len(ordered)


@pytest.mark.parametrize(
    ("column", "width", "found"), [(7, 3, "Foo"), (7, 99, "Foo"), (1, 4, "name"), (10, 1, ""), (99, 9, "")]
)
def test_what_the_marker_covers(column: int, width: int, found: str) -> None:
    assert problem("name: Foo", column, width).found == found
