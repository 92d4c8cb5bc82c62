"""The files of a commit as `--fix` would write them, for authors who have only a browser."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from catalog.fix import fix
from catalog.history import State, laid_out
from catalog.problem import Problem
from catalog.slips import REFUSED

HIDDEN = re.compile(f"(?!\n)(?:{REFUSED.pattern}|\ufffd)")
COMMAND = re.compile(r"##\[|^\s*::", re.MULTILINE)
MOST_FILES = 5  # that are offered
MOST_BYTES = 8192  # of one file: what is longer would take the room of the rest of the comment
MOST_REPAIRS = 50  # of one file: each has the file read twice


def repaired(root: Path, state: State, schema_from: str | None, problems: Iterable[Problem]) -> dict[str, str]:
    """What a program makes of the files with problems that it can repair, by path; nothing of what cannot be pasted."""
    counts = Counter(problem.file for problem in problems if problem.edit)
    wanted = [path for path, count in sorted(counts.items()) if count <= MOST_REPAIRS][:MOST_FILES]
    if not wanted or state.commit is None:
        return {}
    with laid_out(root, state.commit, schema_from) as (scratch, _):
        small = {path for path in wanted if (scratch / path).stat().st_size <= MOST_BYTES}
        changed = fix(scratch, state.schema, small.__contains__)
        texts = {path: (scratch / path).read_bytes().decode("utf-8", "replace") for path in changed}
    plain = {path: text.replace("\r\n", "\n") for path, text in texts.items()}
    return {path: text for path, text in plain.items() if _pasteable(text)}


def _pasteable(text: str) -> bool:
    """Whether all of a text is seen where it is copied, comes out of there as it is, and commands no runner."""
    return not any(sign.search(text) for sign in (HIDDEN, COMMAND))
