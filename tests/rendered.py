"""Read Markdown as GitHub does, with two parsers, and look at what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options
from markdown_it import MarkdownIt

SECOND = MarkdownIt("gfm-like2", {"linkify": False}).disable("linkify")  # its link finder is a package of its own


def github(markdown: str) -> str:
    """GitHub's own parser, with its tables, autolinks, strikethrough, task lists and tag filter."""
    return github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)


def markdown_it(markdown: str) -> str:
    return SECOND.render(markdown)


PARSERS: tuple[Callable[[str], str], ...] = (github, markdown_it)
VOID = ("br", "hr", "img", "input")


@dataclass
class Part:
    """What stands in one element: its pieces of text, and the elements in it with their attributes."""

    pieces: list[str] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    def values(self, attribute: str) -> list[str]:
        """Every value of an attribute, in order."""
        return [attributes[attribute] or "" for _, attributes in self.elements if attribute in attributes]


class _Reader(HTMLParser):
    """Notes what stands in the whole and in each element that is asked for."""

    def __init__(self, wanted: tuple[str, ...]) -> None:
        super().__init__()
        self.wanted, self.whole = wanted, Part()
        self.found: list[tuple[str, Part]] = []
        self.open: list[tuple[str, Part]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for part in self.around():
            part.elements.append((tag, dict(attrs)))
        if tag in self.wanted:
            self.found.append((tag, Part()))
            self.open.append(self.found[-1])

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for part in self.around():
            part.pieces.append(data)

    def around(self) -> Iterator[Part]:
        yield self.whole
        yield from (part for _, part in self.open)


def whole(html: str) -> Part:
    """Everything of a page."""
    reader = _Reader(())
    reader.feed(html)
    reader.close()
    return reader.whole


def parts(html: str, *tags: str) -> list[Part]:
    """Each element of these kinds, in order."""
    reader = _Reader(tags)
    reader.feed(html)
    reader.close()
    return [part for _, part in reader.found]
