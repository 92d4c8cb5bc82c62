"""The words of the reader: every rule has examples, and everything is said in both languages."""

from __future__ import annotations

import ast
import inspect
import re
from types import ModuleType

import pytest
from casefile import CASES
from catalog import files, slips, source, syntax

READER = (files, slips, source, syntax)
# Rules whose examples are too large for a case file, or are no files; tests/test_source.py has them.
ELSEWHERE = {"file-size", "too-many-problems", "not-a-file"}
RULE = re.compile("[a-z]+(?:-[a-z]+)+|encoding")
HAN = re.compile("[\u3400-\u9fff]")


def rules(module: ModuleType) -> set[str]:
    """Every text of a module that is written like the id of a rule."""
    constants = [node.value for node in ast.walk(tree(module)) if isinstance(node, ast.Constant)]
    return {text for text in constants if isinstance(text, str) and RULE.fullmatch(text)}


def tree(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))


def sentences(module: ModuleType) -> list[tuple[str, str]]:
    """The literal parts of every `Text(en, zh)`."""
    calls = [node for node in ast.walk(tree(module)) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Text"]
    return [(literal(call.args[0]), literal(call.args[1])) for call in calls]


def literal(node: ast.expr) -> str:
    return "".join(
        part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def test_every_rule_of_the_reader_has_a_case_file() -> None:
    found = set().union(*map(rules, READER))
    assert {"wide-colon", "yaml-syntax", "encoding", "file-name"} <= found
    assert found - ELSEWHERE - {path.stem for path in CASES.glob("*.txt")} == set()
    assert found >= ELSEWHERE


@pytest.mark.parametrize("module", READER, ids=lambda module: module.__name__)
def test_everything_is_said_in_both_languages(module: ModuleType) -> None:
    said = sentences(module)
    assert len(said) >= 10
    assert [en for en, _ in said if HAN.search(en)] == []
    assert [(en, zh) for en, zh in said if re.search("[a-z]{2}", en) and not HAN.search(zh)] == []


@pytest.mark.parametrize("module", READER, ids=lambda module: module.__name__)
def test_nothing_ends_with_a_full_stop_or_begins_with_a_capital(module: ModuleType) -> None:
    allowed = ("YAML", "Windows")
    said = [text for text in sentences(module) if text[0]]
    assert [en for en, _ in said if en.endswith(".") or (en[0].isupper() and not en.startswith(allowed))] == []
    assert [zh for _, zh in said if zh.endswith("。")] == []
