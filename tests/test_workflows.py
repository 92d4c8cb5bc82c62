"""The workflows: every job is done here, in a project of its own, with events as GitHub sends them."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import ANY

import pytest
import scratch
import yaml
from catalog.form import asked
from catalog.outputs import TEMPLATES
from catalog.verify import MARK
from codehost import HERE, CodeHost, offered, pull
from repository import Repository
from runner import Runner, jobs, workflow
from scratch import ROOT, right, wrong

TOOLS = ("Makefile", "pyproject.toml", "requirements.txt", "requirements-test.txt", ".ci/run", ".github", "scripts")
ENTRIES = {"acme/foo.yaml": right("Foo", "Acme"), "acme/bar.yaml": right("Bar")}
ONE_TEST = b"def test_nothing() -> None:\n    assert True\n"
FORK = "pull_request-opened-from-a-fork"
JOBS = jobs()

runs = pytest.mark.skipif(
    sys.prefix == sys.base_prefix or os.name == "nt" or shutil.which("make") is None,
    reason="runs what the workflows run: make, in the .venv that it made",
)


class Scene:
    """GitHub with a project, a runner, and a stranger who offers files."""

    def __init__(self, tmp: Path) -> None:
        self.host = CodeHost(tmp / "host")
        self.first = Repository(tmp / "first")
        for name in (*TOOLS, *TEMPLATES, ".gitignore"):
            copied(ROOT / name, self.first.root / name)
        scratch.make(self.first.root, ENTRIES)
        self.first.write("tests/test_one.py", ONE_TEST)
        self.began = self.first.commit()
        self.first.commit(**{"entries/acme/late.yaml": right("Late")})
        self.first.publish()
        self.origin = self.first.copy(tmp / "origin", "--bare")
        self.runner = Runner(self.origin, self.host, tmp)

    def does(self, name: str, job: str, event: str, revision: str = "main", commit: str = "0" * 40) -> str:
        """Do a job for an event, and say how it ended."""
        given = {"GITHUB_BASE_REF": "main"} if event == FORK else {}
        return self.runner.does((name, job), self.host.event(event, HEAD=commit), revision, **given)

    def offer(self, files: dict[str, bytes]) -> str:
        """Let a stranger, who began a commit before main, offer files as pull request 7, with GitHub's merge of it."""
        self.first.git("checkout", "--quiet", "-B", "offer", self.began)
        for path, data in files.items():
            self.first.write(path, data)
        head = self.first.commit()
        merged = self.first.merged("offer")
        self.origin.git("fetch", "--quiet", os.fspath(self.first.root), f"+{merged}:refs/pull/7/merge")
        offered(self.origin, head, merged)
        self.host.answers({f"repos/{HERE}/pulls?": [pull(head)]})
        return head


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


def tries(name: str, job: str) -> Callable[[Callable[[Scene], None]], Callable[[Scene], None]]:
    """Note which job a test does."""

    def note(test: Callable[[Scene], None]) -> Callable[[Scene], None]:
        TRIED[name, job] = test
        return runs(test)

    return note


MERGE = "refs/pull/7/merge"
COMPLETED = "workflow_run-completed-of-a-fork"


@tries("comment", "preview")
def test_a_right_pull_request_is_validated_and_answered_in_green(scene: Scene) -> None:
    head = scene.offer({"entries/acme/new.yaml": right("New")})
    assert (scene.does("validate", "entries", FORK, MERGE, head), scene.runner.output) == ("success", ANY)
    assert scene.runner.summary.read_text("utf-8").startswith("✅ **1 entry added** · **新增 1 个条目**\n")
    assert scene.host.calls == []
    assert scene.does("comment", "preview", COMPLETED, commit=head) == "success"
    ((method, path, body),) = scene.host.sent
    assert (method, path) == ("POST", f"repos/{HERE}/issues/7/comments")
    assert body["body"].startswith(f"{MARK}\n✅ **1 entry added**")


@runs
def test_a_pull_request_whose_check_left_nothing_is_answered_without_green(scene: Scene) -> None:
    head = scene.offer({"entries/acme/new.yaml": right("New")})
    scene.origin.git("update-ref", "-d", MERGE)  # it cannot be merged either
    assert scene.does("comment", "preview", COMPLETED, commit=head) == "success"
    assert ("actions/download-artifact", "failure") in scene.runner.ended
    ((_, _, body),) = scene.host.sent
    assert body["body"].startswith(f"{MARK}\n> ⚠️ **Not verified.**")
    assert "✅" not in body["body"]
    assert "**1 entry added**" in body["body"]


@tries("validate", "entries")
def test_a_wrong_pull_request_fails_and_still_shows_everything(scene: Scene) -> None:
    head = scene.offer({"entries/acme/new.yaml": wrong("New"), "entries/stray.yml": b"x"})
    assert scene.does("validate", "entries", FORK, MERGE, head) == "failure"
    assert [ended for _, ended in scene.runner.ended[-4:]] == ["failure", "success", "success", "success"]
    commands = [line for line in scene.runner.output.splitlines() if "::" in line]
    assert [line.partition("::'")[0].partition("title")[0] for line in commands] == [
        "::error file=entries/acme/new.yaml,line=4,endLine=4,col=9,endColumn=18,",
        "::error file=entries/stray.yml,line=1,endLine=1,col=1,endColumn=2,",
    ]
    summary = scene.runner.summary.read_text("utf-8")
    assert summary.startswith("❌ ")
    assert "write &#39;available&#39;" in summary
    assert "entries&#47;stray&#46;yml" in summary
    answer = json.loads((scene.runner.artifacts / "answer/answer.json").read_text("utf-8"))
    assert answer["ok"] is False
    assert len(answer["problems"]) == 2


@runs
def test_what_is_wrong_on_main_already_does_not_stop_a_right_pull_request(scene: Scene) -> None:
    scene.first.git("checkout", "--quiet", "main")
    scene.first.commit(**{"entries/acme/old.yaml": wrong("Old")})
    scene.origin.git("fetch", "--quiet", os.fspath(scene.first.root), "+main:main")
    head = scene.offer({"entries/acme/new.yaml": right("New")})
    assert scene.does("validate", "entries", FORK, MERGE, head) == "success"
    assert "::error" not in scene.runner.output
    assert scene.does("comment", "preview", COMPLETED, commit=head) == "success"
    ((_, _, body),) = scene.host.sent
    assert body["body"].startswith(f"{MARK}\n✅ **1 entry added** · **新增 1 个条目**\n\nNot listed: 1 problem ")


@runs
def test_a_file_in_the_wrong_place_fails_with_an_annotation(scene: Scene) -> None:
    head = scene.offer({"models/acme/new.yaml": right("New")})
    assert scene.does("validate", "entries", FORK, MERGE, head) == "failure"
    assert "::error file=models/acme/new.yaml,line=1," in scene.runner.output
    assert "entries&#47;acme&#47;new&#46;yaml" in scene.runner.summary.read_text("utf-8")
    assert (scene.runner.artifacts / "answer/answer.json").is_file()


@tries("guard", "generated")
def test_guard_lets_entries_pass_and_stops_a_list_that_was_edited(scene: Scene) -> None:
    head = scene.offer({"entries/acme/new.yaml": right("New")})
    assert scene.does("guard", "generated", FORK, MERGE, head) == "success"
    head = scene.offer({"README.md": b"mine"})
    assert scene.does("guard", "generated", FORK, MERGE, head) == "failure"
    assert "::error file=README.md" in scene.runner.output
    assert "git rm -- README.md" in scene.runner.output


@tries("regenerate", "lists")
def test_regenerate_pushes_the_lists_once(scene: Scene) -> None:
    assert scene.does("regenerate", "lists", "push-to-main") == "success"
    assert scene.origin.git("log", "-1", "--format=%s", "main") == "Regenerate the lists"
    before = scene.origin.git("rev-parse", "main")
    assert scene.does("regenerate", "lists", "push-to-main") == "success"
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
    body = "\n\n".join(f"### {one.heading}\n\n{given.get(one.id, '_No response_')}" for one in asked(schema))
    event = scene.host.event("issues-opened", BODY=body)
    assert scene.runner.does(("intake", "entry"), event) == "success"
    assert "$(touch /tmp/evil) `id` ${{ github.token }}" in scene.origin.git("show", "issue-12:entries/acme/nova.yaml")
    assert [call[:2] for call, _ in scene.host.calls if call[0] == "workflow"] == [["workflow", "run"]]
    scene.first.git("checkout", "--quiet", "main")
    scene.first.commit(**{"entries/acme/later.yaml": right("Later")})
    scene.origin.git("fetch", "--quiet", os.fspath(scene.first.root), "main:main")
    assert scene.runner.does(("intake", "entry"), event) == "success"  # the issue is edited, and main has moved on
    # What was started is the same check, on the branch, without a pull request's event.
    assert scene.does("validate", "entries", "push-to-main", "issue-12") == "success"
    assert "**1 entry added**" in scene.runner.summary.read_text("utf-8")


@tries("labels", "labels")
def test_labels_are_brought_up_to_date(scene: Scene) -> None:
    assert scene.does("labels", "labels", "push-to-main") == "success"
    listed = yaml.safe_load((ROOT / ".github/labels.yml").read_text("utf-8"))
    created = [call for call, _ in scene.host.calls if call[:2] == ["label", "create"]]
    assert [(call[2], call[5]) for call in created] == [(label["name"], label["color"]) for label in listed]


@tries("test", "readme")
def test_the_two_commands_of_the_readme(scene: Scene) -> None:
    assert scene.does("test", "readme", "push-to-main") == "success"
    assert "1 passed" in scene.runner.output or "100%" in scene.runner.output


@tries("test", "systems")
def test_the_commands_for_those_without_make(scene: Scene) -> None:
    assert scene.does("test", "systems", "push-to-main") == "success"
    assert "3 files checked, 0 problems." in scene.runner.output
    assert "wrote README.md" in scene.runner.output
    assert "1 passed" in scene.runner.output or "100%" in scene.runner.output


@tries("test", "lint")
def test_the_linters_find_nothing(scene: Scene) -> None:
    assert (scene.does("test", "lint", "push-to-main"), scene.runner.output[-2000:]) == ("success", ANY)
    for linter in ("All checks passed", "no issues found", "No findings to report", "ok -- validation done"):
        assert linter in scene.runner.output


def test_every_job_is_tried() -> None:
    assert set(TRIED) == set(JOBS)


# What starts each workflow, and what each of its jobs may do: no more than is listed here.
READS = {"contents": "read"}
STARTED_BY = {
    "comment": {"workflow_run": {"workflows": ["validate"], "types": ["completed"]}},
    "guard": {"pull_request": ""},
    "intake": {"issues": {"types": ["opened", "edited"]}},
    "labels": {"push": {"branches": ["main"], "paths": [".github/labels.yml"]}, "workflow_dispatch": ""},
    "regenerate": {"push": {"branches": ["main"]}},
    "test": {"pull_request": "", "push": {"branches": ["main"]}},
    "validate": {"pull_request": "", "workflow_dispatch": ""},
}
ALLOWED = {
    ("comment", "preview"): {"actions": "read", **READS, "pull-requests": "write"},
    ("guard", "generated"): READS,
    ("intake", "entry"): {
        "actions": "write",
        "contents": "write",
        "issues": "write",
        "pull-requests": "write",
    },
    ("labels", "labels"): {**READS, "issues": "write"},
    ("regenerate", "lists"): {"contents": "write"},
    ("test", "lint"): READS,
    ("test", "readme"): READS,
    ("test", "systems"): READS,
    ("validate", "entries"): READS,
}
QUEUED = {"comment", "intake", "labels", "regenerate"}  # what changes something is never stopped half-way


@pytest.mark.parametrize("name", STARTED_BY)
def test_a_workflow_is_started_by_what_is_listed_and_by_itself_may_do_nothing(name: str) -> None:
    found = workflow(name)
    assert (found["name"], found["on"], found["permissions"]) == (name, STARTED_BY[name], {})
    assert found["concurrency"]["cancel-in-progress"] == ("false" if name in QUEUED else "true")
    assert found["concurrency"]["group"].startswith(name)


@pytest.mark.parametrize("job", JOBS, ids="-".join)
def test_a_job_may_do_what_is_listed_and_must_end(job: tuple[str, str]) -> None:
    assert JOBS[job]["permissions"] == ALLOWED[job]
    assert 0 < int(JOBS[job]["timeout-minutes"]) <= 20
    assert set(JOBS[job]) <= {"name", "runs-on", "timeout-minutes", "permissions", "strategy", "steps"}


def test_whatever_strangers_start_reads_only_and_has_no_secret() -> None:
    for (name, _), job in JOBS.items():
        if "pull_request" in STARTED_BY[name]:
            assert job["permissions"] == READS
            assert "secrets" not in json.dumps(job)
            assert "github.token" not in json.dumps(job)


STEPS = [(job, step) for job, found in JOBS.items() for step in found["steps"]]


@pytest.mark.parametrize("line", [step["run"] for _, step in STEPS if "run" in step])
def test_a_line_is_one_command_and_expands_nothing_of_github(line: str) -> None:
    assert "\n" not in line.strip()
    assert not any(sign in line for sign in ("${{", "&&", "||", ";", "| "))


def test_actions_are_pinned_by_hash_each_to_one_version() -> None:
    used = {step["uses"] for _, step in STEPS if "uses" in step}
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in used)
    assert len({action.partition("@")[0] for action in used}) == len(used)


def test_the_oldest_supported_python_is_tried_on_every_system() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    matrix = JOBS["test", "systems"]["strategy"]["matrix"]
    assert f'requires-python = ">={matrix["python"][0]}"' in project
    assert [system.partition("-")[0] for system in matrix["system"]] == ["ubuntu", "macos", "windows"]
