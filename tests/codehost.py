"""A stand-in for GitHub: the command `gh`, which answers from files and writes down what it is asked to do."""

from __future__ import annotations

import json
import os
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
from catalog.command import home
from repository import Repository

EVENTS = Path(__file__).parent / "events"
HERE = home().removeprefix("https://github.com/")
# What runs as `gh`: answers a question from answers.json, gives what is created the number 99, and notes every call.
# In a workflow it needs a token, and the permission for what is asked of it.
GH = """\
import json, os, pathlib, re, subprocess, sys
here = pathlib.Path({here!r})
arguments = sys.argv[1:]
given = json.loads(sys.stdin.read()) if "--input" in arguments else None
NEEDED = {needed!r}
if "STAND_IN_PERMISSIONS" in os.environ:
    if not os.environ.get("GH_TOKEN"):
        sys.exit("gh: To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable.")
    allowed = json.loads(os.environ["STAND_IN_PERMISSIONS"])
    for pattern, names in NEEDED:
        if re.match(pattern, " ".join(arguments)) and not any(allowed.get(name) == "write" for name in names):
            sys.exit("gh: Resource not accessible by integration (HTTP 403)")
    if arguments == ["auth", "setup-git"]:
        subprocess.run(["git", "config", "--global", "credential.https://github.com.helper", "!gh"], check=True)
with (here / "calls.jsonl").open("a", encoding="utf-8") as calls:
    calls.write(json.dumps([arguments, given]) + "\\n")
answers = json.loads((here / "answers.json").read_text("utf-8"))
if "--slurp" in arguments:
    found = [items for begin, items in answers.items() if arguments[-1].startswith(begin)]
    print(json.dumps(found[:1]))
elif "--method" in arguments:
    print(json.dumps({{"number": 99}}))
"""
# Which permission to write each request needs, any of these: see "Permissions required for GitHub Apps" in GitHub's
# documentation.
NEEDED = [
    (r"auth setup-git", ["contents"]),
    (r"label ", ["issues"]),
    (r"workflow run ", ["actions"]),
    (r"api --method \S+ repos/[^/]+/[^/]+/issues/", ["issues", "pull-requests"]),
    (r"api --method \S+ repos/[^/]+/[^/]+/pulls", ["pull-requests"]),
]


class CodeHost:
    """What GitHub has, and what it was asked to do. `bin` is the folder to put in front of PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.bin = folder, folder / "bin"
        self.bin.mkdir(parents=True)
        program, command = folder / "gh.py", self.bin / "gh"
        program.write_text(GH.format(here=os.fspath(folder), needed=NEEDED), "utf-8")
        command.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, os.fspath(program)])} "$@"\n', "utf-8")
        command.chmod(0o755)  # a shell starts it, because a path after `#!` must not hold a space
        self.answers({})

    def answers(self, lists: dict[str, list[Any]]) -> None:
        """Answer questions that begin with these paths with these items."""
        (self.folder / "answers.json").write_text(json.dumps(lists), "utf-8")

    @property
    def calls(self) -> list[tuple[list[str], Any]]:
        """What was asked for, in order: the arguments, and what was sent."""
        file = self.folder / "calls.jsonl"
        return [tuple(json.loads(line)) for line in file.read_text("utf-8").splitlines()] if file.exists() else []

    @property
    def sent(self) -> list[tuple[str, str, Any]]:
        """What was to be created or changed: the method, the path, and what was sent."""
        return [(call[2], call[3], body) for call, body in self.calls if call[:2] == ["api", "--method"]]

    def event(self, name: str, **values: str) -> Path:
        """Write the file of an event, in which these words are filled in."""
        text = (EVENTS / f"{name}.json").read_text("utf-8")
        for word, value in values.items():
            text = text.replace(f'"{word}"', json.dumps(value))
        path = self.folder / "event.json"
        path.write_text(text, "utf-8")
        return path


def pull(
    commit: str, number: int = 7, whose: str = "newcomer/llm-almanac", branch: str = "main", base: str = "main"
) -> dict[str, Any]:
    """A pull request as GitHub lists it."""
    head = {"ref": branch, "sha": commit, "repo": {"full_name": whose}}
    return {"number": number, "head": head, "base": {"ref": base, "repo": {"full_name": HERE}}}


def offered(origin: Repository, commit: str, merge: str | None, number: int = 7) -> None:
    """Let the origin have the references of a pull request, as GitHub makes them."""
    origin.git("update-ref", f"refs/pull/{number}/head", commit)
    if merge:
        origin.git("update-ref", f"refs/pull/{number}/merge", merge)


def on_github(monkeypatch: pytest.MonkeyPatch, host: CodeHost, event: Path) -> None:
    """Be a command in a workflow."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", f"{host.bin}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GITHUB_EVENT_PATH", os.fspath(event))
    monkeypatch.setenv("GITHUB_REPOSITORY", HERE)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
