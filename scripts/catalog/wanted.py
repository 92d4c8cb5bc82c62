"""What is missing most: the page on which a newcomer finds something to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from catalog.entry import Catalog, Entry
from catalog.lineage import below
from catalog.markdown import Markdown, joined, link, table
from catalog.problem import Text
from catalog.wording import either, say

SHOWN = 200  # lines; whoever fills in one sees the next

HEAD = Text(
    """# Wanted

Generated from `entries/`; do not edit by hand. What is missing most, first where most other entries are based on the
one that lacks it. Each line ends with a link that opens the entry in GitHub's editor: add the field, name the source
that says it under `sources`, propose the change ([step by step](../CONTRIBUTING.md#browser)). A source is primary where
the maker itself speaks: a model card, a repository, a paper, an announcement, a manual.
""",
    """# 待补充

由 `entries/` 生成，请勿手工修改。这里列出最缺的信息；以某个条目为基础的条目越多，它排得越前。
每行末尾的链接会在 GitHub 编辑器里打开该条目：补上字段，在 `sources` 里写明来源，
再提交修改（[步骤见此](../CONTRIBUTING.zh.md#browser)）。
开发者自己的说法才算一手来源：模型卡、代码仓库、论文、公告或文档。
""",
)
TOTAL, LACKING, SHARE = Text("Missing", "缺少"), Text("Entries", "条目"), Text("Out of", "总数")
ENTRY, MAKER = Text("Entry", "条目"), Text("Organization", "机构")
BASED, MISSING, EDIT = Text("Based on it", "以它为基础"), Text("Missing", "缺少"), Text("Edit", "编辑")
MORE = Text("And {} more.", "另有 {} 个。")


class Gap(NamedTuple):
    """Something that an entry may lack: what it is called, who could have it, and who lacks it."""

    label: Text
    concerned: Callable[[Entry], bool]
    lacking: Callable[[Entry], bool]

    def open(self, entry: Entry) -> bool:
        """Whether this entry should have it and lacks it."""
        return self.concerned(entry) and self.lacking(entry)


def _everybody(_: Entry) -> bool:
    return True


GAPS = (
    Gap(Text("primary source", "一手来源"), _everybody, lambda entry: not entry.has_primary_source),
    Gap(Text("release date", "发布日期"), _everybody, lambda entry: "released" not in entry.data),
    Gap(
        Text("licence of open weights", "开放权重的许可证"),
        lambda entry: entry.data.get("weights") == "open",
        lambda entry: "license" not in entry.data,
    ),
    Gap(Text("any link", "链接"), _everybody, lambda entry: "links" not in entry.data),
)


class _Line(NamedTuple):
    """An entry that lacks something, how many entries descend from it, and what it lacks."""

    entry: Entry
    followers: int
    gaps: tuple[Gap, ...]


def wanted(catalog: Catalog, language: str, home: str) -> str:
    """Write the page of one language."""
    lines = _lines(catalog)
    rest = len(lines) - SHOWN
    more = [say(MORE, language).format(rest) + "\n"] if rest > 0 else []
    shown = [_row(line, catalog, language, home) for line in lines[:SHOWN]]
    heads = [say(text, language) for text in (ENTRY, MAKER, BASED, MISSING, EDIT)]
    return "\n".join([say(HEAD, language), _totals(catalog, language), table(heads, shown), *more])


def _totals(catalog: Catalog, language: str) -> Markdown:
    """How many entries lack each thing, of those that could have it."""
    entries = catalog.entries.values()
    rows = [
        [say(gap.label, language), str(sum(map(gap.open, entries))), str(sum(map(gap.concerned, entries)))]
        for gap in GAPS
    ]
    return table([say(text, language) for text in (TOTAL, LACKING, SHARE)], rows)


def _lines(catalog: Catalog) -> Sequence[_Line]:
    """Every entry that lacks something, the most wanted first."""
    found = [
        _Line(entry, len(below(entry.id, catalog)) - 1, gaps)
        for entry in catalog.entries.values()
        if (gaps := tuple(gap for gap in GAPS if gap.open(entry)))
    ]
    return sorted(found, key=lambda line: (-line.followers, -len(line.gaps), line.entry.id))


def _row(line: _Line, catalog: Catalog, language: str, home: str) -> list[str]:
    entry = line.entry
    maker = catalog.organizations.get(entry.folder)
    return [
        link(either(entry.data["name"], language), f"../{entry.source.path}"),
        either(maker.data["name"], language) if maker else entry.folder,
        str(line.followers or ""),
        joined([say(gap.label, language) for gap in line.gaps], "<br>"),
        link(say(EDIT, language), f"{home}/edit/main/{entry.source.path}"),
    ]
