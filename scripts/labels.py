"""Bring the labels of the project on GitHub up to date with .github/labels.yml. Labels that it does not list stay."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import yaml
from catalog.command import ROOT, language, refused, run
from catalog.github import label
from catalog.problem import WrongUseError

LABELS = ".github/labels.yml"


def main(argv: Sequence[str]) -> int:
    """Return 0 if every label is up to date, 2 if GitHub refused."""
    parser = argparse.ArgumentParser(prog="labels.py", description=__doc__)
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    listed = yaml.safe_load((Path(parser.parse_args(argv).root) / LABELS).read_text("utf-8"))
    try:
        for wanted in listed:
            label(**wanted)
    except WrongUseError as error:
        return refused("labels.py", error, language())
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main))
