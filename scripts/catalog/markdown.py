"""Text of strangers made inert for GitHub's Markdown, and the few pieces of Markdown that we write ourselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

# Punctuation that means nothing to Markdown where it stands. The rest of ASCII's punctuation becomes a numeric
# character reference, which no parser takes for markup.
HARMLESS = re.compile(r"(?<=[A-Za-z0-9])-(?=[A-Za-z0-9])|(?<=[0-9])\.(?=[0-9])|[,(]|(?<=[^0-9])\)")
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
SAFE_IN_URL = "-._~:/?#@!$&*+,;=%"  # those of a URL's characters that end no link and open no markup


class Markdown(str):
    """Text that is Markdown already, because we wrote it or escaped what is in it."""

    __slots__ = ()


def escape(text: str) -> Markdown:
    """Make a text show as itself, on one line, wherever it stands. Markdown stays as it is."""
    if isinstance(text, Markdown):
        return text
    line = " ".join(text.split())
    return Markdown(PUNCTUATION.sub(lambda match: _reference(line, match), line))


def _reference(line: str, match: re.Match[str]) -> str:
    if HARMLESS.match(line, match.start()):
        return match[0]
    # GitHub links e-mail addresses after decoding references; a comment keeps their halves apart.
    return f"&#{ord(match[0])};" + ("<!-- -->" if match[0] == "@" else "")


def link(text: str, address: str) -> Markdown:
    """A link; the address is one that the schema let through, or a path of ours."""
    return Markdown(f"[{escape(text)}](<{quote(address, safe=SAFE_IN_URL)}>)")


def anchor(name: str) -> Markdown:
    """A place that links can lead to; `name` is an id, so it is ASCII."""
    return Markdown(f'<a id="{quote(name, safe="/")}"></a>')


def small(text: str) -> Markdown:
    """A second line in smaller letters."""
    return Markdown(f"<br><sub>{escape(text)}</sub>") if text else Markdown("")


def joined(parts: Sequence[str], between: str) -> Markdown:
    """Put pieces together, each escaped."""
    return Markdown(between.join(escape(part) for part in parts))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Markdown:
    """A table of GitHub's Markdown; every row has as many cells as the head."""
    lines = [_row(head), "|" + " --- |" * len(head)]
    for row in rows:
        if len(row) != len(head):
            raise ValueError(f"{len(row)} cells under {len(head)} headings")
        lines.append(_row(row))
    return Markdown("\n".join(lines) + "\n")


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(escape(cell) for cell in cells) + " |"


def mermaid_label(text: str) -> str:
    """A label of a Mermaid node: everything but letters, digits and spaces as `#code;`."""
    return "".join(char if char.isalnum() or char == " " else f"#{ord(char)};" for char in " ".join(text.split()))
