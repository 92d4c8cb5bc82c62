"""Write the generated files, or say which of them are stale and show the difference."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

from catalog.check import check
from catalog.command import ROOT, home, language, run
from catalog.outputs import TEMPLATE, Project, left_over, outputs
from catalog.problem import Text
from catalog.schema import Schema
from catalog.wording import say

SHOWN = 40  # lines of a difference


def main(argv: Sequence[str]) -> int:
    """Return 0 if every file is written or current, 1 if a file is stale or there is no entry."""
    parser = argparse.ArgumentParser(prog="generate.py", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; compare")
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    root = Path(options.root)
    schema = Schema.load(root / "schema")
    catalog, problems = check(root, schema)
    if not catalog.entries:
        print(say(Text("no entry to write a list from", "没有可写入名录的条目"), language()), file=sys.stderr)
        return 1
    _warn(len(problems))
    template = (root / TEMPLATE).read_text("utf-8")
    files = outputs(Project(catalog, schema, template, home(root)))
    return _compare(root, files) if options.check else _write(root, files)


def _warn(problems: int) -> None:
    """Say that entries are left out, so that nothing is lost in silence."""
    if problems:
        text = Text(
            f"{problems} problems; run validate.py to see them", f"有 {problems} 个问题；请运行 validate.py 查看"
        )
        print(say(text, language()), file=sys.stderr)


def _write(root: Path, files: dict[str, str]) -> int:
    changed = {path: text for path, text in files.items() if _current(root / path) != text}
    for path, text in changed.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
    for path in left_over(root, files):
        (root / path).unlink()
    for path in changed:
        print(f"wrote {path} ({len(files[path].encode()):,} bytes)")
    return 0


def _compare(root: Path, files: dict[str, str]) -> int:
    stale = [path for path, text in files.items() if _current(root / path) != text]
    for path in stale:
        print(f"{path} is stale; run scripts/generate.py")
        old, new = _current(root / path).splitlines(), files[path].splitlines()
        difference = difflib.unified_diff(old, new, f"{path} (now)", f"{path} (generated)", lineterm="", n=0)
        print("\n".join(f"  {line}" for line in list(difference)[:SHOWN]))
    surplus = left_over(root, files)
    for path in surplus:
        print(f"{path} is no longer generated; run scripts/generate.py")
    return 1 if stale or surplus else 0


def _current(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""


if __name__ == "__main__":
    raise SystemExit(run(main))
