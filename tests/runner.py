"""A stand-in for GitHub's runner: does the steps of a job in order, as its workflow says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import scratch
import yaml
from codehost import HERE, CodeHost
from repository import Repository
from scratch import ROOT

WORKFLOWS = ROOT / ".github/workflows"
# Its package fetches a program from the code host while it installs, so only GitHub runs these.
ONLY_THERE = ("actionlint",)
CALCULATED = {"${{ github.token }}": "token", "${{ runner.temp }}": "$RUNNER_TEMP"}
REFUSES = """#!/bin/sh
grep -q helper "$HOME/.gitconfig" && exit
echo "no credentials: gh auth setup-git was not run, or contents: write is missing" >&2
exit 1
"""


def workflow(name: str) -> Any:
    """A workflow as data, every value a text."""
    return yaml.load((WORKFLOWS / f"{name}.yml").read_text("utf-8"), yaml.BaseLoader)


def jobs() -> dict[tuple[str, str], Any]:
    """Every job of every workflow, by the names of both."""
    names = sorted(path.stem for path in WORKFLOWS.glob("*.yml"))
    return {(name, job): steps for name in names for job, steps in workflow(name)["jobs"].items()}


class Runner:
    """Does jobs for a repository: `ended` says how each step of the last one ended, `output` what it printed.

    A step of a job is done or not, and may fail, as its `if` and `continue-on-error` say. The command `gh` may do what
    the job's `permissions` allow, and git may push once `gh` has given it a name.
    """

    def __init__(self, origin: Repository, host: CodeHost, tmp: Path) -> None:
        self.origin, self.host, self.tmp = origin, host, tmp
        self.folder, self.temp, self.artifacts = tmp / "work space", tmp / "temp", tmp / "artifacts"
        self.summary = tmp / "summary.md"
        self.ended: list[tuple[str, str]] = []
        self.output = ""
        hook = origin.root / "hooks/pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(REFUSES, "utf-8")
        hook.chmod(0o755)

    def does(self, name: tuple[str, str], event: Path, revision: str = "main", **given: str) -> str:
        """Do a job on a revision, and say how it ended: success or failure."""
        job = jobs()[name]
        for folder in (self.folder, self.temp):
            shutil.rmtree(folder, ignore_errors=True)
        self.temp.mkdir()
        (self.tmp / ".gitconfig").unlink(missing_ok=True)
        self.summary.unlink(missing_ok=True)
        self.given = {**self.environment(event, job["permissions"]), **given}
        self.revision, self.output, self.ended = revision, "", []
        conclusion = "success"
        for step in job["steps"]:
            if not self.wanted(step, conclusion):
                self.ended.append((self.title(step), "skipped"))
                continue
            good = self.step(step)
            self.ended.append((self.title(step), "success" if good else "failure"))
            if not good and step.get("continue-on-error") != "true":
                conclusion = "failure"
        return conclusion

    def environment(self, event: Path, permissions: dict[str, str]) -> dict[str, str]:
        return {
            "HOME": os.fspath(self.tmp),
            "PATH": os.pathsep.join([str(self.host.bin), str(Path(sys.prefix) / "bin"), os.environ["PATH"]]),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_PATH": os.fspath(event),
            "GITHUB_REPOSITORY": HERE,
            "GITHUB_STEP_SUMMARY": os.fspath(self.summary),
            "RUNNER_TEMP": os.fspath(self.temp),
            "GIT_CONFIG_NOSYSTEM": "1",
            "MYPY_CACHE_DIR": os.fspath(ROOT / ".mypy_cache"),
            "STAND_IN_PERMISSIONS": json.dumps(permissions),
        }

    def title(self, step: Any) -> str:
        return str(step.get("name") or step["uses"].partition("@")[0])

    def wanted(self, step: Any, conclusion: str) -> bool:
        """Whether a step is done: if all before it went well, unless it says that it does not mind."""
        if "if" not in step:
            return conclusion == "success"
        assert step["if"] == "${{ !cancelled() }}", "this stand-in knows no other condition"
        return True

    def step(self, step: Any) -> bool:
        if "run" in step:
            return any(name in step["run"] for name in ONLY_THERE) or self.run(step["run"], step.get("env", {}))
        action = step["uses"].partition("@")[0].partition("/")[2].replace("-", "_")
        return bool(getattr(self, action)(**{key.replace("-", "_"): one for key, one in step.get("with", {}).items()}))

    def run(self, line: str, env: dict[str, str]) -> bool:
        script = self.tmp / "step.sh"
        script.write_text(line, "utf-8")
        environment = {**scratch.environment(), **self.given, **{name: self.value(one) for name, one in env.items()}}
        done = subprocess.run(
            ["bash", "-e", script], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        self.output += f"{done.stdout}{done.stderr}"
        return done.returncode == 0

    def value(self, text: str) -> str:
        """Calculate what stands in a value; only what GitHub itself says may stand there."""
        found = re.sub(r"\$\{\{.*?\}\}", lambda match: CALCULATED[match[0]], text)
        return found.replace("$RUNNER_TEMP", os.fspath(self.temp))

    def checkout(self, fetch_depth: str = "1", persist_credentials: str = "true") -> bool:
        """Leave the files of the revision, with as much of the history as is asked for."""
        assert persist_credentials == "false"
        self.clone(fetch_depth)
        (self.folder / ".git/info").mkdir()
        (self.folder / ".git/info/exclude").write_text(".venv\n")  # a link here, so that .gitignore does not know it
        (self.folder / ".venv").symlink_to(sys.prefix, target_is_directory=True)
        for name in ("requirements.txt", "requirements-test.txt"):
            os.utime(self.folder / name, (0, 0))  # older than what is installed
        return True

    def clone(self, depth: str) -> None:
        clone = Repository(self.folder)
        clone.git("remote", "add", "origin", self.origin.root.as_uri())
        if depth == "0":
            clone.git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*", self.revision)
            clone.git("fetch", "--quiet", "origin", self.revision)
        else:
            clone.git("fetch", "--quiet", f"--depth={depth}", "origin", self.revision)
        clone.git("checkout", "--quiet", "--detach", "FETCH_HEAD")

    def setup_python(self, python_version: str) -> bool:
        return bool(python_version)

    def upload_artifact(self, name: str, path: str, retention_days: str) -> bool:
        """Keep a file; one that is not there is none, as the action has it by default."""
        if (self.folder / path).is_file():
            (self.artifacts / name).mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.folder / path, self.artifacts / name)
        return int(retention_days) > 0

    def download_artifact(self, name: str, path: str, run_id: str, github_token: str) -> bool:
        """Give the files of an artifact of another run, which needs a token that may read it."""
        assert run_id == "${{ github.event.workflow_run.id }}"
        may = self.value(github_token) == "token" and "actions" in self.given["STAND_IN_PERMISSIONS"]
        target = Path(self.value(path))
        if not may or not (self.artifacts / name).is_dir():
            return False
        assert self.folder not in target.parents
        shutil.copytree(self.artifacts / name, target)
        return True
