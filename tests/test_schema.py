"""The schema: what it says of itself, what it refuses, and that its two validators agree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from casefile import CASES, cases
from catalog.explain import EXPLAINED, errors, explanations, written
from catalog.formats import FORMATS, calendar_date, checks, licence_id, spdx_id
from catalog.names import closest, folded, nearest, within
from catalog.schema import Schema, description, quick, title
from catalog.source import Source, parse
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import _WrappedReferencingError as Unresolvable

ROOT = Path(__file__).parents[1]
SCHEMA = Schema.load(ROOT / "schema")
SAID = {"$schema", "$ref", "$defs", "title", "description", "examples", "properties", "items", "const"}
HAN = re.compile("[\u4e00-\u9fff]")
SOME = settings(derandomize=True, deadline=None, max_examples=200)


def nodes(schema: Any, way: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema inside a schema, with the way to it."""
    yield way, schema
    for group, step in (("properties", ""), ("$defs", "$defs/")):
        for name, inner in schema.get(group, {}).items():
            yield from nodes(inner, f"{way}/{step}{name}")
    if "items" in schema:
        yield from nodes(schema["items"], f"{way}/[]")


NODES = dict(nodes(SCHEMA.entry))
FIELDS = {f"{way}/{name}": field for way, node in NODES.items() for name, field in node.get("properties", {}).items()}
VOCABULARIES = {way.removeprefix("/$defs/"): node for way, node in NODES.items() if "oneOf" in node}


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """A schema with what its reference says."""
    return node | SCHEMA.entry["$defs"].get(node.get("$ref", "").removeprefix("#/$defs/"), {})


def fits(data: Any, node: dict[str, Any]) -> bool:
    return bool(quick({**node, "$defs": SCHEMA.entry["$defs"]}).is_valid(data))


# --- what the schema says of itself -------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted((ROOT / "schema").glob("*.json")), ids=lambda path: path.name)
def test_a_schema_file_is_json_schema_of_2020(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_every_keyword_is_explained_or_says_nothing_about_what_fits() -> None:
    used = {keyword for node in NODES.values() for keyword in node}
    assert used <= {*SAID, *EXPLAINED}
    assert {*EXPLAINED} <= used


def test_every_format_is_checked() -> None:
    assert {node["format"] for node in NODES.values() if "format" in node} == {*FORMATS} == {*checks()}


def test_only_local_references_are_made() -> None:
    text = "".join(path.read_text("utf-8") for path in (ROOT / "schema").glob("*.json"))
    targets = set(re.findall(r'"\$ref": "([^"]*)"', text))
    assert {target.partition("#")[0] for target in targets} == {"", "vocabularies.json", "entry.schema.json"}
    assert {node["$ref"].removeprefix("#/$defs/") for node in NODES.values() if "$ref" in node} == {
        *SCHEMA.entry["$defs"]
    }


def test_the_schema_of_an_organization_for_editors_is_the_one_that_is_checked() -> None:
    written_for_editors = json.loads((ROOT / "schema/organization.schema.json").read_text("utf-8"))
    assert written_for_editors["$ref"] == "entry.schema.json" + SCHEMA.organization["$ref"]


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_a_field_has_a_title_a_description_and_an_example_that_fits(field: dict[str, Any]) -> None:
    assert re.fullmatch(r"[^·]+ · [^·]+", field["title"])
    assert HAN.search(title(field).zh) or title(field).en == title(field).zh
    en, zh = field["description"].split("\n")
    assert en
    assert not HAN.search(en)
    assert HAN.search(zh)
    assert description(field) == (en, zh)
    assert field["examples"]
    assert [example for example in field["examples"] if not fits(example, field)] == []


@pytest.mark.parametrize(("way", "node"), NODES.items(), ids=NODES)
def test_what_can_be_of_a_wrong_kind_has_an_example_to_show(way: str, node: dict[str, Any]) -> None:
    if "type" in node and way:
        example = node["examples"][0] if "examples" in node else node["oneOf"][0]["const"]
        assert fits(example, node)


@pytest.mark.parametrize("node", NODES.values(), ids=NODES)
def test_everything_has_a_kind_and_bounds(node: dict[str, Any]) -> None:
    kinds = [node.get("type")] if isinstance(node.get("type"), str) else node.get("type", [])
    assert kinds or "$ref" in node
    for kind, bound in (("string", "maxLength"), ("array", "maxItems"), ("integer", "maximum")):
        assert kind not in kinds or bound in node or "oneOf" in node or node.get("format") == "spdx-id"
    assert ("minimum" in node) == ("maximum" in node)
    assert {node.get(keyword, 1) for keyword in ("minLength", "minItems", "minProperties")} == {1}


@pytest.mark.parametrize("node", NODES.values(), ids=NODES)
def test_unknown_names_are_refused_everywhere(node: dict[str, Any]) -> None:
    if "object" in node.get("type", ()):
        assert node["additionalProperties"] is False
        assert {*node.get("required", ())} <= {*node["properties"]}
        assert not fits({**resolved(node).get("examples", [{}])[-1], "zzz": "1"}, node)
    assert not {"patternProperties", "propertyNames", "unevaluatedProperties"} & {*node}


def test_every_pattern_is_anchored_and_says_what_it_wants() -> None:
    patterns = {way: node for way, node in NODES.items() if "pattern" in node}
    assert [way for way, node in patterns.items() if not re.fullmatch(r"\^[^|]*\$", node["pattern"])] == []
    assert [way for way, node in patterns.items() if not HAN.search(node["description"].split("\n")[1])] == []
    assert len(patterns) == 3


def test_a_name_that_is_a_number_somewhere_is_a_number_everywhere() -> None:
    kinds: dict[str, set[bool]] = {}
    for way, field in FIELDS.items():
        number = resolved(field).get("type") in ("integer", "number")
        kinds.setdefault(way.rpartition("/")[2], set()).add(number)
    assert {name for name, found in kinds.items() if len(found) > 1} == set()
    assert {name for name, found in kinds.items() if True in found} == SCHEMA.numbers
    assert SCHEMA.numbers == {"context", "rank", "total", "open_multi_turn", "opt_objective"}


@pytest.mark.parametrize(("name", "words"), VOCABULARIES.items(), ids=VOCABULARIES)
def test_every_word_of_a_vocabulary_has_a_label_in_both_languages(name: str, words: dict[str, Any]) -> None:
    labels = SCHEMA.labels(name)
    assert [word["const"] for word in words["oneOf"]] == [*labels]
    assert len(labels) == len(words["oneOf"])
    assert len({label.en for label in labels.values()}) == len({label.zh for label in labels.values()}) == len(labels)
    for word in words["oneOf"]:
        assert re.fullmatch(r"[^·]+ · [^·]+", word["title"])
        assert {*word} <= {"const", "title", "synonyms", "description"}
        assert not HAN.search(title(word).en)
        assert len(word.get("description", "\n").split("\n")) == 2
    unnamed = [key for key, label in labels.items() if not HAN.search(label.zh)]
    assert unnamed in ([], ["superclue"])  # a proper name
    called = [{called.lower() for called in (*title(word), *word.get("synonyms", ()))} for word in words["oneOf"]]
    assert sum(map(len, called)) == len(set().union(*called))


def test_nothing_is_no_entry_and_no_organization() -> None:
    assert not fits({}, SCHEMA.entry)
    assert not fits({}, SCHEMA.organization)
    required = {name for name in SCHEMA.fields if name in SCHEMA.entry["required"]}
    assert required == {"name", "type", "domain", "status", "sources"}
    assert SCHEMA.entry["$defs"]["organization"]["required"] == ["name", "kind", "location"]


def test_an_entry_needs_each_of_its_required_fields() -> None:
    whole = {name: field["examples"][0] for name, field in SCHEMA.fields.items()}
    assert fits(whole, SCHEMA.entry)
    for name in SCHEMA.fields:
        rest = {key: value for key, value in whole.items() if key != name}
        assert fits(rest, SCHEMA.entry) == (name not in SCHEMA.entry["required"])


# --- nothing is fetched, nothing is overlooked --------------------------------------------------------------

ELSEWHERE = {"$ref": "https://acme.ai/schema.json"}


def test_a_reference_to_another_place_is_not_followed() -> None:
    with pytest.raises(jsonschema_rs.ValidationError, match="Retrieval is disabled"):
        quick(ELSEWHERE)
    with pytest.raises(Unresolvable, match="Unresolvable"):
        errors({}, ELSEWHERE)


def test_a_format_that_nobody_checks_is_an_error() -> None:
    with pytest.raises(jsonschema_rs.ValidationError, match="Unknown format"):
        quick({"format": "calender-date"})


def test_what_fits_needs_no_explanation(monkeypatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "catalog.explain", None)  # importing it would fail
    whole = {name: field["examples"][0] for name, field in SCHEMA.fields.items()}
    assert SCHEMA.problems(Source("entries/acme/foo.yaml", "", whole)) == []


# --- the two validators agree -------------------------------------------------------------------------------


ENTRY, ORGANIZATION = quick(SCHEMA.entry), quick(SCHEMA.organization)


def disagree(data: Any) -> bool:
    return bool(ENTRY.is_valid(data)) is bool(errors(data, SCHEMA.entry))


def sources_of_cases() -> list[tuple[str, Source]]:
    """Every entry of every case file that can be read."""
    found = []
    for path in sorted(CASES.glob("*.txt")):
        for case in cases(path):
            for name, raw in case.files.items():
                source = parse(raw, name, SCHEMA.numbers).source if name.startswith("entries/") else None
                found += [(f"{path.stem}: {case.title}", source)] if source else []
    return found


def test_the_validators_agree_on_every_case() -> None:
    found = sources_of_cases()
    assert len(found) > 200
    assert [title for title, source in found if disagree(source.data)] == []
    alone = [(title, source.data) for title, source in found if source.path.endswith("/_organization.yaml")]
    assert len(alone) > 10
    assert [
        title for title, data in alone if ORGANIZATION.is_valid(data) is bool(errors(data, SCHEMA.organization))
    ] == []


def repository() -> list[dict[str, Any]]:
    paths = sorted(ROOT.glob("entries/*/[!_]*.yaml"))
    sources = [parse(path.read_bytes(), path.name, SCHEMA.numbers).source for path in paths]
    return [source.data for source in sources if source]


REAL = repository()


def test_the_validators_agree_on_every_entry() -> None:
    assert len(REAL) > 300
    assert [data["name"] for data in REAL if errors(data, SCHEMA.entry) or not ENTRY.is_valid(data)] == []


JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(
            "",
            " ",
            "x",
            "a\n",
            "meta/llama\n",
            "7B\n",
            "2023\n",
            "zh\n",
            "x" * 501,
            "字" * 121,
            "𠀀" * 80,
            "2023-02-30",
        ),
        *("2023/7", "https://127.0.0.1/", "https://acme.ai/x\n", "MIT\n", "GPL-3.0", "7b", "Meta/Llama", "open ", "é"),
        *(0, -1, 1.0, 0.5, 131072.0, 10**9 + 1, 10**15 - 1, -(10**14), [], {}, [[]], [{}], {"": ""}, {"zh": ""}),
        *(["a", "a"], ["text", "text"], ["text", 1], [1, 1.0], [{"name": "a"}, {"name": "a"}], {"zh": "a", "fr": "b"}),
    ]
)


def valued(node: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that mostly fit a schema."""
    node = resolved(node)
    good: st.SearchStrategy[Any] = st.sampled_from(node.get("examples") or [word["const"] for word in node["oneOf"]])
    if "properties" in node:
        fields = {name: valued(inner) for name, inner in node["properties"].items()}
        must = {name: fields[name] for name in node.get("required", ())}
        good |= st.fixed_dictionaries(must, optional={name: fields[name] for name in fields if name not in must})
    elif "items" in node:
        good |= st.lists(valued(node["items"]), max_size=3)
    return st.integers(0, 19).flatmap(lambda number: JUNK if number == 0 else good)


@SOME
@given(valued({key: value for key, value in SCHEMA.entry.items() if key != "$schema"} | {"examples": [{}]}))
def test_the_validators_agree_on_made_up_entries(data: Any) -> None:
    assert not disagree(data)


def ways(data: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value of an entry."""
    if way:
        yield way
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield from ways(value, (*way, key))


@st.composite
def mutated(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A real entry, and the same with one small change."""
    before = draw(st.sampled_from(REAL))
    data = deepcopy(before)
    *above, last = draw(st.sampled_from(list(ways(data))))
    owner = data
    for step in above:
        owner = owner[step]
    change = draw(st.sampled_from(["delete", "replace", "repeat", "rename", "add"]))
    if change == "delete":
        del owner[last]
    elif change == "replace":
        owner[last] = draw(JUNK)
    elif isinstance(owner, list):
        owner.append(deepcopy(owner[last]))
    elif change == "rename":
        owner[draw(st.sampled_from(["zzz", "Name", "url\n", "名称"]))] = owner.pop(last)
    elif isinstance(owner[last], str):
        owner[last] += draw(st.sampled_from(["\n", " ", "x", "。", "é", "\u0301", "0"]))
    else:
        owner["zzz"] = "1"
    return before, data


@SOME
@given(mutated())
def test_the_validators_agree_on_entries_with_a_small_change(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    assert not disagree(pair[1])


SURROGATES = re.compile(r"(?:\\u[0-9a-f]{4}){2}")  # JSON's way to write what YAML writes as one


def whole(match: re.Match[str]) -> str:
    text: str = json.loads(f'"{match[0]}"')
    return text if len(text) == 1 else match[0]


@SOME
@given(mutated())
def test_whatever_does_not_fit_is_explained_without_a_fault_of_ours(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    source = Source("entries/acme/foo.yaml", SURROGATES.sub(whole, json.dumps(pair[1])), pair[1])
    found = explanations(source, SCHEMA.entry)
    assert bool(found) is not ENTRY.is_valid(pair[1])
    for problem in found:
        assert problem.message.en
        assert HAN.search(problem.message.zh)


# --- what somebody meant ------------------------------------------------------------------------------------


def repair(text: str, organization: bool = False) -> str:
    """The repair of the only problem of an entry with these lines."""
    rest = "" if organization else "name: {en: Foo}\ntype: model\nstatus: available\nsources: [{title: Foo}]\n"
    head = (
        "name: {en: Acme}\nkind: company\n" if organization else rest + ("" if "domain:" in text else "domain: law\n")
    )
    source = parse((head + text).encode(), "entries/acme/foo.yaml", SCHEMA.numbers).source
    assert source
    (problem,) = SCHEMA.problems(source, organization=organization)
    return problem.repair.en if problem.repair else ""


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        *[
            (spelling, key)
            for key, label in SCHEMA.labels("domain").items()
            for spelling in (label.en, label.zh, label.en.lower(), key.upper(), key.replace("-", " "))
            if spelling != key
        ],
        ("health care", "healthcare"),
        ("healtcare", "healthcare"),
        ("医疗", "healthcare"),
        ("金融", "finance"),
        ("investment", "finance"),
        ("通用领域", "general"),
        ("custommer-servce", "customer-service"),
    ],
)
def test_a_label_or_a_misspelling_leads_to_the_id(value: str, meant: str) -> None:
    assert repair(f"domain: {value}\n") == f"write '{meant}'"


@pytest.mark.parametrize("name", sorted(set(SCHEMA.labels("language")) - {"zh", "en"}))
def test_the_name_of_a_language_leads_to_its_code(name: str) -> None:
    for label in SCHEMA.labels("language")[name]:
        if label != name:
            assert repair(f"languages: [{label}]\n") == f"write '{name}'"


@pytest.mark.parametrize(("name", "field"), SCHEMA.fields.items(), ids=SCHEMA.fields)
def test_the_title_of_a_field_leads_to_its_name(name: str, field: dict[str, Any]) -> None:
    for label in title(field):
        if label != name:
            assert repair(f"{label}: foo\n") == f"write '{name}'"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("naem: foo", "write 'name'"),
        ("licence: MIT", "write 'license'"),
        ("basedOn: [a/b]", "write 'based_on'"),
        ("release_date: 2023", "write 'released'"),
        ("demo: https://acme.ai/", "write it below 'links', indented"),
        ("context: 4096", "write it below 'variants', indented"),
        ("accessed: 2023", "write it below 'sources', indented"),
        ("input: [text]", "write it below 'modalities', indented"),
        ("links: {homepage: x}", "use one of: " + ", ".join(SCHEMA.fields["links"]["properties"])),
        ("url: https://acme.ai/", "write it below 'license' or 'sources', indented"),
    ],
)
def test_an_unknown_field_is_told_what_it_may_be(line: str, said: str) -> None:
    assert repair(line + "\n") == said


def test_all_values_are_named_in_chinese_with_their_labels() -> None:
    source = parse(b"name: {en: Acme}\nkind: xyz\nlocation: {country: US}\n", "o.yaml", SCHEMA.numbers).source
    assert source
    (problem,) = SCHEMA.problems(source, organization=True)
    assert problem.message.zh == "'xyz' 不是 'kind' 的取值"
    assert problem.repair
    assert problem.repair.zh == (
        "请用其中之一：company（企业）、university（高校）、institute（科研院所）、government（政府）、community（社区）、individual（个人）"
    )


@pytest.mark.parametrize(("way", "field"), FIELDS.items(), ids=FIELDS)
def test_an_example_reads_as_itself_when_it_is_written_on_one_line(way: str, field: dict[str, Any]) -> None:
    name = way.rpartition("/")[2]
    for example in field["examples"]:
        reading = parse(f"{name}: {written(example)}\n".encode(), "foo.yaml", SCHEMA.numbers)
        assert reading.problems == []
        assert reading.source
        assert reading.source.data == {name: example}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"a": ["b c", "d, e"], "f": 1}, "{a: [b c, 'd, e'], f: 1}"),
        ("it's: so", "'it''s: so'"),
        ("通义", "'通义'"),
        ("https://acme.ai/a-b_c", "'https://acme.ai/a-b_c'"),
        ("", "''"),
        (" a", "' a'"),
        ("a: b", "'a: b'"),
    ],
)
def test_a_value_is_quoted_where_it_would_read_as_something_else(value: Any, shown: str) -> None:
    assert written(value) == shown


# --- formats and names --------------------------------------------------------------------------------------

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DATES = [
    ("2023", None, None),
    ("2023-07", None, None),
    ("2024-02-29", None, None),
    ("1950", None, None),
    ("2099-12-31", None, None),
    ("1949", "'1949' is not between 1950 and 2099", "correct the year"),
    ("2100-01", "'2100-01' is not between 1950 and 2099", "correct the year"),
    ("2023-02-29", "'2023-02-29' is not in the calendar: February 2023 has 28 days", "correct the month or the day"),
    ("2023-13", "'2023-13' is not in the calendar: a year has 12 months", "correct the month or the day"),
    ("2023-00", "'2023-00' is not in the calendar: a year has 12 months", "correct the month or the day"),
    ("2023-7", "'2023-7' is not a date", "write 2023-07"),
    ("2023/7/6", "'2023/7/6' is not a date", "write 2023-07-06"),
    ("2023.07.06", "'2023.07.06' is not a date", "write 2023-07-06"),
    ("2023 - 07", "'2023 - 07' is not a date", "write 2023-07"),
    ("2023年", "'2023年' is not a date", "write 2023"),
    ("2023年7月", "'2023年7月' is not a date", "write 2023-07"),
    ("2023 年 7 月 6 日", "'2023 年 7 月 6 日' is not a date", "write 2023-07-06"),
    ("2023年7月6号", "'2023年7月6号' is not a date", "write 2023-07-06"),
    ("２０２３年７月", "'２０２３年７月' is not a date", "write 2023-07"),
    ("20230706", "'20230706' is not a date", "write 2023-07-06"),
    ("July 2023", "'July 2023' is not a date", "write 2023-07"),
    ("Sept. 6th, 2023", "'Sept. 6th, 2023' is not a date", "write 2023-09-06"),
    ("6 Dec 2023", "'6 Dec 2023' is not a date", "write 2023-12-06"),
    *[
        (f"{month} 2023", f"'{month} 2023' is not a date", f"write 2023-{number:02}")
        for number, month in enumerate(MONTHS, 1)
    ],
    ("2023/13/45", "'2023/13/45' is not in the calendar: a year has 12 months", "correct the month or the day"),
    ("Foo 2023", "'Foo 2023' is not a date", "write 2024, 2024-01 or 2024-01-31"),
    ("Maybe 2023", "'Maybe 2023' is not a date", "write 2024, 2024-01 or 2024-01-31"),
    ("Decade 2020", "'Decade 2020' is not a date", "write 2024, 2024-01 or 2024-01-31"),
    ("07/06/2023", "'07/06/2023' is not a date", "write 2024, 2024-01 or 2024-01-31"),
    ("2023-07-06\n", "'2023-07-06<U+000A>' is not a date", "write 2023-07-06"),
    ("٢٠٢٣", "'٢٠٢٣' is not a date", "write 2024, 2024-01 or 2024-01-31"),
]


@pytest.mark.parametrize(("value", "message", "said"), DATES)
def test_a_date(value: str, message: str | None, said: str | None) -> None:
    fault = calendar_date(value)
    assert (fault and fault.message.en, fault and fault.repair and fault.repair.en) == (message, said)


NOT_LISTED = "look for the id at https://spdx.org/licenses/, or write {name: ..., url: ...} if it has none"
LICENCES = [
    ("MIT", None),
    ("Apache-2.0", None),
    ("CC-BY-NC-SA-4.0", None),
    ("Apache 2.0", "write Apache-2.0"),
    ("apache-2.0", "write Apache-2.0"),
    ("Apache License, Version 2.0", "write Apache-2.0"),
    ("The MIT License", "write MIT"),
    ("Appache-2.0", "write Apache-2.0"),
    ("Apache", "write Apache-1.0 or Apache-1.1 or Apache-2.0"),
    ("CC BY-NC 4.0", "write CC-BY-NC-4.0"),
    ("cc-by-nc-4", "write CC-BY-NC-4.0"),
    ("BSD 3-Clause", "write BSD-3-Clause"),
    ("GPLv3", "write GPL-3.0-only or GPL-3.0-or-later"),
    ("GNU GPL v3.0", "write GPL-3.0-only or GPL-3.0-or-later"),
    ("GPL-3.0", "write GPL-3.0-only or GPL-3.0-or-later"),
    ("GPL-2.0+", "write GPL-2.0-or-later"),
    ("AGPL-3.0", "write AGPL-3.0-only or AGPL-3.0-or-later"),
    ("eCos-2.0", "see https://spdx.org/licenses/eCos-2.0.html for the new id"),
    ("zlibb", "write Zlib"),
    ("mitt", NOT_LISTED),  # too short to be a misspelling
    ("BSD", NOT_LISTED),
    ("GPL", NOT_LISTED),
    ("Llama 2", NOT_LISTED),
    ("MIT OR Apache-2.0", NOT_LISTED),
    ("木兰", NOT_LISTED),
    ("licence", NOT_LISTED),
]


@pytest.mark.parametrize(("value", "said"), LICENCES)
def test_a_licence(value: str, said: str | None) -> None:
    fault = spdx_id(value)
    assert (fault and fault.repair and fault.repair.en) == said


def test_a_licence_has_an_id_by_its_name_only_if_it_is_that_very_licence() -> None:
    named = {name: licence_id(name) for name in ("Apache License 2.0", "mit", "Apache License", "GPL-3.0", "", "木兰")}
    assert named == {
        "Apache License 2.0": "Apache-2.0",
        "mit": "MIT",
        "Apache License": None,
        "GPL-3.0": None,
        "": None,
        "木兰": None,
    }


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("GPT-4", "gpt 4", True),
        ("ＧＰＴ４", "GPT-4", True),
        ("Straße", "STRASSE", True),
        ("夫子·明察", "夫子•明察", True),
        ("Cafe\u0301", "Café", True),
        ("①", "1", True),
        ("C++", "C", False),
        ("Qwen 1.5", "Qwen 15", False),
        ("GPT-4", "GPT-5", False),
        ("通义", "通意", False),
        ("+", "-", False),
        ("!", "?", False),
    ],
)
def test_names_are_the_same_but_for_case_width_and_punctuation(one: str, other: str, same: bool) -> None:
    assert (folded(one) == folded(other)) is same
    assert folded(one)


@pytest.mark.parametrize(
    ("wanted", "known", "found"),
    [
        ("llamma", ["llama", "llava"], ["llama"]),
        ("ac", ["ab", "ad"], []),
        ("abc", ["abd", "abe"], ["abd", "abe"]),
        ("abc", ["abe", "abd"], ["abe", "abd"]),
        ("abc", ["ab1", "ab2", "ab3", "ab4", "ab5"], ["ab2", "ab3", "ab4", "ab5"]),
        ("xyz", ["abc"], []),
        ("", ["abc"], []),
        ("abc", [], []),
    ],
)
def test_the_closest_spellings_are_found_in_their_order(wanted: str, known: list[str], found: list[str]) -> None:
    assert closest(wanted, known) == found


def test_of_several_equally_near_ids_none_is_preferred() -> None:
    said = nearest("abc", {"abe", "abd"})
    assert said == ("did you mean 'abd' or 'abe'?", "是不是 'abd' 或 'abe'？")


HOSTILE = [
    (start + unit * 2000)[:1990] + end
    for start in ("", "2023-1-", "a/", "7", "Jan")
    for unit in ("a", "0", ".", "-", "a.", "a-", "a/", " ", "年", "月", "\u3000", "ﷺ", "1 ")
    for end in ("", "!", "\n", "B")
]


def test_no_pattern_and_no_format_takes_long_on_hostile_text() -> None:
    """A pattern that backtracks would take minutes; so would a search for what somebody meant."""
    line = {
        "based_on": [],
        "partners": [],
        "released": "",
        "training_tokens": "",
        "license": "",
        "domain": "",
        "name": {},
    }
    for text in HOSTILE:
        data = {name: [text] if value == [] else text for name, value in line.items()}
        assert not ENTRY.is_valid(data)
    source = Source("foo.yaml", "", dict.fromkeys(line, HOSTILE[7]) | {HOSTILE[9]: "1"})
    assert explanations(source, SCHEMA.entry)
    assert [text for text in HOSTILE if calendar_date(text) is None or spdx_id(text) is None] == []


@pytest.mark.parametrize(
    ("part", "whole", "inside"),
    [
        ("foo bar", "foo bar", True),
        ("bar", "foo-bar baz", True),
        ("foo bar", "foo", False),
        ("foo", "foobar", False),
        ("", "foo", False),
        ("医疗", "医疗健康", True),
        ("医", "医疗健康", False),
        ("健医", "医疗健康", False),
    ],
)
def test_whole_words_stand_in_another_text(part: str, whole: str, inside: bool) -> None:
    assert within(part, whole) is inside
