"""The cells of a row: where a name leads, how sizes, access and ancestors are written."""

from __future__ import annotations

from typing import Any

import pytest
from catalog import cells
from catalog.schema import Schema
from test_sections import catalog, desk

KINDS = ["website", "app", "repository", "weights", "demo", "api", "paper", "docs", "announcement"]  # the best first


@pytest.mark.parametrize("best", range(len(KINDS)))
def test_a_name_leads_to_the_best_of_its_links(best: int, schema: Schema) -> None:
    links = {kind: f"https://acme.ai/{kind}" for kind in reversed(KINDS[best:])}
    at = desk(catalog({"acme/foo": {"links": links}}), schema)
    shown = cells.model(at.catalog.entries["acme/foo"], at)
    assert shown == f'<a id="acme/foo"></a>**[foo](<https://acme.ai/{KINDS[best]}>)**'


SIZES = [
    ([], ""),
    (["7B"], "7B"),
    (["70B", "7B", "7B", None], "7B, 70B"),
    (["1T", "70B", "500M"], "500M, 70B, 1T"),
    (["1T", "70B", "500M", "2.7B"], "500M – 1T"),
]


@pytest.mark.parametrize(("sizes", "shown"), SIZES)
def test_few_sizes_are_listed_and_many_are_a_range(sizes: list[str | None], shown: str, schema: Schema) -> None:
    variants = [{"name": "x"} | ({"parameters": size} if size else {}) for size in sizes]
    at = desk(catalog({"acme/foo": {"variants": variants} if variants else {}}), schema)
    assert cells.size(at.catalog.entries["acme/foo"], at) == shown


ACCESS: list[tuple[dict[str, Any], str]] = [
    ({}, "Available"),  # where nothing is known of the weights
    ({"weights": "open"}, "Open weights"),
    ({"weights": "closed", "status": "limited"}, "Limited<br>Closed weights"),
    ({"weights": "gated", "license": "Apache-2.0"}, "Gated weights<br>Apache-2.0"),
    ({"status": "announced", "license": {"name": "A_B"}}, "Announced<br>A&#95;<wbr>B"),
]


@pytest.mark.parametrize(("facts", "shown"), ACCESS)
def test_access_says_what_is_known_and_no_more(facts: dict[str, Any], shown: str, schema: Schema) -> None:
    at = desk(catalog({"acme/foo": facts}), schema)
    assert cells.access(at.catalog.entries["acme/foo"], at) == shown


def test_an_ancestor_that_stands_nowhere_is_not_linked(schema: Schema) -> None:
    """Such as one whose file cannot be read."""
    at = desk(
        catalog({"acme/foo": {"based_on": ["acme/a", "acme/gone", "acme/b"]}, "acme/a": {}, "acme/b": {}}), schema
    )
    assert cells.based_on(at.catalog.entries["acme/foo"], at) == "[a](<#acme/a>)<br>[b](<#acme/b>)"
