"""Talk to GitHub through its own command, gh, which the runners have; what is sent is data, never a command line.

Everything here raises WrongUseError, in gh's own words, for what GitHub refuses.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catalog.problem import Text, WrongUseError, visible

Json = Any
BOT = "github-actions[bot]"  # who writes with a workflow's own token
BOT_ADDRESS = "41898282+github-actions[bot]@users.noreply.github.com"


def event() -> Json:
    """Read what GitHub says of the event that started the workflow. Raises WrongUseError outside of one."""
    name = os.environ.get("GITHUB_EVENT_PATH", "")
    try:
        return json.loads(Path(name).read_bytes())
    except (OSError, ValueError):
        text = Text("GITHUB_EVENT_PATH names no event of GitHub's", "GITHUB_EVENT_PATH 没有指向 GitHub 的事件文件")
        raise WrongUseError(text) from None


def repository() -> str:
    """Name the repository that the workflow belongs to, such as `owner/name`."""
    return os.environ.get("GITHUB_REPOSITORY", "")


def ask(path: str) -> list[Json]:
    """Get all pages of a list."""
    pages = json.loads(_gh("api", "--paginate", "--slurp", path))
    return [item for page in pages for item in page]


def send(method: str, path: str, body: Mapping[str, Json]) -> Json:
    """Create or change something, and give what GitHub answers."""
    return json.loads(_gh("api", "--method", method, path, "--input", "-", given=json.dumps(body)) or "null")


def start(workflow: str, branch: str) -> None:
    """Start a workflow on a branch, as nothing that this token pushes does by itself."""
    _gh("workflow", "run", workflow, "--ref", branch)


def label(name: str, color: str, description: str) -> None:
    """Create a label, or bring it up to date."""
    _gh("label", "create", name, "--force", "--color", color, "--description", description)


def _gh(*arguments: str, given: str = "") -> str:
    try:
        program = ["gh", *arguments]
        done = subprocess.run(program, input=given.encode(), capture_output=True, check=False)  # noqa: S603 - a list
    except OSError as error:
        raise _refused(error.strerror or "") from None
    if done.returncode:
        raise _refused(done.stderr.decode("utf-8", "replace"))
    return done.stdout.decode("utf-8", "replace")


def _refused(words: str) -> WrongUseError:
    first = visible(next(iter(words.splitlines()), ""))
    return WrongUseError(Text(f"gh cannot do it: {first}", f"gh 无法完成：{first}"))


def keep(thread: int, mark: str, text: str) -> None:
    """Keep one comment of ours in a thread: the one that begins with a mark, or a new one."""
    comments = ask(f"repos/{repository()}/issues/{thread}/comments?per_page=100")
    own = [one["id"] for one in comments if _ours(one) and (one["body"] or "").startswith(mark)]
    body = {"body": f"{mark}\n{text}"}
    if own:
        send("PATCH", f"repos/{repository()}/issues/comments/{own[0]}", body)
    else:
        send("POST", f"repos/{repository()}/issues/{thread}/comments", body)


def _ours(comment: Json) -> bool:
    """Whether a workflow of ours wrote it; what strangers write may begin with a mark too."""
    return (comment["user"] or {}).get("login") == BOT
