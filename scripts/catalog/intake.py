"""Make a pull request of an issue, or answer the issue; its text is data from the first line to the last."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from catalog.branch import looked_at
from catalog.command import home
from catalog.comment import as_markdown
from catalog.difference import code
from catalog.form import NEW_MODEL
from catalog.git import fetch, git, merge_base, resolve, touched
from catalog.github import BOT, BOT_ADDRESS, ask, repository, send, start
from catalog.issue import Draft
from catalog.lookalikes import Lookalike
from catalog.markdown import escape, head, row
from catalog.problem import Problem, Text
from catalog.room import COMMENT, Part, Room, fitted

MARK = "<!-- llm-almanac: intake -->"
BASE = "main"
REF = "refs/almanac/intake"
LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})")
CHECK = "validate.yml"
REMARKED = 1000  # characters of the remarks that the pull request repeats; it links to the issue
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
ALIKE = Text("Perhaps the same thing as:", "可能与以下条目重复：")
REMARKS = Text("Remarks of the reporter:", "提交者的说明：")


def wanted(issue: Any) -> bool:
    """Whether an issue, as GitHub describes it, is open and made with the form for a missing model."""
    return issue["state"] == "open" and NEW_MODEL in [label["name"] for label in issue["labels"]]


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
        return _refusal(made)
    branch = f"issue-{number}"
    tip = _tip(root, branch)
    if tip and git(root, "log", "-1", "--format=%ae", tip).decode("utf-8", "replace").strip() != BOT_ADDRESS:
        return both(TAKEN_OVER)
    if not (tip and _holds(root, made)):
        _commit(root, made, reporter)
        _push(root, branch, tip)
    pull = _pull(root, branch, number, made)
    start(CHECK, branch)
    return both(MADE, pull)


def _refusal(made: Draft) -> str:
    """Every problem in both languages, as many as an answer has room for, and what is like the entry."""
    above = both(WRONG) + "\n"
    parts = [_told(made.problems), _alike(made.lookalikes)]
    return above + "".join(fitted(parts, Room(COMMENT.most - COMMENT.size(above), COMMENT.size)))


def _told(problems: Sequence[Problem]) -> Part:
    found = [(problem.message, problem.repair or Text("", "")) for problem in problems]
    rows = [row([message[language], repair[language]]) for message, repair in found for language in (0, 1)]
    return Part(head(["Problem · 问题", "Repair · 改法"]), rows)


def _alike(lookalikes: Sequence[Lookalike]) -> Part:
    lines = [f"- {code(other)} — {escape(why.en)} · {escape(why.zh)}" for other, why in lookalikes]
    return Part(both(ALIKE) + "\n\n", lines)


def _tip(root: Path, branch: str) -> str:
    """The commit of the branch that an earlier answer pushed, or nothing."""
    found = git(root, "ls-remote", "--end-of-options", "origin", f"refs/heads/{branch}").decode("ascii").split()
    if found:
        fetch(root, "origin", f"+refs/heads/{branch}:{REF}")
    return found[0] if found else ""


def _holds(root: Path, made: Draft) -> bool:
    """Whether the branch holds this already, as it does if only the title was edited: a push would undo a review."""
    began = merge_base(root, f"refs/remotes/origin/{BASE}", REF)
    return (
        touched(root, began, REF) == [("A", made.path)]
        and git(root, "show", f"{REF}:{made.path}") == made.text.encode()
    )


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
    remarks = [both(REMARKS), _quoted(made.remarks)] if made.remarks else []
    above = "\n\n".join([f"Closes #{issue}", *remarks, ""])
    found = looked_at(root, f"refs/remotes/origin/{BASE}", REF)
    return above + as_markdown(found, Room(COMMENT.most - COMMENT.size(above), COMMENT.size))


def _quoted(text: str) -> str:
    cut = text if len(text) <= REMARKED else text[: REMARKED - 1] + "…"
    return "\n".join(f"> {escape(line)}<br>" for line in cut.split("\n"))
