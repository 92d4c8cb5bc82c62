"""A sample of the catalog to read against its sources: drawn by a seed, the same for everybody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256

from catalog.entry import Catalog, Entry
from catalog.problem import inert, visible

NOT_READ = ("aliases", "sources")  # spellings to search for, and what the others are read against


def drawn(catalog: Catalog, seed: int, count: int) -> list[Entry]:
    """Draw entries, all if there are fewer; an entry more or less in the catalog changes the sample by one.

    The order of the hashes is as good as chance, and other than a generator's it is for ever the same.
    """
    return sorted(catalog.entries.values(), key=lambda entry: sha256(f"{seed} {entry.id}".encode()).digest())[:count]


def worksheet(entries: list[Entry]) -> str:
    """What to read: each field of each entry, with the numbers of the sources that support it; then the sources."""
    return "\n".join(inert(visible(line)) for entry in entries for line in _sheet(entry)) + "\n"


def _sheet(entry: Entry) -> Iterator[str]:
    yield entry.source.path
    for name, value in entry.data.items():
        if name not in NOT_READ:
            yield f"  {name} {_numbers(entry, name)}: {json.dumps(value, ensure_ascii=False)}"
    for number, source in enumerate(entry.data["sources"], 1):
        kind, where = source.get("kind", "source"), source.get("url", source.get("title"))
        yield f"  [{number}] {kind}: {where}"
    yield ""


def _numbers(entry: Entry, name: str) -> str:
    """The numbers of the sources that support a field; a source that does not say it supports all."""
    sources = enumerate(entry.data["sources"], 1)
    return "".join(f"[{number}]" for number, source in sources if name in source.get("supports", (name,))) or "[]"
