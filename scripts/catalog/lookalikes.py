"""Entries that are probably one thing listed twice; a reviewer decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from catalog.entry import Catalog, Entry
from catalog.names import folded
from catalog.problem import Text, show
from catalog.web import same_page

MOST = 5  # that a reviewer looks at
NEAR = 0.88  # of SequenceMatcher's ratio: one letter of nine may be wrong
FEWEST = 5  # letters of a name that may be misspelt; a shorter one is near to too much
TELLING = 2  # letters of a word that may be one more name, such as the V of Foo-V, and not a slip
KEPT = 2**14  # entries whose names are folded once for all comparisons
OF_A_LINE = ("repository", "paper")  # links that the generations of one line share
OF_A_MAKER = ("website", "demo", "app")  # links that all models of one organization may share
OWN = ("website", "repository", "weights", "paper", "demo", "app")  # links that belong to one thing
VERSION = re.compile("[0-9]+(?:[.][0-9]+)*|[一二三四五六七八九十]")
SIZE = re.compile("[0-9]+(?:[.][0-9]+)?[KMBT]", re.IGNORECASE)  # the name of a variant that has no other
# Words at the end of a name that do not tell two things apart: 'Foo LLM' is 'Foo'.
GENERAL = re.compile(r"(?<=.)(?:\s|-)*(?:大?语言模型|大模型|模型|(?:large )?(?:language )?model|llm)$")


class Lookalike(NamedTuple):
    """The id of an entry that may be the same thing, and why."""

    other: str
    reason: Text


class _Name(NamedTuple):
    """A name as it is written, and what is compared of it: letters and digits, the digits, and the words."""

    written: str
    key: str
    version: tuple[str, ...]
    words: frozenset[str]


@dataclass(frozen=True)
class _Marks:
    """What an entry is known by: its names and those of its variants by key, its pages with their fields.

    `shared` has the organization, the family and the page, where others of the same may give the same page.
    """

    names: Mapping[str, _Name]
    variants: Mapping[str, str]
    pages: Mapping[str, str]
    shared: frozenset[tuple[str, str, str]]
    ids: frozenset[str]


def lookalikes(entry: Entry, catalog: Catalog) -> list[Lookalike]:
    """List at most five entries that are probably the same as `entry`, the best reasons first.

    `entry` need not be in the catalog; one with its id is taken for itself. What is based on it, or what it is
    based on, is another thing.
    """
    others = (other for other in catalog.entries.values() if other.id != entry.id and not _related(entry, other))
    reasons = ((reason, other.id) for other in others if (reason := _reason(entry, other)))
    best = sorted(reasons, key=lambda found: (found[0][0], found[1]))[:MOST]
    return [Lookalike(other, text) for (_, text), other in best]


def _related(one: Entry, other: Entry) -> bool:
    return other.id in one.data.get("based_on", ()) or one.id in other.data.get("based_on", ())


def _reason(entry: Entry, other: Entry) -> tuple[int, Text] | None:
    """Give the first of the reasons that applies, with its rank."""
    marks = _marks(entry), _marks(other)
    found = ((rank, text) for rank, find in enumerate(REASONS) if (text := next(find(*marks), None)))
    return next(found, None)


def _same_id(own: _Marks, theirs: _Marks) -> Iterator[Text]:
    for shared in sorted(own.ids & theirs.ids):
        yield Text(f"{show(shared)} is or was the id of both", f"{show(shared)} 是两者现在或曾用的编号")


def _same_name(own: _Marks, theirs: _Marks) -> Iterator[Text]:
    for key in own.names:
        if key in theirs.names:
            written = show(theirs.names[key].written)
            yield Text(f"it is called {written} too", f"它也叫 {written}")


def _same_page(own: _Marks, theirs: _Marks) -> Iterator[Text]:
    of_both = {page for _, _, page in own.shared & theirs.shared}
    for page in own.pages:
        if page in theirs.pages and page not in of_both:
            address = theirs.pages[page]
            yield Text(f"it links to {show(address)} too", f"它也链接到 {show(address)}")


def _same_variant(own: _Marks, theirs: _Marks) -> Iterator[Text]:
    for one, two in ((own, theirs), (theirs, own)):
        for key, written in one.variants.items():
            if key in two.variants or key in two.names:
                yield Text(f"both have {show(written)}", f"两者都有 {show(written)}")


def _near_name(own: _Marks, theirs: _Marks) -> Iterator[Text]:
    for name in own.names.values():
        for other in theirs.names.values():
            if _misspelt(name, other):
                written, wanted = show(other.written), show(name.written)
                yield Text(f"its name {written} is nearly {wanted}", f"它的名称 {written} 与 {wanted} 相近")


REASONS = (_same_id, _same_name, _same_page, _same_variant, _near_name)


def _misspelt(one: _Name, other: _Name) -> bool:
    """Whether two names differ in a few letters, and not in digits or by a word that tells two things apart."""
    differing = one.words ^ other.words
    if one.version != other.version or one.words <= other.words or other.words <= one.words:
        return False
    if any(len(word) <= TELLING for word in differing):
        return False
    short, long = sorted((len(one.key), len(other.key)))
    if short < FEWEST or 2 * short < NEAR * (short + long):
        return False
    matcher = SequenceMatcher(None, one.key, other.key)
    return matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR


@lru_cache(maxsize=KEPT)
def _marks(entry: Entry) -> _Marks:
    names = [_name(name) for name in entry.names]
    variants = [variant["name"] for variant in entry.data.get("variants", ())]
    links = entry.data.get("links", {})
    addresses = [links[field] for field in OWN if field in links]
    return _Marks(
        {name.key: name for name in names},
        {folded(name): name for name in variants if not SIZE.fullmatch(name)},
        {same_page(address): address for address in addresses},
        frozenset(_shared(entry)),
        frozenset({entry.id, *entry.data.get("former_ids", ())}),
    )


def _shared(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """The pages that others may share, each with the organization and, where it is of one line only, the family."""
    links, family = entry.data.get("links", {}), entry.data.get("family", "")
    for field in (*OF_A_MAKER, *(OF_A_LINE if family else ())):
        if field in links:
            yield entry.folder, family if field in OF_A_LINE else "", same_page(links[field])


def _name(written: str) -> _Name:
    plain = unicodedata.normalize("NFKC", written).casefold()
    core = GENERAL.sub("", plain)
    return _Name(written, folded(core), tuple(VERSION.findall(core)), frozenset(re.findall(r"[^\W\d_]+", core)))
