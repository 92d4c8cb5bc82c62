"""docs/fields.md says all that the schema says, and what it shows can be written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from catalog.check import check
from catalog.example import OFFERED
from catalog.problem import Text
from catalog.reference import reference
from catalog.schema import Schema, description, title
from catalog.skeleton import skeleton
from catalog.source import parse
from catalog.wording import LANGUAGES, either, other, say
from rendered import PARSERS, parts, whole

ROOT = Path(__file__).parents[1]
FILES = {"en": "docs/fields.md", "zh": "docs/fields.zh.md"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_written_reference_is_current(language: str, schema: Schema) -> None:
    assert (ROOT / FILES[language]).read_bytes().decode() == reference(schema, language)


def fields(owner: Any, prefix: str = "") -> Iterator[tuple[str, Any, bool]]:
    """Every field of a schema by its path, with what the schema says of it and whether it is required."""
    for name, field in owner.get("properties", {}).items():
        yield prefix + name, field, name in owner.get("required", ())
        yield from fields(field, f"{prefix}{name}.")
        yield from fields(field.get("items", {}), f"{prefix}{name}[].")


def rows(html: str) -> list[list[str]]:
    """The texts of every row of every table but its head."""
    found = re.findall("<tr>.*?</tr>", html, re.DOTALL)
    return [[cell.text for cell in parts(row, "td")] for row in found if "<td" in row]


def vocabulary(field: Any, schema: Schema) -> str:
    """The name of the vocabulary that a field's values come from."""
    name = (field.get("$ref") or field.get("items", {}).get("$ref", "/")).rpartition("/")[2]
    return name if "oneOf" in schema.entry["$defs"].get(name, {}) else ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_is_explained_in_the_order_of_the_schema(language: str, schema: Schema) -> None:
    expected = []
    for path, field, required in [*fields(schema.entry), *fields(schema.entry["$defs"]["organization"])]:
        example = field["examples"][0]
        meaning = say(title(field), language) + (" ★" if required else "") + say(description(field), language)
        if vocabulary(field, schema):
            meaning += f" → {vocabulary(field, schema)}"
        expected.append(
            [path, meaning, example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)]
        )
    for parse_ in PARSERS:
        assert rows(parse_(reference(schema, language)))[: len(expected)] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_every_vocabulary_is_explained(language: str, schema: Schema) -> None:
    written = rows(PARSERS[0](reference(schema, language)))
    vocabularies = [words["oneOf"] for words in schema.entry["$defs"].values() if "oneOf" in words]
    assert len(vocabularies) > 5
    for value in (value for values in vocabularies for value in values):
        assert [value["const"], say(title(value), language), say(description(value), language)] in written


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_with_a_vocabulary_leads_to_it(language: str, schema: Schema) -> None:
    page = whole(PARSERS[0](reference(schema, language)))
    anchors = page.values("id")
    assert len(anchors) == len(set(anchors))
    assert {link.removeprefix("#") for link in page.values("href")} == set(anchors)
    assert "domain" in anchors


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_other_element_comes_out_of_the_words_of_the_schema(language: str, schema: Schema) -> None:
    ours = {"h1", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "strong", "br", "a", "span"}
    for parse_ in PARSERS:
        assert set(whole(parse_(reference(schema, language))).tags) <= ours


def test_the_texts_of_a_schema_are_inert() -> None:
    hostile = "<b>|*x* · [a](b)\n<i>|`y`"
    field = {"title": hostile, "description": hostile, "examples": [hostile]}
    schema = Schema({"properties": {"a|b": field}, "$defs": {"organization": {"properties": {}}}}, {})
    for parse_ in PARSERS:
        (row,) = rows(parse_(reference(schema, "en")))
        assert row == ["a|b", "<b>|*x*<b>|*x* · [a](b)", "<b>|*x* · [a](b) <i>|`y`"]


# --- the skeleton of a new entry ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_skeleton_is_a_right_entry(language: str, schema: Schema, project) -> None:
    catalog, problems = check(project({"entries/acme/foo.yaml": skeleton(schema, language).encode()}), schema)
    assert problems == []
    assert list(catalog.entries) == ["acme/foo"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_skeleton_shows_each_field_with_its_meaning_above(language: str, schema: Schema) -> None:
    text = skeleton(schema, language)
    data = parse(text.encode(), "entries/acme/foo.yaml", schema.numbers).source.data
    assert tuple(data) == OFFERED
    for name in OFFERED:
        assert f"\n# {say(description(schema.fields[name]), language)}\n{name}:" in text
        if name != "sources":
            assert data[name] == schema.fields[name]["examples"][0]
    assert [*data["sources"][0]] == [*schema.fields["sources"]["examples"][0][0]]
    assert set(data["sources"][0]["supports"]) < set(OFFERED)


def test_a_skeleton_is_written_in_blocks() -> None:
    examples = {
        "name": {"en": "Foo"},
        "organization": {"name": {"en": "Acme"}, "kind": "company"},
        "links": {"demo": "https://acme.ai/"},
        "sources": [{"url": "https://acme.ai/", "supports": ["variants"]}],
    }
    fields_ = {
        name: {"description": f"{name} in English\n{name} 的说明", "examples": [examples.get(name, "x")]}
        for name in OFFERED
    }
    head, *rest = skeleton(Schema({"properties": fields_}, {}), "zh").split("\n# name 的说明\n")
    assert head == (
        "# 请把文件名里的 ORGANIZATION 和 MODEL 换成英文名或拼音（小写字母、数字、'-' 和 '.'）。\n"
        "# 以下内容只是示例：请逐项换成你的内容，没有来源的请删除。\n"
        "# 如果 entries/ 里已有该机构的文件夹，请删去 organization 一段。以 # 开头的行是说明，可以删去。"
    )
    assert rest == [
        "name:\n  en: Foo\n"
        "# organization 的说明\norganization:\n  name:\n    en: Acme\n  kind: company\n"
        "# type 的说明\ntype: x\n# domain 的说明\ndomain: x\n"
        "# released 的说明\nreleased: x\n# status 的说明\nstatus: x\n"
        "# links 的说明\nlinks:\n  demo: https://acme.ai/\n"
        "# sources 的说明\nsources:\n  - url: https://acme.ai/\n    supports: [name, released, status, links]\n"
    ]


def test_a_skeleton_fits_into_an_address(schema: Schema) -> None:
    """GitHub and browsers cut an address of more than 8,000 bytes."""
    for language in LANGUAGES:
        encoded = sum(3 if byte > 127 else 1 for byte in skeleton(schema, language).encode())
        assert encoded < 5000


# --- two languages ------------------------------------------------------------------------------------------


def test_a_sentence_is_said_in_english_unless_chinese_is_asked_for() -> None:
    assert LANGUAGES == ("en", "zh")
    assert [say(Text("yes", "是"), language) for language in ("en", "zh", "fr")] == ["yes", "是", "yes"]


@pytest.mark.parametrize(
    ("text", "language", "first", "second"),
    [
        ({"zh": "通义", "en": "Qwen"}, "en", "Qwen", "通义"),
        ({"zh": "通义", "en": "Qwen"}, "zh", "通义", "Qwen"),
        ({"en": "Qwen"}, "zh", "Qwen", ""),
        ({"zh": "通义"}, "en", "通义", ""),
        ({"zh": "Qwen", "en": "Qwen"}, "en", "Qwen", ""),
        ({}, "en", "", ""),
    ],
)
def test_a_missing_language_falls_back_to_the_other(text, language, first, second) -> None:
    assert (either(text, language), other(text, language)) == (first, second)
