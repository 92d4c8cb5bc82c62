"""Fill in a template in one language; everything in it that we did not write ourselves is escaped for Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment, StrictUndefined

from catalog.markdown import Markdown, anchor, escape
from catalog.problem import Text
from catalog.wording import say


def render(template: str, language: str, context: Mapping[str, object]) -> str:
    """Fill in what `context` names. `t(en, zh, ...)` chooses a language and fills in `{}`."""
    environment = Environment(  # noqa: S701 - `finalize` escapes for Markdown; HTML's escaping would not be enough
        undefined=StrictUndefined,
        finalize=_escaped,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def choose(en: str, zh: str, *values: object) -> Markdown:
        return Markdown(say(Text(en, zh), language).format(*map(_escaped, values)))

    return environment.from_string(template).render(t=choose, anchor=anchor, **context)


def _escaped(value: object) -> Markdown:
    return escape(value if isinstance(value, str) else str(value))
