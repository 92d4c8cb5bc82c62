"""The field reference: every field of an entry, from the schema's own words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from catalog.markdown import Markdown, anchor, escape, table
from catalog.problem import Text
from catalog.schema import Schema, description, title
from catalog.wording import say

HEAD = Text(
    "# Fields of an entry\n\n"
    "Generated from `schema/`; do not edit by hand. Fields stand in the order of writing; a star marks required ones.\n"
    "`links.paper` is the field `paper` inside `links`; `[]` stands for each item of a list.\n",
    "# 条目的字段\n\n由 `schema/` 生成，请勿手工修改。字段按书写顺序排列，带星号的必填。\n"
    "`links.paper` 表示 `links` 里的字段 `paper`；`[]` 表示列表里的每一项。\n",
)


def reference(schema: Schema, language: str) -> str:
    """Write the reference in one language."""
    head = [say(text, language) for text in (Text("Field", "字段"), Text("Meaning", "含义"), Text("Example", "示例"))]
    rows = [
        [_code(name), meaning, _code(example)] for name, meaning, example in _fields(schema.entry, schema, language, "")
    ]
    inner = [[_code(name), meaning, _code(example)] for name, meaning, example in _organization(schema, language)]
    heading = say(Text("## Fields of an organization\n", "## 机构的字段\n"), language)
    words = say(Text("## Vocabularies\n", "## 词表\n"), language)
    parts = [
        say(HEAD, language),
        table(head, rows),
        heading,
        table(head, inner),
        words,
        *_vocabularies(schema, language),
    ]
    return "\n".join(parts)


def _organization(schema: Schema, language: str) -> Iterator[tuple[str, str, str]]:
    return _fields(schema.entry["$defs"]["organization"], schema, language, "")


def _fields(owner: Any, schema: Schema, language: str, prefix: str) -> Iterator[tuple[str, str, str]]:
    """Every field of a schema and the fields inside it, by its path."""
    for name, field in owner["properties"].items():
        star = " ★" if name in owner.get("required", ()) else ""
        label, text = say(title(field), language), say(description(field), language)
        meaning = Markdown(f"**{escape(label)}**{star}<br>{escape(text)}{_words(field, schema)}")
        yield prefix + name, meaning, _written(field["examples"][0])
        inner = field.get("items", field)
        if "properties" in inner:
            yield from _fields(
                inner, schema, language, f"{prefix}{name}[]." if "items" in field else f"{prefix}{name}."
            )


def _words(field: Any, schema: Schema) -> str:
    """A link to the vocabulary of a field, if it has one."""
    name = (field.get("$ref") or field.get("items", {}).get("$ref", "")).removeprefix("#/$defs/")
    return f" → [{name}](#{name})" if "oneOf" in schema.entry["$defs"].get(name, {}) else ""


def _written(example: Any) -> str:
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)


def _code(text: str) -> Markdown:
    return Markdown(f"<code>{escape(text)}</code>")


def _vocabularies(schema: Schema, language: str) -> Iterator[str]:
    for name, words in schema.entry["$defs"].items():
        if "oneOf" in words:
            yield f"### {anchor(name)}{escape(say(title(words), language))}\n"
            yield table(
                [
                    say(text, language)
                    for text in (Text("Value", "取值"), Text("Label", "名称"), Text("Meaning", "含义"))
                ],
                [[_code(w["const"]), say(title(w), language), say(description(w), language)] for w in words["oneOf"]],
            )
