"""Make a pull request of an issue, or answer the issue; its text is data from the first line to the last."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from catalog.command import home
from catalog.comment import as_markdown
from catalog.form import Draft
from catalog.git import git, resolve, touched
from catalog.github import BOT, BOT_ADDRESS, ask, repository, send, start
from catalog.history import state_at
from catalog.markdown import Markdown, escape, table
from catalog.preview import preview
from catalog.problem import Text

MARK = "<!-- llm-almanac: intake -->"
BASE = "main"
REF = "refs/almanac/intake"
LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})")
CHECK = "validate.yml"
WRONG = Text(
    "Thank you. Something is missing in the form, or does not fit. Press the three dots at the top of this issue, "
    "choose “Edit”, and correct the fields below; this answer is then written anew.",
    "谢谢。表单里有内容缺失或不符合要求。请点击本议题右上角的三个点，选择 “Edit”，更正下列字段；之后本回复会自动更新。",
)
MADE = Text(
    "Thank you. A pull request was made of this: #{}. To change it, edit this issue; a maintainer looks at it next.",
    "谢谢。已由此生成拉取请求：#{}。要修改内容，请编辑本议题；接下来由维护者查看。",
)
TAKEN = Text(
    "Thank you. {} is in the list already. To correct it, use the form “something is wrong with an entry”.",
    "谢谢。{} 已在名录中。要更正它，请使用“条目有误”表单。",
)
TAKEN_OVER = Text(
    "Somebody has worked on the pull request meanwhile, so a change of this issue no longer changes it.",
    "已有人修改了拉取请求，因此编辑本议题不再影响它。",
)
ALIKE = Text("Perhaps the same thing as:", "可能与以下条目是同一事物：")
REMARKS = Text("Remarks of the reporter:", "提交者的说明：")


def both(text: Text, *values: object) -> str:
    """One sentence in both languages, on lines of their own."""
    return "\n\n".join(sentence.format(*values) for sentence in text)


def answer(root: Path, number: int, reporter: Any, made: Draft) -> str:
    """Do what an issue asks for, and give the answer to it as Markdown.

    `reporter` is the user as GitHub describes it. Raises WrongUseError if git or GitHub refuses.
    """
    if made.path and os.path.lexists(root / made.path):
        return both(TAKEN, f"[{escape(made.id)}]({home(root)}/blob/{BASE}/{made.path})")
    if made.problems:
        return "\n\n".join([both(WRONG), _told(made), *_alike(made)])
    branch = f"issue-{number}"
    tip = _tip(root, branch)
    if tip and git(root, "log", "-1", "--format=%ae", tip).decode("utf-8", "replace").strip() != BOT_ADDRESS:
        return both(TAKEN_OVER)
    _commit(root, made, reporter)
    _push(root, branch, tip)
    pull = _pull(root, branch, number, made)
    start(CHECK, branch)
    return both(MADE, pull)


def _told(made: Draft) -> Markdown:
    """Every problem, in both languages."""
    rows = [
        [f"{problem.message[language]}", problem.repair[language] if problem.repair else ""]
        for problem in made.problems
        for language in (0, 1)
    ]
    return table(["Problem · 问题", "Repair · 改法"], rows)


def _alike(made: Draft) -> Iterator[str]:
    if made.lookalikes:
        lines = [f"- {escape(other)}: {escape(why.en)} · {escape(why.zh)}" for other, why in made.lookalikes]
        yield "\n".join([both(ALIKE), "", *lines])


def _tip(root: Path, branch: str) -> str:
    """The commit of the branch that an earlier answer pushed, or nothing."""
    found = git(root, "ls-remote", "--end-of-options", "origin", f"refs/heads/{branch}").decode("ascii").split()
    if found:
        git(root, "fetch", "--quiet", "--no-tags", "origin", f"+refs/heads/{branch}:{REF}")
    return found[0] if found else ""


def _commit(root: Path, made: Draft, reporter: Any) -> None:
    """Commit the file on top of main, beside the working tree, so that nothing in it is touched."""
    message = "\n".join([f"Add {made.id}", "", *_trailer(reporter)]).encode()
    stream = [
        f"commit {REF}\ncommitter {BOT} <{BOT_ADDRESS}> now\n".encode(),
        b"data %d\n%b\n" % (len(message), message),
        f"from {resolve(root, f'refs/remotes/origin/{BASE}')}\nM 100644 inline {made.path}\n".encode(),
        b"data %d\n%b\n" % (len(made.text.encode()), made.text.encode()),
    ]
    git(root, "fast-import", "--quiet", "--force", "--date-format=now", given=b"".join(stream))


def _trailer(reporter: Any) -> Iterator[str]:
    """Name the reporter as co-author, by the address that GitHub knows everybody by."""
    login, number = str(reporter.get("login", "")), reporter.get("id")
    if LOGIN.fullmatch(login) and isinstance(number, int):
        yield f"Co-authored-by: {login} <{number}+{login}@users.noreply.github.com>"


def _push(root: Path, branch: str, tip: str) -> None:
    """Push the branch, unless somebody has pushed to it since we looked."""
    lease = f"--force-with-lease=refs/heads/{branch}:{tip}"
    git(root, "push", "--quiet", lease, "--end-of-options", "origin", f"{REF}:refs/heads/{branch}")


def _pull(root: Path, branch: str, issue: int, made: Draft) -> int:
    """Open the pull request, or bring the one that is open up to date, and give its number."""
    owner = repository().partition("/")[0]
    body = {"title": f"Add {made.id}", "body": _body(root, issue, made)}
    query = urlencode({"state": "open", "head": f"{owner}:{branch}", "per_page": 100})
    opened = [pull["number"] for pull in ask(f"repos/{repository()}/pulls?{query}")]
    if opened:
        send("PATCH", f"repos/{repository()}/pulls/{opened[0]}", body)
        return int(opened[0])
    return int(send("POST", f"repos/{repository()}/pulls", {**body, "head": branch, "base": BASE})["number"])


def _body(root: Path, issue: int, made: Draft) -> str:
    """What the pull request says: which issue it closes, what the reporter remarked, and the preview."""
    base, head = resolve(root, f"refs/remotes/origin/{BASE}"), resolve(root, REF)
    found = preview(state_at(root, base), state_at(root, head), touched(root, base, head), home(root), head)
    remarks = [both(REMARKS), _quoted(made.remarks.split("\n"))] if made.remarks else []
    return "\n\n".join([f"Closes #{issue}", *remarks, as_markdown(found)])


def _quoted(lines: Sequence[str]) -> str:
    return "\n".join(f"> {escape(line)}<br>" for line in lines)
