"""The forms for issues, made from the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from catalog.places import Where
from catalog.problem import Text
from catalog.schema import Schema, description, title

FOLDER = ".github/ISSUE_TEMPLATE"
NEW_MODEL = "new model"  # the label of an issue that becomes a pull request
FORMS = MISSING_MODEL, CORRECTION, TOOLS, CONFIG = (
    f"{FOLDER}/1-missing-model.yml",
    f"{FOLDER}/2-correction.yml",
    f"{FOLDER}/3-tools.yml",
    f"{FOLDER}/config.yml",
)
GENERATED = "# Generated from schema/; do not edit.\n"

# What is asked besides the file's name, the organization, the sources and the remarks, in this order.
BEFORE: tuple[Where, ...] = (("name", "en"), ("name", "zh"))
MAKER: tuple[Where, ...] = (
    ("organization", "kind"),
    ("organization", "location", "country"),
    ("organization", "location", "region"),
)
ABOUT: tuple[Where, ...] = (
    ("type",),
    ("domain",),
    ("status",),
    ("released",),
    ("weights",),
    ("license",),
    ("links", "website"),
    ("links", "repository"),
    ("links", "weights"),
    ("links", "paper"),
    ("summary", "en"),
    ("summary", "zh"),
    ("sources", 0, "kind"),
)
CHOSEN: tuple[Where, ...] = (("type",), ("domain",), ("status",))  # a form cannot be sent without these
OPTIONAL_MAKER: Where = ("organization", "location", "region")


class Asked(NamedTuple):
    """One field of a form: its id, its heading, what is meant, and the values to choose from, if any."""

    id: str
    label: Text
    note: Text
    example: str = ""
    where: Where = ()
    options: Mapping[str, Text] = {}
    needed: bool = False
    long: bool = False

    @property
    def heading(self) -> str:
        """The label as it stands in the form and in the issue."""
        return self.label.both


FILE = Asked(
    "file",
    Text("File name", "文件名"),
    Text(
        "Needed only if there is no English name: the name in Latin letters or pinyin.",
        "没有英文名时才需要：用拉丁字母或拼音书写的名称。",
    ),
    "tongyi-qianwen-3",
)
ORGANIZATION = Asked(
    "organization",
    Text("Organization", "机构"),
    Text(
        "Its name, or its folder below entries/; if a new one has two names, write both: 阿里云 / Alibaba Cloud.",
        "机构名称，或它在 entries/ 下的文件夹名；新机构如有中英文两种名称，请都写上：阿里云 / Alibaba Cloud。",
    ),
    "alibaba",
    needed=True,
)
SOURCES = Asked(
    "sources",
    Text("Addresses of the sources", "来源网址"),
    Text("Where the facts come from, one address a line.", "事实来自哪些网页，每行一个网址。"),
    needed=True,
    long=True,
)
REMARKS = Asked(
    "remarks",
    Text("Remarks", "备注"),
    Text("For the maintainer; they do not go into the entry.", "写给维护者，不会写入条目。"),
    long=True,
)
WHICH = Asked(
    "entry",
    Text("Entry", "条目"),
    Text("Its id or a link to it.", "条目的编号或链接。"),
    "alibaba/qwen3",
    needed=True,
)
WRONG = Asked(
    "wrong",
    Text("What is wrong", "哪里有误"),
    Text("The field and what stands there.", "字段和现在的内容。"),
    needed=True,
    long=True,
)
RIGHT = Asked("right", Text("What is right", "正确内容"), Text("What should stand there.", "应改成的内容。"), long=True)
DONE = Asked(
    "done",
    Text("What you did", "你做了什么"),
    Text("The command, or the page and the button.", "运行的命令，或哪个页面的哪个按钮。"),
    needed=True,
    long=True,
)
HAPPENED = Asked(
    "happened",
    Text("What happened", "发生了什么"),
    Text("What was printed or shown, as it is.", "原样贴上输出或显示的内容。"),
    needed=True,
    long=True,
)
ONLY_NEW = Text("Only if the organization has no folder yet.", "机构还没有文件夹时才需要。")
FIRST_SOURCE = Text("Of the first address.", "指第一个网址。")


def asked(schema: Schema) -> tuple[Asked, ...]:
    """List the fields of the form for a missing model.

    Those of several lines come last: only there can somebody type what looks like the heading of another field,
    and by then every other field has its answer.
    """
    one_line = [_asked(where, schema) for where in BEFORE] + [FILE, ORGANIZATION]
    one_line += [_asked(where, schema) for where in (*MAKER, *ABOUT)]
    return *one_line, SOURCES, REMARKS


def _asked(where: Where, schema: Schema) -> Asked:
    """Ask for a field of the schema in its own words."""
    titles, found = _on_the_way(where, schema)
    first, last = titles[0], titles[-1]
    label = Text(f"{first.en} ({last.en})", f"{first.zh}（{last.zh}）") if len(titles) > 1 else first
    options = {word["const"]: title(word) for word in found.get("oneOf", ())}
    example = found["examples"][0] if not options else ""
    note = _with(description(found), ONLY_NEW if where in MAKER else FIRST_SOURCE if where[0] == "sources" else None)
    return Asked("-".join(map(str, where)), label, note, example, where, options, where in CHOSEN)


def _with(one: Text, other: Text | None) -> Text:
    return Text(f"{one.en} {other.en}", f"{one.zh}{other.zh}") if other else one


def _on_the_way(where: Where, schema: Schema) -> tuple[list[Text], Any]:
    """Give the titles on the way to a field, and its schema."""
    here: Any = schema.entry
    titles = []
    for step in where:
        here = schema.resolved(here["items"] if isinstance(step, int) else here["properties"][step])
        titles += [] if isinstance(step, int) else [title(here)]
    return titles, here


CORRECTION_FORM = (
    Text("Something is wrong with an entry", "条目有误"),
    Text(
        "Tell us what is wrong, and which source says what is right.", "告诉我们哪里有误，以及哪个来源写了正确的内容。"
    ),
    "correction",
)
MISSING_FORM = (
    Text("A model is missing", "缺少模型"),
    Text(
        "Tell us about a model or product; a check answers in the issue within minutes.",
        "告诉我们缺少哪个模型或产品；几分钟内会在议题（issue）里收到检查结果。",
    ),
    NEW_MODEL,
)
TOOLS_FORM = (
    Text("Something is wrong with the tools", "工具有误"),
    Text("A command, a check or a page does not do what it should.", "命令、检查或页面没有按应有的方式工作。"),
    "tools",
)


def forms(schema: Schema, home: str) -> dict[str, str]:
    """Give the texts of the forms by their paths; `home` is the address of the project."""
    return {
        MISSING_MODEL: _form(*MISSING_FORM, asked(schema)),
        CORRECTION: _form(*CORRECTION_FORM, (WHICH, WRONG, RIGHT, SOURCES)),
        TOOLS: _form(*TOOLS_FORM, (DONE, HAPPENED)),
        CONFIG: _config(home),
    }


def _form(name: Text, about: Text, label: str, fields: Sequence[Asked]) -> str:
    body = [_element(one) for one in fields]
    return _yaml({"name": name.both, "description": about.both, "labels": [label], "body": body})


def _element(one: Asked) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": one.heading, "description": f"{one.note.en} {one.note.zh}"}
    if one.options:
        attributes["options"] = [_option(value, label) for value, label in one.options.items()]
    elif one.example:
        attributes["placeholder"] = one.example
    kind = "dropdown" if one.options else "textarea" if one.long else "input"
    needed = {"validations": {"required": True}} if one.needed else {}
    return {"type": kind, "id": one.id, "attributes": attributes, **needed}


def _option(value: str, label: Text) -> str:
    return f"{label.both} ({value})"


def _config(home: str) -> str:
    link = {
        "name": Text("Add or correct an entry yourself", "自己添加或更正条目").both,
        "url": f"{home}/blob/main/CONTRIBUTING.md",
        "about": Text("In the browser, without any program.", "在浏览器里完成，无需任何程序。").both,
    }
    return _yaml({"blank_issues_enabled": False, "contact_links": [link]})


def _yaml(data: dict[str, Any]) -> str:
    return GENERATED + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
