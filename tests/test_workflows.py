"""The workflows: every line that they run is run here, in a project of its own, with events as GitHub sends them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import scratch
import yaml
from catalog.form import asked, both
from catalog.verify import MARK
from codehost import HERE, CodeHost, offered, pull
from repository import Repository
from scratch import ROOT, right, wrong

WORKFLOWS = ROOT / ".github/workflows"
TOOLS = ("Makefile", "pyproject.toml", "requirements.txt", "requirements-test.txt", ".ci/run", ".github", "scripts")
TEXTS = ("README.template.md", "CONTRIBUTING.template.md", ".gitignore")
ENTRIES = {"acme/foo.yaml": right("Foo", "Acme"), "acme/bar.yaml": right("Bar")}
ONE_TEST = b"def test_nothing() -> None:\n    assert True\n"
# Its package fetches a program from the code host while it installs, so only GitHub runs these.
ONLY_THERE = ("actionlint",)

pytestmark = pytest.mark.skipif(
    sys.prefix == sys.base_prefix or os.name == "nt" or shutil.which("make") is None,
    reason="runs what the workflows run: make, in the .venv that it made",
)


def load(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def every_job() -> dict[tuple[str, str], list[str]]:
    """The lines that each job runs, by the names of the workflow and the job."""
    return {
        (path.stem, name): [step["run"] for step in job["steps"] if "run" in step]
        for path in sorted(WORKFLOWS.glob("*.yml"))
        for name, job in load(path)["jobs"].items()
    }


JOBS = every_job()


class Scene:
    """GitHub, and what its runner has: a clone of the project, the environment, and a summary to write to."""

    def __init__(self, tmp: Path) -> None:
        self.tmp, self.host = tmp, CodeHost(tmp / "host")
        self.first = Repository(tmp / "first")
        for name in (*TOOLS, *TEXTS):
            copied(ROOT / name, self.first.root / name)
        scratch.make(self.first.root, ENTRIES)
        self.first.write("tests/test_one.py", ONE_TEST)
        self.first.commit()
        self.first.publish()
        self.origin = self.first.copy(tmp / "origin", "--bare")
        self.summary = tmp / "summary.md"

    def checkout(self, revision: str = "main") -> Path:
        """What actions/checkout leaves: the files at a revision, and every branch of the origin."""
        folder = self.tmp / "work space"
        shutil.rmtree(folder, ignore_errors=True)
        clone = self.origin.copy(folder)
        clone.git("fetch", "--quiet", "origin", revision)
        clone.git("checkout", "--quiet", "--detach", "FETCH_HEAD")
        (folder / ".git/info/exclude").write_text(".venv\nanswer\nanswer.json\n")
        (folder / ".venv").symlink_to(sys.prefix, target_is_directory=True)
        for name in ("requirements.txt", "requirements-test.txt"):
            os.utime(folder / name, (0, 0))  # older than what is installed
        return folder

    def runs(self, workflow: str, job: str, folder: Path, event: Path, **given: str) -> list[int]:
        """Run every line of a job, as a runner does, and give how each ended."""
        lines = [line for line in JOBS[workflow, job] if not any(name in line for name in ONLY_THERE)]
        path = os.pathsep.join([str(self.host.bin), str(Path(sys.prefix) / "bin"), os.environ["PATH"]])
        environment = scratch.environment(
            HOME=os.fspath(self.tmp),
            CI="true",
            GITHUB_ACTIONS="true",
            GITHUB_EVENT_PATH=os.fspath(event),
            GITHUB_REPOSITORY=HERE,
            GITHUB_STEP_SUMMARY=os.fspath(self.summary),
            GIT_CONFIG_NOSYSTEM="1",
            MYPY_CACHE_DIR=os.fspath(ROOT / ".mypy_cache"),
            **given,
        )
        environment["PATH"] = path
        script = self.tmp / "step.sh"
        return [self.step(line, script, folder, environment) for line in lines]

    def step(self, line: str, script: Path, folder: Path, environment: dict[str, str]) -> int:
        script.write_text(line, "utf-8")
        done = subprocess.run(
            ["bash", "-e", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        self.output = f"{done.stdout}{done.stderr}"
        return done.returncode

    def offer(self, files: dict[str, bytes]) -> tuple[str, str]:
        """Let a stranger offer files; give the commit, and the merge that GitHub makes of it."""
        self.first.branch("offer")
        for path, data in files.items():
            self.first.write(path, data)
        head = self.first.commit()
        merged = self.first.merged("offer")
        self.first.git("push", "--quiet", os.fspath(self.origin.root), f"+{merged}:refs/pull/7/merge")
        offered(self.origin, head, merged)
        return head, merged


def copied(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(source, target)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


TRIED: dict[tuple[str, str], Callable[[Scene], None]] = {}


def tries(workflow: str, job: str) -> Callable[[Callable[[Scene], None]], Callable[[Scene], None]]:
    """Note which job a test runs."""

    def note(test: Callable[[Scene], None]) -> Callable[[Scene], None]:
        TRIED[workflow, job] = test
        return test

    return note


FORK = "pull_request-opened-from-a-fork"


@tries("validate", "entries")
def test_validate_and_comment_on_a_right_pull_request(scene: Scene) -> None:
    head, merged = scene.offer({"entries/acme/new.yaml": right("New")})
    folder = scene.checkout(merged)
    codes = scene.runs("validate", "entries", folder, scene.host.event(FORK, HEAD=head), GITHUB_BASE_REF="main")
    assert codes == [0, 0, 0, 0]
    assert scene.summary.read_text("utf-8").startswith("✅ **1 entry added** · **新增 1 个条目**\n")
    assert json.loads((folder / "answer.json").read_text("utf-8"))["ok"] is True
    answer = (folder / "answer.json").read_bytes()
    folder = scene.checkout()
    (folder / "answer").mkdir()
    (folder / "answer/answer.json").write_bytes(answer)
    scene.host.answers({f"repos/{HERE}/pulls?": [pull(head)]})
    event = scene.host.event("workflow_run-completed-of-a-fork", HEAD=head)
    assert scene.runs("comment", "preview", folder, event, GH_TOKEN="x") == [0, 0]
    ((method, path, body),) = scene.host.sent
    assert (method, path) == ("POST", f"repos/{HERE}/issues/7/comments")
    assert body["body"].startswith(f"{MARK}\n✅ **1 entry added**")


TRIED["comment", "preview"] = test_validate_and_comment_on_a_right_pull_request


def test_validate_on_a_wrong_pull_request_fails_and_still_shows_everything(scene: Scene) -> None:
    head, merged = scene.offer({"entries/acme/new.yaml": wrong("New"), "entries/stray.yml": b"x"})
    folder = scene.checkout(merged)
    event = scene.host.event(FORK, HEAD=head)
    codes = scene.runs("validate", "entries", folder, event, GITHUB_BASE_REF="main")
    assert codes == [0, 1, 0, 0]
    summary = scene.summary.read_text("utf-8")
    assert summary.startswith("❌ ")
    assert "write &#39;available&#39;" in summary
    assert "entries/stray" in summary
    assert json.loads((folder / "answer.json").read_text("utf-8"))["ok"] is False


def test_a_wrong_line_is_annotated_and_nothing_else_is_a_command(scene: Scene) -> None:
    head, merged = scene.offer({"entries/acme/new.yaml": wrong("New")})
    folder = scene.checkout(merged)
    event = scene.host.event(FORK, HEAD=head)
    for line in JOBS["validate", "entries"]:
        if "validate.py" in line:
            scene.runs("validate", "entries", folder, event, GITHUB_BASE_REF="main")
    environment = {"PATH": os.environ["PATH"], "GITHUB_ACTIONS": "true"}
    scene.step(JOBS["validate", "entries"][1], scene.tmp / "step.sh", folder, environment)
    commands = [line for line in scene.output.splitlines() if "::" in line]
    assert [line.partition("::'")[0] for line in commands] == [
        "::error file=entries/acme/new.yaml,line=4,endLine=4,col=9,endColumn=18,title=unknown-value"
    ]


@tries("guard", "generated")
def test_guard_lets_entries_pass_and_stops_a_list_that_was_edited(scene: Scene) -> None:
    head, merged = scene.offer({"entries/acme/new.yaml": right("New")})
    event = scene.host.event(FORK, HEAD=head)
    assert scene.runs("guard", "generated", scene.checkout(merged), event, GITHUB_BASE_REF="main") == [0, 0]
    scene.first.git("checkout", "--quiet", "main")
    scene.first.git("branch", "--quiet", "-D", "offer")
    head, merged = scene.offer({"README.md": b"mine"})
    assert scene.runs("guard", "generated", scene.checkout(merged), event, GITHUB_BASE_REF="main") == [0, 1]
    assert "::error file=README.md" in scene.output
    assert "git rm -- README.md" in scene.output


@tries("regenerate", "lists")
def test_regenerate_pushes_the_lists_once(scene: Scene) -> None:
    event = scene.host.event("push-to-main", HEAD="0" * 40)
    assert scene.runs("regenerate", "lists", scene.checkout(), event, GH_TOKEN="x") == [0, 0, 0]
    assert scene.origin.git("log", "-1", "--format=%s", "main") == "Regenerate the lists"
    assert (["auth", "setup-git"], None) in scene.host.calls
    before = scene.origin.git("rev-parse", "main")
    assert scene.runs("regenerate", "lists", scene.checkout(), event, GH_TOKEN="x") == [0, 0, 0]
    assert scene.origin.git("rev-parse", "main") == before


@tries("intake", "entry")
def test_intake_makes_a_branch_of_an_issue_whose_text_is_data(scene: Scene, schema) -> None:
    given = {
        "name-en": "Nova $(touch /tmp/evil) `id` ${{ github.token }}",
        "file": "nova",
        "organization": "Acme",
        "type": "x (model)",
        "domain": "x (general)",
        "status": "x (available)",
        "sources": "https://acme.ai/nova",
    }
    body = "\n\n".join(f"### {both(one.label)}\n\n{given.get(one.id, '_No response_')}" for one in asked(schema))
    event = scene.host.event("issues-opened", BODY=body)
    assert scene.runs("intake", "entry", scene.checkout(), event, GH_TOKEN="x") == [0, 0, 0]
    assert "$(touch /tmp/evil) `id` ${{ github.token }}" in scene.origin.git("show", "issue-12:entries/acme/nova.yaml")
    assert [call[:2] for call, _ in scene.host.calls if call[0] == "workflow"] == [["workflow", "run"]]


@tries("labels", "labels")
def test_labels_are_brought_up_to_date(scene: Scene) -> None:
    event = scene.host.event("push-to-main", HEAD="0" * 40)
    assert scene.runs("labels", "labels", scene.checkout(), event, GH_TOKEN="x") == [0, 0]
    listed = load(ROOT / ".github/labels.yml")
    created = [call for call, _ in scene.host.calls if call[:2] == ["label", "create"]]
    assert [(call[2], call[5]) for call in created] == [(label["name"], label["color"]) for label in listed]


@tries("test", "readme")
def test_the_two_commands_of_the_readme(scene: Scene) -> None:
    event = scene.host.event("push-to-main", HEAD="0" * 40)
    assert scene.runs("test", "readme", scene.checkout(), event) == [0]
    assert "1 passed" in scene.output or "100%" in scene.output


@tries("test", "systems")
def test_the_commands_for_those_without_make(scene: Scene) -> None:
    event = scene.host.event("push-to-main", HEAD="0" * 40)
    assert scene.runs("test", "systems", scene.checkout(), event) == [0, 0, 0, 0]


@tries("test", "lint")
def test_the_linters_find_nothing(scene: Scene) -> None:
    event = scene.host.event("push-to-main", HEAD="0" * 40)
    assert (scene.runs("test", "lint", scene.checkout(), event), scene.output[-2000:]) == ([0], scene.output[-2000:])


def test_every_job_is_tried() -> None:
    assert set(TRIED) == set(JOBS)


@pytest.mark.parametrize("lines", JOBS.values(), ids=["-".join(job) for job in JOBS])
def test_a_line_is_one_command_and_expands_nothing_of_github(lines: list[str]) -> None:
    for line in lines:
        assert "\n" not in line.strip()
        assert not any(sign in line for sign in ("${{", "&&", "||", ";", "| "))
