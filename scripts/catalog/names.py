"""When two names are the same name, and which name somebody meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from catalog.problem import Text, show

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
NEAR = 0.6  # of SequenceMatcher's ratio: one letter in three may be wrong
TIES = 4  # equally near spellings that are all named


POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """A key that is equal for names that differ only in width, case, spaces or punctuation; never empty.

    A point between digits counts, and so does a plus: 1.3B is not 13B, and CodeT5+ is not CodeT5.
    """
    plain = POINT.sub("\u0660", unicodedata.normalize("NFKC", name).casefold())  # a digit that no name holds
    return "".join(char for char in plain if char.isalnum() or char == "+") or plain


def closest(wanted: str, known: Iterable[str], near: float = NEAR) -> list[str]:
    """The known spellings that are nearest to a wanted one, in their order; several if they are equally near."""
    spellings = list(known)
    found = get_close_matches(wanted, spellings, TIES, near)
    best = [spelling for spelling in found if _ratio(wanted, spelling) == _ratio(wanted, found[0])]
    return sorted(best, key=spellings.index)


def _ratio(wanted: str, spelling: str) -> float:
    return SequenceMatcher(None, spelling, wanted).ratio()


def within(part: str, whole: str) -> bool:
    """Whether all words of a text in lower case, or two Chinese characters at least, stand in another.

    One letter says nothing.
    """
    if len(part) > 1 and part.isascii():
        words = set(re.findall("[a-z0-9]+", part))
        return bool(words) and words <= set(re.findall("[a-z0-9]+", whole))
    return len(part) > 1 and part in whole


def nearest(wanted: str, known: Iterable[str]) -> Text | None:
    """Ask whether somebody meant a known id."""
    near = closest(wanted, sorted(known))
    shown = [show(name) for name in near]
    return Text(f"did you mean {' or '.join(shown)}?", f"是不是 {' 或 '.join(shown)}？") if near else None


def write(*values: str) -> Text:
    """Say what to write, or which to choose from."""
    quoted = [f"'{value}'" for value in values]
    return write_bare(*quoted)


def write_bare(*values: str) -> Text:
    """Say what to write where quotes would only be in the way, as for an address."""
    return Text(f"write {' or '.join(values)}", f"请写成 {' 或 '.join(values)}")
