"""The rules that a schema cannot say.

A rule is a generator of findings. Its name is the id that people see, its docstring is its line in the
documentation (English, then Chinese), and it stands in one of the three tuples at the end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from catalog.entry import Catalog, Entry, Organization
from catalog.names import folded, nearest
from catalog.problem import Problem, Text, show
from catalog.source import Where
from catalog.web import same_page

Record = Entry | Organization


class Finding(NamedTuple):
    """What a rule found: the record, the way to the field, the words, and whether the field's name is meant."""

    record: Record
    where: Where
    message: Text
    repair: Text | None = None
    key: bool = False

    def problem(self, rule: Callable[..., Any]) -> Problem:
        """Place the finding in its file."""
        where = (*self.record.where, *self.where)
        return self.record.source.problem(rule_id(rule), where, self.message, self.repair, key=self.key)


def rule_id(rule: Callable[..., Any]) -> str:
    """Give the id of a rule as people see it."""
    return rule.__name__.replace("_", "-")


def texts(value: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Every text of a record, with the way to it."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from texts(inner, (*where, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, (*where, index))


def write(value: str) -> Text:
    """Say what to write."""
    return Text(f"write '{value}'", f"请写成 '{value}'")


# --- every record by itself ---------------------------------------------------------------------------------

WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
SPACING = re.compile(r"^ | $|  ")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def decomposed_text(record: Record) -> Iterator[Finding]:
    """Text is written in composed characters (Unicode NFC), so that a search finds it.
    文字使用组合字符（Unicode NFC），这样才搜得到。
    """
    for where, text in texts(record.data):
        if not unicodedata.is_normalized("NFC", text):
            message = Text(f"{show(text)} holds decomposed characters", f"{show(text)} 含有分解形式的字符")
            yield Finding(record, where, message, write(unicodedata.normalize("NFC", text)))


def untidy_spaces(record: Record) -> Iterator[Finding]:
    """Text has no space at its ends and no two spaces in a row.
    文字首尾没有空格，中间没有连续两个空格。
    """
    for where, text in texts(record.data):
        if SPACING.search(text):
            yield Finding(
                record,
                where,
                Text("spaces at an end or in a row", "首尾有空格或有连续空格"),
                write(" ".join(text.split())),
            )


def wide_letters(record: Record) -> Iterator[Finding]:
    """Latin letters and digits are written in their ordinary width.
    拉丁字母和数字使用半角。
    """
    for where, text in texts(record.data):
        if WIDE.search(text):
            better = WIDE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
            yield Finding(
                record,
                where,
                Text(f"full-width letters or digits in {show(text)}", f"{show(text)} 里有全角字母或数字"),
                write(better),
            )


def wrong_language(record: Record) -> Iterator[Finding]:
    """`zh` holds Chinese and `en` does not; a name that is the same in both is written once, under `en`.
    `zh` 里写中文，`en` 里不写中文；两种语言相同的名称只写一次，写在 `en` 下。
    """
    for where, text in texts(record.data):
        if where[-1] == "zh" and not HAN.search(text) and re.search("[A-Za-z]", text):
            yield Finding(
                record,
                where,
                Text(f"{show(text)} is not Chinese", f"{show(text)} 不是中文"),
                Text("write it under 'en'", "请写在 'en' 下"),
            )
        elif where[-1] == "en" and "summary" not in where and HAN.search(text):
            yield Finding(
                record,
                where,
                Text(f"{show(text)} holds Chinese", f"{show(text)} 含有中文"),
                Text("write it under 'zh'", "请写在 'zh' 下"),
            )


# --- every entry by itself ----------------------------------------------------------------------------------


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


def closed_weights(entry: Entry) -> Iterator[Finding]:
    """Closed weights have no address and no licence.
    不开放的权重没有下载地址，也没有许可证。
    """
    if entry.data.get("weights") != "closed":
        return
    variants = (("variants", index, "weights") for index, _ in enumerate(entry.data.get("variants", ())))
    for where in (("license",), ("links", "weights"), *variants):
        if where in entry.source.keys:
            message = Text("the entry says that its weights are closed", "条目写明权重不开放")
            yield Finding(
                entry,
                where,
                message,
                Text("delete this line, or correct 'weights'", "请删除这一行，或更正 'weights'"),
                key=True,
            )


def announced_but_open(entry: Entry) -> Iterator[Finding]:
    """A model whose weights anybody can download is available, not only announced.
    权重人人可下载的模型是可用的，不只是已公布。
    """
    if entry.data.get("weights") == "open" and entry.data["status"] == "announced":
        message = Text("announced only, yet its weights are open", "只写了已公布，但权重是开放的")
        yield Finding(entry, ("status",), message, write("available"))


def dates_out_of_order(entry: Entry) -> Iterator[Finding]:
    """Knowledge ends before the release; a ranking and a reading of a source come after it.
    知识截止早于发布；评测和查阅来源晚于发布。
    """
    released = entry.data.get("released")
    if released is None:
        return
    if later(entry.data.get("knowledge_cutoff", ""), released):
        yield Finding(
            entry, ("knowledge_cutoff",), Text(f"after the release of {released}", f"晚于发布日期 {released}")
        )
    for group, name in (("results", "edition"), ("sources", "accessed")):
        for index, item in enumerate(entry.data.get(group, ())):
            if name in item and later(released, item[name]):
                yield Finding(
                    entry, (group, index, name), Text(f"before the release of {released}", f"早于发布日期 {released}")
                )


def later(one: str, other: str) -> bool:
    """Whether a date is after another, as far as both are precise."""
    length = min(len(one), len(other))
    return one[:length] > other[:length]


UNITS = {"K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}


def amount(text: str) -> float:
    """Read `7B` as 7,000,000,000."""
    return float(text[:-1]) * UNITS[text[-1]]


def more_active_than_all(entry: Entry) -> Iterator[Finding]:
    """A variant has no more active parameters than parameters.
    激活参数量不超过总参数量。
    """
    for index, variant in enumerate(entry.data.get("variants", ())):
        if {"parameters", "active_parameters"} <= variant.keys():
            active, every = variant["active_parameters"], variant["parameters"]
            if amount(active) > amount(every):
                yield Finding(
                    entry,
                    ("variants", index, "active_parameters"),
                    Text(f"{active} is more than all {every}", f"{active} 多于总量 {every}"),
                )


def repeated_variant(entry: Entry) -> Iterator[Finding]:
    """The variants of an entry have different names.
    同一条目的各个版本名称不同。
    """
    seen: set[str] = set()
    for index, variant in enumerate(entry.data.get("variants", ())):
        if folded(variant["name"]) in seen:
            message = Text(f"{show(variant['name'])} is listed twice", f"{show(variant['name'])} 重复列出")
            yield Finding(entry, ("variants", index, "name"), message, Text("delete one", "请删除一个"))
        seen.add(folded(variant["name"]))


# --- the catalog as a whole ---------------------------------------------------------------------------------


def organization_missing(catalog: Catalog) -> Iterator[Finding]:
    """An organization is described in its folder: inside an entry, or in `_organization.yaml`.
    机构在自己的文件夹里介绍：写在某个条目里，或写在 `_organization.yaml` 里。
    """
    described = catalog.organizations.keys() | {name.partition("/")[0] for name in catalog.unread}
    for entry in catalog.entries.values():
        if entry.folder not in described:
            message = Text(f"nothing here says who {show(entry.folder)} is", f"没有文件说明 {show(entry.folder)} 是谁")
            repair = Text(
                "add 'organization:' with name, kind and location",
                "请加上 'organization:'，写明 name、kind 和 location",
            )
            yield Finding(entry, (), message, repair)


def organization_twice(catalog: Catalog) -> Iterator[Finding]:
    """An organization is described once.
    一个机构只介绍一次。
    """
    for organization in catalog.described:
        first = catalog.organizations[organization.id]
        if organization is not first:
            message = Text(
                f"the organization is described in {first.source.path} already",
                f"该机构已在 {first.source.path} 里介绍",
            )
            yield Finding(organization, (), message, Text("delete it here", "请在这里删除"), key=True)


def repeated_organization(catalog: Catalog) -> Iterator[Finding]:
    """Two organizations do not have the same name.
    两个机构不能同名。
    """
    seen: dict[str, str] = {}
    for organization in catalog.organizations.values():
        for language, name in organization.data["name"].items():
            other = seen.setdefault(folded(name), organization.id)
            if other != organization.id:
                message = Text(f"{show(name)} is the name of {show(other)} too", f"{show(other)} 也叫 {show(name)}")
                yield Finding(
                    organization,
                    ("name", language),
                    message,
                    Text("use one folder for one organization", "一个机构只用一个文件夹"),
                )


def region_abroad(catalog: Catalog) -> Iterator[Finding]:
    """`region` is for organizations in mainland China.
    `region` 只用于中国大陆的机构。
    """
    for organization in catalog.described:
        location = organization.data["location"]
        if "region" in location and location["country"] != "CN":
            message = Text(
                f"{location['region']} is not in {location['country']}",
                f"{location['region']} 不在 {location['country']}",
            )
            yield Finding(
                organization,
                ("location", "region"),
                message,
                Text("delete the line, or correct 'country'", "请删除这一行，或更正 'country'"),
            )


def unknown_reference(catalog: Catalog) -> Iterator[Finding]:
    """`based_on` names entries, `partners` and `parent` name organizations of the catalog.
    `based_on` 指向名录里的条目，`partners` 和 `parent` 指向名录里的机构。
    """
    entries = catalog.entries.keys() | catalog.unread
    organizations = catalog.organizations.keys() | {name.partition("/")[0] for name in catalog.unread}
    for entry in catalog.entries.values():
        yield from _unknown(entry, "based_on", entry.data.get("based_on", ()), entries)
        yield from _unknown(entry, "partners", entry.data.get("partners", ()), organizations)
    for organization in catalog.described:
        parent = organization.data.get("parent")
        if parent is not None and parent not in organizations:
            message = Text(f"there is no organization {show(parent)}", f"没有机构 {show(parent)}")
            yield Finding(organization, ("parent",), message, nearest(parent, organizations) or NEW_FILE)


NEW_FILE = Text("add its file too, or delete the reference", "请一并添加它的文件，或删除这个引用")


def _unknown(entry: Entry, field: str, ids: list[str], known: set[str]) -> Iterator[Finding]:
    for index, wanted in enumerate(ids):
        if wanted not in known:
            message = Text(f"there is no {show(wanted)} in the catalog", f"名录里没有 {show(wanted)}")
            yield Finding(entry, (field, index), message, nearest(wanted, known) or NEW_FILE)


def circular_reference(catalog: Catalog) -> Iterator[Finding]:
    """Nothing is based on itself or is its own partner or parent, directly or by a detour.
    任何条目或机构都不能直接或间接地以自己为基础、合作方或上级。
    """
    bases = {entry.id: entry.data.get("based_on", []) for entry in catalog.entries.values()}
    parents = {o.id: [o.data["parent"]] for o in catalog.organizations.values() if "parent" in o.data}
    for entry in catalog.entries.values():
        if _reaches(entry.id, entry.id, bases):
            yield Finding(
                entry, ("based_on",), Text(f"{show(entry.id)} is based on itself", f"{show(entry.id)} 以自己为基础")
            )
        if entry.folder in entry.data.get("partners", ()):
            yield Finding(entry, ("partners",), Text("the maker is its own partner", "开发机构成了自己的合作方"))
    for organization in catalog.organizations.values():
        if _reaches(organization.id, organization.id, parents):
            yield Finding(
                organization,
                ("parent",),
                Text(f"{show(organization.id)} belongs to itself", f"{show(organization.id)} 属于自己"),
            )


def _reaches(start: str, goal: str, links: Mapping[str, list[str]]) -> bool:
    """Whether a way leads from one id to another, of one step or more."""
    seen: set[str] = set()
    ahead = list(links.get(start, ()))
    while ahead:
        here = ahead.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            ahead += links.get(here, ())
    return False


def base_released_later(catalog: Catalog) -> Iterator[Finding]:
    """A model comes after the first of its bases; later bases are those of later variants, and a product may change.
    模型的发布不早于它最早的基础模型；更晚的基础属于后来的版本；产品可以更换模型，不受此限。
    """
    for entry in catalog.entries.values():
        dates = _dates_of_bases(entry, catalog)
        if (
            entry.data["type"] == "model"
            and "released" in entry.data
            and dates
            and later(min(dates), entry.data["released"])
        ):
            message = Text(
                f"released on {entry.data['released']}, but what it is based on came on {min(dates)}",
                f"发布于 {entry.data['released']}，但所基于的模型发布于 {min(dates)}",
            )
            yield Finding(entry, ("based_on",), message)


def _dates_of_bases(entry: Entry, catalog: Catalog) -> list[str]:
    """When the bases were released; nothing if any of them has no date."""
    bases = [catalog.entries.get(base) for base in entry.data.get("based_on", ())]
    dates = [base.data["released"] for base in bases if base is not None and "released" in base.data]
    return dates if len(dates) == len(bases) else []


def repeated_name(catalog: Catalog) -> Iterator[Finding]:
    """Names and aliases are unique within an organization, whatever their case, width and punctuation.
    同一机构内名称和别名不重复，不计大小写、全半角和标点。
    """
    seen: dict[tuple[str, str], str] = {}
    for entry in catalog.entries.values():
        for where, name in _names(entry):
            other = seen.setdefault((entry.folder, folded(name)), entry.id)
            if other != entry.id:
                message = Text(f"{show(name)} is a name of {show(other)} too", f"{show(other)} 也叫 {show(name)}")
                yield Finding(entry, where, message, Text("add to that entry instead", "请改为补充那个条目"))


def _names(entry: Entry) -> Iterator[tuple[Where, str]]:
    for language, name in entry.data["name"].items():
        yield ("name", language), name
    for index, name in enumerate(entry.data.get("aliases", ())):
        yield ("aliases", index), name


def shared_link(catalog: Catalog) -> Iterator[Finding]:
    """A repository, weights or paper address stands in one entry, unless another entry is based on it.
    代码仓库、权重和论文的网址只写在一个条目里，除非一个条目以另一个为基础。
    """
    bases = {entry.id: entry.data.get("based_on", []) for entry in catalog.entries.values()}
    seen: dict[str, str] = {}
    for entry in catalog.entries.values():
        for where, address in _own_links(entry):
            other = seen.setdefault(same_page(address), entry.id)
            if other != entry.id and not _reaches(entry.id, other, bases) and not _reaches(other, entry.id, bases):
                message = Text(f"the address stands in {show(other)} too", f"{show(other)} 也用了这个网址")
                yield Finding(
                    entry,
                    where,
                    message,
                    Text("keep it where it belongs, or add 'based_on'", "请只留在所属的条目里，或补上 'based_on'"),
                )


def _own_links(entry: Entry) -> Iterator[tuple[Where, str]]:
    """The addresses that belong to one entry only."""
    links = entry.data.get("links", {})
    for name in ("repository", "weights", "paper"):
        if name in links:
            yield ("links", name), links[name]
    for index, variant in enumerate(entry.data.get("variants", ())):
        if "weights" in variant:
            yield ("variants", index, "weights"), variant["weights"]


def former_id_taken(catalog: Catalog) -> Iterator[Finding]:
    """A former id is not the id of an entry of today, and belongs to one entry.
    曾用编号不是现有条目的编号，且只属于一个条目。
    """
    seen: dict[str, str] = {}
    for entry in catalog.entries.values():
        for index, former in enumerate(entry.data.get("former_ids", ())):
            other = former if former in catalog.entries else seen.setdefault(former, entry.id)
            if other != entry.id or former == entry.id:
                yield Finding(
                    entry,
                    ("former_ids", index),
                    Text(f"{show(former)} leads to {show(other)}", f"{show(former)} 指向 {show(other)}"),
                )


def repeated_result(catalog: Catalog) -> Iterator[Finding]:
    """One line of a ranking stands in one entry.
    榜单的一行只写在一个条目里。
    """
    seen: dict[tuple[str, str, str], str] = {}
    for entry in catalog.entries.values():
        for index, result in enumerate(entry.data.get("results", ())):
            line = (result["benchmark"], result["edition"], result.get("tested", entry.id))
            other = seen.setdefault(line, f"{entry.id}#{index}")
            if other != f"{entry.id}#{index}":
                owner = other.partition("#")[0]
                yield Finding(
                    entry,
                    ("results", index),
                    Text(f"this result stands in {show(owner)} too", f"{show(owner)} 也有这项成绩"),
                )


RECORD_RULES: tuple[Callable[[Record], Iterator[Finding]], ...] = (
    decomposed_text,
    untidy_spaces,
    wide_letters,
    wrong_language,
)
ENTRY_RULES: tuple[Callable[[Entry], Iterator[Finding]], ...] = (
    unknown_support,
    closed_weights,
    announced_but_open,
    dates_out_of_order,
    more_active_than_all,
    repeated_variant,
)
CATALOG_RULES: tuple[Callable[[Catalog], Iterator[Finding]], ...] = (
    organization_missing,
    organization_twice,
    repeated_organization,
    region_abroad,
    unknown_reference,
    circular_reference,
    base_released_later,
    repeated_name,
    shared_link,
    former_id_taken,
    repeated_result,
)
