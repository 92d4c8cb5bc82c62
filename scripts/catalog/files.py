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
ALONE = ORGANIZATION.removesuffix(".yaml")
SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
MAX_SLUG = 64
# Names that Windows keeps for devices, with any ending: there, the whole project could not be checked out.
DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
# What stands in the path of a new file for its author to replace, and what is to stand there.
PLACEHOLDERS = {
    "ORGANIZATION": (Text("the organization", "该机构"), Text("<folder of the organization>", "<机构的文件夹>")),
    "MODEL": (Text("the model", "该模型"), Text("<model>", "<模型>")),
}
YAML_NAME = re.compile(r"(.+?)((?:\.ya?ml)+)", re.IGNORECASE | re.DOTALL)
NO_ENTRIES = Text("no entries found", "没有找到条目")
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
        found = list(_faults(path, mode))
        problems += found
        if not found:
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


def _faults(path: str, mode: int) -> Iterator[Problem]:
    """Everything that is wrong with the place and the name of a file."""
    if path == ENTRIES or not mode:
        yield Problem(path, 1, 1, "not-a-file", *NOT_A_FOLDER)
    elif not stat.S_ISREG(mode):
        yield Problem(path, 1, 1, "not-a-file", *NOT_A_FILE)
    else:
        _, *folders, name = path.split("/")
        if len(folders) == 1:
            yield from _misnamed(path, folders[0], name)
        else:
            message = Text("not in the folder of an organization", "不在机构的文件夹里")
            yield Problem(path, 1, 1, "file-place", message, move(folders[:1], name))


def move(folders: list[str], name: str) -> Text:
    """Where a file from elsewhere belongs, rightly named; `folders` is empty if its organization is not known."""
    match = YAML_NAME.fullmatch(name)
    if match is None:
        return Text("remove it", "请移走")
    folder = _part("".join(folders), "ORGANIZATION")
    file = Text(ORGANIZATION, ORGANIZATION) if match[1].lower() == ALONE else _part(match[1], "MODEL", ".yaml")
    en, zh = (show(f"{ENTRIES}/{one}/{other}") for one, other in zip(folder, file, strict=True))
    return Text(f"move it to {en}", f"请移到 {zh}")


def _part(part: str, meaning: str, ending: str = "") -> Text:
    """A part of a path as it should be written, or what is to stand there."""
    better = _better(part)
    en, zh = (better, better) if better else PLACEHOLDERS[meaning][1]
    return Text(en + ending, zh + ending)


def _misnamed(path: str, folder: str, name: str) -> Iterator[Problem]:
    """Every part of a path that is not written as it should be."""
    match = YAML_NAME.fullmatch(name)
    for part in [folder, *([match[1]] if match and match[1] != ALONE else [])]:
        if found := slug_fault(part):
            yield _named(path, *found)
    if match is None:
        message = Text("a file name that does not end with .yaml", "文件名没有以 .yaml 结尾")
        yield _named(path, message, Text("rename or remove it", "请改名或移走"))
    elif match[2] != ".yaml":
        message = Text(f"the file name ends with {show(match[2])}", f"文件名以 {show(match[2])} 结尾")
        better = show(f"{_better(match[1]) or match[1]}.yaml")
        yield _named(path, message, Text(f"rename it to {better}", f"请改名为 {better}"))


def _named(path: str, message: Text, repair: Text) -> Problem:
    return Problem(path, 1, 1, "file-name", message, repair)


def slug_fault(part: str) -> tuple[Text, Text] | None:
    """What is wrong with a part of an id, and the repair."""
    if DEVICE.fullmatch(part):
        message = Text(f"Windows keeps the name {show(part)} for itself", f"Windows 保留了 {show(part)} 这个名字")
        base, dot, rest = part.partition(".")
        return message, Text(f"rename it to '{base}-1{dot}{rest}'", f"请改名为 '{base}-1{dot}{rest}'")
    if part.upper() in PLACEHOLDERS:
        message = Text(f"{show(part)} is the placeholder of the example", f"{show(part)} 是示例里的占位名称")
        whose = PLACEHOLDERS[part.upper()][0]
        return message, Text(f"write the English name or pinyin of {whose.en}", f"请写{whose.zh}的英文名或拼音")
    if _well_formed(part):
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


def _well_formed(part: str) -> bool:
    return len(part) <= MAX_SLUG and bool(SLUG.fullmatch(part))


def _better(part: str) -> str:
    """A part of an id as it should be written, if it is known."""
    better = slugged(part)
    return better if _well_formed(better) and better.upper() not in PLACEHOLDERS else ""


def _slug_repair(part: str) -> Text:
    better = _better(part)
    if better:
        return Text(f"rename it to '{better}'", f"请改名为 '{better}'")
    return Text("use the English name or pinyin", "请用英文名或拼音")
