"""Of two files that do not go together, the one that a branch added or changed is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import validate
from catalog.branch import looked_at
from repository import Repository
from scratch import right


def checked(root: Path, *argv: str) -> int:
    return validate.main(["--root", str(root), "--format", "text", "--lang", "en", *argv])


MAKER = b"name: {en: Acme}\nkind: company\nlocation: {country: US}\n"
LINKS = b"links: {repository: https://github.com/acme/foo}\n"
RESULT = (
    b"results: [{benchmark: superclue, edition: 2023-11, tested: X, scores: {total: 74.02}, source: https://a.ai/x}]\n"
)
LICENCE = b"weights: open\nlicense: {name: %s, url: https://acme.ai/licence}\n"
# What main has, what a branch adds or changes, and what its author is told. Each path comes before that of main's file.
COLLISIONS = {
    "a name": (
        {"acme/foo.yaml": right("Foo", "Acme")},
        {"acme/a.yaml": right("FOO")},
        "entries/acme/a.yaml:1:12: repeated-name: 'acme/foo' is also called 'FOO'\n"
        "    = delete this file and add to that entry",
    ),
    "an alias": (
        {"acme/foo.yaml": right("Foo", "Acme")},
        {"acme/a.yaml": right("A") + b"aliases: [foo]\n"},
        "entries/acme/a.yaml:6:11: repeated-name: 'acme/foo' is also called 'foo'\n"
        "    = keep one file with what both say, or the name in one of them",
    ),
    "the name of an old entry": (
        {"acme/a.yaml": right("A"), "acme/foo.yaml": right("Foo", "Acme")},
        {"acme/a.yaml": right("Foo")},
        "entries/acme/a.yaml:1:12: repeated-name: 'acme/foo' is also called 'Foo'\n"
        "    = keep one file with what both say, or the name in one of them",
    ),
    "the name of an old entry, which a new one has": (
        {"acme/z.yaml": right("Z", "Acme")},
        {"acme/a.yaml": right("Foo"), "acme/z.yaml": right("Foo", "Acme")},
        "entries/acme/a.yaml:1:12: repeated-name: 'acme/z' is also called 'Foo'\n"
        "    = delete this file and add to that entry",
    ),
    "an address": (
        {"acme/foo.yaml": right("Foo", "Acme") + LINKS},
        {"acme/a.yaml": right("A") + LINKS},
        "entries/acme/a.yaml:6:21: shared-link: the address stands in 'acme/foo' too\n"
        "    = if it is the same thing, delete this file and add to that entry; if not, give its own address, or add "
        "'based_on'",
    ),
    "an organization in two folders": (
        {"acme/foo.yaml": right("Foo", "Acme")},
        {"zacme/a.yaml": right("A", "ACME")},
        "entries/zacme/a.yaml:2:27: repeated-organization: 'acme' is also called 'ACME'\n"
        "    = move this file to entries/acme/ and delete 'organization' in it",
    ),
    "an organization in two folders, described by itself": (
        {"acme/foo.yaml": right("Foo", "Acme")},
        {"zacme/_organization.yaml": MAKER, "zacme/a.yaml": right("A")},
        "entries/zacme/_organization.yaml:1:12: repeated-organization: 'acme' is also called 'Acme'\n"
        "    = delete this file and use the folder entries/acme/",
    ),
    "a description": (
        {"acme/foo.yaml": right("Foo", "Acme")},
        {"acme/a.yaml": right("A", "Acme")},
        "entries/acme/a.yaml:2:1: organization-twice: the organization is described in entries/acme/foo.yaml too\n"
        "    = delete it here",
    ),
    "a result": (
        {"acme/foo.yaml": right("Foo", "Acme") + RESULT},
        {"acme/a.yaml": right("A") + RESULT},
        "entries/acme/a.yaml:6:11: repeated-result: the result stands in 'acme/foo' too\n    = delete one",
    ),
    "a family": (
        {"acme/foo.yaml": right("Foo", "Acme") + b"family: Foo\n"},
        {"acme/a.yaml": right("A") + b"family: FOO\n"},
        "entries/acme/a.yaml:6:9: family-spelling: 'FOO' is written 'Foo' elsewhere\n    = use one spelling",
    ),
    "a licence": (
        {"acme/foo.yaml": right("Foo", "Acme") + LICENCE % b"Foo"},
        {"acme/a.yaml": right("A") + LICENCE % b"Goo"},
        "entries/acme/a.yaml:7:17: licence-spelling: 'Goo' is called 'Foo' elsewhere\n    = write 'Foo'",
    ),
    "a version": (
        {"acme/foo-2.yaml": right("Foo 2", "Acme") + b"released: 2024\n"},
        {"acme/foo-1.yaml": right("Foo 1") + b"released: 2025\n"},
        "entries/acme/foo-1.yaml:6:11: generation-out-of-order: later than 'acme/foo-2', released 2024\n"
        "    = correct one of the two dates",
    ),
    "a former id": (
        {"acme/foo.yaml": right("Foo", "Acme") + b"former_ids: [acme/a]\n"},
        {"acme/a.yaml": right("A")},
        "entries/acme/a.yaml:1:1: former-id-taken: 'acme/a' was the id of 'acme/foo' before\n"
        "    = give this file another name",
    ),
    "a former id of two": (
        {"acme/foo.yaml": right("Foo", "Acme") + b"former_ids: [acme/old]\n"},
        {"acme/a.yaml": right("A") + b"former_ids: [acme/old]\n"},
        "entries/acme/a.yaml:6:14: former-id-taken: 'acme/old' is a former id of 'acme/foo' too\n    = delete one",
    ),
}


@pytest.mark.parametrize(("main", "branch", "said"), COLLISIONS.values(), ids=COLLISIONS)
def test_of_files_that_do_not_go_together_the_one_of_the_branch_is_told(main, branch, said, tmp_path, capsys) -> None:
    repo = Repository.of(tmp_path / "project", main)
    repo.branch("mine")
    for path, data in branch.items():
        repo.write(f"entries/{path}", data)
    assert checked(repo.root, "--since", "main") == 1
    lines = capsys.readouterr().out.splitlines()
    assert "\n".join(line for line in lines if line.startswith(("entries/", "    ="))) == said
    repo.commit()
    assert [problem.file for problem in looked_at(repo.root, "main", "mine").problems] == [said.partition(":")[0]]


EXCUSED = (
    b"exceptions: [{rule: shared-link, file: entries/acme/%s.yaml, found: 'https://github.com/acme/foo', reason: x}]"
)


@pytest.mark.parametrize("excused", ["a", "foo"])
@pytest.mark.parametrize("since", [(), ("--since", "main")], ids=["all", "since"])
def test_an_exception_holds_on_a_branch_and_on_main_whichever_file_it_names(excused, since, tmp_path: Path) -> None:
    repo = Repository.of(tmp_path / "project", {"acme/foo.yaml": right("Foo", "Acme") + LINKS})
    repo.branch("mine")
    repo.write("entries/acme/a.yaml", right("A") + LINKS)
    assert checked(repo.root, *since) == 1
    repo.write("schema/exceptions.yaml", EXCUSED % excused.encode())
    assert checked(repo.root, *since) == 0


OF_ONE_NAME = {"acme/a.yaml": right("Foo", "Acme"), "acme/b.yaml": right("Foo"), "acme/c.yaml": right("Foo")}


@pytest.mark.parametrize("changed", [["a"], ["b"], ["c"], ["a", "b"], ["b", "c"], ["a", "b", "c"]], ids=str)
def test_a_collision_of_main_is_not_held_against_who_changes_its_files(changed: list[str], tmp_path: Path) -> None:
    repo = Repository.of(tmp_path / "project", OF_ONE_NAME)
    repo.branch("mine")
    for name in changed:
        repo.write(f"entries/acme/{name}.yaml", b"# changed\n" + OF_ONE_NAME[f"acme/{name}.yaml"])
    assert checked(repo.root) == 1
    assert checked(repo.root, "--since", "main") == 0
