"""Check entries: all of them, or these files and folders, always against the whole catalog."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from catalog.check import check
from catalog.command import ROOT, language, on_github, run
from catalog.files import NO_ENTRIES, find
from catalog.git import merge_base, touched
from catalog.problem import Problem, Text, WrongUseError, brought, inert, visible
from catalog.report import FORMATS
from catalog.schema import Schema
from catalog.wording import say


def main(argv: Sequence[str]) -> int:
    """Return 0 for no problems, 1 for problems or no entry at all, 2 for wrong use."""
    options = _options(argv)
    root = Path(options.root).resolve()
    schema = Schema.load(root / "schema")
    wanted = {path: _named(root, path) for path in options.paths}
    names = [name for name in wanted.values() if name is not None]
    possible = len(names) == len(wanted) and all(map(os.path.lexists, wanted))
    if options.fix and possible and not _fixed(root, schema, names, options.lang):
        return 1
    try:
        branch, before = _before(root, options.since)
    except WrongUseError as error:
        return _refuse([error.text], options.lang, 2)
    _, problems = check(root, schema, branch)
    checked = {*find(root)[0], *(problem.file for problem in problems)}
    wrong = [text for path, name in wanted.items() if (text := _wrong(path, name, checked))]
    if wrong or not checked:
        return _refuse(wrong or [NO_ENTRIES], options.lang, 2 if wrong else 1)
    shown = [problem for problem in brought(problems, before) if _chosen(problem.file, names)]
    files = sum(_chosen(file, names) for file in checked)
    print(FORMATS[options.format](shown, files, options.lang), end="")
    return 1 if shown else 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="validate.py", description=__doc__)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a file or folder of entries (default: all)")
    default = "github" if on_github() else "text"
    parser.add_argument("--fix", action="store_true", help="repair what is mechanical first")
    parser.add_argument("--since", metavar="BRANCH", help="tell only what was not wrong where this one went apart")
    parser.add_argument("--format", choices=FORMATS, default=default, help="how problems are shown")
    parser.add_argument("--lang", choices=("en", "zh"), default=language(), help="language of the messages")
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _before(root: Path, since: str | None) -> tuple[Sequence[tuple[str, str]], Sequence[Problem]]:
    """What a branch touched since it went apart from another, and what was wrong there; nothing if none is named."""
    if since is None:
        return (), ()
    from catalog.history import state_at  # noqa: PLC0415 - only those who want it wait for it

    start = merge_base(root, since, "HEAD")
    files = touched(root, start, None)
    return files, state_at(root, start, touched=files).problems


def _fixed(root: Path, schema: Schema, names: Sequence[str], lang: str) -> bool:
    """Repair what is asked for and say what was repaired; false if a file cannot be written."""
    from catalog.fix import fix  # noqa: PLC0415 - only those who want it wait for it

    try:
        changed = fix(root, schema, lambda file: _chosen(file, names))
    except OSError as error:
        _refuse([Text(f"cannot write: {error.strerror}", f"无法写入：{error.strerror}")], lang, 1)
        return False
    for path in changed:
        print(say(Text(f"repaired {path}", f"已修正 {path}"), lang), file=sys.stderr)
    return True


def _named(root: Path, path: str) -> str | None:
    """Name a path as problems name it, or nothing if it leads out of the project.

    Its last step is not followed, so that a link among the entries is itself what is asked for.
    """
    given = Path(path)
    full = given.resolve() if given.name == ".." else given.parent.resolve() / given.name
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else None


def _wrong(path: str, name: str | None, checked: Collection[str]) -> Text | None:
    """Say why a path cannot be checked."""
    shown = visible(path)
    if not os.path.lexists(path):
        return Text(f"{shown}: no such file or folder", f"{shown}：没有这个文件或文件夹")
    if name is None:
        return Text(f"{shown}: not in this project", f"{shown}：不在本项目内")
    if not any(_chosen(file, [name]) for file in checked):
        return Text(f"{shown}: no entry is there", f"{shown}：这里没有条目")
    return None


def _refuse(reasons: Sequence[Text], lang: str, code: int) -> int:
    for reason in reasons:
        print(f"validate.py: {inert(say(reason, lang))}", file=sys.stderr)
    return code


def _chosen(file: str, names: Sequence[str]) -> bool:
    """Whether a file is asked for; all are if nothing is."""
    return not names or any(name in (".", file) or file.startswith(f"{name}/") for name in names)


if __name__ == "__main__":
    raise SystemExit(run(main))
