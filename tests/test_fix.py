"""Repairs: what is mechanical is mended by position, and nothing else of a file changes."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
import scratch
import validate
from casefile import content
from catalog import fix as repairs_of
from catalog.command import python
from catalog.fix import fix
from catalog.problem import Edit
from scratch import POSIX, right

HERE = Path(__file__).parent
ROOT = HERE.parent
ACME = b"name: {en: Acme}\nkind: company\nlocation: {country: US}\n"


class Repair(NamedTuple):
    title: str
    before: bytes
    after: bytes


def repairs() -> list[Repair]:
    found = []
    for path in sorted((HERE / "repairs").glob("*.txt")):
        _, *examples = re.split(r"^== ", path.read_bytes().decode(), flags=re.MULTILINE)
        for example in examples:
            title, before, after = re.split(r"\n-- (?:before|after)\n", example)
            found.append(Repair(title, content(before), content(before if after.strip() == "same" else after)))
    return found


def project(root: Path, entry: bytes) -> Path:
    scratch.make(root, {"acme/_organization.yaml": ACME, "acme/foo.yaml": entry})
    return root


def everything(_: str) -> bool:
    return True


@pytest.mark.parametrize("repair", repairs(), ids=lambda repair: repair.title)
def test_a_repair_gives_exactly_this_file(repair: Repair, tmp_path: Path, schema) -> None:
    root = project(tmp_path, repair.before)
    changed = fix(root, schema, everything)
    assert (root / "entries/acme/foo.yaml").read_bytes() == repair.after
    assert changed == (["entries/acme/foo.yaml"] if repair.before != repair.after else [])


@pytest.mark.parametrize("repair", repairs(), ids=lambda repair: repair.title)
def test_a_second_run_changes_nothing(repair: Repair, tmp_path: Path, schema) -> None:
    root = project(tmp_path, repair.before)
    fix(root, schema, everything)
    assert fix(root, schema, everything) == []


@pytest.mark.parametrize(
    ("before", "after"), [(b"\n", b"\n"), (b"", b"\n"), (b"\r\n", b"\r\n")], ids=["one", "none", "Windows"]
)
def test_the_last_line_ends(before: bytes, after: bytes, tmp_path: Path, schema) -> None:
    root = project(tmp_path, right("Foo").removesuffix(b"\n") + before)
    fix(root, schema, everything)
    assert (root / "entries/acme/foo.yaml").read_bytes() == right("Foo").removesuffix(b"\n") + after


def test_the_last_line_of_a_windows_file_ends_as_the_others_do(tmp_path: Path, schema) -> None:
    windows = right("Foo").replace(b"\n", b"\r\n")
    root = project(tmp_path, windows.removesuffix(b"\r\n"))
    fix(root, schema, everything)
    assert (root / "entries/acme/foo.yaml").read_bytes() == windows


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"name: \xff \n", b"", b"\x00" * 10, b"[" * 99, b"a: &b c\n"])
def test_what_cannot_be_read_is_left_alone(raw: bytes, tmp_path: Path, schema) -> None:
    root = project(tmp_path, raw)
    assert fix(root, schema, everything) == []
    assert (root / "entries/acme/foo.yaml").read_bytes() == raw


def test_only_what_is_asked_for_is_repaired(tmp_path: Path, capsys) -> None:
    root = project(tmp_path, right("Foo") + b" \n")
    scratch.add(root, "acme/bar.yaml", right("Bar") + b" \n")
    assert validate.main(["--root", str(root), "--fix", str(root / "entries/acme/bar.yaml")]) == 0
    assert capsys.readouterr() == ("1 file checked, 0 problems.\n", "repaired entries/acme/bar.yaml\n")
    assert (root / "entries/acme/foo.yaml").read_bytes() == right("Foo") + b" \n"


def test_what_is_left_is_told(tmp_path: Path, capsys) -> None:
    root = project(tmp_path, right("Foo").replace(b"available", b"soon").replace(b"type:", "type：".encode()))
    assert validate.main(["--root", str(root), "--fix", "--lang", "zh"]) == 1
    out, err = capsys.readouterr()
    assert err == "已修正 entries/acme/foo.yaml\n"
    assert "unknown-value" in out
    assert out.endswith("已检查 2 个文件，发现 1 个问题。\n")


@pytest.mark.parametrize(
    ("argv", "offer"),
    [
        (["--lang", "en"], f"\n1 of these can be repaired:\n  {python()} scripts/validate.py --fix\n"),
        (["--lang", "zh"], f"\n其中 1 个可自动修正：\n  {python()} scripts/validate.py --fix\n"),
        (["--format", "github"], "\n1 of these can be repaired:\n  python scripts/validate.py --fix\n"),
    ],
)
def test_the_report_offers_the_repair(argv: list[str], offer: str, tmp_path: Path, capsys) -> None:
    root = project(tmp_path, right("Foo").replace(b"available", b"soon").replace(b"type:", "type：".encode()))
    assert validate.main(["--root", str(root), *argv]) == 1
    before, _, last = capsys.readouterr().out.rpartition(offer)
    assert before
    assert last in ("2 files checked, 2 problems.\n", "已检查 2 个文件，发现 2 个问题。\n")


@POSIX
def test_a_link_is_not_followed_and_files_elsewhere_are_not_written(tmp_path: Path, schema) -> None:
    root = project(tmp_path / "project", right("Foo"))
    (tmp_path / "outside.yaml").write_bytes(right("Ｂar"))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/baz.yaml").write_bytes(right("Ｂaz"))
    (root / "entries/acme/bar.yaml").symlink_to(tmp_path / "outside.yaml")
    (root / "entries/labs").symlink_to(tmp_path / "folder", target_is_directory=True)
    (root / "schema/exceptions.yaml").write_bytes("exceptions：\n  - rule: wide-letters\n".encode())
    before = scratch.files(tmp_path)
    assert fix(root, schema, everything) == []
    assert scratch.files(tmp_path) == before


@POSIX
def test_entries_that_are_a_link_themselves_are_left_alone(tmp_path: Path, schema) -> None:
    root = project(tmp_path / "project", right("Foo") + b" \n")
    (root / "entries").rename(tmp_path / "elsewhere")
    (root / "entries").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert fix(root, schema, everything) == []
    assert (tmp_path / "elsewhere/acme/foo.yaml").read_bytes() == right("Foo") + b" \n"


@POSIX
def test_a_file_keeps_its_mode(tmp_path: Path, schema) -> None:
    root = project(tmp_path, right("Foo") + b" \n")
    (root / "entries/acme/foo.yaml").chmod(0o640)
    fix(root, schema, everything)
    assert (root / "entries/acme/foo.yaml").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in (root / "entries/acme").iterdir()) == ["_organization.yaml", "foo.yaml"]


@pytest.mark.parametrize(("lang", "said"), [("en", "validate.py: cannot write: "), ("zh", "validate.py: 无法写入：")])
def test_a_folder_that_cannot_be_written_is_told(lang, said, tmp_path: Path, capsys, monkeypatch) -> None:
    root = project(tmp_path, right("Foo") + b" \n")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    assert validate.main(["--root", str(root), "--fix", "--lang", lang]) == 1
    assert capsys.readouterr() == ("", f"{said}No space left on device\n")
    assert sorted(path.name for path in (root / "entries/acme").iterdir()) == ["_organization.yaml", "foo.yaml"]


def test_a_repair_that_makes_a_file_worse_is_not_made(tmp_path: Path, schema, monkeypatch) -> None:
    root = project(tmp_path, right("Foo"))
    monkeypatch.setattr(repairs_of, "_edits", lambda *_: {"entries/acme/foo.yaml": {Edit(0, "name", "nome")}})
    assert fix(root, schema, everything) == []
    assert (root / "entries/acme/foo.yaml").read_bytes() == right("Foo")


@pytest.mark.parametrize(("old", "new"), [("type:", "type"), ("general", "law"), ("name: {en: Foo}", "[")])
def test_an_order_in_which_a_file_says_something_else_is_not_taken(old, new, tmp_path, schema, monkeypatch) -> None:
    entry = right("Foo").decode()
    root = project(tmp_path, entry.encode())
    monkeypatch.setattr(repairs_of, "disorder", lambda *_, **__: Edit(entry.index(old), old, new))
    assert fix(root, schema, lambda path: path.endswith("foo.yaml")) == []
    assert (root / "entries/acme/foo.yaml").read_bytes() == right("Foo")


@pytest.mark.parametrize("line", ["\n", "# note\n", "    # note\n"])
def test_the_lines_of_a_long_field_are_read_once(line: str, tmp_path: Path, schema) -> None:
    """If each were read from every other, this would not end."""
    long = f"sources:\n  - url: https://acme.ai/1\n{line * (60_000 // len(line))}    kind: primary\n"
    top, rest = "name: {en: Foo}\n", "type: model\ndomain: general\nstatus: available\n"
    root = project(tmp_path, (top + long + rest).encode())
    assert fix(root, schema, everything) == ["entries/acme/foo.yaml"]
    assert (root / "entries/acme/foo.yaml").read_bytes() == (top + rest + long).encode()


def test_who_stops_it_finds_each_file_whole_and_none_beside_it(tmp_path: Path, schema, monkeypatch) -> None:
    root = project(tmp_path, right("Foo") + b" \n")

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        fix(root, schema, everything)
    assert sorted(path.name for path in (root / "entries/acme").iterdir()) == ["_organization.yaml", "foo.yaml"]
    assert (root / "entries/acme/foo.yaml").read_bytes() == right("Foo") + b" \n"


def test_more_slips_than_there_are_rounds_are_all_repaired(tmp_path: Path, schema) -> None:
    """Each repair makes the file shorter: an e and an accent become one letter."""
    wrong, composed = ("".join(f"  - Caf{e}{n}\n" for n in range(20)) for e in ("e\u0301", "\u00e9"))
    root = project(tmp_path, f"{right('Foo').decode()}aliases:\n{wrong}".encode())
    fix(root, schema, everything)
    assert f"aliases:\n{composed}" in (root / "entries/acme/foo.yaml").read_text("utf-8")


def test_the_fields_of_an_organization_are_put_in_order_too(tmp_path: Path, schema) -> None:
    root = project(tmp_path, right("Foo"))
    file = root / "entries/acme/_organization.yaml"
    file.write_bytes(b"".join(reversed(ACME.splitlines(keepends=True))))
    assert fix(root, schema, everything) == ["entries/acme/_organization.yaml"]
    assert file.read_bytes() == ACME


def test_nothing_is_repaired_for_wrong_use(tmp_path: Path) -> None:
    root = project(tmp_path, right("Foo") + b" \n")
    assert validate.main(["--root", str(root), "--fix", str(root / "entries/acme"), str(root / "entries/acne")]) == 2
    assert (root / "entries/acme/foo.yaml").read_bytes() == right("Foo") + b" \n"


def test_the_entries_of_this_repository_have_nothing_to_repair(tmp_path: Path, schema) -> None:
    shutil.copytree(ROOT / "entries", tmp_path / "entries")
    shutil.copytree(ROOT / "schema", tmp_path / "schema")
    assert fix(tmp_path, schema, everything) == []
