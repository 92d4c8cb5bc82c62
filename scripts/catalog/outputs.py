"""Every generated file, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog.contributing import contributing
from catalog.entry import Catalog
from catalog.form import FORMS, forms
from catalog.readme import NAMES, PAGES, ending, readme
from catalog.reference import reference
from catalog.schema import Schema
from catalog.wanted import wanted
from catalog.wording import LANGUAGES

README = "README.template.md"
CONTRIBUTING = "CONTRIBUTING.template.md"
TEMPLATES = (README, CONTRIBUTING)
FIELDS, WANTED, GUIDE = "docs/fields", "docs/wanted", "CONTRIBUTING"
# What is always written, whatever the entries; pages of the README come and go.
PATHS = frozenset(
    (*NAMES.values(), *FORMS, *(page + ending(language) for page in (FIELDS, WANTED, GUIDE) for language in LANGUAGES))
)


@dataclass(frozen=True)
class Project:
    """What outputs are made from: the catalog, the schema, the texts of the templates, and the project's address."""

    catalog: Catalog
    schema: Schema
    templates: Mapping[str, str]
    home: str


def readmes(project: Project) -> dict[str, str]:
    """README.md and README.zh.md, and pages below docs/models if they need any."""
    files: dict[str, str] = {}
    for language in LANGUAGES:
        files |= readme(project.catalog, project.schema, language, project.templates.get(README, ""), project.home)
    return files


def references(project: Project) -> dict[str, str]:
    """The field reference in both languages."""
    return {f"{FIELDS}{ending(language)}": reference(project.schema, language) for language in LANGUAGES}


def wanted_pages(project: Project) -> dict[str, str]:
    """What is missing most, in both languages."""
    return {f"{WANTED}{ending(language)}": wanted(project.catalog, language, project.home) for language in LANGUAGES}


def guides(project: Project) -> dict[str, str]:
    """How to contribute, in both languages."""
    template = project.templates.get(CONTRIBUTING, "")
    return {
        f"{GUIDE}{ending(language)}": contributing(project.schema, language, template, project.home)
        for language in LANGUAGES
    }


def issue_forms(project: Project) -> dict[str, str]:
    """The forms that GitHub offers for issues."""
    return forms(project.schema, project.home)


OUTPUTS: tuple[Callable[[Project], dict[str, str]], ...] = (readmes, references, wanted_pages, guides, issue_forms)


def outputs(project: Project) -> dict[str, str]:
    """The text of every generated file, by its path."""
    return {path: text for output in OUTPUTS for path, text in sorted(output(project).items())}


def left_over(root: Path, files: dict[str, str]) -> list[str]:
    """Pages that were generated before and are no longer."""
    pages = sorted((root / PAGES).glob("*.md"))
    found = [page.relative_to(root).as_posix() for page in pages]
    return [path for path in found if path not in files]
