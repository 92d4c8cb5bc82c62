"""Say whether a pull request edits a generated file by hand, and which command undoes that."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from catalog.command import ROOT, home, on_github, refused, run
from catalog.generated import edited, told
from catalog.git import fork_point, merge_base, touched
from catalog.problem import Problem, Text, WrongUseError
from catalog.report import as_both
from catalog.wording import LANGUAGES

BASE = "origin/main"
FINE = Text("no generated file is edited", "没有改动自动生成的文件")


def main(argv: Sequence[str]) -> int:
    """Return 0 if generated files are left alone, 1 if one is edited, added or deleted, 2 for wrong use."""
    options = _options(argv)
    try:
        found, files = _found(Path(options.root), options.base, options.head)
    except WrongUseError as error:
        return refused("guard.py", error, *LANGUAGES)
    if not found:
        print(FINE.both)
        return 0
    print(as_both(found, files, annotations=on_github()), end="")
    return 1


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="guard.py", description=__doc__)
    parser.add_argument("base", metavar="BASE", nargs="?", default=BASE, help=f"where it is merged into ({BASE})")
    parser.add_argument("head", metavar="HEAD", nargs="?", help="the pull request (default: the working tree)")
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _found(root: Path, base: str, head: str | None) -> tuple[list[Problem], int]:
    """A problem for each edited file, and the number of files that the pull request touches."""
    start = merge_base(root, base, head or "HEAD")
    files = touched(root, start, head)
    by_hand = edited(files)
    began = fork_point(root, base, head or "HEAD") if by_hand else start
    return told(by_hand, began, home(root)), len(files)


if __name__ == "__main__":
    raise SystemExit(run(main))
