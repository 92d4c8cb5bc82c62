"""A new entry, ready to be filled in."""

from __future__ import annotations

from catalog.draft import draft
from catalog.example import example
from catalog.files import PLACEHOLDERS
from catalog.problem import Text
from catalog.schema import Schema, description
from catalog.wording import say

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
    for name, value in example(schema).items():
        lines.append(f"# {say(description(schema.fields[name]), language)}")
        lines.append(draft({name: value}, schema).rstrip())
    return "\n".join(lines) + "\n"
