"""The schema, loaded once: what fits, what does not, and the words of every vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jsonschema_rs

from catalog.formats import checks
from catalog.problem import Problem, Text, WrongUseError, show
from catalog.source import Source

Json = dict[str, Any]


def bilingual(text: str, separator: str) -> Text:
    """Split a title at ' · ' or a description at its line break: English first, then Chinese."""
    en, _, zh = text.partition(separator)
    return Text(en, zh or en)


def title(schema: Json) -> Text:
    """Give the title of a field or value in both languages."""
    return bilingual(schema["title"], " · ")


def description(schema: Json) -> Text:
    """Give the description of a field or value in both languages."""
    return bilingual(schema.get("description", ""), "\n")


def unusable(error: Exception) -> WrongUseError:
    """Say that the schema is no schema, and what showed it."""
    kind = show(f"{type(error).__name__}: {error}")
    return WrongUseError(Text(f"schema/ cannot be used: {kind}", f"schema/ 无法使用：{kind}"))


@dataclass(frozen=True)
class Schema:
    """The schemas of an entry and of an organization, with every `$ref` inside one document.

    jsonschema-rs says yes or no; only a no imports jsonschema, which is slower to load, to explain it.
    Neither fetches a `$ref` to another place.
    """

    entry: Json
    organization: Json

    @classmethod
    def load(cls, folder: Path) -> Schema:
        """Load `entry.schema.json` and `vocabularies.json` of a folder as one document.

        Raises WrongUseError for files that are not there or are no such schema.
        """
        try:
            vocabularies = json.loads((folder / "vocabularies.json").read_text("utf-8"))["$defs"]
            text = (folder / "entry.schema.json").read_text("utf-8").replace('"vocabularies.json#/', '"#/')
            entry = json.loads(text)
            entry["$defs"].update(vocabularies)
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise unusable(error) from None
        return cls(entry, {"$ref": "#/$defs/organization", "$defs": entry["$defs"]})

    @cached_property
    def fields(self) -> Json:
        """The fields of an entry, in order of writing."""
        properties: Json = self.entry["properties"]
        return properties

    def resolved(self, field: Json) -> Json:
        """Give a field with what its `$ref` says."""
        reference = field.get("$ref", "").removeprefix("#/$defs/")
        return {**self.entry["$defs"].get(reference, {}), **field} if reference else field

    def labels(self, vocabulary: str) -> dict[str, Text]:
        """Give the values of a vocabulary in order, each with its label."""
        return self._labels[vocabulary]

    @cached_property
    def _labels(self) -> dict[str, dict[str, Text]]:
        words = {name: part["oneOf"] for name, part in self.entry["$defs"].items() if "oneOf" in part}
        return {name: {value["const"]: title(value) for value in values} for name, values in words.items()}

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Names of the fields that hold numbers."""
        return frozenset(_numbers(self.entry))

    def problems(self, source: Source, *, organization: bool = False) -> list[Problem]:
        """Find what does not fit, at the very field."""
        if self._quick[organization].is_valid(source.data):
            return []
        from catalog.explain import explanations  # noqa: PLC0415 - see the docstring of the class

        return explanations(source, self.organization if organization else self.entry)

    @cached_property
    def _quick(self) -> tuple[Any, Any]:
        return quick(self.entry), quick(self.organization)


def quick(schema: Json) -> Any:
    """Make a validator that says yes or no; what it does not know, such as a format or an address, is an error."""
    return jsonschema_rs.Draft202012Validator(
        schema, formats=checks(), validate_formats=True, ignore_unknown_formats=False, offline=True
    )


def _numbers(schema: Any) -> Iterator[str]:
    """Walk a schema for properties of a number type."""
    if isinstance(schema, dict):
        for name, field in schema.get("properties", {}).items():
            if field.get("type") in ("integer", "number"):
                yield name
        for part in schema.values():
            yield from _numbers(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _numbers(part)
