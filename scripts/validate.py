"""Check entries: all of them, or these files and folders, always against the whole catalog."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from catalog.check import check
from catalog.command import ROOT, language, run
from catalog.files import find
from catalog.problem import Problem
from catalog.report import FORMATS
from catalog.schema import Schema


def main(argv: Sequence[str]) -> int:
    """Return 0 for no problems, 1 for problems, 2 for wrong use."""
    options = _options(argv)
    root = Path(options.root)
    wanted = [_below(root, path) for path in options.paths]
    catalog, problems = check(root, Schema.load(root / "schema"))
    files = [path for path in find(root)[0] if _chosen(path, wanted)]
    shown = [problem for problem in problems if _chosen(problem.file, wanted)]
    sys.stdout.write(FORMATS[options.format](shown, len(files), options.lang))
    return _exit_code(shown, empty=not catalog.entries and not problems)


def _exit_code(problems: Sequence[Problem], *, empty: bool) -> int:
    if empty:
        print("no entries found", file=sys.stderr)
    return 1 if problems or empty else 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="validate.py", description=__doc__)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a file or folder of entries (default: all)")
    default = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    parser.add_argument("--format", choices=FORMATS, default=default, help="how problems are shown")
    parser.add_argument("--lang", choices=("en", "zh"), default=language(), help="language of the messages")
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _below(root: Path, path: str) -> str:
    """Name a path as problems name it; a path that is not there, or not in the project, is wrong use."""
    full = Path(path).absolute()
    if not full.exists() and not full.is_symlink():
        raise SystemExit(f"validate.py: no such file or folder: {path}")
    return full.relative_to(root.absolute()).as_posix()


def _chosen(path: str, wanted: Sequence[str]) -> bool:
    return not wanted or any(
        path == chosen or path.startswith(chosen.rstrip("/") + "/") or chosen == "." for chosen in wanted
    )


if __name__ == "__main__":
    raise SystemExit(run(main))
