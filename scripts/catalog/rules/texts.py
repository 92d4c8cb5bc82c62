"""Rules for the texts of every record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from catalog.names import HAN, write
from catalog.places import Where
from catalog.problem import Text, show
from catalog.rules.finding import Finding, Record


@lru_cache(maxsize=1)
def texts(record: Record) -> Sequence[tuple[Where, str]]:
    """Every text of a record, with the way to it; the rules ask for one record after the other."""
    found: list[tuple[Where, str]] = []
    _gather(record.data, (), found)
    return found


def _gather(value: Any, where: Where, found: list[tuple[Where, str]]) -> None:
    if isinstance(value, str):
        found.append((where, value))
    elif isinstance(value, dict | list):
        for part, inner in value.items() if isinstance(value, dict) else enumerate(value):
            _gather(inner, (*where, part), found)


def _rewritten(record: Record, where: Where, message: Text, better: str) -> Finding:
    return Finding(record, where, message, write(better), better=better)


WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")


def decomposed_text(record: Record) -> Iterator[Finding]:
    """Text is written in composed characters (Unicode NFC), so that a search finds it.
    文字使用预组合字符（Unicode NFC），这样才搜得到。
    """
    for where, text in texts(record):
        if not text.isascii() and not unicodedata.is_normalized("NFC", text):
            message = Text(
                f"{show(text)} holds characters in a form that a search does not find (not Unicode NFC)",
                f"{show(text)} 含有搜索不到的字符形式（不是 Unicode NFC）",
            )
            yield _rewritten(record, where, message, unicodedata.normalize("NFC", text))


def untidy_spaces(record: Record) -> Iterator[Finding]:
    """Text has no space at its ends and no two spaces in a row.
    文字首尾没有空格，中间没有连续两个空格。
    """
    for where, text in texts(record):
        if "  " in text or text != text.strip(" "):
            message = Text(f"{show(text)} has spaces at an end or in a row", f"{show(text)} 首尾有空格或有连续空格")
            yield _rewritten(record, where, message, " ".join(text.split()))


def wide_letters(record: Record) -> Iterator[Finding]:
    """Latin letters and digits are written in their ordinary width.
    拉丁字母和数字使用半角。
    """
    for where, text in texts(record):
        if not text.isascii() and WIDE.search(text):
            better = WIDE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
            message = Text(f"{show(text)} holds full-width letters or digits", f"{show(text)} 里有全角字母或数字")
            yield _rewritten(record, where, message, better)


def wrong_language(record: Record) -> Iterator[Finding]:
    """`zh` holds Chinese and `en` does not; a name that is the same in both is written once, under `en`.
    `zh` 里写中文，`en` 里不写中文；两种语言相同的名称只写一次，写在 `en` 下。
    """
    for where, text in texts(record):
        if where[-1] == "zh" and not HAN.search(text) and re.search("[A-Za-z]", text):
            yield Finding(
                record,
                where,
                Text(f"{show(text)} is not Chinese", f"{show(text)} 不是中文"),
                Text("write it under 'en'", "请写在 'en' 下"),
            )
        elif where[-1] == "en" and "summary" not in where and HAN.search(text):
            yield Finding(
                record,
                where,
                Text(f"{show(text)} holds Chinese", f"{show(text)} 含有中文"),
                Text("write it under 'zh'", "请写在 'zh' 下"),
            )
