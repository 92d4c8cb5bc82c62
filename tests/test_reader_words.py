"""The words of the reader: every rule has examples, and everything is said in both languages."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest
from casefile import CASES
from catalog import files, slips, source, syntax

READER = (files, slips, source, syntax)
# Rules whose examples are too large for a case file, or are no files; tests/test_source.py has them.
ELSEWHERE = {"file-size", "too-many-problems", "not-a-file"}
RULE = re.compile("[a-z]+(?:-[a-z]+)+|encoding")
HAN = re.compile("[\u3400-\u9fff]")
QUOTED = re.compile("'[^']*'")
EXAMPLE = re.compile("阿里云 / Alibaba Cloud")
NAME = re.compile("the schema")  # which is called so in Chinese too
SCRIPTS = sorted((Path(__file__).parents[1] / "scripts").rglob("*.py"))


def rules(module: ModuleType) -> set[str]:
    """Every text of a module that is written like the id of a rule."""
    constants = [node.value for node in ast.walk(tree(module)) if isinstance(node, ast.Constant)]
    return {text for text in constants if isinstance(text, str) and RULE.fullmatch(text)}


def tree(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))


def sentences(module: ast.Module) -> list[tuple[str, str]]:
    """The literal parts of every `Text(en, zh)`."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Text"]
    return [(literal(call.args[0]), literal(call.args[1])) for call in calls if len(call.args) == 2]


def literal(node: ast.expr) -> str:
    """What is said whatever the values are; these are left out."""
    if isinstance(node, ast.FormattedValue):
        return ""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(literal(part) for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr))


def test_every_rule_of_the_reader_has_a_case_file() -> None:
    found = set().union(*map(rules, READER))
    assert {"wide-colon", "yaml-syntax", "encoding", "file-name"} <= found
    assert found - ELSEWHERE - {path.stem for path in CASES.glob("*.txt")} == set()
    assert found >= ELSEWHERE


def test_everything_is_said_in_both_languages() -> None:
    """Every sentence of every script, whether a problem, a question or a heading."""
    said = [(path.name, *sentence) for path in SCRIPTS for sentence in sentences(ast.parse(path.read_bytes()))]
    assert len(said) > 350
    assert [sentence for sentence in said if HAN.search(EXAMPLE.sub("", sentence[1]))] == []
    assert [
        sentence
        for sentence in said
        if re.search("[a-z]{2}", NAME.sub("", sentence[1])) and not HAN.search(sentence[2])
    ] == []


def test_chinese_sentences_have_chinese_punctuation() -> None:
    said = [zh for path in SCRIPTS for _, zh in sentences(ast.parse(path.read_bytes()))]
    assert [zh for zh in said if re.search("[\u3400-\u9fff][,;:?!()]", QUOTED.sub("", zh))] == []


@pytest.mark.parametrize("module", READER, ids=lambda module: module.__name__)
def test_nothing_ends_with_a_full_stop_or_begins_with_a_capital(module: ModuleType) -> None:
    allowed = ("YAML", "Windows")
    said = [text for text in sentences(tree(module)) if text[0]]
    assert [en for en, _ in said if en.endswith(".") or (en[0].isupper() and not en.startswith(allowed))] == []
    assert [zh for _, zh in said if zh.endswith("。")] == []
