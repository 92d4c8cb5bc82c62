"""Look at a stranger's pull request with main's own tools, and say how far its own check can be believed.

Only what GitHub says of the run is trusted. The answer that the run left, and everything in the pull request, is data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from catalog.command import home
from catalog.comment import as_json, as_markdown
from catalog.git import WrongUseError, git, merge_base, resolve, touched
from catalog.github import ask, repository
from catalog.history import state_at
from catalog.markdown import escape
from catalog.preview import Preview, preview
from catalog.problem import Text

MARK = "<!-- llm-almanac: preview -->"
MAX_ANSWER = 2**24  # bytes; the answer to a pull request of a thousand entries has a tenth of that
HEAD, MERGE = "refs/almanac/head", "refs/almanac/merge"
# What a pull request could change so that its own check says yes.
DECIDING = (".github/", "schema/", "scripts/", "Makefile", "pyproject.toml", "requirements")
NO_ANSWER = Text("its check left no answer that can be read", "它的检查没有留下可读的结果")
OTHER_ANSWER = Text("its check gave another answer than the tools of main", "它的检查结果与 main 的工具不一致")
OTHER_END = Text("its check did not end as the answer says", "它的检查的结束状态与结果不符")
NO_MERGE = Text("it cannot be merged into main as it is", "目前无法合并到 main")


@dataclass(frozen=True)
class Run:
    """A run of `validate` that has ended, as GitHub describes it: whose branch, at which commit, and how it ended."""

    repository: str
    branch: str
    commit: str
    conclusion: str


@dataclass(frozen=True)
class Pull:
    """An open pull request: its number, and the branch that it is to be merged into."""

    number: int
    base: str


def run_of(event: Any) -> Run:
    """Read the event of a workflow that has ended."""
    told = event["workflow_run"]
    name = (told["head_repository"] or {}).get("full_name", "")
    return Run(name, told["head_branch"] or "", told["head_sha"], told["conclusion"] or "")


def pull_of(run: Run) -> Pull | None:
    """Find the pull request by repository, branch and commit; a run of a fork does not say its number."""
    owner = run.repository.partition("/")[0]
    query = urlencode({"state": "open", "head": f"{owner}:{run.branch}", "per_page": 100})
    for pull in ask(f"repos/{repository()}/pulls?{query}"):
        head = pull["head"]
        whose = (head["repo"] or {}).get("full_name"), head["ref"], head["sha"]
        if whose == (run.repository, run.branch, run.commit):
            return Pull(pull["number"], pull["base"]["ref"])
    return None


def comment(root: Path, run: Run, pull: Pull, answer: Path) -> str | None:
    """Write the comment; nothing if the pull request has moved on, because a newer run will answer."""
    git(root, "fetch", "--quiet", "--no-tags", "origin", f"+refs/pull/{pull.number}/head:{HEAD}")
    if resolve(root, HEAD) != run.commit:
        return None
    merged = _merged(root, run, pull)
    found = _looked_at(root, pull, merged or run.commit, run.commit)
    doubts = [*([] if merged else [NO_MERGE]), *_doubts(found, run, answer)]
    return _doubted(doubts) + as_markdown(replace(found, doubted=bool(doubts)))


def _merged(root: Path, run: Run, pull: Pull) -> str | None:
    """The merge that GitHub made of main and this commit, if there is one."""
    try:
        git(root, "fetch", "--quiet", "--no-tags", "origin", f"+refs/pull/{pull.number}/merge:{MERGE}")
    except WrongUseError:
        return None
    _, *parents = git(root, "rev-list", "--parents", "--max-count=1", MERGE).decode("ascii").split()
    return resolve(root, MERGE) if parents[1:] == [run.commit] else None


def _looked_at(root: Path, pull: Pull, commit: str, shown: str) -> Preview:
    """Compare with where the branch began; main's schema is the judge."""
    start = merge_base(root, f"refs/remotes/origin/{pull.base}", commit)
    before, after = state_at(root, start), state_at(root, commit, schema_from=start)
    return preview(before, after, touched(root, start, commit), home(root), shown)


def _doubts(found: Preview, run: Run, answer: Path) -> Iterator[Text]:
    """Every reason not to believe the check that the pull request ran itself."""
    deciding = [path for _, path in found.files if path.startswith(DECIDING)]
    if deciding:
        shown = ", ".join(f"<code>{escape(path)}</code>" for path in deciding[:5])
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


def _doubted(doubts: list[Text]) -> str:
    """What stands above a preview that is not proof."""
    if not doubts:
        return ""
    lines = "".join(f"> - {doubt.en} · {doubt.zh}\n" for doubt in doubts)
    head = Text(
        "**Not verified.** This pull request needs a maintainer's look:", "**未能核实。** 这个拉取请求需要维护者查看："
    )
    return f"> ⚠️ {head.en} · {head.zh}\n>\n{lines}\n"
