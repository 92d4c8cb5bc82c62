"""CONTRIBUTING in both languages, from one template, with the rules in their own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from inspect import getdoc
from typing import Any

from catalog.markdown import Markdown, link
from catalog.problem import Text
from catalog.readme import ADD, editor, ending, missing
from catalog.rules import CATALOG_RULES, ENTRY_RULES, RECORD_RULES, rule_id
from catalog.schema import Schema, bilingual
from catalog.template import render
from catalog.wording import say

GROUPS: tuple[tuple[Text, Sequence[Callable[..., Any]]], ...] = (
    (Text("Every text", "所有文字"), RECORD_RULES),
    (Text("One entry", "单个条目"), ENTRY_RULES),
    (Text("The list as a whole", "整个名录"), CATALOG_RULES),
)


def contributing(schema: Schema, language: str, template: str, home: str) -> str:
    """Write the page of one language."""
    context = {
        "new_entry": link(say(ADD, language), editor(schema, language, home)),
        "form": missing(home),
        "correction": Markdown(f"{home}/issues/new?template=2-correction.yml"),
        "fork": Markdown(_fork(home)),
        "fields": Markdown("docs/fields" + ending(language)),
        "wanted": Markdown("docs/wanted" + ending(language)),
        "status": _status(schema, language),
        "groups": [(say(heading, language), _listed(rules, language)) for heading, rules in GROUPS],
    }
    return render(template, language, context)


def _fork(home: str) -> str:
    """The address of somebody's copy of the project."""
    owner, _, project = home.rpartition("/")
    return f"{owner.rpartition('/')[0]}/YOUR-NAME/{project}"


def _status(schema: Schema, language: str) -> Markdown:
    words = schema.labels("status").items()
    if language == "zh":
        return Markdown("、".join(f"{name} {label.zh}" for name, label in words))
    return Markdown(", ".join(name for name, _ in words))


def _listed(rules: Sequence[Callable[..., Any]], language: str) -> Markdown:
    """Each rule with its docstring, which is Markdown that we wrote."""
    colon = say(Text(": ", "："), language)
    return Markdown("".join(f"- `{rule_id(rule)}`{colon}{say(_sentence(rule), language)}\n" for rule in rules))


def _sentence(rule: Callable[..., Any]) -> Text:
    return bilingual(getdoc(rule) or "", "\n")
