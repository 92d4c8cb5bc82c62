"""Show what changed: as Markdown for people, as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from catalog.changes import Changed, Changes, Field, Renamed, Unread
from catalog.entry import Catalog, Entry, Organization
from catalog.history import State
from catalog.markdown import Markdown, escape
from catalog.problem import Text, visible
from catalog.wording import either, other, say

VERSION = 1  # of the JSON; a field that goes or changes its meaning makes the next
LONG = 20  # lines of a list; a longer one is folded
SHOWN = 200  # characters of a value; the JSON has all of it
HOW = {
    "stated": Text("stated in former_ids", "former_ids 已注明"),
    "same": Text("the same data; not stated in former_ids", "数据相同；former_ids 未注明"),
    "near": Text("probably: nearly the same data; not stated in former_ids", "可能：数据大致相同；former_ids 未注明"),
}
UNREAD = {  # by whether it was so before, and is so after
    (True, True): Text("before and after", "前后都如此"),
    (True, False): Text("before, not any more", "之前如此，现已可读"),
    (False, True): Text("now", "现在如此"),
}
COUNTED = (
    (Text("added", "新增"), "added"),
    (Text("removed", "删除"), "removed"),
    (Text("renamed", "改名"), "renamed"),
    (Text("changed", "修改"), "changed"),
)


# --- JSON -----------------------------------------------------------------------------------------------------


def as_json(before: State, after: State, found: Changes) -> str:
    """One object with both commits (null: the working tree) and every difference."""
    return dumped({"version": VERSION, "base": before.commit, "head": after.commit, **as_data(found, after.catalog)})


def dumped(data: Mapping[str, Any], *, readable: bool = False) -> str:
    """Write JSON that is the same everywhere, and in which a runner of GitHub finds no command.

    It is ASCII, unless people shall be able to read the Chinese in it.
    """
    text = json.dumps(data, ensure_ascii=not readable, allow_nan=False, indent=2, sort_keys=True) + "\n"
    return text.replace("##[", "#\\u0023[")  # only a string can hold it


def as_data(found: Changes, after: Catalog) -> dict[str, Any]:
    """Every difference as plain data."""
    return {
        "entries": {
            "added": [_entry(entry) for entry in found.added],
            "removed": [_entry(entry) for entry in found.removed],
            "renamed": [{**one._asdict(), "fields": _fields(one.fields)} for one in found.renamed],
            "changed": [_changed(one, after.entries[one.id].data) for one in found.changed],
        },
        "organizations": {
            "added": [{"id": one.id, "name": one.data["name"]} for one in found.organizations_added],
            "removed": [{"id": one.id, "name": one.data["name"]} for one in found.organizations_removed],
            "changed": [_changed(one, after.organizations[one.id].data) for one in found.organizations_changed],
        },
        "unread": [one._asdict() for one in found.unread],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {"id": entry.id, "name": entry.data["name"], "organization": entry.folder}


def _changed(one: Changed, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": one.id, "name": data["name"], "fields": _fields(one.fields)}


def _fields(fields: Iterable[Field]) -> list[dict[str, Any]]:
    return [field._asdict() for field in fields]


# --- Markdown -------------------------------------------------------------------------------------------------


def as_markdown(before: State, after: State, found: Changes, language: str) -> str:
    """What changed, group by group; a long list is folded."""
    head = f"# {escape(say(Text('What changed', '变更内容'), language))}\n\n{_between(before, after, language)}\n"
    groups = _Groups(before.catalog, after.catalog, language)
    return head + "".join(groups.written(found))


def _between(before: State, after: State, language: str) -> str:
    old, new = _commit(before, language), _commit(after, language)
    return say(Text(f"From {old} to {new}.", f"从 {old} 到 {new}。"), language)


def _commit(state: State, language: str) -> str:
    if state.commit is None:
        return say(Text("the working tree", "工作区"), language)
    return f"<code>{state.commit[:12]}</code>"


def counted(found: Changes, language: str) -> str:
    """How many entries and organizations came, went and changed; nothing if none."""
    entries = [(_size(found, name), text) for text, name in COUNTED]
    makers = [(_size(found, f"organizations_{name}"), text) for text, name in COUNTED if name != "renamed"]
    parts = [
        *_numbers(entries, ("entry", "entries", "条目"), language),
        *_numbers(makers, ("organization", "organizations", "机构"), language),
    ]
    return say(Text(", ", "，"), language).join(parts)


def _size(found: Changes, name: str) -> int:
    return len(getattr(found, name))


def _numbers(sizes: Iterable[tuple[int, Text]], nouns: tuple[str, str, str], language: str) -> Iterator[str]:
    one, many, zh = nouns
    for size, done in sizes:
        if size:
            en = f"{size} {one if size == 1 else many} {done.en}"
            yield say(Text(en, f"{done.zh} {size} 个{zh}"), language)


def shown(value: Any) -> Markdown:
    """A value on one line: a list with commas, fields by their names; cut if it is long."""
    text = _plain(value)
    return escape(visible(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"))


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_plain(part)}" for name, part in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_plain, value))}]"
    return str(value)


def code(text: str) -> Markdown:
    """An id or the way to a field."""
    return Markdown(f"<code>{escape(visible(text))}</code>")


def difference(field: Field, language: str) -> Markdown:
    """One field: what came, what went, or what became what."""
    path = code(field.path)
    if field.old is None:
        return Markdown(f"{path}: {say(Text('added', '新增'), language)} {shown(field.new)}")
    if field.new is None:
        return Markdown(f"{path}: {say(Text('removed', '删除'), language)} {shown(field.old)}")
    return Markdown(f"{path}: {shown(field.old)} → {shown(field.new)}")


class _Groups:
    """The groups of a list of changes, in one language."""

    def __init__(self, before: Catalog, after: Catalog, language: str) -> None:
        self.before, self.after, self.language = before, after, language

    def say(self, en: str, zh: str) -> str:
        return say(Text(en, zh), self.language)

    def written(self, found: Changes) -> Iterator[str]:
        """A line that counts, and every group that is not empty."""
        count = counted(found, self.language)
        yield f"\n**{count}{self.say('.', '。')}**\n" if count else f"\n{self.nothing()}\n"
        for heading, items in self.groups(found):
            yield from self.group(heading, items)

    def nothing(self) -> str:
        return self.say("No entry and no organization changed.", "条目和机构都没有变化。")

    def groups(self, found: Changes) -> Iterator[tuple[str, list[str]]]:
        """Each group with its items, which are of one or more lines."""
        yield self.say("Entries added", "新增的条目"), [self.entry(entry, self.after) for entry in found.added]
        yield self.say("Entries removed", "删除的条目"), [self.entry(entry, self.before) for entry in found.removed]
        yield self.say("Entries renamed", "改名的条目"), [self.renamed(one) for one in found.renamed]
        yield self.say("Entries changed", "修改的条目"), [self.changed(one) for one in found.changed]
        made = found.organizations_added, found.organizations_removed, found.organizations_changed
        yield self.say("Organizations added", "新增的机构"), [self.maker(one) for one in made[0]]
        yield self.say("Organizations removed", "删除的机构"), [self.maker(one) for one in made[1]]
        changed = [self.remade(one) for one in made[2]]
        yield self.say("Organizations changed", "修改的机构"), changed
        yield self.say("Files that do not fit", "不合格的文件"), [self.unread(one) for one in found.unread]

    def group(self, heading: str, items: Sequence[str]) -> Iterator[str]:
        if not items:
            return
        yield f"\n## {escape(heading)} ({len(items)})\n\n"
        if sum(item.count("\n") for item in items) <= LONG:
            yield "".join(items)
        else:
            yield f"<details>\n<summary>{self.say('Show all', '展开全部')}</summary>\n\n"
            yield from items
            yield "\n</details>\n"

    def entry(self, entry: Entry, catalog: Catalog) -> str:
        return f"- {self.title(entry, catalog)}\n"

    def title(self, entry: Entry, catalog: Catalog) -> str:
        """The name with the other name, who makes it, and the id."""
        by = catalog.maker(entry.folder, self.language)
        return f"{self.name(entry.data)} — {escape(by)} · {code(entry.id)}"

    def name(self, data: Mapping[str, Any]) -> str:
        second = other(data["name"], self.language)
        return f"**{escape(either(data['name'], self.language))}**" + (f" {escape(second)}" if second else "")

    def changed(self, one: Changed) -> str:
        return f"- {self.title(self.after.entries[one.id], self.after)}\n{self.lines(one.fields)}"

    def renamed(self, one: Renamed) -> str:
        title = self.title(self.after.entries[one.new], self.after)
        how = escape(say(HOW[one.how], self.language))
        return f"- {title} ← {code(one.old)} ({how})\n{self.lines(one.fields)}"

    def lines(self, fields: Iterable[Field]) -> str:
        return "".join(f"  - {difference(field, self.language)}\n" for field in fields)

    def maker(self, one: Organization) -> str:
        return f"- {self.name(one.data)} · {code(one.id)}\n"

    def remade(self, one: Changed) -> str:
        return self.maker(self.after.organizations[one.id]) + self.lines(one.fields)

    def unread(self, one: Unread) -> str:
        return f"- {code(one.id)}: {escape(say(UNREAD[one.before, one.after], self.language))}\n"
