"""Which of two languages a reader sees: the asked one, or the other where that is missing."""

from __future__ import annotations

from collections.abc import Mapping

from catalog.problem import Text

LANGUAGES = ("en", "zh")


def say(text: Text, language: str) -> str:
    """Choose a sentence that we wrote."""
    return text.zh if language == "zh" else text.en


def either(text: Mapping[str, str], language: str) -> str:
    """Choose a text of an entry; a missing language falls back to the other."""
    return text.get(language) or next(iter(text.values()), "")


def other(text: Mapping[str, str], language: str) -> str:
    """Give the text of an entry in the other language, or nothing."""
    return next((value for key, value in text.items() if value != either(text, language) and key != language), "")
