"""The catalog as it was at a commit, or as it is in the working tree."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from catalog.check import check
from catalog.entry import Catalog
from catalog.example import example
from catalog.files import DEVICE, ENTRIES, NOT_A_FILE, NOT_A_FOLDER
from catalog.git import git, named, resolve
from catalog.problem import Problem, Text, WrongUseError
from catalog.schema import Schema, quick, unusable
from catalog.source import MAX_BYTES

SCHEMA = "schema"
MOST_FILES = 50_000  # five times as many entries as the README is made for
MOST_BYTES = 256 * 1024 * 1024  # of all files together
SCHEMA_BYTES = 1024 * 1024  # of one file of the schema
UNWRITABLE = Text("a file name that not every system can hold", "并非所有系统都支持的文件名")
RENAME = Text("rename it", "请改名")


@dataclass(frozen=True)
class State:
    """The catalog at a commit, or in the working tree (`commit` is None), with its problems, sorted.

    `schema` is the one that judged it.
    """

    catalog: Catalog
    problems: tuple[Problem, ...]
    schema: Schema
    commit: str | None = None


class _Blob(NamedTuple):
    """A file of a commit: its kind and size, git's name of what is in it, and its path."""

    mode: int
    name: str
    size: int
    path: str

    @property
    def regular(self) -> bool:
        return stat.S_ISREG(self.mode)


def state_at(
    root: Path, revision: str | None, schema_from: str | None = None, touched: Iterable[tuple[str, str]] = ()
) -> State:
    """Read and check the entries of a revision, or of the working tree (None).

    `schema_from` is the revision whose `schema/` judges those of another and excuses from rules; if it is not given,
    they bring their own, as the working tree always does. `touched` is as `check` has it; two states are compared by
    the same. Nothing is checked out, and nothing of the commit is followed or executed. Raises WrongUseError for what
    is not there or cannot be used.
    """
    if revision is None:
        if schema_from is not None:
            raise ValueError("the working tree is judged by its own schema")
        return _checked(root, [], None, touched)
    commit = resolve(root, revision)
    with laid_out(root, commit, schema_from) as (scratch, problems):
        return _checked(scratch, problems, commit, touched)


@contextmanager
def laid_out(root: Path, commit: str, schema_from: str | None) -> Iterator[tuple[Path, list[Problem]]]:
    """Write the entries and the schema of a commit into a folder for a while; give a problem for what is no file."""
    with tempfile.TemporaryDirectory(prefix="catalog-") as name:
        scratch = Path(name)
        if schema_from is None:
            yield scratch, _lay_out(root, commit, scratch, ENTRIES, SCHEMA)
        else:
            _lay_out(root, resolve(root, schema_from), scratch, SCHEMA)
            yield scratch, _lay_out(root, commit, scratch, ENTRIES)


def _checked(root: Path, problems: Iterable[Problem], commit: str | None, touched: Iterable[tuple[str, str]]) -> State:
    schema = _load(root / SCHEMA)
    catalog, found = check(root, schema, touched)
    return State(catalog, tuple(sorted({*found, *problems})), schema, commit)


def _load(folder: Path) -> Schema:
    """Load a schema that may be a stranger's: one that cannot be used is wrong use."""
    try:
        schema = Schema.load(folder)
        quick(schema.entry), quick(schema.organization), example(schema)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise unusable(error) from None
    return schema


def _lay_out(root: Path, commit: str, scratch: Path, *folders: str) -> list[Problem]:
    """Write the plain files of some folders below `scratch`; give a problem for each of the others."""
    blobs = list(_listed(root, commit, *folders))
    if len(blobs) > MOST_FILES or sum(_kept(blob) for blob in blobs) > MOST_BYTES:
        raise WrongUseError(Text(f"{folders[0]}/ is too large to be read", f"{folders[0]}/ 太大，无法读取"))
    plain = [blob for blob in blobs if blob.regular]
    problems = [_unfollowed(blob.path) for blob in blobs if not blob.regular]
    for blob, data in zip(plain, _from_git(root, plain), strict=True):
        if not _written(scratch, blob, data):
            problems.append(Problem(blob.path, 1, 1, "file-name", UNWRITABLE, RENAME))
    return problems


def _unfollowed(path: str) -> Problem:
    return Problem(path, 1, 1, "not-a-file", *(NOT_A_FOLDER if path == ENTRIES else NOT_A_FILE))


def _limit(blob: _Blob) -> int:
    return SCHEMA_BYTES if blob.path.startswith(SCHEMA + "/") else MAX_BYTES


def _kept(blob: _Blob) -> int:
    """How many bytes of a file are read: none of one that the reader refuses for its size."""
    return blob.size if blob.size <= _limit(blob) else 0


def _listed(root: Path, commit: str, *folders: str) -> Iterator[_Blob]:
    """What a commit has in some folders, or in their places."""
    output = git(root, "ls-tree", "-r", "-l", "-z", "--full-tree", commit, "--", *folders)
    for line in output.split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, _, name, size = facts.decode("ascii").split()
        if size == "BAD":
            raise _lost(name)
        yield _Blob(int(mode, 8), name, int(size) if size.isdecimal() else 0, named(path))


def _from_git(root: Path, blobs: Iterable[_Blob]) -> Iterator[bytes]:
    """The contents of files, all from one process, in their order; nothing of those that are too large."""
    wanted = {blob.name: blob for blob in blobs if _kept(blob)}
    output = git(root, "cat-file", "--batch", given="".join(f"{name}\n" for name in wanted).encode())
    contents, start = {}, 0
    for name in wanted:
        head, _, _ = output[start : start + 200].partition(b"\n")
        _, kind, *size = head.split()
        if kind != b"blob":
            raise _lost(name)
        begin = start + len(head) + 1
        start = begin + int(size[0]) + 1
        contents[name] = output[begin : start - 1]
    yield from (contents.get(blob.name, b"") for blob in blobs)


def _lost(name: str) -> WrongUseError:
    return WrongUseError(Text(f"git has lost the object {name}; clone again", f"git 缺少对象 {name}；请重新克隆"))


def _written(scratch: Path, blob: _Blob, data: bytes) -> bool:
    """Write a file below `scratch` and nowhere else; say whether its name allowed it.

    One that is too large becomes a hole that is as large as the reader refuses.
    """
    if not all(map(_harmless, blob.path.split("/"))):
        return False
    file = scratch / blob.path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as stream:
            stream.write(data)
            stream.truncate(min(blob.size, _limit(blob) + 1))
    except (OSError, ValueError):  # too long, or the same to this system as another name
        return False
    return True


def _harmless(part: str) -> bool:
    """Whether a part of a path names a file of its folder, and nothing else on this system."""
    if os.name == "nt" and (re.search(r"[\\:]", part) or DEVICE.fullmatch(part.lower())):
        return False
    return part not in ("", ".", "..")
