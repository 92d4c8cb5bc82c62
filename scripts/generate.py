"""Write the generated files, or say which of them are stale and show the difference."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from catalog.check import check
from catalog.command import ROOT, home, language, run
from catalog.outputs import TEMPLATES, Project, left_over, outputs
from catalog.problem import Text, inert, visible
from catalog.schema import Schema
from catalog.wording import say

SHOWN = 40  # lines of a difference
STALE = Text("{} is stale; run scripts/generate.py", "{} 已过时；请运行 scripts/generate.py")
SURPLUS = Text("{} is no longer generated; run scripts/generate.py", "{} 不再生成；请运行 scripts/generate.py")
WROTE = Text("wrote {} ({:,} bytes)", "已写入 {}（{:,} 字节）")
CURRENT = Text("{} generated files are up to date", "{} 个生成的文件已是最新")
REMOVED = Text("removed {}", "已删除 {}")
PROBLEMS = Text("{} problems; run scripts/validate.py to see them", "有 {} 个问题；请运行 scripts/validate.py 查看")
NO_ENTRY = Text("no entry to write a list from", "没有可写入名录的条目")
MORE = Text("  … and {} more lines", "  ……另有 {} 行")


def main(argv: Sequence[str]) -> int:
    """Return 0 if every file is written or current, 1 if a file is stale or there is no entry."""
    parser = argparse.ArgumentParser(prog="generate.py", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; compare")
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    root = Path(options.root)
    schema = Schema.load(root / "schema")
    catalog, problems = check(root, schema)
    if problems:  # entries that do not fit are left out: nothing is lost in silence
        print(_said(PROBLEMS, len(problems)), file=sys.stderr)
    if not catalog.entries:
        print(_said(NO_ENTRY), file=sys.stderr)
        return 1
    templates = {name: (root / name).read_text("utf-8") for name in TEMPLATES}
    files = outputs(Project(catalog, schema, templates, home(root)))
    return _compare(root, files) if options.check else _write(root, files)


def _said(text: Text, *values: object) -> str:
    return say(text, language()).format(*values)


def _changed(root: Path, files: dict[str, str]) -> list[str]:
    return [path for path, text in files.items() if _current(root / path) != text.encode()]


def _current(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _write(root: Path, files: dict[str, str]) -> int:
    changed, surplus = _changed(root, files), left_over(root, files)
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(files[path].encode())
        print(_said(WROTE, path, len(files[path].encode())))
    for path in surplus:
        (root / path).unlink()
        print(_said(REMOVED, path))
    if not changed and not surplus:
        print(_said(CURRENT, len(files)))
    return 0


def _compare(root: Path, files: dict[str, str]) -> int:
    stale, surplus = _changed(root, files), left_over(root, files)
    for path in stale:
        print(_said(STALE, path))
        _show(list(_difference(_current(root / path) or b"", files[path])))
    for path in surplus:
        print(_said(SURPLUS, path))
    return 1 if stale or surplus else 0


def _difference(old: bytes, new: str) -> Iterator[str]:
    """The lines that differ, with everything in them that a terminal or a runner would obey made visible."""
    before = old.decode("utf-8", "replace").split("\n")
    for line in difflib.unified_diff(before, new.split("\n"), "now", "generated", lineterm="", n=0):
        yield f"  {inert(visible(line))}"


def _show(lines: Sequence[str]) -> None:
    for line in lines[:SHOWN]:
        print(line)
    if lines[SHOWN:]:
        print(_said(MORE, len(lines) - SHOWN))


if __name__ == "__main__":
    raise SystemExit(run(main))
