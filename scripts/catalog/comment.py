"""Show a preview: in both languages as one Markdown text for a comment or a summary, or as JSON for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from catalog.changes import Field
from catalog.difference import HOW, VERSION, as_data, code, counted, dumped, shown
from catalog.markdown import Markdown, escape, head, joined, link, row
from catalog.preview import COLUMNS, Preview, blob, desks
from catalog.problem import Problem, Text, visible
from catalog.readme import NAMES
from catalog.room import COMMENT, Part, Room, fitted
from catalog.wording import LANGUAGES, either, say

STATUS = {"A": Text("added", "新增"), "D": Text("deleted", "删除"), "T": Text("of another kind", "类型改变")}
CHANGED = Text("changed", "修改")
LOOKED_AT, COMPARED_WITH = Text("Looked at", "查看的提交"), Text("Compared with", "对比")


def as_markdown(preview: Preview, room: Room = COMMENT) -> str:
    """Both languages in one text that there is room for; what is left out is counted."""
    verdict, foot = f"{_verdict(preview)}\n{_inherited(preview)}", _foot(preview)
    left = room.most - room.size(verdict) - room.size(foot)
    return verdict + "".join(fitted(list(_parts(preview)), Room(left, room.size))) + foot


def _verdict(preview: Preview) -> str:
    """One line of facts; the mark is green if nothing at all is wrong, and nobody doubts it."""
    good = "⚠️" if preview.doubted else "✅"
    mark = good if preview.ok else "❌"
    return f"{mark} **{_facts(preview, 'en')}** · **{_facts(preview, 'zh')}**"


def _facts(preview: Preview, language: str) -> str:
    facts = counted(preview.changes, language) or say(Text("no change in the catalog", "名录没有变化"), language)
    sizes = (
        (len(preview.problems), "problem", "problems", "个问题"),
        (len(preview.strays), "file in the wrong place", "files in the wrong place", "个文件放错位置"),
        (len(preview.edited), "generated file edited", "generated files edited", "个生成文件被改动"),
    )
    wrong = [say(Text(f"{n} {one if n == 1 else many}", f"{n} {zh}"), language) for n, one, many, zh in sizes if n]
    return say(Text(", ", "，"), language).join([facts, *wrong])


def _inherited(preview: Preview) -> str:
    """What is wrong without the pull request, so that nobody looks for it in there."""
    number = preview.inherited
    things = "problem" if number == 1 else "problems"
    said = f"\nNot listed: {number} {things} that main has without it. · 未列出：main 本身已有的 {number} 个问题。\n"
    return said if number else ""


def _foot(preview: Preview) -> str:
    """Which commits it is about: an answer to an older one is known by that."""
    told = [(LOOKED_AT, preview.commit), (COMPARED_WITH, preview.before.commit)]
    lines = [f"{text.both} <code>{commit[:12]}</code>" for text, commit in told if commit]
    return f"\n<sub>{'<br>'.join(lines)}</sub>\n" if lines else ""


def _parts(preview: Preview) -> Iterator[Part]:
    """Every part, in the order of what matters most."""
    misplaced = [_problem(problem, preview) for problem in (*preview.strays, *preview.edited)]
    placed = [_problem(problem, preview, problem.line, problem.column) for problem in preview.problems]
    yield _table("Problems", "问题", PROBLEM, placed)
    yield Part(_heading("Repaired, as far as a program can", "程序能修正的部分") + PASTE, list(_repaired(preview)))
    yield _table("Files that do not belong there", "不该出现的文件", PROBLEM, misplaced)
    for language in LANGUAGES:
        yield _rows(preview, language)
    yield Part(_heading("Added, removed, renamed", "新增、删除、改名"), list(_moves(preview)))
    yield _table("Fields", "字段", FIELD, list(_fields(preview)))
    others = [[_file(other.file, preview), _both(other.reasons)] for other in preview.others]
    yield _table("Other files that this touches", "受影响的其他文件", OTHER, others)
    twins = [[code(twin.id), code(twin.lookalike.other), _both([twin.lookalike.reason])] for twin in preview.twins]
    if preview.not_compared:
        more = preview.not_compared
        twins.append([Markdown(f"… {more} more · 另有 {more} 项"), Markdown(""), Markdown("not compared · 未比较")])
    yield _table("Perhaps the same thing", "可能重复的条目", TWIN, twins)
    yield Part(_heading("Files outside entries/", "entries/ 以外的文件"), list(_files(preview)))


PASTE = Text("Copy this over the whole file.", "请用它覆盖整个文件。").both + "\n\n"
PROBLEM = (Text("Place", "位置"), Text("Problem", "问题"), Text("Repair", "改法"))
FIELD = (
    Text("Entry or organization", "条目或机构"),
    Text("Field", "字段"),
    Text("Before", "原值"),
    Text("After", "新值"),
)
OTHER = (Text("File", "文件"), Text("Why", "原因"))
TWIN = (Text("Entry", "条目"), Text("The other", "另一条目"), Text("Why", "原因"))


def _heading(en: str, zh: str) -> str:
    return f"### {escape(en)} · {escape(zh)}\n\n"


def _table(en: str, zh: str, columns: Sequence[Text], rows: Sequence[Sequence[Markdown]]) -> Part:
    headings = [Markdown(text.both) for text in columns]
    return Part(_heading(en, zh) + head(headings), [row(cells) for cells in rows])


def _both(texts: Iterable[Text]) -> Markdown:
    """Sentences of ours, which may name what strangers wrote: each in English, and below it in Chinese."""
    return joined([visible(part) for text in texts for part in text], "<br>")


def _problem(problem: Problem, preview: Preview, line: int = 0, column: int = 0) -> list[Markdown]:
    repair = _both([problem.repair]) if problem.repair else Markdown("")
    return [_file(problem.file, preview, line, column), _both([problem.message]), repair]


def _file(path: str, preview: Preview, line: int = 0, column: int = 0) -> Markdown:
    """The path of a file, with a link to it, or to one of its lines, if there is a commit to look at."""
    shown_ = visible(path) + (f":{line}:{column}" if line else "")
    if preview.commit is None:
        return code(shown_)
    anchor = f"#L{line}" if line else ""
    return link(shown_, blob(preview.home, preview.commit, path) + anchor)


def _repaired(preview: Preview) -> Iterator[str]:
    """Each repaired file, folded; the fence is longer than any in the text, which so stays text to the end."""
    for path, text in preview.repaired.items():
        fence = "`" * (1 + max([2, *map(len, re.findall("`+", text))]))
        lines = text if text.endswith("\n") else f"{text}\n"
        yield f"<details><summary>{code(path)}</summary>\n\n{fence}yaml\n{lines}{fence}\n\n</details>\n"


def _rows(preview: Preview, language: str) -> Part:
    """The table of the README, in one language."""
    desk = desks(preview.after, preview.home, preview.commit)[language]
    rows = [row(one.cells[language]) for one in preview.rows]
    name = NAMES[language]
    title = say(Text(f"As {name} will show it", f"{name} 中的样子"), language)
    return Part(f"### {escape(title)}\n\n{head([column.head(desk) for column in COLUMNS])}", rows)


def _moves(preview: Preview) -> Iterator[str]:
    """What came and went, but for the entries that have a row already."""
    found = preview.changes
    for entry in found.removed:
        yield f"- removed · 删除: {_named(entry.data)} {code(entry.id)}"
    for one in found.renamed:
        how = HOW[one.how]
        yield f"- renamed · 改名: {code(one.old)} → {code(one.new)} ({escape(how.en)} · {escape(how.zh)})"
    for maker in found.organizations_added:
        yield f"- organization added · 新增机构: {_named(maker.data)} {code(maker.id)}"
    for maker in found.organizations_removed:
        yield f"- organization removed · 删除机构: {_named(maker.data)} {code(maker.id)}"
    for file in found.unread:
        if file.after:
            yield f"- does not fit, so it is not shown · 不合格，未显示: {code(file.id)}"


def _named(data: Any) -> str:
    names = dict.fromkeys(either(data["name"], language) for language in LANGUAGES)
    return " · ".join(f"**{escape(name)}**" for name in names)


def _fields(preview: Preview) -> Iterator[list[Markdown]]:
    found = preview.changes
    for name, fields in [(one.id, one.fields) for one in found.changed]:
        yield from _differences(name, fields)
    for renamed in found.renamed:
        yield from _differences(renamed.new, renamed.fields)
    for changed in found.organizations_changed:
        yield from _differences(changed.id, changed.fields)


def _differences(name: str, fields: Iterable[Field]) -> Iterator[list[Markdown]]:
    for field in fields:
        old, new = (Markdown("") if value is None else shown(value) for value in (field.old, field.new))
        yield [code(name), code(field.path), old, new]


def _files(preview: Preview) -> Iterator[str]:
    for status, path in preview.files:
        done = STATUS.get(status, CHANGED)
        yield f"- {_file(path, preview)} — {done.both}"


# --- JSON -----------------------------------------------------------------------------------------------------


def as_json(preview: Preview) -> str:
    """One object with every part, in both languages."""
    data = {
        "version": VERSION,
        "ok": preview.ok,
        "base": preview.before.commit,
        "head": preview.after.commit,
        "changes": as_data(preview.changes, preview.after.catalog),
        "problems": [_plain(problem) for problem in preview.problems],
        "inherited": preview.inherited,
        "rows": [{"id": one.id, **one.cells} for one in preview.rows],
        "others": [{"file": one.file, "reasons": [text._asdict() for text in one.reasons]} for one in preview.others],
        "not_compared": preview.not_compared,
        "lookalikes": [
            {"id": twin.id, "other": twin.lookalike.other, "reason": twin.lookalike.reason._asdict()}
            for twin in preview.twins
        ],
        "files": [{"status": status, "path": path} for status, path in preview.files],
        "strays": [_plain(problem) for problem in preview.strays],
        "edited": [_plain(problem) for problem in preview.edited],
    }
    return dumped(data)


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "rule": problem.rule,
        "message": problem.message._asdict(),
        "repair": problem.repair._asdict() if problem.repair else None,
    }
