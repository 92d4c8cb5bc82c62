"""What jsonschema finds, told at the very field: the value, what was expected, and the repair."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry

from catalog.amounts import amounts_meant, bare, counts_meant
from catalog.formats import FORMATS, checks
from catalog.names import HAN, NEAR, closest, folded, within, write, write_bare
from catalog.places import Where
from catalog.problem import Bare, Problem, Text, show
from catalog.schema import description
from catalog.source import EMPTY, NUMBER, WRITE_VALUE, Source

Json = dict[str, Any]
Words = Mapping[str, list[str]]  # the words for each id
ZH = 1  # the place of the Chinese label among them
Error = Any  # jsonschema's ValidationError, whose published types leave everything possibly unset


class Said(NamedTuple):
    """One explanation: the place, the words, whether the field's name is meant, and the value that surely is.

    `rule` is there if it is not the usual one of the error.
    """

    where: Where
    message: Text
    repair: Text | None = None
    key: bool = False
    better: str | None = None
    rule: str = ""


def explanations(source: Source, schema: Json) -> list[Problem]:
    """Explain everything in which a source does not fit a schema."""
    return list(dict.fromkeys(problem for error in errors(source.data, schema) for problem in _problems(error, source)))


def errors(data: object, schema: Json) -> list[Error]:
    """Find what does not fit; of several faults of one text, or of what is of the wrong kind, only the first."""
    checker = FormatChecker(formats=())
    for name, check in checks().items():
        checker.checks(name)(check)
    validator = Validator(schema, format_checker=checker, registry=Registry())
    found = sorted(validator.iter_errors(data), key=lambda error: (list(map(str, error.absolute_path)), _rank(error)))
    return [error for _, same in groupby(found, lambda error: list(error.absolute_path)) for error in _telling(same)]


def _rank(error: Error) -> int:
    return list(EXPLAINED).index(str(error.validator))


def _telling(same_place: Iterable[Error]) -> list[Error]:
    """Leave out what follows from another fault: a text that is no date need not be told to be shorter."""
    first, *others = same_place
    alone = first.validator == "type" or isinstance(first.instance, str)
    return [first] if alone else [first, *others]


def _whole(_validator: object, pattern: str, instance: object, _schema: object) -> Iterator[Error]:
    """Match the whole text, as other languages do: in Python `$` also stands before a last line break."""
    if isinstance(instance, str) and not re.fullmatch(pattern, instance):
        yield ValidationError(f"does not match {pattern}")


Validator = extend(Draft202012Validator, {"pattern": _whole})  # type: ignore[no-untyped-call]


def _problems(error: Error, source: Source) -> Iterator[Problem]:
    rule, explain = EXPLAINED[str(error.validator)]
    for said in explain(error, tuple(error.absolute_path)):
        yield source.problem(said.rule or rule, said.where, said.message, said.repair, key=said.key, better=said.better)


def _name(where: Where) -> str:
    """The field that a place belongs to."""
    return next((part for part in reversed(where) if isinstance(part, str)), "")


PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ./+-]|:(?=[^ ]))*")


def written(value: Any) -> str:
    """Write a value as YAML on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {written(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    text = str(value)
    return text if PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"


def _example(schema: Json) -> str:
    """The first example of a field, or the first value of a vocabulary, as it would be written."""
    return written(schema["examples"][0] if "examples" in schema else schema["oneOf"][0]["const"])


def _like(example: str) -> Text:
    return Text(f"write it like {example}", f"请写成 {example} 这样")


def _missing(error: Error, where: Where) -> Iterator[Said]:
    fields = error.schema["properties"]
    meant = [_field(other, fields) for other in error.instance if other not in fields]
    for name in error.validator_value:
        if name not in error.instance and [name] not in meant:
            line = f"{name}: {_example(fields[name])}"
            message = Text(f"{show(name)} is missing", f"缺少 {show(name)}")
            yield Said(where, message, Text(f"add a line such as {line}", f"请加一行，例如 {line}"), key=True)


def _unknown(error: Error, where: Where) -> Iterator[Said]:
    fields = error.schema["properties"]
    lost = dict(_unindented(error))
    for owner in dict.fromkeys(lost.values()):
        yield Said((*where, owner), EMPTY, _indent(name for name in lost if lost[name] == owner), rule="empty-value")
    for name in error.instance:
        if name not in fields and name not in lost:
            message = Text(f"{show(name)} is not a field here", f"这里没有 {show(name)} 这个字段")
            meant = _field(name, fields)
            repair = _elsewhere(name, error) or (write(*meant) if meant else _any(_called_so(fields)))
            yield Said((*where, name), message, repair, key=True)


def _unindented(error: Error) -> Iterator[tuple[str, str]]:
    """The fields that stand below an empty one to which they belong, each with that."""
    empty = ""
    for name, value in error.instance.items():
        if name in error.schema["properties"]:
            empty = name if value == "" else empty
        elif empty in _owners(name, error.schema) and "items" not in error.schema["properties"][empty]:
            yield name, empty


def _indent(names: Iterable[str]) -> Text:
    shown = [show(name) for name in names]
    return Text(
        f"indent by two spaces what belongs to it: {', '.join(shown)}",
        f"请把属于它的 {'、'.join(shown)} 缩进两个空格",
    )


def _field(name: str, fields: Json) -> list[str]:
    """The fields that somebody meant by another name."""
    return _meant(name, _called_so(fields), NEAR_FIELD, SLACK_FIELD)


def _called_so(fields: Json) -> Words:
    return {name: _words(field) for name, field in fields.items()}


def _elsewhere(name: str, error: Error) -> Text | None:
    """Say where a field belongs that stands one level too high: below what is empty, if that may be."""
    owners = _owners(name, error.schema)
    shown = [show(owner) for owner in owners if error.instance.get(owner) == ""] or [show(owner) for owner in owners]
    if not shown or len(shown) > MOST_MEANT:
        return None
    return Text(f"write it below {' or '.join(shown)}, indented", f"请缩进写在 {' 或 '.join(shown)} 之下")


def _owners(name: str, schema: Json) -> list[str]:
    """The groups of fields, and the lists of such groups, to which a field belongs."""
    known = schema.get("$defs", {})
    groups = {
        owner: known.get(field.get("$ref", "").removeprefix("#/$defs/"), field)
        for owner, field in schema["properties"].items()
    }
    return [owner for owner, group in groups.items() if name in group.get("items", group).get("properties", ())]


def _not_in_vocabulary(error: Error, where: Where) -> Iterator[Said]:
    message = Text(
        f"{show(error.instance)} is not a value of {show(_name(where))}",
        f"{show(error.instance)} 不是 {show(_name(where))} 的取值",
    )
    words = {value["const"]: _words(value) for value in error.schema["oneOf"]}
    better = _called(error.instance, words)
    meant = [better] if better else _meant(error.instance, words)
    every = _city(error.instance, words) if where[-1] == "region" else _any(words)
    yield Said(where, message, write(*meant) if meant else every, better=better)


def _words(field: Json) -> list[str]:
    """The words for a field or a value: its labels, English first and then Chinese, and others for the same."""
    return [*field["title"].split(" · "), *field.get("synonyms", ())]


def _called(value: str, words: Words) -> str | None:
    """The one id that is called so, or that is the same but for case and punctuation."""
    found = {name for name, called in words.items() if folded(value) in map(folded, (name, *called))}
    return found.pop() if len(found) == 1 else None


def _any(words: Words) -> Text:
    """Name all ids, for who meant none of them."""
    labelled = [f"{name}（{called[ZH]}）" for name, called in words.items()]
    return Text("use one of: " + ", ".join(words), "请用其中之一：" + "、".join(labelled))


def _city(value: str, words: Words) -> Text:
    """Say where a city is written: which province it is in, we do not know."""
    city, every = f"city: {written({'zh' if HAN.search(value) else 'en': value})}", _any(words)
    return Text(
        f"write the province here; a city goes below it: {city}; {every.en}",
        f"这里写省份，城市另写一行 {city}；{every.zh}",
    )


MOST_MEANT = 4  # ids that are offered; more are no help
SLACK = 1  # letters that a misspelt value has more or less: 'medical' is not 'media', though it has its letters
NEAR_FIELD = 0.75  # names of fields are short, and a wrong one may well be something else than a misspelling
SLACK_FIELD = 4  # 'release_date' is 'released'


def _meant(value: str, words: Words, near: float = NEAR, slack: int = SLACK) -> list[str]:
    """Find the ids that somebody meant by a misspelling or by one of their words; perhaps none."""
    labels = {word.lower(): name for name, called in words.items() for word in called}
    spellings = labels | {name.lower(): name for name in words}
    return list(dict.fromkeys(spellings[spelling] for spelling in _similar(value.lower(), spellings, near, slack)))


def _similar(value: str, spellings: Iterable[str], near: float, slack: int) -> list[str]:
    """The spellings that are the same but for punctuation; else those that say more or less; else the nearest."""
    keys = {spelling: folded(spelling) for spelling in spellings}
    same = [spelling for spelling, key in keys.items() if key == folded(value)]
    parts = [spelling for spelling in keys if within(value, spelling) or within(spelling, value)]
    as_long = [key for key in keys.values() if abs(len(key) - len(folded(value))) <= slack]
    nearest = closest(folded(value), as_long, near)
    return same or (parts if len(parts) <= MOST_MEANT else []) or [s for s, key in keys.items() if key in nearest]


KINDS = {
    "string": Text("text", "文本"),
    "integer": Text("a whole number without quotes", "不加引号的整数"),
    "number": Text("a number without quotes", "不加引号的数字"),
    "array": Text("a list", "列表"),
    "object": Text("fields on indented lines of their own", "另起一行、缩进书写的字段"),
}
GROUPS = {"dict": Text("a group of fields", "一组字段"), "list": Text("a list", "一个列表")}


def _kind(error: Error, where: Where) -> Iterator[Said]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    shown = show(error.instance)
    found = GROUPS.get(type(error.instance).__name__) or Text(shown, f" {shown}")
    message = Text(
        f"{found.en} stands here, expected {' or '.join(KINDS[kind].en for kind in wanted)}",
        f"这里是{found.zh}，应为{'或'.join(KINDS[kind].zh for kind in wanted)}",
    )
    meant = _converted(error.instance, wanted[-1], error.schema)
    counts = counts_meant(error.instance) if wanted == ["integer"] else []
    if counts:
        yield Said(where, message, write_bare(*counts), better=Bare(counts[0]) if len(counts) == 1 else None)
    elif meant is None:
        yield Said(where, message, _like(_example(error.schema)))
    else:
        repair = write_bare(meant) if isinstance(meant, Bare) else write(meant)
        yield Said(where, message, repair, better=meant if _sure(meant, error.schema) else None)


def _sure(meant: str, schema: Json) -> bool:
    """Whether nothing but the notation changes; a comma in a name need not part two names."""
    return not meant.startswith("[") or "$ref" in schema["items"] or "," not in meant


LONGEST_VALUE = 200  # characters of a value that a repair repeats


def _converted(value: Any, wanted: str, schema: Json) -> str | None:
    """Write a value as the kind that is wanted, where it is plain what that would be."""
    if wanted == "string" and isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return value[0]
    if not isinstance(value, str) or len(value) > LONGEST_VALUE:
        return None
    if wanted == "array" and schema["items"].get("type") != "object":
        parts = [part for part in re.split(r"\s*[,，、;；]\s*", value) if part]
        return Bare(written(parts)) if parts else None
    if wanted == "object" and set(schema["properties"]) == {"zh", "en"}:
        return Bare(written({"zh" if HAN.search(value) else "en": value}))
    number = re.sub(r"[\s,，_]", "", value)
    whole = "." not in number
    fits = NUMBER.fullmatch(number) and (wanted == "number" or (wanted == "integer" and whole))
    return Bare(number) if fits else None


def _format(error: Error, where: Where) -> Iterator[Said]:
    fault = FORMATS[error.validator_value](error.instance)
    if fault:
        repair = _page(error.instance, _name(where)) if error.validator_value == "web-address" else None
        yield Said(where, fault.message, repair or fault.repair, better=fault.better)


HOSTS = {"weights": "https://huggingface.co/", "repository": "https://github.com/"}
OWNED = re.compile(r"[A-Za-z0-9_-]+/[A-Za-z0-9_.-]+")


def _page(value: str, purpose: str) -> Text | None:
    """What somebody meant who wrote `org/model`, or who wrote `open` where the page of the weights belongs."""
    if purpose in HOSTS and OWNED.fullmatch(value):
        better = HOSTS[purpose] + value
        return Text(f"write {better} if that is the page", f"如果是这个页面，请写成 {better}")
    if purpose == "weights" and not re.search("[./:]", value):
        return Text(
            "give the page to download them from; whether they are open is said at the top: weights: open",
            "这里写下载页的网址；权重是否开放写在最外层：weights: open",
        )
    return None


def _pattern(error: Error, where: Where) -> Iterator[Said]:
    expected = description(error.schema)
    message = Text(
        f"{show(error.instance)} stands here, expected {expected.en}",
        f"这里是 {show(error.instance)}，应为{expected.zh}",
    )
    fitting = (guess for guess in _guesses(error.instance) if re.fullmatch(error.validator_value, guess))
    better = next(fitting, None)
    yield Said(where, message, write(better) if better else _like(_example(error.schema)), better=better)


def _guesses(value: str) -> Iterator[str]:
    """Ways in which somebody may have meant to write an id or an amount."""
    plain = bare(unicodedata.normalize("NFKC", value))
    yield re.sub(r"[\s,]", "", plain).upper()
    yield re.sub(r"[^a-z0-9./]+", "-", plain.lower()).strip("-")
    yield from amounts_meant(plain)


def _long(error: Error, where: Where) -> Iterator[Said]:
    length, limit = len(error.instance), error.validator_value
    message = Text(f"{length} characters, expected at most {limit}", f"有 {length} 个字符，最多 {limit} 个")
    yield Said(where, message, Text("shorten it", "请缩短"))


def _many(error: Error, where: Where) -> Iterator[Said]:
    length, limit = len(error.instance), error.validator_value
    message = Text(f"{length} values, expected at most {limit}", f"有 {length} 个值，最多 {limit} 个")
    yield Said(where, message, Text("keep those that matter", "请只保留重要的"))


def _empty(_: Error, where: Where) -> Iterator[Said]:
    yield Said(where, EMPTY, WRITE_VALUE)


def _repeated(error: Error, where: Where) -> Iterator[Said]:
    for index, item in enumerate(error.instance):
        if item in error.instance[:index]:
            message = Text(f"{show(item)} is listed twice", f"{show(item)} 重复列出")
            yield Said((*where, index), message, Text("delete one", "请删除一个"))


def _range(error: Error, where: Where) -> Iterator[Said]:
    low, high = error.schema["minimum"], error.schema["maximum"]
    message = Text(f"{error.instance} is not between {low} and {high}", f"{error.instance} 不在 {low} 与 {high} 之间")
    yield Said(where, message, Text("correct the number", "请更正数字"))


def _either(error: Error, where: Where) -> Iterator[Said]:
    names = [show(name) for part in error.validator_value for name in part["required"]]
    message = Text(f"neither {' nor '.join(names)} is given", f"缺少 {' 或 '.join(names)}")
    yield Said(where, message, Text("add one of them", "请至少写一个"))


# In this order, which puts what makes the rest of a place's faults meaningless first.
EXPLAINED: dict[str, tuple[str, Callable[[Error, Where], Iterator[Said]]]] = {
    "type": ("wrong-kind", _kind),
    "minLength": ("empty-value", _empty),
    "minItems": ("empty-value", _empty),
    "minProperties": ("empty-value", _empty),
    "oneOf": ("unknown-value", _not_in_vocabulary),
    "format": ("wrong-format", _format),
    "pattern": ("wrong-form", _pattern),
    "maxLength": ("too-long", _long),
    "maxItems": ("too-long", _many),
    "uniqueItems": ("repeated-value", _repeated),
    "minimum": ("out-of-range", _range),
    "maximum": ("out-of-range", _range),
    "required": ("missing-field", _missing),
    "anyOf": ("missing-field", _either),
    "additionalProperties": ("unknown-field", _unknown),
}
