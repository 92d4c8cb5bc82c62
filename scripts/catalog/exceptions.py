"""Known exceptions to the rules, each with its reason, in one file."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from catalog.names import nearest
from catalog.places import Where
from catalog.problem import Problem, Text, show
from catalog.rules import RULES
from catalog.source import Source, read

FILE = "schema/exceptions.yaml"
FIELDS = {  # each with an example
    "rule": "unencrypted-address",
    "file": "entries/acme/foo.yaml",
    "found": "http://acme.cn/",
    "reason": "the host has no https",
}
Key = tuple[str, ...]  # the rule, the file, and what is found there
DELETE = Text("delete it", "请删除")


@dataclass(frozen=True)
class Exceptions:
    """What is excused, each with the problem to tell if nothing needs it, and what is wrong with the file itself."""

    excused: Mapping[Key, Problem] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def files(self) -> frozenset[str]:
        """The files in which something is excused."""
        return frozenset(file for _, file, _ in self.excused)

    def apply(self, problems: Iterable[Problem], *, complete: bool) -> Iterator[Problem]:
        """Let through what no exception excuses.

        If all files fit, and so went through all rules (`complete`), tell which exceptions excuse nothing.
        """
        used = set()
        for problem in problems:
            key = (problem.rule, problem.file, problem.found.strip("'\""))
            if key in self.excused:
                used.add(key)
            else:
                yield problem
        yield from self.problems
        if complete:
            yield from (unused for key, unused in self.excused.items() if key not in used)


def load(root: Path, files: Collection[str]) -> Exceptions:
    """Read the exceptions of a project that has these files; without exceptions, it needs no file for them."""
    if not os.path.lexists(root / FILE):
        return Exceptions()
    reading = read(root / FILE, FILE, frozenset())
    if reading.source is None:
        return Exceptions({}, tuple(reading.problems))
    excused, problems = _sorted_out(reading.source, files)
    return Exceptions(excused, (*reading.problems, *problems))


class _Fault(NamedTuple):
    """What is wrong with the file or with an exception: where in it, the words, and whether the name is meant."""

    where: Where
    message: Text
    repair: Text
    key: bool = False

    def problem(self, source: Source, *around: str | int) -> Problem:
        where = (*around, *self.where)
        return source.problem("exceptions-file", where, self.message, self.repair, key=self.key)


def _sorted_out(source: Source, files: Collection[str]) -> tuple[dict[Key, Problem], list[Problem]]:
    """Give the exceptions that are as they should be, and the problems of the others."""
    excused: dict[Key, Problem] = {}
    problems = [fault.problem(source) for fault in _around(source.data)]
    items = source.data.get("exceptions")
    for index, item in enumerate(items if isinstance(items, list) else ()):
        faults = list(_faults(item, files)) or list(_again(item, excused))
        problems += [fault.problem(source, "exceptions", index) for fault in faults]
        if not faults:
            message = Text("nothing needs this exception any more", "已经没有问题需要这个例外")
            excused[_key(item)] = source.problem("unused-exception", ("exceptions", index), message, DELETE)
    return excused, problems


def _key(item: Mapping[str, str]) -> Key:
    return item["rule"], item["file"], item["found"]


def _around(data: Mapping[str, Any]) -> Iterator[_Fault]:
    """The file holds one list and nothing else."""
    repair = Text("the file holds one list, 'exceptions'", "文件只含一个列表 'exceptions'")
    for name in data:
        if name != "exceptions":
            yield _Fault(
                (name,), Text(f"{show(name)} is not a field here", f"这里没有 {show(name)} 这个字段"), repair, True
            )
    if not isinstance(data.get("exceptions"), list):
        yield _Fault(("exceptions",), Text("no list of exceptions stands here", "这里没有例外列表"), repair)


def _faults(item: Any, files: Collection[str]) -> Iterator[_Fault]:
    """What is wrong with one exception."""
    names = ", ".join(FIELDS)
    if not isinstance(item, dict):
        message = Text("an exception is not made of fields", "例外不是由字段组成的")
        yield _Fault((), message, Text(f"write {names}", f"请写明 {names}"))
        return
    for name in item:
        if name not in FIELDS:
            message = Text(f"{show(name)} is not a field of an exception", f"例外没有 {show(name)} 这个字段")
            yield _Fault((name,), message, nearest(name, FIELDS) or Text(f"use {names}", f"请用 {names}"), True)
    for name, example in FIELDS.items():
        if name not in item:
            message = Text(f"{show(name)} is missing", f"缺少 {show(name)}")
            line = f"{name}: {example}"
            yield _Fault((), message, Text(f"add a line such as {line}", f"请加一行，例如 {line}"))
        else:
            yield from _value(name, item[name], files)


def _value(name: str, value: Any, files: Collection[str]) -> Iterator[_Fault]:
    """What is wrong with one field of an exception."""
    if not isinstance(value, str) or not value.strip():
        message = Text(f"{show(name)} says nothing", f"{show(name)} 没有内容")
        example = FIELDS[name]
        yield _Fault((name,), message, Text(f"write it like {example}", f"请写成 {example} 这样"))
    elif name == "rule" and value not in RULES:
        message = Text(f"{show(value)} is not a rule that allows exceptions", f"{show(value)} 不是允许例外的规则")
        every = Text(f"use one of: {', '.join(RULES)}", f"请用其中之一：{', '.join(RULES)}")
        yield _Fault((name,), message, nearest(value, RULES) or every)
    elif name == "file" and value not in files:
        message = Text(f"there is no file {show(value)}", f"没有文件 {show(value)}")
        gone = Text("correct it, or delete the exception", "请更正，或删除这个例外")
        yield _Fault((name,), message, nearest(value, files) or gone)


def _again(item: Mapping[str, str], excused: Mapping[Key, Problem]) -> Iterator[_Fault]:
    if _key(item) in excused:
        yield _Fault((), Text("this exception is listed twice", "这个例外重复列出"), DELETE)
