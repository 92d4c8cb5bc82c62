"""Repair what a program can repair: by position, so that every other byte of a file stays."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from catalog.check import check
from catalog.files import find, is_organization
from catalog.order import disorder
from catalog.problem import Edit, Problem
from catalog.schema import Schema
from catalog.source import Reading, parse

ROUNDS = 8  # a repair may bring to light what could not be read before
LINE_END = re.compile(r" +(?=\r?$)", re.MULTILINE)


def fix(root: Path, schema: Schema, chosen: Callable[[str], bool]) -> list[str]:
    """Repair the chosen files below `entries/` and give the paths of those that changed.

    Raises OSError if a file cannot be written.
    """
    files = [path for path in find(root)[0] if chosen(path)]
    changed: set[str] = set()
    for _ in range(ROUNDS):
        edits = _edits(root, schema)
        mended = [path for path in files if path in edits and _mend(root, path, schema, edits[path])]
        if not mended:
            break
        changed.update(mended)
    changed.update(path for path in files if _tidy(root, path, schema))
    return sorted(changed)


def _edits(root: Path, schema: Schema) -> dict[str, set[Edit]]:
    """The repairs that the problems of each file carry."""
    found: dict[str, set[Edit]] = {}
    for problem in check(root, schema)[1]:
        if problem.edit:
            found.setdefault(problem.file, set()).add(problem.edit)
    return found


def _mend(root: Path, path: str, schema: Schema, edits: Iterable[Edit]) -> bool:
    """Apply what makes a file no worse, from the end on, so that the other offsets stay right."""
    text = old = _text(root / path)
    for edit in sorted(edits, reverse=True):
        better = _edited(text, edit)
        if better != text and _faults(better, path, schema) <= _faults(text, path, schema):
            text = better
    return text != old and _write(root / path, text)


def _edited(text: str, edit: Edit) -> str:
    end = edit.start + len(edit.old)
    return text[: edit.start] + edit.new + text[end:] if text[edit.start : end] == edit.old else text


def _faults(text: str, path: str, schema: Schema) -> int:
    """How many problems a file has by itself."""
    reading = parse(_bytes(text), path, schema.numbers)
    return len(reading.problems) + len(_misfits(reading, path, schema))


def _misfits(reading: Reading, path: str, schema: Schema) -> list[Problem]:
    return schema.problems(reading.source, organization=is_organization(path)) if reading.source else []


def _tidy(root: Path, path: str, schema: Schema) -> bool:
    """Bring the lines of a file that can be read into shape, and of one that fits its fields; it says the same then."""
    old = _text(root / path)
    reading = parse(_bytes(old), path, schema.numbers)
    if reading.problems:
        return False
    text = LINE_END.sub("", old)
    if not text.endswith("\n"):
        text += "\r\n" if "\r\n" in text else "\n"
    if not _misfits(reading, path, schema):
        text = _in_order(text, path, schema)
    return text != old and _write(root / path, text)


def _in_order(text: str, path: str, schema: Schema) -> str:
    """Move the fields of one group after the other."""
    alone = is_organization(path)
    source = parse(text.encode(), path, schema.numbers).source
    while source and (edit := disorder(source, schema, organization=alone)):
        moved = parse(_edited(source.text, edit).encode(), path, schema.numbers)
        if moved.problems or moved.source is None or moved.source.data != source.data:
            break
        source = moved.source
    return source.text if source else text


def _text(file: Path) -> str:
    """The text of a file, in which bytes that are not UTF-8 survive."""
    return file.read_bytes().decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _write(file: Path, text: str) -> bool:
    """Put a file in the place of another, whole or not at all; a link would be replaced and not followed."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(_bytes(text))
        Path(name).chmod(file.lstat().st_mode & 0o777)
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)  # there only if something went wrong, or somebody pressed Ctrl-C
    return True
