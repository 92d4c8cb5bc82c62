"""Texts of strangers come out of Markdown as the texts that went in."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from catalog.markdown import Markdown, anchor, escape, joined, link, one_line, small, table
from hostile import HOSTILE, WRITTEN
from hypothesis import given, settings
from hypothesis import strategies as st
from rendered import PARSERS, Part, parts, whole

CASES = [(text, text) for text in HOSTILE] + WRITTEN
READ_LATER = re.compile(  # what GitHub looks for in each piece of text after Markdown is done
    r"\w@|@\w|\$.*\$|\$`|#[0-9]|:[\w+-]+:", re.ASCII
)
TOKENS = [*" |`*_~<>[]()!#@$&;:\\\"'=+-.,%{}^\n\t", *"a1x文", "<b>", "](", "www.", "http://", "&amp;", "x@y.cn", "```"]


def without_joints(part: Part) -> list[tuple[str, dict[str, str | None]]]:
    """The elements but those that keep signs apart, or let a name break."""
    return [element for element in part.elements if element not in (("span", {}), ("wbr", {}))]


def assert_inert(part: Part, text: str, *ours: str) -> None:
    """The text is there, no element but ours, and nothing that GitHub would make something of later."""
    assert part.text == text
    assert without_joints(part) == [(tag, {}) for tag in ours]
    assert not any(READ_LATER.search(piece) for piece in part.pieces)


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_a_cell_shows_the_text_that_went_in(text: str, shown: str) -> None:
    for parse in PARSERS:
        cells = parts(parse(table(["head", "head"], [[text, "next"]])), "td")
        assert [cell.text for cell in cells] == [shown, "next"]
        assert_inert(cells[0], shown)


CONTEXTS = [  # the Markdown around a text, the element that it comes to stand in, and what that shows
    ("{}", "p", "{}"),
    ("## {}", "h2", "{}"),
    ("- {}", "li", "{}"),
    ("x **x {} x**", "strong", "x {} x"),
    ("x <code>{}</code>", "code", "{}"),
    ("<details>\n<summary>{} (3)</summary>\n\n</details>", "summary", "{} (3)"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_inert_wherever_it_stands(text: str) -> None:
    for parse in PARSERS:
        for around, tag, shown in CONTEXTS:
            page = parse(around.format(escape(text)))
            (found,) = parts(page, tag)
            assert_inert(found, shown.format(text))
            assert without_joints(whole(page)) == whole(parse(around.format("x"))).elements


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_small_letters_stand_on_a_second_line(text: str, shown: str) -> None:
    for parse in PARSERS:
        (cell,) = parts(parse(table(["head"], [[Markdown("first" + small(text))]])), "td")
        assert_inert(cell, f"first{shown}", *(("br", "sub") if text else ()))


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_the_text_of_a_link_is_inert(text: str, shown: str) -> None:
    for parse in PARSERS:
        (cell,) = parts(parse(table(["head"], [[link(text, "https://acme.ai/")]])), "td")
        assert cell.text == shown
        assert without_joints(cell) == [("a", {"href": "https://acme.ai/"})]


@given(st.lists(st.lists(st.sampled_from(TOKENS) | st.characters(), max_size=12).map("".join), min_size=1, max_size=3))
@settings(derandomize=True, deadline=None, max_examples=150)
def test_any_texts_come_out_of_a_table_as_they_went_in(texts: list[str]) -> None:
    source = table(["head"] * len(texts), [texts])
    assert [line.count("|") for line in source.splitlines()] == [len(texts) + 1] * 3
    for parse in PARSERS:
        cells = parts(parse(source), "td")
        for cell, text in zip(cells, texts, strict=True):
            assert_inert(cell, one_line(text))


def test_folding_a_line_keeps_every_other_character() -> None:
    text = "".join(chr(code) for code in range(0x21, 0x7F)) + "文字😀é"
    assert one_line(f" {text}  {text}\n") == f"{text} {text}"


ADDRESSES = [  # what is given, what a browser is sent to
    ("https://acme.ai/", "https://acme.ai/"),
    ("https://acme.ai/a(b)_(c)", "https://acme.ai/a%28b%29_%28c%29"),
    ("https://acme.ai/\"x\"'y'", "https://acme.ai/%22x%22%27y%27"),
    ("https://acme.ai/a b\tc\nd", "https://acme.ai/a%20b%09c%0Ad"),
    ("https://acme.ai/<b>", "https://acme.ai/%3Cb%3E"),
    ("https://acme.ai/>)](<https://evil.com", "https://acme.ai/%3E%29%5D%28%3Chttps://evil.com"),
    ("https://acme.ai/a|b`c`d\\e[f]", "https://acme.ai/a%7Cb%60c%60d%5Ce%5Bf%5D"),
    ("https://acme.ai/%E6%96%87%2F", "https://acme.ai/%E6%96%87%2F"),
    ("https://acme.ai/文", "https://acme.ai/%E6%96%87"),
    ("https://acme.ai/?a=1&copy=2&lt;=3&amp;", "https://acme.ai/?a=1&copy=2&lt;=3&amp;"),
    ("https://acme.ai/*a*_b_~~c~~$d$!e:f@g#h", "https://acme.ai/*a*_b_~~c~~$d$!e:f@g#h"),
    ("http://acme.ai/", "http://acme.ai/"),
    ("HTTPS://acme.ai/", "HTTPS://acme.ai/"),
    ("#acme/foo-1.5", "#acme/foo-1.5"),
    ("../../README.md#acme/foo", "../../README.md#acme/foo"),
    ("docs/a:b.md", "docs/a:b.md"),
]


@pytest.mark.parametrize(("address", "target"), ADDRESSES)
def test_an_address_leads_where_it_says(address: str, target: str) -> None:
    for parse in PARSERS:
        cells = parts(parse(table(["head", "head"], [[link("text", address), "next"]])), "td")
        assert [cell.text for cell in cells] == ["text", "next"]
        assert cells[0].elements == [("a", {"href": target})]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "mailto:x@y.cn",
        "httpsx://acme.ai",
        "xhttps://acme.ai",
    ],
)
def test_an_address_that_is_not_of_the_web_gives_the_text_alone(address: str) -> None:
    assert link("a*b", address) == "a&#42;b"


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_any_address_is_one_link_to_it(path: str) -> None:
    for parse in PARSERS:
        (cell,) = parts(parse(table(["head"], [[link("text", f"https://acme.ai/{path}")]])), "td")
        assert (cell.text, cell.tags) == ("text", ["a"])
        assert unquote(cell.values("href")[0]) == unquote(f"https://acme.ai/{path}")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("acme/foo-1.5", '<a id="acme/foo-1.5"></a>'),
        ('"><script>', '<a id="%22%3E%3Cscript%3E"></a>'),
    ],
)
def test_an_anchor_is_an_element_with_an_id(name: str, written: str) -> None:
    assert anchor(name) == written


def test_what_we_wrote_is_not_escaped_again() -> None:
    once = escape("a*b")
    assert once == "a&#42;b"
    assert escape(once) is once


def test_what_is_put_together_by_hand_is_a_strangers_text_again() -> None:
    assert escape(link("a", "#a") + "") == "&#91;a&#93;(&#60;&#35;a&#62;)"


def test_pieces_are_escaped_one_by_one() -> None:
    assert joined(["a*b", Markdown("**c**")], "<br>") == "a&#42;b<br>**c**"
    assert isinstance(joined([], ""), Markdown)


def test_a_table_is_written_line_by_line() -> None:
    assert table(["a", "b"], [["1", "2|3"], ["", "x"]]) == "| a | b |\n| --- | --- |\n| 1 | 2&#124;3 |\n|  | x |\n"
    assert table(["a"], []) == "| a |\n| --- |\n"


@pytest.mark.parametrize("row", [["1"], ["1", "2", "3"], []])
def test_a_row_with_another_number_of_cells_is_our_mistake(row: list[str]) -> None:
    with pytest.raises(ValueError, match=f"^{len(row)} cells under 2 headings$"):
        table(["a", "b"], [["1", "2"], row])


def test_what_is_common_in_names_stays_readable_in_the_source() -> None:
    assert escape("GPT-4.1 (3.5B), v2") == "GPT-4.1 (3.5B), v2"


def test_the_parsers_see_what_github_sees() -> None:
    first, second = (parse("- [x] ~~a~~ <b>b</b> <script>c</script>") for parse in PARSERS)
    assert whole(first).tags == ["ul", "li", "input", "del", "b"]
    assert whole(second).tags == ["ul", "li", "input", "s", "b", "script"]
    assert whole(PARSERS[0]("www.acme.ai a@acme.ai")).values("href") == ["http://www.acme.ai", "mailto:a@acme.ai"]
