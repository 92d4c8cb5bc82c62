"""Measure time and memory with made-up entries: whole processes side by side, and the stages inside one.

The processes take turns, round after round, so that whatever else the machine does falls on all of them;
the medians of the rounds are shown. Everything happens in a temporary folder.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

from catalog.madeup import entries

# Only light modules are imported here: on Linux the peak of a child begins at that of its parent.

HERE = Path(__file__).resolve()
ROOT = HERE.parents[1]
COUNTS = (300, 1_000, 10_000)
RUNS = 3
MOST_OTHER = 1_000  # entries for check-jsonschema; more take minutes and say nothing new
COPIED = ("schema/entry.schema.json", "schema/organization.schema.json", "schema/vocabularies.json")
NEEDED = ("README.template.md", "CONTRIBUTING.template.md", "pyproject.toml")

BUNDLED = "bundled.schema.json"

NOTHING = "python, nothing done"
HELP = "validate.py --help"
FLOOR = "floor: read the bytes, let libyaml parse them"
ALL = "validate.py, all entries"
ONE = "validate.py, one entry"
GENERATE = "generate.py"
OTHER = "check-jsonschema, our schema"
OTHER_BUNDLED = "check-jsonschema, our schema in one file"
STAGES = "stages"

# What no validator of YAML in Python can do without.
LEAST = """
from pathlib import Path
import yaml
for file in sorted(Path("entries").glob("*/*.yaml")):
    for event in yaml.parse(file.read_bytes(), yaml.CSafeLoader):
        pass
"""

T = TypeVar("T")


class Cost(NamedTuple):
    """What a process took: seconds from its start to its end, and MiB of memory at its peak."""

    seconds: float
    mebibytes: float


class Measured(NamedTuple):
    """The medians for one number of entries: of whole processes, and of stages in microseconds an entry."""

    entries: int
    costs: dict[str, Cost]
    stages: dict[str, float]


def main(argv: Sequence[str]) -> int:
    """Print the tables."""
    options = _options(argv)
    if options.stages_of:
        print(json.dumps(stages(Path(options.stages_of))))
        return 0
    measured = []
    for count in options.entries:
        print(f"measuring {count:,} entries ...", file=sys.stderr)
        measured.append(measure(count, options.runs))
    print(report(measured, options.runs))
    return 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.py", description=__doc__)
    parser.add_argument("--entries", type=_positive, nargs="+", default=COUNTS, metavar="N", help="how many entries")
    parser.add_argument("--runs", type=_positive, default=RUNS, metavar="N", help=f"rounds (default: {RUNS})")
    parser.add_argument("--stages-of", help=argparse.SUPPRESS)  # a project; for a child of this program
    return parser.parse_args(argv)


def _positive(text: str) -> int:
    if int(text) < 1:
        raise argparse.ArgumentTypeError("expected 1 or more")
    return int(text)


# --- whole processes ----------------------------------------------------------------------------------------


def measure(count: int, runs: int) -> Measured:
    """Make a project of so many entries and measure every command in it, `runs` times in turn."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        every = commands(root, project(root, count))
        rounds = [_round(every, root) for _ in range(runs)]
    costs = {name: _middle([costs[name] for costs, _ in rounds]) for name in rounds[0][0]}
    stages = {name: median([stages[name] for _, stages in rounds]) for name in rounds[0][1]}
    return Measured(count, costs, stages)


def project(root: Path, count: int) -> list[str]:
    """Write a project with so many made-up entries; give their paths below `root`."""
    for name in (*COPIED, *NEEDED):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    paths = []
    for path, text in entries(count):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8", newline="\n")
        paths.append(path)
    _bundle(root)
    return paths


def _bundle(root: Path) -> None:
    """Write our two schemas as one, because check-jsonschema reads the second anew for every reference to it."""
    entry, vocabularies = (json.loads((root / name).read_text("utf-8")) for name in (COPIED[0], COPIED[2]))
    entry["$defs"] |= vocabularies["$defs"]
    (root / BUNDLED).write_text(json.dumps(entry).replace("vocabularies.json#", "#"), "utf-8")


def commands(root: Path, paths: Sequence[str]) -> dict[str, list[str]]:
    """The processes to measure, by name."""
    here = ["--root", str(root)]
    validate = [sys.executable, str(ROOT / "scripts/validate.py")]
    found = {
        NOTHING: [sys.executable, "-c", "pass"],
        HELP: [*validate, "--help"],
        FLOOR: [sys.executable, "-c", LEAST],
        ALL: [*validate, *here],
        ONE: [*validate, *here, str(root / paths[-1])],
        GENERATE: [sys.executable, str(ROOT / "scripts/generate.py"), *here],
        STAGES: [sys.executable, str(HERE), "--stages-of", str(root)],
    }
    if len(paths) <= MOST_OTHER and importlib.util.find_spec("check_jsonschema"):
        other = [sys.executable, "-m", "check_jsonschema", "--schemafile"]
        found[OTHER] = [*other, "schema/entry.schema.json", *paths]
        found[OTHER_BUNDLED] = [*other, BUNDLED, *paths]
    return found


def _round(every: dict[str, list[str]], root: Path) -> tuple[dict[str, Cost], dict[str, float]]:
    """Run each command once: the cost of each, and what the stages say of themselves."""
    done = {name: run(command, root) for name, command in every.items()}
    _, said = done.pop(STAGES)
    return {name: cost for name, (cost, _) in done.items()}, json.loads(said)


def run(command: Sequence[str], root: Path) -> tuple[Cost, str]:
    """Run one command; it must end well, or its time would say nothing."""
    # Without this variable Python keeps its compiled files, so that only the first round compiles.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=output)  # noqa: S603 - our own commands
        mebibytes = _wait(process)
        cost = Cost(time.perf_counter() - start, mebibytes)
        output.seek(0)
        said = output.read()
    if process.returncode:
        raise SystemExit(f"bench.py: exit code {process.returncode}: {' '.join(command)[:200]}\n{said[:2000]}")
    return cost, said


def _wait(process: subprocess.Popen[bytes]) -> float:
    """Wait for the end of a process; give its peak in MiB, or 0 where the system does not tell."""
    if sys.platform == "win32":
        process.wait()
        return 0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _middle(costs: Sequence[Cost]) -> Cost:
    return Cost(median([cost.seconds for cost in costs]), median([cost.mebibytes for cost in costs]))


def median(values: Sequence[float]) -> float:
    """Do without the module statistics, which is not light (see the top)."""
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


# --- what happens inside a child ----------------------------------------------------------------------------


def stages(root: Path) -> dict[str, float]:
    """Time each stage of a check by itself, in microseconds an entry."""
    import yaml  # noqa: PLC0415 - see the top
    from catalog.check import by_rules, check  # noqa: PLC0415
    from catalog.files import find  # noqa: PLC0415
    from catalog.schema import Schema  # noqa: PLC0415
    from catalog.source import read  # noqa: PLC0415

    gc.disable()  # as the commands do
    schema = Schema.load(root / "schema")
    files, finding = _timed(lambda: find(root)[0])
    raws, loading = _timed(lambda: [(root / path).read_bytes() for path in files])
    _, parsing = _timed(lambda: [sum(1 for _ in yaml.parse(raw, yaml.CSafeLoader)) for raw in raws])
    readings, reading = _timed(lambda: [read(root / path, path, schema.numbers) for path in files])
    sources = [found.source for found in readings if found.source]
    schema.problems(sources[-1])  # makes the validator
    _, fitting = _timed(lambda: [schema.problems(source) for source in sources])
    catalog, _ = check(root, schema)
    _, ruling = _timed(lambda: list(by_rules(catalog)))
    seconds = (finding, loading, parsing, reading, fitting, ruling)
    return {name: value / len(files) * 1e6 for name, value in zip(INSIDE, seconds, strict=True)}


INSIDE = (
    "find the files",
    "read the bytes",
    "libyaml's events",
    "read: the file, slips, events, data",
    "schema",
    "rules",
)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


# --- the tables ---------------------------------------------------------------------------------------------


def report(measured: Sequence[Measured], runs: int) -> str:
    """Write all tables; each number of entries has a column."""
    head = [f"{each.entries:,} entries" for each in measured]
    processes = [[name, *(_cost(each.costs.get(name)) for each in measured)] for name in _names(measured, "costs")]
    stages = [[name, *(f"{each.stages[name]:.0f}" for each in measured)] for name in _names(measured, "stages")]
    tables = (
        _table(["whole processes: time, peak of memory", *head], processes),
        _table(["side by side", *head], list(_ratios(measured))),
        _table(["stages in one process: microseconds an entry", *head], stages),
    )
    where = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}; medians of {runs} rounds"
    return "\n\n".join([where, *tables])


def _names(measured: Sequence[Measured], field: str) -> list[str]:
    """Every name that any column has, in order."""
    return list(dict.fromkeys(name for each in measured for name in getattr(each, field)))


def _cost(cost: Cost | None) -> str:
    return f"{cost.seconds:.3f} s {cost.mebibytes:5.0f} MiB" if cost else "left out"


def _ratios(measured: Sequence[Measured]) -> Iterator[list[str]]:
    for label, ratio in RATIOS.items():
        yield [label, *(_ratio(ratio(each.costs, each.entries)) for each in measured)]
    for name in (ALL, GENERATE):
        for kind in Cost._fields:
            steps = (_growth(before, after, name, kind) for before, after in pairwise(measured))
            yield [f"{name}: growth of {kind} / growth of entries (goal: 1)", "-", *map(_ratio, steps)]


def _growth(before: Measured, after: Measured, name: str, kind: str) -> float:
    """How much faster than the entries a cost grows from one column to the next: 1 is linear."""
    cost = getattr(after.costs[name], kind) / (getattr(before.costs[name], kind) or 1)
    return float(cost / (after.entries / before.entries))


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _times(costs: dict[str, Cost], one: str, other: str) -> float | None:
    return costs[one].seconds / costs[other].seconds if one in costs else None


RATIOS: dict[str, Callable[[dict[str, Cost], int], float | None]] = {
    f"{ONE}: seconds (goal: under 0.15)": lambda costs, _: costs[ONE].seconds,
    f"{ALL}: seconds for 1,000 (goal: under 0.5)": lambda costs, entries: costs[ALL].seconds / entries * 1_000,
    f"{OTHER} / {ALL} (goal: over 10)": lambda costs, _: _times(costs, OTHER, ALL),
    f"{OTHER_BUNDLED} / {ALL} (goal: over 10)": lambda costs, _: _times(costs, OTHER_BUNDLED, ALL),
    f"{ALL} / floor": lambda costs, _: _times(costs, ALL, FLOOR),
    f"{GENERATE} / {ALL}": lambda costs, _: _times(costs, GENERATE, ALL),
}


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Align columns: the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    return "\n".join(_line(row, widths) for row in (head, ["-" * width for width in widths], *rows))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(row, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
