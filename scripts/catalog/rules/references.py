"""Rules for the ids by which one record names another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from catalog.entry import Catalog, Entry
from catalog.names import nearest, write
from catalog.places import Where
from catalog.problem import Text, show
from catalog.rules.facts import later
from catalog.rules.finding import DELETE, Finding, Record


def unknown_reference(catalog: Catalog) -> Iterator[Finding]:
    """`based_on` names entries of the catalog; `partners` and `parent` name organizations of it.
    `based_on` 指向名录里的条目，`partners` 和 `parent` 指向名录里的机构。
    """
    moved = {former: e.id for e in catalog.entries.values() for former in e.data.get("former_ids", ())}
    for record, where, wanted in references(catalog):
        known = catalog.known_entries if where[0] == "based_on" else catalog.known_organizations
        if wanted not in known:
            message = Text(f"{show(wanted)} is not in the catalog", f"名录里没有 {show(wanted)}")
            repair = write(moved[wanted]) if wanted in moved else nearest(wanted, known) or NEW_FILE
            yield Finding(record, where, message, repair)


NEW_FILE = Text("add its file too, or delete the reference", "请一并添加它的文件，或删除这个引用")


def references(catalog: Catalog) -> Iterator[tuple[Record, Where, str]]:
    """Every id by which one record names another, with its place."""
    for entry in catalog.entries.values():
        for name in ("based_on", "partners"):
            for index, wanted in enumerate(entry.data.get(name, ())):
                yield entry, (name, index), wanted
    for organization in catalog.described:
        if "parent" in organization.data:
            yield organization, ("parent",), organization.data["parent"]


def circular_reference(catalog: Catalog) -> Iterator[Finding]:
    """No entry is based on itself, and no organization is its own partner or parent, directly or by a detour.
    条目不能以自己为基础，机构不能是自己的合作方或上级，直接或间接都不行。
    """
    links: dict[str, dict[str, list[str]]] = {"based_on": {}, "partners": {}, "parent": {}}
    for record, where, wanted in references(catalog):
        links[str(where[0])].setdefault(record.id, []).append(wanted)
    for record, where, wanted in references(catalog):
        own = record.folder if isinstance(record, Entry) and where[0] == "partners" else record.id
        if wanted == own or reaches(wanted, own, links[str(where[0])]):
            detour = "" if wanted == own else show(wanted)
            yield Finding(record, where, _circle(str(where[0]), own, detour), DELETE)


def _circle(field: str, own: str, detour: str) -> Text:
    """Say how something leads back to itself."""
    verb = {
        "based_on": Text("is based on itself", "以自己为基础"),
        "partners": Text("is its own partner", "成了自己的合作方"),
        "parent": Text("belongs to itself", "属于自己"),
    }[field]
    way = Text(f" by way of {detour}", f"通过 {detour} ") if detour else Text("", "")
    return Text(f"{show(own)} {verb.en}{way.en}", f"{show(own)} {way.zh}{verb.zh}")


def reaches(start: str, goal: str, links: Mapping[str, list[str]]) -> bool:
    """Whether a way leads from one id to another, of one step or more."""
    seen: set[str] = set()
    ahead = list(links.get(start, ()))
    while ahead:
        here = ahead.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            ahead += links.get(here, ())
    return False


def base_released_later(catalog: Catalog) -> Iterator[Finding]:
    """A model is not older than the first of its bases; later variants may have later ones, products may change theirs.
    模型的发布不早于它最早的基础模型；后来的版本可以有更晚的基础，产品可以更换模型。
    """
    for entry in catalog.entries.values():
        released = entry.data.get("released", "")
        first = min(_dates_of_bases(entry, catalog), default="")
        if entry.data["type"] == "model" and later(first, released):
            message = Text(
                f"released {released}, but what it is based on was released {first}",
                f"发布于 {released}，但它的基础模型发布于 {first}",
            )
            repair = Text("correct one of the dates, or 'based_on'", "请更正其中一个日期，或更正 'based_on'")
            yield Finding(entry, ("based_on",), message, repair)


def _dates_of_bases(entry: Entry, catalog: Catalog) -> list[str]:
    """When the bases were released; nothing if any of them has no date."""
    bases = [catalog.entries.get(base) for base in entry.data.get("based_on", ())]
    dates = [base.data["released"] for base in bases if base is not None and "released" in base.data]
    return dates if len(dates) == len(bases) else []
