"""The README in both languages, from one template, within the size that GitHub shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from catalog import sections
from catalog.cells import Desk, Detail
from catalog.entry import Catalog
from catalog.files import PLACEHOLDERS, path_of
from catalog.generations import lines
from catalog.lineage import families
from catalog.markdown import DOT, Markdown, escape, link
from catalog.problem import Text
from catalog.schema import Schema, description
from catalog.sections import Section, domestic, foreign, listing
from catalog.skeleton import skeleton
from catalog.template import render
from catalog.wording import either

BUDGET = 480_000  # bytes; GitHub shows the first 512,000 of a file, and the rest is for what a maintainer adds
LEVELS = (
    Detail(),
    Detail(repeats=False),
    Detail(repeats=False, summaries=False),
    Detail(repeats=False, summaries=False, tree=False),
    Detail(repeats=False, summaries=False, tree=False, links=False),
    *(Detail(rows_of_a_page=rows) for rows in (400, 100)),
    Detail(repeats=False, summaries=False, tree=False, rows_of_a_page=10),
)
NAMES = {"en": "README.md", "zh": "README.zh.md"}
PAGES = "docs/models"


def ending(language: str) -> str:
    """How the file names of a language end: `.md` or `.zh.md`."""
    return NAMES[language].removeprefix("README")


@dataclass(frozen=True)
class Page:
    """A part of a list on a page of its own."""

    path: str
    section: Section


def readme(catalog: Catalog, schema: Schema, language: str, template: str, home: str) -> dict[str, str]:
    """Write the README of one language, and pages if it needs any: a text for each path.

    Detail is shed level by level, until every file is within the budget. Raises ValueError if none is short enough.
    """
    for detail in LEVELS:
        files = dict(_files(catalog, schema, language, detail, template, home))
        if max(len(text.encode()) for text in files.values()) <= BUDGET:
            return files
    raise ValueError(f"even the shortest list has a file of more than {BUDGET} bytes")


def _files(
    catalog: Catalog, schema: Schema, language: str, detail: Detail, template: str, home: str
) -> Iterator[tuple[str, str]]:
    start = Desk(catalog, schema, language, detail, {}, NAMES[language])
    pages = list(_pages(start)) if detail.rows_of_a_page else []
    stand = {entry.id: page.path for page in pages for entry in page.section.entries}
    places = {name: stand.get(name, NAMES[language]) for name in catalog.entries}
    for page in pages:
        yield page.path, _page(page, Desk(catalog, schema, language, detail, places, page.path))
    desk = Desk(catalog, schema, language, detail, places, NAMES[language])
    yield NAMES[language], render(template, language, _context(desk, pages, home))


def _pages(desk: Desk) -> Iterator[Page]:
    """Cut every list into pages."""
    rows = desk.detail.rows_of_a_page
    for section in (*domestic(desk), foreign(desk)):
        for number, start in enumerate(range(0, len(section.entries), rows), 1):
            part = Section(section.anchor, section.heading, section.entries[start : start + rows])
            yield Page(f"{PAGES}/{section.anchor}-{number}{ending(desk.language)}", part)


def _page(page: Page, desk: Desk) -> str:
    back = link(desk.say(Text("Back to the list", "返回名录")), desk.path(NAMES[desk.language]))
    return f"# {escape(page.section.heading)}\n\n{back}\n\n{listing(page.section.entries, desk)}"


def _context(desk: Desk, pages: list[Page], home: str) -> Mapping[str, object]:
    """Everything that the template names."""
    return {
        "dot": Markdown(DOT.rstrip(" ")),
        "form": missing(home),
        "fields": Markdown("docs/fields" + ending(desk.language)),
        "essay": Markdown("docs/essay" + ending(desk.language)),
        "wanted": Markdown("docs/wanted" + ending(desk.language)),
        "contributing": Markdown("CONTRIBUTING" + ending(desk.language)),
        "new_entry": link(desk.say(ADD), editor(desk.schema, desk.language, home)),
        "counts": sections.counts(desk.catalog),
        "domestic": [_listed(section, desk, pages) for section in domestic(desk)],
        "foreign": _listed(foreign(desk), desk, pages),
        "news": sections.news(desk),
        "lines": lines(desk) if desk.detail.tree else "",
        "applications": sections.applications(desk),
        "rankings": sections.rankings(desk),
        "families": _families(desk),
        "regions": sections.regions(desk),
        "status": [(desk.say(label), desk.say(text)) for label, text in _status(desk)],
    }


ADD = Text("Open the editor with a new entry", "打开编辑器，新建条目")


def missing(home: str) -> Markdown:
    """Give the address of the form that tells of a missing model."""
    return Markdown(f"{home}/issues/new?template=1-missing-model.yml")


def editor(schema: Schema, language: str, home: str) -> str:
    """Give the address of GitHub's own editor with a new file in it, ready to be proposed."""
    value = quote(skeleton(schema, language), safe="")
    return f"{home}/new/main?filename={path_of('/'.join(PLACEHOLDERS))}&value={value}"


def _listed(section: Section, desk: Desk, pages: list[Page]) -> dict[str, object]:
    """A section with its table, or with links to its pages."""
    own = [page for page in pages if page.section.anchor == section.anchor]
    numbers = DOT.join(link(str(number), page.path) for number, page in enumerate(own, 1))
    body = (
        Markdown(f"{escape(desk.say(Text('Pages', '分页')))}: {numbers}\n") if own else listing(section.entries, desk)
    )
    return {"anchor": section.anchor, "heading": section.heading, "size": len(section.entries), "body": body}


def _families(desk: Desk) -> list[dict[str, object]]:
    if not desk.detail.tree:
        return []
    return [{"name": _name(found.root, desk), "size": found.size, "lines": found.lines} for found in families(desk)]


def _name(entry_id: str, desk: Desk) -> str:
    return either(desk.catalog.entries[entry_id].data["name"], desk.language)


def _status(desk: Desk) -> list[tuple[Text, Text]]:
    values = desk.schema.entry["$defs"]["status"]["oneOf"]
    return [(desk.schema.labels("status")[value["const"]], description(value)) for value in values]
