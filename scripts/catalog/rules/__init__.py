"""The rules that a schema cannot say.

A rule is a generator of findings. Its name is the id that people see, its docstring is its line in the
documentation (English, then Chinese), and it stands in one of the three tuples here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from catalog.entry import Catalog, Entry
from catalog.rules import addresses, facts, organizations, plausibility, references, texts, uniqueness
from catalog.rules.finding import Finding, Record, rule_id

__all__ = ("CATALOG_RULES", "ENTRY_RULES", "RECORD_RULES", "RULES", "Finding", "Record", "rule_id")

RECORD_RULES: tuple[Callable[[Record], Iterator[Finding]], ...] = (
    texts.decomposed_text,
    texts.untidy_spaces,
    texts.wide_letters,
    texts.wrong_language,
)
ENTRY_RULES: tuple[Callable[[Entry], Iterator[Finding]], ...] = (
    facts.unknown_support,
    facts.unsupported_field,
    facts.closed_weights,
    facts.announced_but_open,
    facts.named_licence,
    plausibility.licence_page,
    facts.dates_out_of_order,
    facts.more_active_than_all,
    plausibility.size_unlike_name,
    plausibility.odd_context,
    facts.repeated_variant,
    facts.repeated_alias,
    facts.repeated_source,
    addresses.too_wide_link,
    addresses.weights_elsewhere,
)
CATALOG_RULES: tuple[Callable[[Catalog], Iterator[Finding]], ...] = (
    organizations.organization_missing,
    organizations.organization_twice,
    organizations.repeated_organization,
    organizations.unused_organization,
    organizations.region_abroad,
    organizations.repeated_city,
    references.unknown_reference,
    references.circular_reference,
    references.base_released_later,
    plausibility.generation_out_of_order,
    plausibility.licence_spelling,
    uniqueness.repeated_name,
    uniqueness.family_spelling,
    addresses.shared_link,
    addresses.example_left,
    addresses.unencrypted_address,
    uniqueness.former_id_taken,
    uniqueness.repeated_result,
)
RULES = tuple(rule_id(rule) for rules in (RECORD_RULES, ENTRY_RULES, CATALOG_RULES) for rule in rules)
