"""Find the files of the catalog, and everything that lies among them by mistake."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from catalog.problem import Problem, Text, show

ENTRIES = "entries"
ORGANIZATION = "_organization.yaml"
SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
MAX_SLUG = 64
# Names that Windows keeps for devices, with any ending: there, the whole project could not be checked out.
DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
YAML_NAME = re.compile(r"(.+?)((?:\.ya?ml)+)", re.IGNORECASE | re.DOTALL)
NOT_A_FILE = (Text("not a regular file", "不是普通文件"), Text("put the file itself here", "请放入文件本身"))
NOT_A_FOLDER = (Text("not a folder that can be read", "不是可以读取的文件夹"), Text("make it one", "请改为文件夹"))


def path_of(entry_id: str) -> str:
    """Give the path of an entry's file, relative to the project."""
    return f"{ENTRIES}/{entry_id}.yaml"


def id_of(path: str) -> str:
    """Give the id that a file below `entries/` has."""
    return path.removeprefix(f"{ENTRIES}/").removesuffix(".yaml")


def is_organization(path: str) -> bool:
    """Whether a file describes an organization and no entry."""
    return path.endswith(f"/{ORGANIZATION}")


def find(root: Path) -> tuple[list[str], list[Problem]]:
    """List the files below `entries/`, as paths relative to `root`, and the files that do not belong there."""
    files: list[str] = []
    problems: list[Problem] = []
    for path, mode in _walk(root):
        found = _misplaced(path, mode)
        if found:
            problems.append(found)
        else:
            files.append(path)
    return files, problems


def _walk(root: Path) -> Iterator[tuple[str, int]]:
    """Every file below `entries/` in order of names, with its kind; links are not followed.

    The kind of what cannot be looked into is 0. There is no recursion, which folders within folders could exhaust.
    """
    try:
        ahead = [(ENTRIES, (root / ENTRIES).lstat().st_mode)]
    except FileNotFoundError:
        return
    while ahead:
        path, mode = ahead.pop()
        if stat.S_ISDIR(mode):
            ahead += reversed(_inside(root, path))
        else:
            yield path, mode


def _inside(root: Path, folder: str) -> list[tuple[str, int]]:
    try:
        with os.scandir(root / folder) as items:
            return sorted((f"{folder}/{item.name}", item.stat(follow_symlinks=False).st_mode) for item in items)
    except OSError:
        return [(folder, 0)]


def _misplaced(path: str, mode: int) -> Problem | None:
    if path == ENTRIES or not mode:
        return Problem(path, 1, 1, "not-a-file", *NOT_A_FOLDER)
    if not stat.S_ISREG(mode):
        return Problem(path, 1, 1, "not-a-file", *NOT_A_FILE)
    _, *parts = path.split("/")
    if len(parts) == 2:  # noqa: PLR2004 - folder and file
        return _misnamed(path, *parts)
    message = Text("not in the folder of an organization", "不在机构的文件夹里")
    return Problem(path, 1, 1, "file-place", message, _move(parts))


def _move(parts: list[str]) -> Text:
    """Where a file that lies somewhere else belongs."""
    if not YAML_NAME.fullmatch(parts[-1]):
        return Text("remove it", "请移走")
    folders = (parts[0], parts[0]) if len(parts) > 1 else ("organization", "机构")
    en, zh = (show(f"{ENTRIES}/{folder}/{parts[-1]}") for folder in folders)
    return Text(f"move it to {en}", f"请移到 {zh}")


def _misnamed(path: str, folder: str, name: str) -> Problem | None:
    match = YAML_NAME.fullmatch(name)
    if match is None:
        message = Text("a file name that does not end with .yaml", "文件名没有以 .yaml 结尾")
        return _named(path, message, Text("rename or remove it", "请改名或移走"))
    if match[2] != ".yaml":
        message = Text(f"the file name ends with {show(match[2])}", f"文件名以 {show(match[2])} 结尾")
        better = show(f"{match[1]}.yaml")
        return _named(path, message, Text(f"rename it to {better}", f"请改名为 {better}"))
    for part in [folder] if name == ORGANIZATION else [folder, match[1]]:
        found = slug_fault(part)
        if found:
            return _named(path, *found)
    return None


def _named(path: str, message: Text, repair: Text) -> Problem:
    return Problem(path, 1, 1, "file-name", message, repair)


def slug_fault(part: str) -> tuple[Text, Text] | None:
    """What is wrong with a part of an id, and the repair."""
    if DEVICE.fullmatch(part):
        message = Text(f"Windows keeps the name {show(part)} for itself", f"Windows 保留了 {show(part)} 这个名字")
        base, dot, rest = part.partition(".")
        return message, Text(f"rename it to '{base}-1{dot}{rest}'", f"请改名为 '{base}-1{dot}{rest}'")
    if len(part) <= MAX_SLUG and SLUG.fullmatch(part):
        return None
    message = Text(
        f"{show(part)} is not made of lower-case letters, digits and single '-' or '.' (at most {MAX_SLUG})",
        f"{show(part)} 只能由小写字母、数字和单个 '-' 或 '.' 组成（最多 {MAX_SLUG} 个字符）",
    )
    return message, _slug_repair(part)


def slugged(text: str) -> str:
    """Write a text with lower-case letters, digits and single '-' or '.'; not every one makes a part of an id so."""
    words = re.sub(r"[^a-z0-9.]+", "-", text.lower())
    return re.sub(r"[.-]*\.[.-]*", ".", words).strip("-.")


def _slug_repair(part: str) -> Text:
    better = slugged(part)
    if len(better) <= MAX_SLUG and SLUG.fullmatch(better):
        return Text(f"rename it to '{better}'", f"请改名为 '{better}'")
    return Text("use the English name or pinyin", "请用英文名或拼音")
