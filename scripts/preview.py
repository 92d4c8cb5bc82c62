"""Show what a pull request does to the catalog, for its author and its reviewer, in English and Chinese."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from catalog.branch import looked_at
from catalog.command import ROOT, on_github, refused, run
from catalog.comment import as_json, as_markdown
from catalog.preview import Preview
from catalog.problem import WrongUseError
from catalog.report import as_both
from catalog.room import SUMMARY
from catalog.wording import LANGUAGES

BASE = "origin/main"


def main(argv: Sequence[str]) -> int:
    """Return 0 if it could be made, also with problems; 1 for files in the wrong place; 2 for wrong use."""
    options = _options(argv)
    try:
        found = looked_at(Path(options.root), options.base, options.head)
    except WrongUseError as error:
        return refused("preview.py", error, *LANGUAGES)
    if options.format == "json":
        print(as_json(found), end="")
    else:
        print(as_markdown(found, SUMMARY), end="")
        print(_untold(found), end="", file=sys.stderr)
    return 1 if found.strays else 0


def _untold(found: Preview) -> str:
    """The files in the wrong place, which no other command tells; the preview itself goes to the summary."""
    return as_both(found.strays, len(found.strays), annotations=on_github()) if found.strays else ""


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="preview.py", description=__doc__)
    parser.add_argument("base", metavar="BASE", nargs="?", default=BASE, help=f"where it is merged into ({BASE})")
    parser.add_argument("head", metavar="HEAD", nargs="?", help="the pull request (default: the working tree)")
    parser.add_argument("--format", choices=("markdown", "json"), default="markdown", help="how it is shown")
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(run(main))
