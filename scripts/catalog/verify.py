"""Look at a stranger's pull request with main's own tools, and say how far its own check can be believed.

Only what GitHub says of the run is trusted. The answer that the run left, and everything in the pull request, is data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from catalog.branch import looked_at
from catalog.comment import as_json, as_markdown
from catalog.git import fetch, parents, resolve
from catalog.github import ask, repository
from catalog.markdown import escape
from catalog.preview import Preview
from catalog.problem import Text, WrongUseError, show, visible
from catalog.room import COMMENT, Room

BASE = "main"  # what this repository keeps; a pull request into another branch is not previewed
MARK = "<!-- llm-almanac: preview -->"
MAX_ANSWER = 2**24  # bytes; the answer to a pull request of a thousand entries has a tenth of that
HEAD, MERGE = "refs/almanac/head", "refs/almanac/merge"
# What a pull request could change so that its own check says yes.
DECIDING = (".github/", "schema/", "scripts/", "Makefile", "pyproject.toml", "requirements")
NO_ANSWER = Text("its check left no answer that can be read", "它的检查没有留下可读的结果")
OTHER_ANSWER = Text("its check gave another answer than the tools of main", "它的检查结果与 main 的工具不一致")
OTHER_END = Text("its check did not end as the answer says", "它的检查的结束状态与结果不符")
NO_MERGE = Text("it cannot be merged into main as it is", "目前无法合并到 main")
NO_LOOK = Text("main's tools cannot look at it: {}", "main 的工具无法查看它：{}")


@dataclass(frozen=True)
class Run:
    """A run of `validate` that has ended, as GitHub describes it: whose branch, at which commit, and how it ended."""

    event: str
    repository: str
    branch: str
    commit: str
    conclusion: str


def run_of(event: Any) -> Run:
    """Read the event of a workflow that has ended."""
    told = event["workflow_run"]
    name = (told["head_repository"] or {}).get("full_name", "")
    return Run(told["event"], name, told["head_branch"] or "", told["head_sha"], told["conclusion"] or "")


def pull_of(run: Run) -> int | None:
    """Find the pull request by repository, branch and commit; a run of a fork does not say its number.

    GitHub has at most one that is open from one branch into main.
    """
    owner = run.repository.partition("/")[0]
    query = urlencode({"state": "open", "base": BASE, "head": f"{owner}:{run.branch}", "per_page": 100})
    for pull in ask(f"repos/{repository()}/pulls?{query}"):
        head = pull["head"]
        whose = (head["repo"] or {}).get("full_name"), head["ref"], head["sha"]
        if whose == (run.repository, run.branch, run.commit) and pull["base"]["ref"] == BASE:
            return int(pull["number"])
    return None


def comment(root: Path, run: Run, pull: int, answer: Path) -> str | None:
    """Write the comment; nothing if the pull request has moved on, because a newer run will answer.

    A pull request that cannot be looked at gets a comment too: else an older, green one would be the last word.
    """
    fetch(root, "origin", f"+refs/pull/{pull}/head:{HEAD}")
    if resolve(root, HEAD) != run.commit:
        return None
    try:
        merged = _merged(root, run, pull)
        found = looked_at(root, f"refs/remotes/origin/{BASE}", merged or run.commit, run.commit, trusted=False)
    except WrongUseError as error:
        return _doubted([Text(*(said.format(why) for said, why in zip(NO_LOOK, error.text, strict=True)))])
    return _answer(found, [*([] if merged else [NO_MERGE]), *_doubts(found, run, answer)])


def _merged(root: Path, run: Run, pull: int) -> str | None:
    """The merge that GitHub made of main and this commit, if there is one."""
    try:
        fetch(root, "origin", f"+refs/pull/{pull}/merge:{MERGE}")
    except WrongUseError:
        return None
    return resolve(root, MERGE) if parents(root, MERGE)[1:] == [run.commit] else None


def _answer(found: Preview, doubts: Sequence[Text]) -> str:
    """The preview, below everything that speaks against believing it."""
    above = _doubted(doubts)
    room = Room(COMMENT.most - COMMENT.size(above), COMMENT.size)
    return above + as_markdown(replace(found, doubted=bool(doubts)), room)


def _doubts(found: Preview, run: Run, answer: Path) -> Iterator[Text]:
    """Every reason not to believe the check that the pull request ran itself."""
    deciding = [path for _, path in found.files if path.startswith(DECIDING)]
    if deciding:
        shown = ", ".join(map(show, deciding[:5]))
        yield Text(f"it changes what decides the answer: {shown}", f"它改动了决定结果的文件：{shown}")
    claimed = _read(answer)
    if claimed is None:
        yield NO_ANSWER
    elif any(claimed.get(part) != ours for part, ours in _verdict(found).items()):
        yield OTHER_ANSWER
    if (run.conclusion == "success") != (not found.problems and not found.strays):
        yield OTHER_END


def _verdict(found: Preview) -> dict[str, Any]:
    """What two answers must have in common."""
    ours = json.loads(as_json(found))
    return {part: ours[part] for part in ("ok", "problems", "strays", "edited")}


def _read(answer: Path) -> dict[str, Any] | None:
    """Read the answer that the run left; a stranger may have written anything into it."""
    try:
        if answer.stat().st_size > MAX_ANSWER:
            return None
        claimed = json.loads(answer.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return claimed if isinstance(claimed, dict) else None


def _doubted(doubts: Sequence[Text]) -> str:
    """What stands above a preview that is not proof."""
    if not doubts:
        return ""
    lines = "".join(f"> - {escape(visible(doubt.both))}\n" for doubt in doubts)
    head = Text(
        "**Not verified.** This pull request needs a maintainer's look:", "**未能核实。** 这个拉取请求需要维护者查看："
    )
    return f"> ⚠️ {head.both}\n>\n{lines}\n"
