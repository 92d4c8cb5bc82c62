"""The rules that a schema cannot say.

A rule is a generator of findings. Its name is the id that people see, its docstring is its line in the
documentation (English, then Chinese), and it stands in one of the three tuples at the end.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from catalog.entry import Catalog, Entry, Organization, folder_of
from catalog.files import ORGANIZATION
from catalog.formats import licence_id
from catalog.names import HAN, folded, nearest, write
from catalog.places import Where
from catalog.problem import Problem, Text, show
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


@lru_cache(maxsize=1)
def texts(record: Record) -> Sequence[tuple[Where, str]]:
    """Every text of a record, with the way to it; the rules ask for one record after the other."""
    found: list[tuple[Where, str]] = []
    _gather(record.data, (), found)
    return found


def _gather(value: Any, where: Where, found: list[tuple[Where, str]]) -> None:
    if isinstance(value, str):
        found.append((where, value))
    elif isinstance(value, dict | list):
        for part, inner in value.items() if isinstance(value, dict) else enumerate(value):
            _gather(inner, (*where, part), found)


# --- every record by itself ---------------------------------------------------------------------------------

WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")


def decomposed_text(record: Record) -> Iterator[Finding]:
    """Text is written in composed characters (Unicode NFC), so that a search finds it.
    文字使用组合字符（Unicode NFC），这样才搜得到。
    """
    for where, text in texts(record):
        if not text.isascii() and not unicodedata.is_normalized("NFC", text):
            message = Text(
                f"{show(text)} holds characters in a form that a search does not find (not Unicode NFC)",
                f"{show(text)} 含有搜索不到的字符形式（不是 Unicode NFC）",
            )
            yield Finding(record, where, message, write(unicodedata.normalize("NFC", text)))


def untidy_spaces(record: Record) -> Iterator[Finding]:
    """Text has no space at its ends and no two spaces in a row.
    文字首尾没有空格，中间没有连续两个空格。
    """
    for where, text in texts(record):
        if "  " in text or text != text.strip(" "):
            message = Text(f"{show(text)} has spaces at an end or in a row", f"{show(text)} 首尾有空格或有连续空格")
            yield Finding(record, where, message, write(" ".join(text.split())))


def wide_letters(record: Record) -> Iterator[Finding]:
    """Latin letters and digits are written in their ordinary width.
    拉丁字母和数字使用半角。
    """
    for where, text in texts(record):
        if not text.isascii() and WIDE.search(text):
            better = WIDE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
            message = Text(f"{show(text)} holds full-width letters or digits", f"{show(text)} 里有全角字母或数字")
            yield Finding(record, where, message, write(better))


def wrong_language(record: Record) -> Iterator[Finding]:
    """`zh` holds Chinese and `en` does not; a name that is the same in both is written once, under `en`.
    `zh` 里写中文，`en` 里不写中文；两种语言相同的名称只写一次，写在 `en` 下。
    """
    for where, text in texts(record):
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


def unencrypted_address(record: Record) -> Iterator[Finding]:
    """An address begins with https; one of a host that has no https stands in schema/exceptions.yaml.
    网址以 https 开头；不支持 https 的网站须在 schema/exceptions.yaml 里登记。
    """
    for where, text in texts(record):
        if text.startswith("http://"):
            better = "https" + text.removeprefix("http")
            repair = Text(
                f"write {better} if that opens; if not, list an exception in schema/exceptions.yaml",
                f"如果能打开，请写成 {better}；否则请在 schema/exceptions.yaml 里登记例外",
            )
            message = Text(f"{show(text)} is not encrypted", f"{show(text)} 未加密")
            yield Finding(record, where, message, repair)


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
        message = Text(f"{cutoff} is after the release in {released}", f"{cutoff} 晚于发布日期 {released}")
        yield Finding(entry, ("knowledge_cutoff",), message, WHICH_DATE)
    for group, name in (("results", "edition"), ("sources", "accessed")):
        for index, item in enumerate(entry.data.get(group, ())):
            if later(released, item.get(name, "")):
                message = Text(
                    f"{item[name]} is before the release in {released}", f"{item[name]} 早于发布日期 {released}"
                )
                yield Finding(entry, (group, index, name), message, WHICH_DATE)


WHICH_DATE = Text("correct one of the two dates", "请更正其中一个日期")


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
                message = Text(f"{active} is more than all {every}", f"{active} 多于总量 {every}")
                repair = Text("correct one of the two numbers", "请更正其中一个数字")
                yield Finding(entry, ("variants", index, "active_parameters"), message, repair)


def repeated_variant(entry: Entry) -> Iterator[Finding]:
    """The variants of an entry have different names.
    同一条目的各个版本名称不同。
    """
    seen: set[str] = set()
    for index, variant in enumerate(entry.data.get("variants", ())):
        if folded(variant["name"]) in seen:
            message = Text(f"{show(variant['name'])} is listed twice", f"{show(variant['name'])} 重复列出")
            yield Finding(entry, ("variants", index, "name"), message, DELETE_ONE)
        seen.add(folded(variant["name"]))


def repeated_alias(entry: Entry) -> Iterator[Finding]:
    """An alias is another name than the official ones.
    别名与官方名称不同。
    """
    for index, alias in enumerate(entry.data.get("aliases", ())):
        if alias in entry.data["name"].values():
            message = Text(f"{show(alias)} is the name already", f"{show(alias)} 已经是名称")
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


DELETE = Text("delete it", "请删除")
DELETE_ONE = Text("delete one", "请删除一个")


# --- the catalog as a whole ---------------------------------------------------------------------------------


def organization_missing(catalog: Catalog) -> Iterator[Finding]:
    """An organization is described in its folder: inside an entry, or in `_organization.yaml`.
    机构在自己的文件夹里介绍：写在某个条目里，或写在 `_organization.yaml` 里。
    """
    described = catalog.organizations.keys() | {folder_of(name) for name in catalog.unread}
    folders = Counter(entry.folder for entry in catalog.entries.values())
    for entry in catalog.entries.values():
        if entry.folder not in described:
            message = Text(f"nothing here says who {show(entry.folder)} is", f"没有文件说明 {show(entry.folder)} 是谁")
            yield Finding(entry, (), message, _description_of(entry.folder, alone=folders[entry.folder] == 1))


def _description_of(folder: str, *, alone: bool) -> Text:
    """Where to describe an organization that has one entry or more."""
    if alone:
        return Text(
            "add 'organization:' with name, kind and location", "请加上 'organization:'，写明 name、kind 和 location"
        )
    file = f"entries/{folder}/{ORGANIZATION}"
    return Text(f"add {file} with name, kind and location", f"请添加 {file}，写明 name、kind 和 location")


def organization_twice(catalog: Catalog) -> Iterator[Finding]:
    """An organization is described once.
    一个机构只介绍一次。
    """
    for organization in catalog.described:
        first = catalog.organizations[organization.id]
        if organization is not first:
            place = first.source.path
            message = Text(f"the organization is described in {place} already", f"该机构已在 {place} 里介绍")
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
                repair = Text("use one folder for one organization", "一个机构只用一个文件夹")
                yield Finding(organization, ("name", language), message, repair)


def unused_organization(catalog: Catalog) -> Iterator[Finding]:
    """An organization has an entry, or another record names it.
    机构要么有条目，要么被其他记录提到。
    """
    if catalog.unread:
        return  # nobody knows what they name
    named = {entry.folder for entry in catalog.entries.values()} | {wanted for _, _, wanted in _references(catalog)}
    for organization in catalog.organizations.values():
        if organization.id not in named:
            message = Text(
                f"{show(organization.id)} has no entry, and nothing names it",
                f"{show(organization.id)} 没有条目，也没有被提到",
            )
            yield Finding(
                organization, (), message, Text("delete the file, or add an entry", "请删除该文件，或添加条目")
            )


def region_abroad(catalog: Catalog) -> Iterator[Finding]:
    """`region` is for organizations in mainland China.
    `region` 只用于中国大陆的机构。
    """
    for organization in catalog.described:
        location = organization.data["location"]
        if "region" in location and location["country"] != "CN":
            region, country = show(location["region"]), show(location["country"])
            message = Text(f"{region} is not in {country}", f"{region} 不在 {country}")
            repair = Text("delete the line, or correct 'country'", "请删除这一行，或更正 'country'")
            yield Finding(organization, ("location", "region"), message, repair)


MUNICIPALITIES = ("beijing", "chongqing", "shanghai", "tianjin")


def repeated_city(catalog: Catalog) -> Iterator[Finding]:
    """A municipality is a region and needs no city.
    直辖市写在 `region` 里，不再写 `city`。
    """
    for organization in catalog.described:
        location = organization.data["location"]
        if "city" in location and location.get("region") in MUNICIPALITIES:
            region = show(location["region"])
            message = Text(f"{region} says which city it is", f"{region} 已经说明了城市")
            repair = Text("delete 'city'", "请删除 'city'")
            yield Finding(organization, ("location", "city"), message, repair, key=True)


def unknown_reference(catalog: Catalog) -> Iterator[Finding]:
    """`based_on` names entries, `partners` and `parent` name organizations of the catalog.
    `based_on` 指向名录里的条目，`partners` 和 `parent` 指向名录里的机构。
    """
    moved = {former: e.id for e in catalog.entries.values() for former in e.data.get("former_ids", ())}
    for record, where, wanted in _references(catalog):
        known = catalog.known_entries if where[0] == "based_on" else catalog.known_organizations
        if wanted not in known:
            message = Text(f"{show(wanted)} is not in the catalog", f"名录里没有 {show(wanted)}")
            repair = write(moved[wanted]) if wanted in moved else nearest(wanted, known) or NEW_FILE
            yield Finding(record, where, message, repair)


NEW_FILE = Text("add its file too, or delete the reference", "请一并添加它的文件，或删除这个引用")


def _references(catalog: Catalog) -> Iterator[tuple[Record, Where, str]]:
    """Every id by which one record names another, with its place."""
    for entry in catalog.entries.values():
        for name in ("based_on", "partners"):
            for index, wanted in enumerate(entry.data.get(name, ())):
                yield entry, (name, index), wanted
    for organization in catalog.described:
        if "parent" in organization.data:
            yield organization, ("parent",), organization.data["parent"]


def circular_reference(catalog: Catalog) -> Iterator[Finding]:
    """Nothing is based on itself or is its own partner or parent, directly or by a detour.
    任何条目或机构都不能直接或间接地以自己为基础、合作方或上级。
    """
    links: dict[str, dict[str, list[str]]] = {"based_on": {}, "partners": {}, "parent": {}}
    for record, where, wanted in _references(catalog):
        links[str(where[0])].setdefault(record.id, []).append(wanted)
    for record, where, wanted in _references(catalog):
        own = record.folder if isinstance(record, Entry) and where[0] == "partners" else record.id
        if wanted == own or _reaches(wanted, own, links[str(where[0])]):
            detour = "" if wanted == own else show(wanted)
            yield Finding(record, where, _circle(str(where[0]), own, detour), DELETE)


def _circle(field: str, own: str, detour: str) -> Text:
    """Say how something leads back to itself."""
    verb = {
        "based_on": Text("is based on itself", "以自己为基础"),
        "partners": Text("is its own partner", "成了自己的合作方"),
        "parent": Text("belongs to itself", "属于自己"),
    }[field]
    way = Text(f" by way of {detour}", f"通过 {detour} ") if detour else Text("", "")
    return Text(f"{show(own)} {verb.en}{way.en}", f"{show(own)} {way.zh}{verb.zh}")


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
        released = entry.data.get("released", "")
        first = min(_dates_of_bases(entry, catalog), default="")
        if entry.data["type"] == "model" and later(first, released):
            message = Text(
                f"released in {released}, but what it is based on came in {first}",
                f"发布于 {released}，但所基于的模型发布于 {first}",
            )
            repair = Text("correct one of the dates, or 'based_on'", "请更正其中一个日期，或更正 'based_on'")
            yield Finding(entry, ("based_on",), message, repair)


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
                repair = Text("keep it where it belongs, or add 'based_on'", "请只留在所属的条目里，或补上 'based_on'")
                yield Finding(entry, where, message, repair)


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
            other = seen.setdefault(former, entry.id)
            where = ("former_ids", index)
            if former in catalog.known_entries:
                message = Text(f"{show(former)} is the id of an entry of today", f"{show(former)} 是现有条目的编号")
                yield Finding(entry, where, message, DELETE)
            elif other != entry.id:
                message = Text(
                    f"{show(former)} is a former id of {show(other)} too",
                    f"{show(former)} 也是 {show(other)} 的曾用编号",
                )
                yield Finding(entry, where, message, DELETE_ONE)


def repeated_result(catalog: Catalog) -> Iterator[Finding]:
    """One line of a ranking stands in one entry.
    榜单的一行只写在一个条目里。
    """
    seen: dict[tuple[str, str, str], str] = {}
    for entry in catalog.entries.values():
        for index, result in enumerate(entry.data.get("results", ())):
            line = (result["benchmark"], result["edition"], folded(result.get("tested", entry.id)))
            if line in seen:
                message = Text(f"the result stands in {show(seen[line])} too", f"{show(seen[line])} 也有这项成绩")
                yield Finding(entry, ("results", index), message, DELETE_ONE)
            seen.setdefault(line, entry.id)


def family_spelling(catalog: Catalog) -> Iterator[Finding]:
    """A family is written in one way, so that its entries stand together.
    同一系列只有一种写法，这样它的条目才会排在一起。
    """
    seen: dict[str, str] = {}
    for entry in catalog.entries.values():
        family = entry.data.get("family", "")
        first = seen.setdefault(folded(family), family)
        if first != family:
            message = Text(
                f"{show(family)} is written {show(first)} elsewhere", f"{show(family)} 在别处写作 {show(first)}"
            )
            yield Finding(entry, ("family",), message, Text("use one spelling", "请统一写法"))


RECORD_RULES: tuple[Callable[[Record], Iterator[Finding]], ...] = (
    decomposed_text,
    untidy_spaces,
    wide_letters,
    wrong_language,
    unencrypted_address,
)
ENTRY_RULES: tuple[Callable[[Entry], Iterator[Finding]], ...] = (
    unknown_support,
    closed_weights,
    announced_but_open,
    named_licence,
    dates_out_of_order,
    more_active_than_all,
    repeated_variant,
    repeated_alias,
    repeated_source,
)
CATALOG_RULES: tuple[Callable[[Catalog], Iterator[Finding]], ...] = (
    organization_missing,
    organization_twice,
    repeated_organization,
    unused_organization,
    region_abroad,
    repeated_city,
    unknown_reference,
    circular_reference,
    base_released_later,
    repeated_name,
    family_spelling,
    shared_link,
    former_id_taken,
    repeated_result,
)
RULES = tuple(rule_id(rule) for rules in (RECORD_RULES, ENTRY_RULES, CATALOG_RULES) for rule in rules)
