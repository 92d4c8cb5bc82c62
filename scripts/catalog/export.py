"""The whole catalog as one JSON document, for programs."""

from __future__ import annotations

from typing import Any

from catalog.difference import dumped
from catalog.entry import Catalog, Entry


def as_json(catalog: Catalog) -> str:
    """Every entry and every organization by its id, with values of the types that the schema names."""
    entries = {entry.id: _fields(entry) for entry in catalog.entries.values()}
    organizations = {name: organization.data for name, organization in catalog.organizations.items()}
    return dumped({"entries": entries, "organizations": organizations}, readable=True)


def _fields(entry: Entry) -> dict[str, Any]:
    """The fields of an entry, without the organization, which has a place of its own."""
    return {name: value for name, value in entry.data.items() if name != "organization"}
