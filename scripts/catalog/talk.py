"""A conversation with somebody at a terminal, or with a file of answers."""

from __future__ import annotations

import contextlib
import io
import locale
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from catalog.command import INTERRUPTED
from catalog.problem import Text, inert, visible
from catalog.wording import say

PROMPT = "> "
YES_OR_NO = Text("[y/n]", "[y/n，是/否]")
UNCLEAR = Text("answer y or n", "请回答 y 或 n")
AGREED = {"y": True, "yes": True, "是": True, "n": False, "no": False, "否": False}
Read = Callable[[str], str]  # shows a prompt and gives one line; raises EOFError if there is none


class Ended(Exception):  # noqa: N818 - not an error: somebody left
    """Nobody answers any more, or somebody decided to leave; with the exit code."""

    def __init__(self, code: int = 1) -> None:
        self.code = code


@dataclass(frozen=True)
class Talk:
    """A conversation: where answers come from, a stream for what is said, and the language."""

    read: Read
    said: TextIO
    language: str

    def tell(self, text: str) -> None:
        """Say one line, in which nothing is obeyed by a terminal or a runner."""
        self.said.write(inert(visible(text)) + "\n")

    def tell_text(self, text: Text, *values: str) -> None:
        """Say one of our sentences, with these values in it."""
        self.tell(self.words(text, *values))

    def words(self, text: Text, *values: str) -> str:
        """Give one of our sentences in the language of the conversation."""
        said = say(text, self.language)
        return said.format(*values) if values else said  # a sentence about an answer may hold braces

    def answer(self) -> str:
        """Wait for one line; its ends are trimmed."""
        try:
            return self.read(PROMPT).strip()
        except (EOFError, OSError, ValueError) as error:  # ValueError: the stream is closed
            self.said.write("\n")
            raise Ended from error
        except KeyboardInterrupt as interrupt:
            self.said.write("\n")
            raise Ended(INTERRUPTED) from interrupt

    def agreed(self, question: Text, *values: str) -> bool:
        """Ask a question until it is answered by yes or no."""
        self.tell(f"{self.words(question, *values)} {self.words(YES_OR_NO)}")
        while (answer := agreement(self.answer())) is None:
            self.tell(f"  ! {self.words(UNCLEAR)}")
        return answer


def agreement(answer: str) -> bool | None:
    """Whether an answer says yes or no, if it says either."""
    return AGREED.get(answer.lower())


def standard_input(said: TextIO) -> Read:
    """Read what is typed, with the keys that edit a line, or what is piped, as UTF-8 whatever the locale.

    What is no text becomes a sign that the reader of entries tells.
    """
    if not isinstance(sys.stdin, io.TextIOWrapper):
        return reader(sys.stdin, said)
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    return _typed() if sys.stdin.isatty() and said.isatty() else reader(sys.stdin, said)


def _typed() -> Read:
    """Let people move in a line, and erase wide characters whole, where Python can; Windows does so by itself."""
    with contextlib.suppress(ImportError):
        _speak_utf8()
        import readline  # noqa: PLC0415 - `input` uses it by its mere presence

        readline.set_completer(lambda *_: None)  # else keys such as escape and tab list the files of the folder
    return input


def _speak_utf8() -> None:
    """Choose a locale of UTF-8 if that of the environment is none, since readline loses what is not ASCII in others."""
    for name in ("", "C.UTF-8", "en_US.UTF-8"):
        with contextlib.suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, name)
            if locale.getencoding().lower() == "utf-8":
                os.environ["LC_ALL"] = name or locale.setlocale(locale.LC_CTYPE)  # where readline looks
                return


def reader(answers: TextIO | None, said: TextIO) -> Read:
    """Read the lines of a stream."""

    def read(prompt: str) -> str:
        said.write(prompt)
        said.flush()
        line = answers.readline() if answers else ""
        if not line:
            raise EOFError
        return line

    return read
