"""The field reference: every field of an entry, from the schema's own words, and the conventions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from catalog.amounts import UNITS
from catalog.entry import CHINA
from catalog.files import ORGANIZATION, path_of
from catalog.markdown import Markdown, anchor, escape, joined, table
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
ID = "alibaba/qwen3"
CONVENTIONS = Text(
    "- The id of an entry is the path of its file: `{id}` is `{path}`. Before the `/` stands the organization.\n"
    "- An organization is described once in its folder: in `{organization}`, or in one entry, under `organization`.\n"
    "- The list of Chinese models holds the organizations of these places: {china}.\n"
    "- Whatever is no list and no group is text, also `360` or a date; only {numbers} are numbers.\n"
    "- A date is as precise as the source: `2025`, `2025-12` or `2025-12-01`.\n"
    "- An amount is a number with a unit: {units}.\n"
    "- `license` is an SPDX id, or a group with `name` and `url` for a licence that has none.\n"
    "- `weights` is a word at the top, and an address in `variants` and `links`; "
    "`name` is a group with `zh` and `en`, but text in `variants` and `license`.\n",
    "- 条目的编号就是文件路径：`{id}` 即 `{path}`。`/` 之前是机构。\n"
    "- 每个机构在自己的文件夹里只介绍一次：写在 `{organization}`，或写在其中一个条目的 `organization` 字段。\n"
    "- 国内名录收录以下国家或地区的机构：{china}。\n"
    "- 列表和字段组以外的值都是文本，`360` 和日期也不例外；只有 {numbers} 是数。\n"
    "- 日期的精度与来源相同：`2025`、`2025-12` 或 `2025-12-01`。\n"
    "- 数量是数字加单位：{units}。\n"
    "- `license` 是 SPDX 标识；没有标识的许可证写成一组字段 `name` 和 `url`。\n"
    "- `weights` 在最上层是词表中的词，在 `variants` 和 `links` 里是网址；"
    "`name` 是一组字段 `zh` 和 `en`，在 `variants` 和 `license` 里是文本。\n",
)
PROGRAMS = Text(
    "`.venv/bin/python scripts/export.py` (after `make install`) writes one JSON document with all entries and "
    'organizations, each by its id: `{"entries": {...}, "organizations": {...}}`. The organization that an entry '
    "describes stands among the organizations only.\n\n"
    "Without our tools, this reads and checks the entries, with PyYAML and jsonschema:\n",
    "`.venv/bin/python scripts/export.py`（先运行 `make install`）输出一个 JSON 文档，"
    '其中有全部条目和机构，各以编号为键：`{"entries": {...}, "organizations": {...}}`。'
    "条目里介绍的机构只列在 `organizations` 中。\n\n"
    "不用本项目的工具，也可以用 PyYAML 和 jsonschema 读取并检查条目：\n",
)
PROGRAM = """\
```python
import json, jsonschema, pathlib, yaml

numbers = {NUMBERS}
typed = lambda group: {name: json.loads(value) if name in numbers else value for name, value in group.items()}
schema = json.loads(pathlib.Path("schema/entry.schema.json").read_text("utf-8").replace("vocabularies.json#", "#"))
schema["$defs"] |= json.loads(pathlib.Path("schema/vocabularies.json").read_text("utf-8"))["$defs"]
entries = {}
for path in pathlib.Path("entries").glob("*/[!_]*.yaml"):
    texts = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    entry = json.loads(json.dumps(texts), object_hook=typed)
    jsonschema.Draft202012Validator(schema).validate(entry)
    entries[f"{path.parent.name}/{path.stem}"] = entry
```
"""
KINDS = {
    "string": Text("text", "文本"),
    "integer": Text("whole number", "整数"),
    "number": Text("number", "数"),
    "object": Text("group", "一组字段"),
}
LIST = Text("list: {}", "列表：{}")
WORD = Text("word", "词")
OR = Text(" or ", "或")


def reference(schema: Schema, language: str) -> str:
    """Write the reference in one language."""
    parts = [
        say(HEAD, language),
        say(Text("## Conventions\n", "## 约定\n"), language),
        _conventions(schema, language),
        say(Text("## For programs\n", "## 供程序使用\n"), language),
        say(PROGRAMS, language),
        PROGRAM.replace("NUMBERS", ", ".join(json.dumps(name) for name in sorted(schema.numbers))),
        say(Text("## Fields\n", "## 字段\n"), language),
        _table(schema.entry, schema, language),
        say(Text("## Fields of an organization\n", "## 机构的字段\n"), language),
        _table(schema.entry["$defs"]["organization"], schema, language),
        say(Text("## Vocabularies\n", "## 词表\n"), language),
        *_vocabularies(schema, language),
    ]
    return "\n".join(parts)


def _conventions(schema: Schema, language: str) -> str:
    return say(CONVENTIONS, language).format(
        id=ID,
        path=path_of(ID),
        organization=ORGANIZATION,
        china=_listed(sorted(CHINA), language),
        numbers=_listed([_code(name) for name in sorted(schema.numbers)], language),
        units=_listed([f"{unit} = 10^{len(str(size)) - 1}" for unit, size in UNITS.items()], language),
    )


def _listed(parts: Iterable[str], language: str) -> str:
    return say(Text(", ", "、"), language).join(parts)


def _table(owner: Any, schema: Schema, language: str) -> Markdown:
    """A table of every field of a schema and the fields inside it."""
    head = (Text("Field", "字段"), Text("Value", "值"), Text("Meaning", "含义"), Text("Example", "示例"))
    return table([say(text, language) for text in head], list(_rows(owner, schema, language, "")))


def _rows(owner: Any, schema: Schema, language: str, prefix: str) -> Iterator[tuple[str, ...]]:
    for name, field in owner["properties"].items():
        star = " ★" if name in owner.get("required", ()) else ""
        label, text = say(title(field), language), say(description(field), language)
        meaning = Markdown(f"**{escape(label)}**{star}<br>{escape(text)}")
        yield _code(prefix + name), _kind(field, schema, language), meaning, _code(_written(field["examples"][0]))
        inner = field.get("items", field)
        if "properties" in inner:
            yield from _rows(inner, schema, language, f"{prefix}{name}{'[]' if 'items' in field else ''}.")


def _kind(field: Any, schema: Schema, language: str) -> Markdown:
    """What kind of value a field holds; a word leads to its vocabulary."""
    if "items" in field:
        return Markdown(say(LIST, language).format(_kind(field["items"], schema, language)))
    name = field.get("$ref", "").removeprefix("#/$defs/")
    found = schema.entry["$defs"].get(name, field)
    if "oneOf" in found:
        return Markdown(f"{say(WORD, language)} → [{name}](#{name})")
    if name and "title" in found:
        return escape(say(title(found), language).lower())
    types = [found["type"]] if isinstance(found["type"], str) else found["type"]
    return joined([say(KINDS[each], language) for each in types], say(OR, language))


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
