"""Show what a pull request does to the catalog, for its author and its reviewer, in English and Chinese."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from catalog.command import ROOT, home, run
from catalog.comment import as_json, as_markdown
from catalog.history import WrongUseError, merge_base, state_at, touched
from catalog.preview import Preview, preview
from catalog.problem import inert

BASE = "origin/main"


def main(argv: Sequence[str]) -> int:
    """Return 0 if it could be made, also with problems; 1 for files in the wrong place; 2 for wrong use."""
    options = _options(argv)
    try:
        found = _preview(Path(options.root), options.base, options.head)
    except WrongUseError as error:
        print(f"preview.py: {inert(error.text.en)}\npreview.py: {inert(error.text.zh)}", file=sys.stderr)
        return 2
    print(as_json(found) if options.format == "json" else as_markdown(found), end="")
    return 1 if found.strays else 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="preview.py", description=__doc__)
    parser.add_argument("base", metavar="BASE", nargs="?", default=BASE, help=f"where it is merged into ({BASE})")
    parser.add_argument("head", metavar="HEAD", nargs="?", help="the pull request (default: the working tree)")
    parser.add_argument("--format", choices=("markdown", "json"), default="markdown", help="how it is shown")
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _preview(root: Path, base: str, head: str | None) -> Preview:
    start = merge_base(root, base, head or "HEAD")
    after = state_at(root, head)
    return preview(state_at(root, start), after, touched(root, start, head), home(root), after.commit)


if __name__ == "__main__":
    raise SystemExit(run(main))
