"""Answer a pull request with one comment, made by the tools of main; ANSWER is what its own check left, if anything."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from catalog.command import ROOT, language, refused, run
from catalog.github import event, keep
from catalog.problem import Text, WrongUseError
from catalog.verify import MARK, comment, pull_of, run_of
from catalog.wording import say

NOT_OF_A_PULL = Text("this run was not started by a pull request", "这次运行不是由拉取请求触发的")
NO_PULL = Text("no open pull request has this commit", "没有打开的拉取请求包含这个提交")
MOVED_ON = Text("the pull request has moved on; the next run answers", "拉取请求已有新的提交；由下一次运行回复")
ANSWERED = Text("answered pull request {}", "已回复拉取请求 {}")


def main(argv: Sequence[str]) -> int:
    """Return 0 if it is answered or there is nothing to answer, 2 if GitHub or git refused."""
    parser = argparse.ArgumentParser(prog="comment.py", description=__doc__)
    parser.add_argument("answer", metavar="ANSWER", type=Path, help="the file that preview.py --format json wrote")
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    try:
        print(_answered(Path(options.root), options.answer))
    except WrongUseError as error:
        return refused("comment.py", error, language())
    return 0


def _answered(root: Path, answer: Path) -> str:
    ended = run_of(event())
    if ended.event != "pull_request":
        return say(NOT_OF_A_PULL, language())
    pull = pull_of(ended)
    if pull is None:
        return say(NO_PULL, language())
    text = comment(root, ended, pull, answer)
    if text is None:
        return say(MOVED_ON, language())
    keep(pull, MARK, text)
    return say(ANSWERED, language()).format(pull)


if __name__ == "__main__":
    raise SystemExit(run(main))
