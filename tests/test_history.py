"""The catalog at a commit is the one that a checkout would have, and nothing of the commit is followed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from catalog import git as git_
from catalog import history
from catalog.git import fork_point, merge_base, resolve, touched
from catalog.history import state_at
from catalog.problem import WrongUseError
from repository import Repository
from scratch import right, wrong

FOO, BAR = right("Foo", "Acme"), right("Bar")


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return Repository.of(tmp_path_factory.mktemp("seed") / "project", {"acme/foo.yaml": FOO, "acme/bar.yaml": BAR})


@pytest.fixture
def repo(seed: Repository, tmp_path: Path) -> Repository:
    return seed.duplicate(tmp_path / "project")


def said(problems) -> list[tuple[str, str]]:
    return [(problem.file, problem.rule) for problem in problems]


# --- states -------------------------------------------------------------------------------------------------


def test_a_state_has_the_catalog_of_its_commit_and_not_of_the_folder(repo: Repository) -> None:
    first = repo.git("rev-parse", "HEAD")
    repo.write("entries/acme/baz.yaml", wrong("Baz"))
    second = repo.commit()
    (repo.root / "entries/acme/foo.yaml").unlink()
    before, after, now = (state_at(repo.root, revision) for revision in (first, "HEAD", None))
    assert (list(before.catalog.entries), before.problems, before.commit) == (["acme/bar", "acme/foo"], (), first)
    assert (list(after.catalog.entries), after.catalog.unread) == (["acme/bar", "acme/foo"], {"acme/baz"})
    assert (said(after.problems), after.commit) == ([("entries/acme/baz.yaml", "unknown-value")], second)
    assert (list(now.catalog.entries), now.commit) == (["acme/bar"], None)


def test_the_working_tree_needs_no_git(repo: Repository, monkeypatch) -> None:
    shutil.rmtree(repo.root / ".git")
    monkeypatch.setenv("PATH", os.devnull)
    assert list(state_at(repo.root, None).catalog.entries) == ["acme/bar", "acme/foo"]


ODD = {  # a path among the entries, and the rule that its name breaks
    "acme/a\nb.yaml": "file-name",
    'acme/"quoted".yaml': "file-name",
    "acme/条目.yaml": "file-name",
    "acme/a b.yaml": "file-name",
    "acme/foo.yml": "file-name",
    "acme/qux.YAML": "file-name",
    "acme/a\\b.yaml": "file-name",
    "acme/-rf.yaml": "file-name",
    "acme/deep/er/foo.yaml": "file-place",
    "foo.yaml": "file-place",
    ":(exclude)x/foo.yaml": "file-name",
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_odd_names_at_a_commit_are_told_as_in_a_folder(repo: Repository) -> None:
    for name in ODD:
        repo.write(f"entries/{name}", FOO)
    repo.commit()
    at_commit = state_at(repo.root, "HEAD")
    assert said(at_commit.problems) == sorted((f"entries/{name}", rule) for name, rule in ODD.items())
    assert at_commit.problems == state_at(repo.root, None).problems
    assert list(at_commit.catalog.entries) == ["acme/bar", "acme/foo"]


def test_a_name_that_is_not_utf8_is_told(repo: Repository) -> None:
    inner = repo.tree(("100644", repo.blob(FOO), b"foo\xff.yaml"))
    commit = with_entries(repo, repo.tree(("40000", inner, b"acme")))
    assert said(state_at(repo.root, commit).problems) == [("entries/acme/foo\udcff.yaml", "file-name")]


def with_entries(repo: Repository, tree: str) -> str:
    """A commit whose `entries` is this tree; the rest is as it was."""
    schema = repo.git("rev-parse", "HEAD:schema")
    whole = repo.tree(("40000", tree, b"entries"), ("40000", schema, b"schema"))
    return repo.git("commit-tree", whole, "-m", "x")


LINKS = ("foo.yaml", "../../pyproject.toml", "/etc/passwd", "name: {en: Foo}")


@pytest.mark.parametrize("target", LINKS)
def test_a_symbolic_link_is_told_and_never_followed(target: str, repo: Repository) -> None:
    inner = repo.tree(("120000", repo.blob(target.encode()), b"bar.yaml"), ("100644", repo.blob(FOO), b"foo.yaml"))
    state = state_at(repo.root, with_entries(repo, repo.tree(("40000", inner, b"acme"))))
    assert list(state.catalog.entries) == ["acme/foo"]
    assert [(p.file, p.rule, p.message.en) for p in state.problems] == [
        ("entries/acme/bar.yaml", "not-a-file", "not a regular file")
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows lets only some make links")
def test_a_symbolic_link_at_a_commit_is_told_as_in_a_folder(repo: Repository) -> None:
    (repo.root / "entries/acme/baz.yaml").symlink_to("foo.yaml")
    (repo.root / "entries/labs").symlink_to("acme")
    repo.commit()
    at_commit = state_at(repo.root, "HEAD").problems
    assert said(at_commit) == [("entries/acme/baz.yaml", "not-a-file"), ("entries/labs", "not-a-file")]
    assert at_commit == state_at(repo.root, None).problems


@pytest.mark.parametrize("mode", ["120000", "160000"])
def test_the_folder_of_entries_may_be_none(mode: str, repo: Repository) -> None:
    found = repo.blob(b"docs") if mode == "120000" else repo.git("rev-parse", "HEAD")
    schema = repo.git("rev-parse", "HEAD:schema")
    whole = repo.tree((mode, found, b"entries"), ("40000", schema, b"schema"))
    state = state_at(repo.root, repo.git("commit-tree", whole, "-m", "x"))
    assert dict(state.catalog.entries) == {}
    assert [(p.file, p.message.en) for p in state.problems] == [("entries", "not a folder that can be read")]


@pytest.mark.skipif(os.name == "nt", reason="Windows lets only some make links")
def test_the_folder_of_entries_may_be_a_link_in_the_working_tree(repo: Repository, tmp_path: Path) -> None:
    (repo.root / "entries").rename(tmp_path / "elsewhere")
    (repo.root / "entries").symlink_to(tmp_path / "elsewhere")
    state = state_at(repo.root, None)
    assert dict(state.catalog.entries) == {}
    assert said(state.problems) == [("entries", "not-a-file")]


def test_a_submodule_is_told(repo: Repository) -> None:
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.git('rev-parse', 'HEAD')},entries/acme/sub")
    repo.git("commit", "--quiet", "--message=x")
    state = state_at(repo.root, "HEAD")
    assert list(state.catalog.entries) == ["acme/bar", "acme/foo"]
    assert said(state.problems) == [("entries/acme/sub", "not-a-file")]


@pytest.mark.parametrize("name", [b"..", b".", b"../../outside.yaml", b"/outside.yaml", b"a" * 300 + b".yaml"])
def test_nothing_is_written_outside_the_scratch_folder(
    name: bytes, repo: Repository, tmp_path: Path, monkeypatch
) -> None:
    """Git refuses to make such trees, and does not refuse to read them."""
    place = tmp_path / "scratch"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    before = sorted(tmp_path.rglob("*.yaml"))
    inner = repo.tree(("100644", repo.blob(FOO), name), ("100644", repo.blob(FOO), b"foo.yaml"))
    commit = with_entries(repo, repo.tree(("40000", inner, b"acme")))
    state = state_at(repo.root, commit)
    assert list(state.catalog.entries) == ["acme/foo"]
    assert [problem.rule for problem in state.problems] == ["file-name"]
    assert state.problems[0].message.zh == "并非所有系统都支持的文件名"
    assert sorted(tmp_path.rglob("*.yaml")) == before
    assert list(place.iterdir()) == []


def test_a_file_that_is_a_folder_too_is_told(repo: Repository) -> None:
    one = repo.blob(FOO)
    inner = repo.tree(("100644", one, b"foo.yaml"), ("40000", repo.tree(("100644", one, b"x")), b"foo.yaml"))
    state = state_at(repo.root, with_entries(repo, repo.tree(("40000", inner, b"acme"))))
    assert said(state.problems) == [("entries/acme/foo.yaml/x", "file-name")]


def test_a_file_that_is_too_large_is_told_and_not_read(repo: Repository) -> None:
    repo.write("entries/acme/foo.yaml", FOO + b"#" * 70_000)
    repo.commit()
    at_commit = state_at(repo.root, "HEAD").problems
    assert ("entries/acme/foo.yaml", "file-size") in said(at_commit)
    assert at_commit == state_at(repo.root, None).problems


def test_an_empty_file_is_told(repo: Repository) -> None:
    repo.write("entries/acme/bar.yaml", b"")
    repo.commit()
    assert state_at(repo.root, "HEAD").problems == state_at(repo.root, None).problems != ()


@pytest.mark.parametrize(("name", "limit"), [("MOST_FILES", 1), ("MOST_BYTES", len(FOO))])
def test_a_commit_that_is_too_large_is_refused(name: str, limit: int, repo: Repository, monkeypatch) -> None:
    monkeypatch.setattr(history, name, limit)
    with pytest.raises(WrongUseError) as error:
        state_at(repo.root, "HEAD")
    assert error.value.text == ("entries/ is too large to be read", "entries/ 太大，无法读取")


# --- whose schema -------------------------------------------------------------------------------------------


def lenient(repo: Repository) -> None:
    """Let the schema allow the slip of `wrong`."""
    path = repo.root / "schema/vocabularies.json"
    path.write_bytes(path.read_bytes().replace(b'"const": "available"', b'"const": "avaliable"'))


def test_strangers_are_judged_by_the_schema_of_main(repo: Repository) -> None:
    repo.branch("theirs")
    lenient(repo)
    for name in ("foo", "bar"):
        (repo.root / f"entries/acme/{name}.yaml").unlink()
    repo.write("entries/acme/foo.yaml", wrong("Foo", "Acme"))
    repo.commit()
    assert state_at(repo.root, "theirs").problems == ()
    assert said(state_at(repo.root, "theirs", "main").problems) == [("entries/acme/foo.yaml", "unknown-value")]
    assert state_at(repo.root, None).problems == ()
    with pytest.raises(ValueError, match="the working tree is judged by its own schema"):
        state_at(repo.root, None, "main")


def test_strangers_do_not_excuse_themselves(repo: Repository) -> None:
    repo.branch("theirs")
    repo.write("entries/acme/bar.yaml", right("Bar").replace(b"https://acme.ai", b"http://acme.ai"))
    excuse = b"exceptions:\n  - {rule: unencrypted-address, file: entries/acme/bar.yaml, reason: x, found: 'http://acme.ai/foo'}\n"
    repo.write("schema/exceptions.yaml", excuse)
    repo.commit()
    assert state_at(repo.root, "theirs").problems == ()
    assert said(state_at(repo.root, "theirs", "main").problems) == [("entries/acme/bar.yaml", "unencrypted-address")]


BROKEN = (b"", b"{", b"[]", b"{}", b'{"$defs": {}}', b'{"$defs": {"status": {"type": 3}}}', b"\xff")


@pytest.mark.parametrize("data", BROKEN)
def test_a_broken_schema_is_wrong_use(data: bytes, repo: Repository) -> None:
    repo.write("schema/vocabularies.json", data)
    with pytest.raises(WrongUseError) as error:
        state_at(repo.root, None)
    assert error.value.text.en.startswith("schema/ cannot be used: '")
    assert error.value.text.zh.startswith("schema/ 无法使用：'")


def test_a_missing_schema_is_wrong_use(repo: Repository) -> None:
    repo.git("rm", "-r", "--quiet", "schema")
    repo.commit()
    with pytest.raises(WrongUseError, match="schema/ cannot be used: 'FileNotFoundError"):
        state_at(repo.root, "HEAD")


# --- what is touched ----------------------------------------------------------------------------------------


def test_touched_lists_both_names_of_a_rename(repo: Repository) -> None:
    base = repo.git("rev-parse", "HEAD")
    repo.git("mv", "entries/acme/bar.yaml", "entries/acme/baz.yaml")
    repo.write("entries/acme/foo.yaml", right("Foo 2", "Acme"))
    repo.write('notes/笔记 \n".txt', b"x") if os.name != "nt" else repo.write("notes/笔记.txt", b"x")
    (repo.root / "README.template.md").unlink()
    expected = [
        ("D", "README.template.md"),
        ("D", "entries/acme/bar.yaml"),
        ("A", "entries/acme/baz.yaml"),
        ("M", "entries/acme/foo.yaml"),
        ("A", 'notes/笔记 \n".txt' if os.name != "nt" else "notes/笔记.txt"),
    ]
    assert touched(repo.root, base, None) == expected
    assert touched(repo.root, base, repo.commit()) == expected
    assert touched(repo.root, base, base) == []


def test_an_ignored_file_is_not_touched(repo: Repository) -> None:
    repo.write(".gitignore", b"*.tmp\n")
    repo.write("a.tmp", b"x")
    assert touched(repo.root, "HEAD", None) == [("A", ".gitignore")]


def test_nobodys_settings_change_the_answer(repo: Repository, tmp_path: Path, monkeypatch) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[core]\nquotePath = true\npager = false\n[color]\nui = always\n"
        "[diff]\nrenames = copies\nrelative = true\nexternal = false\nnoprefix = true\nignoreSubmodules = all\n"
    )
    repo.git("mv", "entries/acme/bar.yaml", "entries/acme/baz.yaml")
    repo.write("文件.txt", b"x")
    repo.commit()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert touched(repo.root, "HEAD~1", "HEAD") == [
        ("D", "entries/acme/bar.yaml"),
        ("A", "entries/acme/baz.yaml"),
        ("A", "文件.txt"),
    ]
    assert list(state_at(repo.root, "HEAD").catalog.entries) == ["acme/baz", "acme/foo"]


def test_a_replaced_commit_is_seen_as_it_was(repo: Repository) -> None:
    repo.write("entries/acme/baz.yaml", right("Baz"))
    new = repo.commit()
    repo.git("replace", new, f"{new}~1")
    assert "acme/baz" in state_at(repo.root, new).catalog.entries


# --- where a branch began -----------------------------------------------------------------------------------


def moved_on(repo: Repository) -> tuple[str, str]:
    """A branch that adds an entry, and a main that went on since: where both began, and main's tip."""
    began = repo.git("rev-parse", "main")
    repo.branch("theirs")
    repo.write("entries/acme/theirs.yaml", right("Theirs"))
    repo.commit()
    repo.git("checkout", "--quiet", "main")
    repo.write("entries/acme/ours.yaml", right("Ours"))
    tip = repo.commit()
    repo.publish()
    return began, tip


def test_a_branch_is_compared_with_where_it_began(repo: Repository) -> None:
    began, _ = moved_on(repo)
    assert merge_base(repo.root, "origin/main", "theirs") == began
    assert fork_point(repo.root, "origin/main", "theirs") == began


def test_githubs_merge_is_compared_with_main_and_undone_to_where_the_branch_began(repo: Repository) -> None:
    began, tip = moved_on(repo)
    merge = repo.merged("theirs")
    assert merge_base(repo.root, "origin/main", merge) == tip
    assert fork_point(repo.root, "origin/main", merge) == began
    assert touched(repo.root, tip, merge) == [("A", "entries/acme/theirs.yaml")]


def test_main_may_move_on_after_githubs_merge(repo: Repository) -> None:
    _, tip = moved_on(repo)
    merge = repo.merged("theirs")
    repo.git("checkout", "--quiet", "main")
    repo.write("entries/acme/later.yaml", right("Later"))
    repo.commit()
    repo.publish()
    assert merge_base(repo.root, "origin/main", merge) == tip


# --- wrong use ----------------------------------------------------------------------------------------------

UNKNOWN = ("nope", "", "--help", "-x", "HEAD:entries", "HEAD..HEAD", "^HEAD", "HEAD^{tree}", "@{u}", "a b", "HEAD\n")


@pytest.mark.parametrize("revision", UNKNOWN)
def test_what_is_no_commit_is_wrong_use(revision: str, repo: Repository) -> None:
    with pytest.raises(WrongUseError) as error:
        resolve(repo.root, revision)
    shown = revision.replace("\n", "<U+000A>")
    assert error.value.text == (
        f"'{shown}' is no commit here; get it with `git fetch`",
        f"这里没有提交 '{shown}'；请用 `git fetch` 获取",
    )


def test_a_nul_is_wrong_use(repo: Repository) -> None:
    with pytest.raises(WrongUseError, match="git cannot do it: embedded null byte"):
        resolve(repo.root, "a\0b")


@pytest.mark.parametrize("name", ["HEAD", "main", "v1", "HEAD^{commit}"])
def test_a_commit_may_be_named_in_many_ways(name: str, repo: Repository) -> None:
    repo.git("tag", "--annotate", "--message=x", "v1")
    assert resolve(repo.root, name) == repo.git("rev-parse", "HEAD")


def test_a_shallow_clone_says_how_to_get_the_rest(repo: Repository, tmp_path: Path) -> None:
    moved_on(repo)
    repo.git("clone", "--quiet", "--depth=1", "--no-single-branch", repo.root.as_uri(), str(tmp_path / "clone"))
    with pytest.raises(WrongUseError) as error:
        merge_base(tmp_path / "clone", "origin/main", "origin/theirs")
    assert error.value.text == (
        "'origin/main' and 'origin/theirs' have no commit in common; the clone is shallow: run "
        "`git fetch --unshallow`, or set `fetch-depth: 0` in a workflow",
        "'origin/main' 与 'origin/theirs' 没有共同的提交；这是浅克隆：请运行 `git fetch --unshallow`，"
        "或在工作流中设置 `fetch-depth: 0`",
    )
    with pytest.raises(WrongUseError, match="'HEAD~1' is no commit here; the clone is shallow: "):
        state_at(tmp_path / "clone", "HEAD~1")


def test_unrelated_histories_have_no_merge_base(repo: Repository) -> None:
    repo.git("checkout", "--quiet", "--orphan", "other")
    repo.write("notes.txt", b"x")
    repo.commit()
    with pytest.raises(WrongUseError) as error:
        merge_base(repo.root, "main", "other")
    assert error.value.text == ("'main' and 'other' have no commit in common", "'main' 与 'other' 没有共同的提交")


def test_a_folder_that_is_no_repository_is_wrong_use(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(WrongUseError, match="not the top folder of a git repository; get the project with `git clone`"):
        state_at(tmp_path, "HEAD")


def test_a_folder_in_somebodys_other_repository_is_wrong_use(repo: Repository) -> None:
    with pytest.raises(WrongUseError, match="entries: not the top folder of a git repository"):
        touched(repo.root / "entries", "HEAD", None)


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="not the top folder of a git repository"):
        resolve(tmp_path / "nope", "HEAD")


def test_a_machine_without_git_is_told(repo: Repository, monkeypatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(WrongUseError) as error:
        resolve(repo.root, "HEAD")
    assert error.value.text == ("git is not installed; install it first", "没有安装 git；请先安装")


def test_an_object_that_git_has_lost_is_told(repo: Repository) -> None:
    name = repo.git("rev-parse", "HEAD:entries/acme/foo.yaml")
    lost = repo.root / ".git/objects" / name[:2] / name[2:]
    lost.chmod(0o600)
    lost.unlink()
    with pytest.raises(WrongUseError) as error:
        state_at(repo.root, "HEAD")
    assert error.value.text == (f"git has lost the object {name}; clone again", f"git 缺少对象 {name}；请重新克隆")


def test_git_is_asked_as_a_list_and_writes_nothing(repo: Repository, monkeypatch) -> None:
    calls = []
    run = subprocess.run

    def noted(program, **options):
        calls.append((program, options))
        return run(program, **options)

    monkeypatch.setattr(git_.subprocess, "run", noted)
    repo.git("update-index", "--refresh")
    before = {path: path.stat().st_mtime_ns for path in (repo.root / ".git").rglob("*") if path.is_file()}
    state_at(repo.root, "HEAD")
    touched(repo.root, "HEAD", None)
    assert {path: path.stat().st_mtime_ns for path in (repo.root / ".git").rglob("*") if path.is_file()} == before
    assert calls
    assert all(isinstance(program, list) and "shell" not in options for program, options in calls)
