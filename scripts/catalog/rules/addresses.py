"""Rules for web addresses that a look at one address cannot say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from catalog.entry import ADDED, Catalog, Entry, folder_of
from catalog.names import write_bare
from catalog.places import Where
from catalog.problem import Text, show
from catalog.rules.finding import Finding, Record
from catalog.rules.references import reaches
from catalog.rules.texts import texts
from catalog.web import host, same_page


def unencrypted_address(catalog: Catalog) -> Iterator[Finding]:
    """An address begins with https; if its host has no https, it is listed in schema/exceptions.yaml.
    网址以 https 开头；不支持 https 的网站须在 schema/exceptions.yaml 里登记。
    """
    found = [(record, where, text) for record, where, text in _addresses(catalog) if text.startswith("http://")]
    encrypted = {host(text) for _, _, text in _addresses(catalog) if text.startswith("https://")} if found else set()
    for record, where, text in found:
        message = Text(f"{show(text)} is not encrypted", f"{show(text)} 未加密")
        better = "https" + text.removeprefix("http")
        if host(text) in encrypted:
            yield Finding(record, where, message, write_bare(better), better=better)
        else:
            yield Finding(record, where, message, _try(better))


def _addresses(catalog: Catalog) -> Iterator[tuple[Record, Where, str]]:
    """Every text that is an address, with its place."""
    for record in catalog.records:
        for where, text in texts(record):
            if text.startswith(("http://", "https://")):
                yield record, where, text


def _try(better: str) -> Text:
    return Text(
        f"write {better} if that opens; if not, list an exception in schema/exceptions.yaml",
        f"如果能打开，请写成 {better}；否则请在 schema/exceptions.yaml 里登记例外",
    )


EVERYTHING = re.compile(r"https://(?:huggingface\.co|github\.com|gitee\.com)/[^/?#]+/?$")


def too_wide_link(entry: Entry) -> Iterator[Finding]:
    """Code and weights lead to the model's own page, not to all that its maker has.
    代码和权重的网址指向该模型自己的页面，而不是开发者的全部项目。
    """
    for where, address in _own_links(entry):
        if EVERYTHING.match(address):
            message = Text("the address leads to all that its maker has", "这是开发者全部项目的网址")
            repair = Text("give the page of the model, or delete this line", "请写该模型自己的页面，或删除这一行")
            yield Finding(entry, where, message, repair)


MODEL_PAGE = re.compile(
    r"https://(?:www\.)?(?:modelscope\.cn/models"
    r"|huggingface\.co(?!/(?:blog|collections|datasets|docs|learn|organizations|papers|spaces|tasks)/))"
    r"/[^/?#]+/[^/?#]+(?:/(?:files|summary|tree/[^/?#]+))?/?$"
)


def weights_elsewhere(entry: Entry) -> Iterator[Finding]:
    """The page of a model at Hugging Face or ModelScope is the address of its weights, not its code, website or paper.
    Hugging Face 或魔搭上的模型页面是权重的网址，不是代码仓库、官网或论文的网址。
    """
    links = entry.data.get("links", {})
    known = {same_page(address) for where, address in _own_links(entry) if where[-1] == "weights"}
    for name in ("website", "repository", "paper"):
        if MODEL_PAGE.match(links.get(name, "")):
            message = Text(f"the page of a model stands under {show(name)}", f"{show(name)} 下写了模型页面的网址")
            yield Finding(entry, ("links", name), message, _as_weights(name, same_page(links[name]) in known), key=True)


def _as_weights(name: str, known: bool) -> Text:
    if known:
        return Text("delete the line: 'weights' says it already", "请删除这一行：'weights' 已经写了")
    return Text(f"write 'weights' instead of {show(name)}", f"请把 {show(name)} 改成 'weights'")


def shared_link(catalog: Catalog) -> Iterator[Finding]:
    """A link to code, weights or a paper stands in one entry and those based on it; a family may share code and paper.
    代码仓库、权重和论文的网址只写在一个条目和以它为基础的条目里；同一系列可以共用代码仓库和论文。
    """
    seen: dict[str, Entry] = {}
    for entry in catalog.in_turn(catalog.entries.values()):
        for where, address in _own_links(entry):
            other = seen.setdefault(same_page(address), entry)
            if not _may_share(entry, other, str(where[-1]), catalog.bases):
                message = Text(f"the address stands in {show(other.id)} too", f"{show(other.id)} 也用了这个网址")
                yield Finding(entry, where, message, _give_way(entry, other, where, catalog))


AGAIN = Text(
    "if it is the same thing, delete this file and add to that entry; if not, give its own address, or add 'based_on'",
    "如果是同一个，请删除本文件，改为补充那个条目；如果不是，请写它自己的网址，或补上 'based_on'",
)
NOT_YOURS = Text("this is the example's address; write that of your model", "这是示例里的网址；请写你的模型的网址")
WHERE_IT_BELONGS = Text("keep it where it belongs, or add 'based_on'", "请只留在所属的条目里，或补上 'based_on'")


def _give_way(entry: Entry, other: Entry, where: Where, catalog: Catalog) -> Text:
    """What to do about an address that another entry has."""
    example = catalog.example.get("links", {})
    if other.id == catalog.exemplary and where[0] == "links" and entry.data["links"][where[1]] == example.get(where[1]):
        return NOT_YOURS
    return AGAIN if catalog.turn(entry) == ADDED else WHERE_IT_BELONGS


def example_left(catalog: Catalog) -> Iterator[Finding]:
    """A source is one of the entry's own, not that of the example which a new file holds.
    来源写条目自己的，不保留新建文件里示例的来源。
    """
    if not catalog.exemplary:
        return  # an entry that is checked by itself, or a catalog of other models
    examples = {source.get("url"): source for source in catalog.example.get("sources", ())}
    for entry in catalog.entries.values():
        for index, source in enumerate(entry.data["sources"]):
            left = examples.get(source.get("url", ""))
            if left and entry.id != catalog.exemplary and (source == left or not _akin(entry, catalog)):
                message = Text("this is the source of the example", "这是示例里的来源")
                repair = Text("write the source that you have read", "请写你自己查到的来源")
                yield Finding(entry, ("sources", index, "url"), message, repair)


def _akin(entry: Entry, catalog: Catalog) -> bool:
    """Whether an entry may have a source of the example's model: its maker's own, and what is built on it."""
    return entry.folder == folder_of(catalog.exemplary) or reaches(entry.id, catalog.exemplary, catalog.bases)


def _may_share(one: Entry, other: Entry, purpose: str, bases: Mapping[str, list[str]]) -> bool:
    """Whether two entries may give the same address for a purpose."""
    if one is other or (purpose != "weights" and _of_one_line(one, other)):
        return True
    return reaches(one.id, other.id, bases) or reaches(other.id, one.id, bases)


def _of_one_line(one: Entry, other: Entry) -> bool:
    return one.folder == other.folder and one.data.get("family", one.id) == other.data.get("family", other.id)


def _own_links(entry: Entry) -> Iterator[tuple[Where, str]]:
    """The addresses that belong to one entry only."""
    links = entry.data.get("links", {})
    for name in ("repository", "weights", "paper"):
        if name in links:
            yield ("links", name), links[name]
    for index, variant in enumerate(entry.data.get("variants", ())):
        if "weights" in variant:
            yield ("variants", index, "weights"), variant["weights"]
