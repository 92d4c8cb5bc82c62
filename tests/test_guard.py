"""A pull request that edits a generated file by hand is told the command that undoes it."""

from __future__ import annotations

import gc
import os
import subprocess
from pathlib import Path

import guard
import pytest
import scratch
from catalog.command import home
from catalog.entry import Catalog
from catalog.generated import edited, undo
from catalog.outputs import PATHS, Project, outputs
from catalog.schema import Schema
from repository import Repository
from scratch import GENERATED, right


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    """Not GitHub's machine; and the garbage is collected again, which a command leaves."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    yield
    gc.enable()


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A project with its generated files, and a branch from it."""
    made = Repository.of(tmp_path_factory.mktemp("seed") / "project", {"acme/foo.yaml": right("Foo", "Acme")})
    for name in GENERATED:
        made.write(name, b"generated\n")
    made.commit()
    made.publish()
    made.branch("theirs")
    return made


@pytest.fixture
def repo(seed: Repository, tmp_path: Path) -> Repository:
    return seed.duplicate(tmp_path / "project")


def run(repo: Repository, *argv: str) -> int:
    return guard.main(["--root", str(repo.root), *argv])


FINE = "no generated file is edited · 没有改动自动生成的文件\n"
ALONE = (
    "entries/acme/bar.yaml",
    "entries/acme/foo.yaml",
    "README.template.md",
    "schema/vocabularies.json",
    "docs/essay.md",
    "docs/models.md",
    "tests/README.md",
    "readme.txt",
)


def test_leaving_generated_files_alone_is_always_right(repo: Repository, capsys) -> None:
    assert run(repo) == 0
    for path in ALONE:
        there = (repo.root / path).read_bytes() if (repo.root / path).exists() else b""
        repo.write(path, there + b"\n")
    assert run(repo) == 0
    repo.commit()
    assert run(repo, "origin/main", "theirs") == 0
    assert capsys.readouterr() == (FINE * 3, "")


def test_the_generated_files_are_those_that_are_written(schema: Schema) -> None:
    assert outputs(Project(Catalog({}, ()), schema, {}, "")).keys() == PATHS == GENERATED


def test_an_edit_is_told_with_its_undoing(repo: Repository, capsys) -> None:
    base = repo.git("rev-parse", "HEAD")
    repo.write("README.md", b"by hand\n")
    (repo.root / "docs/fields.md").unlink()
    head = repo.commit()
    assert run(repo, "origin/main", head) == 1
    command = f"git checkout {base[:12]} -- README.md docs/fields.md"
    message = (
        "this file is generated from entries/, and main writes it anew after the merge; leave it out of the pull "
        "request · 本文件由 entries/ 生成，合并后由 main 自动重写；请不要在拉取请求中改动它"
    )

    def repair(path: str) -> str:
        address = f"{home()}/raw/{base}/{path}"
        return (
            f"run `{command}` and commit; in the browser: edit the file in your branch and paste the text of {address}"
            f" · 请运行 `{command}` 并提交；在浏览器中：请在你的分支里编辑此文件，粘贴 {address} 的内容"
        )

    paths = ("README.md", "docs/fields.md")
    blocks = [f"{path}:1:1: generated-file: {message}\n    = {repair(path)}\n\n" for path in paths]
    assert capsys.readouterr() == ("".join(blocks) + "2 files checked, 2 problems.\n", "")
    subprocess.run(command.split(), cwd=repo.root, check=True)
    assert run(repo) == 0


def test_an_added_page_is_removed_again(repo: Repository, capsys) -> None:
    repo.write("docs/models/general-1.md", b"by hand\n")
    repo.write("README.zh.md", b"by hand\n")
    base = repo.git("rev-parse", "HEAD")
    repo.commit()
    assert run(repo) == 1
    out = capsys.readouterr().out
    command = f"git checkout {base[:12]} -- README.zh.md && git rm -- docs/models/general-1.md"
    assert f"run `{command}` and commit; in the browser: delete the file in your branch · " in out
    assert f"请运行 `{command}` 并提交；在浏览器中：请在你的分支里删除此文件" in out
    for step in command.split(" && "):
        subprocess.run(step.split(), cwd=repo.root, check=True, capture_output=True)
    assert run(repo) == 0


def test_a_renamed_generated_file_is_two_edits(repo: Repository, capsys) -> None:
    (repo.root / "docs/models").mkdir()
    repo.git("mv", "README.md", "docs/models/README.md")
    repo.commit()
    assert run(repo) == 1
    out = capsys.readouterr().out
    assert [line.split(":")[0] for line in out.splitlines() if "generated-file" in line] == [
        "README.md",
        "docs/models/README.md",
    ]


def test_an_edit_that_is_undone_again_is_no_edit(repo: Repository, capsys) -> None:
    repo.write("README.md", b"by hand\n")
    repo.commit()
    repo.write("README.md", b"generated\n")
    repo.commit()
    assert run(repo) == 0
    assert capsys.readouterr().out == FINE


def test_what_main_generated_since_is_not_the_branchs_doing(repo: Repository, capsys) -> None:
    repo.write("entries/acme/bar.yaml", right("Bar"))
    repo.commit()
    repo.git("checkout", "--quiet", "main")
    repo.write("README.md", b"generated again\n")
    repo.commit()
    repo.publish()
    assert run(repo, "origin/main", "theirs") == 0
    assert run(repo, "origin/main", repo.merged("theirs")) == 0
    assert run(repo) == 0
    assert capsys.readouterr().out == FINE * 3


def test_a_merge_of_githubs_names_a_commit_that_the_author_has(repo: Repository, capsys) -> None:
    began = repo.git("rev-parse", "main")
    repo.write("README.md", b"by hand\n")
    repo.commit()
    repo.git("checkout", "--quiet", "main")
    repo.write("entries/acme/bar.yaml", right("Bar"))
    repo.commit()
    repo.publish()
    repo.merged("theirs")
    assert run(repo, "origin/main", "HEAD") == 1
    assert f"run `git checkout {began[:12]} -- README.md` and commit" in capsys.readouterr().out


def test_annotations_speak_both_languages(repo: Repository, capsys, monkeypatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    base = repo.git("rev-parse", "HEAD")
    repo.write("README.md", b"by hand\n")
    assert run(repo) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("::error file=README.md,line=1,endLine=1,col=1,endColumn=2,title=generated-file::")
    assert first.count(f"git checkout {base[:12]} -- README.md") == 2
    assert "; leave it out of the pull request" in first
    assert "请不要在拉取请求中改动它" in first
    assert last == "1 file checked, 1 problem."


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_hostile_name_commands_nobody(repo: Repository, capsys, monkeypatch) -> None:
    repo.write("docs/models/$(id);\n::error::x ##[debug].md", b"x")
    assert run(repo) == 1
    out = capsys.readouterr().out
    assert "git rm -- 'docs/models/$(id);<U+000A>::error::x #♯[debug].md'" in out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run(repo) == 1
    assert [line[:7] for line in capsys.readouterr().out.splitlines()] == ["::error", "1 file "]


def test_many_edits_are_told_one_command_each() -> None:
    pages = [("M", f"docs/models/general-{n}.md") for n in range(11)]
    assert undo(pages[:2], "a" * 40) == "git checkout aaaaaaaaaaaa -- docs/models/general-0.md docs/models/general-1.md"
    repairs = [problem.repair.en for problem in guard.told(pages, "a" * 40, "https://acme.ai") if problem.repair]
    assert [repair.partition("`")[2].partition("`")[0] for repair in repairs] == [
        f"git checkout aaaaaaaaaaaa -- {path}" for _, path in pages
    ]


def test_pages_of_the_list_are_generated_too() -> None:
    assert edited([("M", "README.md"), ("A", "x.md")]) == [("M", "README.md")]
    assert edited([("M", "docs/models/x"), ("M", "docs/models")]) == [("M", "docs/models/x")]


WRONG_USE = [
    (
        ["nope"],
        "guard.py: 'nope' is no commit here; get it with `git fetch`\n"
        "guard.py: 这里没有提交 'nope'；请用 `git fetch` 获取\n",
    ),
    (
        ["main", "##[x"],
        "guard.py: '#♯[x' is no commit here; get it with `git fetch`\n"
        "guard.py: 这里没有提交 '#♯[x'；请用 `git fetch` 获取\n",
    ),
]


@pytest.mark.parametrize(("argv", "said"), WRONG_USE)
def test_wrong_use_is_told_in_both_languages(argv: list[str], said: str, repo: Repository, capsys) -> None:
    assert run(repo, *argv) == 2
    assert capsys.readouterr() == ("", said)


def test_main_must_be_known(repo: Repository, capsys) -> None:
    repo.git("update-ref", "-d", "refs/remotes/origin/main")
    assert run(repo) == 2
    assert capsys.readouterr().err.startswith("guard.py: 'origin/main' is no commit here; get it with `git fetch`\n")


def test_a_folder_that_is_no_repository_is_told(tmp_path: Path) -> None:
    scratch.make(tmp_path, {})
    done = scratch.run("guard.py", "--root", str(tmp_path), cwd=tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b": not the top folder of a git repository; get the project with `git clone`\n" in done.stderr
    assert b"Traceback" not in done.stderr
