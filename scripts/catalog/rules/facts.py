"""Rules for the facts of one entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from catalog.amounts import amount
from catalog.entry import Entry
from catalog.formats import licence_id
from catalog.names import folded, nearest, write
from catalog.places import Where
from catalog.problem import Text, show
from catalog.rules.finding import DELETE, DELETE_ONE, Finding


def unknown_support(entry: Entry) -> Iterator[Finding]:
    """A source supports fields that the entry has.
    来源所支持的字段必须是条目里有的字段。
    """
    for index, source in enumerate(entry.data["sources"]):
        for position, name in enumerate(source.get("supports", ())):
            if name not in entry.data:
                message = Text(f"the entry has no field {show(name)}", f"条目里没有 {show(name)} 字段")
                repair = nearest(name, entry.data) or Text(
                    "delete it here, or add the field", "请在这里删除，或补上该字段"
                )
                yield Finding(entry, ("sources", index, "supports", position), message, repair)


UNSOURCED = frozenset(("aliases", "organization", "type", "domain", "family", "applications", "former_ids", "sources"))
REQUIRED = frozenset(("name", "status"))  # of those that need a source


def unsupported_field(entry: Entry) -> Iterator[Finding]:
    """If every source has `supports`, each fact needs a source that supports it; aliases and what we sort by need none.
    如果每个来源都写了 `supports`，那么每项事实都要有来源支持；别名和分类不需要。
    """
    sources = entry.data["sources"]
    if not all("supports" in source for source in sources):
        return  # a source that does not say it supports everything
    supported = {name for source in sources for name in source["supports"]}
    for name in entry.data:
        if name not in supported | UNSOURCED:
            message = Text(f"no source supports {show(name)}", f"没有来源支持 {show(name)}")
            yield Finding(entry, (name,), message, SUPPORT if name in REQUIRED else SUPPORT_OR_DELETE, key=True)


SUPPORT = Text("add it to 'supports' of the source that says it", "请写进有这项事实的来源的 'supports' 里")
SUPPORT_OR_DELETE = Text(f"{SUPPORT.en}, or delete the field", f"{SUPPORT.zh}，或删除该字段")


def closed_weights(entry: Entry) -> Iterator[Finding]:
    """Closed weights have no address and no licence.
    不开放的权重没有下载地址，也没有许可证。
    """
    if entry.data.get("weights") != "closed":
        return
    links, variants = entry.data.get("links", {}), entry.data.get("variants", ())
    fields: list[tuple[Where, Any]] = [(("license",), entry.data), (("links", "weights"), links)]
    fields += [(("variants", index, "weights"), variant) for index, variant in enumerate(variants)]
    for where, owner in fields:
        if where[-1] in owner:
            name = show(where[-1])
            message = Text(f"{name} is given, but the weights are closed", f"写了 {name}，但权重不开放")
            repair = Text("delete this line, or correct 'weights'", "请删除这一行，或更正 'weights'")
            yield Finding(entry, where, message, repair, key=True)


def announced_but_open(entry: Entry) -> Iterator[Finding]:
    """A model whose weights anybody can download is available, not only announced.
    权重人人可下载的模型是可用的，不只是已公布。
    """
    if entry.data.get("weights") == "open" and entry.data["status"] == "announced":
        message = Text("'announced' only, but anybody can download the weights", "只写了 'announced'，但权重人人可下载")
        yield Finding(entry, ("status",), message, write("available"))


def named_licence(entry: Entry) -> Iterator[Finding]:
    """A licence that SPDX lists is written as its id.
    SPDX 收录的许可证直接写标识。
    """
    licence = entry.data.get("license")
    if isinstance(licence, Mapping) and (known := licence_id(licence["name"])):
        message = Text(f"{show(licence['name'])} has an SPDX id", f"{show(licence['name'])} 有 SPDX 标识")
        yield Finding(
            entry, ("license", "name"), message, Text(f"write 'license: {known}'", f"请写成 'license: {known}'")
        )


def dates_out_of_order(entry: Entry) -> Iterator[Finding]:
    """Knowledge ends before the release; a ranking and a reading of a source come after it.
    知识截止早于发布；评测和查阅来源晚于发布。
    """
    released = entry.data.get("released", "")
    cutoff = entry.data.get("knowledge_cutoff", "")
    if later(cutoff, released):
        message = Text(f"{cutoff} is after the release date {released}", f"{cutoff} 晚于发布日期 {released}")
        yield Finding(entry, ("knowledge_cutoff",), message, WHICH_DATE)
    for group, name in (("results", "edition"), ("sources", "accessed")):
        for index, item in enumerate(entry.data.get(group, ())):
            if later(released, item.get(name, "")):
                message = Text(
                    f"{item[name]} is before the release date {released}", f"{item[name]} 早于发布日期 {released}"
                )
                yield Finding(entry, (group, index, name), message, WHICH_DATE)


WHICH_DATE = Text("correct one of the two dates", "请更正其中一个日期")


def later(one: str, other: str) -> bool:
    """Whether a date is after another, as far as both are precise."""
    length = min(len(one), len(other))
    return one[:length] > other[:length]


def more_active_than_all(entry: Entry) -> Iterator[Finding]:
    """The active parameters of a variant are no more than all its parameters.
    激活参数量不超过总参数量。
    """
    for index, variant in enumerate(entry.data.get("variants", ())):
        if {"parameters", "active_parameters"} <= variant.keys():
            active, every = variant["active_parameters"], variant["parameters"]
            if amount(active) > amount(every):
                message = Text(f"{active} is more than the total, {every}", f"{active} 多于总参数量 {every}")
                repair = Text("correct one of the two numbers", "请更正其中一个数字")
                yield Finding(entry, ("variants", index, "active_parameters"), message, repair)


def repeated_variant(entry: Entry) -> Iterator[Finding]:
    """The variants of an entry have different names.
    同一条目的各个版本名称不同。
    """
    seen: set[str] = set()
    for index, variant in enumerate(entry.data.get("variants", ())):
        name = folded(variant["name"])
        if name in seen:
            message = Text(f"{show(variant['name'])} is listed twice", f"{show(variant['name'])} 重复列出")
            yield Finding(entry, ("variants", index, "name"), message, DELETE_ONE)
        seen.add(name)


def repeated_alias(entry: Entry) -> Iterator[Finding]:
    """An alias is not one of the official names.
    别名与官方名称不同。
    """
    for index, alias in enumerate(entry.data.get("aliases", ())):
        if alias in entry.data["name"].values():
            message = Text(f"{show(alias)} is the official name already", f"{show(alias)} 已经是官方名称")
            yield Finding(entry, ("aliases", index), message, DELETE)


def repeated_source(entry: Entry) -> Iterator[Finding]:
    """A source is listed once, with all the fields that it supports.
    一个来源只列一次，写明它支持的全部字段。
    """
    seen: set[str] = set()
    for index, source in enumerate(entry.data["sources"]):
        if source.get("url") in seen:
            repair = Text("put what it supports into one item", "请把它支持的字段合并到一项里")
            yield Finding(entry, ("sources", index, "url"), Text("the source is listed twice", "来源重复列出"), repair)
        seen.add(source.get("url", ""))
