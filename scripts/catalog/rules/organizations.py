"""Rules for organizations: who describes them, and where they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from catalog.entry import Catalog
from catalog.files import ORGANIZATION
from catalog.names import folded
from catalog.problem import Text, show
from catalog.rules.finding import Finding
from catalog.rules.references import references


def organization_missing(catalog: Catalog) -> Iterator[Finding]:
    """An organization is described in its folder: inside an entry, or in `_organization.yaml`.
    机构在自己的文件夹里介绍：写在某个条目里，或写在 `_organization.yaml` 里。
    """
    folders = Counter(entry.folder for entry in catalog.entries.values())
    for entry in catalog.entries.values():
        if entry.folder not in catalog.perhaps_described:
            message = Text(f"nothing here says who {show(entry.folder)} is", f"没有文件介绍机构 {show(entry.folder)}")
            yield Finding(entry, (), message, _description_of(entry.folder, alone=folders[entry.folder] == 1))


# What a description needs, to be copied; the values stand in for those of the organization.
LINES = ("name: {zh: '名称', en: Name}", "kind: company", "location: {country: CN, region: beijing}")


def _description_of(folder: str, *, alone: bool) -> Text:
    """Where and how to describe an organization that has one entry or more."""
    if alone:
        line = f"organization: {{{', '.join(LINES)}}}"
        return Text(f"add a line, with its own values: {line}", f"请加一行，换成该机构的内容：{line}")
    file = f"entries/{folder}/{ORGANIZATION}"
    lines = " / ".join(LINES)
    return Text(
        f"add {file} with {len(LINES)} lines, with its own values: {lines}",
        f"请添加 {file}，写 {len(LINES)} 行，换成该机构的内容：{lines}",
    )


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
    """An organization has an entry, or another file names it.
    机构要么有条目，要么被其他文件提到。
    """
    if catalog.unread:
        return  # nobody knows what they name
    named = {entry.folder for entry in catalog.entries.values()} | {wanted for _, _, wanted in references(catalog)}
    for organization in catalog.organizations.values():
        if organization.id not in named:
            message = Text(
                f"{show(organization.id)} has no entry, and nothing names it",
                f"{show(organization.id)} 没有条目，也没有文件提到它",
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
