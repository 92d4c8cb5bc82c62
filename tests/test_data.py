"""What the entries of this repository must hold, whoever edits them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from catalog.check import check
from catalog.entry import Catalog
from catalog.problem import Problem

ROOT = Path(__file__).parents[1]
LIST = re.compile(
    r"https://github\.com/wgwang/awesome-LLMs-In-China/blob/f2a1119ca2dc01c9c3585dd49a5983fea3efecf5/README\.md\?plain=1#L(\d+)"
)
ROWS = {*range(37, 284), *range(291, 309)}  # the lines of the 247 Chinese and the 18 foreign rows
ESSAY = "大模型发展的前景与挑战"


@pytest.fixture(scope="module")
def checked(schema) -> tuple[Catalog, list[Problem]]:
    return check(ROOT, schema)


@pytest.fixture(scope="module")
def catalog(checked) -> Catalog:
    return checked[0]


def test_every_entry_is_right(checked) -> None:
    assert checked[1] == []


def test_every_row_of_the_list_that_this_one_continues_is_cited(catalog) -> None:
    urls = [source.get("url", "") for entry in catalog.entries.values() for source in entry.data["sources"]]
    assert {int(match[1]) for url in urls if (match := LIST.fullmatch(url))} == ROWS


def test_everything_that_the_essay_names_is_found_and_sorted_as_it_sorts(catalog) -> None:
    named = {
        entry.id: entry.data.get("applications")
        for entry in catalog.entries.values()
        if any(source.get("title") == ESSAY for source in entry.data["sources"])
    }
    assert named == {
        "amazon/codewhisperer": ["generation"],
        "compvis/stable-diffusion": ["multimodal"],
        "github/github-copilot": ["generation"],
        "kyligence/kyligence-copilot": ["decision"],
        "midjourney/midjourney": ["multimodal"],
        "openai/chatgpt": None,
        "openai/codex": ["generation"],
        "openai/gpt-4": ["generation"],
        "salesforce/codet5": ["generation"],
    }


def test_superclue_of_november_2023_is_whole(catalog) -> None:
    lines = sorted(
        (result.get("rank", 0), result["tested"], *result["scores"].values())
        for entry in catalog.entries.values()
        for result in entry.data.get("results", ())
        if (result["benchmark"], result["edition"]) == ("superclue", "2023-11")
    )
    assert lines == [
        (0, "Claude 2", 60.62, 57.82, 64.82),
        (0, "GPT-3.5 Turbo", 59.39, 57.16, 62.73),
        (0, "GPT-4", 75.14, 73.01, 78.33),
        (0, "GPT-4 Turbo", 89.79, 97.53, 78.18),
        (0, "Llama-2-13B-Chat", 31.47, 28.67, 35.67),
        (1, "文心一言 4.0", 74.02, 73.62, 74.61),
        (2, "Moonshot", 72.88, 71.47, 74.99),
        (3, "Yi-34B-Chat", 71.87, 71.21, 72.85),
        (4, "BlueLM", 67.14, 64.88, 70.53),
        (5, "腾讯混元", 66.96, 62.27, 74.00),
        (5, "通义千问 2.0 (v1030)", 66.94, 61.01, 75.83),
        (7, "ChatGLM3-Turbo", 66.50, 63.27, 71.34),
        (8, "云雀（豆包）", 60.42, 55.96, 67.11),
        (9, "XVERSE-13B-2-Chat", 58.31, 49.95, 70.84),
        (10, "Qwen-14B-Chat", 57.90, 49.05, 71.18),
        (11, "讯飞星火 V3.0", 57.18, 51.00, 66.45),
        (12, "Baichuan2-13B-Chat", 56.33, 50.33, 65.33),
        (13, "MiniMax-Abab5.5", 55.08, 45.27, 69.80),
        (14, "360GPT_S2_V10", 46.47, 33.35, 66.14),
        (15, "ChatGLM3-6B", 46.24, 38.01, 58.58),
        (16, "Chinese-Alpaca-2-13B", 43.42, 38.09, 51.42),
    ]
