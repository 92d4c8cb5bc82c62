"""Write the generated files at the tip of a branch, commit them if they differ, and push, however many others push."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from catalog.command import ROOT, home, language, refused, run
from catalog.git import fetch, git
from catalog.github import BOT, BOT_ADDRESS, repository
from catalog.problem import Text, WrongUseError
from catalog.wording import say

TRIES = 10  # so many merges in the seconds that a try takes are none that people make
MESSAGE = "Regenerate the lists"
DIRTY = Text("there are changes that are not committed; commit them first", "有未提交的改动；请先提交")
PUSHED = Text("pushed the generated files", "已推送生成的文件")
FORK = Text("this is a fork of {}; there is nothing to regenerate", "这是 {} 的复刻（fork）；无需重新生成")
LOST = Text(f"somebody else was faster {TRIES} times; run this again", f"{TRIES} 次都有人先推送；请重新运行")


def main(argv: Sequence[str]) -> int:
    """Return 0 if the branch is current then, 1 if the files could not be written or pushed, 2 for wrong use."""
    parser = argparse.ArgumentParser(prog="regenerate.py", description=__doc__)
    parser.add_argument("--remote", default="origin", help="where the branch is (default: origin)")
    parser.add_argument("--branch", default="main", help="which branch (default: main)")
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    try:
        return _regenerate(Path(options.root), options.remote, options.branch)
    except WrongUseError as error:
        return refused("regenerate.py", error, language())


def _regenerate(root: Path, remote: str, branch: str) -> int:
    if repository() and not home(root).endswith(f"/{repository()}"):
        return _say(Text(*(said.format(home(root)) for said in FORK)), 0)
    if _changed(root):
        raise WrongUseError(DIRTY)
    for _ in range(TRIES):
        _stand_at_tip(root, remote, branch)
        code = subprocess.run([sys.executable, "scripts/generate.py"], cwd=root, check=False).returncode
        if code or not _changed(root):
            return code
        _commit(root)
        if _pushed(root, remote, branch):
            return _say(PUSHED, 0)
    return _say(LOST, 1)


def _changed(root: Path) -> bool:
    return git(root, "status", "--porcelain", "-z") != b""


def _stand_at_tip(root: Path, remote: str, branch: str) -> None:
    """Leave the branches of this clone alone: a commit that is not pushed is forgotten."""
    fetch(root, remote, f"refs/heads/{branch}")
    git(root, "checkout", "--quiet", "--detach", "FETCH_HEAD")


def _commit(root: Path) -> None:
    who = ("-c", f"user.name={BOT}", "-c", f"user.email={BOT_ADDRESS}", "-c", "commit.gpgSign=false")
    git(root, "add", "--all")
    git(root, *who, "commit", "--quiet", "--message", MESSAGE)


def _pushed(root: Path, remote: str, branch: str) -> bool:
    """Whether the push was taken: it is not if the branch has moved on."""
    before = git(root, "rev-parse", "FETCH_HEAD")
    try:
        git(root, "push", "--quiet", "--end-of-options", remote, f"HEAD:refs/heads/{branch}")
    except WrongUseError:
        fetch(root, remote, f"refs/heads/{branch}")
        if git(root, "rev-parse", "FETCH_HEAD") == before:
            raise  # nobody was faster: the push is not allowed
        return False
    return True


def _say(text: Text, code: int) -> int:
    print(say(text, language()))
    return code


if __name__ == "__main__":
    raise SystemExit(run(main))
