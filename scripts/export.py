"""Write the whole catalog to the standard output, as one JSON document for programs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from catalog.check import check
from catalog.command import ROOT, language, on_github, run
from catalog.export import as_json
from catalog.files import NO_ENTRIES, find
from catalog.problem import Problem, Text
from catalog.report import FORMATS
from catalog.schema import Schema
from catalog.wording import say

REFUSED = Text("nothing is written while a file is wrong", "有文件出错，因此没有输出")


def main(argv: Sequence[str]) -> int:
    """Return 0 if it is written; 1 if anything is wrong or there is no entry, and then nothing is written."""
    options = _options(argv)
    root = Path(options.root)
    catalog, problems = check(root, Schema.load(root / "schema"))
    if problems or not catalog.entries:
        print(_refusal(root, problems, options.lang), end="", file=sys.stderr)
        return 1
    print(as_json(catalog), end="")
    return 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="export.py", description=__doc__)
    parser.add_argument("--lang", choices=("en", "zh"), default=language(), help="language of the messages")
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _refusal(root: Path, problems: Sequence[Problem], lang: str) -> str:
    """Say why nothing is written: every problem as validate.py tells it, or that there is no entry."""
    if not problems:
        return f"export.py: {say(NO_ENTRIES, lang)}\n"
    files = {*find(root)[0], *(problem.file for problem in problems)}
    told = FORMATS["github" if on_github() else "text"](problems, len(files), lang)
    return f"{told}export.py: {say(REFUSED, lang)}\n"


if __name__ == "__main__":
    raise SystemExit(run(main))
