"""Slips of the keyboard: each is told at its very character, and what it was meant to be is read."""

from __future__ import annotations

import re
import unicodedata

import pytest
from catalog.problem import Text
from catalog.slips import REFUSED, Slip, characters, mend, punctuation
from hypothesis import given, settings
from hypothesis import strategies as st
from test_source import source, told

thorough = settings(derandomize=True, deadline=None, max_examples=200)

COLONS = [
    ("a：b\n", {"a": "b"}, ["1:2 wide-colon ："]),
    ("a ： b\n", {"a": "b"}, ["1:3 wide-colon ："]),
    ("a：b：c\n", {"a": "b：c"}, ["1:2 wide-colon ："]),
    ("a：\r\n  b：c\r\n", {"a": {"b": "c"}}, ["1:2 wide-colon ：", "2:4 wide-colon ："]),
    ("Ab_C﹕d\nE∶ f\n", {"Ab_C": "d", "E": "f"}, ["1:5 wide-colon ﹕", "2:2 wide-colon ∶"]),
    ("a:\n  - b：c\n    D：e\n", {"a": [{"b": "c", "D": "e"}]}, ["2:6 wide-colon ：", "3:6 wide-colon ："]),
    ("a:\n  - - b：c\n", {"a": [[{"b": "c"}]]}, ["2:8 wide-colon ："]),
    ("a：", {"a": ""}, ["1:2 wide-colon ：", "1:3 empty-value "]),
    ("Name:Foo\n", {"Name": "Foo"}, ["1:5 tight-colon :"]),
    ("a_b:[c]\n", {"a_b": ["c"]}, ["1:4 tight-colon :"]),
]
BULLETS = [
    ("a:\n－ b\n–c\n— d\n", {"a": ["b", "c", "d"]}, ["2:1 wide-bullet －", "3:1 wide-bullet –", "4:1 wide-bullet —"]),
    ("a:\n•b\n· c\n●  d\n", {"a": ["b", "c", "d"]}, ["2:1 wide-bullet •", "3:1 wide-bullet ·", "4:1 wide-bullet ●"]),
    ("a:\n  * b\n  -c\n", {"a": ["b", "c"]}, ["2:3 wide-bullet *", "3:3 tight-bullet -"]),
]
BRACKETS = [
    ("a: [b，c；d,e]\n", {"a": ["b", "c", "d", "e"]}, ["1:6 wide-punctuation ，", "1:8 wide-punctuation ；"]),
    ("a: [b、 c]", {"a": ["b", "c"]}, ["1:6 wide-punctuation 、"]),
    ("a: ［b］\n", {"a": ["b"]}, ["1:4 wide-punctuation ［", "1:6 wide-punctuation ］"]),
    ("a: 【b】", {"a": ["b"]}, ["1:4 wide-punctuation 【", "1:6 wide-punctuation 】"]),
    ("b:\n  - a: [c】\n", {"b": [{"a": ["c"]}]}, ["2:10 wide-punctuation 】"]),
    ("a:【b]\n", {"a": ["b"]}, ["1:2 tight-colon :", "1:3 wide-punctuation 【"]),
    ("A：[b，c]\n", {"A": ["b", "c"]}, ["1:2 wide-colon ：", "1:5 wide-punctuation ，"]),
    ("a: [“b，c”]\n", {"a": ["b，c"]}, ["1:5 wide-punctuation “", "1:9 wide-punctuation ”"]),
    ("a: [＂b＂]\n", {"a": ["b"]}, ["1:5 wide-punctuation ＂", "1:7 wide-punctuation ＂"]),
    ("a: [\"b，c\", 'd、e'，f]\n", {"a": ["b，c", "d、e", "f"]}, ["1:17 wide-punctuation ，"]),
    ('a: ["b\\"，c"，d]\n', {"a": ['b"，c', "d"]}, ["1:12 wide-punctuation ，"]),
    ("a: [it's，he's]\n", {"a": ["it's", "he's"]}, ["1:9 wide-punctuation ，"]),
    ("a: [b，c]  # d，e\n", {"a": ["b", "c"]}, ["1:6 wide-punctuation ，"]),
    ("a: [b，c]  \r\n", {"a": ["b", "c"]}, ["1:6 wide-punctuation ，"]),
    ("a: {b：c，d ： e}\n", {"a": {"b": "c", "d": "e"}}, [
        "1:6 wide-punctuation ：", "1:8 wide-punctuation ，", "1:11 wide-punctuation ：",
    ]),
    ("a: ｛b: c；d: e｝", {"a": {"b": "c", "d": "e"}}, [
        "1:4 wide-punctuation ｛", "1:9 wide-punctuation ；", "1:14 wide-punctuation ｝",
    ]),
    ("a: {b: c、d: e}  # f，g\n", {"a": {"b": "c", "d": "e"}}, ["1:9 wide-punctuation 、"]),
    ("a: {b: c，甲，d: e}\n", {"a": {"b": "c，甲", "d": "e"}}, ["1:11 wide-punctuation ，"]),
]  # fmt: skip
QUOTES = [
    ("a: “b: c”\n", {"a": "b: c"}, ["1:4 curly-quote “", "1:9 curly-quote ”"]),
    ("a: “b\"\nc: \"d”\n", {"a": "b", "c": "d"}, ["1:4 curly-quote “", "2:6 curly-quote ”"]),
    ("a: „b“ # “c”\n", {"a": "b"}, ["1:4 curly-quote „", "1:6 curly-quote “"]),
    ("a:\n  - ＂b＂\n", {"a": ["b"]}, ["2:5 curly-quote ＂", "2:7 curly-quote ＂"]),
    ("a: ‘b’\nc: ＇d＇\n", {"a": "b", "c": "d"}, [
        "1:4 curly-quote ‘", "1:6 curly-quote ’", "2:4 curly-quote ＇", "2:6 curly-quote ＇",
    ]),
    ("Ab：“c”\r\n", {"Ab": "c"}, ["1:3 wide-colon ：", "1:4 curly-quote “", "1:6 curly-quote ”"]),
]  # fmt: skip
UNSEEN = [
    (
        "a\u3000：\u3000b\n",
        {"a": "b"},
        ["1:2 hidden-character \u3000", "1:3 wide-colon ：", "1:4 hidden-character \u3000"],
    ),
    (
        "a:\n\tb: c\n\u3000d: e\n",
        {"a": {"b": "c", "d": "e"}},
        ["2:1 hidden-character \t", "3:1 hidden-character \u3000"],
    ),
    ("a:\n \t b: c\n    d: e\n", {"a": {"b": "c", "d": "e"}}, ["2:2 hidden-character \t"]),
    (
        "a:\n\t\u3000b: c\n    d: e\n",
        {"a": {"b": "c", "d": "e"}},
        ["2:1 hidden-character \t", "2:2 hidden-character \u3000"],
    ),
    ("a:\n\u00a0b: c\n d: e\n", {"a": {"b": "c", "d": "e"}}, ["2:1 hidden-character \u00a0"]),
    ("a:\n\t\t\n\tb: c\n", {"a": {"b": "c"}}, ["2:1 hidden-character \t\t", "3:1 hidden-character \t"]),
    ("a: b\u00a0\u00a0c\t\t d\n", {"a": "b c  d"}, ["1:5 hidden-character \u00a0\u00a0", "1:8 hidden-character \t\t"]),
    ("a: b\u2028c\u0085d\n", {"a": "b c d"}, ["1:5 hidden-character \u2028", "1:7 hidden-character \u0085"]),
    ("a: b\u200b\u200bc\ufeff\n", {"a": "bc"}, ["1:5 hidden-character \u200b\u200b", "1:8 hidden-character \ufeff"]),
    ("a: b\rc: d\r\r", {"a": "b", "c": "d"}, ["1:5 hidden-character \r", "1:10 hidden-character \r"]),
    ("a: b\r\r\nc: d\r\n", {"a": "b", "c": "d"}, ["1:5 hidden-character \r"]),
    ("#\u3000\u200b\na: b\n", {"a": "b"}, ["1:2 hidden-character \u3000", "1:3 hidden-character \u200b"]),
]
SLIPS = [*COLONS, *BULLETS, *BRACKETS, *QUOTES, *UNSEEN]


@pytest.mark.parametrize(("text", "said", "problems"), SLIPS, ids=[repr(text) for text, _, _ in SLIPS])
def test_a_slip_is_told_at_its_character_and_the_rest_is_read(text: str, said: object, problems: list[str]) -> None:
    assert told(text) == problems
    assert source(text).data == said


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a：\t“b”\na：c\n", "2:1 duplicate-field a"),
        ("\u3000\u3000a：\u200bb\u3000#c\u200b\n", "1:8 cut-by-comment #c"),
        ("a:\t\tb\t\t#\n", "1:8 cut-by-comment #"),
        ("a: [b，c，d，\u200b~]\n", "1:12 empty-value ~"),
        ("a: [b，c，&d e]\n", "1:9 yaml-feature &d e"),
        ("a: {b：c，d：@}\n", "1:11 yaml-syntax @"),
        ("a：b: c\n", "1:4 yaml-syntax :"),
        ("\ufeff\ufeffa：b\u200b\u200b\n\u200bd\n", "2:2 yaml-syntax d"),
        ("a：\n\tb\n\tc\n", "2:2 several-lines b"),
    ],
)
def test_a_problem_behind_slips_stands_at_its_own_column(text: str, problem: str) -> None:
    assert problem in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: b：c\n",
        "a:\n  - B：c\n  - B：“c”\n",
        "a: “b”与“c”\nd: “e”f\ng: h“i”\n",
        "a: \"“b”\"\nc: '‘d’'\n",
        'a: "b”c" # d\ne: "f” # g"\n',
        "a: b’s\nc: ‘d’ e\n",
        'a: ["b，c", \'d、e\', "\\"，"]\n',
        "a: {b: c，d}\n",
        "a: {b: \"c，d：e\", f: '，g：'}\n",
        "a: 【b】c\nd: e【f】\n",
        "a: b，c、d；\n",
        "a: ——b——\nc: —\n",
        "# a：b，【c】“d”\n# 注：-e\na: 'b' # “c”：[d，e]\n",
        "a: b:c\nd: [e:f, http://g]\n",
        "a:\n  - b:c\n  - http://d\n  - -e\n  - – f\n",
        "a: 5-6\nb: -c\n",
        "---\na: b\n",
    ],
)
def test_what_only_resembles_a_slip_is_none(text: str) -> None:
    assert told(text) == []


def said(text: str) -> list[str]:
    """Message and repair of every slip in a text."""
    return [f"{slip.message.en}; {slip.repair.en}" for slip in (*characters(text), *punctuation(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\tb", "a tab (U+0009); write an ordinary space"),
        ("a\t\tb", "a tab (U+0009), 2 in a row; write an ordinary space"),
        ("a\u3000b", "a full-width space (U+3000); write an ordinary space"),
        ("a\u00a0b", "a no-break space (U+00A0); write an ordinary space"),
        ("a\u2003b", "a character that cannot be seen (U+2003); write an ordinary space"),
        ("a\u2029b", "a character that cannot be seen (U+2029); write an ordinary space"),
        ("a\u200bb", "a zero-width space (U+200B); delete it"),
        ("a\u2066b", "a character that cannot be seen (U+2066); delete it"),
        ("a\U000e0041b", "a character that cannot be seen (U+E0041); delete it"),
        ("a\x00b", "a NUL character (U+0000); delete it"),
        ("\ufeffa", "a byte order mark (U+FEFF); delete it, or save the file as UTF-8 without BOM"),
        ("a\rb", "a carriage return without a line feed (U+000D); end the line with a line feed"),
        ("a：b", "a full-width colon after a field name; write a half-width colon and a space, as in 'zh: '"),
        ("a:b", "no space after the colon; write a half-width colon and a space, as in 'zh: '"),
        ("-a", "a list item that does not begin with '- '; write '- '"),
        ("• a", "a list item that does not begin with '- '; write '- '"),
        ("a: [b，c]", "a full-width sign inside brackets; write ', ' instead of '，'"),
        ("a: [b， c]", "a full-width sign inside brackets; write ',' instead of '，'"),
        ('a: “b"', "a typographic quotation mark around a value; write '\"' instead of '“'"),
    ],
)
def test_a_slip_says_what_it_is_and_what_to_write(text: str, words: str) -> None:
    assert said(text) == [words]


# --- characters -------------------------------------------------------------------------------------------------

EVERY = "".join(map(chr, range(0x110000)))
SIGNS_OF_NUMBERS = "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"  # format characters that are drawn
FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef"
HEADLESS_NOTE = "\U0001d159"


def of(*categories: str) -> str:
    """Every character of these categories of Unicode."""
    return "".join(char for char in EVERY if unicodedata.category(char).startswith(categories))


def test_what_libyaml_does_not_read_is_refused() -> None:
    unread = re.sub("[\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]", "", EVERY)
    assert "\x00" in unread
    assert REFUSED.sub("", unread) == ""


def test_what_cannot_be_seen_is_refused() -> None:
    unseen = re.sub(f"[{SIGNS_OF_NUMBERS}]", "", of("Cc", "Cf", "Co", "Cs", "Z")) + "\u3164\u2800\uffa0\ufe0f"
    assert REFUSED.sub("", unseen) == "\n "


def test_what_can_be_seen_is_not_refused() -> None:
    seen = re.sub(f"[{FILLERS}{HEADLESS_NOTE}\ufffc\ufffd]", "", of("L", "M", "N", "P", "S"))
    assert REFUSED.sub("", seen) == seen


def test_a_line_break_of_windows_is_no_carriage_return() -> None:
    assert [match.start() for match in REFUSED.finditer("a\r\nb\r\r\nc\r")] == [4, 8]


# --- mending ----------------------------------------------------------------------------------------------------


def change(start: int, end: int, new: str) -> Slip:
    return Slip(start, end, new, "a-rule", Text("", ""), Text("", ""))


@pytest.mark.parametrize(
    ("slips", "text", "before"),
    [
        ([], "abcdef", [0, 1, 2, 3, 4, 5, 6]),
        ([change(2, 3, "")], "abdef", [0, 1, 3, 4, 5, 6]),
        ([change(0, 2, "")], "cdef", [2, 3, 4, 5, 6]),
        ([change(2, 3, "X")], "abXdef", [0, 1, 2, 3, 4, 5, 6]),
        ([change(2, 3, "XYZ")], "abXYZdef", [0, 1, 2, 2, 2, 3, 4, 5, 6]),
        ([change(1, 4, "X")], "aXef", [0, 1, 4, 5, 6]),
        ([change(1, 1, "X")], "aXbcdef", [0, 1, 1, 2, 3, 4, 5, 6]),
        ([change(4, 5, "XY"), change(1, 3, "")], "adXYf", [0, 3, 4, 4, 5, 6]),
        ([change(1, 2, ""), change(2, 3, "")], "adef", [0, 3, 4, 5, 6]),
        ([change(5, 6, "")], "abcde", [0, 1, 2, 3, 4, 6]),
        ([change(1, 3, "X"), change(2, 4, "Y")], "aXdef", [0, 1, 3, 4, 5, 6]),
    ],
)
def test_a_mended_text_knows_where_everything_stood(slips: list[Slip], text: str, before: list[int]) -> None:
    found = mend("abcdef", slips)
    assert found.text == text
    assert [found.before(offset) for offset in range(len(text) + 1)] == before


def test_of_two_slips_that_overlap_the_first_counts() -> None:
    assert mend("abcdef", [change(2, 4, "Y"), change(1, 3, "X")]).slips == (change(1, 3, "X"),)


@thorough
@given(st.text(st.sampled_from("ab \t\n\r\u3000\u200b\ufeff：")))
def test_every_character_that_was_not_mended_is_found_again(text: str) -> None:
    found = mend(text, characters(text))
    kept = [at for at in range(len(text)) if not any(slip.start <= at < slip.end for slip in found.slips)]
    places = {found.before(offset): char for offset, char in enumerate(found.text)}
    assert {at: places[at] for at in kept} == {at: text[at] for at in kept}
    assert sorted(places) == list(places)


@thorough
@given(st.lists(st.sampled_from([*"ab_: \n\r#[]{},'\"：，、【】“”‘’｛｝", "a：", "- ", "a: [", "a: {"])).map("".join))
def test_a_mended_text_has_no_slip_left(text: str) -> None:
    assert list(punctuation(mend(text, punctuation(text)).text)) == []
