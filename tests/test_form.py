"""The forms for issues, and the entries that issues give; an issue stands beside its entry."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import new
import pytest
import scratch
import yaml
from catalog.check import check
from catalog.form import asked, forms
from catalog.issue import LONGEST, Draft, draft_from_issue, from_issue, read_issue
from catalog.problem import Text
from catalog.report import as_text
from catalog.schema import Schema
from hostile import HOSTILE, WRITTEN
from scratch import right

HOME = "https://acme.ai/fork"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return scratch.make(tmp_path, {"acme/foo.yaml": right("Foo", "Acme")})


# --- the forms ----------------------------------------------------------------------------------------------

MISSING, CORRECTION, TOOLS, CONFIG = (
    f".github/ISSUE_TEMPLATE/{name}.yml" for name in ("1-missing-model", "2-correction", "3-tools", "config")
)


def test_there_are_three_forms_and_their_settings(schema: Schema) -> None:
    assert [*forms(schema, HOME)] == [MISSING, CORRECTION, TOOLS, CONFIG]


def test_the_forms_are_as_github_wants_them(schema: Schema, tmp_path: Path) -> None:
    for path, text in forms(schema, HOME).items():
        (tmp_path / Path(path).name).write_text(text, "utf-8")
    for schema_name, names in (("issue-forms", (MISSING, CORRECTION, TOOLS)), ("issue-config", (CONFIG,))):
        files = [str(tmp_path / Path(name).name) for name in names]
        program = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.github-{schema_name}", *files]
        done = subprocess.run(program, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_blank_issues_are_off_and_the_way_without_a_form_is_shown(schema: Schema) -> None:
    assert yaml.safe_load(forms(schema, HOME)[CONFIG]) == {
        "blank_issues_enabled": False,
        "contact_links": [
            {
                "name": "Add or correct an entry yourself · 自己添加或更正条目",
                "url": f"{HOME}/blob/main/CONTRIBUTING.md",
                "about": "In the browser, without any program. · 在浏览器里完成，无需任何程序。",
            }
        ],
    }


LABELS = """Name (English) · 名称（英文）
Name (Chinese) · 名称（中文）
File name · 文件名
Organization · 机构 *
Organization (Kind) · 机构（性质）: kind
Organization (Country or region) · 机构（国家或地区）: country
Organization (Province) · 机构（省份）: region
Type · 类型: type *
Domain · 领域: domain *
Status · 状态: status *
Released · 发布日期
Weights · 权重: weights
Licence of the weights · 权重许可证
Links (Website) · 链接（官网）
Links (Code) · 链接（代码）
Links (Weights) · 链接（权重）
Links (Paper) · 链接（论文）
Summary (English) · 简介（英文）
Summary (Chinese) · 简介（中文）
Sources (Kind) · 来源（性质）: evidence
Addresses of the sources · 来源网址 *
Remarks · 备注
""".splitlines()


@pytest.mark.parametrize("line", LABELS)
def test_the_form_asks_in_both_languages_and_offers_every_word(line: str, schema: Schema) -> None:
    """A star marks what is required; behind a colon stands the vocabulary."""
    label, _, vocabulary = line.removesuffix(" *").partition(": ")
    (element,) = [one for one in body(schema) if one["attributes"]["label"] == label]
    words = schema.labels(vocabulary) if vocabulary else {}
    options = [f"{text.en} · {text.zh} ({value})" for value, text in words.items()]
    assert element["attributes"].get("options", []) == options
    assert element.get("validations", {}).get("required", False) == line.endswith(" *")


def body(schema: Schema) -> list[dict]:
    return yaml.safe_load(forms(schema, HOME)[MISSING])["body"]


def test_the_form_asks_nothing_else_and_the_long_answers_last(schema: Schema) -> None:
    assert [one["attributes"]["label"] for one in body(schema)] == [
        line.split(": ")[0].removesuffix(" *") for line in LABELS
    ]
    assert [one["type"] for one in body(schema)][-3:] == ["dropdown", "textarea", "textarea"]
    assert "textarea" not in [one["type"] for one in body(schema)][:-2]
    assert len({one["id"] for one in body(schema)}) == len(LABELS)


def test_a_new_word_of_a_vocabulary_is_offered(schema: Schema) -> None:
    words = [{"const": "prose", "title": "Prose: #1 · 散文"}]
    other = Schema({**schema.entry, "$defs": {**schema.entry["$defs"], "domain": {"oneOf": words}}}, {})
    (element,) = [one for one in body(other) if one["id"] == "domain"]
    assert element["attributes"]["options"] == ["Prose: #1 · 散文 (prose)"]
    assert read_issue("### Domain · 领域\n\nProse: #1 · 散文 (prose)", other) == {"domain": "prose"}


def test_the_form_for_corrections_asks_what_is_wrong_and_where_that_is_said(schema: Schema) -> None:
    form = yaml.safe_load(forms(schema, HOME)[CORRECTION])
    assert form["name"] == "Something is wrong with an entry · 条目有误"
    assert [(one["attributes"]["label"], "validations" in one) for one in form["body"]] == [
        ("Entry · 条目", True),
        ("What is wrong · 哪里有误", True),
        ("What is right · 正确内容", False),
        ("Addresses of the sources · 来源网址", True),
    ]


def test_the_form_for_the_tools_asks_what_was_done_and_what_came_of_it(schema: Schema) -> None:
    form = yaml.safe_load(forms(schema, HOME)[TOOLS])
    assert (form["name"], form["labels"]) == ("Something is wrong with the tools · 工具有误", ["tools"])
    assert [(one["attributes"]["label"], "validations" in one) for one in form["body"]] == [
        ("What you did · 你做了什么", True),
        ("What happened · 发生了什么", True),
    ]


# --- issues and their entries -------------------------------------------------------------------------------

KNOWN = """### Name (English) · 名称（英文）

Bar 2

### Name (Chinese) · 名称（中文）

巴尔二号

### File name · 文件名

_No response_

### Organization · 机构

Acme

### Organization (Kind) · 机构（性质）

None

### Organization (Country or region) · 机构（国家或地区）

Germany · 德国 (DE)

### Organization (Province) · 机构（省份）

None

### Type · 类型

Product · 产品 (product)

### Domain · 领域

Healthcare · 医疗健康 (healthcare)

### Status · 状态

Available · 可用 (available)

### Released · 发布日期

2023-07

### Weights · 权重

Open · 开放 (open)

### Licence of the weights · 权重许可证

Acme Licence 1.0, https://acme.ai/licence

### Links (Website) · 链接（官网）

https://acme.ai/bar

### Links (Code) · 链接（代码）

_No response_

### Links (Weights) · 链接（权重）

_No response_

### Links (Paper) · 链接（论文）

https://arxiv.org/abs/2307.00001

### Summary (English) · 简介（英文）

Answers: yes, and no #1.

### Summary (Chinese) · 简介（中文）

_No response_

### Sources (Kind) · 来源（性质）

Primary · 一手 (primary)

### Addresses of the sources · 来源网址

- https://acme.ai/bar

### Remarks · 备注

Seen at a fair.

### Type · 类型

Model · 模型 (model)
"""
KNOWN_ENTRY = """name:
  zh: 巴尔二号
  en: Bar 2
type: product
domain: healthcare
released: 2023-07
status: available
weights: open
license:
  name: Acme Licence 1.0
  url: https://acme.ai/licence
links:
  website: https://acme.ai/bar
  paper: https://arxiv.org/abs/2307.00001
summary:
  en: "Answers: yes, and no #1."
sources:
  - url: https://acme.ai/bar
    kind: primary
    supports: [name, released, status, weights, license, links, summary]
"""
NEW = """### Name (Chinese) · 名称（中文）

诺瓦

### File name · 文件名

Nova (2)

### Organization · 机构

诺瓦公司 / Nova Labs

### Organization (Kind) · 机构（性质）

Company · 企业 (company)

### Organization (Country or region) · 机构（国家或地区）

Mainland China · 中国大陆 (CN)

### Organization (Province) · 机构（省份）

Beijing · 北京 (beijing)

### Type · 类型

Model · 模型 (model)

### Domain · 领域

通用

### Status · 状态

announced

### Addresses of the sources · 来源网址

https://nova.ai/1

1. <https://nova.ai/2>
"""
NEW_ENTRY = """name:
  zh: 诺瓦
organization:
  name:
    zh: 诺瓦公司
    en: Nova Labs
  kind: company
  location:
    country: CN
    region: beijing
type: model
domain: general
status: announced
sources:
  - url: https://nova.ai/1
  - url: https://nova.ai/2
"""
ISSUES = [(KNOWN, "acme/bar-2", KNOWN_ENTRY), (NEW, "nova-labs/nova-2", NEW_ENTRY)]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("issue", "name", "text"), ISSUES)
def test_an_issue_gives_an_entry(issue: str, name: str, text: str, end: str, root: Path, schema: Schema) -> None:
    made = from_issue(root, schema, issue.replace("\n", end))
    assert (made.id, made.path, made.text, made.problems) == (name, f"entries/{name}.yaml", text, ())
    assert not (root / made.path).exists()


def test_remarks_are_kept_for_the_reviewer_with_what_looks_like_a_field(root: Path, schema: Schema) -> None:
    remarks = "Seen at a fair.\n\n### Type · 类型\n\nModel · 模型 (model)"
    assert from_issue(root, schema, KNOWN).remarks == remarks


def test_what_may_be_the_same_is_named(root: Path, schema: Schema) -> None:
    made = from_issue(
        root, schema, NEW.replace("诺瓦\n\n### File", "福\n\n### Name (English) · 名称（英文）\n\nFOO\n\n### File")
    )
    assert [(like.other, like.reason) for like in made.lookalikes] == [
        ("acme/foo", Text("it is called 'Foo' too", "它也叫 'Foo'"))
    ]
    assert made.problems == ()


def test_a_draft_alone_is_not_checked_with_the_catalog(root: Path, schema: Schema) -> None:
    catalog, _ = check(root, schema)
    made = draft_from_issue(KNOWN.replace("2023-07", "July"), catalog, schema)
    assert (made.id, made.problems) == ("acme/bar-2", ())


LICENCES = {
    "MIT": "license: MIT\n",
    "Acme Licence，https://acme.ai/": "license:\n  name: Acme Licence\n  url: https://acme.ai/\n",
    "Acme http Licence: https://acme.ai/": "license:\n  name: Acme http Licence\n  url: https://acme.ai/\n",
    "https://acme.ai/": "license: https://acme.ai/\n",
    "see https://acme.ai/ there": "license: see https://acme.ai/ there\n",
    "Acme" + "," * 60_000: "license: 'Acme,,,",  # read at once, however long
}


@pytest.mark.parametrize(("answer", "written"), LICENCES.items(), ids=lambda text: text[:20])
def test_a_licence_is_an_id_or_a_name_and_an_address(answer: str, written: str, root: Path, schema: Schema) -> None:
    catalog, _ = check(root, schema)
    made = draft_from_issue(KNOWN.replace("Acme Licence 1.0, https://acme.ai/licence", answer), catalog, schema)
    assert written in made.text


def test_an_id_that_is_wanted_is_taken(root: Path, schema: Schema) -> None:
    assert from_issue(root, schema, KNOWN, "acme/other").path == "entries/acme/other.yaml"


# --- what is wrong, in the words of the validator -----------------------------------------------------------

WRONG = [  # what is written instead of what in the first issue, and what is answered
    (
        ("2023-07", "July 6, 2023"),
        "entries/acme/bar-2.yaml:6:11: wrong-format: 'July 6, 2023' is not a date\n"
        "  6 | released: July 6, 2023\n"
        "    |           ^~~~~~~~~~~~\n"
        "    = write 2023-07-06 (in the form: 'Released · 发布日期')\n",
    ),
    (
        ("https://acme.ai/bar\n\n### Links (Code)", "javascript:alert(1)\n\n### Links (Code)"),
        "entries/acme/bar-2.yaml:13:12: wrong-format: 'javascript:alert(1)' is not a web address\n"
        "  13 |   website: javascript:alert(1)\n"
        "     |            ^~~~~~~~~~~~~~~~~~~\n"
        "     = begin it with https:// (in the form: 'Links (Website) · 链接（官网）')\n",
    ),
    (
        ("- https://acme.ai/bar", "https://acme.ai/bar\nacme.ai/x"),
        "entries/acme/bar-2.yaml:20:10: wrong-format: 'acme.ai/x' is not a web address\n"
        "  20 |   - url: acme.ai/x\n"
        "     |          ^~~~~~~~~\n"
        "     = write https://acme.ai/x (in the form: 'Addresses of the sources · 来源网址')\n",
    ),
    (
        ("Healthcare · 医疗健康 (healthcare)", "helthcare"),
        "entries/acme/bar-2.yaml:5:9: unknown-value: 'helthcare' is not a value of 'domain'\n"
        "  5 | domain: helthcare\n"
        "    |         ^~~~~~~~~\n"
        "    = write 'healthcare' (in the form: 'Domain · 领域')\n",
    ),
    (
        ("Bar 2", "a\u202eb"),
        "entries/acme/a-b.yaml:3:9: hidden-character: a character that cannot be seen (U+202E)\n"
        "  3 |   en: 'a<U+202E>b'\n"
        "    |         ^~~~~~~~\n"
        "    = delete it (in the form: 'Name (English) · 名称（英文）')\n",
    ),
    (
        ("Bar 2", "foo"),
        "issue:1:1: issue-form: 'entries/acme/foo.yaml' is there already\n"
        "    = edit it, or use the form for corrections\n",
    ),
    (
        ("Available · 可用 (available)", "None"),
        "issue:1:1: issue-form: no answer to 'Status'\n    = choose a value of 'Status · 状态' in the form\n",
    ),
    (
        ("Acme\n\n### Org", "新公司\n\n### Org"),
        "issue:1:1: issue-form: '新公司' is not in the catalog, and has no name in Latin letters\n"
        "    = add a name in Latin letters in 'Organization · 机构', as in '新公司 / English Name'\n"
        "\n"
        "issue:1:1: issue-form: '新公司' is not in the catalog yet\n"
        "    = choose a value of 'Organization (Kind) · 机构（性质）' in the form\n",
    ),
    (
        ("Bar 2", "_No response_"),
        "issue:1:1: issue-form: the file's name cannot be told from the answers\n"
        "    = fill in 'File name · 文件名' in the form, such as tongyi-qianwen-3\n",
    ),
]


@pytest.mark.parametrize(("change", "told"), WRONG)
def test_what_is_wrong_is_told_with_the_field_of_the_form(
    change: tuple[str, str], told: str, root: Path, schema: Schema
) -> None:
    assert KNOWN.count(change[0]) >= 1
    made = from_issue(root, schema, KNOWN.replace(*change, 1))
    assert as_text(made.problems, 1, "en").rpartition("\n1 file checked")[0] == told


def test_everything_is_told_at_once_in_chinese_too(root: Path, schema: Schema) -> None:
    issue = "### Organization · 机构\n\n新公司\n\n### Released · 发布日期\n\n2023/7\n"
    assert as_text(from_issue(root, schema, issue).problems, 1, "zh") == (
        "issue:1:1: issue-form: 没有写名称\n"
        "    = 请填写表单的 'Name (English) · 名称（英文）'，例如 Qwen3\n"
        "\n"
        "issue:1:1: issue-form: 名录里没有 '新公司'，它也没有拉丁字母名称\n"
        "    = 请在 'Organization · 机构' 里补上拉丁字母名称，例如 '新公司 / English Name'\n"
        "\n"
        "issue:1:1: issue-form: 名录里还没有 '新公司'\n"
        "    = 请在表单的 'Organization (Kind) · 机构（性质）' 里选择一项\n"
        "\n"
        "issue:1:1: issue-form: 名录里还没有 '新公司'\n"
        "    = 请在表单的 'Organization (Country or region) · 机构（国家或地区）' 里选择一项\n"
        "\n"
        "issue:1:1: issue-form: '类型' 没有回答\n"
        "    = 请在表单的 'Type · 类型' 里选择一项\n"
        "\n"
        "issue:1:1: issue-form: '领域' 没有回答\n"
        "    = 请在表单的 'Domain · 领域' 里选择一项\n"
        "\n"
        "issue:1:1: issue-form: '状态' 没有回答\n"
        "    = 请在表单的 'Status · 状态' 里选择一项\n"
        "\n"
        "issue:1:1: issue-form: '来源网址' 没有回答\n"
        "    = 请填写表单的 'Addresses of the sources · 来源网址'\n"
        "\n"
        "issue:4:11: wrong-format: '2023/7' 不是日期\n"
        "  4 | released: 2023/7\n"
        "    |           ^~~~~~\n"
        "    = 请写成 2023-07（表单里的 'Released · 发布日期'）\n"
        "\n"
        "1 个文件\n"
    ).replace("1 个文件\n", "已检查 1 个文件，发现 9 个问题。\n")


@pytest.mark.parametrize(
    ("issue", "told"),
    [
        ("", "none of the form's fields stand here"),
        ("Please add Foo.", "none of the form's fields stand here"),
        ("## Name (English) · 名称（英文）\n\nFoo", "none of the form's fields stand here"),
        (KNOWN + "x" * LONGEST, f"longer than {LONGEST} characters"),
    ],
)
def test_what_is_not_the_text_of_the_form_is_told(issue: str, told: str, root: Path, schema: Schema) -> None:
    made = from_issue(root, schema, issue)
    assert [problem.message.en for problem in made.problems] == [told]
    assert made == Draft(problems=made.problems)


# --- the text of an issue -----------------------------------------------------------------------------------

READ = [
    ("### Remarks · 备注\n\n_No response_\n", {}),
    ("### Type · 类型\n\nNone\n", {}),
    ("### Remarks · 备注\n\nNone\n", {"remarks": "None"}),
    ("### File name · 文件名\n\nNone\n", {"file": "None"}),
    ("### File name · 文件名\n\n  a \n b\n", {"file": "a b"}),
    ("### File name · 文件名  \nx", {"file": "x"}),
    ("before\n### File name · 文件名\nx", {"file": "x"}),
    ("### File name · 文件名\n### File name · 文件名\nx", {"file": "### File name · 文件名 x"}),
    ("### Remarks · 备注\n\na\n\n### Other\n\nb", {"remarks": "a\n\n### Other\n\nb"}),
    (
        "### File name · 文件名\na\n### Remarks · 备注\nb\n### File name · 文件名\nc",
        {"file": "a", "remarks": "b\n### File name · 文件名\nc"},
    ),
    (" ### File name · 文件名\nx", {}),
    ("### Domain · 领域\n\nLaw · 法律 (law)", {"domain": "law"}),
    ("### Domain · 领域\n\nlaw", {"domain": "law"}),
    ("### Domain · 领域\n\n5", {"domain": "law"}),
    ("### Domain · 领域\n\nLaw · 法律 (finance)", {"domain": "finance"}),
    ("### Organization · 机构\u2028x", {}),
]


@pytest.mark.parametrize(("issue", "answers"), READ)
def test_an_issue_is_read_by_its_headings(issue: str, answers: dict[str, str], schema: Schema) -> None:
    assert read_issue(issue, schema) == answers


@pytest.mark.parametrize("text", [*HOSTILE, *(text for text, _ in WRITTEN)])
def test_a_hostile_answer_comes_out_as_text_or_is_told(text: str, root: Path, schema: Schema) -> None:
    made = from_issue(root, schema, KNOWN.replace("Answers: yes, and no #1.", text))
    if not made.problems:
        assert yaml.safe_load(made.text).get("summary", {"en": ""}) == {"en": " ".join(text.split())}
    assert all(char.isprintable() or char == "\n" for char in as_text(made.problems, 1, "en"))
    assert fields_of(made.text) == [name for name in fields_of(KNOWN_ENTRY) if name != "summary" or text.strip()]


@pytest.mark.parametrize("text", ["{{ 7 * 7 }}", "a\nname: x", *(text for text, _ in WRITTEN if text.strip())])
def test_hostile_answers_to_every_question_are_told(text: str, root: Path, schema: Schema) -> None:
    issue = "\n\n".join(f"### {one.heading}\n\n{text}" for one in asked(schema))
    made = from_issue(root, schema, issue)
    assert made.problems
    assert all(char.isprintable() or char == "\n" for char in as_text(made.problems, 1, "en"))
    assert list(root.rglob("*.yaml")) == [root / "entries/acme/foo.yaml"]


def fields_of(text: str) -> list[str]:
    return re.findall("^([^ \n]*?):", text, re.MULTILINE)


# --- the command --------------------------------------------------------------------------------------------


def run(root: Path, issue: bytes, *argv: str) -> tuple[int, str]:
    (root / "issue.txt").write_bytes(issue)
    said = io.StringIO()
    code = new.main(["--from-issue", str(root / "issue.txt"), "--root", str(root), *argv], io.StringIO(), said)
    return code, said.getvalue()


def test_it_writes_the_entry_of_an_issue_and_prints_its_path(root: Path, schema: Schema) -> None:
    assert run(root, KNOWN.encode()) == (0, "entries/acme/bar-2.yaml\n")
    assert (root / "entries/acme/bar-2.yaml").read_bytes().decode() == KNOWN_ENTRY
    assert check(root, schema)[1] == []


def test_it_prints_problems_and_writes_nothing(root: Path) -> None:
    code, said = run(root, KNOWN.replace("2023-07", "July").encode(), "--lang", "en")
    assert said.startswith("entries/acme/bar-2.yaml:6:11: wrong-format: 'July' is not a date\n")
    assert said.endswith("1 file checked, 1 problem.\nnothing was written\n")
    assert code == 1
    assert not (root / "entries/acme/bar-2.yaml").exists()


def test_it_takes_the_id_that_is_given(root: Path) -> None:
    assert run(root, KNOWN.encode(), "nova/x", "--lang", "zh")[0] == 1  # a new organization without a country is told
    assert run(root, KNOWN.encode(), "acme/x") == (0, "entries/acme/x.yaml\n")


def test_it_says_what_may_be_the_same(root: Path) -> None:
    issue = NEW.replace("诺瓦\n\n### File", "巴\n\n### Name (English) · 名称（英文）\n\nBar\n\n### File")
    scratch.add(root, "acme/bar.yaml", right("BAR"))
    code, said = run(root, issue.encode(), "--lang", "en")
    assert said == "acme/bar may be the same: it is called 'BAR' too\nentries/nova-labs/nova-2.yaml\n"
    assert code == 0


@pytest.mark.parametrize("name", ["missing.txt", "", "."])
def test_an_issue_that_cannot_be_read_is_wrong_use(name: str, root: Path, capsys) -> None:
    path = str(root / name)
    assert new.main(["--from-issue", path, "--root", str(root), "--lang", "en"], io.StringIO(), io.StringIO()) == 2
    assert capsys.readouterr().err == f"new.py: {path} cannot be read as a text of at most 524288 bytes\n"


def test_an_issue_that_is_too_long_or_not_utf8_is_told(root: Path) -> None:
    assert run(root, b"x" * 600_000)[0] == 2
    code, said = run(root, KNOWN.encode().replace(b"Bar 2", b"Bar \xff"), "--lang", "en")
    assert "a character that cannot be seen (U+FFFD)" in said
    assert code == 1
