"""The sections of the README: which entries stand where, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.cells import ACCESS, MAKER, RELEASED, SIZE, Column, Desk, columns, maker
from catalog.entry import MAINLAND, Catalog, Entry
from catalog.markdown import DOT, Markdown, joined, table
from catalog.problem import Text
from catalog.schema import description, title

NEWEST = 15  # one screen
NEW = 300  # rows of one table of the year
RANKING = 100  # lines of one ranking
EDITIONS = 3  # rankings shown
EXAMPLES = 100  # examples of one class of use
GENERAL = "general"
MEDIA = "images-video-sound"  # of the general models, those that do not both read and write text


@dataclass(frozen=True)
class Section:
    """A part of a list: its anchor, its heading, and its entries in order."""

    anchor: str
    heading: str
    entries: tuple[Entry, ...]


def is_chinese(entry: Entry, catalog: Catalog) -> bool:
    """Whether the maker, as far as it is described, is in China."""
    maker = catalog.organizations.get(entry.folder)
    return maker is None or maker.chinese


def ordered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By organization; within one by family and then by date, so that generations follow each other."""
    return tuple(sorted(entries, key=_order))


def _order(entry: Entry) -> tuple[str, str, str, str]:
    return entry.folder, entry.data.get("family", ""), entry.data.get("released", "9999"), entry.id


def domestic(desk: Desk) -> list[Section]:
    """The models of Chinese organizations: a section for each domain that has any, and one for `MEDIA`."""
    labels = desk.schema.labels("domain")
    headings = {GENERAL: labels[GENERAL], MEDIA: Text("Images, video and sound", "图像、视频与声音")} | labels
    found: dict[str, list[Entry]] = {anchor: [] for anchor in headings}
    for entry in desk.catalog.entries.values():
        if is_chinese(entry, desk.catalog):
            found[_shelf(entry)].append(entry)
    return [Section(name, desk.say(headings[name]), ordered(entries)) for name, entries in found.items() if entries]


def _shelf(entry: Entry) -> str:
    domain: str = entry.data["domain"]
    return MEDIA if domain == GENERAL and not entry.is_language_model else domain


def foreign(desk: Desk) -> Section:
    """The models of all other organizations."""
    entries = [entry for entry in desk.catalog.entries.values() if not is_chinese(entry, desk.catalog)]
    heading = desk.say(Text("Models of foreign organizations", "国外机构的模型"))
    return Section("foreign", heading, ordered(entries))


def listing(entries: Sequence[Entry], desk: Desk, shown: Sequence[Column] | None = None) -> Markdown:
    """A table of entries."""
    chosen = shown or columns(desk.detail)
    return table([column.head(desk) for column in chosen], [[c.cell(e, desk) for c in chosen] for e in entries])


@dataclass(frozen=True)
class News:
    """What was released in the latest year that the catalog knows: the year, how many, and the tables.

    The newest of Chinese organizations, their others, and those of foreign organizations; a table of none is empty.
    """

    year: str
    size: int
    newest: Markdown
    others: Markdown
    foreign: Markdown


def news(desk: Desk) -> News:
    """The entries of the latest year, the newest first. The year is that of the data, so no clock decides it."""
    dated = [entry for entry in desk.catalog.entries.values() if "released" in entry.data]
    latest = sorted(dated, key=lambda entry: (entry.data["released"], entry.id), reverse=True)
    year = latest[0].data["released"][:4] if latest else ""
    of_year = [entry for entry in latest if entry.data["released"].startswith(year)]
    chinese = [entry for entry in of_year if is_chinese(entry, desk.catalog)]
    abroad = [entry for entry in of_year if not is_chinese(entry, desk.catalog)]
    return News(year, len(of_year), *(_new(part[:NEW], desk) for part in (chinese[:NEWEST], chinese[NEWEST:], abroad)))


def _new(entries: Sequence[Entry], desk: Desk) -> Markdown:
    if not entries:
        return Markdown("")
    return listing(entries, desk, (RELEASED, REFERENCE, MAKER, SIZE, ACCESS))


REFERENCE = Column(Text("Model", "模型"), lambda entry, desk: desk.reference(entry.id))


def applications(desk: Desk) -> list[tuple[str, str, Markdown]]:
    """The three classes of use: label, meaning, and the entries of each."""
    values = desk.schema.entry["$defs"]["application"]["oneOf"]
    return [
        (desk.say(title(value)), desk.say(description(value)), joined(_examples(value["const"], desk), DOT))
        for value in values
    ]


def _examples(use: str, desk: Desk) -> list[str]:
    found = [entry for entry in desk.catalog.entries.values() if use in entry.data.get("applications", ())]
    shown: list[str] = [desk.reference(entry.id) for entry in ordered(found)[:EXAMPLES]]
    more = len(found) - len(shown)
    return [*shown, desk.say(Text(f"and {more} more", f"另有 {more} 个"))] if more else shown


def rankings(desk: Desk) -> list[tuple[str, Markdown]]:
    """The latest rankings that entries have results in, the best first."""
    found: dict[tuple[str, str], list[tuple[Entry, Any]]] = {}
    for entry in desk.catalog.entries.values():
        for result in entry.data.get("results", ()):
            found.setdefault((result["edition"], result["benchmark"]), []).append((entry, result))
    latest = sorted(found, reverse=True)[:EDITIONS]
    return [
        (f"{desk.label('benchmark', name)} {edition}", _ranking(found[edition, name], desk)) for edition, name in latest
    ]


def _ranking(lines: list[tuple[Entry, Any]], desk: Desk) -> Markdown:
    fields = desk.schema.fields["results"]["items"]["properties"]
    metrics = [name for name in fields["scores"]["properties"] if any(name in result["scores"] for _, result in lines)]
    best = sorted(lines, key=lambda line: (-line[1]["scores"].get(metrics[0], 0), line[0].id))[:RANKING]
    head = [
        *(fields[name] for name in ("rank", "tested", "access")),
        *(fields["scores"]["properties"][m] for m in metrics),
    ]
    headings = [desk.say(title(field)) for field in head]
    headings.insert(2, desk.say(Text("Model", "模型")))
    headings.insert(3, desk.say(Text("Organization", "机构")))
    return table(headings, [_line(entry, result, metrics, desk) for entry, result in best])


def _line(entry: Entry, result: Any, metrics: list[str], desk: Desk) -> list[str]:
    way = desk.label("access", result["access"]) if "access" in result else ""
    scores = [f"{result['scores'][name]:.2f}" if name in result["scores"] else "" for name in metrics]
    place = str(result.get("rank", "—"))
    return [place, result.get("tested", ""), desk.reference(entry.id), maker(entry, desk), way, *scores]


def regions(desk: Desk) -> Markdown:
    """How many organizations and entries each place has: those of China first, of each part the most first."""
    found: dict[tuple[bool, str], list[Entry]] = {}
    for entry in desk.catalog.entries.values():
        maker = desk.catalog.organizations.get(entry.folder)
        if maker is not None:
            location = maker.data["location"]
            place = location.get("region", location["country"])
            found.setdefault((not maker.chinese, place), []).append(entry)
    ordered = sorted(found.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1]))
    rows = [[_place(place, desk), str(len({e.folder for e in es})), str(len(es))] for (_, place), es in ordered]
    head = (Text("Region", "地区"), Text("Organizations", "机构"), Text("Entries", "条目"))
    return table([desk.say(text) for text in head], rows)


def _place(place: str, desk: Desk) -> str:
    """The label of a region or country; of the country that has regions, that the region is not known."""
    label = desk.say((desk.schema.labels("region") | desk.schema.labels("country"))[place])
    unknown = desk.say(Text(", province not known", "（省份不详）"))
    return label + unknown if place == MAINLAND else label


def counts(catalog: Catalog) -> dict[str, int]:
    """Figures about the catalog, by name."""
    entries = list(catalog.entries.values())
    return {
        "entries": len(entries),
        "models": sum(entry.data["type"] == "model" for entry in entries),
        "products": sum(entry.data["type"] == "product" for entry in entries),
        "organizations": len({entry.folder for entry in entries}),
        "domestic": sum(is_chinese(entry, catalog) for entry in entries),
        "foreign": sum(not is_chinese(entry, catalog) for entry in entries),
        "open": sum(entry.data.get("weights") == "open" for entry in entries),
        "primary": sum(entry.has_primary_source for entry in entries),
        "dated": sum("released" in entry.data for entry in entries),
        "licensed": sum("license" in entry.data for entry in entries if entry.data.get("weights") == "open"),
        "announced": sum(entry.data["status"] == "announced" for entry in entries),
        "unlinked": sum("links" not in entry.data for entry in entries),
    }
