"""Everything below `entries/` is an entry in its place, or a problem; nothing else is looked at."""

from __future__ import annotations

import inspect
import os
import sys
from pathlib import Path

import pytest
from catalog.files import find
from catalog.problem import Problem, Text
from scratch import POSIX

ENTRY = "entries/acme/foo.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of one entry."""
    (tmp_path / "project/entries/acme").mkdir(parents=True)
    (tmp_path / "project" / ENTRY).write_text("name: {en: Foo}\n")
    return tmp_path / "project"


def told(root: Path) -> list[tuple[str, str]]:
    """File and rule of every problem."""
    return [(problem.file, problem.rule) for problem in find(root)[1]]


def write(root: Path, *paths: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("")
    return root


def test_an_entry_is_found(root: Path) -> None:
    assert find(root) == ([ENTRY], [])


def test_files_come_in_order_of_their_paths(root: Path) -> None:
    paths = ["a/b.yaml", "a/c.yaml", "a-b/a.yaml", "a.b/a.yaml", "acme/_organization.yaml", "acme/a.yaml", "b/a.yaml"]
    write(root, *(f"entries/{path}" for path in reversed(paths)))
    assert find(root) == (sorted([ENTRY, *(f"entries/{path}" for path in paths)], key=lambda path: path.split("/")), [])


def test_only_entries_is_looked_at(root: Path) -> None:
    write(root, "README.md", "notes/foo.yaml", "entries.yaml")
    assert find(root) == ([ENTRY], [])


def test_a_project_without_entries_has_none(tmp_path: Path) -> None:
    assert find(tmp_path) == ([], [])
    assert find(tmp_path / "nowhere") == ([], [])


def test_an_empty_folder_is_no_problem(root: Path) -> None:
    (root / "entries/empty/inner").mkdir(parents=True)
    assert find(root) == ([ENTRY], [])


@POSIX
@pytest.mark.parametrize("target", ["../secret.yaml", "foo.yaml", "../..", "nowhere", "bar.yaml"])
def test_a_link_is_not_followed(root: Path, target: str) -> None:
    write(root, "secret.yaml")
    (root / "entries/acme/bar.yaml").symlink_to(target)
    assert find(root) == ([ENTRY], [not_a_file("entries/acme/bar.yaml")])


def not_a_file(path: str) -> Problem:
    message, repair = Text("not a regular file", "不是普通文件"), Text("put the file itself here", "请放入文件本身")
    return Problem(path, 1, 1, "not-a-file", message, repair)


@POSIX
def test_a_link_to_a_folder_is_not_followed(root: Path) -> None:
    (root / "entries/link").symlink_to("acme")
    assert find(root) == ([ENTRY], [not_a_file("entries/link")])


@POSIX
def test_entries_is_a_folder_and_no_link(root: Path) -> None:
    (root / "entries").rename(root / "elsewhere")
    (root / "entries").symlink_to("elsewhere")
    assert find(root) == ([], [not_a_folder("entries")])


def not_a_folder(path: str) -> Problem:
    message, repair = Text("not a folder that can be read", "不是可以读取的文件夹"), Text("make it one", "请改为文件夹")
    return Problem(path, 1, 1, "not-a-file", message, repair)


def test_entries_is_a_folder_and_no_file(tmp_path: Path) -> None:
    assert find(write(tmp_path, "entries")) == ([], [not_a_folder("entries")])


@POSIX
def test_a_pipe_is_not_opened(root: Path) -> None:
    os.mkfifo(root / "entries/acme/bar.yaml")
    assert find(root) == ([ENTRY], [not_a_file("entries/acme/bar.yaml")])


def test_a_folder_that_cannot_be_opened_is_a_problem(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def scandir(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path)

    opened = os.scandir
    (root / "entries/closed").mkdir()
    monkeypatch.setattr(os, "scandir", scandir)
    assert find(root) == ([ENTRY], [not_a_folder("entries/closed")])


def test_folders_within_folders_do_not_exhaust_the_search(root: Path) -> None:
    levels, limit = 150, sys.getrecursionlimit()
    write(root, "entries" + "/a" * levels + "/foo.yaml")
    sys.setrecursionlimit(len(inspect.stack()) + levels)
    try:
        assert told(root) == [("entries" + "/a" * levels + "/foo.yaml", "file-place")]
    finally:
        sys.setrecursionlimit(limit)


NAMES = [
    ("foo.yml", "the file name ends with '.yml'", "rename it to 'foo.yaml'"),
    ("foo.YAML", "the file name ends with '.YAML'", "rename it to 'foo.yaml'"),
    ("foo.yaml.yml", "the file name ends with '.yaml.yml'", "rename it to 'foo.yaml'"),
    ("_organization.yml", "the file name ends with '.yml'", "rename it to '_organization.yaml'"),
    ("foo.yaml.txt", "a file name that does not end with .yaml", "rename or remove it"),
    ("foo.yaml~", "a file name that does not end with .yaml", "rename or remove it"),
    ("foo.yaml ", "a file name that does not end with .yaml", "rename or remove it"),
    ("fooyaml", "a file name that does not end with .yaml", "rename or remove it"),
    (".yaml", "a file name that does not end with .yaml", "rename or remove it"),
    (".DS_Store", "a file name that does not end with .yaml", "rename or remove it"),
    ("com1.yaml", "Windows keeps the name 'com1' for itself", "rename it to 'com1-1'"),
    ("prn.2.yaml", "Windows keeps the name 'prn.2' for itself", "rename it to 'prn-1.2'"),
]
LETTERS = "is not made of lower-case letters, digits and single '-' or '.' (at most 64)"
SLUGS = [
    ("Foo", "rename it to 'foo'"),
    ("FOO 2.5 (Turbo)", "rename it to 'foo-2.5-turbo'"),
    ("foo_bar", "rename it to 'foo-bar'"),
    ("_foo", "rename it to 'foo'"),
    ("foo-", "rename it to 'foo'"),
    ("foo.", "rename it to 'foo'"),
    (".foo", "rename it to 'foo'"),
    ("foo-.bar", "rename it to 'foo.bar'"),
    ("foo--bar", "rename it to 'foo-bar'"),
    ("foo+", "rename it to 'foo'"),
    ("智脑", "use the English name or pinyin"),
    ("foo智脑", "rename it to 'foo'"),
    ("ｆｏｏ", "use the English name or pinyin"),
    ("ⅷ", "use the English name or pinyin"),
    ("---", "use the English name or pinyin"),
    ("a" * 65, "use the English name or pinyin"),
]


@pytest.mark.parametrize(("name", "message", "repair"), NAMES)
def test_a_file_name_has_an_ending_and_is_no_device(root: Path, name: str, message: str, repair: str) -> None:
    write(root, f"entries/acme/{name}")
    (problem,) = find(root)[1]
    assert (problem.rule, problem.message.en, problem.repair.en) == ("file-name", message, repair)


@pytest.mark.parametrize(("slug", "repair"), SLUGS)
def test_a_model_and_an_organization_are_named_alike(root: Path, slug: str, repair: str) -> None:
    write(root, f"entries/acme/{slug}.yaml", f"entries/{slug}/foo.yaml")
    found = find(root)
    shown = slug if len(slug) < 60 else slug[:59] + "…"
    assert found[0] == [ENTRY]
    assert {(p.rule, p.message.en, p.repair.en) for p in found[1]} == {("file-name", f"'{shown}' {LETTERS}", repair)}


@pytest.mark.parametrize(
    "slug", ["a", "0", "360", "foo-2.5-coder", "a" * 64, "1.10", "con1", "console", "com", "lpt10", "nul-2", "x.con"]
)
def test_a_name_of_letters_digits_hyphens_and_dots_is_right(root: Path, slug: str) -> None:
    write(root, f"entries/acme/{slug}.yaml", f"entries/{slug}/foo.yaml", f"entries/{slug}/_organization.yaml")
    assert len(find(root)[0]) == 4
    assert find(root)[1] == []


@pytest.mark.parametrize(
    ("path", "repair"),
    [
        ("foo.yaml", "move it to 'entries/<folder of the organization>/foo.yaml'"),
        ("_organization.yaml", "move it to 'entries/<folder of the organization>/_organization.yaml'"),
        ("acme/old/foo.yaml", "move it to 'entries/acme/foo.yaml'"),
        ("acme/old/older/Foo.yaml", "move it to 'entries/acme/foo.yaml'"),
        ("Acme AI/old/foo.yml", "move it to 'entries/acme-ai/foo.yaml'"),
        ("智谱/old/智脑.yaml", "move it to 'entries/<folder of the organization>/<model>.yaml'"),
        ("ORGANIZATION/old/MODEL.yaml", "move it to 'entries/<folder of the organization>/<model>.yaml'"),
        ("README.md", "remove it"),
        ("acme/.git/HEAD", "remove it"),
    ],
)
def test_a_file_lies_in_the_folder_of_an_organization(root: Path, path: str, repair: str) -> None:
    write(root, f"entries/{path}")
    (problem,) = find(root)[1]
    assert (problem.file, problem.rule) == (f"entries/{path}", "file-place")
    assert (problem.message.en, problem.repair.en) == ("not in the folder of an organization", repair)


def test_the_place_is_told_in_chinese_too(root: Path) -> None:
    (problem,) = find(write(root, "entries/foo.yaml"))[1]
    assert problem.repair.zh == "请移到 'entries/<机构的文件夹>/foo.yaml'"


@pytest.mark.parametrize("name", [b"\xff.yaml", b"a\nb.yaml", b"a\x1b[31m.yaml", b"\xff"])
def test_a_name_that_cannot_be_shown_is_a_problem(root: Path, name: bytes) -> None:
    try:
        (root / "entries/acme" / os.fsdecode(name)).write_text("")
    except OSError:
        pytest.skip("this file system does not take such a name")
    (problem,) = find(root)[1]
    assert problem.rule == "file-name"
    assert problem.message.en.isprintable()
