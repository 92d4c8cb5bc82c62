"""Texts that would do something are nothing but text in comments, summaries, answers, logs and JSON.

What they come to in the pages of the README is tested in test_readme.py, in the form in test_form.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from catalog import comment, difference, intake, preview, report
from catalog.changes import Changes, changes
from catalog.history import State
from catalog.issue import Draft
from catalog.lookalikes import Lookalike
from catalog.markdown import one_line
from catalog.problem import Problem, Text, visible
from catalog.room import Room
from catalog.schema import Schema
from hostile import HOSTILE, WRITTEN
from rendered import PARSERS, Part, whole
from test_changes import ACME, catalog
from test_markdown import READ_LATER, without_joints
from test_report import commands

HOME = "https://acme.ai/almanac"
TEXTS = [*HOSTILE, *(text for text, _ in WRITTEN if text.strip())]
HARMLESS = [f"harmless {chr(97 + number % 26)}" for number in range(len(TEXTS))]
ALL = Room(10**7, len)


class Scene(NamedTuple):
    """A text of a stranger wherever one can stand, each of many texts in a record of its own."""

    before: State
    after: State
    found: Changes
    preview: preview.Preview
    problems: list[Problem]


def scene(texts: Sequence[str], schema: Schema) -> Scene:
    """Entries that are added, removed, renamed and changed, organizations too, problems, files and twins."""
    many = list(enumerate(texts))
    old = {f"acme/changed-{n:03}": entry("x") for n, _ in many}
    old |= {f"acme/removed-{n:03}": entry(text) for n, text in many}
    old |= {f"acme/old-{n:03}": entry(f"{text} {n}") for n, text in many}
    new = {f"acme/changed-{n:03}": entry(text) for n, text in many}
    new |= {f"acme/added-{n:03}": {**entry(text), "based_on": [f"acme/changed-{n:03}"]} for n, text in many}
    new |= {f"acme/new-{n:03}": {**entry(f"{text} {n}"), "former_ids": [f"acme/old-{n:03}"]} for n, text in many}
    makers = {f"maker-{n:03}": {**ACME, "name": {"en": text, "zh": text}} for n, text in many}
    before, after = (State(catalog(entries, acme=ACME, **more), (), schema, commit * 40)
                     for entries, more, commit in ((old, {}, "a"), (new, makers, "b")))  # fmt: skip
    problems = [Problem(f"entries/{text}.yaml", 1, 1, "rule", Text(text, text), Text(text, text), 3, text)
                for text in texts]  # fmt: skip
    touched = [("M", f"entries/{name}.yaml") for name in new]
    found = preview.preview(before, after, touched, HOME, "c" * 40)
    shown = replace(
        found,
        problems=tuple(problems),
        strays=tuple(problems),
        edited=tuple(problems),
        files=tuple(("A", text) for text in texts),
        others=tuple(preview.Other(text, (Text(text, text),)) for text in texts),
        twins=tuple(preview.Twin(text, Lookalike(text, Text(text, text))) for text in texts),
    )
    return Scene(before, after, changes(before.catalog, after.catalog), shown, problems)


def entry(text: str) -> dict[str, Any]:
    return {
        "name": {"en": text, "zh": text},
        "aliases": [text],
        "family": text,
        "license": {"name": text, "url": "https://acme.ai/licence"},
        "summary": {"en": text, "zh": text},
        "variants": [{"name": text}],
        "sources": [{"url": "https://acme.ai", "title": text}],
    }


def summary(made: Scene) -> str:
    return comment.as_markdown(made.preview, ALL)


def answer(made: Scene) -> str:
    return intake._refusal(draft(made))


def draft(made: Scene) -> Draft:
    alike = [Lookalike(text, reason) for text, (reason,) in made.preview.others]
    return Draft("acme/x", "entries/acme/x.yaml", "", made.problems, "", alike)


def remarks(made: Scene) -> list[str]:
    """Each on one line, since a remark of two is quoted as two."""
    return [problem.message.en.replace("\n", " ") for problem in made.problems]


MARKDOWN: dict[str, Callable[[Scene], str]] = {
    "summary and comment": summary,
    "difference in English": lambda made: difference.as_markdown(made.before, made.after, made.found, "en"),
    "difference in Chinese": lambda made: difference.as_markdown(made.before, made.after, made.found, "zh"),
    "answer to an issue": answer,
    "remarks in a pull request": lambda made: "\n\n".join(map(intake._quoted, remarks(made))),
}
LOGS: dict[str, Callable[[Scene], str]] = {
    "text in English": lambda made: report.as_text(made.problems, 1, "en"),
    "text in Chinese": lambda made: report.as_text(made.problems, 1, "zh"),
    "text in both": lambda made: report.as_both(made.problems, 1, annotations=False),
    "JSON of problems": lambda made: report.as_json(made.problems, 1, "en"),
    "JSON of the difference": lambda made: difference.as_json(made.before, made.after, made.found),
    "JSON of the preview": lambda made: comment.as_json(made.preview),
}


@pytest.fixture(scope="module")
def bad(schema: Schema) -> Scene:
    return scene(TEXTS, schema)


@pytest.fixture(scope="module")
def good(schema: Schema) -> Scene:
    return scene(HARMLESS, schema)


@pytest.fixture(autouse=True)
def _room(monkeypatch) -> None:
    monkeypatch.setattr(intake, "COMMENT", ALL)
    monkeypatch.setattr(intake, "REMARKED", 10**6)


def tags(part: Part) -> list[tuple[str, list[str]]]:
    """The elements with the names of their attributes; not in order, because rows are in the order of names."""
    return sorted((tag, sorted(attributes)) for tag, attributes in without_joints(part))


@pytest.mark.parametrize("name", MARKDOWN)
@pytest.mark.parametrize("parse", PARSERS)
def test_hostile_texts_give_the_same_elements_as_harmless_ones(name: str, parse, bad: Scene, good: Scene) -> None:
    first, second = (whole(parse(MARKDOWN[name](made))) for made in (bad, good))
    assert tags(first) == tags(second)
    assert all(address.startswith((HOME, "https://")) for address in first.values("href"))


@pytest.mark.parametrize("name", MARKDOWN)
def test_github_finds_nothing_to_make_of_a_text_later(name: str, bad: Scene) -> None:
    for parse in PARSERS:
        assert [piece for piece in whole(parse(MARKDOWN[name](bad))).pieces if READ_LATER.search(piece)] == []


@pytest.mark.parametrize("name", MARKDOWN)
def test_every_text_can_be_read(name: str, bad: Scene) -> None:
    for parse in PARSERS:
        text = whole(parse(MARKDOWN[name](bad))).text
        assert [one for one in TEXTS if one_line(visible(one)) not in text and one_line(one) not in text] == []


@pytest.mark.parametrize("name", [*LOGS, *MARKDOWN])
def test_a_runner_finds_no_command(name: str, bad: Scene) -> None:
    """Everything may come to stand in the log of a workflow."""
    assert commands((LOGS | MARKDOWN)[name](bad)) == []


def test_a_runner_finds_one_annotation_for_each_problem(bad: Scene) -> None:
    found = commands(report.as_github(bad.problems, 1, "en"))
    assert [command.name for command in found] == ["error"] * len(TEXTS)


@pytest.mark.parametrize("name", [name for name in LOGS if name.startswith("JSON")])
def test_json_gives_every_text_back(name: str, bad: Scene) -> None:
    found = list(strings(json.loads(LOGS[name](bad))))
    assert [text for text in TEXTS if text not in found] == []


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


HIDDEN = ["\u202e", "\u2066", "\u200b", "\x1b", "\x00", "\u3164"]


@pytest.mark.parametrize("name", [*LOGS, *MARKDOWN])
def test_nothing_is_hidden(name: str, bad: Scene) -> None:
    assert [sign for sign in HIDDEN if sign in (LOGS | MARKDOWN)[name](bad)] == []
