"""Every generated file, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from catalog.entry import Catalog
from catalog.readme import PAGES, readme
from catalog.reference import reference
from catalog.schema import Schema
from catalog.wording import LANGUAGES

TEMPLATE = "README.template.md"


@dataclass(frozen=True)
class Project:
    """What outputs are made from: the catalog, the schema, the template's text, and the project's address."""

    catalog: Catalog
    schema: Schema
    template: str
    home: str


def readmes(project: Project) -> dict[str, str]:
    """README.md and README.zh.md, and pages below docs/models if they need any."""
    files: dict[str, str] = {}
    for language in LANGUAGES:
        files |= readme(project.catalog, project.schema, language, project.template, project.home)
    return files


def references(project: Project) -> dict[str, str]:
    """The field reference in both languages."""
    return {"docs/fields.md": reference(project.schema, "en"), "docs/fields.zh.md": reference(project.schema, "zh")}


OUTPUTS: tuple[Callable[[Project], dict[str, str]], ...] = (readmes, references)


def outputs(project: Project) -> dict[str, str]:
    """The text of every generated file, by its path."""
    return {path: text for output in OUTPUTS for path, text in sorted(output(project).items())}


def left_over(root: Path, files: dict[str, str]) -> list[str]:
    """Pages that were generated before and are no longer."""
    pages = sorted((root / PAGES).glob("*.md"))
    found = [page.relative_to(root).as_posix() for page in pages]
    return [path for path in found if path not in files]
