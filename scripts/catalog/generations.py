"""The lines of models: the generations of a family, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from catalog.cells import Desk, maker
from catalog.entry import Entry
from catalog.markdown import DOT, Markdown, escape, joined, small, table
from catalog.problem import Text

FEWEST = 4  # generations that make a line
LINES = 80  # the longest; more than these nobody reads
SHOWN = 150  # generations of one line
UNDATED = "9999"  # sorts after every year

LINE, GENERATIONS = Text("Line", "系列"), Text("Models in the order of their release", "模型（按发布先后）")
NO_DATE = Text("date not known", "日期不详")
MORE = Text("and {} more", "另有 {} 个")


def lines(desk: Desk) -> Markdown:
    """A row for each line, by organization: its generations in the order of their release, each a link to its row.

    Nothing if no line is long enough.
    """
    found = [(line, entries) for line, entries in _lines(desk) if len(entries) >= FEWEST]
    longest = sorted(found, key=lambda line: -len(line[1]))[:LINES]
    shown = sorted(longest, key=lambda line: line[0])
    rows = [[_name(family, entries, desk), _years(entries, desk)] for (_, family), entries in shown]
    return table([desk.say(LINE), desk.say(GENERATIONS)], rows) if rows else Markdown("")


def _lines(desk: Desk) -> list[tuple[tuple[str, str], list[Entry]]]:
    """The entries of each organization and family, the oldest first."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in desk.catalog.entries.values():
        if "family" in entry.data:
            found.setdefault((entry.folder, entry.data["family"]), []).append(entry)
    return [(line, sorted(entries, key=_when)) for line, entries in found.items()]


def _when(entry: Entry) -> tuple[str, str]:
    return entry.data.get("released", UNDATED), entry.id


def _name(family: str, entries: Sequence[Entry], desk: Desk) -> Markdown:
    return Markdown(f"**{escape(family)}**{small(maker(entries[0], desk))}")


def _years(entries: Sequence[Entry], desk: Desk) -> Markdown:
    """A line of text for each year."""
    years = groupby(entries[:SHOWN], key=lambda entry: _when(entry)[0][:4])
    found: list[str] = [_year(year, list(group), desk) for year, group in years]
    more = len(entries) - SHOWN
    return joined([*found, desk.say(MORE).format(more)] if more > 0 else found, "<br>")


def _year(year: str, entries: Sequence[Entry], desk: Desk) -> Markdown:
    head = desk.say(NO_DATE) if year == UNDATED else year
    return Markdown(f"**{escape(head)}** {joined([desk.reference(entry.id) for entry in entries], DOT)}")
