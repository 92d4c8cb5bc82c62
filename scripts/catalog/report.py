"""Show problems: as text for a terminal, as annotations for GitHub, as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from catalog.command import python
from catalog.problem import Problem, Text, inert, visible
from catalog.terminal import WIDTH, columns, first, last
from catalog.wording import LANGUAGES, say

ANNOTATIONS = 10  # errors of one step that GitHub shows at their lines; the rest is in the log only


def as_text(problems: Sequence[Problem], files: int, language: str) -> str:
    """Every problem with its line and a marker, equal ones of a file together; what can be repaired; a count."""
    blocks = "".join(_block(first, others, language) for first, *others in _alike(problems))
    return blocks + _offer(problems, language, python()) + _count(problems, files, language)


def _alike(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Put together what is told of one file in the same words, where the first of it stands."""
    found: dict[tuple[str, str, Text, Text | None], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.file, problem.rule, problem.message, problem.repair), []).append(problem)
    return list(found.values())


def as_github(problems: Sequence[Problem], files: int, language: str) -> str:
    """Annotations in both languages, one line each, in which no text of an entry can become a command of its own."""
    at_lines = [_annotation(problem, "") for problem in problems[:ANNOTATIONS]]
    in_log = [_annotation(problem, _place(problem) + ": ") for problem in problems[ANNOTATIONS:]]
    more = say(IN_LOG, language) if in_log else ""
    offer = _offer(problems, language, "python")  # the reader's, of which nobody knows where it is
    return "".join([*at_lines, *in_log, more, offer, _count(problems, files, language)])


IN_LOG = Text(
    f"GitHub shows the first {ANNOTATIONS} problems at their lines; all of them are listed above.\n",
    f"GitHub 只在对应行显示前 {ANNOTATIONS} 个问题；全部问题见上。\n",
)


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
            "mechanical": problem.edit is not None,
        }
        for problem in problems
    ]
    text = json.dumps({"files": files, "problems": found}, ensure_ascii=True, allow_nan=False, indent=2) + "\n"
    return text.replace("##[", "#\\u0023[")  # only a string can hold it; see `inert`


def as_both(problems: Sequence[Problem], files: int, *, annotations: bool) -> str:
    """Both languages at once, since nobody knows who reads it. Annotations always have both."""
    if annotations:
        return as_github(problems, files, "en")
    return as_text([_bilingual(problem) for problem in problems], files, "en")


def _bilingual(problem: Problem) -> Problem:
    return replace(problem, message=_both(problem.message), repair=problem.repair and _both(problem.repair))


def _both(text: Text) -> Text:
    return Text(text.both, text.both)


FORMATS = {"text": as_text, "github": as_github, "json": as_json}


def _count(problems: Sequence[Problem], files: int, language: str) -> str:
    found = len(problems)
    en = f"{_plural(files, 'file')} checked, {_plural(found, 'problem')}."
    return say(Text(en, f"已检查 {files} 个文件，发现 {found} 个问题。"), language) + "\n"


def _offer(problems: Sequence[Problem], language: str, interpreter: str) -> str:
    """Say how many of the problems a program can repair, and how."""
    mechanical = sum(problem.edit is not None for problem in problems)
    return f"{say(REPAIRABLE, language).format(mechanical)}\n  {interpreter} {FIX}\n" if mechanical else ""


REPAIRABLE = Text("{} of these can be repaired:", "其中 {} 个可自动修正：")
FIX = "scripts/validate.py --fix"


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _place(problem: Problem) -> str:
    return f"{visible(problem.file)}:{problem.line}:{problem.column}"


def _block(problem: Problem, others: Sequence[Problem], language: str) -> str:
    """A problem on two to six lines; a gutter keeps the text of entries off the start of the line.

    The first line and the repair are not broken, however long: editors read the one, people copy from the other.
    """
    lines = [f"{_place(problem)}: {problem.rule}: {visible(say(problem.message, language))}"]
    number = str(problem.line)
    gutter = " " * len(number)
    excerpt, marker = _excerpt(problem, WIDTH - len(f"  {number} | "))
    if excerpt.strip():
        lines += [f"  {number} | {excerpt}", f"  {gutter} | {marker}"]
    if problem.repair:
        lines.append(f"  {gutter} = {visible(say(problem.repair, language))}")
    if others:
        lines.append(f"  {gutter} = {say(_also(others), language)}")
    return "".join(inert(line) + "\n" for line in lines) + "\n"


def _also(others: Sequence[Problem]) -> Text:
    """Name the lines, those in a row as 3-7."""
    runs: list[list[int]] = []
    lines = sorted({problem.line for problem in others})
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    named = [f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    noun = "line" if len(lines) == 1 else "lines"
    return Text(f"the same on {noun} {', '.join(named)}", f"第 {'、'.join(named)} 行同样")


def _excerpt(problem: Problem, room: int) -> tuple[str, str]:
    """The line, cut to `room` columns around the place, and a marker as wide as the place looks."""
    start = problem.column - 1
    before = last(visible(problem.excerpt[max(0, start - room - 1) : start]), room // 2)
    rest = first(visible(problem.excerpt[start : start + room + 1]), room - columns(before))
    width = min(columns(visible(problem.found[:room])), columns(rest))
    return before + rest, " " * columns(before) + "^" + "~" * (width - 1)


def _annotation(problem: Problem, place: str) -> str:
    """See https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""
    where = f"file={_property(visible(problem.file))},line={problem.line},endLine={problem.line},"
    where += f"col={problem.column},endColumn={problem.column + problem.width},title={_property(problem.rule)}"
    said = "%0A".join(_data(_sentence(problem, language)) for language in LANGUAGES)
    return inert(f"::error {where}::{_data(place)}{said}\n")


def _sentence(problem: Problem, language: str) -> str:
    """The message and the repair on one line."""
    parts = [say(text, language) for text in (problem.message, problem.repair) if text]
    return visible(("；" if language == "zh" else "; ").join(parts))


def _data(text: str) -> str:
    """Encode what is said; `visible` has made line breaks harmless already."""
    return text.replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
