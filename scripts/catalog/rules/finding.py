"""What a rule finds, and what rules share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from catalog.entry import Entry, Organization
from catalog.places import Where
from catalog.problem import Problem, Text

Record = Entry | Organization


class Finding(NamedTuple):
    """What a rule found: the record, the way to the field, the words, and whether the field's name is meant.

    `better` is the value that is meant, if there is no doubt about it.
    """

    record: Record
    where: Where
    message: Text
    repair: Text | None = None
    key: bool = False
    better: str | None = None

    def problem(self, rule: Callable[..., Any]) -> Problem:
        """Place the finding in its file."""
        where = (*self.record.where, *self.where)
        said = rule_id(rule), where, self.message, self.repair
        return self.record.source.problem(*said, key=self.key, better=self.better)


def rule_id(rule: Callable[..., Any]) -> str:
    """Give the id of a rule as people see it."""
    return rule.__name__.replace("_", "-")


DELETE = Text("delete it", "请删除")
DELETE_ONE = Text("delete one", "请删除一个")
