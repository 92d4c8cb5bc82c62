"""Whole conversations with `new.py`, and the entries that come of them.

A conversation is its text: what is said, and the answers behind `> `. Long lists of words are cut with `…`.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import new
import pytest
import scratch
import yaml
from catalog import interview
from catalog.check import check
from catalog.command import home, python
from catalog.draft import alone, draft, known_organization, near_organizations, slug
from catalog.interview import option
from catalog.problem import Problem, Text
from catalog.schema import Schema
from catalog.slips import REFUSED
from catalog.source import parse
from hypothesis import given, settings
from hypothesis import strategies as st
from scratch import POSIX, right


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return scratch.make(tmp_path, {"acme/foo.yaml": right("Foo", "Acme")})


class Answers(io.StringIO):
    """Answers that show in what is said, as those that are typed at a terminal do."""

    def __init__(self, answers: list[str], said: io.StringIO) -> None:
        super().__init__("".join(f"{answer}\n" for answer in answers))
        self.said = said

    def readline(self, *_: object) -> str:
        line = super().readline()
        self.said.write(line)
        return line


def play(root: Path, answers: list[str], *argv: str) -> tuple[int, str]:
    """The exit code of a conversation, and what was said in it."""
    said = io.StringIO()
    code = new.main([*argv, "--root", str(root)], Answers(answers, said), said)
    return code, said.getvalue()


def cut(said: str) -> str:
    """Shorten lists of words to the first, and leave out spaces at the ends of lines."""
    listed = re.sub(r"(^ +1 .*?)(?:  .*)?\n(?:^ +[0-9]+ .*\n)+", r"\1\n    …\n", said, flags=re.MULTILINE)
    return re.sub(r" +$", "", listed, flags=re.MULTILINE)


def entries(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in (root / "entries").rglob("*.yaml"))


# --- whole conversations ------------------------------------------------------------------------------------

ENGLISH = """
Name › English
  In English, as the source writes it.
  one language is enough; an empty line leaves this one out
  for example: Qwen3
> Bar 2

Name › Chinese
  In Chinese, as the source writes it.
  one language is enough; an empty line leaves this one out
  for example: 通义千问3
>

Type
  Whether it is a model (weights or an API) or a product built on models.
  a number, a word or a label
    1 Model
    …
> 1

Domain
  The field of work that it is meant for, one only.
  a number, a word or a label
    1 General purpose
    …
> helthcare
  ! 'helthcare' is not a value of 'domain'; write 'healthcare'
> 医疗健康

Released
  First public release, as precisely as the source says: year, month or day.
  optional; an empty line leaves it out
  for example: 2025-04-29
> July 6, 2023
  ! 'July 6, 2023' is not a date; write 2023-07-06
> 2023-07-06

Status
  Whether the public can use it today.
  a number, a word or a label
    1 Announced
    …
>
  ! an answer is needed here
> Available

Sources › URL
  Address of the source; if it has none, give its title instead.
  an empty line if there is none
  for example: https://arxiv.org/abs/2505.09388
> acme.ai/bar
  ! 'acme.ai/bar' is not a web address; write https://acme.ai/bar
> https://acme.ai/bar

Sources › Kind
  Whether the maker itself says it, or somebody else.
  optional; an empty line leaves it out
  a number, a word or a label
    1 Primary
    …
> 1

Wrote entries/acme/bar-2.yaml. What to do next:
  git switch -c add-acme-bar-2
  git add entries/acme/bar-2.yaml
  git commit -m "Add acme/bar-2"
  git push -u origin HEAD
Then open a pull request. Or, in the browser, put the text of the file here:
  HOME/new/main/entries/acme?filename=bar-2.yaml
"""
ENGLISH_ENTRY = """name:
  en: Bar 2
type: model
domain: healthcare
released: 2023-07-06
status: available
sources:
  - url: https://acme.ai/bar
    kind: primary
    supports: [name, released, status]
"""
CHINESE = """机构的文件夹名，或机构名称
> 诺瓦
  ! 名录里没有 '诺瓦'；新建文件夹请用英文名或拼音
> Nova Labs
  entries/nova-labs：新文件夹

名称 › 中文
  中文，与来源的写法相同。
  有一种语言即可；直接回车则不写这一种
  例如：通义千问3
> 诺瓦二号

名称 › 英文
  英文，与来源的写法相同。
  有一种语言即可；直接回车则不写这一种
  例如：Qwen3
> Nova 2

文件名，不含 .yaml
  直接回车则用 'nova-2'
>

机构 › 名称 › 中文
  中文，与来源的写法相同。
  有一种语言即可；直接回车则不写这一种
  例如：阿里云
>

机构 › 名称 › 英文
  英文，与来源的写法相同。
  例如：Alibaba Cloud
>
  ! 这一项必填
> 诺瓦
  ! '诺瓦' 含有中文；请写在 'zh' 下
> Nova Labs

机构 › 性质
  机构的性质。
  序号、取值或名称均可
    1 企业 (company)
    …
> 企业

机构 › 所在地 › 国家或地区
  ISO 3166-1 的两位字母代码，如 CN。
  序号、取值或名称均可
    1 中国大陆 (CN)
    …
> 中国
  ! '中国' 不是 'country' 的取值；请写成 'CN'
> cn

机构 › 所在地 › 省份
  中国大陆的省、直辖市或自治区。
  选填；直接回车则不写
  序号、取值或名称均可
    1 安徽 (anhui)
    …
> 2

类型
  是模型（权重或 API 接口），还是基于模型的产品。
  序号、取值或名称均可
    1 模型 (model)
    …
> 产品

领域
  它面向的领域，只写一个。
  序号、取值或名称均可
    1 通用 (general)
    …
> general

发布日期
  首次公开发布的日期，来源写到年、月还是日就写到哪一级。
  选填；直接回车则不写
  例如：2025-04-29
>

状态
  公众现在能否使用。
  序号、取值或名称均可
    1 已公布 (announced)
    …
> 1

来源 › 网址
  来源的网址；没有网址时改写标题。
  没有则直接回车
  例如：https://arxiv.org/abs/2505.09388
> https://nova.ai/2

来源 › 性质
  是开发者自己说的，还是别人说的。
  选填；直接回车则不写
  序号、取值或名称均可
    1 一手 (primary)
    …
>

已写入 entries/nova-labs/nova-2.yaml。接下来：
  git switch -c add-nova-labs-nova-2
  git add entries/nova-labs/nova-2.yaml
  git commit -m "Add nova-labs/nova-2"
  git push -u origin HEAD
然后发起拉取请求。或者在浏览器里把文件内容粘贴到这里：
  HOME/new/main/entries/nova-labs?filename=nova-2.yaml
"""
CHINESE_ENTRY = """name:
  zh: 诺瓦二号
  en: Nova 2
organization:
  name:
    en: Nova Labs
  kind: company
  location:
    country: CN
    region: beijing
type: product
domain: general
status: announced
sources:
  - url: https://nova.ai/2
    supports: [name, status]
"""
CONVERSATIONS = [
    (["acme/bar-2", "--lang", "en"], ENGLISH, "acme/bar-2", ENGLISH_ENTRY),
    (["--lang", "zh"], CHINESE, "nova-labs/nova-2", CHINESE_ENTRY),
]


@pytest.mark.parametrize(("argv", "conversation", "name", "written"), CONVERSATIONS)
def test_a_conversation_writes_an_entry(
    argv: list[str], conversation: str, name: str, written: str, root: Path, schema: Schema
) -> None:
    answers = re.findall(r"^> ?(.*)$", conversation, re.MULTILINE)
    code, said = play(root, answers, *argv)
    assert cut(said).replace(home(), "HOME") == conversation
    assert code == 0
    assert (root / "entries" / f"{name}.yaml").read_bytes().decode() == written
    assert check(root, schema)[1] == []


# --- parts of conversations ---------------------------------------------------------------------------------

REST = ["1", "1", "", "3", "https://acme.ai/bar", ""]  # of an entry whose organization is known
LEFT = "nothing was written\n"


def left(text: str) -> str:
    """How a conversation ends whose answers are not written."""
    return f"\nThis is what you typed; copy it to keep it:\n\n{text}\n{LEFT}"


def ending(said: str, beginning: str) -> str:
    """What was said from a beginning on."""
    assert beginning in said, said
    return said[said.index(beginning) :]


def test_what_is_there_already_is_shown_right_after_the_names(root: Path) -> None:
    code, said = play(root, ["FOO", "", "", "n"], "bar/foo", "--lang", "en")
    assert ending(cut(said), "This may be") == (
        "This may be in the catalog already:\n"
        "  acme/foo: it is called 'Foo' too\n"
        "Is yours another model or product? [y/n]\n"
        ">\n"
        "  ! answer y or n\n"
        "> n\n"
        "Then edit what is there: entries/acme/foo.yaml\n" + left("name:\n  en: FOO\n")
    )
    assert code == 1


def test_braces_in_a_name_are_braces(root: Path) -> None:
    scratch.add(root, "acme/braces.yaml", right("'{x} {{y}} {'"))
    code, said = play(root, ["{x} {{y}} {", "", "n"], "bar/foo", "--lang", "en")
    assert "\n  acme/braces: it is called '{x} {{y}} {' too\n" in said
    assert code == 1


def test_what_does_not_fit_into_the_catalog_is_shown_and_asked_again(root: Path) -> None:
    answers = ["foo", "", "y", *REST, "maybe", "y", "Bar", "巴"]
    code, said = play(root, answers, "acme/bar", "--lang", "en")
    assert ending(cut(said), "entries/acme/foo.yaml:1:12").startswith(
        "entries/acme/foo.yaml:1:12: repeated-name: 'acme/bar' is also called 'Foo'\n"
        "  1 | name: {en: Foo}\n"
        "    |            ^~~\n"
        "    = keep one file with what both say, or the name in one of them\n"
        "\n"
        "1 file checked, 1 problem.\n"
        "Answer these again? [y/n]\n"
        "> maybe\n"
        "  ! answer y or n\n"
        "> y\n"
        "\n"
        "Name › English\n"
        "  In English, as the source writes it.\n"
        "  for example: Qwen3\n"
        "> Bar\n"
        "\n"
        "Wrote entries/acme/bar.yaml. What to do next:\n"
    )
    assert code == 0


FOO = """name:
  en: foo
type: model
domain: general
status: available
sources:
  - url: https://acme.ai/bar
    supports: [name, status]
"""
KEEP = "Write entries/acme/bar.yaml as it is, and correct it there? [y/n]\n> "
LEAVING = [  # what is answered to a problem, and how the conversation ends
    (["n", "n"], f"[y/n]\n> n\n{KEEP}n\n" + left(FOO)),
    (["n"], f"[y/n]\n> n\n{KEEP}\n" + left(FOO)),
    ([], "[y/n]\n> \n" + left(FOO)),
    (["y"], "  for example: Qwen3\n> \n" + left(FOO)),
]


@pytest.mark.parametrize(("answers", "end"), LEAVING)
def test_who_does_not_want_to_answer_again_gets_the_answers_back(answers: list[str], end: str, root: Path) -> None:
    code, said = play(root, ["foo", "", "y", *REST, *answers], "acme/bar", "--lang", "en")
    assert said.endswith(end)
    assert code == 1
    assert entries(root) == ["entries/acme/foo.yaml"]


def test_what_does_not_fit_is_written_for_who_wants_to_correct_it_there(root: Path) -> None:
    code, said = play(root, ["foo", "", "y", *REST, "n", "y"], "acme/bar", "--lang", "en")
    assert ending(said, KEEP).startswith(
        f"{KEEP}y\n"
        "\n"
        "Wrote entries/acme/bar.yaml with these problems. Correct it until this finds none:\n"
        f"  {python()} scripts/validate.py\n"
        "Then:\n"
        "  git switch -c add-acme-bar\n"
    )
    assert code == 0
    assert (root / "entries/acme/bar.yaml").read_text() == FOO


def test_a_fault_of_ours_loses_no_answer(root: Path, monkeypatch) -> None:
    said = io.StringIO()
    monkeypatch.setattr(interview, "among", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        new.main(["acme/bar", "--root", str(root), "--lang", "en"], Answers(["foo", "", "y", *REST], said), said)
    assert said.getvalue().endswith(left(FOO).removesuffix(LEFT))


TITLED = [  # what is typed for a source; `again` where its title is found to be wrong
    ["", "", "Bar report", "1"],
    ["Bar report", "", "Bar report", "1"],
    ["", "Foo", "1", "y", "", "Bar report", "1"],
]


@pytest.mark.parametrize("typed", TITLED)
def test_a_source_without_an_address_has_a_title(typed: list[str], root: Path, schema: Schema, monkeypatch) -> None:
    wrong = Problem("entries/acme/bar.yaml", 6, 12, "made-up", Text("another report", "另一份报告"))
    found = iter([[wrong], []] if "y" in typed else [[]])
    monkeypatch.setattr(interview, "among", lambda *_: next(found))
    code, said = play(root, ["Bar", "", "1", "1", "", "3", *typed], "acme/bar", "--lang", "en")
    assert code == 0, said
    written = (root / "entries/acme/bar.yaml").read_text()
    assert "sources:\n  - title: Bar report\n    kind: primary\n" in written
    assert check(root, schema)[1] == []


def test_a_source_has_an_address_or_a_title(root: Path) -> None:
    said = play(root, ["Bar", "", "1", "1", "", "3", "", ""], "acme/bar", "--lang", "en")[1]
    assert ending(said, "Sources › Title\n").startswith(
        "Sources › Title\n  What the source is called.\n  for example: Qwen3 Technical Report\n"
        "> \n  ! an answer is needed here\n> "
    )


def test_a_problem_of_the_file_itself_is_asked_again(root: Path, monkeypatch) -> None:
    at_date = Problem("entries/acme/bar.yaml", 5, 11, "made-up", Text("too early", "太早"))
    found = iter([[at_date], []])
    monkeypatch.setattr(interview, "among", lambda *_: next(found))
    answers = ["Bar", "", "1", "1", "2024", "3", "https://acme.ai/bar", "", "y", "2025"]
    code, said = play(root, answers, "acme/bar", "--lang", "en")
    assert ending(cut(said), "entries/acme/bar.yaml:5").startswith(
        "entries/acme/bar.yaml:5:11: made-up: too early\n\n1 file checked, 1 problem.\n"
        "Answer these again? [y/n]\n> y\n\nReleased\n"
    )
    assert 'released: "2025"\n' in (root / "entries/acme/bar.yaml").read_text()
    assert code == 0


FOLDERS = [  # the id that is asked for, the answers, and the file that is written
    ("acmee/bar", ["y", "Bar", "", *REST], "entries/acme/bar.yaml"),
    ("acmee/bar", ["n", "Bar", "", "Other", "", "1", "us", *REST], "entries/acmee/bar.yaml"),
    ("ac-labs/bar", ["Bar", "", "ACME.", "y", *REST], "entries/acme/bar.yaml"),
    ("", ["Acme", "Bar", "", "", *REST], "entries/acme/bar.yaml"),
    ("", ["acme", "", "巴", "", "Bar", "bar", *REST], "entries/acme/bar.yaml"),
    ("", ["acme", "Bar", "巴", "other", *REST], "entries/acme/other.yaml"),
    ("", ["entries/acme/", "Bar", "", "other.yaml", *REST], "entries/acme/other.yaml"),
    ("", ["Acme Cloud", "y", "Bar", "", "", *REST], "entries/acme/bar.yaml"),
    ("", ["Acme Cloud", "n", "Bar", "", "", "Other", "", "1", "us", *REST], "entries/acme-cloud/bar.yaml"),
    ("", ["acme", "Bar", "", "y", *REST], "entries/acme/bar.yaml"),
    ("", ["acme", "Bar", "", "N", "other", *REST], "entries/acme/other.yaml"),
    ("", ["acme", "", "巴", "y", "bar", *REST], "entries/acme/bar.yaml"),
    ("", ["acme", "Foo Bar", "", "foo", "foo", "bar", *REST], "entries/acme/bar.yaml"),
    ("ac-labs/foo", ["Bar", "", "Acme", "y", "", *REST], "entries/acme/bar.yaml"),
    ("nova/bar", ["Acme", "", "Nova", "", "1", "us", *REST], "entries/nova/bar.yaml"),
    ("acmee/bar", ["YES", "Bar", "", *REST], "entries/acme/bar.yaml"),
    ("entries/acme/bar.yaml", ["Bar", "", *REST], "entries/acme/bar.yaml"),
    ("acme/bar.yaml", ["Bar", "", *REST], "entries/acme/bar.yaml"),
]


@pytest.mark.parametrize(("target", "answers", "written"), FOLDERS)
def test_the_folder_of_a_known_organization_is_found(
    target: str, answers: list[str], written: str, root: Path, schema: Schema
) -> None:
    code, said = play(root, answers, *([target] if target else []), "--lang", "en")
    assert code == 0, said
    assert entries(root) == sorted(["entries/acme/foo.yaml", written])
    assert check(root, schema)[1] == []


TAKEN = [
    ("acmee/foo", ["y"], "entries/acme/foo.yaml is there already; edit it instead\n"),
    (
        "",
        ["acme", "Bar", "", "foo"],
        "> foo\n  ! entries/acme/foo.yaml is there already; give another name, or leave with Ctrl-C and edit it\n> \n"
        + left("name:\n  en: Bar\n").removesuffix(LEFT),
    ),
    (
        "ac-labs/foo",
        ["B", "", "Acme", "y"],
        "  ! entries/acme/foo.yaml is there already; give another name, or leave with Ctrl-C and edit it\n"
        "\n"
        "Name of the file, without .yaml\n"
        "  an empty line takes 'b'\n"
        "> \n" + left("name:\n  en: B\n").removesuffix(LEFT),
    ),
]


@pytest.mark.parametrize(("target", "answers", "told"), TAKEN)
def test_a_file_that_is_there_is_never_written(target: str, answers: list[str], told: str, root: Path) -> None:
    code, said = play(root, answers, *([target] if target else []), "--lang", "en")
    assert said.endswith(told + LEFT)
    assert code == 1
    assert (root / "entries/acme/foo.yaml").read_bytes() == right("Foo", "Acme")


def test_the_folder_that_is_taken_is_told(root: Path) -> None:
    said = play(root, ["诺瓦", "con", "", "ACME"], "--lang", "en")[1]
    assert said.startswith(
        "Folder of the organization, or its name\n"
        "> 诺瓦\n"
        "  ! '诺瓦' is not in the catalog; name a new folder in English or pinyin\n"
        "> con\n"
        "  ! Windows keeps the name 'con' for itself; rename it to 'con-1'\n"
        "> \n"
        "  ! an answer is needed here\n"
        "> ACME\n"
        "  entries/acme: the folder of Acme\n"
    )
    assert "> Nova\n  entries/nova: a new folder\n" in play(root, ["Nova"], "--lang", "en")[1]


def test_an_organization_that_may_be_meant_is_asked_about(root: Path) -> None:
    said = play(root, ["Acme Cloud"], "--lang", "en")[1]
    assert "> Acme Cloud\nThere is no organization 'Acme Cloud' yet. Do you mean 'acme' (Acme)? [y/n]\n" in said


NEAR = [  # organizations of the catalog, what somebody types, and the folders that are asked about
    ({"alibaba": "阿里巴巴", "ali-health": "阿里健康", "tencent": "腾讯"}, "阿里", ["ali-health", "alibaba"]),
    ({"baidu": "百度", "tencent": "腾讯"}, "百度智能云", ["baidu"]),
    ({"tencent": "Tencent"}, "tencent AI lab", ["tencent"]),
    ({"alibaba": "Alibaba"}, "alibba", ["alibaba"]),
    ({"alibaba": "Alibaba"}, "ali", []),
    ({"xd-lab": "X-D Lab"}, "x", []),
    ({"x": "X"}, "x labs", []),
    ({"xd-lab": "X-D Lab"}, "d lab x", ["xd-lab"]),
    ({"a": "一大学", "b": "二大学", "c": "三大学"}, "大学", ["a", "b", "c"]),
    ({"a": "一大学", "b": "二大学", "c": "三大学", "d": "四大学"}, "大学", []),
    ({"a": "大"}, "大学", []),
    ({"a": "Foo"}, "", []),
]


@pytest.mark.parametrize(("organizations", "typed", "folders"), NEAR)
def test_an_organization_of_nearly_that_name_may_be_meant(
    organizations: dict[str, str], typed: str, folders: list[str], tmp_path: Path, schema: Schema
) -> None:
    record = "kind: company\nlocation: {country: CN}\n"
    files = {
        f"{name}/_organization.yaml": f"name: {{zh: {called}}}\n{record}" for name, called in organizations.items()
    }
    files = {name: text.replace("zh: ", "en: ") if text.isascii() else text for name, text in files.items()}
    scratch.make(tmp_path, {name: text.encode() for name, text in files.items()})
    assert near_organizations(typed, check(tmp_path, schema)[0]) == folders


@pytest.mark.parametrize("count", range(12))
def test_who_leaves_in_the_middle_leaves_no_file_behind_and_keeps_the_answers(count: int, root: Path) -> None:
    answers = [
        "Nova",
        "",
        "Nova Labs",
        "",
        "company",
        "US",
        "model",
        "general",
        "2024",
        "available",
        "https://n.ai/1",
        "",
    ]
    code, said = play(root, answers[:count], "nova/nova", "--lang", "en")
    assert code == 1
    assert said.endswith(LEFT)
    given_back = said.rpartition("copy it to keep it:\n")[2]
    assert all(answer in given_back for answer in answers[:count])
    assert [path.name for path in (root / "entries").iterdir()] == ["acme"]


def test_ctrl_c_ends_the_conversation(root: Path) -> None:
    class Stopped(Answers):
        def readline(self, *_: object) -> str:
            raise KeyboardInterrupt

    said = io.StringIO()
    assert new.main(["acme/bar", "--root", str(root), "--lang", "en"], Stopped([], said), said) == 130
    assert said.getvalue().endswith("> \n" + LEFT)


# --- hostile answers ----------------------------------------------------------------------------------------

REFUSED_ANSWERS = [
    ("\x1b[31mred", "a character that cannot be seen (U+001B); delete it"),
    ("a\u202eb", "a character that cannot be seen (U+202E); delete it"),
    ("a\u200bb", "a zero-width space (U+200B); delete it"),
    ("a\tb", "a tab (U+0009); write an ordinary space"),
    ("a  b", "'a  b' has spaces at an end or in a row; write 'a b'"),
    ("ＧＰＴ", "'ＧＰＴ' holds full-width letters or digits; write 'GPT'"),
    ("x" * 81, "81 characters, expected at most 80; shorten it"),
    ("x" * 5000, "a line of more than 1000 characters; shorten it, or give each list item its own line"),
    ("通义", "'通义' holds Chinese; write it under 'zh'"),
]
REFUSED_WORDS = [  # of the 24 domains, and of the two types
    (["1", "helthcare"], "'helthcare' is not a value of 'domain'; write 'healthcare'"),
    (["1", "zzz"], "'zzz' is not a value of 'domain'; a number, a word or a label"),
    (["zzz"], "'zzz' is not a value of 'type'; a number, a word or a label"),
]


@pytest.mark.parametrize(("answers", "told"), REFUSED_WORDS)
def test_a_list_of_words_is_not_told_again(answers: list[str], told: str, root: Path) -> None:
    said = play(root, ["Bar", "", *answers], "acme/bar", "--lang", "en")[1]
    assert f"> {answers[-1]}\n  ! {told}\n> \n\n" in said


@pytest.mark.parametrize(("answer", "told"), REFUSED_ANSWERS)
def test_an_answer_is_refused_in_the_words_of_the_validator(answer: str, told: str, root: Path) -> None:
    code, said = play(root, [answer], "acme/bar", "--lang", "en")
    assert said.endswith(f"> {answer}\n  ! {told}\n> \n{LEFT}")
    assert code == 1


ODD = ["a: b", "a #1", "# a", "'a' \"b\"", "{{ 7 * 7 }}", "${HOME} $(id)", "no", "360", "2024-01-01", "::error::x", "-"]
ODD += [
    "~",
    "[a, b]",
    "@a",
    "%s {} {0}",
    "a\\nb",
    "“a”",
    "null",
    "=",
    "<<",
    "0x1F",
    "1:30",
    "`id`",
    "&a *b !c",
    "| x",
    "y",
]
ODD += ["name: {en: x}", "</td></tr> |", "=cmd()", "##[error]x"]


@pytest.mark.parametrize("answer", ODD)
def test_an_odd_name_is_written_as_it_is(answer: str, root: Path, schema: Schema) -> None:
    sure = ["y"] if answer.isdecimal() else []
    code, said = play(root, [answer, *sure, "", *REST], "acme/bar", "--lang", "en")
    assert code == 0, said
    catalog, problems = check(root, schema)
    assert problems == []
    assert catalog.entries["acme/bar"].data["name"] == {"en": answer}
    assert yaml.safe_load((root / "entries/acme/bar.yaml").read_bytes())["name"] == {"en": answer}


def test_a_number_may_be_a_name_or_meant_for_a_list(root: Path) -> None:
    code, said = play(root, ["1", "n", "Bar", "12333", "y", *REST], "acme/bar", "--lang", "en")
    assert "> 1\nIs the name really '1'? [y/n]\n> n\n> Bar\n" in said
    assert (root / "entries/acme/bar.yaml").read_text().startswith('name:\n  zh: "12333"\n  en: Bar\n')
    assert code == 0


def test_what_is_said_never_obeys_an_answer(root: Path) -> None:
    """Folder, file and names; only what the answers themselves show is left out."""
    said = io.StringIO()
    answers = io.StringIO("\x1b[2J\u202e##[error]x\nnova\n\x1b]0;x\x07\nNova\n\n::error::\x1b\n")
    assert new.main(["--root", str(root), "--lang", "en"], answers, said) == 1
    assert all(char.isprintable() or char == "\n" for char in said.getvalue())
    assert "##[" not in said.getvalue()
    assert not re.search("^::", said.getvalue(), re.MULTILINE)


# --- what is and is not written -----------------------------------------------------------------------------


def test_problems_that_were_there_before_do_not_count(root: Path) -> None:
    scratch.add(root, "acme/old.yaml", scratch.wrong("Old"))
    scratch.add(root, "acme/Stray.yml", b"x")
    assert play(root, ["Bar", "", *REST], "acme/bar")[0] == 0


def test_a_file_that_cannot_be_read_counts_as_a_description(root: Path) -> None:
    scratch.add(root, "nova/_organization.yaml", b"name: [")
    assert play(root, ["Bar", "", *REST], "nova/bar")[0] == 0


@POSIX
@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("link", ["entries/nova", "entries"])
def test_nothing_is_written_through_a_link(link: str, root: Path, tmp_path_factory, capsys) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    if (root / link).exists():
        (root / link).rename(root / "moved")
    (root / link).symlink_to(elsewhere)
    answers = ["Nova", "", "Nova", "", "1", "us", *REST]
    assert play(root, answers, "nova/nova", "--lang", "en")[0] == 1
    assert capsys.readouterr().err == f"new.py: {link} is not a folder of its own; nothing is written through links\n"
    assert list(elsewhere.iterdir()) == []


def test_a_file_that_somebody_writes_meanwhile_is_kept(root: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(interview, "among", lambda *_: scratch.add(root, "acme/bar.yaml", b"theirs") or [])
    assert play(root, ["Bar", "", *REST], "acme/bar", "--lang", "en")[0] == 1
    assert capsys.readouterr().err == "new.py: entries/acme/bar.yaml cannot be written (File exists)\n"
    assert (root / "entries/acme/bar.yaml").read_bytes() == b"theirs"


def test_a_folder_that_cannot_be_made_is_told(root: Path, capsys) -> None:
    (root / "entries/nova").write_text("a file")
    assert play(root, ["", "Nova", "", "Nova", "1", "us", *REST], "nova/nova", "--lang", "zh")[0] == 1
    assert capsys.readouterr().err.startswith("new.py: entries/nova/nova.yaml 无法写入（")


SLUG = "is not made of lower-case letters, digits and single '-' or '.' (at most 64)"
WRONG_USE = [
    ("acme", 2, "acme: write ORGANIZATION/MODEL, such as acme/foo-2"),
    ("a/b/c", 2, "a/b/c: write ORGANIZATION/MODEL, such as acme/foo-2"),
    ("", 2, ": write ORGANIZATION/MODEL, such as acme/foo-2"),
    ("\x1b[31m{x}", 2, "<U+001B>[31m{x}: write ORGANIZATION/MODEL, such as acme/foo-2"),
    ("../x", 2, f"'..' {SLUG}; use the English name or pinyin"),
    ("Acme/x", 2, f"'Acme' {SLUG}; rename it to 'acme'"),
    ("acme/{x}", 2, f"'{{x}}' {SLUG}; rename it to 'x'"),
    ("acme/_organization", 2, f"'_organization' {SLUG}; use the English name or pinyin"),
    ("acme/con", 2, "Windows keeps the name 'con' for itself; rename it to 'con-1'"),
    ("acme/foo", 1, "entries/acme/foo.yaml is there already; edit it instead"),
]


@pytest.mark.parametrize(("target", "code", "told"), WRONG_USE)
def test_an_id_is_checked_before_anything_is_asked(target: str, code: int, told: str, root: Path, capsys) -> None:
    assert play(root, [], target, "--lang", "en") == (code, "")
    assert capsys.readouterr().err == f"new.py: {told}\n"


@pytest.mark.parametrize("argv", [["--nope"], ["a/b", "c/d"], ["--lang", "fr"]])
def test_unknown_options_are_wrong_use(argv: list[str], root: Path, capsys) -> None:
    with pytest.raises(SystemExit) as exit_:
        play(root, [], *argv)
    assert exit_.value.code == 2
    assert capsys.readouterr().err.startswith("usage: new.py ")


# --- as a program -------------------------------------------------------------------------------------------


def test_it_reads_utf8_whatever_the_locale_and_speaks_the_language_of_the_environment(root: Path) -> None:
    program = [sys.executable, str(scratch.ROOT / "scripts/new.py"), "acme/bar", "--root", str(root)]
    environment = scratch.environment(LC_ALL="C", PYTHONIOENCODING="ascii") | {"LC_ALL": "zh_CN.GBK"}
    typed = "\n".join(["巴尔", "Bar", *REST, ""]).encode()
    done = subprocess.run(program, input=typed, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "\n已写入 entries/acme/bar.yaml。接下来：\n" in done.stdout.decode()
    assert "  zh: 巴尔\n" in (root / "entries/acme/bar.yaml").read_text("utf-8")


def test_what_is_not_utf8_is_told(root: Path) -> None:
    program = [sys.executable, str(scratch.ROOT / "scripts/new.py"), "acme/bar", "--root", str(root), "--lang", "en"]
    done = subprocess.run(program, input=b"a\xff\n", env=scratch.environment(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "> " + "  ! a character that cannot be seen (U+FFFD); delete it\n" in done.stdout.decode()


def typed(root: Path, keys: bytes, *argv: str, locale: str = "C.UTF-8") -> tuple[int, str]:
    """The exit code of a conversation at a terminal, and all that it showed."""
    pty = pytest.importorskip("pty")
    program = [sys.executable, str(scratch.ROOT / "scripts/new.py"), *argv, "--root", str(root), "--lang", "en"]
    child, terminal = pty.fork()
    if not child:
        os.execve(sys.executable, program, scratch.environment(TERM="xterm", LC_ALL=locale))
    shown = b""
    while b"> " not in shown:
        shown += os.read(terminal, 4096)
    os.write(terminal, keys + b"\x04")  # so that nobody waits for more
    with contextlib.suppress(OSError):  # what Linux says of a terminal that everybody left
        while more := os.read(terminal, 4096):
            shown += more
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


@POSIX
@pytest.mark.parametrize("locale", ["C.UTF-8", "C", "POSIX", "zh_CN.GBK", "nowhere"])
def test_what_is_typed_can_be_edited(locale: str, root: Path) -> None:
    pytest.importorskip("readline")
    left, erase = b"\x1b[D", b"\x7f"
    keys = b"Bx" + left + b"a" + "r\n巴哈".encode() + erase + "尔\n".encode() + "\n".join([*REST, ""]).encode()
    assert typed(root, keys, "acme/bar", locale=locale)[0] == 0
    assert (root / "entries/acme/bar.yaml").read_text("utf-8").startswith("name:\n  zh: 巴尔\n  en: Barx\n")


@POSIX
@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_no_key_lists_or_completes_files(locale: str, root: Path) -> None:
    pytest.importorskip("readline")
    code, shown = typed(root, b"scr\x1b\t\x1b\tx\n\n" + "\n".join([*REST, ""]).encode(), "acme/bar", locale=locale)
    assert code == 0
    assert "scripts" not in shown.partition("Wrote")[0]
    assert (root / "entries/acme/bar.yaml").read_text().startswith("name:\n  en: scrx\n")


@pytest.mark.parametrize("given_", [{"input": b""}, {"stdin": subprocess.DEVNULL}])
def test_without_answers_nothing_is_written(given_: dict[str, object], root: Path) -> None:
    program = [sys.executable, str(scratch.ROOT / "scripts/new.py"), "acme/bar", "--root", str(root), "--lang", "en"]
    done = subprocess.run(program, env=scratch.environment(), capture_output=True, check=False, **given_)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode().endswith("> \n" + LEFT)


@pytest.mark.parametrize("closed", [True, False])
def test_a_closed_standard_input_is_the_end_of_the_conversation(closed: bool, root: Path, monkeypatch, capsys) -> None:
    stream = io.StringIO("Bar\n") if closed else None
    if stream:
        stream.close()
    monkeypatch.setattr(sys, "stdin", stream)
    assert new.main(["acme/bar", "--root", str(root), "--lang", "en"]) == 1
    assert capsys.readouterr().out.endswith("> \n" + LEFT)


def test_a_closed_standard_output_is_no_fault(root: Path, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert new.main(["acme/bar", "--root", str(root)], io.StringIO("\n".join(["Bar", "", *REST, ""]))) == 0
    assert entries(root) == ["entries/acme/bar.yaml", "entries/acme/foo.yaml"]


# --- answers, ids, and drafts -------------------------------------------------------------------------------

KINDS = [
    ("1", "company"),
    ("6", "individual"),
    ("company", "company"),
    ("Company", "company"),
    (" 高 校 ", "university"),
    ("0", "0"),
    ("7", "7"),
    ("-1", "-1"),
    ("１", "１"),
    ("1" * 5000, "1" * 5000),
    ("00060", "00060"),
    ("compny", "compny"),
    ("", ""),
]


@pytest.mark.parametrize(("answer", "value"), KINDS)
def test_a_number_a_word_or_a_label_stands_for_a_value(answer: str, value: str, schema: Schema) -> None:
    assert option(answer, schema.labels("kind")) == value


SLUGS = [
    ("Qwen3", "qwen3"),
    ("GPT-4 Turbo (v2.5)", "gpt-4-turbo-v2.5"),
    ("Café Noir", "cafe-noir"),
    ("C++ Model", "c-plus-plus-model"),
    ("..a..b--c.", "a.b-c"),
    ("360", "360"),
    ("../../etc/passwd", "etc-passwd"),
    ("ＧＰＴ", "gpt"),
    ("通义千问3", ""),
    ("Модель", ""),
    ("con", ""),
    ("x" * 65, ""),
    ("!!!", ""),
    ("", ""),
]


@pytest.mark.parametrize(("name", "expected"), SLUGS)
def test_a_name_in_latin_letters_gives_the_name_of_a_file(name: str, expected: str) -> None:
    assert slug(name) == expected


CALLED = [("acme", "acme"), ("ACME", "acme"), ("Acme.", "acme"), ("Acm", ""), ("", "")]


@pytest.mark.parametrize(("name", "folder"), CALLED)
def test_an_organization_is_known_by_its_folder_or_name(name: str, folder: str, root: Path, schema: Schema) -> None:
    assert known_organization(name, check(root, schema)[0]) == folder


DRAFT = {
    "unknown": "last",
    "sources": [{"supports": ["name"], "title": "a: b", "url": "https://acme.ai/?a=1#b"}, {"title": "# c"}],
    "results": [{"scores": {"total": 57.5}, "rank": 3, "edition": "2023"}],
    "variants": [{"context": 4096, "name": "7"}, {"name": "it's"}],
    "aliases": ["no", "a, b", "通义", "x]"],
    "languages": ["no", "en"],
    "summary": {"en": "Says: 'it' and \"that\".", "zh": "“引号”"},
    "name": {"zh": "一", "en": "1.10"},
    "license": "Apache-2.0",
    "capabilities": [],
    "released": "2023-02-30",
}
DRAFTED = """name:
  zh: 一
  en: "1.10"
aliases: ["no", "a, b", 通义, "x]"]
capabilities: []
released: 2023-02-30
license: Apache-2.0
variants:
  - name: "7"
    context: 4096
  - name: it's
languages: ["no", en]
results:
  - edition: "2023"
    rank: 3
    scores:
      total: 57.5
summary:
  zh: "“引号”"
  en: 'Says: ''it'' and "that".'
sources:
  - url: https://acme.ai/?a=1#b
    title: "a: b"
    supports: [name]
  - title: "# c"
unknown: last
"""


def test_a_draft_is_written_in_the_order_and_style_of_the_catalog(schema: Schema) -> None:
    assert draft(DRAFT, schema) == DRAFTED


def test_a_long_list_is_written_line_by_line(schema: Schema) -> None:
    short, long = ["gpt：续", "- y"], "x" * 100
    assert draft({"aliases": short}, schema) == 'aliases: [gpt：续, "- y"]\n'
    assert draft({"aliases": [*short, long]}, schema) == f'aliases:\n  - "gpt：续"\n  - "- y"\n  - {long}\n'


def test_items_that_would_be_taken_for_slips_of_each_other_stand_on_lines_of_their_own(schema: Schema) -> None:
    items = ["\\，", "' ,\"", "，"]
    assert draft({"aliases": items}, schema) == "aliases:\n  - \\，\n  - ''' ,\"'\n  - ，\n"


# Any text of one line without what the reader refuses; more often than not, of the signs that mean something to YAML.
MEANING = "'\"\\#:,[]{}&*!|>%@`-?~ =<，：“”［】1a中"
SIGNS = st.sampled_from([*MEANING, ": ", " #", "no", "0x1"])
TEXTS = st.one_of(st.lists(SIGNS, min_size=1, max_size=8).map("".join), st.text(min_size=1, max_size=30)).filter(
    lambda text: text.strip() and "\n" not in text and not REFUSED.search(text)
)


@settings(max_examples=60, deadline=None)
@given(en=TEXTS, alias=st.lists(TEXTS, min_size=1, max_size=4), title=TEXTS)
def test_a_draft_is_read_back_as_it_was(en: str, alias: list[str], title: str, schema: Schema) -> None:
    data = {"name": {"en": en}, "aliases": alias, "variants": [{"name": en}], "sources": [{"title": title}]}
    text = draft(data, schema)
    reading = parse(text.encode(), "", schema.numbers)
    assert reading.problems == []
    assert reading.source is not None
    assert reading.source.data == data
    assert yaml.safe_load(text) == data


@pytest.mark.parametrize("text", ["a\x1b[31mb", "a\u202eb", "a\u2028b", "a\nb: c", "a\ud800b", "\x00", "a\r\nb"])
def test_text_that_the_reader_refuses_cannot_become_another_field(text: str, schema: Schema) -> None:
    written = draft({"name": {"en": text}, "type": "model"}, schema).encode("utf-8", "surrogatepass")
    reading = parse(written, "", schema.numbers)
    assert reading.problems
    assert reading.source is None or set(reading.source.data) == {"name", "type"}
    assert alone({"name": {"en": text}}, "entries/acme/foo.yaml", schema)
