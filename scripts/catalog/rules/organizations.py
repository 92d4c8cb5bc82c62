"""Rules for organizations: who describes them, and where they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from catalog.entry import ADDED, LEFT_ALONE, MAINLAND, Catalog, Organization
from catalog.files import ORGANIZATION
from catalog.names import folded
from catalog.problem import Text, show
from catalog.rules.finding import DELETE_ONE, Finding
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
            message = Text(f"the organization is described in {place} too", f"{place} 也介绍了该机构")
            repair = DELETE_ONE if catalog.turn(organization) == LEFT_ALONE else DELETE_HERE
            yield Finding(organization, (), message, repair, key=True)


DELETE_HERE = Text("delete it here", "请在这里删除")


def repeated_organization(catalog: Catalog) -> Iterator[Finding]:
    """Two organizations do not have the same name.
    两个机构不能同名。
    """
    seen: dict[str, str] = {}
    for organization in catalog.in_turn(catalog.organizations.values()):
        for language, name in organization.data["name"].items():
            other = seen.setdefault(folded(name), organization.id)
            if other != organization.id:
                message = Text(f"{show(other)} is also called {show(name)}", f"{show(other)} 也叫 {show(name)}")
                repair = _into(organization, other) if catalog.turn(organization) == ADDED else ONE_FOLDER
                yield Finding(organization, ("name", language), message, repair)


ONE_FOLDER = Text("use one folder for one organization", "一个机构只用一个文件夹")


def _into(organization: Organization, folder: str) -> Text:
    """How a description that came later gives way to the folder that was there."""
    there = f"entries/{folder}/"
    if organization.where:
        return Text(
            f"move this file to {there} and delete 'organization' in it",
            f"请把本文件移到 {there}，并删去其中的 'organization'",
        )
    return Text(f"delete this file and use the folder {there}", f"请删除本文件，改用文件夹 {there}")


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
        if "region" in location and location["country"] != MAINLAND:
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
