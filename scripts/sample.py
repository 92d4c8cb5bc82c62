"""Draw entries to read against their sources, as docs/data-quality.md tells."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from catalog.check import check
from catalog.command import ROOT, run
from catalog.sample import drawn, worksheet
from catalog.schema import Schema


def main(argv: Sequence[str]) -> int:
    """Print what to read, and return 0."""
    options = _options(argv)
    root = Path(options.root)
    catalog, _ = check(root, Schema.load(root / "schema"))
    print(worksheet(drawn(catalog, options.seed, options.count)), end="")
    return 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="sample.py", description=__doc__)
    parser.add_argument("--seed", type=int, required=True, help="which sample; each has a number of its own")
    parser.add_argument("--count", type=_positive, default=60, help="how many entries (default: 60)")
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _positive(text: str) -> int:
    if int(text) < 1:
        raise argparse.ArgumentTypeError("expected 1 or more")
    return int(text)


if __name__ == "__main__":
    raise SystemExit(run(main))
