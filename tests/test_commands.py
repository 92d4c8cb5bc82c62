"""The commands keep their contracts: what they print, what they write, and how they exit."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import export
import generate
import pytest
import scratch
import validate
from catalog import NOT_INSTALLED, command
from catalog.madeup import entries
from catalog.problem import Problem, Text, brought
from catalog.terminal import columns
from repository import Repository
from scratch import GENERATED, POSIX, right, wrong

HERE = Path(__file__)
LANGUAGE = ("LC_ALL", "LC_MESSAGES", "LANG", "GITHUB_ACTIONS")


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    """Nobody's language, and not GitHub's machine; and the garbage is collected again, which a command leaves."""
    for name in LANGUAGE:
        monkeypatch.delenv(name, raising=False)
    yield
    gc.enable()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three right entries of two organizations, one of whose names begins with the other's."""
    (tmp_path / "project").mkdir()
    return scratch.make(
        tmp_path / "project",
        {
            "acme/foo.yaml": right("Foo", "Acme"),
            "acme/bar.yaml": right("Bar"),
            "acme-labs/baz.yaml": right("Baz", "Labs"),
        },
    )


# --- validate -----------------------------------------------------------------------------------------------


def checked(root: Path, *argv: str) -> int:
    return validate.main(["--root", str(root), *argv])


def test_nothing_wrong(root: Path, capsys) -> None:
    assert checked(root) == 0
    assert capsys.readouterr() == ("3 files checked, 0 problems.\n", "")


def test_what_was_wrong_before_a_branch_began_can_be_left_out(tmp_path: Path, capsys) -> None:
    repo = Repository.of(tmp_path / "project", {"acme/foo.yaml": wrong("Foo", "Acme"), "acme/bar.yaml": right("Bar")})
    repo.branch("mine")
    repo.write("entries/acme/foo.yaml", b"# moved down\n" + wrong("Foo", "Acme"))
    assert checked(repo.root) == 1
    capsys.readouterr()
    assert checked(repo.root, "--since", "main") == 0
    assert capsys.readouterr() == ("2 files checked, 0 problems.\n", "")
    repo.commit(**{"entries/acme/bar.yaml": wrong("Bar")})
    assert checked(repo.root, "--since", "main") == 1
    assert capsys.readouterr().out.startswith("entries/acme/bar.yaml:4:9: unknown-value: ")
    assert checked(repo.root, "--since", "nothing") == 2
    assert capsys.readouterr() == ("", "validate.py: 'nothing' is no commit here; get it with `git fetch`\n")


def told(*lines: int, words: str = "x") -> list[Problem]:
    return [Problem("a.yaml", line, 1, "rule", Text(words, words)) for line in lines]


BROUGHT = [  # before, now, what is new of it
    ([], told(1, 2), told(1, 2)),
    (told(1), told(9), []),
    (told(1), told(9, 12), told(12)),
    (told(1, 2), told(9), []),
    (told(1), [*told(1, words="y"), *told(2)], told(1, words="y")),
]


@pytest.mark.parametrize(("before", "now", "new"), BROUGHT)
def test_a_problem_that_was_there_stands_for_one_of_the_same_words(before, now, new) -> None:
    assert brought(now, before) == new


def test_something_wrong(root: Path, capsys) -> None:
    scratch.add(root, "acme/foo.yaml", wrong("Foo", "Acme"))
    assert checked(root) == 1
    assert capsys.readouterr() == (
        "entries/acme/foo.yaml:5:9: unknown-value: 'avaliable' is not a value of 'status'\n"
        "  5 | status: avaliable\n"
        "    |         ^~~~~~~~~\n"
        "    = write 'available'\n"
        "\n"
        "3 files checked, 1 problem.\n",
        "",
    )


PATHS = [  # where one stands, what one asks for, how many files and problems are shown
    (".", ["entries/acme/foo.yaml"], (1, 1)),
    (".", ["entries/acme/bar.yaml"], (1, 0)),
    (".", ["entries/acme/../acme/bar.yaml"], (1, 0)),
    (".", ["entries/acme"], (2, 1)),
    (".", ["entries/acme/"], (2, 1)),
    (".", ["entries/acme-labs"], (1, 0)),
    (".", ["entries/acme/bar.yaml", "entries/acme-labs/baz.yaml"], (2, 0)),
    (".", ["entries/acme/foo.yaml", "entries/acme"], (2, 1)),
    (".", ["entries"], (3, 1)),
    (".", ["."], (3, 1)),
    (".", ["./entries/./acme/foo.yaml"], (1, 1)),
    ("entries/acme", ["."], (2, 1)),
    ("entries/acme", ["foo.yaml"], (1, 1)),
    ("entries/acme", ["../acme-labs"], (1, 0)),
    ("entries/acme", [".."], (3, 1)),
    ("entries/acme", ["../.."], (3, 1)),
    ("schema", ["../entries/acme/foo.yaml"], (1, 1)),
    ("..", ["project/entries/acme/foo.yaml"], (1, 1)),
    ("..", ["project"], (3, 1)),
]


@pytest.mark.parametrize(("cwd", "paths", "counts"), PATHS)
def test_a_path_is_relative_to_where_one_stands(cwd, paths, counts, root, capsys, monkeypatch) -> None:
    scratch.add(root, "acme/foo.yaml", wrong("Foo", "Acme"))
    monkeypatch.chdir(root / cwd)
    assert checked(root, "--format", "json", *paths) == (1 if counts[1] else 0)
    found = json.loads(capsys.readouterr().out)
    assert (found["files"], len(found["problems"])) == counts


@POSIX
def test_an_absolute_path_and_one_through_a_link_to_the_project(root: Path, tmp_path: Path, capsys) -> None:
    (tmp_path / "link").symlink_to(root, target_is_directory=True)
    assert checked(root, str(root / "entries/acme/foo.yaml")) == 0
    assert checked(root, str(tmp_path / "link/entries/acme")) == 0
    assert validate.main(["--root", str(tmp_path / "link"), str(root / "entries/acme-labs")]) == 0
    counts = "1 file checked, 0 problems.\n2 files checked, 0 problems.\n1 file checked, 0 problems.\n"
    assert capsys.readouterr().out == counts


@POSIX
def test_a_link_among_the_entries_is_itself_what_is_asked_for(root: Path, capsys) -> None:
    (root / "entries/acme/link.yaml").symlink_to(HERE)
    assert checked(root, str(root / "entries/acme/link.yaml")) == 1
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first == "entries/acme/link.yaml:1:1: not-a-file: not a regular file"
    assert last == "1 file checked, 1 problem."


@POSIX
def test_a_link_that_leads_nowhere_is_a_problem_and_not_wrong_use(root: Path, capsys) -> None:
    (root / "entries/acme/link.yaml").symlink_to(root / "nowhere")
    assert checked(root, str(root / "entries/acme/link.yaml")) == 1
    assert "not a regular file" in capsys.readouterr().out


def test_a_file_that_does_not_belong_there_counts_as_checked(root: Path, capsys) -> None:
    scratch.add(root, "acme/foo.yml", right("Foo"))
    assert checked(root, str(root / "entries/acme/foo.yml")) == 1
    assert capsys.readouterr().out.endswith("\n1 file checked, 1 problem.\n")


WRONG_USE = [
    (["entries/acme/nope.yaml"], "entries/acme/nope.yaml: no such file or folder", "没有这个文件或文件夹"),
    (["nope"], "nope: no such file or folder", "没有这个文件或文件夹"),
    (["a\nb\x1b##[debug]"], "a<U+000A>b<U+001B>#♯[debug]: no such file or folder", "没有这个文件或文件夹"),
    ([str(HERE)], f"{HERE}: not in this project", "不在本项目内"),
    (["/"], "/: not in this project", "不在本项目内"),
    ([".."], "..: not in this project", "不在本项目内"),
    (["../project-2"], "../project-2: not in this project", "不在本项目内"),
    (["README.template.md"], "README.template.md: no entry is there", "这里没有条目"),
    (["schema"], "schema: no entry is there", "这里没有条目"),
]


@pytest.mark.parametrize(("argv", "en", "zh"), WRONG_USE)
def test_a_path_without_entries_is_wrong_use(argv, en, zh, root, capsys, monkeypatch) -> None:
    (root.parent / "project-2").mkdir()
    monkeypatch.chdir(root)
    assert checked(root, *argv) == 2
    assert capsys.readouterr() == ("", f"validate.py: {en}\n")
    assert checked(root, "--lang", "zh", *argv) == 2
    assert capsys.readouterr().err.endswith(f"：{zh}\n")


def test_every_wrong_path_is_told(root: Path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(root)
    assert checked(root, "nope", "entries/acme/foo.yaml", "schema") == 2
    assert capsys.readouterr() == (
        "",
        "validate.py: nope: no such file or folder\nvalidate.py: schema: no entry is there\n",
    )


@pytest.mark.parametrize("argv", [["--format", "xml"], ["--lang", "fr"], ["--nope"]])
def test_an_unknown_option_is_wrong_use(argv: list[str], root: Path, capsys) -> None:
    with pytest.raises(SystemExit) as exit_:
        checked(root, *argv)
    assert exit_.value.code == 2
    assert capsys.readouterr().err.startswith("usage: validate.py ")


def test_no_entry_at_all_is_a_failure(tmp_path: Path, capsys) -> None:
    scratch.make(tmp_path, {})
    assert checked(tmp_path) == 1
    assert checked(tmp_path, "--lang", "zh") == 1
    assert capsys.readouterr() == ("", "validate.py: no entries found\nvalidate.py: 没有找到条目\n")


@pytest.mark.parametrize(
    ("argv", "environment", "begins"),
    [
        ([], {}, "entries/acme/foo.yaml:5:9: "),
        (["--format", "text"], {"GITHUB_ACTIONS": "true"}, "entries/acme/foo.yaml:5:9: "),
        (["--format", "github"], {}, "::error file=entries/acme/foo.yaml,line=5,"),
        ([], {"GITHUB_ACTIONS": "true"}, "::error file=entries/acme/foo.yaml,line=5,"),
        ([], {"GITHUB_ACTIONS": "false"}, "entries/acme/foo.yaml:5:9: "),
        (["--format", "json"], {"GITHUB_ACTIONS": "true"}, '{\n  "files": 3,'),
    ],
)
def test_the_format_is_the_one_asked_for_or_that_of_the_place(argv, environment, begins, root, capsys, monkeypatch):
    scratch.add(root, "acme/foo.yaml", wrong("Foo", "Acme"))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert checked(root, *argv) == 1
    assert capsys.readouterr().out.startswith(begins)


ENGLISH, CHINESE = "3 files checked, 0 problems.\n", "已检查 3 个文件，发现 0 个问题。\n"


@pytest.mark.parametrize(
    ("argv", "environment", "said"),
    [
        ([], {}, ENGLISH),
        ([], {"LANG": "zh_CN.UTF-8"}, CHINESE),
        ([], {"LANG": "zh"}, CHINESE),
        ([], {"LANG": "zu_ZA.UTF-8"}, ENGLISH),
        ([], {"LANG": "en_US.UTF-8"}, ENGLISH),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, ENGLISH),
        ([], {"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, CHINESE),
        ([], {"LC_MESSAGES": "zh_CN", "LC_ALL": "C"}, ENGLISH),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, CHINESE),
        (["--lang", "zh"], {"LANG": "en_US.UTF-8"}, CHINESE),
        (["--lang", "en"], {"LANG": "zh_CN.UTF-8"}, ENGLISH),
    ],
)
def test_the_language_is_the_one_asked_for_or_that_of_the_reader(argv, environment, said, root, capsys, monkeypatch):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert checked(root, *argv) == 0
    assert capsys.readouterr().out == said


# --- as a program -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"}])
def test_the_output_is_utf8_whatever_the_locale(environment: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "a folder 文件夹"
    folder.mkdir()
    scratch.make(folder, {"acme/foo.yaml": wrong("Foo", "Acme"), "acme/条目.yaml": right("Bar")})
    done = scratch.run("validate.py", "--root", str(folder), "--lang", "zh", cwd=tmp_path, **environment)
    assert done.returncode == 1
    assert done.stderr == b""
    lines = done.stdout.decode("utf-8").split("\n")
    assert lines[0].startswith("entries/acme/foo.yaml:5:9: unknown-value: 'avaliable' 不是 'status' 的取值")
    assert any(line.startswith("entries/acme/条目.yaml:1:1: file-name: ") for line in lines)
    assert lines[-2] == "已检查 2 个文件，发现 2 个问题。"


@pytest.mark.parametrize(
    ("argv", "code", "said"), [([], 0, b" 0 problems.\n"), (["nope"], 2, b""), (["--format", "nope"], 2, b"")]
)
def test_the_exit_code_is_the_programs(argv: list[str], code: int, said: bytes, root: Path) -> None:
    done = scratch.run("validate.py", "--root", str(root), *argv, cwd=root)
    assert (done.returncode, done.stdout[-13:]) == (code, said)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["diff.py", "export.py", "generate.py", "new.py", "preview.py", "validate.py"])
def test_a_python_without_the_packages_says_what_to_do(name: str) -> None:
    program = [sys.executable, "-S", str(scratch.ROOT / "scripts" / name)]  # -S: without installed packages
    environment = scratch.environment(LC_ALL="C", PYTHONIOENCODING="ascii")
    done = subprocess.run(program, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.decode("utf-8")) == (2, b"", NOT_INSTALLED)


def test_no_line_of_it_is_wider_than_a_terminal() -> None:
    assert max(map(columns, NOT_INSTALLED.splitlines())) <= 80


INTERPRETERS = [  # where the project and the interpreter are, and how that is written
    ("/p", "/p/.venv/bin/python", ".venv/bin/python"),
    ("/p", "/p-2/.venv/bin/python", "/p-2/.venv/bin/python"),
    ("/p", "/usr/bin/python3", "/usr/bin/python3"),
    ("/p", "/a b/python", '"/a b/python"'),
    ("/a b", "/a b/.venv/bin/python", ".venv/bin/python"),
    ("/p", "", "python"),
]


@POSIX
@pytest.mark.parametrize(("root", "program", "written"), INTERPRETERS)
def test_a_hint_names_the_interpreter_that_has_the_packages(root, program, written, monkeypatch) -> None:
    monkeypatch.setattr(command, "ROOT", Path(root))
    monkeypatch.setattr(sys, "executable", program)
    assert command.python() == written


def test_a_reader_who_leaves_is_no_fault(root: Path) -> None:
    program = [sys.executable, str(scratch.ROOT / "scripts" / "validate.py"), "--root", str(root)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(program, env=scratch.environment(), **pipes) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.parametrize("program", [validate.main, generate.main, export.main])
@pytest.mark.parametrize("text", ["{", "[]", "{}"])
def test_a_schema_that_cannot_be_used_is_told_in_one_line(program, text, root, capsys, monkeypatch) -> None:
    (root / "schema/vocabularies.json").write_text(text, "utf-8")
    monkeypatch.setattr(sys, "argv", ["it.py", "--root", str(root)])
    assert command.run(program) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("it.py: schema/ cannot be used: ")
    assert err.count("\n") == 1


def test_a_fault_of_ours_is_told_as_one(root: Path, capsys, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("tags\n::error::x ##[debug]\x1b[31m")

    monkeypatch.setattr(validate, "check", broken)
    monkeypatch.setattr(sys, "argv", ["validate.py", "--root", str(root)])
    assert command.run(validate.main) == 2
    out, err = capsys.readouterr()
    *trace, en, zh = err.splitlines()
    assert out == ""
    assert trace[0] == "| Traceback (most recent call last):"
    assert trace[-1] == r"| KeyError: 'tags\n::error::x #♯[debug]\x1b[31m'"
    assert all(line.startswith("| ") for line in trace)
    address = f"{command.home()}/issues/new?template=3-tools.yml"
    assert en == f"This is a fault of the tool, not of an entry. Tell us: {address}"
    assert zh == f"这是工具的错误，不是条目的错误。请告诉我们：{address}"


def test_the_text_of_a_fault_cannot_begin_a_line(capsys, monkeypatch) -> None:
    def broken(_: object) -> int:
        raise ValueError("x\n::error::y\n\x1b[31m##[debug]z")

    monkeypatch.setattr(sys, "argv", ["validate.py"])
    assert command.run(broken) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[-5:-2] == ["| ValueError: x", "| ::error::y", "| <U+001B>[31m#♯[debug]z"]


@pytest.mark.parametrize(("error", "code"), [(BrokenPipeError, 1), (KeyboardInterrupt, 130)])
def test_people_may_leave_or_stop_it(error: type[BaseException], code: int) -> None:
    program = (
        "import sys; sys.path.insert(0, 'scripts'); from catalog.command import run\n"
        f"def main(argv): raise {error.__name__}\n"
        "raise SystemExit(run(main))"
    )
    environment = scratch.environment()
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=scratch.ROOT, env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (code, b"")


def test_a_closed_standard_output_is_no_fault(root: Path, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "argv", ["validate.py", "--root", str(root)])
    assert command.run(validate.main) == 0


def test_the_address_of_the_project_is_the_one_in_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project.urls]\nRepository = "https://acme.ai/fork"\n')
    assert command.home(tmp_path) == "https://acme.ai/fork"


# --- generate -----------------------------------------------------------------------------------------------


def generated(root: Path, *argv: str) -> int:
    return generate.main(["--root", str(root), *argv])


def test_it_writes_what_is_missing_and_says_so(root: Path, capsys) -> None:
    before = scratch.files(root)
    assert generated(root) == 0
    after = scratch.files(root)
    assert after.keys() - before.keys() == GENERATED
    assert {name: after[name] for name in before} == before
    out, err = capsys.readouterr()
    assert sorted(out.splitlines()) == [f"wrote {name} ({len(after[name]):,} bytes)" for name in sorted(GENERATED)]
    assert err == ""


def test_it_writes_only_what_differs(root: Path, capsys) -> None:
    generated(root)
    wanted = scratch.files(root)
    (root / "README.md").write_bytes(wanted["README.md"] + b"\n")
    os.utime(root / "README.zh.md", (1, 1))
    capsys.readouterr()
    assert generated(root) == 0
    assert capsys.readouterr().out == f"wrote README.md ({len(wanted['README.md']):,} bytes)\n"
    assert (root / "README.zh.md").stat().st_mtime == 1
    assert scratch.files(root) == wanted


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "{} generated files are up to date\n"), ("zh", "{} 个生成的文件已是最新\n")]
)
def test_it_says_that_there_was_nothing_to_write(lang: str, said: str, root: Path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("LANG", lang)
    generated(root)
    capsys.readouterr()
    assert generated(root) == 0
    assert capsys.readouterr() == (said.format(len(GENERATED)), "")


def test_check_says_nothing_when_everything_is_current(root: Path, capsys) -> None:
    generated(root)
    capsys.readouterr()
    assert generated(root, "--check") == 0
    assert capsys.readouterr() == ("", "")


DIFFERENCES = [  # what somebody wrote over the first line, and the lines that show it
    (b"by hand\n", ["  -by hand"]),
    (b"", []),
    (b"a\r\n", ["  -a<U+000D>"]),
    (b"\xef\xbb\xbf::error::x\n", ["  -<U+FEFF>::error::x"]),
    (b"::error::x\n##[add-mask]x\n", ["  -::error::x", "  -#♯[add-mask]x"]),
    (b"\x1b[31m\xff\n", ["  -<U+001B>[31m\ufffd"]),
]


@pytest.mark.parametrize(("written", "shown"), DIFFERENCES)
def test_check_shows_the_difference_and_writes_nothing(written: bytes, shown: list[str], root: Path, capsys) -> None:
    generated(root)
    first, _, rest = (root / "README.md").read_bytes().partition(b"\n")
    (root / "README.md").write_bytes(written + rest)
    before = scratch.files(root)
    capsys.readouterr()
    assert generated(root, "--check") == 1
    assert capsys.readouterr().out.splitlines() == [
        "README.md is stale; run scripts/generate.py",
        "  --- now",
        "  +++ generated",
        f"  @@ -{ {0: '0,0', 1: '1', 2: '1,2'}[len(shown)] } +1 @@",
        *shown,
        f"  +{first.decode()}",
    ]
    assert scratch.files(root) == before


def test_a_missing_last_line_break_is_a_difference(root: Path, capsys) -> None:
    generated(root)
    path = root / "README.zh.md"
    path.write_bytes(path.read_bytes()[:-1])
    capsys.readouterr()
    assert generated(root, "--check") == 1
    assert capsys.readouterr().out.splitlines()[0] == "README.zh.md is stale; run scripts/generate.py"
    assert len(path.read_bytes().splitlines(keepends=True)[-1]) > 1


def test_a_long_difference_is_cut_and_counted(root: Path, capsys, monkeypatch) -> None:
    generated(root)
    path = root / "README.md"
    path.write_bytes(path.read_bytes() + b"".join(b"x%d\n" % number for number in range(50)))
    capsys.readouterr()
    assert generated(root, "--check") == 1
    _, *lines, last = capsys.readouterr().out.splitlines()
    assert len(lines) == 40
    assert lines[3:5] == ["  -x0", "  -x1"]
    assert last == "  … and 13 more lines"
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert generated(root, "--check") == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "README.md 已过时；请运行 scripts/generate.py"
    assert said[-1] == "  ……另有 13 行"


def test_a_missing_file_is_stale(root: Path, capsys) -> None:
    generated(root)
    (root / "docs/fields.md").unlink()
    capsys.readouterr()
    assert generated(root, "--check") == 1
    assert capsys.readouterr().out.startswith("docs/fields.md is stale; run scripts/generate.py\n")
    assert not (root / "docs/fields.md").exists()


def test_a_page_that_is_no_longer_generated_is_told_and_removed(root: Path, capsys) -> None:
    generated(root)
    page = root / "docs/models/general-1.md"
    page.parent.mkdir()
    page.write_text("old")
    (root / "docs/essay.md").write_text("by hand")
    capsys.readouterr()
    assert generated(root, "--check") == 1
    assert capsys.readouterr().out == "docs/models/general-1.md is no longer generated; run scripts/generate.py\n"
    assert page.exists()
    assert generated(root) == 0
    assert capsys.readouterr().out == "removed docs/models/general-1.md\n"
    assert not page.exists()
    assert (root / "docs/essay.md").exists()
    assert generated(root, "--check") == 0


@pytest.mark.parametrize("argv", [[], ["--check"]])
def test_no_entry_gives_no_list(argv: list[str], tmp_path: Path, capsys) -> None:
    scratch.make(tmp_path, {})
    before = scratch.files(tmp_path)
    assert generated(tmp_path, *argv) == 1
    assert capsys.readouterr() == ("", "no entry to write a list from\n")
    assert scratch.files(tmp_path) == before


def test_it_speaks_chinese_to_those_who_read_it(root: Path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    generated(root)
    page = root / "docs/models/general-1.md"
    page.parent.mkdir()
    page.write_text("old")
    size = len((root / "README.md").read_bytes())
    assert f"已写入 README.md（{size:,} 字节）" in capsys.readouterr().out.splitlines()
    assert generated(root, "--check") == 1
    assert capsys.readouterr().out == "docs/models/general-1.md 不再生成；请运行 scripts/generate.py\n"
    assert generated(root) == 0
    assert capsys.readouterr().out == "已删除 docs/models/general-1.md\n"
    for path in (root / "entries").rglob("*.yaml"):
        path.unlink()
    assert generated(root) == 1
    assert capsys.readouterr().err == "没有可写入名录的条目\n"


def test_an_unknown_option_of_generate_is_wrong_use(root: Path, capsys) -> None:
    with pytest.raises(SystemExit) as exit_:
        generated(root, "--nope")
    assert exit_.value.code == 2
    assert capsys.readouterr().err.startswith("usage: generate.py ")


def test_an_entry_that_is_left_out_is_told(root: Path, capsys, monkeypatch) -> None:
    scratch.add(root, "acme/bar.yaml", wrong("Bar"))
    assert generated(root) == 0
    assert capsys.readouterr().err == "1 problems; run scripts/validate.py to see them\n"
    assert b"acme/foo" in (root / "README.md").read_bytes()
    assert b"acme/bar" not in (root / "README.md").read_bytes()
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert generated(root, "--check") == 0
    assert capsys.readouterr().err == "有 1 个问题；请运行 scripts/validate.py 查看\n"


# --- the same commit, the same answer -----------------------------------------------------------------------


def madeup(root: Path) -> Path:
    """Many entries, and one with sizes that are written differently and are the same."""
    root.mkdir()
    scratch.make(root, {path.removeprefix("entries/"): text.encode() for path, text in entries(40)})
    sizes = "".join(f"  - {{name: Foo {size}, parameters: {size}}}\n" for size in ("1000M", "1B", "0.001T"))
    scratch.add(root, "acme/foo.yaml", right("Foo", "Acme") + f"variants:\n{sizes}".encode())
    return root


def test_the_same_entries_give_the_same_bytes_everywhere(tmp_path: Path) -> None:
    """Whatever the hash seed, the time zone, the locale and the folder."""
    places = [
        ("one", {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}),
        ("another 文件夹", {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}),
        ("a third", {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LANG": "zh_CN.UTF-8"}),
    ]
    written = []
    for name, environment in places:
        root = madeup(tmp_path / name)
        assert scratch.run("generate.py", "--root", str(root), cwd=tmp_path, **environment).returncode == 0
        written.append(scratch.files(root))
    assert written[0].keys() >= GENERATED
    assert written[0] == written[1] == written[2]


def test_the_order_of_a_folder_changes_nothing(tmp_path: Path, monkeypatch) -> None:
    root = madeup(tmp_path / "project")
    generated(root)
    scandir, seen = os.scandir, []

    class Backwards:
        def __init__(self, path: Path) -> None:
            with scandir(path) as found:
                self.items = sorted(found, key=lambda item: item.name, reverse=True)
            seen.append(path)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.items

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Backwards)
    assert generated(root, "--check") == 0
    assert seen
