"""Lists and lines fit into a terminal, whatever letters they are written in."""

from __future__ import annotations

import pytest
from catalog.terminal import columns, stacked
from hypothesis import given
from hypothesis import strategies as st

STACKED = [
    ([], []),
    (["a"], ["a"]),
    (list("abcdefgh"), list("abcdefgh")),
    (
        [f" {letter * 7}" for letter in "abcdefghi"],
        [" aaaaaaa bbbbbbb ccccccc ddddddd eeeeeee fffffff ggggggg hhhhhhh iiiiiii"],
    ),
    (
        [f"  {letter * 10}" for letter in "abcdefghi"],
        [
            "  aaaaaaaaaa  cccccccccc  eeeeeeeeee  gggggggggg  iiiiiiiiii",
            "  bbbbbbbbbb  dddddddddd  ffffffffff  hhhhhhhhhh",
        ],
    ),
    (
        ["  一二三", "  a", *[f"  {letter * 60}" for letter in "cd"], *list("efghi")],
        ["  一二三  " + "c" * 60 + "egi", "  a       " + "d" * 60 + "fh"],
    ),
    (["x" * 80, *list("abcdefgh")], ["x" * 80, *list("abcdefgh")]),
    (["x" * 99, *list("abcdefgh")], ["x" * 99, *list("abcdefgh")]),
]


@pytest.mark.parametrize(("lines", "shown"), STACKED)
def test_a_long_list_stands_side_by_side(lines: list[str], shown: list[str]) -> None:
    assert stacked(lines) == shown


@given(st.lists(st.text("ab一 é", min_size=1, max_size=90).map(lambda text: "." + text + "."), max_size=40))
def test_nothing_of_a_list_is_lost_and_no_line_grows(lines: list[str]) -> None:
    shown = stacked(lines)
    assert sorted("".join(shown).replace(" ", "")) == sorted("".join(lines).replace(" ", ""))
    assert max(map(columns, shown), default=0) <= max(80, *map(columns, lines), 0)
