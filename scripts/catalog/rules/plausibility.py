"""Rules for facts that contradict each other, as typing hundreds of entries shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from math import log2
from typing import NamedTuple

from catalog.amounts import amount
from catalog.entry import Catalog, Entry
from catalog.formats import licence_id
from catalog.names import folded, write
from catalog.problem import Text, show
from catalog.rules.facts import WHICH_DATE, later
from catalog.rules.finding import Finding
from catalog.wording import either

# `7B`, `1.8B`, `1_8b` and `0.6B` at the end of a word; not the 8x7B of a mixture, nor the A22B of its active part
SIZE = re.compile(r"(?<![A-Za-z0-9.])([1-9][0-9]*(?:[._][0-9]+)?|0[._][0-9]+)([MBT])(?![A-Za-z0-9])", re.IGNORECASE)
ACTIVE = re.compile(r"(?<![A-Za-z0-9])A([0-9]+(?:[._][0-9]+)?)([MBT])(?![A-Za-z0-9])", re.IGNORECASE)
NEAR = 0.25  # of the size that a name says: names are rounded, 6.7B becomes 7B and 235B is 235.1B
SMALL = 0.15e9  # what rounding to a tenth of a billion may change


def size_unlike_name(entry: Entry) -> Iterator[Finding]:
    """The parameters of a variant are about as many as its name says.
    版本的参数量与名称里写的大致相同。
    """
    for index, variant in enumerate(entry.data.get("variants", ())):
        for field, pattern in (("parameters", SIZE), ("active_parameters", ACTIVE)):
            said = pattern.findall(variant["name"])
            if field in variant and said and not any(_about(variant[field], _size(one)) for one in said):
                names = ", ".join(dict.fromkeys(_size(one) for one in said))
                given = variant[field]
                message = Text(f"{given}, but the name says {names}", f"写的是 {given}，但名称里是 {names}")
                repair = Text("correct one of the two", "请更正其中一个")
                yield Finding(entry, ("variants", index, field), message, repair)


def _size(said: tuple[str, str]) -> str:
    number, unit = said
    return number.replace("_", ".") + unit.upper()


def _about(given: str, said: str) -> bool:
    difference = abs(amount(given) - amount(said))
    return difference <= SMALL or difference <= NEAR * amount(said)


THOUSAND, KIBI = 1000, 1024


def odd_context(entry: Entry) -> Iterator[Finding]:
    """A context length is a multiple of 1,000 or of 1,024 tokens, or a smaller power of two.
    上下文长度是 1000 或 1024 的倍数，或更小的 2 的幂。
    """
    for index, variant in enumerate(entry.data.get("variants", ())):
        length = variant.get("context", KIBI)
        if length % THOUSAND and length % KIBI and length.bit_count() > 1:
            near = 1 << round(log2(length))
            message = Text(f"{length} is no usual length", f"{length} 不是常见的长度")
            repair = Text(
                f"write what the source says, such as {near}; if it says {length}, list that in schema/exceptions.yaml",
                f"请按来源写，例如 {near}；如果来源写的就是 {length}，请在 schema/exceptions.yaml 里登记例外",
            )
            yield Finding(entry, ("variants", index, "context"), message, repair)


LICENCE_PAGES = (  # of licences that have an id, and how the id is made from the address
    (re.compile(r"spdx\.org/licenses/([\w.+-]+?)(?:\.html)?$"), "{}"),
    (re.compile(r"opensource\.org/licenses?/([\w.+-]+)$"), "{}"),
    (re.compile(r"apache\.org/licenses/LICENSE-([0-9.]+)$"), "Apache-{}"),
    (re.compile(r"creativecommons\.org/licenses/([a-z-]+/[0-9.]+)/?"), "CC-{}"),
)


def licence_page(entry: Entry) -> Iterator[Finding]:
    """A licence whose address is the page of a well-known one is written as its SPDX id.
    网址指向通用许可证页面时，直接写它的 SPDX 标识。
    """
    licence = entry.data.get("license")
    address = licence.get("url", "") if isinstance(licence, dict) else ""
    for pattern, form in LICENCE_PAGES:
        match = pattern.search(address)
        if match and (known := licence_id(form.format(match[1].replace("/", "-")))):
            message = Text(f"the address is that of {known}", f"这是 {known} 的网址")
            repair = Text(f"write 'license: {known}'", f"请写成 'license: {known}'")
            yield Finding(entry, ("license", "url"), message, repair)


def licence_spelling(catalog: Catalog) -> Iterator[Finding]:
    """A licence is called by one name, wherever it is written; so are all licences at one address.
    同一许可证只有一种写法，同一网址上的许可证也只有一种。
    """
    seen: dict[str, str] = {}
    for entry in catalog.in_turn(catalog.entries.values()):
        if isinstance(entry.data.get("license"), dict):
            name = entry.data["license"]["name"]
            firsts = [seen.setdefault(key, name) for key in _known_by(entry.data["license"])]
            if other := next((first for first in firsts if first != name), None):
                message = Text(
                    f"{show(name)} is called {show(other)} elsewhere", f"{show(name)} 在别处写作 {show(other)}"
                )
                yield Finding(entry, ("license", "name"), message, write(other))


def _known_by(licence: Mapping[str, str]) -> list[str]:
    """What two spellings of one licence have in common: its address, or its name but for case and `Agreement`."""
    return [*([licence["url"]] if "url" in licence else []), folded(licence["name"]).removesuffix("agreement")]


class _Generation(NamedTuple):
    """An entry of a line: what its name says beside the version, and the version."""

    line: tuple[str, str]
    version: tuple[int, ...]
    id: str


VERSION = re.compile(r"(?<![0-9.])[0-9]+(?:\.[0-9]+)*(?![0-9.]|[MBTK]\b)", re.IGNORECASE)


def generation_out_of_order(catalog: Catalog) -> Iterator[Finding]:
    """If names of models of one organization differ only in the version, the higher version is not the older model.
    同一机构的两个模型如果名称只差版本号，版本高的不会更早发布。
    """
    generations = sorted(found for entry in catalog.entries.values() if (found := _generation(entry)))
    for _, group in groupby(generations, key=lambda generation: generation.line):
        yield from _out_of_order([catalog.entries[generation.id] for generation in group], catalog)


def _generation(entry: Entry) -> _Generation | None:
    """Nothing for an entry without a date, or with no version or several in its name."""
    name = either(entry.data["name"], "en")
    versions = VERSION.findall(name)
    if "released" not in entry.data or len(versions) != 1:
        return None
    line = (entry.folder, folded(VERSION.sub(" v ", name)))
    return _Generation(line, tuple(map(int, versions[0].split("."))), entry.id)


def _out_of_order(line: Iterable[Entry], catalog: Catalog) -> Iterator[Finding]:
    for lower, higher in pairwise(line):
        if later(lower.data["released"], higher.data["released"]):
            other, told = catalog.in_turn([lower, higher])
            when, name = other.data["released"], show(other.id)
            earlier = Text(f"earlier than {name}, released {when}", f"早于 {when} 发布的 {name}")
            later_ = Text(f"later than {name}, released {when}", f"晚于 {when} 发布的 {name}")
            yield Finding(told, ("released",), earlier if told is higher else later_, WHICH_DATE)
