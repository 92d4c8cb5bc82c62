"""The lists on main are written at its tip and pushed, however many merge at the same moment."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import regenerate
import scratch
from catalog.command import home
from codehost import HERE
from repository import Repository
from scratch import GENERATED, POSIX, ROOT, right

pytestmark = POSIX
ACME = {"acme/foo.yaml": right("Foo", "Acme"), "acme/bar.yaml": right("Bar")}


@pytest.fixture(autouse=True)
def _english(monkeypatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)


@pytest.fixture
def upstream(tmp_path: Path) -> Repository:
    """The project as it stands on the code host, with the tools in it and no list yet."""
    made = Repository(tmp_path / "first")
    shutil.copytree(ROOT / "scripts", made.root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    scratch.make(made.root, ACME)
    made.commit()
    return made.copy(tmp_path / "upstream", "--bare")


@pytest.fixture
def clone(upstream: Repository, tmp_path: Path) -> Repository:
    return upstream.copy(tmp_path / "clone")


def ran(clone: Repository, *argv: str) -> int:
    return regenerate.main(["--root", str(clone.root), *argv])


def test_the_lists_are_committed_and_pushed_once(upstream: Repository, clone: Repository, capfd) -> None:
    assert ran(clone) == 0
    assert capfd.readouterr().out.endswith("\npushed the generated files\n")
    assert upstream.git("log", "-1", "--format=%s|%an|%ae", "main") == (
        "Regenerate the lists|github-actions[bot]|41898282+github-actions[bot]@users.noreply.github.com"
    )
    assert "README.zh.md" in upstream.git("show", "--name-only", "--format=", "main")
    assert ran(clone) == 0
    assert capfd.readouterr().out == f"{len(GENERATED)} generated files are up to date\n"
    assert upstream.git("rev-list", "--count", "main") == "2"


def test_a_fork_that_runs_the_workflow_too_is_left_alone(upstream, clone, capfd, monkeypatch) -> None:
    """Else a contributor who works on the fork's main would offer generated files without having touched them."""
    monkeypatch.setenv("GITHUB_REPOSITORY", "newcomer/llm-almanac")
    assert ran(clone) == 0
    assert capfd.readouterr().out == f"this is a fork of {home()}; there is nothing to regenerate\n"
    assert upstream.git("rev-list", "--count", "main") == "1"
    monkeypatch.setenv("GITHUB_REPOSITORY", HERE)
    assert ran(clone) == 0
    assert upstream.git("rev-list", "--count", "main") == "2"


def test_a_merge_in_the_same_second_is_in_the_lists_that_are_pushed(upstream, clone, tmp_path, capfd) -> None:
    """While the lists are being pushed for the first time, somebody else pushes an entry."""
    other = upstream.copy(tmp_path / "other")
    other.write("entries/acme/late.yaml", right("Late"))
    other.commit()
    hook = clone.root / ".git/hooks/pre-push"
    hook.write_text(
        f'#!/bin/sh\nrm -- "$0"\nunset GIT_DIR GIT_WORK_TREE\ncd {tmp_path}/other && git push -q origin main\n'
    )
    hook.chmod(0o755)
    assert ran(clone) == 0
    capfd.readouterr()
    assert upstream.git("log", "--format=%s", "main").splitlines() == ["Regenerate the lists", "x", "x"]
    assert "acme/late" in upstream.git("show", "main:README.md")
    assert "acme/late" in upstream.git("show", "main:README.zh.md")


def test_the_branches_of_the_clone_stay_where_they_are(upstream, clone, capfd) -> None:
    clone.write("entries/acme/mine.yaml", right("Mine"))
    mine = clone.commit()
    assert ran(clone) == 0
    capfd.readouterr()
    assert clone.git("rev-parse", "main") == mine
    assert "acme/mine" not in upstream.git("show", "main:README.md")


def test_changes_that_are_not_committed_are_not_lost(clone, capfd) -> None:
    clone.write("entries/acme/mine.yaml", right("Mine"))
    assert ran(clone) == 2
    assert capfd.readouterr().err == "regenerate.py: there are changes that are not committed; commit them first\n"
    assert (clone.root / "entries/acme/mine.yaml").read_bytes() == right("Mine")


def test_a_push_that_is_not_allowed_is_told_at_once(upstream, clone, capfd) -> None:
    hook = upstream.root / "hooks/update"
    hook.write_text("#!/bin/sh\necho protected >&2\nexit 1\n")
    hook.chmod(0o755)
    assert ran(clone) == 2
    assert "regenerate.py: git cannot do it: " in capfd.readouterr().err
    assert upstream.git("rev-list", "--count", "main") == "1"


def test_a_branch_without_an_entry_is_left_alone(clone, capfd) -> None:
    clone.git("rm", "-r", "--quiet", "entries")
    clone.commit()
    clone.git("push", "--quiet", "origin", "main")
    assert ran(clone) == 1
    assert capfd.readouterr().err == "no entry to write a list from\n"


def test_a_branch_that_is_not_there(clone, capfd) -> None:
    assert ran(clone, "--branch", "gone") == 2
    assert capfd.readouterr().err.startswith("regenerate.py: git cannot do it: fatal: couldn't find remote ref")
