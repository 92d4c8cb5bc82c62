"""Make a pull request of the issue that GitHub names in the event of a workflow, or answer the issue."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from catalog.command import ROOT, language, refused, run
from catalog.github import event, keep
from catalog.intake import MARK, answer, wanted
from catalog.issue import from_issue
from catalog.problem import Text, WrongUseError
from catalog.schema import Schema
from catalog.wording import say

NOT_WANTED = Text("no open issue that asks for a new model", "不是请求新增模型的未关闭议题")


def main(argv: Sequence[str]) -> int:
    """Return 0 if the issue is answered or asks for nothing, 2 if GitHub or git refused."""
    parser = argparse.ArgumentParser(prog="intake.py", description=__doc__)
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    root = Path(parser.parse_args(argv).root)
    try:
        issue = event()["issue"]
        if not wanted(issue):
            print(say(NOT_WANTED, language()))
            return 0
        made = from_issue(root, Schema.load(root / "schema"), issue["body"] or "")
        keep(issue["number"], MARK, answer(root, issue["number"], issue["user"] or {}, made))
    except WrongUseError as error:
        return refused("intake.py", error, language())
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main))
