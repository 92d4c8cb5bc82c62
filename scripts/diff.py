"""Show what changed between two states of the catalog, as Markdown for people or JSON for programs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from catalog.changes import changes
from catalog.command import ROOT, language, refused, run
from catalog.difference import as_json, as_markdown
from catalog.history import state_at
from catalog.problem import WrongUseError


def main(argv: Sequence[str]) -> int:
    """Return 0 if both states could be read, whatever changed, and 2 for wrong use."""
    options = _options(argv)
    root = Path(options.root)
    try:
        before, after = (state_at(root, revision) for revision in (options.base, options.head))
    except WrongUseError as error:
        return refused("diff.py", error, options.lang)
    found = changes(before.catalog, after.catalog)
    if options.format == "json":
        print(as_json(before, after, found), end="")
    else:
        print(as_markdown(before, after, found, options.lang), end="")
    return 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="diff.py", description=__doc__)
    parser.add_argument("base", metavar="BASE", help="a commit, branch or tag")
    parser.add_argument("head", metavar="HEAD", nargs="?", help="another one (default: the working tree)")
    parser.add_argument("--format", choices=("markdown", "json"), default="markdown", help="how it is shown")
    parser.add_argument("--lang", choices=("en", "zh"), default=language(), help="language of the Markdown")
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(run(main))
