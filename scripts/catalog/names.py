"""When two names are the same name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from catalog.problem import Text, show


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """A key that is equal for names that differ only in width, case, spaces or punctuation; never empty."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in plain if char.isalnum()) or plain


def nearest(wanted: str, known: Iterable[str]) -> Text | None:
    """Say which known id somebody probably meant."""
    near = get_close_matches(wanted, sorted(known), 1, 0.6)
    return Text(f"did you mean {show(near[0])}?", f"是不是 {show(near[0])}？") if near else None
