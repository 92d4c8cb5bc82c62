"""Find the files of the catalog, and everything that lies among them by mistake."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from catalog.problem import Problem, Text

ENTRIES = "entries"
ORGANIZATION = "_organization.yaml"
SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
MAX_SLUG = 64


def find(root: Path) -> tuple[list[str], list[Problem]]:
    """List the files below `entries/`, as paths relative to `root`, and the files that do not belong there."""
    files: list[str] = []
    problems: list[Problem] = []
    for path, mode in _walk(root, ENTRIES):
        found = _misplaced(path, mode)
        if found:
            problems.append(found)
        else:
            files.append(path)
    return files, problems


def _walk(root: Path, folder: str) -> Iterator[tuple[str, int]]:
    """Every file below a folder in order of names, with its kind; links are not followed."""
    with os.scandir(root / folder) as found:
        items = sorted(found, key=lambda item: item.name)
    for item in items:
        path = f"{folder}/{item.name}"
        mode = item.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            yield from _walk(root, path)
        else:
            yield path, mode


def _misplaced(path: str, mode: int) -> Problem | None:
    if not stat.S_ISREG(mode):
        message = Text("not a regular file", "不是普通文件")
        return Problem(path, 1, 1, "not-a-file", message, Text("put the file itself here", "请放入文件本身"))
    parts = path.split("/")[1:]
    if len(parts) != 2:  # noqa: PLR2004 - folder and file
        message = Text("not in the folder of an organization", "不在机构的文件夹里")
        return Problem(
            path,
            1,
            1,
            "file-place",
            message,
            Text("move it to entries/organization/model.yaml", "请移到 entries/机构/模型.yaml"),
        )
    return _misnamed(path, *parts)


def _misnamed(path: str, folder: str, name: str) -> Problem | None:
    stem, dot, ending = name.rpartition(".")
    if dot + ending != ".yaml":
        message = Text("a file name that does not end with .yaml", "文件名没有以 .yaml 结尾")
        return Problem(path, 1, 1, "file-name", message, Text("rename or remove it", "请改名或移走"))
    for part in [folder] if name == ORGANIZATION else [folder, stem]:
        if len(part) > MAX_SLUG or not SLUG.fullmatch(part):
            message = Text(
                f"'{part}' is not made of lower-case letters, digits and single '-' or '.' (at most {MAX_SLUG})",
                f"'{part}' 只能由小写字母、数字和单个 '-' 或 '.' 组成（最多 {MAX_SLUG} 个字符）",
            )
            return Problem(path, 1, 1, "file-name", message, _slug_repair(part))
    return None


def _slug_repair(part: str) -> Text:
    better = re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-")
    if SLUG.fullmatch(better):
        return Text(f"rename it to '{better}'", f"请改名为 '{better}'")
    return Text("use the English name or pinyin", "请用英文名或拼音")
