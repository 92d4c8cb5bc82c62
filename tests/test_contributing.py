"""CONTRIBUTING says what is so: the way in the browser first, commands that exist, and every rule in its own words."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import validate
from catalog.command import home
from catalog.contributing import contributing
from catalog.files import PLACEHOLDERS
from catalog.outputs import CONTRIBUTING
from catalog.rules import CATALOG_RULES, ENTRY_RULES, RECORD_RULES, rule_id
from catalog.schema import Schema
from catalog.skeleton import skeleton
from catalog.wording import LANGUAGES
from rendered import PARSERS, parts, whole

ROOT = Path(__file__).parents[1]
RULES = (*RECORD_RULES, *ENTRY_RULES, *CATALOG_RULES)


def page(language: str, schema: Schema) -> str:
    return contributing(schema, language, (ROOT / CONTRIBUTING).read_text("utf-8"), home())


def links(text: str) -> list[str]:
    return whole(PARSERS[0](text)).values("href")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_step_opens_an_editor_with_a_skeleton(language: str, schema: Schema) -> None:
    text = page(language, schema)
    address = next(link for link in links(text) if "/new/main" in link)
    assert address.startswith(f"{home()}/new/main?")
    assert text.index("1. [") < text.index("2. ")
    assert all(f"`{name}`" in text for name in PLACEHOLDERS)
    assert parse_qs(urlsplit(address).query) == {
        "filename": ["entries/ORGANIZATION/MODEL.yaml"],
        "value": [skeleton(schema, language)],
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_in_the_browser_comes_before_the_local_one_and_the_rules(language: str, schema: Schema) -> None:
    anchors = whole(PARSERS[0](page(language, schema))).values("id")
    assert anchors == ["browser", "good", "values", "local", "rules", "maintainers"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_listed_once_in_its_own_words(language: str, schema: Schema) -> None:
    between = {"en": ": ", "zh": "："}[language]
    listed = re.findall(rf"^- `([a-z-]+)`{between}(.*)$", page(language, schema), re.MULTILINE)
    said = {name: sentence for name, sentence in listed if name in map(rule_id, RULES)}
    assert len(listed) == len(said) == len(RULES)
    for rule in RULES:
        english, chinese = (line.strip() for line in (rule.__doc__ or "").strip().split("\n"))
        assert said[rule_id(rule)] == {"en": english, "zh": chinese}[language]


def test_the_words_of_the_status_are_named(schema: Schema) -> None:
    assert "announced, limited, available, discontinued." in page("en", schema)
    assert "announced 已公布、limited 限定开放、available 可用、discontinued 已停止。" in page("zh", schema)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_that_it_leads_to_is_there(language: str, schema: Schema) -> None:
    inside = [link for link in links(page(language, schema)) if ":" not in link]
    assert len(inside) > 5
    assert [link for link in inside if not (ROOT / link).exists()] == []
    forms = [parse_qs(urlsplit(link).query)["template"][0] for link in links(page(language, schema)) if "?temp" in link]
    assert len(forms) == 2
    assert [name for name in forms if not (ROOT / ".github/ISSUE_TEMPLATE" / name).exists()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_that_it_names_exists(language: str, schema: Schema, capsys) -> None:
    text = page(language, schema)
    scripts = set(re.findall(r"([a-z]+\.py)\b", text))
    assert {"new.py", "validate.py", "preview.py", "diff.py", "generate.py"} <= scripts
    assert [name for name in scripts if not list((ROOT / "scripts").rglob(name))] == []
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?<![\w-])make ([a-z]+)[`\n]", text)) <= targets
    with pytest.raises(SystemExit):
        validate.main(["--help"])
    options = set(re.findall("`(--[a-z]+)", text))
    assert {"--fix", "--lang", "--format"} <= options <= set(re.findall("--[a-z]+", capsys.readouterr().out))


def test_somebody_clones_a_fork_of_the_home_that_is_stated(schema: Schema) -> None:
    template = (ROOT / CONTRIBUTING).read_text("utf-8")
    text = contributing(schema, "en", template, "https://code.acme.ai/acme/list")
    assert "\ngit clone https://code.acme.ai/YOUR-NAME/list\ncd list\nmake install\n" in text
    assert "llm-almanac" not in text.replace(".venv", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paragraph_about_the_browser_can_be_read_on_a_phone(language: str, schema: Schema) -> None:
    html = PARSERS[0](page(language, schema)).partition('id="browser"')[2].partition('id="good"')[0]
    texts = [piece.strip() for part in parts(html, "li", "p") for piece in part.text.split("\n")]
    assert max(map(len, texts)) < {"en": 300, "zh": 150}[language]
    assert all(word in html for word in ("<code>/</code>", "Backspace"))
