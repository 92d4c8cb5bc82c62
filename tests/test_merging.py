"""Pull requests that touch entries alone never conflict, and main's lists are always those of its entries."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import generate
import pytest
import scratch
from catalog.madeup import entries
from repository import Repository
from scratch import GENERATED, right

GIANT = right("Giant")  # a folder that others write into at the same time
Change = Callable[[Repository], None]


def adds(path: str, data: bytes) -> Change:
    return lambda repository: repository.write(f"entries/{path}", data)


def removes(path: str) -> Change:
    return lambda repository: (repository.root / "entries" / path).unlink()


def renames(path: str, new: str) -> Change:
    def change(repository: Repository) -> None:
        folder = repository.root / "entries"
        text = (folder / path).read_text("utf-8").replace("sources:", f"former_ids: [{path[:-5]}]\nsources:")
        (folder / path).unlink()
        (folder / new).write_text(text, "utf-8")

    return change


def edits(path: str, old: str, new: str) -> Change:
    def change(repository: Repository) -> None:
        file = repository.root / "entries" / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return change


LONG = right("Long", "Long").replace(b"type:", b"aliases: [Lang]\ntype:").replace(b"\n", b"\n# \n")
START = {
    "giant/_organization.yaml": b"name: {en: Giant}\nkind: company\nlocation: {country: US}\n",
    "giant/giant-1.yaml": right("Giant-1"),
    "giant/old.yaml": right("Old"),
    "alone/alone-1.yaml": right("Alone-1", "Alone"),
    "leaving/leaving.yaml": right("Leaving", "Leaving"),
    "moving/moving.yaml": right("Moving", "Moving"),
    "moving/staying.yaml": right("Staying"),
    "long/long.yaml": LONG,
}
CONTRIBUTIONS: list[Change] = [
    *(adds(f"giant/giant-{number}.yaml", right(f"Giant-{number}")) for number in range(2, 9)),  # in one known folder
    *(adds(f"alone/alone-{number}.yaml", right(f"Alone-{number}")) for number in range(2, 6)),  # beside the only entry
    *(adds(f"new-{number}/foo.yaml", right("Foo", f"New {number}")) for number in range(8)),  # with their organization
    adds("new-7/bar.yaml", right("Bar", "New 7")),  # two describe one new organization, and do not know of each other
    adds("giant/big.yaml", right("Big").replace(b"type:", b"based_on: [giant/giant-1]\ntype:")),
    edits("giant/giant-1.yaml", "available", "discontinued"),
    edits("giant/_organization.yaml", "US", "CN"),
    edits("alone/alone-1.yaml", "general", "law"),
    edits("long/long.yaml", "Lang", "Longus"),  # two of them in one file,
    edits("long/long.yaml", "available", "limited"),  # at different places
    removes("giant/old.yaml"),
    removes("leaving/leaving.yaml"),
    renames("moving/moving.yaml", "moving/moved.yaml"),
    adds("giant/中文.txt", b"stray"),  # even what must not be there
]
ORDERS: list[tuple[str, list[int]]] = [
    ("as they came", list(range(30))),
    ("the last first", list(reversed(range(30)))),
    ("mixed", [number * 7 % 30 for number in range(30)]),
]


def written(root: Path) -> dict[str, bytes]:
    """What the workflow on main would write."""
    assert generate.main(["--root", str(root)]) == 0
    return {path: data for path, data in scratch.files(root).items() if not path.startswith(".git/")}


@pytest.fixture
def start(tmp_path: Path) -> Repository:
    """Main, with its lists, and a branch for each contribution, all from the same commit."""
    repository = Repository.of(tmp_path / "project", START)
    for path, text in entries(12):
        repository.write(path, text.encode())
    written(repository.root)
    repository.commit()
    for number, change in enumerate(CONTRIBUTIONS):
        repository.branch(f"contribution-{number}")
        change(repository)
        repository.commit()
    repository.git("checkout", "--quiet", "main")
    return repository


@pytest.mark.parametrize("order", [order for _, order in ORDERS], ids=[name for name, _ in ORDERS])
def test_thirty_contributions_merge_without_a_conflict_into_the_same_lists(order, start, tmp_path, capsys) -> None:
    assert sorted(order) == list(range(len(CONTRIBUTIONS)))
    for number in order:
        start.git("merge", "--quiet", "--no-ff", "--message=merge", f"contribution-{number}")  # fails if it conflicts
        written(start.root)
        start.commit()
    capsys.readouterr()
    lists = {path: data for path, data in scratch.files(start.root).items() if not path.startswith(".git/")}
    anew = scratch.make(tmp_path / "scratch", {})
    shutil.copytree(start.root / "entries", anew / "entries", dirs_exist_ok=True)
    assert lists == written(anew)
    assert lists.keys() >= GENERATED
    assert lists["README.md"].count(b'<a id="giant/giant-') == 8
    assert b'<a id="moving/moved"></a><a id="moving/moving"></a>' in lists["README.md"]
    assert [lists["README.md"].count(f'<a id="new-7/{name}"'.encode()) for name in ("foo", "bar")] == [1, 1]
    assert b"leaving" not in lists["README.md"]


def test_lists_that_contributors_commit_would_conflict(start) -> None:
    """Why the lists are left alone: the fault that this design removes is still there without it."""
    for number in (1, 2):
        start.git("checkout", "--quiet", f"contribution-{number}")
        written(start.root)
        start.commit()
    start.git("checkout", "--quiet", "contribution-1")
    with pytest.raises(Exception, match="returned non-zero exit status 1"):
        start.git("merge", "--quiet", "--message=merge", "contribution-2")
