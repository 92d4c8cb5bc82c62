"""Put the fields of a file into the order of the schema, moving whole lines with the comments above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from catalog.places import Where
from catalog.problem import Edit
from catalog.schema import Schema
from catalog.source import Source


class _Piece(NamedTuple):
    """A field with all its lines, and the comment lines above it."""

    rank: int
    lead: str
    body: str


def disorder(source: Source, schema: Schema, *, organization: bool) -> Edit | None:
    """Find the first group of fields that stands out of order, and give its lines in order.

    `source` fits the schema and ends with a line break. Groups in braces are left alone.
    """
    start = schema.organization if organization else schema.entry
    return next((edit for where in _groups(source.data, ()) if (edit := _sorted(source, where, start, schema))), None)


def _groups(value: Any, where: Where) -> Iterator[Where]:
    """The way to every mapping, outer ones first."""
    if isinstance(value, dict):
        yield where
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, item in inner:
        yield from _groups(item, (*where, part))


def _sorted(source: Source, where: Where, start: Any, schema: Schema) -> Edit | None:
    ranks = _ranks(start, where, schema)
    names = list(_inside(source.data, where))
    if [ranks[name] for name in names] == sorted(ranks[name] for name in names):
        return None
    starts = [source.keys[*where, name][0] for name in names]
    return None if _in_braces(source, where) else _moved(source.text, starts, [ranks[name] for name in names])


def _ranks(start: Any, where: Where, schema: Schema) -> dict[str, int]:
    """The place of each field in the order of writing."""
    node = schema.resolved(start)
    for part in where:
        node = schema.resolved(node["items"] if isinstance(part, int) else node["properties"][part])
    return {name: rank for rank, name in enumerate(node["properties"])}


def _inside(data: Any, where: Where) -> Any:
    for part in where:
        data = data[part]
    return data


def _in_braces(source: Source, where: Where) -> bool:
    return source.text[source.values[where][0]] == "{"


def _moved(text: str, starts: list[int], ranks: list[int]) -> Edit | None:
    """Write the fields that begin at these offsets in the order of their ranks."""
    lines = [_line(text, start) for start in starts]
    column = starts[0] - lines[0]
    after_dash = text[lines[0] : starts[0]].strip() != ""
    begin = starts[0] if after_dash else _begin(text, lines[0], column)
    heads = [starts[0] if after_dash else lines[0], *lines[1:], _end(text, starts[-1], column)]
    bodies = [text[head:tail] for head, tail in pairwise(heads)]
    pieces, rest = _pieces(text[begin : heads[0]], zip(ranks, bodies, strict=True), column)
    if after_dash and any(piece.lead for piece in pieces):
        return None  # a comment cannot stand between a dash and the first field
    ordered = _dashed(pieces, column) if after_dash else sorted(pieces)
    new = "".join(piece.lead + piece.body for piece in ordered)
    return Edit(begin, text[begin : heads[-1]], new + rest)


def _dashed(pieces: list[_Piece], column: int) -> list[_Piece]:
    """Give the dash to the field that comes first now, and the margin to the one that had the dash."""
    margin = " " * column
    pieces = sorted([pieces[0]._replace(body=margin + pieces[0].body), *pieces[1:]])
    return [pieces[0]._replace(body=pieces[0].body.removeprefix(margin)), *pieces[1:]]


def _pieces(lead: str, fields: Iterable[tuple[int, str]], column: int) -> tuple[list[_Piece], str]:
    """Give each field the comments and blank lines that stand above it; and what stands below the last."""
    above = re.compile(rf" {{{column}}}#[^\n]*\n|[ \r]*\n")
    pieces: list[_Piece] = []
    for rank, body in fields:
        cut = _last_lines(body, len(body), above)
        pieces.append(_Piece(rank, lead, body[:cut]))
        lead = body[cut:]
    return pieces, lead


def _line(text: str, offset: int) -> int:
    """The offset at which the line of an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def _begin(text: str, first: int, column: int) -> int:
    """Where the comment above the first field begins; what stands at the top of the file is the file's."""
    return _last_lines(text, first, re.compile(rf" {{{column}}}#[^\n]*\n")) or first


def _last_lines(text: str, end: int, kind: re.Pattern[str]) -> int:
    """Where the lines of one kind begin that stand before this end; the end itself if there are none."""
    begin = end
    while begin and kind.fullmatch(text, before := _line(text, begin - 1), begin):
        begin = before
    return begin


def _end(text: str, last: int, column: int) -> int:
    """Where the group ends whose last field begins here: at the first line that is indented less."""
    less = re.compile(rf"^ {{0,{max(0, column - 1)}}}[^ \r\n]", re.MULTILINE)
    found = less.search(text, text.index("\n", last) + 1) if column else None
    return found.start() if found else len(text)
