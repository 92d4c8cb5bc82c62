"""Text of strangers made inert for GitHub's Markdown, and the few pieces of Markdown that we write ourselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote

from catalog.problem import code_point
from catalog.slips import REFUSED

# Punctuation that means nothing to Markdown where it stands. The rest of ASCII's punctuation becomes a numeric
# character reference, which no parser takes for markup.
HARMLESS = re.compile(r"(?<=[A-Za-z0-9])-(?=[A-Za-z0-9])|(?<=[0-9])\.(?=[0-9])|[,(]|(?<=[^0-9])\)")
# GitHub looks for e-mail addresses, @mentions, $math$, #123 and :emoji: after decoding the references. An element
# around the sign keeps it apart from the rest.
DECODED = re.compile(r"[@$]|#(?=[0-9])|:(?=[A-Za-z0-9_+-]+:)")
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
SAFE_IN_URL = "-._~:/?#@!$&*+,;=%"  # those of a URL's characters that end no link and open no markup
DOT = "\u00a0· "  # between pieces of a line, which breaks after it and not before
REMEMBERED = 2**16  # texts and addresses: each is written at several levels of detail and in several tables
FOREIGN_SCHEME = re.compile(r"(?!https?:)[^/?#]*:", re.IGNORECASE)


class Markdown(str):
    """Text that is Markdown already, because we wrote it or escaped what is in it."""

    __slots__ = ()


def escape(text: str) -> Markdown:
    """Make a text show as itself, on one line, wherever it stands. Markdown stays as it is."""
    return text if isinstance(text, Markdown) else _escaped(text)


@lru_cache(maxsize=REMEMBERED)
def _escaped(text: str) -> Markdown:
    line = one_line(text)
    return Markdown(PUNCTUATION.sub(lambda match: _reference(line, match), line))


def one_line(text: str) -> str:
    """Fold spaces and line breaks, and write what nobody can see as its code point, such as <U+202E>."""
    return REFUSED.sub(lambda match: code_point(match[0]), " ".join(text.split()))


def _reference(line: str, match: re.Match[str]) -> str:
    if HARMLESS.match(line, match.start()):
        return match[0]
    reference = f"&#{ord(match[0])};"
    return f"<span>{reference}</span>" if DECODED.match(line, match.start()) else reference


def link(text: str, address: str) -> Markdown:
    """A link to an address of the web or a path of ours; any other address gives the text alone."""
    if FOREIGN_SCHEME.match(address):
        return escape(text)
    return Markdown(f"[{escape(text)}](<{_target(address)}>)")


@lru_cache(maxsize=REMEMBERED)
def _target(address: str) -> str:
    return quote(address, safe=SAFE_IN_URL).replace("&", "&amp;")  # `&copy;` in an address is not a sign


def anchor(name: str) -> Markdown:
    """A place that links can lead to; `name` is an id, so it is ASCII."""
    return Markdown(f'<a id="{quote(name, safe="/")}"></a>')


def small(text: str) -> Markdown:
    """A second line in smaller letters."""
    return Markdown(f"<br><sub>{escape(text)}</sub>") if text else Markdown("")


def joined(parts: Sequence[str], between: str) -> Markdown:
    """Put pieces together, each escaped."""
    return Markdown(between.join(escape(part) for part in parts))


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Markdown:
    """A table of GitHub's Markdown. Raises ValueError for a row that has not as many cells as the head."""
    for cells in rows:
        if len(cells) != len(headings):
            raise ValueError(f"{len(cells)} cells under {len(headings)} headings")
    return Markdown(head(headings) + "".join(f"{row(cells)}\n" for cells in rows))


def head(headings: Sequence[str]) -> Markdown:
    """The head of a table, two lines, each with its line break."""
    return Markdown(f"{row(headings)}\n|{' --- |' * len(headings)}\n")


def row(cells: Sequence[str]) -> Markdown:
    """One line of a table, without its line break."""
    return Markdown("| " + " | ".join(escape(cell) for cell in cells) + " |")
