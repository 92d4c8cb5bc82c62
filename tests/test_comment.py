"""The comment on a stranger's pull request: made by main's tools, and green only if all that can be known agrees."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

import comment
import preview
import pytest
from catalog import history, verify
from catalog.github import BOT
from catalog.markdown import escape
from catalog.room import Room
from catalog.verify import MARK
from codehost import HERE, CodeHost, offered, on_github, pull
from repository import Repository
from scratch import POSIX, ROOT, right, wrong

pytestmark = POSIX
ENTRIES = {"acme/foo.yaml": right("Foo", "Acme"), "acme/bar.yaml": right("Bar")}
THREAD = f"repos/{HERE}/issues/7/comments"
EVENT = "workflow_run-completed-of-a-fork"


@dataclass
class Scene:
    """The code host, main's clone of it, and a stranger's branch that is offered as a pull request."""

    first: Repository
    origin: Repository
    clone: Repository
    host: CodeHost
    answer: Path
    capsys: pytest.CaptureFixture[str]

    def offer(self, files: dict[str, bytes], *, merge: bool = True, start: str = "main") -> str:
        """Let a stranger commit these files and offer them; the stranger's own check leaves its answer."""
        self.first.branch("offer", start)
        for path, data in files.items():
            self.first.write(path, data)
        head = self.first.commit()
        merged = self.first.merged("offer")
        self.first.git("push", "--quiet", os.fspath(self.origin.root), f"+{merged}:refs/keep/7")
        offered(self.origin, head, merged if merge else None)
        with contextlib.suppress(LookupError):  # a stranger's schema may be one that nothing can be shown with
            preview.main(["--root", os.fspath(self.first.root), "origin/main", "HEAD", "--format", "json"])
        self.answer.write_text(self.capsys.readouterr().out, "utf-8")
        self.host.answers({f"repos/{HERE}/pulls?state=open&base=main&head=newcomer%3Amain": [pull(head)]})
        return head

    def run(self) -> int:
        return comment.main(["--root", os.fspath(self.clone.root), os.fspath(self.answer)])

    @property
    def said(self) -> str:
        ((_, _, body),) = self.host.sent
        return str(body["body"])


@pytest.fixture
def scene(tmp_path: Path, capsys) -> Scene:
    first = Repository.of(tmp_path / "first", ENTRIES)
    origin = first.copy(tmp_path / "origin", "--bare")
    clone = origin.copy(tmp_path / "clone")
    return Scene(first, origin, clone, CodeHost(tmp_path / "host"), tmp_path / "answer.json", capsys)


def ended(scene: Scene, monkeypatch, commit: str, conclusion: str = "success") -> None:
    event = scene.host.event(EVENT, HEAD=commit)
    event.write_text(event.read_text("utf-8").replace('"conclusion": "success"', f'"conclusion": "{conclusion}"'))
    on_github(monkeypatch, scene.host, event)


NEW = {"entries/acme/new.yaml": right("New")}
BAD = {"entries/acme/new.yaml": wrong("New")}


def test_a_right_entry_is_answered_once_and_in_green(scene: Scene, monkeypatch) -> None:
    ended(scene, monkeypatch, scene.offer(NEW))
    assert scene.run() == 0
    assert scene.capsys.readouterr() == ("answered pull request 7\n", "")
    ((method, path, _),) = scene.host.sent
    assert (method, path) == ("POST", THREAD)
    assert scene.said.startswith(f"{MARK}\n✅ **1 entry added** · **新增 1 个条目**\n")
    assert "acme/new" in scene.said


def test_the_next_answer_replaces_the_first_and_nobody_elses(scene: Scene, monkeypatch) -> None:
    head = scene.offer(NEW)
    ended(scene, monkeypatch, head)
    others = [
        {"id": 1, "user": {"login": "stranger"}, "body": f"{MARK}\n✅ mine"},
        {"id": 2, "user": {"login": BOT}, "body": "another of the same bot"},
        {"id": 3, "user": {"login": BOT}, "body": f"{MARK}\nold"},
        {"id": 4, "user": None, "body": f"{MARK}\nby somebody who is gone"},
        {"id": 5, "user": {"login": BOT}, "body": None},
    ]
    scene.host.answers({f"repos/{HERE}/pulls?": [pull(head)], THREAD: others})
    assert scene.run() == 0
    ((method, path, _),) = scene.host.sent
    assert (method, path) == ("PATCH", f"repos/{HERE}/issues/comments/3")


def test_problems_are_told_in_both_languages(scene: Scene, monkeypatch) -> None:
    ended(scene, monkeypatch, scene.offer(BAD), "failure")
    assert scene.run() == 0
    assert scene.said.startswith(f"{MARK}\n❌ ")
    assert "write &#39;available&#39;" in scene.said
    assert "请写成 &#39;available&#39;" in scene.said


DOUBTS = [  # what happens to the answer, how the run ended, and what is told
    (lambda _: None, "success", "its check left no answer that can be read"),
    (lambda _: b"", "success", "its check left no answer that can be read"),
    (lambda _: b"[1, 2]", "success", "its check left no answer that can be read"),
    (lambda _: b"\xff" * 99, "success", "its check left no answer that can be read"),
    (lambda _: b"[" * 100_000, "success", "its check left no answer that can be read"),
    (lambda _: b"{}", "success", "its check gave another answer than the tools of main"),
    (lambda found: json.dumps({**json.loads(found), "ok": False}).encode(), "success", "its check gave another answer"),
    (lambda found: found, "failure", "its check did not end as the answer says"),
    (lambda found: found, "cancelled", "its check did not end as the answer says"),
    (lambda found: found, "", "its check did not end as the answer says"),
]


@pytest.mark.parametrize(("change", "conclusion", "told"), DOUBTS)
def test_what_cannot_be_verified_is_never_green(change, conclusion, told, scene: Scene, monkeypatch) -> None:
    ended(scene, monkeypatch, scene.offer(NEW), conclusion)
    left = change(scene.answer.read_bytes())
    scene.answer.unlink() if left is None else scene.answer.write_bytes(left)
    assert scene.run() == 0
    assert scene.said.startswith(f"{MARK}\n> ⚠️ **Not verified.**")
    assert escape(told) in scene.said
    assert "✅" not in scene.said
    assert "acme/new" in scene.said  # the preview is there all the same


def test_a_check_that_was_talked_into_saying_yes_is_found_out(scene: Scene, monkeypatch) -> None:
    """The stranger's workflow says that all is well, which nobody but the stranger has seen."""
    head = scene.offer(BAD)
    scene.answer.write_text(json.dumps({"ok": True, "problems": [], "strays": [], "edited": []}), "utf-8")
    ended(scene, monkeypatch, head, "success")
    assert scene.run() == 0
    assert "its check gave another answer than the tools of main" in scene.said
    assert "its check did not end as the answer says" in scene.said
    assert "write &#39;available&#39;" in scene.said
    assert "✅" not in scene.said


@pytest.mark.parametrize("path", ["scripts/validate.py", ".github/workflows/validate.yml", "schema/x.json", "Makefile"])
def test_a_change_of_what_decides_is_told(path: str, scene: Scene, monkeypatch) -> None:
    ended(scene, monkeypatch, scene.offer({**NEW, path: b"x"}))
    assert scene.run() == 0
    said = escape(f"it changes what decides the answer: '{path}' · 它改动了决定结果的文件")
    assert f"> - {said}" in scene.said
    assert "✅" not in scene.said


def test_a_schema_that_allows_everything_does_not_judge(scene: Scene, monkeypatch) -> None:
    real = (ROOT / "schema/entry.schema.json").read_bytes()
    allowing = real.replace(b'"$ref": "vocabularies.json#/$defs/status"', b'"type": "string"')
    assert allowing != real
    head = scene.offer({**BAD, "schema/entry.schema.json": allowing})
    ended(scene, monkeypatch, head)
    assert scene.run() == 0
    assert "write &#39;available&#39;" in scene.said
    assert "✅" not in scene.said


def test_the_commit_that_was_looked_at_is_named(scene: Scene, monkeypatch) -> None:
    """If a later commit removes its own check, nothing answers it: the comment must not seem to be about that one."""
    head = scene.offer(NEW)
    ended(scene, monkeypatch, head)
    assert scene.run() == 0
    assert f"<sub>Looked at · 查看的提交 <code>{head[:12]}</code><br>Compared with · 对比 <code>" in scene.said


def test_what_cannot_be_looked_at_replaces_the_green_comment(scene: Scene, monkeypatch) -> None:
    head = scene.offer(NEW)
    ended(scene, monkeypatch, head)
    old = {"id": 3, "user": {"login": BOT}, "body": f"{MARK}\n✅ of an earlier commit"}
    scene.host.answers({f"repos/{HERE}/pulls?": [pull(head)], THREAD: [old]})
    monkeypatch.setattr(history, "MOST_FILES", 2)
    assert scene.run() == 0
    ((method, _, _),) = scene.host.sent
    assert method == "PATCH"
    assert scene.said.startswith(f"{MARK}\n> ⚠️ **Not verified.**")
    assert "main&#39;s tools cannot look at it&#58; entries&#47; is too large to be read" in scene.said
    assert "✅" not in scene.said


def test_a_list_edited_by_hand_is_told_alike_by_both_checks(scene: Scene, monkeypatch) -> None:
    """Main has moved on since the branch began: the undoing names a commit that the author has."""
    began = scene.first.commit(**{"README.md": b"generated"})
    scene.first.branch("started")
    scene.first.git("checkout", "--quiet", "main")
    scene.first.commit(**{"entries/acme/late.yaml": right("Late")})
    scene.first.publish()
    scene.first.git("push", "--quiet", os.fspath(scene.origin.root), "main")
    scene.clone.git("fetch", "--quiet")
    ended(scene, monkeypatch, scene.offer({"README.md": b"mine"}, start="started"))
    assert scene.run() == 0
    assert scene.said.startswith(f"{MARK}\n❌ **no change in the catalog, 1 generated file edited**")
    assert f"run &#96;git checkout {began[:12]} &#45;&#45; README&#46;md&#96;" in scene.said


def test_names_without_end_leave_room_for_the_rest(scene: Scene, monkeypatch) -> None:
    paths = {f"scripts/{'@' * 200}/{'@' * 200}/{number}": b"" for number in range(9)}
    ended(scene, monkeypatch, scene.offer({**paths, **NEW}))
    assert scene.run() == 0
    assert len(scene.said) < 65_536
    assert "acme/new" in scene.said


def test_a_run_that_no_pull_request_started_is_left_alone(scene: Scene, monkeypatch) -> None:
    ended(scene, monkeypatch, scene.offer(NEW))
    event = scene.host.folder / "event.json"
    event.write_text(event.read_text("utf-8").replace('"pull_request",', '"workflow_dispatch",'), "utf-8")
    assert scene.run() == 0
    assert scene.capsys.readouterr().out == "this run was not started by a pull request\n"
    assert scene.host.calls == []


def test_what_cannot_be_merged_is_told(scene: Scene, monkeypatch) -> None:
    ended(scene, monkeypatch, scene.offer(NEW, merge=False))
    assert scene.run() == 0
    assert "it cannot be merged into main as it is" in scene.said
    assert "✅" not in scene.said


def test_a_merge_of_an_older_commit_is_not_looked_at(scene: Scene, monkeypatch) -> None:
    """GitHub makes the merge a moment later than the commit."""
    scene.offer(BAD)
    older = scene.first.git("rev-parse", "HEAD")
    scene.first.git("checkout", "--quiet", "main")
    scene.first.git("branch", "--quiet", "-D", "offer")
    head = scene.offer(NEW)
    offered(scene.origin, head, older)
    ended(scene, monkeypatch, head)
    assert scene.run() == 0
    assert "it cannot be merged into main as it is" in scene.said
    assert "**1 entry added**" in scene.said


@pytest.mark.parametrize("part", ["ok", "problems", "strays", "edited"])
def test_every_part_of_the_answer_counts(part: str, scene: Scene, monkeypatch) -> None:
    ended(scene, monkeypatch, scene.offer({**BAD, "stray/acme/x.yaml": b"", "README.md": b"mine"}), "failure")
    scene.answer.write_text(json.dumps({**json.loads(scene.answer.read_bytes()), part: []}), "utf-8")
    assert scene.run() == 0
    assert "its check gave another answer than the tools of main" in scene.said


def test_doubts_and_preview_share_the_room(scene: Scene, monkeypatch) -> None:
    ended(scene, monkeypatch, scene.offer({f"scripts/{number}": b"" for number in range(99)}))
    monkeypatch.setattr(verify, "COMMENT", Room(3000, len))
    assert scene.run() == 0
    assert 2500 < len(scene.said.removeprefix(f"{MARK}\n")) <= 3000


def test_an_older_commit_is_left_to_the_newer_run(scene: Scene, monkeypatch) -> None:
    head = scene.offer(NEW)
    ended(scene, monkeypatch, head)
    offered(scene.origin, scene.first.git("rev-parse", "main"), None)
    scene.host.answers({f"repos/{HERE}/pulls?": [pull(head)]})
    assert scene.run() == 0
    assert scene.capsys.readouterr().out == "the pull request has moved on; the next run answers\n"
    assert scene.host.sent == []


@pytest.mark.parametrize(
    "other",
    [
        {"commit": "0" * 40},
        {"whose": "somebody/llm-almanac"},
        {"branch": "other"},
        {"base": "another"},
    ],
)
def test_a_pull_request_is_found_by_repository_branch_and_commit(other, scene: Scene, monkeypatch) -> None:
    head = scene.offer(NEW)
    ended(scene, monkeypatch, head)
    scene.host.answers({f"repos/{HERE}/pulls?": [pull(**{"commit": head, **other})]})
    assert scene.run() == 0
    assert scene.capsys.readouterr().out == "no open pull request has this commit\n"
    assert scene.host.sent == []


def test_a_repository_that_is_gone_has_no_pull_request(scene: Scene, monkeypatch) -> None:
    head = scene.offer(NEW)
    ended(scene, monkeypatch, head)
    gone = pull(head)
    gone["head"]["repo"] = None
    scene.host.answers({f"repos/{HERE}/pulls?": [gone]})
    assert scene.run() == 0
    assert scene.host.sent == []


def test_nothing_of_the_pull_request_is_checked_out(scene: Scene, monkeypatch) -> None:
    before = scene.clone.git("status", "--porcelain", "--branch")
    ended(scene, monkeypatch, scene.offer({**NEW, "scripts/evil.py": b"raise SystemExit"}))
    assert scene.run() == 0
    assert scene.clone.git("status", "--porcelain", "--branch") == before
    assert not (scene.clone.root / "scripts").exists()
    assert not (scene.clone.root / "entries/acme/new.yaml").exists()


def test_outside_of_a_workflow_it_says_so(scene: Scene, monkeypatch, capsys) -> None:
    monkeypatch.delenv("GITHUB_EVENT_PATH", raising=False)
    assert scene.run() == 2
    assert capsys.readouterr().err == "comment.py: GITHUB_EVENT_PATH names no event of GitHub's\n"


def test_a_refusal_of_github_is_told(scene: Scene, monkeypatch, capsys) -> None:
    ended(scene, monkeypatch, scene.offer(NEW))
    (scene.host.bin / "gh").write_text("#!/bin/sh\necho 'HTTP 403: no' >&2\nexit 1\n")
    assert scene.run() == 2
    assert capsys.readouterr().err == "comment.py: gh cannot do it: HTTP 403: no\n"
