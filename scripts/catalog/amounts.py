"""Amounts of parameters and tokens: as the schema has them, and as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from unicodedata import normalize

UNITS = {"K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
POWERS = {
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
LOOSE_AMOUNT = re.compile(f"([0-9]{{1,6}}(?:[.][0-9]{{1,6}})?) *({'|'.join(POWERS)})", re.IGNORECASE)
COUNT = re.compile("([0-9]{1,6}(?:[.][0-9]{1,6})?) *([km]|千|万|百万) *(?:tokens?|个?词元)?", re.IGNORECASE)
COUNTS = {"k": (1024, 1000), "m": (1024**2, 1000**2), "千": (1000,), "万": (10**4,), "百万": (10**6,)}
COUNTED = "[1-9][0-9]{6,14}"  # a number written out; a shorter one may lack its unit, as 7 does for 7B
AROUND_AMOUNT = re.compile(
    r"^\s*(?:大约|约|~|≈|about |approx\. ?)|\s*(?:个?参数量?|个?词元|parameters|params|tokens?)\s*$", re.IGNORECASE
)


def amount(text: str) -> float:
    """Read `7B`, an amount as the schema has it, as 7,000,000,000."""
    return float(text[:-1]) * UNITS[text[-1]]


def bare(text: str) -> str:
    """Leave out what people write around an amount, as in `约 7B 参数`."""
    return AROUND_AMOUNT.sub("", text).strip()


def amounts_meant(text: str) -> Iterator[str]:
    """The amounts, as the schema has them, that a bare text may mean, such as `70亿` or `7000000000`."""
    loose = LOOSE_AMOUNT.fullmatch(text)
    if loose:
        yield _written(Decimal(loose[1]) * POWERS[loose[2].lower()])
    count = re.sub("[ ,_]", "", text)
    if re.fullmatch(COUNTED, count):
        yield _written(Decimal(count))


def counts_meant(value: Any) -> list[str]:
    """The whole numbers that 128K may stand for: it is a power of two to some, and a thousand to others."""
    match = COUNT.fullmatch(normalize("NFKC", value).strip()) if isinstance(value, str) else None
    numbers = [Decimal(match[1]) * unit for unit in COUNTS[match[2].lower()]] if match else []
    return [str(int(number)) for number in numbers if number == int(number)]


def _written(number: Decimal) -> str:
    """Write 7,000,000,000 as 7B."""
    unit = max((unit for unit in UNITS if number >= UNITS[unit]), key=UNITS.__getitem__, default="K")
    return f"{(number / UNITS[unit]).normalize():f}{unit}"
