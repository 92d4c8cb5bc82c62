"""What jsonschema finds, told at the very field: the value, what was expected, and the repair."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry

from catalog.formats import FORMATS
from catalog.problem import Problem, Text, show
from catalog.source import Source, Where

Json = dict[str, Any]
Error = Any  # jsonschema's ValidationError, whose published types leave everything possibly unset


class Said(NamedTuple):
    """One explanation: the place, the words, and whether the field's name is meant."""

    where: Where
    message: Text
    repair: Text | None = None
    key: bool = False


def explanations(source: Source, schema: Json) -> list[Problem]:
    """Explain everything in which a source does not fit a schema."""
    checker = FormatChecker(formats=())
    for name, find in FORMATS.items():
        checker.checks(name)(lambda value, find=find: find(value) is None)
    validator = Draft202012Validator(schema, format_checker=checker, registry=Registry())
    return list(
        dict.fromkeys(problem for error in validator.iter_errors(source.data) for problem in _problems(error, source))
    )


def _problems(error: Error, source: Source) -> Iterator[Problem]:
    rule, explain = EXPLAINED[str(error.validator)]
    for said in explain(error, tuple(error.absolute_path)):
        yield source.problem(rule, said.where, said.message, said.repair, key=said.key)


def _name(where: Where) -> str:
    """The field that a place belongs to."""
    return next((part for part in reversed(where) if isinstance(part, str)), "")


def _example(schema: Json) -> str:
    """The first example of a field, as it would be written."""
    example = schema.get("examples", ["…"])[0]
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)


def _missing(error: Error, where: Where) -> Iterator[Said]:
    for name in error.validator_value:
        if name not in error.instance:
            example = (
                f"{name}: {_example(error.schema['properties'][name])}"
                if "properties" in error.schema
                else f"{name}: …"
            )
            message = Text(f"{show(name)} is missing", f"缺少 {show(name)}")
            yield Said(where, message, Text(f"add a line such as {example}", f"请加一行，例如 {example}"), key=True)


def _unknown(error: Error, where: Where) -> Iterator[Said]:
    known = list(error.schema.get("properties", {}))
    for name in error.instance:
        if name not in known:
            message = Text(f"{show(name)} is not a field here", f"这里没有 {show(name)} 这个字段")
            yield Said((*where, name), message, _did_you_mean(name, known), key=True)


def _did_you_mean(value: str, known: list[str]) -> Text:
    near = get_close_matches(value.lower(), known, 1, 0.6)
    if near:
        return Text(f"write '{near[0]}'", f"请写成 '{near[0]}'")
    allowed = ", ".join(known)
    return Text(f"use one of: {allowed}", f"请用其中之一：{allowed}")


def _not_in_vocabulary(error: Error, where: Where) -> Iterator[Said]:
    values = {value["const"]: value["title"] for value in error.validator_value}
    if not isinstance(error.instance, str):
        return  # the type is told already
    message = Text(
        f"{show(error.instance)} is not a value of {show(_name(where))}",
        f"{show(error.instance)} 不是 {show(_name(where))} 的取值",
    )
    yield Said(where, message, _meant(error.instance, values))


def _meant(value: str, values: dict[str, str]) -> Text:
    """Find the value whose id or label somebody meant; else name them all."""
    spellings = {
        spelling.lower(): const for const, label in values.items() for spelling in (const, *label.split(" · "))
    }
    near = get_close_matches(value.lower(), spellings, 1, 0.6)
    if near:
        const = spellings[near[0]]
        return Text(f"write '{const}'", f"请写成 '{const}'")
    return Text(
        "use one of: " + ", ".join(values),
        "请用其中之一：" + "、".join(f"{const}（{label.split(' · ')[-1]}）" for const, label in values.items()),
    )


KINDS = {
    "string": Text("text", "文本"),
    "integer": Text("a whole number without quotes", "不加引号的整数"),
    "number": Text("a number without quotes", "不加引号的数字"),
    "array": Text("a list", "列表"),
    "object": Text("fields on indented lines of their own", "另起缩进行书写的字段"),
}


GROUPS = {"dict": Text("a group of fields", "一组字段"), "list": Text("a list", "一个列表")}


def _kind(error: Error, where: Where) -> Iterator[Said]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    found = GROUPS.get(type(error.instance).__name__)
    value = found or Text(show(error.instance), show(error.instance))
    message = Text(
        f"{value.en} stands here, expected {' or '.join(KINDS[kind].en for kind in wanted)}",
        f"这里是{value.zh}，应为{'或'.join(KINDS[kind].zh for kind in wanted)}",
    )
    example = _as_list(error.instance) if wanted == ["array"] else _example(error.schema)
    repair = Text(f"write it like {example}", f"请写成 {example} 这样") if example != "…" else None
    yield Said(where, message, repair)


def _as_list(value: object) -> str:
    return f"[{value}]" if isinstance(value, str) else "[…]"


def _format(error: Error, where: Where) -> Iterator[Said]:
    fault = FORMATS[error.validator_value](error.instance)
    if fault:
        yield Said(where, *fault)


def _pattern(error: Error, where: Where) -> Iterator[Said]:
    message = Text(f"{show(error.instance)} is not written as expected", f"{show(error.instance)} 的写法不对")
    example = _example(error.schema)
    yield Said(where, message, Text(f"write it like {example}", f"请写成 {example} 这样"))


def _long(error: Error, where: Where) -> Iterator[Said]:
    length, limit = len(error.instance), error.validator_value
    yield Said(
        where,
        Text(f"{length} characters, at most {limit} are shown", f"有 {length} 个字符，最多 {limit} 个"),
        Text("shorten it", "请缩短"),
    )


def _empty(error: Error, where: Where) -> Iterator[Said]:
    if error.instance:
        yield Said(where, Text(f"fewer than {error.validator_value} values", f"少于 {error.validator_value} 个值"))
    else:
        yield Said(
            where,
            Text("nothing stands here", "这里是空的"),
            Text("write a value, or delete the field", "请写上值，或删除该字段"),
        )


def _repeated(error: Error, where: Where) -> Iterator[Said]:
    for index, item in enumerate(error.instance):
        if item in error.instance[:index]:
            yield Said(
                (*where, index),
                Text(f"{show(item)} is listed twice", f"{show(item)} 重复列出"),
                Text("delete one", "请删除一个"),
            )


def _range(error: Error, where: Where) -> Iterator[Said]:
    low, high = error.schema.get("minimum"), error.schema.get("maximum")
    yield Said(
        where, Text(f"{error.instance} is not between {low} and {high}", f"{error.instance} 不在 {low} 与 {high} 之间")
    )


def _either(error: Error, where: Where) -> Iterator[Said]:
    names = [name for part in error.validator_value for name in part["required"]]
    message = Text(f"neither {' nor '.join(map(show, names))} is given", f"缺少 {' 或 '.join(map(show, names))}")
    yield Said(where, message, Text("add one of them", "请至少写一个"))


EXPLAINED: dict[str, tuple[str, Callable[[Error, Where], Iterator[Said]]]] = {
    "required": ("missing-field", _missing),
    "additionalProperties": ("unknown-field", _unknown),
    "oneOf": ("unknown-value", _not_in_vocabulary),
    "type": ("wrong-kind", _kind),
    "format": ("wrong-format", _format),
    "pattern": ("wrong-form", _pattern),
    "maxLength": ("too-long", _long),
    "minLength": ("empty-value", _empty),
    "minItems": ("empty-value", _empty),
    "minProperties": ("empty-value", _empty),
    "uniqueItems": ("repeated-value", _repeated),
    "minimum": ("out-of-range", _range),
    "maximum": ("out-of-range", _range),
    "anyOf": ("missing-field", _either),
}
