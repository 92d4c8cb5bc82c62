"""Read the case files: entries with the problems that they must give, side by side.

tests/cases/README.md says how to write one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent / "cases"
REST = {
    "name": "name: {en: Foo}",
    "organization": "organization: {name: {en: Acme}, kind: company, location: {country: US}}",
    "type": "type: model",
    "domain": "domain: general",
    "status": "status: available",
    "sources": "sources: [{url: https://acme.ai/foo}]",
}


class Case(NamedTuple):
    """One example: its title, its files as bytes, and the lines that the validator must print."""

    title: str
    files: dict[str, bytes]
    problems: list[str]


def cases(path: Path) -> list[Case]:
    """Read every example of a file."""
    _, *examples = re.split(r"^== ", path.read_bytes().decode(), flags=re.MULTILINE)
    return [_case(example) for example in examples]


def _case(example: str) -> Case:
    title, *parts = re.split(r"^-- |\n-- ", example, flags=re.MULTILINE)
    named = dict(part.split("\n", 1) if "\n" in part else (part, "") for part in parts)
    problems = [line for line in named.pop("problems").splitlines() if line and line != "none"]
    return Case(title.strip(), {name: content(text) for name, text in named.items()}, problems)


def content(text: str) -> bytes:
    """Fill in `…`, code points such as <U+200B>, and bytes such as <0xFF>."""
    lines = text.rstrip("\n").split("\n") if text.strip() else []
    present = {line.partition(":")[0] for line in lines}
    rest = [line for name, line in REST.items() if name not in present]
    full = [filled for line in lines for filled in (rest if line == "…" else [line])]
    written = "".join(f"{line}\n" for line in full)
    written = re.sub(r"<U\+([0-9A-F]+)>", lambda match: chr(int(match[1], 16)), written)
    parts = re.split(r"<0x([0-9A-F]{2})>", written)
    return b"".join(bytes([int(part, 16)]) if odd % 2 else part.encode() for odd, part in enumerate(parts))
