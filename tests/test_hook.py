"""The pre-commit hooks, run by pre-commit itself in a repository of their own.

Their environments would come from the package index; here they run in the Python of the tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import scratch
import yaml
from repository import SOMEBODY, Repository
from scratch import right, wrong

ROOT = Path(__file__).parents[1]
CONFIG = ".pre-commit-config.yaml"


def hooks() -> bytes:
    """The hooks of this project, in the Python that runs the tests."""
    config = yaml.safe_load((ROOT / CONFIG).read_text("utf-8"))
    for hook in config["repos"][0]["hooks"]:
        del hook["additional_dependencies"]
        hook["language"] = "system"
        hook["entry"] = hook["entry"].replace("python", f'"{Path(sys.executable).as_posix()}"', 1)
    return yaml.safe_dump(config, allow_unicode=True).encode()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A project with its scripts and hooks, and one entry; its path has a space and Chinese letters."""
    made = Repository.of(tmp_path / "a 文件夹", {"acme/foo.yaml": right("Foo", "Acme")})
    shutil.copytree(ROOT / "scripts", made.root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    made.write(".gitignore", b"__pycache__/\n")
    made.commit(**{CONFIG: hooks()})
    return made


def hook(repository: Repository, *argv: str) -> tuple[int, list[str]]:
    """The exit code of pre-commit, and the lines that it prints."""
    folder = repository.root.parent / "pre-commit"
    given = {"PRE_COMMIT_HOME": os.fspath(folder), "HOME": os.fspath(folder), "GIT_CONFIG_NOSYSTEM": "1", **SOMEBODY}
    program = [sys.executable, "-m", "pre_commit", "run", "--color=never", *argv]
    environment = scratch.environment(**given, PYTHONUTF8="1")
    done = subprocess.run(program, cwd=repository.root, env=environment, capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8").splitlines()


def staged(repository: Repository, **entries: bytes) -> None:
    for name, data in entries.items():
        repository.write(f"entries/acme/{name}.yaml", data)
        repository.git("add", f"entries/acme/{name}.yaml")


def test_only_what_is_staged_is_checked(repository: Repository) -> None:
    staged(repository, bar=wrong("Bar"))
    repository.write("entries/acme/foo.yaml", wrong("Foo", "Acme"))
    repository.write("entries/acme/baz.yaml", wrong("Baz"))
    code, lines = hook(repository)
    assert code == 1
    assert [line for line in lines if line.startswith("entries/")] == [
        "entries/acme/bar.yaml:4:9: unknown-value: 'avaliable' is not a value of 'status'"
    ]
    assert "1 file checked, 1 problem." in lines
    assert (repository.root / "entries/acme/foo.yaml").read_bytes() == wrong("Foo", "Acme")


def test_all_files_are_checked_when_that_is_asked_for(repository: Repository) -> None:
    staged(repository, bar=right("Bar"))
    assert hook(repository, "--all-files")[0] == 0
    staged(repository, bar=wrong("Bar"), 条目=right("Baz"))
    code, lines = hook(repository, "--all-files")
    assert code == 1
    assert [line.partition(": ")[0] for line in lines if line.startswith("entries/")] == [
        "entries/acme/bar.yaml:4:9",
        "entries/acme/条目.yaml:1:1",
    ]


def test_the_answer_offers_a_repair_which_the_other_hook_makes(repository: Repository) -> None:
    staged(repository, bar=right("Bar").replace(b"type:", "type：".encode()))
    repository.write("entries/acme/baz.yaml", right("Baz") + b" \n")
    code, lines = hook(repository)
    assert code == 1
    offer = lines.index("1 of these can be repaired:")
    program = f'"{sys.executable}"' if " " in sys.executable else sys.executable  # outside this project: in full
    assert lines[offer + 1 :][:2] == [f"  {program} scripts/validate.py --fix", "1 file checked, 1 problem."]
    code, lines = hook(repository, "fix", "--hook-stage=manual")
    assert code == 1  # so that nobody overlooks that a file changed
    assert "repaired entries/acme/bar.yaml" in lines
    assert (repository.root / "entries/acme/bar.yaml").read_bytes() == right("Bar")
    assert (repository.root / "entries/acme/baz.yaml").read_bytes() == right("Baz") + b" \n"
    repository.git("add", "entries/acme/bar.yaml")
    assert hook(repository)[0] == 0


def test_a_commit_without_entries_is_not_checked(repository: Repository) -> None:
    repository.write("entries/acme/baz.yaml", wrong("Baz"))
    repository.write("notes.md", b"entries/acme/foo.yaml\n")
    repository.git("add", "notes.md")
    assert hook(repository)[0] == 0
