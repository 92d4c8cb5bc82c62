"""The entry that the text of an issue gives."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from catalog.check import check
from catalog.draft import Answers, among, draft, encoded, known_organization, nested, option, slug, supported
from catalog.entry import Catalog, Entry
from catalog.files import path_of
from catalog.form import BEFORE, FILE, MAKER, OPTIONAL_MAKER, ORGANIZATION, REMARKS, SOURCES, Asked, asked
from catalog.lookalikes import Lookalike, lookalikes
from catalog.names import HAN
from catalog.problem import Problem, Text, show
from catalog.schema import Schema
from catalog.source import parse

VALUE = re.compile(r"\(([^()]+)\)\Z")  # at the end of an option, whatever its labels were when it was chosen
LONGEST = 65536  # characters of an issue, as GitHub limits them
ISSUE = "issue"  # what problems call the issue where they are not about the drafted file
NO_RESPONSE, NOT_CHOSEN = "_No response_", "None"  # what GitHub writes for an empty field and for an empty dropdown
BETWEEN = " ,，:："  # the name of a licence and its address
ADDRESS = re.compile(rf"(?<=[{BETWEEN}])https?://\S+\Z")
BULLET = re.compile(r"^\s*(?:[-*+]|[0-9]{1,2}[.)])\s+")
SHORTEN = Text("shorten it", "请缩短")
NO_FORM = Text("none of the form's fields stand here", "这里没有表单的任何字段")
USE_FORM = Text("open a new issue with the form", "请用表单重新提交议题")
TAKEN = Text("edit it, or use the form for corrections", "请修改该文件，或使用更正表单")
TOLD = {"missing-field", "empty-file", "organization-missing"}  # what follows from an answer that is missing


def read_issue(body: str, schema: Schema) -> dict[str, str]:
    """Give the answers of an issue by the ids of the fields; those that were left out are missing.

    What is not the heading of a field, or is for the second time, belongs to the answer before it.
    """
    fields = {one.heading: one for one in asked(schema)}
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in re.split(r"\r\n|\r|\n", body):
        heading = line.removeprefix("### ").rstrip() if line.startswith("### ") else ""
        if heading in fields and heading not in found:
            lines = found[heading] = []
        else:
            lines.append(line)
    answers = {fields[heading].id: _answer(fields[heading], lines) for heading, lines in found.items()}
    return {name: answer for name, answer in answers.items() if answer}


def _answer(one: Asked, lines: Sequence[str]) -> str:
    """Tidy an answer: one line where the form has one line, and the value where something was chosen."""
    text = "\n".join(lines).strip()
    if text == NO_RESPONSE or (one.options and text == NOT_CHOSEN):
        return ""
    if one.long:
        return text
    answer = " ".join(text.split())
    chosen = VALUE.search(answer)
    return chosen[1] if chosen and chosen[1] in one.options else option(answer, one.options)


@dataclass(frozen=True)
class Draft:
    """What came of an issue: the entry's id, its file and text, what is wrong, and what a reviewer should see.

    `id` and `path` are empty if they cannot be told from the answers.
    """

    id: str = ""
    path: str = ""
    text: str = ""
    problems: Sequence[Problem] = ()
    remarks: str = ""
    lookalikes: Sequence[Lookalike] = field(default_factory=tuple)


def from_issue(root: Path, schema: Schema, body: str, target: str = "") -> Draft:
    """Make an entry of the text of an issue, and check it with the whole project; `target` is an id that is wanted.

    The text is data: nothing in it is expanded or obeyed. Nothing is written.
    """
    catalog, _ = check(root, schema)
    made = draft_from_issue(body, catalog, schema, target)
    if not made.text:
        return made
    found = _in_form(_checked(root, made, schema), made, schema)
    source = parse(encoded(made.text), made.path, schema.numbers).source
    alike = lookalikes(Entry(made.id, source.data, source), catalog) if source and "name" in source.data else []
    return replace(made, problems=(*made.problems, *found), lookalikes=tuple(alike))


def draft_from_issue(body: str, catalog: Catalog, schema: Schema, target: str = "") -> Draft:
    """Make an entry of the text of an issue; only what its answers lack is told."""
    if len(body) > LONGEST:
        return Draft(problems=(_told(Text(f"longer than {LONGEST} characters", f"超过 {LONGEST} 个字符"), SHORTEN),))
    answers = read_issue(body, schema)
    if not answers:
        return Draft(problems=(_told(NO_FORM, USE_FORM),))
    folder, file = _id(answers, catalog, target)
    described = folder in catalog.perhaps_described
    data = _data(answers, schema, described=described)
    made = f"{folder}/{file}" if folder and file else ""
    lacking = tuple(_lacking(answers, folder, file, schema, described=described))
    return Draft(made, path_of(made) if made else "", draft(data, schema), lacking, answers.get(REMARKS.id, ""))


def _id(answers: Mapping[str, str], catalog: Catalog, target: str) -> tuple[str, str]:
    """Give the organization's folder and the name of the file; what cannot be told is empty."""
    if target:
        folder, _, file = target.partition("/")
        return folder, file
    named = _names(answers.get(ORGANIZATION.id, ""))
    known = [folder for name in named.values() if (folder := known_organization(name, catalog))]
    folder = known[0] if known else slug(named.get("en", ""))
    return folder, slug(answers.get(FILE.id) or answers.get("name-en", ""))


def _names(answer: str) -> dict[str, str]:
    """Split `阿里云 / Alibaba Cloud` into a name in each language."""
    parts = answer.split(" / ") if " / " in answer else [answer]
    named = {"zh" if HAN.search(part) else "en": part.strip() for part in parts if part.strip()}
    whole = {"zh" if HAN.search(answer) else "en": answer}
    return named if len(named) == len(parts) else whole if answer else {}


def _data(answers: Mapping[str, str], schema: Schema, *, described: bool) -> dict[str, Any]:
    """Give the entry's data; what it says of an organization that is known already is left out."""
    found: Answers = {one.where: answers[one.id] for one in asked(schema) if one.where and one.id in answers}
    for language, name in _names(answers.get(ORGANIZATION.id, "")).items():
        found["organization", "name", language] = name
    if described:
        found = {where: value for where, value in found.items() if where[0] != "organization"}
    if "license" in answers:
        found["license",] = _licence(answers["license"])
    return _sourced(nested(found), answers, schema)


def _licence(answer: str) -> str | dict[str, str]:
    """Read an id, or a name and an address."""
    match = ADDRESS.search(answer)
    name = answer[: match.start()].rstrip(BETWEEN) if match else ""
    return {"name": name, "url": match[0]} if match and name else answer


def _sourced(data: dict[str, Any], answers: Mapping[str, str], schema: Schema) -> dict[str, Any]:
    """Add the sources; a single one supports what was answered, of several nobody knows which supports what."""
    told = data.pop("sources", [{}])[0]
    lines = [BULLET.sub("", line).strip(" <>") for line in answers.get(SOURCES.id, "").splitlines()]
    sources: list[dict[str, Any]] = [{"url": line} for line in lines if line]
    if len(sources) == 1:
        sources[0]["supports"] = supported(data, schema)
    if sources:
        data["sources"] = [{**sources[0], **told}, *sources[1:]]
    return data


def _lacking(
    answers: Mapping[str, str], folder: str, file: str, schema: Schema, *, described: bool
) -> Iterator[Problem]:
    """Tell what the form must still say."""
    names = [one for one in asked(schema) if one.where in BEFORE]
    if not any(one.id in answers for one in names):
        yield _told(Text("no name is given", "没有写名称"), _fill(names[0]))
    elif not file:
        yield _told(Text("the file's name cannot be told from the answers", "无法由回答得出文件名"), _fill(FILE))
    if ORGANIZATION.id in answers and not folder:
        shown = show(answers[ORGANIZATION.id])
        message = Text(
            f"{shown} is not in the catalog, and has no name in Latin letters",
            f"名录里没有 {shown}，它也没有拉丁字母名称",
        )
        yield _told(message, _add_latin(answers[ORGANIZATION.id]))
    for one in asked(schema):
        new_maker = one.where in MAKER and one.where != OPTIONAL_MAKER and ORGANIZATION.id in answers and not described
        if one.id not in answers and new_maker:
            shown = show(answers[ORGANIZATION.id])
            yield _told(Text(f"{shown} is not in the catalog yet", f"名录里还没有 {shown}"), _fill(one))
        elif one.id not in answers and one.needed:
            yield _told(Text(f"no answer to {show(one.label.en)}", f"{show(one.label.zh)} 没有回答"), _fill(one))


def _fill(one: Asked) -> Text:
    """Say which field of the form to fill in, and what with."""
    label = show(one.heading)
    if one.options:
        return Text(f"choose a value of {label} in the form", f"请在表单的 {label} 里选择一项")
    like = Text(f", such as {one.example}", f"，例如 {one.example}") if one.example else Text("", "")
    return Text(f"fill in {label} in the form{like.en}", f"请填写表单的 {label}{like.zh}")


def _add_latin(answer: str) -> Text:
    label, both_names = show(ORGANIZATION.heading), show(f"{answer} / English Name")
    return Text(
        f"add a name in Latin letters in {label}, as in {both_names}",
        f"请在 {label} 里补上拉丁字母名称，例如 {both_names}",
    )


def _told(message: Text, repair: Text) -> Problem:
    return Problem(ISSUE, 1, 1, "issue-form", message, repair)


def _checked(root: Path, made: Draft, schema: Schema) -> list[Problem]:
    """Check the drafted file with the whole project; without a name, what it holds is checked all the same."""
    if made.path and os.path.lexists(root / made.path):
        shown = show(made.path)
        return [_told(Text(f"{shown} is there already", f"{shown} 已存在"), TAKEN)]
    problems = among(root, made.path or path_of("new-organization/new-model"), made.text, schema)
    if made.problems:
        problems = [problem for problem in problems if problem.rule not in TOLD]
    return problems if made.path else [replace(problem, file=ISSUE) for problem in problems]


def _in_form(problems: Iterable[Problem], made: Draft, schema: Schema) -> Iterator[Problem]:
    """Say of each problem of the drafted file which field of the form it is about."""
    fields = _fields_by_line(made, schema)
    for problem in problems:
        ours = problem.file in (made.path, ISSUE) and problem.rule != "issue-form"
        meant = fields.get(problem.line) if ours else None
        yield _with_field(problem, meant) if meant else problem


def _with_field(problem: Problem, meant: Asked) -> Problem:
    repair, label = problem.repair or Text("correct it", "请更正"), show(meant.heading)
    return replace(problem, repair=Text(f"{repair.en} (in the form: {label})", f"{repair.zh}（表单里的 {label}）"))


def _fields_by_line(made: Draft, schema: Schema) -> dict[int, Asked]:
    """The field of the form for each line of the drafted file that has one; nothing if the file cannot be read."""
    source = parse(encoded(made.text), made.path, schema.numbers).source
    if source is None:
        return {}
    fields = {
        **{one.where: one for one in asked(schema)},
        ("sources",): SOURCES,
        ("organization", "name"): ORGANIZATION,
    }
    lines = {source.line(where, key=True): where for where in source.values if where}
    found = {line: [fields[w[:n]] for n in range(len(w), 0, -1) if w[:n] in fields] for line, w in lines.items()}
    return {line: nearest[0] for line, nearest in found.items() if nearest}
