"""Every case file: the entries in it give exactly the problems that stand beside them."""

from __future__ import annotations

import re

import pytest
from casefile import CASES, Case, cases
from catalog import explain, rules
from catalog.check import check
from catalog.problem import Problem

FILES = sorted(CASES.glob("*.txt"))
ALL = [pytest.param(case, id=f"{path.stem}: {case.title}") for path in FILES for case in cases(path)]


def line(problem: Problem) -> str:
    repair = f"; {problem.repair.en}" if problem.repair else ""
    return f"{problem.file}:{problem.line}:{problem.column}: {problem.rule}: {problem.message.en}{repair}"


@pytest.mark.parametrize("case", ALL)
def test_case(case: Case, project, schema) -> None:
    _, problems = check(project(case.files), schema)
    assert [line(problem) for problem in problems] == case.problems


TOLD = re.compile(r"'[^']*'|(?<![A-Za-z])[0-9][0-9.,-]*[0-9BMKT]|https?://[^ ,;，；]*[A-Za-z0-9/]")
PLACEHOLDERS = {
    "'''": '"',
    "字段: 值": "field: value",
    "<机构的文件夹>": "<folder of the organization>",
}


def told(text: str) -> set[str]:
    """The names, numbers and addresses in a sentence."""
    for written, meant in PLACEHOLDERS.items():
        text = text.replace(written, meant)
    return set(TOLD.findall(text))


@pytest.mark.parametrize("case", ALL)
def test_both_languages_tell_of_the_same_things(case: Case, project, schema) -> None:
    _, problems = check(project(case.files), schema)
    for said in (text for problem in problems for text in (problem.message, problem.repair) if text):
        assert told(said.en) == told(said.zh)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_rule_has_a_case_that_breaks_it_and_one_that_does_not(path) -> None:
    broken = [any(f": {path.stem}: " in problem for problem in case.problems) for case in cases(path)]
    assert any(broken)
    assert not all(broken)


def test_every_rule_has_a_case_file() -> None:
    every = {rules.rule_id(rule) for rule in (*rules.RECORD_RULES, *rules.ENTRY_RULES, *rules.CATALOG_RULES)}
    every |= {rule for rule, _ in explain.EXPLAINED.values()}
    assert every <= {path.stem for path in FILES}
