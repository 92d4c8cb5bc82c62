"""Known exceptions to the rules, each with its reason, in one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.problem import Problem, Text, show
from catalog.source import Source, at, read

FILE = "schema/exceptions.yaml"
FIELDS = ("rule", "file", "found", "reason")


@dataclass(frozen=True)
class Exceptions:
    """The exceptions as written, and what is wrong with the file itself."""

    source: Source | None
    problems: tuple[Problem, ...]

    def apply(self, problems: list[Problem]) -> Iterator[Problem]:
        """Let through what no exception excuses, and tell which exceptions excuse nothing."""
        wanted = {(item["rule"], item["file"], item["found"]): index for index, item in enumerate(self._items())}
        used = set()
        for problem in problems:
            index = wanted.get((problem.rule, problem.file, problem.found.strip("'\"")))
            if index is None:
                yield problem
            used.add(index)
        yield from self.problems
        yield from (self._unused(index) for index in sorted(set(wanted.values()) - used))

    def _items(self) -> list[dict[str, str]]:
        if self.source is None or self.problems:
            return []
        items: list[dict[str, str]] = self.source.data["exceptions"]
        return items

    def _unused(self, index: int) -> Problem:
        assert_source = self.source
        if assert_source is None:
            raise ValueError("an exception without a file")
        message = Text("nothing needs this exception any more", "已经没有问题需要这个例外")
        return assert_source.problem("unused-exception", ("exceptions", index), message, Text("delete it", "请删除"))


def load(root: Path) -> Exceptions:
    """Read the exceptions of a project; a project without the file has none."""
    if not (root / FILE).exists():
        return Exceptions(None, ())
    reading = read(root / FILE, FILE, frozenset())
    problems = reading.problems or (list(_malformed(reading.source)) if reading.source else [])
    return Exceptions(reading.source, tuple(problems))


def _malformed(source: Source) -> Iterator[Problem]:
    expected = Text(f"an exception has the fields {', '.join(FIELDS)}", f"例外包含字段 {'、'.join(FIELDS)}")
    items = source.data.get("exceptions")
    if set(source.data) != {"exceptions"} or not isinstance(items, list):
        yield at(
            source.path,
            source.text,
            (0, 1),
            "exceptions-file",
            Text("the file holds one list, 'exceptions'", "文件只含一个列表 'exceptions'"),
        )
        return
    for index, item in enumerate(items):
        if (
            not isinstance(item, dict)
            or sorted(item) != sorted(FIELDS)
            or not all(isinstance(v, str) for v in item.values())
        ):
            yield source.problem(
                "exceptions-file",
                ("exceptions", index),
                Text(f"{show(item)[:40]} is not an exception", "不是例外"),
                expected,
            )
