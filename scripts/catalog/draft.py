"""An entry that is not in the catalog yet: its data, written as YAML in the style of the catalog, and checked."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from catalog.check import check
from catalog.entry import Catalog
from catalog.exceptions import FILE
from catalog.files import find, slug_fault, slugged
from catalog.names import closest, folded, within
from catalog.places import Where
from catalog.problem import Problem, Text
from catalog.rules.facts import UNSOURCED
from catalog.schema import Schema
from catalog.source import parse

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # what YAML 1.1 takes for a date
WIDTH = 120  # characters of a line that holds a whole list
NEAR_FOLDER = 0.8  # of SequenceMatcher's ratio: one letter of five may be wrong
MOST_ALIKE = 3  # organizations that somebody is asked about
Answers = dict[Where, Any]  # values by the ways to their fields


def draft(data: dict[str, Any], schema: Schema) -> str:
    """Write the fields of an entry, in the order of the schema; unknown ones come last.

    Texts, numbers, lists and mappings are read back as they are, by our reader and by other programs. Only text
    that the reader refuses, such as characters that nobody can see, is left for it to tell.
    """
    return "".join(f"{line}\n" for line in _mapping(data, schema.entry, schema))


def supported(data: Mapping[str, Any], schema: Schema) -> list[str]:
    """What an only source supports: every fact of the entry, in the order of the schema."""
    return [name for name in schema.fields if name in data and name not in UNSOURCED]


def _mapping(data: dict[str, Any], owner: Any, schema: Schema) -> Iterator[str]:
    fields = schema.resolved(owner).get("properties", {})
    for name in (*(name for name in fields if name in data), *(name for name in data if name not in fields)):
        yield from _field(name, data[name], fields.get(name, {}), schema)


def _field(name: str, value: Any, field: Any, schema: Schema) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{name}:"
        yield from (f"  {line}" for line in _mapping(value, field, schema))
    elif isinstance(value, list):
        yield from _list(name, value, schema.resolved(field).get("items", {}), schema)
    elif schema.resolved(field).get("format") == "calendar-date" and DAY.fullmatch(str(value)):
        yield f"{name}: {value}"  # as all entries write it
    else:
        yield f"{name}: {_scalar(value, f'{name}: ', '', schema.numbers)}"


def _list(name: str, items: list[Any], field: Any, schema: Schema) -> Iterator[str]:
    """Write words in brackets on one line, and what does not stand there well as items of their own lines."""
    if not any(isinstance(item, dict) for item in items):
        line = f"{name}: [{', '.join(_scalar(item, 'x: [', ']', frozenset()) for item in items)}]"
        if len(line) <= WIDTH and _reads(line, {name: items}, schema.numbers):
            yield line
            return
    yield f"{name}:"
    for item in items:
        yield from (f"  {line}" for line in _item(item, field, schema))


def _item(item: Any, field: Any, schema: Schema) -> Iterator[str]:
    lines = _mapping(item, field, schema) if isinstance(item, dict) else [_scalar(item, "x:\n- ", "", frozenset())]
    for number, line in enumerate(lines):
        yield f"  {line}" if number else f"- {line}"


def _scalar(value: Any, before: str, behind: str, numbers: frozenset[str]) -> str:
    """Write a number as it is, and a text without quotes if it means the same to everybody between its neighbours."""
    return _text(value, before, behind, numbers) if isinstance(value, str) else json.dumps(value)


@lru_cache(maxsize=256)
def _text(text: str, before: str, behind: str, numbers: frozenset[str]) -> str:
    double, single = json.dumps(text, ensure_ascii=False), "'" + text.replace("'", "''") + "'"
    ways = (text, single, double) if "\\" in double else (text, double, single)
    name = before.partition(":")[0]
    wanted = {name: text if before == f"{name}: " else [text]}
    fitting = (way for way in ways if _reads(before + way + behind, wanted, numbers))
    return next(fitting, single)  # in which the reader finds what it refuses at the very character


def _reads(line: str, wanted: dict[str, Any], numbers: frozenset[str]) -> bool:
    """Whether a line means this to our reader, which must find no fault in it, and to YAML 1.1."""
    reading = parse(f"{line}\n".encode("utf-8", "surrogatepass"), "", numbers)
    if reading.source is None or reading.problems or reading.source.data != wanted:
        return False
    try:
        return bool(yaml.safe_load(line) == wanted)
    except (yaml.YAMLError, ValueError):  # ValueError: what looks like a date and is not in the calendar
        return False


def alone(data: dict[str, Any], path: str, schema: Schema) -> list[Problem]:
    """Check an entry by itself, as if the catalog held no other."""
    with TemporaryDirectory() as folder:
        _put(Path(folder), path, encoded(draft(data, schema)))
        return [problem for problem in check(Path(folder), schema)[1] if problem.file == path]


def among(root: Path, path: str, text: str, schema: Schema) -> list[Problem]:
    """Check a file that is not written yet with the whole project: its problems, and those that it causes elsewhere."""
    with TemporaryDirectory() as folder:
        for name in (*find(root)[0], *([FILE] if (root / FILE).is_file() else [])):
            _put(Path(folder), name, _bytes(root / name))
        _, before = check(Path(folder), schema)
        _put(Path(folder), path, encoded(text))
        _, problems = check(Path(folder), schema)
    known = set(before)
    new = [problem for problem in problems if problem.file == path or problem not in known]
    return [replace(problem, edit=None) for problem in new]  # no program can repair what is not written yet


def encoded(text: str) -> bytes:
    """Give the bytes of a file; half a character is left for the reader to tell."""
    return text.encode("utf-8", "surrogatepass")


def _put(root: Path, path: str, content: bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content)


def _bytes(file: Path) -> bytes:
    """Read a file; what cannot be read is a problem already, and not one of the new file."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


def slug(name: str) -> str:
    """Make a name of a file or folder from a name in Latin letters; the empty text from any other."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    if any(char.isalpha() and not char.isascii() for char in plain):
        return ""
    better = slugged(plain.replace("+", "-plus"))
    return better if better and slug_fault(better) is None else ""


def known_organization(name: str, catalog: Catalog) -> str:
    """The folder of an organization that is called so, or the empty text."""
    if name in catalog.known_organizations:
        return name
    names = {
        folded(called): organization.id
        for organization in catalog.organizations.values()
        for called in (organization.id, *organization.data["name"].values())
    }
    return names.get(folded(name), "")


def near_organizations(name: str, catalog: Catalog) -> list[str]:
    """The folders that are nearly called so, and those of organizations whose name says more or less.

    Many of the latter are no help, and none of them is given.
    """
    plain = name.lower()
    names = {
        organization.id: [called.lower() for called in organization.data["name"].values()]
        for organization in catalog.organizations.values()
    }
    alike = [
        folder
        for folder, called in sorted(names.items())
        if any(within(plain, other) or within(other, plain) for other in called)
    ]
    near = closest(plain, sorted(catalog.known_organizations), NEAR_FOLDER)
    return list(dict.fromkeys([*near, *(alike if len(alike) <= MOST_ALIKE else [])]))


def nested(answers: Answers) -> dict[str, Any]:
    """Build the data of an entry from the answers, by their ways."""
    data: dict[str, Any] = {}
    for where, value in answers.items():
        here: Any = data
        for step, ahead in pairwise(where):
            here = _step(here, step, [] if isinstance(ahead, int) else {})
        here[where[-1]] = value
    return data


def _step(here: Any, step: str | int, new: Any) -> Any:
    if isinstance(here, dict):
        return here.setdefault(step, new)
    if len(here) == step:
        here.append(new)
    return here[step]


def option(answer: str, labels: Mapping[str, Text]) -> str:
    """Give the value that a number, a value or a label stands for, or the answer itself."""
    numbered = {str(number): value for number, value in enumerate(labels, 1)}
    named = {folded(word): value for value, label in labels.items() for word in (*label, value)}
    return numbered.get(answer) or named.get(folded(answer), answer)
