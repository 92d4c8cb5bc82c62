"""Files of a pull request that were meant to be entries and lie where nobody looks for them."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.files import ENTRIES, YAML_NAME, move
from catalog.names import closest
from catalog.problem import Problem, Text

# Where YAML files belong that are no entries; names that begin with a dot are settings of tools.
ELSEWHERE = ("schema/", "tests/", ".")

SINGULAR = ("entry", "entrys")
NEAR = 0.8  # of SequenceMatcher's ratio; 'notes' has 0.67


def outside(path: str) -> bool:
    """Whether a file is not below `entries/`, where every file is checked."""
    return path != ENTRIES and not path.startswith(f"{ENTRIES}/")


def strays(touched: Iterable[tuple[str, str]]) -> list[Problem]:
    """Give a problem for each added file that looks like an entry in the wrong place, with the right place."""
    return [_misplaced(path) for status, path in touched if status == "A" and outside(path) and _meant(path)]


def _meant(path: str) -> bool:
    """Whether somebody meant a file to be an entry."""
    if path.startswith(ELSEWHERE):
        return False
    return bool(YAML_NAME.fullmatch(path.rsplit("/", maxsplit=1)[-1])) or _like_entries(path)


def _like_entries(path: str) -> bool:
    """Whether the first folder is `entries` misspelt, such as `Entries` or `entry`."""
    first, slash, _ = path.lower().partition("/")
    return bool(slash) and (first in SINGULAR or bool(closest(first, [ENTRIES], NEAR)))


def _misplaced(path: str) -> Problem:
    message = Text(
        f"not in the folder '{ENTRIES}', so it is neither checked nor listed",
        f"不在 '{ENTRIES}' 文件夹里，不会被检查，也不会被收录",
    )
    return Problem(path, 1, 1, "file-place", message, _place(path))


def _place(path: str) -> Text:
    """Where the file belongs, as far as its own place tells the organization."""
    *folders, name = path.split("/")
    if _like_entries(path):
        folders = folders[1:]
    return move(folders[-1:], name)
