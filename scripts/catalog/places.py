"""Where everything stands in a file: the offsets of every name and every value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml import MappingEndEvent, SequenceEndEvent, SequenceStartEvent

from catalog.slips import Mended

Where = tuple[str | int, ...]  # the way to a field: names, and numbers in lists
Span = tuple[int, int]  # the offsets in a text at which something begins and ends


def between(mended: tuple[Mended, Mended], start: int, end: int) -> Span:
    """Where a span of the mended text stands in the original."""
    plain, clean = mended
    if not plain.slips and not clean.slips:
        return start, end
    last = max(start, end - 1)
    return clean.before(plain.before(start)), clean.before(plain.before(last)) + end - last


def places(mended: tuple[Mended, Mended]) -> tuple[Mapping[Where, Span], Mapping[Where, Span]]:
    """Find where each value and each name of a text stands that could be read before."""
    parser = yaml.CSafeLoader(mended[0].text)
    try:
        walk = _Places(mended, parser.get_event)
        walk.next(), walk.next()
        walk.value(walk.next(), ())
        return walk.values, walk.keys
    finally:
        parser.dispose()


@dataclass
class _Places:
    """A walk over the events that notes places."""

    mended: tuple[Mended, Mended]
    next: Callable[[], Any]
    values: dict[Where, Span] = field(default_factory=dict)
    keys: dict[Where, Span] = field(default_factory=dict)

    def value(self, event: Any, where: Where) -> None:
        self.values[where] = start, _ = self.span(event)
        if isinstance(event, yaml.CollectionStartEvent):
            inside = self.sequence if isinstance(event, SequenceStartEvent) else self.mapping
            self.values[where] = start, inside(where)

    def sequence(self, where: Where) -> int:
        index = 0
        while not isinstance(event := self.next(), SequenceEndEvent):
            self.value(event, (*where, index))
            index += 1
        return self.span(event)[1]

    def mapping(self, where: Where) -> int:
        while not isinstance(event := self.next(), MappingEndEvent):
            way = (*where, event.value)
            if way in self.keys:
                way = (*way, "again")
            else:
                self.keys[way] = self.span(event)
            self.value(self.next(), way)
        return self.span(event)[1]

    def span(self, event: Any) -> Span:
        return between(self.mended, event.start_mark.index, event.end_mark.index)
