"""Ask git, so that nobody's settings change the answer, and say plainly what cannot be asked."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from catalog.problem import Text, WrongUseError, show, visible

FULL = re.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?")  # a commit's name under SHA-1 or SHA-256
SETTINGS = {
    "LC_ALL": "C",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",  # reading must not write
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
}
# What git may be told to show otherwise. Nothing of it is a user's to choose here.
DIFFERENCE = ("--name-status", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative")


NO_GIT = Text("git is not installed; install it first", "没有安装 git；请先安装")
NO_REPOSITORY = Text(
    "not the top folder of a git repository; get the project with `git clone`",
    "不是 git 仓库的顶层文件夹；请用 `git clone` 获取本项目",
)
SHALLOW = Text(
    "; the clone is shallow: run `git fetch --unshallow`, or set `fetch-depth: 0` in a workflow",
    "；这是浅克隆：请运行 `git fetch --unshallow`，或在工作流中设置 `fetch-depth: 0`",
)
FETCH = Text("; get it with `git fetch`", "；请用 `git fetch` 获取")


def _run(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = ["git", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", *arguments]
    environment = {**os.environ, **SETTINGS}
    try:
        return subprocess.run(  # noqa: S603 - a list, and what is data in it follows --end-of-options or --
            program, cwd=root, env=environment, input=given, capture_output=True, check=False
        )
    except OSError:
        raise (WrongUseError(NO_GIT) if root.is_dir() else _no_repository(root)) from None
    except ValueError as error:  # a NUL in an argument
        raise _refused(str(error)) from None


def git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Give what git prints. Raises WrongUseError, in git's own words, for what it cannot do."""
    done = _run(root, *arguments, given=given)
    if done.returncode:
        raise _refused(done.stderr.decode("utf-8", "replace"))
    return done.stdout


def _refused(words: str) -> WrongUseError:
    first = visible(next(iter(words.splitlines()), ""))
    return WrongUseError(Text(f"git cannot do it: {first}", f"git 无法完成：{first}"))


def _no_repository(root: Path) -> WrongUseError:
    """Say that a folder is none of git's."""
    shown = visible(os.fspath(root))
    return WrongUseError(Text(f"{shown}: {NO_REPOSITORY.en}", f"{shown}：{NO_REPOSITORY.zh}"))


def resolve(root: Path, revision: str) -> str:
    """Give the full name of the commit that a revision means; `root` is the top folder of the repository.

    Raises WrongUseError if it is not, or if there is no such commit.
    """
    question = ("--show-prefix", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    done = _run(root, "rev-parse", *question)
    prefix, line, commit = done.stdout.decode("utf-8", "replace").partition("\n")
    if prefix or not line:  # within a repository, perhaps somebody's other one; or git refuses to look
        raise _refused(done.stderr.decode("utf-8", "replace")) if b"dubious" in done.stderr else _no_repository(root)
    if done.returncode or not revision or not FULL.fullmatch(commit.strip()):
        raise _unknown(root, revision)
    return commit.strip()


def _unknown(root: Path, revision: str) -> WrongUseError:
    more = SHALLOW if is_shallow(root) else FETCH
    shown = show(revision)
    return WrongUseError(Text(f"{shown} is no commit here{more.en}", f"这里没有提交 {shown}{more.zh}"))


def is_shallow(root: Path) -> bool:
    """Whether the clone lacks a part of its history."""
    return _run(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def merge_base(root: Path, one: str, other: str) -> str:
    """Give the commit from which two revisions went apart. Raises WrongUseError if there is none."""
    commits = resolve(root, one), resolve(root, other)
    done = _run(root, "merge-base", *commits)
    if not done.returncode:
        return done.stdout.decode("ascii").strip()
    more = SHALLOW if is_shallow(root) else Text("", "")
    pair = f"{show(one)}", f"{show(other)}"
    en = f"{' and '.join(pair)} have no commit in common{more.en}"
    raise WrongUseError(Text(en, f"{' 与 '.join(pair)} 没有共同的提交{more.zh}"))


def parents(root: Path, revision: str) -> list[str]:
    """Give the full names of the commits that a commit follows."""
    commit = resolve(root, revision)
    return git(root, "rev-list", "--parents", "--max-count=1", commit).decode("ascii").split()[1:]


def fetch(root: Path, remote: str, reference: str) -> None:
    """Get a branch or another reference of a remote repository, and nothing else of it."""
    git(root, "fetch", "--quiet", "--no-tags", "--end-of-options", remote, reference)


def fork_point(root: Path, base: str, head: str) -> str:
    """Give the commit from which the author's branch began, which the author has.

    GitHub checks out a pull request merged into the tip of its base. That tip is the merge base then, but it may be
    newer than anything that the author has; the branch itself is the second parent.
    """
    found = merge_base(root, base, head)
    above = parents(root, head)
    if len(above) == 2 and above[0] == found:  # noqa: PLR2004 - a merge of two
        try:
            return merge_base(root, base, above[1])
        except WrongUseError:  # not that much of the history is here
            return found
    return found


def touched(root: Path, base: str, head: str | None) -> list[tuple[str, str]]:
    """List what differs between two commits, or a commit and the working tree (`head=None`), by path.

    A status is one letter of git's: A added, D deleted, M changed, T of another kind. A renamed file is a deleted one
    and an added one. Files that git does not know yet, and does not ignore, are added.
    """
    commits = [resolve(root, revision) for revision in (base, head) if revision is not None]
    fields = _fields(git(root, "diff", *DIFFERENCE, "--ignore-submodules=none", *commits, "--"))
    found = dict(zip(fields[1::2], (status[:1] for status in fields[::2]), strict=True))
    if head is None:
        for path in _fields(git(root, "ls-files", "--others", "--exclude-standard", "-z")):
            found[path] = "M" if path in found else "A"
    return [(status, path) for path, status in sorted(found.items())]


def _fields(output: bytes) -> list[str]:
    return [named(field) for field in output.split(b"\0")[:-1]]


def named(raw: bytes) -> str:
    """Read a name that git gives; bytes that are no UTF-8 stay apart from all characters."""
    return raw.decode("utf-8", "surrogateescape")
