"""The benchmark: its entries are right and always the same, and it measures and reports."""

from __future__ import annotations

import re

import bench
import pytest
from bench import ALL, FLOOR, GENERATE, ONE, OTHER, OTHER_BUNDLED, Cost, Measured, report
from catalog.check import check
from catalog.madeup import MOST, entries

FIRST = """\
name:
  zh: 安安安安大模型1.0
  en: Babababa 1.0
organization:
  name:
    zh: 安安安安科技
    en: Babababa Technology
  kind: company
  location:
    country: CN
    region: beijing
  website: https://babababa.madeup.ai/about
type: product
domain: general
family: Babababa
capabilities: [reasoning, tool-use]
modalities:
  input: [text, image]
  output: [text]
released: 2023-01-01
status: available
weights: open
license: Apache-2.0
variants:
  - name: Babababa-1.0-1B
    parameters: 1B
    context: 4096
    weights: https://huggingface.co/babababa/Babababa-1.0-1B
links:
  website: https://babababa.madeup.ai/1.0
  repository: https://github.com/babababa/babababa-1.0
  paper: https://arxiv.org/abs/2301.10000
results:
  - benchmark: superclue
    edition: 2026-01
    tested: Babababa 1.0
    rank: 1
    scores:
      total: 90.5
    source: https://www.superclueai.com/0
summary:
  zh: 第1代模型，支持中文和英文。
  en: A model of generation 1, for Chinese and English.
sources:
  - url: https://babababa.madeup.ai/news/0
    title: Babababa 1.0 is here
    kind: primary
    accessed: 2026-05-01
  - url: https://github.com/babababa/babababa-1.0
    supports: [variants, links]
"""


def test_the_first_made_up_entry_is_always_this_one() -> None:
    assert next(entries(1)) == ("entries/babababa/babababa-1.0.yaml", FIRST)


def test_a_smaller_set_of_entries_begins_a_larger_one() -> None:
    assert list(entries(40)) == list(entries(90))[:40]


def test_made_up_entries_have_no_problem(tmp_path, schema) -> None:
    paths = bench.project(tmp_path, 240)
    catalog, problems = check(tmp_path, schema)
    assert problems == []
    assert sorted(f"entries/{name}.yaml" for name in catalog.entries) == sorted(paths)


def test_made_up_entries_are_like_real_ones(tmp_path, schema) -> None:
    bench.project(tmp_path, 240)
    catalog, _ = check(tmp_path, schema)
    fields = {name for entry in catalog.entries.values() for name in entry.data}
    assert fields >= {"organization", "based_on", "variants", "links", "results", "summary", "license"}
    assert all(entry.data["name"].keys() == {"zh", "en"} for entry in catalog.entries.values())
    assert len(catalog.organizations) == 120
    assert 150 <= sum("based_on" in entry.data for entry in catalog.entries.values()) <= 160
    assert max(map(len, catalog.descendants.values())) >= 10  # some entries are the base of many


def test_made_up_entries_have_about_1100_bytes() -> None:
    sizes = [len(text.encode()) for _, text in entries(1_000)]
    assert 1_050 <= sum(sizes) / len(sizes) <= 1_150


def test_made_up_ids_and_names_do_not_come_back() -> None:
    found = list(entries(20_000))
    names = {tuple(text.split("\n", 3)[1:3]) for _, text in found}
    assert len({path for path, _ in found}) == len(names) == 20_000


def test_more_entries_than_names_are_refused() -> None:
    with pytest.raises(ValueError, match=f"at most {MOST} made-up entries"):
        next(entries(MOST + 1))


def test_it_measures_every_command_and_stage(capsys) -> None:
    assert bench.main(["--entries", "3", "--runs", "1"]) == 0
    printed = capsys.readouterr().out
    for name in (FLOOR, ALL, ONE, GENERATE, OTHER, OTHER_BUNDLED):
        assert re.search(rf"^{re.escape(name)} +[0-9]+\.[0-9]{{3}} s +[1-9][0-9]* MiB$", printed, re.MULTILINE), name
    for name in ("libyaml's events", "read: the file, slips, events, data", "schema", "rules"):
        assert re.search(rf"^{re.escape(name)} +[1-9][0-9]*$", printed, re.MULTILINE), name


@pytest.mark.parametrize("argv", [["--entries", "0"], ["--runs", "0"], ["--runs", "-1"]])
def test_nothing_to_measure_is_wrong_use(argv, capsys) -> None:
    with pytest.raises(SystemExit, match="2"):
        bench.main(argv)
    assert capsys.readouterr().err.endswith("expected 1 or more\n")


def test_a_command_that_fails_is_not_measured(tmp_path) -> None:
    command = bench.commands(tmp_path, bench.project(tmp_path, 1))[ALL]
    (tmp_path / "entries/babababa/babababa-1.0.yaml").write_text("name: {en: Foo}\n")
    with pytest.raises(SystemExit, match=r"exit code 1: .*validate\.py"):
        bench.run(command, tmp_path)


TABLES = """\
whole processes: time, peak of memory               1,000 entries     10,000 entries
---------------------------------------------  ------------------  -----------------
floor: read the bytes, let libyaml parse them   0.200 s    16 MiB  2.000 s    20 MiB
validate.py, all entries                        0.400 s    50 MiB  5.000 s   400 MiB
validate.py, one entry                          0.100 s    50 MiB  0.900 s   400 MiB
generate.py                                     0.800 s    60 MiB  6.000 s   480 MiB
check-jsonschema, our schema                   10.000 s    30 MiB           left out

side by side                                                                         1,000 entries  10,000 entries
-----------------------------------------------------------------------------------  -------------  --------------
validate.py, one entry: seconds (goal: under 0.15)                                            0.10            0.90
validate.py, all entries: seconds for 1,000 (goal: under 0.5)                                 0.40            0.50
check-jsonschema, our schema / validate.py, all entries (goal: over 10)                      25.00               -
check-jsonschema, our schema in one file / validate.py, all entries (goal: over 10)              -               -
validate.py, all entries / floor                                                              2.00            2.50
generate.py / validate.py, all entries                                                        2.00            1.20
validate.py, all entries: growth of seconds / growth of entries (goal: 1)                        -            1.25
validate.py, all entries: growth of mebibytes / growth of entries (goal: 1)                      -            0.80
generate.py: growth of seconds / growth of entries (goal: 1)                                     -            0.75
generate.py: growth of mebibytes / growth of entries (goal: 1)                                   -            0.80

stages in one process: microseconds an entry  1,000 entries  10,000 entries
--------------------------------------------  -------------  --------------
rules                                                    90             100
"""


def test_the_report_sets_costs_side_by_side() -> None:
    small = {FLOOR: Cost(0.2, 16), ALL: Cost(0.4, 50), ONE: Cost(0.1, 50), GENERATE: Cost(0.8, 60), OTHER: Cost(10, 30)}
    large = {FLOOR: Cost(2, 20), ALL: Cost(5, 400), ONE: Cost(0.9, 400), GENERATE: Cost(6, 480)}
    measured = [Measured(1_000, small, {"rules": 90.4}), Measured(10_000, large, {"rules": 100})]
    first, _, tables = report(measured, 3).partition("\n\n")
    assert first.endswith("; medians of 3 rounds")
    assert tables + "\n" == TABLES


@pytest.mark.parametrize(("values", "middle"), [([4], 4), ([9, 1, 5], 5), ([8, 1, 2, 4], 3)])
def test_the_middle_of_values(values, middle) -> None:
    assert bench.median(values) == middle
