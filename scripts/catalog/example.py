"""The example that a new file holds for its author to replace, as data."""

from __future__ import annotations

from typing import Any

from catalog.schema import Schema

OFFERED = ("name", "organization", "type", "domain", "released", "status", "links", "sources")
SUPPORTED = ("name", "released", "status", "links")  # what its one source says, of the fields above


def example(schema: Schema) -> dict[str, Any]:
    """The first example of each field that most entries have; a source says only what stands in the new file."""
    data = {name: schema.fields[name]["examples"][0] for name in OFFERED}
    return {**data, "sources": [{**source, "supports": list(SUPPORTED)} for source in data["sources"]]}
