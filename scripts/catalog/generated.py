"""Which files are generated, and what to tell somebody who edited one by hand."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from catalog.outputs import PATHS
from catalog.problem import Problem, Text, visible
from catalog.readme import PAGES

TOGETHER = 10  # files that one command names; with more, each file is told its own
MESSAGE = Text(
    "this file is generated from entries/, and main writes it anew after the merge; leave it out of the pull request",
    "本文件由 entries/ 生成，合并后由 main 自动重写；请不要在拉取请求中改动它",
)


def edited(touched: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choose the generated files among those that a pull request touches, each with its status."""
    return [(status, path) for status, path in touched if path in PATHS or path.startswith(PAGES + "/")]


def told(edited: Sequence[tuple[str, str]], commit: str, home: str) -> list[Problem]:
    """A problem for each edited file, with the command that undoes the edit; `commit` is where the branch began."""
    return [
        Problem(one[1], 1, 1, "generated-file", MESSAGE, _repair(_together(edited, one), one, commit, home))
        for one in edited
    ]


def _together(edited: Sequence[tuple[str, str]], one: tuple[str, str]) -> Sequence[tuple[str, str]]:
    return edited if len(edited) <= TOGETHER else [one]


def _repair(group: Sequence[tuple[str, str]], one: tuple[str, str], commit: str, home: str) -> Text:
    """The command, and the way of somebody who has only a browser."""
    command, (status, path) = undo(group, commit), one
    if status == "A":
        return Text(
            f"run `{command}` and commit; in the browser: delete the file in your branch",
            f"请运行 `{command}` 并提交；在浏览器中：请在你的分支里删除此文件",
        )
    address = f"{home}/raw/{commit}/{path}"
    return Text(
        f"run `{command}` and commit; in the browser: edit the file in your branch and paste the text of {address}",
        f"请运行 `{command}` 并提交；在浏览器中：请在你的分支里编辑此文件，粘贴 {address} 的内容",
    )


def undo(edited: Iterable[tuple[str, str]], commit: str) -> str:
    """The command of git that gives the files the state that they had at a commit."""
    there: list[str] = []
    not_there: list[str] = []
    for status, path in edited:
        (not_there if status == "A" else there).append(shlex.quote(visible(path)))
    steps = [f"git checkout {commit[:12]} -- {' '.join(there)}"] if there else []
    steps += [f"git rm -- {' '.join(not_there)}"] if not_there else []
    return " && ".join(steps)
