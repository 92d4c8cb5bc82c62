"""A new entry, ready to be filled in."""

from __future__ import annotations

from typing import Any

from catalog.draft import draft
from catalog.files import PLACEHOLDERS
from catalog.problem import Text
from catalog.schema import Schema, description
from catalog.wording import say

OFFERED = ("name", "organization", "type", "domain", "released", "status", "links", "sources")
SUPPORTED = ("name", "released", "status", "links")  # what its one source says, of the fields above
HEAD = Text(
    f"Replace {' and '.join(PLACEHOLDERS)} in the file name by English names or pinyin\n"
    "(lower-case letters, digits, '-' and '.').\n"
    "This is only an example: replace every value, and delete what you have no source for.\n"
    "Keep 'organization' only if the folder below entries/ is new. Lines with # explain; delete them if you like.",
    f"请把文件名里的 {' 和 '.join(PLACEHOLDERS)} 换成英文名或拼音（小写字母、数字、'-' 和 '.'）。\n"
    "以下内容只是示例：请逐项换成你的内容，没有来源的请删除。\n"
    "如果 entries/ 里已有该机构的文件夹，请删去 organization 一段。以 # 开头的行是说明，可以删去。",
)


def skeleton(schema: Schema, language: str) -> str:
    """Write an entry of the fields that most entries have, each with its description as a comment."""
    lines = [f"# {line}" for line in say(HEAD, language).split("\n")]
    for name in OFFERED:
        field = schema.fields[name]
        lines.append(f"# {say(description(field), language)}")
        lines.append(draft({name: _example(name, field)}, schema).rstrip())
    return "\n".join(lines) + "\n"


def _example(name: str, field: Any) -> Any:
    """The first example of a field; a source says only what stands in the skeleton."""
    example = field["examples"][0]
    return [{**source, "supports": list(SUPPORTED)} for source in example] if name == "sources" else example
