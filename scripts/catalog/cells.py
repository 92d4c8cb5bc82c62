"""One entry as cells of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from catalog.amounts import amount
from catalog.entry import Catalog, Entry
from catalog.markdown import DOT, Markdown, anchor, escape, joined, link, small
from catalog.problem import Text
from catalog.schema import Schema, title
from catalog.wording import either, other, say

FIRST_LINK = ("website", "app", "repository", "weights", "demo", "api", "paper", "docs", "announcement")
WORD_JOINER = "&#8288;"  # keeps a Chinese heading on one line
SIZES_SHOWN = 3  # more sizes than these are shown as a range


@dataclass(frozen=True)
class Detail:
    """How much of an entry is shown; what is shed first stands first."""

    repeats: bool = True  # the address behind the name stands among the links too
    summaries: bool = True
    tree: bool = True  # who descends from whom, and the generations of each line
    links: bool = True
    rows_of_a_page: int = 0  # 0: the lists stand in the README itself


@dataclass(frozen=True)
class Desk:
    """All that is needed to show an entry: the catalog, the words, the language, and where things stand.

    `places` gives, for each id, the file in which its row stands; `here` is the file that is being written.
    """

    catalog: Catalog
    schema: Schema
    language: str
    detail: Detail
    places: Mapping[str, str]
    here: str

    def say(self, text: Text) -> str:
        """Choose the language of a sentence."""
        return say(text, self.language)

    def label(self, vocabulary: str, value: str) -> str:
        """Give the label of a vocabulary's value."""
        return self.say(self.schema.labels(vocabulary)[value])

    def path(self, target: str) -> str:
        """The way from this file to another file of the project."""
        return "../" * self.here.count("/") + target

    def reference(self, entry_id: str) -> Markdown:
        """A link to the row of an entry."""
        place = self.places[entry_id]
        way = "" if place == self.here else self.path(place)
        return link(either(self.catalog.entries[entry_id].data["name"], self.language), f"{way}#{entry_id}")


def model(entry: Entry, desk: Desk) -> Markdown:
    """The name, which leads to the model, with its other name and its summary."""
    name = either(entry.data["name"], desk.language)
    address = next(_pages(entry), None)
    anchors = "".join(anchor(entry_id) for entry_id in (entry.id, *entry.data.get("former_ids", ())))
    shown = link(name, address) if address else escape(name)
    second = other(entry.data["name"], desk.language)
    beside = Markdown(f" {escape(second)}") if second else ""
    summary = either(entry.data.get("summary", {}), desk.language) if desk.detail.summaries else ""
    return Markdown(f"{anchors}**{shown}**{beside}{small(summary)}")


def _pages(entry: Entry) -> Iterator[str]:
    """Where the name may lead, the best first."""
    links = entry.data.get("links", {})
    yield from (links[kind] for kind in FIRST_LINK if kind in links)
    yield from (variant["weights"] for variant in entry.data.get("variants", ()) if "weights" in variant)


def organization(entry: Entry, desk: Desk) -> Markdown:
    """The maker; where it is based and who its partners are, in smaller letters."""
    partners = [desk.catalog.maker(folder, desk.language) for folder in entry.data.get("partners", ())]
    together = desk.say(Text(f"with {', '.join(partners)}", f"与{'、'.join(partners)}合作")) if partners else ""
    place = region(entry, desk)
    return Markdown(escape(maker(entry, desk)) + small(DOT.join(filter(None, (place, together)))))


def maker(entry: Entry, desk: Desk) -> str:
    """The maker alone."""
    return desk.catalog.maker(entry.folder, desk.language)


def region(entry: Entry, desk: Desk) -> str:
    """The province, or the country."""
    found = desk.catalog.organizations.get(entry.folder)
    if found is None:
        return ""
    location = found.data["location"]
    if "region" in location:
        return desk.label("region", location["region"])
    return desk.label("country", location["country"])


def released(entry: Entry, _: Desk) -> str:
    """The release date, as precise as its source."""
    return str(entry.data.get("released", ""))


def size(entry: Entry, _: Desk) -> str:
    """The numbers of parameters, smallest first; a range if there are many."""
    sizes = {variant["parameters"] for variant in entry.data.get("variants", ()) if "parameters" in variant}
    ordered = sorted(sizes, key=lambda text: (amount(text), text))
    if len(ordered) > SIZES_SHOWN:
        return f"{ordered[0]} – {ordered[-1]}"
    return ", ".join(ordered)


def access(entry: Entry, desk: Desk) -> Markdown:
    """Who can use it, and whether the weights can be had under which licence."""
    parts: list[str] = []
    if entry.data["status"] != "available" or "weights" not in entry.data:
        parts.append(desk.label("status", entry.data["status"]))
    if "weights" in entry.data:
        parts.append(desk.say(WEIGHTS[entry.data["weights"]]))
    if "license" in entry.data:
        parts.append(_license(entry.data["license"]))
    return joined(parts, "<br>")


WEIGHTS = {
    "open": Text("Open weights", "权重开放"),
    "gated": Text("Gated weights", "权重申请后开放"),
    "closed": Text("Closed weights", "权重不开放"),
}


def _license(licence: str | Mapping[str, str]) -> Markdown:
    if isinstance(licence, str):
        return escape(licence)  # everybody knows or finds what has an SPDX id
    shown = link(licence["name"], licence["url"]) if "url" in licence else escape(licence["name"])
    return Markdown(shown.replace("&#95;", "&#95;<wbr>"))  # MODEL_LICENSE may break, or it makes the column wide


def based_on(entry: Entry, desk: Desk) -> Markdown:
    """Links to the rows of the direct ancestors."""
    return joined([desk.reference(base) for base in entry.data.get("based_on", ()) if base in desk.places], "<br>")


def links(entry: Entry, desk: Desk) -> Markdown:
    """Every address by its purpose, and the entry itself with its sources."""
    fields = desk.schema.fields["links"]["properties"]
    hidden = None if desk.detail.repeats else next(_pages(entry), None)
    shown = [(kind, address) for kind, address in _links(entry, fields) if address != hidden]
    found = [link(desk.say(title(fields[kind])), address) for kind, address in shown]
    source = link(desk.say(Text("Sources", "来源")), desk.path(entry.source.path))
    return joined([*found, source], DOT)


def _links(entry: Entry, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    given = entry.data.get("links", {})
    return [(kind, given[kind]) for kind in fields if kind in given]


class Column(NamedTuple):
    """A column: its heading, what stands below it, and how many letters wide it is at least."""

    heading: Text
    cell: Callable[[Entry, Desk], str]
    width: int = 0

    def head(self, desk: Desk) -> Markdown:
        """The heading, made wide by spaces that do not break, so that names and dates stay on one line."""
        text = desk.say(self.heading)
        whole = escape(text) if text.isascii() else joined(text, WORD_JOINER)
        return Markdown(whole + "&nbsp;" * (self.width - len(text)))


MODEL = Column(Text("Model", "模型"), model, 20)
ORGANIZATION = Column(Text("Organization and region", "机构与地区"), organization)
MAKER = Column(Text("Organization", "机构"), maker)
RELEASED = Column(Text("Released", "发布"), released, 14)
SIZE = Column(Text("Size", "参数量"), size)
ACCESS = Column(Text("Status and licence", "状态与许可证"), access)
BASED_ON = Column(Text("Based on", "基于"), based_on)
LINKS = Column(Text("Links", "链接"), links, 16)


def columns(detail: Detail) -> tuple[Column, ...]:
    """The columns of a list, at a level of detail."""
    always = (MODEL, ORGANIZATION, RELEASED, SIZE, ACCESS)
    return (*always, BASED_ON, LINKS) if detail.links else always
