"""Which entries look like one thing listed twice, and which do not."""

from __future__ import annotations

from typing import Any

import pytest
from catalog.check import check
from catalog.entry import Catalog, Entry
from catalog.lookalikes import MOST, lookalikes
from catalog.schema import Schema
from catalog.source import Source
from scratch import ROOT


def entry(name: str, **data: Any) -> Entry:
    full = {"name": {"en": name}, **data}
    return Entry(data.pop("id", "acme/foo"), full, Source("", "", full))


def found(one: Entry, *others: Entry) -> list[tuple[str, str]]:
    """The ids that look like an entry, each with the reason."""
    catalog = Catalog({other.id: other for other in (one, *others)}, ())
    return [(like.other, like.reason.en) for like in lookalikes(one, catalog)]


SAME = [
    ("Foo Bar", "FooBar"),
    ("Foo-7B", "foo 7b"),
    ("Ｆｏｏ", "Foo"),
    ("Foo LLM", "Foo"),
    ("Foo Large Language Model", "Foo"),
    ("盘古大模型", "盘古"),
    ("Huozi大语言模型", "Huozi"),
]


@pytest.mark.parametrize(("name", "other"), SAME)
def test_the_same_name_is_seen_whatever_its_writing(name: str, other: str) -> None:
    assert found(entry(name), entry(other, id="bar/x")) == [("bar/x", f"it is called '{other}' too")]


NEAR = [
    ("InternLM", "InterLM"),
    ("DeepSeek-Coder", "DeepSeak-Coder"),
    ("Baichuan 2", "Baichaun 2"),
    ("Abcde", "Abcdef"),
    ("Foobarbaz Pro", "Foobarbaz Por"),
    ("Foobarbaz Vi", "Foobarbza Vi"),
    ("Abcdefghijkl", "Abcdefxhijklm"),
]


@pytest.mark.parametrize(("name", "other"), NEAR)
def test_a_misspelt_name_is_seen(name: str, other: str) -> None:
    assert found(entry(name), entry(other, id="bar/x")) == [("bar/x", f"its name '{other}' is nearly '{name}'")]


DIFFERENT = [
    ("Qwen2", "Qwen3"),
    ("GLM-4", "GLM-4.5"),
    ("Foobarbaz-7B", "Foobarbaz-13B"),
    ("Foobarbaz-1.5", "Foobarbaz-15B"),
    ("MiniCPM", "MiniCPM-V"),
    ("Long-MiniCPM-V", "Long-MiniCPM-o"),
    ("InternLM Math", "InternLM Math Chat"),
    ("Foobarbazquux Abc", "Foobarbazquux Abc Pro"),
    ("Foobarbazquux V", "Foobarbazquux Vit"),
    ("Foobarbaz", "Zabraboof"),
    ("开源盘古大语言文本二", "开源盘古大语言文本三"),
    ("LLM", "模型"),
    ("Abcd", "Abce"),
    ("Abcd", "Abcde"),
    ("Foobarbaz Vo", "Foobarbaz Vi"),
    ("Foo", "Bar"),
]


@pytest.mark.parametrize(("name", "other"), DIFFERENT)
def test_another_version_or_another_word_is_another_thing(name: str, other: str) -> None:
    assert found(entry(name), entry(other, id="bar/x")) == []
    assert found(entry(other), entry(name, id="bar/x")) == []


OLD = [f"a/{number}" for number in range(9, 0, -1)]
OTHER_REASONS: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"aliases": ["Quux"]}, {"aliases": ["quux"]}, "it is called 'quux' too"),
    ({}, {"former_ids": ["acme/foo"]}, "'acme/foo' is or was the id of both"),
    ({"former_ids": ["bar/x"]}, {}, "'bar/x' is or was the id of both"),
    ({"former_ids": ["a/b"]}, {"former_ids": ["a/b"]}, "'a/b' is or was the id of both"),
    ({"former_ids": [*OLD, "a/0"]}, {"former_ids": [*OLD[::-1], "a/0"]}, "'a/0' is or was the id of both"),
    ({"variants": [{"name": "Zed-7B"}]}, {"variants": [{"name": "zed 7B"}]}, "both have 'Zed-7B'"),
    ({"variants": [{"name": "Zed"}]}, {"variants": [{"name": "Zet"}]}, ""),
    ({"variants": [{"name": "Two"}]}, {}, "both have 'Two'"),
    ({}, {"variants": [{"name": "one"}]}, "both have 'one'"),
    (
        {"links": {"website": "https://www.acme.ai/foo/"}},
        {"links": {"website": "https://acme.ai/foo"}},
        "it links to 'https://acme.ai/foo' too",
    ),
    (
        {"links": {"paper": "https://arxiv.org/abs/2505.09388"}},
        {"links": {"website": "https://huggingface.co/papers/2505.09388"}},
        "it links to 'https://huggingface.co/papers/2505.09388' too",
    ),
    ({"links": {"api": "https://acme.ai/foo"}}, {"links": {"api": "https://acme.ai/foo"}}, ""),
]


@pytest.mark.parametrize(("data", "other", "reason"), OTHER_REASONS)
def test_ids_variants_and_pages_are_compared_too(data: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    expected = [("bar/x", reason)] if reason else []
    assert found(entry("One", **data), entry("Two", id="bar/x", **other)) == expected


REPOSITORY = {"links": {"repository": "https://github.com/acme/foo"}}
CHAT = {"links": {"demo": "https://chat.acme.ai/"}}
SHARED: list[tuple[dict[str, Any], dict[str, Any], str, bool]] = [
    (REPOSITORY | {"family": "Foo"}, REPOSITORY | {"family": "Foo"}, "acme/x", False),
    (REPOSITORY | {"family": "Foo"}, REPOSITORY | {"family": "Bar"}, "acme/x", True),
    (REPOSITORY, REPOSITORY, "acme/x", True),
    (REPOSITORY | {"family": "Foo"}, REPOSITORY | {"family": "Foo"}, "bar/x", True),
    (CHAT, CHAT | {"family": "Foo"}, "acme/x", False),
    (CHAT, CHAT, "bar/x", True),
]


@pytest.mark.parametrize(("data", "other", "name", "alike"), SHARED)
def test_a_line_shares_its_repository_and_a_maker_its_site(
    data: dict[str, Any], other: dict[str, Any], name: str, alike: bool
) -> None:
    assert bool(found(entry("One", **data), entry("Two", id=name, **other))) is alike


PAGES = [  # whether the same page makes two things alike that are of one line, of one maker, of two makers
    ("website", False, False, True),
    ("demo", False, False, True),
    ("app", False, False, True),
    ("repository", False, True, True),
    ("paper", False, True, True),
    ("weights", True, True, True),
    ("docs", False, False, False),
]


@pytest.mark.parametrize(("field", "line", "maker", "stranger"), PAGES)
def test_a_page_tells_more_the_less_it_is_shared(field: str, line: bool, maker: bool, stranger: bool) -> None:
    page = {"links": {field: "https://acme.ai/page"}}
    one = entry("One", family="Foo", **page)
    others = [("Foo", "acme/x"), ("Bar", "acme/x"), ("Foo", "bar/x")]
    alike = [bool(found(one, entry("Two", id=name, family=family, **page))) for family, name in others]
    assert alike == [line, maker, stranger]


def test_variants_that_are_called_by_their_size_alone_are_not_alike() -> None:
    sizes = {"variants": [{"name": "7B"}, {"name": "0.5b"}]}
    assert found(entry("One", **sizes), entry("Two", id="bar/x", **sizes)) == []


@pytest.mark.parametrize(("one", "other"), [({"based_on": ["bar/x"]}, {}), ({}, {"based_on": ["acme/foo"]})])
def test_what_one_is_based_on_is_another_thing(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert found(entry("Foo", **one), entry("Foo", id="bar/x", **other)) == []


def test_an_entry_is_not_like_itself() -> None:
    assert found(entry("Foo")) == []


def test_the_best_reasons_come_first_and_five_are_enough() -> None:
    near = [entry("Foobarbza", id=f"near/{number}") for number in range(MOST)]
    same = entry("foobarbaz", id="z/same")
    others = [other for other, _ in found(entry("Foobarbaz"), *near, same)]
    assert others == ["z/same", "near/0", "near/1", "near/2", "near/3"]


def test_reasons_stand_by_their_weight_and_equal_ones_by_the_id() -> None:
    one = entry("Foo", variants=[{"name": "Two"}], former_ids=["a/old"])
    others = [entry("Two", id="a/1"), entry("foo", id="b/1"), entry("FOO", id="b/2"), entry("Old", id="a/old")]
    assert found(one, *others) == [
        ("a/old", "'a/old' is or was the id of both"),
        ("b/1", "it is called 'foo' too"),
        ("b/2", "it is called 'FOO' too"),
        ("a/1", "both have 'Two'"),
    ]


IN_CHINESE: list[tuple[dict[str, Any], str, dict[str, Any], str]] = [
    ({"former_ids": ["bar/x"]}, "Other", {}, "'bar/x' 是两者现在或曾用的编号"),
    ({}, "foobarbaz", {}, "它也叫 'foobarbaz'"),
    (
        {"links": {"app": "https://acme.ai/x"}},
        "Other",
        {"links": {"app": "https://acme.ai/x"}},
        "它也链接到 'https://acme.ai/x'",
    ),
    ({"variants": [{"name": "Zed"}]}, "Other", {"variants": [{"name": "zed"}]}, "两者都有 'Zed'"),
    ({}, "Foobarbza", {}, "它的名称 'Foobarbza' 与 'Foobarbaz' 相近"),
]


@pytest.mark.parametrize(("data", "name", "other", "reason"), IN_CHINESE)
def test_every_reason_is_told_in_chinese_too(
    data: dict[str, Any], name: str, other: dict[str, Any], reason: str
) -> None:
    catalog = Catalog({"bar/x": entry(name, id="bar/x", **other)}, ())
    assert [like.reason.zh for like in lookalikes(entry("Foobarbaz", **data), catalog)] == [reason]


def test_nearly_every_entry_of_the_catalog_is_like_no_other(schema: Schema) -> None:
    catalog, _ = check(ROOT, schema)
    alike = [entry.id for entry in catalog.entries.values() if lookalikes(entry, catalog)]
    assert len(alike) * 20 < len(catalog.entries), alike
