"""docs/fields.md says all that the schema says, and what it shows can be written."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import scratch
from catalog.check import check
from catalog.entry import CHINA
from catalog.example import OFFERED
from catalog.export import as_json
from catalog.formats import calendar_date
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
        expected.append(
            [path, meaning, example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)]
        )
    for parse_ in PARSERS:
        found = rows(parse_(reference(schema, language)))[: len(expected)]
        assert [[path, meaning, example] for path, _, meaning, example in found] == expected


KINDS = [
    ("name", "group", "一组字段"),
    ("name.zh", "text", "文本"),
    ("aliases", "list: text", "列表：文本"),
    ("partners", "list: folder name", "列表：文件夹名"),
    ("domain", "word → domain", "词 → domain"),
    ("capabilities", "list: word → capability", "列表：词 → capability"),
    ("released", "date", "日期"),
    ("weights", "word → weights", "词 → weights"),
    ("license", "text or group", "文本或一组字段"),
    ("license.name", "text", "文本"),
    ("based_on", "list: entry id", "列表：条目编号"),
    ("variants", "list: group", "列表：一组字段"),
    ("variants[].name", "text", "文本"),
    ("variants[].parameters", "amount", "数量"),
    ("variants[].context", "whole number", "整数"),
    ("variants[].weights", "address", "网址"),
    ("links.weights", "address", "网址"),
    ("results[].scores.total", "number", "数"),
]


def kinds(schema: Schema, language: str) -> dict[str, str]:
    """What kind of value the page says that each field of an entry holds."""
    count = len([*fields(schema.entry)])
    return {path: kind for path, kind, *_ in rows(PARSERS[0](reference(schema, language)))[:count]}


@pytest.mark.parametrize(("path", "en", "zh"), KINDS)
def test_the_kind_of_a_value_is_told(path: str, en: str, zh: str, schema: Schema) -> None:
    assert [kinds(schema, language)[path] for language in LANGUAGES] == [en, zh]


def test_every_field_with_a_vocabulary_names_it(schema: Schema) -> None:
    for path, field, _ in fields(schema.entry):
        named = kinds(schema, "en")[path].partition("word → ")[2]
        assert named == vocabulary(field, schema)


# --- the conventions ----------------------------------------------------------------------------------------


def convention(schema: Schema, language: str, word: str) -> str:
    """The only line of the conventions that has a word in it."""
    (line,) = (line.text for line in parts(PARSERS[0](reference(schema, language)), "li") if word in line.text)
    return line


CONVENTIONS = [
    ("CN", "The list of Chinese models holds the organizations of these places: CN, HK, MO, TW.", "CN、HK、MO、TW。"),
    ("10^", "An amount is a number with a unit: K = 10^3, M = 10^6, B = 10^9, T = 10^12.", "B = 10^9、T = 10^12。"),
    (
        "360",
        "only context, open_multi_turn, opt_objective, rank, total are numbers.",
        "opt_objective、rank、total 是数。",
    ),
    ("alibaba/", "alibaba/qwen3 is entries/alibaba/qwen3.yaml.", "alibaba/qwen3 即 entries/alibaba/qwen3.yaml。"),
    ("_organization.yaml", "in _organization.yaml, or in one entry, under organization.", "organization 字段。"),
]


@pytest.mark.parametrize(("word", "en", "zh"), CONVENTIONS)
def test_a_convention_is_told(word: str, en: str, zh: str, schema: Schema) -> None:
    assert en in convention(schema, "en", word)
    assert zh in convention(schema, "zh", word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_conventions_say_is_so(language: str, schema: Schema) -> None:
    dates = re.findall("[0-9-]{4,}", convention(schema, language, "2025"))
    assert [calendar_date(date) for date in dates] == [None] * 3
    assert (ROOT / re.findall(r"entries/\S+\.yaml", convention(schema, language, "alibaba/"))[0]).exists()
    assert schema.labels("country").keys() >= CHINA


def test_the_names_that_stand_for_two_kinds_are_told_of(schema: Schema) -> None:
    """Those of an entry, beside the groups of an organization and the languages of a text."""
    found: dict[str, dict[str, str]] = {}
    for path, kind in kinds(schema, "en").items():
        found.setdefault(re.split("[.]", path)[-1], {})[path] = kind
    mixed = {name: {*where} for name, where in found.items() if len({*where.values()}) > 1}
    assert mixed == {
        "name": {"name", "license.name", "variants[].name"},
        "weights": {"weights", "variants[].weights", "links.weights"},
    }


# --- for programs -------------------------------------------------------------------------------------------


def program(language: str) -> str:
    """The program that the page shows."""
    (found,) = re.findall(
        "^```python\n(.*?)^```$", (ROOT / FILES[language]).read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    return found


def ran(root: Path) -> subprocess.CompletedProcess[bytes]:
    """What the program of the page does in a project; it prints the entries."""
    line = [sys.executable, "-c", f"{program('en')}\nprint(json.dumps(entries))"]
    return subprocess.run(line, cwd=root, env=scratch.environment(), capture_output=True, check=False)


def test_the_program_is_short_and_the_same_in_both_languages() -> None:
    assert program("en") == program("zh")
    assert len(program("en").splitlines()) <= 12
    assert re.findall("import .*", program("en")) == ["import json, jsonschema, pathlib, yaml"]


def test_the_program_reads_what_is_exported(schema: Schema) -> None:
    done = ran(ROOT)
    assert done.stderr == b""
    read = json.loads(done.stdout)
    for entry in read.values():
        entry.pop("organization", None)  # which the document has in a place of its own
    assert read == json.loads(as_json(check(ROOT, schema)[0]))["entries"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"model", b"models", b"'models' is not valid under any of the given schemas"),
        (b"status: available", b"released: 2023", b"'status' is a required property"),
        (b"sources", b"variants: [{name: '1', context: '0'}]\nsources", b"0 is less than the minimum of 1"),
    ],
)
def test_the_program_finds_what_does_not_fit(old: bytes, new: bytes, said: bytes, tmp_path: Path) -> None:
    root = scratch.make(tmp_path, {"acme/foo.yaml": scratch.right("Foo", "Acme").replace(old, new)})
    done = ran(root)
    assert done.returncode == 1
    assert said in done.stderr


@pytest.mark.parametrize("path", ["README.md", "README.zh.md"])
def test_the_readme_names_the_fields_that_hold_numbers(path: str, schema: Schema) -> None:
    (line,) = [line for line in (ROOT / path).read_text("utf-8").splitlines() if "scripts/export.py" in line]
    scores = schema.fields["results"]["items"]["properties"]["scores"]["properties"]
    named = {name for name in re.findall("`([a-z_]+)`", line) if name != "scores"}
    assert "`scores`" in line
    assert schema.numbers == named | scores.keys()


# --- the vocabularies ---------------------------------------------------------------------------------------


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
    ours = {"h1", "h2", "h3", "p", "ul", "li", "code", "pre", "strong", "br", "a", "span"}
    ours |= {"table", "thead", "tbody", "tr", "th", "td"}
    for parse_ in PARSERS:
        assert set(whole(parse_(reference(schema, language))).tags) <= ours


def test_the_texts_of_a_schema_are_inert() -> None:
    hostile = "<b>|*x* · [a](b)\n<i>|`y`"
    field = {"title": hostile, "description": hostile, "type": "string", "examples": [hostile]}
    schema = Schema({"properties": {"a|b": field}, "$defs": {"organization": {"properties": {}}}}, {})
    for parse_ in PARSERS:
        (row,) = rows(parse_(reference(schema, "en")))
        assert row == ["a|b", "text", "<b>|*x*<b>|*x* · [a](b)", "<b>|*x* · [a](b) <i>|`y`"]


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
    assert [*data["sources"][0]] == [*schema.fields["sources"]["examples"][0][0], "supports"]
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
