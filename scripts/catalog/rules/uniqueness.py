"""Rules for what stands once in the whole catalog."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.entry import ADDED, Catalog, Entry
from catalog.names import folded
from catalog.places import Where
from catalog.problem import Text, show
from catalog.rules.finding import DELETE, DELETE_ONE, Finding


def repeated_name(catalog: Catalog) -> Iterator[Finding]:
    """Names and aliases are unique within an organization, whatever their case, width and punctuation.
    同一机构内名称和别名不重复，不计大小写、全半角和标点。
    """
    seen: dict[tuple[str, str], str] = {}
    for entry in catalog.in_turn(catalog.entries.values()):
        for where, name in _names(entry):
            other = seen.setdefault((entry.folder, folded(name)), entry.id)
            if other != entry.id:
                message = Text(f"{show(other)} is also called {show(name)}", f"{show(other)} 也叫 {show(name)}")
                again = where[0] == "name" and catalog.turn(entry) == ADDED
                yield Finding(entry, where, message, ADD_THERE if again else ONE_OF_TWO)


ADD_THERE = Text("delete this file and add to that entry", "请删除本文件，改为补充那个条目")
ONE_OF_TWO = Text(
    "keep one file with what both say, or the name in one of them", "请合并为一个文件，或只在一个文件里保留这个名称"
)


def _names(entry: Entry) -> Iterator[tuple[Where, str]]:
    for language, name in entry.data["name"].items():
        yield ("name", language), name
    for index, name in enumerate(entry.data.get("aliases", ())):
        yield ("aliases", index), name


def former_id_taken(catalog: Catalog) -> Iterator[Finding]:
    """A former id is not the id of an existing entry, and belongs to one entry only.
    曾用编号不是现有条目的编号，且只属于一个条目。
    """
    seen: dict[str, str] = {}
    for entry in catalog.in_turn(catalog.entries.values()):
        for index, former in enumerate(entry.data.get("former_ids", ())):
            other = seen.setdefault(former, entry.id)
            where = ("former_ids", index)
            now = catalog.entries.get(former)
            if now and catalog.turn(now) > catalog.turn(entry):
                yield Finding(now, (), *_was_called(former, entry.id))
            elif former in catalog.known_entries:
                message = Text(f"{show(former)} is the id of an existing entry", f"{show(former)} 是现有条目的编号")
                yield Finding(entry, where, message, DELETE)
            elif other != entry.id:
                message = Text(
                    f"{show(former)} is a former id of {show(other)} too",
                    f"{show(former)} 也是 {show(other)} 的曾用编号",
                )
                yield Finding(entry, where, message, DELETE_ONE)


def _was_called(former: str, entry: str) -> tuple[Text, Text]:
    message = Text(f"{show(former)} was the id of {show(entry)} before", f"{show(former)} 曾是 {show(entry)} 的编号")
    return message, Text("give this file another name", "请给本文件另起一个名字")


def repeated_result(catalog: Catalog) -> Iterator[Finding]:
    """A line of a ranking stands in one entry only.
    榜单的一行只写在一个条目里。
    """
    seen: dict[tuple[str, str, str], str] = {}
    for entry in catalog.in_turn(catalog.entries.values()):
        for index, result in enumerate(entry.data.get("results", ())):
            line = (result["benchmark"], result["edition"], folded(result.get("tested", entry.id)))
            if line in seen:
                message = Text(f"the result stands in {show(seen[line])} too", f"{show(seen[line])} 也有这项成绩")
                yield Finding(entry, ("results", index), message, DELETE_ONE)
            seen.setdefault(line, entry.id)


def family_spelling(catalog: Catalog) -> Iterator[Finding]:
    """A family is written in one way, so that its entries stand together.
    同一系列只有一种写法，这样它的条目才会排在一起。
    """
    seen: dict[str, str] = {}
    for entry in catalog.in_turn(catalog.entries.values()):
        family = entry.data.get("family", "")
        first = seen.setdefault(folded(family), family)
        if first != family:
            message = Text(
                f"{show(family)} is written {show(first)} elsewhere", f"{show(family)} 在别处写作 {show(first)}"
            )
            yield Finding(entry, ("family",), message, Text("use one spelling", "请统一写法"))
