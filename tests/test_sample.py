"""The sample to read: the same for everybody, and whole."""

from __future__ import annotations

from pathlib import Path

import pytest
import sample
import scratch
from catalog.entry import Catalog, Entry
from catalog.sample import drawn, worksheet
from catalog.source import Source

NAMES = [f"acme/{number}" for number in range(10)]


def entry(name: str, **data: object) -> Entry:
    whole = {"name": {"en": name}, "sources": [{"title": "x"}]} | data
    return Entry(name, whole, Source(f"entries/{name}.yaml", "", whole))


def catalog(names: list[str]) -> Catalog:
    return Catalog({name: entry(name) for name in names}, ())


def ids(names: list[str], seed: int, count: int) -> list[str]:
    return [entry.id for entry in drawn(catalog(names), seed, count)]


def test_a_seed_always_draws_the_same() -> None:
    assert ids(NAMES, 1, 3) == ["acme/6", "acme/9", "acme/8"]
    assert ids(NAMES, 2, 3) == ["acme/3", "acme/4", "acme/2"]


def test_the_order_of_the_catalog_does_not_matter_and_all_can_be_drawn() -> None:
    assert ids(NAMES[::-1], 1, 5) == ids(NAMES, 1, 5)
    assert sorted(ids(NAMES, 1, 99)) == NAMES


@pytest.mark.parametrize("gone", NAMES)
def test_an_entry_less_changes_the_sample_by_one(gone: str) -> None:
    left = [name for name in NAMES if name != gone]
    assert len({*ids(left, 1, 5)} & {*ids(NAMES, 1, 5)}) >= 4


def test_each_field_stands_with_the_numbers_of_its_sources() -> None:
    sources = [
        {"url": "https://acme.ai/", "kind": "primary", "supports": ["name", "weights"]},
        {"title": "A list", "kind": "list", "supports": ["name"]},
        {"title": "A report"},
    ]
    assert worksheet([entry("acme/x", type="model", weights="open", aliases=["y"], sources=sources)]) == (
        "entries/acme/x.yaml\n"
        '  name [1][2][3]: {"en": "acme/x"}\n'
        '  type [3]: "model"\n'
        '  weights [1][3]: "open"\n'
        "  [1] primary: https://acme.ai/\n"
        "  [2] list: A list\n"
        "  [3] source: A report\n"
        "\n"
    )


def test_a_field_that_no_source_supports_stands_without_a_number() -> None:
    sheet = worksheet([entry("acme/x", family="盘古", sources=[{"title": "x", "supports": ["name"]}])])
    assert '  family []: "盘古"\n' in sheet


def test_text_that_a_runner_or_a_terminal_would_obey_is_shown() -> None:
    sheet = worksheet(
        [entry("acme/x", summary={"en": "##[error]\u202e\x1b[31m"}, sources=[{"title": "::error::\u202e"}])]
    )
    assert "##[" not in sheet
    assert "\u202e" not in sheet
    assert "\x1b" not in sheet
    assert not [line for line in sheet.splitlines() if line.startswith("::")]


def test_the_command_prints_the_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = scratch.make(
        tmp_path, {"acme/foo.yaml": scratch.right("Foo", "Acme"), "acme/bar.yaml": scratch.right("Bar")}
    )
    assert sample.main(["--root", str(root), "--seed", "1", "--count", "1"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("entries/acme/")
    assert said.count("entries/") == 1
    with pytest.raises(SystemExit):
        sample.main(["--root", str(root)])


@pytest.mark.parametrize("count", ["0", "-1", "x"])
def test_a_sample_holds_one_entry_at_least(count: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        sample.main(["--seed", "1", "--count", count])
    assert "argument --count" in capsys.readouterr().err
