"""Show problems: as text for a terminal, as annotations for GitHub, as JSON for programs."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence

from catalog.problem import Problem, Text, visible

WINDOW = 72  # columns of an excerpt, so that it fits a terminal of 80 behind its line number


def as_text(problems: Sequence[Problem], files: int, language: str) -> str:
    """Every problem with its line and a marker, then one line that counts."""
    return "".join(_block(problem, language) for problem in problems) + _count(len(problems), files, language)


def as_github(problems: Sequence[Problem], files: int, language: str) -> str:
    """Annotations, one line each, in which no text of an entry can become a command of its own."""
    return "".join(_annotation(problem, language) for problem in problems) + _count(len(problems), files, language)


def as_json(problems: Sequence[Problem], files: int, language: str) -> str:
    """One object: how many files were checked, and every problem, in both languages."""
    del language
    found = [
        {
            "file": problem.file,
            "line": problem.line,
            "column": problem.column,
            "width": problem.width,
            "rule": problem.rule,
            "message": problem.message._asdict(),
            "repair": problem.repair._asdict() if problem.repair else None,
        }
        for problem in problems
    ]
    return json.dumps({"files": files, "problems": found}, ensure_ascii=True, allow_nan=False, indent=2) + "\n"


FORMATS = {"text": as_text, "github": as_github, "json": as_json}


def _said(text: Text, language: str) -> str:
    return visible(text.zh if language == "zh" else text.en)


def _count(problems: int, files: int, language: str) -> str:
    if language == "zh":
        return f"已检查 {files} 个文件，发现 {problems} 个问题。\n"
    return f"{_plural(files, 'file')} checked, {_plural(problems, 'problem')}.\n"


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _block(problem: Problem, language: str) -> str:
    """A problem on two to five lines; a gutter keeps the text of entries off the start of the line."""
    lines = [
        f"{visible(problem.file)}:{problem.line}:{problem.column}: {problem.rule}: {_said(problem.message, language)}"
    ]
    gutter = " " * len(str(problem.line))
    if problem.excerpt.strip():
        excerpt, marker = _excerpt(problem)
        lines += [f"  {problem.line} | {excerpt}", f"  {gutter} | {marker}"]
    if problem.repair:
        lines.append(f"  {gutter} = {_said(problem.repair, language)}")
    return "\n".join(lines).replace("##[", "#\u200b#[") + "\n\n"


def _excerpt(problem: Problem) -> tuple[str, str]:
    """The line, cut to what fits, and a marker below the place, as wide as the place looks."""
    start = problem.column - 1
    before, found, after = (
        visible(part) for part in (problem.excerpt[:start], problem.found, problem.excerpt[start + problem.width :])
    )
    before = _last(before, WINDOW // 2)
    found = _first(found, WINDOW - columns(before))
    after = _first(after, WINDOW - columns(before + found))
    return before + found + after, " " * columns(before) + "^" + "~" * (columns(found) - 1)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _first(text: str, room: int) -> str:
    if columns(text) <= room:
        return text
    while columns(text) >= max(room, 1):
        text = text[:-1]
    return text + "…"


def _last(text: str, room: int) -> str:
    if columns(text) <= room:
        return text
    while columns(text) >= room:
        text = text[1:]
    return "…" + text


def _annotation(problem: Problem, language: str) -> str:
    """See https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""
    place = f"file={_property(problem.file)},line={problem.line},endLine={problem.line},"
    place += f"col={problem.column},endColumn={problem.column + problem.width},title={_property(problem.rule)}"
    said = _said(problem.message, language)
    if problem.repair:
        said += ("；" if language == "zh" else "; ") + _said(problem.repair, language)
    return f"::error {place}::{_data(said)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
