"""An issue made with the form becomes a pull request, or gets an answer; its text is never anything but text."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import catalog.intake
import intake
import pytest
import yaml
from catalog.form import MISSING_MODEL, asked, forms
from catalog.github import BOT, BOT_ADDRESS
from catalog.intake import MARK, answer, wanted
from catalog.issue import from_issue
from catalog.schema import Schema
from codehost import HERE, CodeHost, on_github
from hostile import HOSTILE
from repository import Repository
from scratch import POSIX, right

pytestmark = POSIX
ENTRIES = {"acme/foo.yaml": right("Foo", "Acme"), "acme/bar.yaml": right("Bar")}
ANSWERS = {
    "name-en": "Nova",
    "organization": "Acme",
    "type": "Model · 模型 (model)",
    "domain": "A label of an earlier time (general)",
    "status": "Available · 可用 (available)",
    "sources": "https://acme.ai/nova",
}
THREAD = f"repos/{HERE}/issues/12/comments"


@dataclass
class Scene:
    """The code host, main's clone of it, and the schema that the form comes from."""

    origin: Repository
    clone: Repository
    host: CodeHost
    schema: Schema
    monkeypatch: pytest.MonkeyPatch

    def opened(self, body: str) -> int:
        """Let a stranger open an issue of this text."""
        on_github(self.monkeypatch, self.host, self.host.event("issues-opened", BODY=body))
        return intake.main(["--root", os.fspath(self.clone.root)])

    def issue(self, **answers: str) -> str:
        """The text of an issue that was made with the form."""
        given = ANSWERS | answers
        fields = [(one.heading, given.get(one.id, "_No response_")) for one in asked(self.schema)]
        return "\n\n".join(f"### {label}\n\n{answer}" for label, answer in fields)

    @property
    def answer(self) -> str:
        return str(self.host.sent[-1][2]["body"])

    @property
    def branches(self) -> list[str]:
        return self.origin.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split()


@pytest.fixture
def scene(tmp_path: Path, schema: Schema, monkeypatch) -> Scene:
    origin = Repository.of(tmp_path / "first", ENTRIES).copy(tmp_path / "origin", "--bare")
    return Scene(origin, origin.copy(tmp_path / "clone"), CodeHost(tmp_path / "host"), schema, monkeypatch)


def test_a_right_issue_becomes_a_pull_request_with_the_reporter_as_co_author(scene: Scene) -> None:
    assert scene.opened(scene.issue(remarks="Seen at a fair.")) == 0
    assert scene.branches == ["issue-12", "main"]
    assert scene.origin.git("show", "issue-12:entries/acme/nova.yaml") == (
        "name:\n  en: Nova\ntype: model\ndomain: general\nstatus: available\n"
        "sources:\n  - url: https://acme.ai/nova\n    supports: [name, status]"
    )
    assert scene.origin.git("log", "-1", "--format=%an <%ae>%n%B", "issue-12") == (
        f"{BOT} <{BOT_ADDRESS}>\nAdd acme/nova\n\nCo-authored-by: newcomer <4242+newcomer@users.noreply.github.com>"
    )
    assert scene.origin.git("diff", "--name-only", "main", "issue-12") == "entries/acme/nova.yaml"


def test_the_pull_request_closes_the_issue_shows_the_preview_and_is_checked(scene: Scene) -> None:
    scene.opened(scene.issue(remarks="Seen at a fair.\n@maintainer <b>look</b>"))
    (opened, told) = scene.host.sent
    assert opened[:2] == ("POST", f"repos/{HERE}/pulls")
    assert {name: opened[2][name] for name in ("title", "head", "base")} == {
        "title": "Add acme/nova",
        "head": "issue-12",
        "base": "main",
    }
    assert opened[2]["body"].startswith("Closes #12\n\nRemarks of the reporter:\n\n提交者的说明：\n\n> Seen at a fair")
    assert "<b>" not in opened[2]["body"]
    assert "@maintainer" not in opened[2]["body"]
    assert "✅ **1 entry added** · **新增 1 个条目**" in opened[2]["body"]
    assert (["workflow", "run", "validate.yml", "--ref", "issue-12"], None) in scene.host.calls
    assert told[:2] == ("POST", THREAD)
    assert told[2]["body"].startswith(f"{MARK}\nThank you. A pull request was made of this: #99.")


def test_an_edited_issue_changes_its_pull_request(scene: Scene) -> None:
    scene.opened(scene.issue())
    scene.host.answers({f"repos/{HERE}/pulls?state=open&head=llm-almanac%3Aissue-12": [{"number": 99}]})
    assert scene.opened(scene.issue(**{"name-en": "Nova 2"})) == 0
    assert scene.origin.git("diff", "--name-only", "main", "issue-12") == "entries/acme/nova-2.yaml"
    assert scene.host.sent[-2][:2] == ("PATCH", f"repos/{HERE}/pulls/99")
    assert scene.origin.git("rev-list", "--count", "main..issue-12") == "1"


def test_an_edit_that_changes_nothing_of_the_entry_leaves_the_branch_alone(scene: Scene) -> None:
    """A push would undo what reviewers have said; what was asked and not done is done all the same."""
    scene.opened(scene.issue())
    before = scene.origin.git("rev-parse", "issue-12")
    scene.clone.commit(**{"entries/acme/late.yaml": right("Late")})  # a new branch would begin here
    scene.clone.git("push", "--quiet", "origin", "main")
    assert scene.opened(scene.issue(remarks="I forgot to say hello.")) == 0
    assert scene.origin.git("rev-parse", "issue-12") == before
    assert scene.host.sent[-2][:2] == ("POST", f"repos/{HERE}/pulls")
    assert "I forgot to say hello" in scene.host.sent[-2][2]["body"]


@pytest.mark.parametrize(("old", "new"), [('"state": "open"', '"state": "closed"'), ('"new model"', '"correction"')])
def test_only_an_open_issue_of_the_form_is_taken(old: str, new: str, scene: Scene, capsys) -> None:
    event = scene.host.event("issues-opened", BODY=scene.issue())
    text = event.read_text("utf-8")
    assert old in text
    event.write_text(text.replace(old, new), "utf-8")
    on_github(scene.monkeypatch, scene.host, event)
    assert intake.main(["--root", os.fspath(scene.clone.root)]) == 0
    assert capsys.readouterr().out == "no open issue that asks for a new model\n"
    assert scene.host.calls == []
    assert scene.branches == ["main"]


def test_the_form_gives_the_label_that_is_asked_for(schema: Schema) -> None:
    form = yaml.safe_load(forms(schema, "https://acme.ai")[MISSING_MODEL])
    (label,) = form["labels"]
    assert wanted({"state": "open", "labels": [{"name": label}]})
    assert not wanted({"state": "open", "labels": []})


LONGEST = 65_536  # characters that GitHub takes


@pytest.mark.parametrize("remark", ["@" * 60_000, "@octocat\n" * 6000, "\n" * 60_000])
def test_remarks_without_end_fit_into_the_pull_request(remark: str, scene: Scene) -> None:
    assert scene.opened(scene.issue(remarks=remark)) == 0
    for _, _, body in scene.host.sent:
        assert len(body["body"]) <= LONGEST
    assert "✅ **1 entry added**" in scene.host.sent[0][2]["body"]


def test_faults_without_end_fit_into_the_answer_and_are_counted(scene: Scene) -> None:
    assert scene.opened(scene.issue(sources="\n".join(f"javascript:{n:@>40}" for n in range(900)))) == 0
    assert len(scene.answer) <= LONGEST
    told = scene.answer.count("is not a web address")
    assert told > 5
    assert re.search(r"\n… [0-9]+ more · 另有 [0-9]+ 项\n", scene.answer)


def test_the_work_of_somebody_else_on_the_branch_is_not_lost(scene: Scene, tmp_path: Path) -> None:
    scene.opened(scene.issue())
    other = scene.origin.copy(tmp_path / "other")
    other.git("checkout", "--quiet", "issue-12")
    other.write("entries/acme/nova.yaml", right("Nova"))
    theirs = other.commit()
    other.git("push", "--quiet", "origin", "issue-12")
    assert scene.opened(scene.issue(**{"name-en": "Nova 2"})) == 0
    assert scene.origin.git("rev-parse", "issue-12") == theirs
    assert scene.answer.startswith(f"{MARK}\nSomebody has worked on the pull request meanwhile")


def test_work_that_is_pushed_at_the_same_moment_is_not_lost(scene: Scene) -> None:
    scene.opened(scene.issue())
    theirs = scene.origin.git("commit-tree", "-m", "theirs", "main^{tree}")

    def slowly(*given: Any) -> None:
        commit(*given)
        scene.origin.git("update-ref", "refs/heads/issue-12", theirs)

    commit = catalog.intake._commit
    scene.monkeypatch.setattr(catalog.intake, "_commit", slowly)
    assert scene.opened(scene.issue(**{"name-en": "Nova 2"})) == 2
    assert scene.origin.git("rev-parse", "issue-12") == theirs


WRONG = [  # what is wrong in the form, and what the answer says of it
    ({"released": "2023-02-30"}, ("is not in the calendar", "日历里没有")),
    ({"domain": "_No response_"}, ("no answer to 'Domain'", "'领域' 没有回答")),
    ({"organization": "Unknown & Sons"}, ("Kind", "机构（性质）")),
    ({"name-en": "_No response_", "name-zh": "诺瓦"}, ("File name", "文件名")),
    ({"name-en": "Foo"}, ("is in the list already", "已在名录中")),
    ({"sources": "javascript:alert(1)"}, ("is not a web address", "不是网址")),
    ({"sources": "_No response_"}, ("Addresses of the sources", "来源网址")),
]


@pytest.mark.parametrize(("answers", "told"), WRONG)
def test_what_is_wrong_is_answered_on_the_issue_in_both_languages(answers, told, scene: Scene) -> None:
    assert scene.opened(scene.issue(**answers)) == 0
    ((method, path, _),) = scene.host.sent
    assert (method, path) == ("POST", THREAD)
    for words in told:
        assert words in scene.answer.replace("&#39;", "'")
    assert scene.branches == ["main"]


@pytest.mark.parametrize("body", ["", "Please add GPT-5", "\0", "### \n" * 9999, "x" * 200_000])
def test_an_issue_that_no_form_made_is_told_to_use_it(body: str, scene: Scene) -> None:
    assert scene.opened(body) == 0
    assert scene.answer.startswith(f"{MARK}\nThank you. Something is missing in the form")
    assert scene.branches == ["main"]


def test_an_issue_without_any_text(scene: Scene) -> None:
    event = scene.host.event("issues-opened", BODY="")
    event.write_text(event.read_text("utf-8").replace('"body": ""', '"body": null'), "utf-8")
    on_github(scene.monkeypatch, scene.host, event)
    assert intake.main(["--root", os.fspath(scene.clone.root)]) == 0
    assert "Something is missing in the form" in scene.answer


def test_hostile_answers_stay_text(scene: Scene) -> None:
    """Whatever somebody writes, the branch holds one entry and the answer holds no markup of theirs."""
    everything = " ".join(text for text in HOSTILE if "\n" not in text)[:400]
    for field in ("name-en", "organization", "released", "license", "summary-en", "sources", "remarks"):
        assert scene.opened(scene.issue(**{field: everything})) == 0
        for _, _, body in scene.host.sent:
            said = body["body"].replace(MARK, "")
            assert "<script" not in said
            assert "@octocat" not in said
            assert "](javascript" not in said
    assert set(scene.branches) <= {"main", "issue-12"}


REPORTERS = [
    ({"login": "new-comer", "id": 5}, "Co-authored-by: new-comer <5+new-comer@users.noreply.github.com>"),
    ({"login": "x\nCo-authored-by: y <z@z>", "id": 5}, ""),
    ({"login": "x", "id": "5> <evil"}, ""),
    ({}, ""),
]


@pytest.mark.parametrize(("reporter", "trailer"), REPORTERS)
def test_only_a_name_that_github_gives_stands_in_the_commit(reporter, trailer: str, scene: Scene) -> None:
    on_github(scene.monkeypatch, scene.host, scene.host.event("issues-opened", BODY=""))
    made = from_issue(scene.clone.root, scene.schema, scene.issue())
    answer(scene.clone.root, 12, reporter, made)
    assert scene.origin.git("log", "-1", "--format=%b", "issue-12") == trailer


def test_the_working_tree_is_left_alone(scene: Scene) -> None:
    before = scene.clone.git("status", "--porcelain", "--branch")
    scene.opened(scene.issue())
    assert scene.clone.git("status", "--porcelain", "--branch") == before
