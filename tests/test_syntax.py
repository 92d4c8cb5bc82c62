"""What is not YAML is told in words for people, at the place to change."""

from __future__ import annotations

import pytest
import yaml
from catalog.syntax import MEANINGS, explain
from test_source import reading

QUOTE = "write the whole value in quotes"
ALIGN = "indent it like the fields that it belongs to"
PAIR = "write 'field: value'"
ESCAPE = ("a backslash in double quotes begins an escape", "use single quotes")
DIRECTIVE = ("a YAML directive", "delete the line")
COLON = ("a colon and a space inside a value without quotes", QUOTE)
DEEPER = "indented deeper than the line above, which already has a value"
MISALIGNED = "indented differently from the fields above"
BELOW_A = "delete the spaces before it, so that it stands below 'a'"
NO_COLON = ("a line without a colon", PAIR)
TIGHT = ("no space after the colon", "write a half-width colon and a space, as in 'zh: '")
NO_COMMA = ("no comma between two values", "write ', ' before this")
NO_VALUE = ("nothing stands before the comma", "write a value, or delete it")
BEHIND = ("text after the end of the value", QUOTE)
BEHIND_QUOTE = (
    "text after the closing quotation mark",
    "quote the whole value; write a quotation mark inside it twice",
)
DASH = ("a list item on the line of its field", "begin it on a line of its own")
CUT = (
    "YAML reads everything after ' #' as a comment",
    "quote the value, or give the comment its own line",
)


def first(sign: str) -> tuple[str, str]:
    return f"a value without quotes cannot begin with '{sign}'", QUOTE


def opened(sign: str, closing: str) -> tuple[str, str]:
    return f"'{sign}' is opened here and never closed", f"close it with '{closing}'"


FAULTS = [
    # a colon where none can be
    ("a: b: c\n", "1:5 yaml-syntax :", COLON),
    ("a: b:\n", "1:5 yaml-syntax :", COLON),
    ("a: http://b: c\n", "1:12 yaml-syntax :", COLON),
    ("a:\n  - b: c: d\n", "2:9 yaml-syntax :", COLON),
    ("two words: b: c\n", "1:13 yaml-syntax :", COLON),
    ("a: [b:, c]\n", "1:6 yaml-syntax :", COLON),
    ("a: b\n  c: d\n", "2:1 yaml-syntax   c", (DEEPER, BELOW_A)),
    ("a: b\n\n  c: d\n", "3:1 yaml-syntax   c", (DEEPER, BELOW_A)),
    ("a:\n  b: c\n   d: e\n", "3:1 yaml-syntax    d", (DEEPER, "put 2 spaces before it, so that it stands below 'b'")),
    ("a:\n  - b\n  c\n  d: e\n", "3:3 yaml-syntax c", NO_COLON),
    ("a: b\nc\n  # d\n\n  e: f\n", "2:1 yaml-syntax c", NO_COLON),
    # a line without a colon
    ("a: b\nc d\n", "2:1 yaml-syntax c d", NO_COLON),
    ("a: b\r\nc d\r\ne: f\r\n", "2:1 yaml-syntax c d", NO_COLON),
    ("a:\n  - b: c\n    d = e\n", "3:5 yaml-syntax d = e", NO_COLON),
    ("a: b\nc://d\n", "2:1 yaml-syntax c://d", NO_COLON),
    ("a:\n  - b:c\n    d: e\n", "2:6 tight-colon :", TIGHT),
    ("a: b\nc #d: e\n", "2:3 cut-by-comment #d: e", CUT),
    ("a: b\nc #d\n", "2:1 yaml-syntax c #d", NO_COLON),
    # indentation
    ("  a: b\nc: d\n", "2:1 yaml-syntax c: d", (MISALIGNED, "put 2 spaces before it, so that it stands below 'a'")),
    ("a:\n    b: c\n  d: e\n", "3:3 yaml-syntax d: e", (MISALIGNED, ALIGN)),
    ("a:\n  - b\n c: d\n", "3:2 yaml-syntax c: d", (MISALIGNED, BELOW_A)),
    ("a:\n  - b\n  c: d\n", "3:3 yaml-syntax c: d", (MISALIGNED, BELOW_A)),
    ("a: b\n- c\n", "2:1 yaml-syntax - c", (MISALIGNED, ALIGN)),
    ("a: b\n: c\n", "2:1 yaml-syntax : c", ("a colon without a field name", PAIR)),
    ("a: - b\n", "1:4 yaml-syntax -", DASH),
    # quotation marks
    ('a: "b\n', '1:4 yaml-syntax "', opened('"', '"')),
    ("a: 'b\n", "1:4 yaml-syntax '", opened("'", "'")),
    ('a: "b\n--- c', '1:4 yaml-syntax "', opened('"', '"')),
    ('a: "b #c\n', '1:4 yaml-syntax "', opened('"', '"')),
    ("a: 'b' c\r\n", "1:8 yaml-syntax c", BEHIND_QUOTE),
    ("a: 'it's'\n", "1:8 yaml-syntax s'", BEHIND_QUOTE),
    ('a: "b" "c"\n', '1:8 yaml-syntax "c"', BEHIND_QUOTE),
    # escapes
    ('a: "b\\c\\d"\n', "1:6 yaml-syntax \\", ESCAPE),
    ('a: "\\x4"\n', "1:5 yaml-syntax \\", ESCAPE),
    ('a: "\\u12"\n', "1:5 yaml-syntax \\", ESCAPE),
    ('a: "\\ud800"\n', "1:5 yaml-syntax \\", ESCAPE),
    ('a: "\\U00110000"\n', "1:5 yaml-syntax \\", ESCAPE),
    # brackets
    ("a: [b\n", "1:4 yaml-syntax [", opened("[", "]")),
    ("a: [", "1:4 yaml-syntax [", opened("[", "]")),
    ("a: [b,", "1:4 yaml-syntax [", opened("[", "]")),
    ("a: {\n\n", "1:4 yaml-syntax {", opened("{", "}")),
    ("a: {b: c\nd: e\n", "1:4 yaml-syntax {", opened("{", "}")),
    ("a: [b}\n", "1:4 yaml-syntax [", opened("[", "]")),
    ("a: {b: c]\n", "1:4 yaml-syntax {", opened("{", "}")),
    ("a: [b, # c\nd: e\n", "1:4 yaml-syntax [", opened("[", "]")),
    ("a: [{b: c},\nd:\n  - e\n", "1:4 yaml-syntax [", opened("[", "]")),
    ("a: [b,\nc:\n  - d\n", "1:4 yaml-syntax [", opened("[", "]")),
    ("a: [b, #c, d]\ne: f\n", "1:8 cut-by-comment #c, d]", CUT),
    ("a: {b: c, #d}\n", "1:11 cut-by-comment #d}", CUT),
    ("a: [b, - c]\n", "1:8 yaml-syntax -", first("-")),
    ('a: ["b" "c"]\n', '1:9 yaml-syntax "', NO_COMMA),
    ('a: {b: "c" d: e}\n', "1:12 yaml-syntax d", NO_COMMA),
    ("a: [b, , c]\n", "1:8 yaml-syntax ,", NO_VALUE),
    ("a: [, b]\n", "1:5 yaml-syntax ,", NO_VALUE),
    ("a: , b\n", "1:4 yaml-syntax ,", NO_VALUE),
    ("a: [b]]\n", "1:7 yaml-syntax ]", BEHIND),
    ("a: [b] c\r\n", "1:8 yaml-syntax c", BEHIND),
    ("a: ]\n", "1:4 yaml-syntax ]", first("]")),
    ("a: }b\n", "1:4 yaml-syntax }", first("}")),
    # signs that begin something else
    ("a: @b\n", "1:4 yaml-syntax @", first("@")),
    ("a: `b`\n", "1:4 yaml-syntax `", first("`")),
    ("a: %b\n", "1:4 yaml-syntax %", first("%")),
    ("a: ? b\n", "1:4 yaml-syntax ?", first("?")),
    ("a: **b**\n", "1:4 yaml-syntax *", first("*")),
    ("a: & b\n", "1:4 yaml-syntax &", first("&")),
    ("a: !<b\n", "1:4 yaml-syntax !", first("!")),
    ("a: !<> b\n", "1:4 yaml-syntax !", first("!")),
    ("a: !b!c d\n", "1:4 yaml-syntax !", first("!")),
    ("a: !b,c\n", "1:4 yaml-syntax !", first("!")),
    ("a: !%zz b\n", "1:4 yaml-syntax !", first("!")),
    ("a: | b\n", "1:4 yaml-syntax |", first("|")),
    ("a: >0\n  b\n", "1:4 yaml-syntax >", first(">")),
    # directives
    ("%a b\n---\nc: d\n", "1:1 yaml-feature %a b", DIRECTIVE),
    ("# a\n%YAML 2.0\n---\nc: d\n", "2:1 yaml-feature %YAML 2.0", DIRECTIVE),
    ("%YAML 1.1\n%YAML 1.1\n---\nc: d\n", "2:1 yaml-feature %YAML 1.1", DIRECTIVE),
    ("%YAML x\n---\nc: d\n", "1:1 yaml-feature %YAML x", DIRECTIVE),
    ("%TAG ! b\n%TAG ! b\n---\nc: d\n", "2:1 yaml-feature %TAG ! b", DIRECTIVE),
    ("%TAG b\n---\nc: d\n", "1:1 yaml-feature %TAG b", DIRECTIVE),
]


@pytest.mark.parametrize(("text", "place", "words"), FAULTS, ids=[repr(text) for text, _, _ in FAULTS])
def test_a_fault_is_told_with_its_repair(text: str, place: str, words: tuple[str, str]) -> None:
    (problem,) = reading(text).problems
    assert f"{problem.line}:{problem.column} {problem.rule} {problem.found}" == place
    assert (problem.message.en, problem.repair.en) == words


def test_every_meaning_has_a_fault() -> None:
    complaints = [complaint(text) for text, _, _ in FAULTS]
    said = [said for said in complaints if said]
    assert [meaning for meaning in MEANINGS if not any(meaning in words for words in said)] == []


def complaint(text: str) -> str:
    """What libyaml says of a text, or nothing."""
    try:
        list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        return f"{error.context} {error.problem}"
    return ""


def test_a_complaint_that_nobody_foresaw_points_at_its_place() -> None:
    mark = yaml.Mark("", 7, 1, 2, None, 0)
    found = explain(yaml.MarkedYAMLError(problem="something new", problem_mark=mark), "a: b\nc: d\n")
    assert (found.rule, found.span) == ("yaml-syntax", (7, 8))
    found = explain(yaml.MarkedYAMLError(), "a: b\n")
    assert (found.rule, found.span) == ("yaml-syntax", (0, 1))
