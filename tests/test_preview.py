"""What a pull request does is shown to its author and its reviewer, whatever it holds."""

from __future__ import annotations

import gc
import json
import os
from dataclasses import replace
from pathlib import Path

import preview as command
import pytest
import scratch
from catalog import paste
from catalog import preview as preview_
from catalog.branch import looked_at
from catalog.changes import changes
from catalog.command import home
from catalog.comment import as_json, as_markdown
from catalog.entry import Catalog
from catalog.history import State
from catalog.preview import Preview, preview
from catalog.problem import Problem, Text
from catalog.room import COMMENT, SUMMARY, Room
from catalog.schema import Schema
from catalog.strays import strays
from hostile import HOSTILE, WRITTEN
from rendered import PARSERS, github, parts, whole
from repository import Repository
from scratch import right, wrong
from test_changes import ACME, catalog

HOME = home()
ALL = Room(10**6, len)


@pytest.fixture(autouse=True)
def plain():
    """The garbage is collected again, which a command leaves."""
    yield
    gc.enable()


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Two entries of one organization, and one of another that is based on one of them; and a branch."""
    files = {
        "acme/foo.yaml": right("Foo", "Acme"),
        "acme/bar.yaml": right("Bar"),
        "labs/baz.yaml": right("Baz", "Labs") + b"based_on: [acme/foo]\npartners: [acme]\n",
    }
    made = Repository.of(tmp_path_factory.mktemp("seed") / "project", files)
    made.branch("theirs")
    return made


@pytest.fixture
def repo(seed: Repository, tmp_path: Path) -> Repository:
    return seed.duplicate(tmp_path / "project")


def shown(repo: Repository, head: str | None = None) -> Preview:
    """The preview of the branch, or of the working tree."""
    return looked_at(repo.root, "origin/main", head)


def first(found: Preview) -> str:
    return as_markdown(found).partition("\n")[0]


# --- what it says -------------------------------------------------------------------------------------------

ADDED = """\
✅ **1 entry added** · **新增 1 个条目**

### As README&#46;md will show it

| {columns} |
| --- | --- | --- | --- | --- | --- | --- |
| <a id="acme/qux"></a>**Qux** | Acme<br><sub>United States</sub> |  |  | Available | {base} | {sources} |

### README&#46;zh&#46;md 中的样子

| {columns_zh} |
| --- | --- | --- | --- | --- | --- | --- |
| <a id="acme/qux"></a>**Qux** | Acme<br><sub>美国</sub> |  |  | 可用 | {base_zh} | {sources_zh} |

<sub>Looked at · 查看的提交 <code>{head:.12}</code><br>Compared with · 对比 <code>{commit}</code></sub>
"""


def test_an_added_entry_is_shown_as_the_readme_will_show_it(repo: Repository) -> None:
    repo.write("entries/acme/qux.yaml", right("Qux") + b"based_on: [acme/foo]\n")
    head = repo.commit()
    text = as_markdown(shown(repo, "theirs"))
    lines = text.splitlines()
    assert [line.count("&nbsp;") > 20 for line in lines if line.startswith(("| Model", "| 模"))] == [True, True]
    assert text == ADDED.format(
        columns=lines[4][2:-2],
        columns_zh=lines[10][2:-2],
        head=head,
        base=f"[Foo](<{HOME}/blob/main/README.md#acme/foo>)",
        base_zh=f"[Foo](<{HOME}/blob/main/README.zh.md#acme/foo>)",
        sources=f"[Sources](<{HOME}/blob/{head}/entries/acme/qux.yaml>)",
        sources_zh=f"[来源](<{HOME}/blob/{head}/entries/acme/qux.yaml>)",
        commit=repo.git("rev-parse", "--short=12", "main"),
    )


def test_a_new_organization_is_told(repo: Repository) -> None:
    repo.write("entries/umbrella/t.yaml", right("T", "Umbrella"))
    text = as_markdown(shown(repo))
    assert text.startswith("✅ **1 entry added, 1 organization added** · **新增 1 个条目，新增 1 个机构**\n")
    assert "\n- organization added · 新增机构: **Umbrella** <code>umbrella</code>\n" in text


FIELDS = """\
### Fields · 字段

| Entry or organization · 条目或机构 | Field · 字段 | Before · 原值 | After · 新值 |
| --- | --- | --- | --- |
| <code>acme&#47;foo</code> | <code>name&#46;en</code> | Foo | Foo 2 |
| <code>acme&#47;foo</code> | <code>family</code> |  | F |
| <code>acme</code> | <code>name&#46;en</code> | Acme | Acme Inc |

### Other files that this touches · 受影响的其他文件

| File · 文件 | Why · 原因 |
| --- | --- |
"""


def because(en: str, zh: str, *causes: str) -> Text:
    names = ", ".join(causes), "、".join(causes)
    return Text(
        f"its row changes in the column '{en}', because {names[0]} changes",
        f"它那一行的“{zh}”会变，因为 {names[1]} 有变",
    )


def test_a_change_is_shown_field_by_field_with_what_else_it_touches(repo: Repository) -> None:
    repo.write("entries/acme/foo.yaml", right("Foo 2", "Acme Inc") + b"family: F\n")
    found = shown(repo)
    text = as_markdown(found)
    assert first(found) == "✅ **1 entry changed, 1 organization changed** · **修改 1 个条目，修改 1 个机构**"
    assert FIELDS in text
    assert "**Foo 2**" in text
    columns = ("Organization and region", "机构与地区"), ("Based on", "基于")
    assert [tuple(one) for one in found.others] == [
        ("entries/acme/bar.yaml", (because(*columns[0], "acme"),)),
        ("entries/labs/baz.yaml", tuple(because(*column, "acme/foo", "acme") for column in columns)),
    ]


def test_a_removal_names_who_refers_to_it(repo: Repository) -> None:
    repo.write("entries/acme/bar.yaml", right("Bar", "Acme"))
    (repo.root / "entries/acme/foo.yaml").unlink()
    found = shown(repo)
    assert first(found) == "❌ **1 entry removed, 1 problem** · **删除 1 个条目，1 个问题**"
    assert [(one.file, one.reasons) for one in found.others] == [
        (
            "entries/labs/baz.yaml",
            (
                Text(
                    "its based_on names acme/foo, which is removed",
                    "它的 based_on 提到 acme/foo，后者已删除",
                ),
            ),
        )
    ]
    assert "\n- removed · 删除: **Foo** <code>acme&#47;foo</code>\n" in as_markdown(found)


def test_a_removed_organization_names_its_partners(repo: Repository) -> None:
    repo.git("rm", "-r", "--quiet", "entries/acme")
    found = shown(repo)
    assert [text.en for text in found.others[0].reasons] == [
        "its based_on names acme/foo, which is removed",
        "its partners names acme, which is removed",
    ]


def test_a_renaming_is_told_with_its_certainty(repo: Repository) -> None:
    repo.git("mv", "entries/acme/foo.yaml", "entries/acme/foo-1.yaml")
    found = shown(repo)
    assert first(found) == "❌ **1 entry renamed, 1 problem** · **改名 1 个条目，1 个问题**"
    line = (
        "- renamed · 改名: <code>acme&#47;foo</code> → <code>acme&#47;foo-1</code> "
        "(the same data&#59; not stated in former&#95;ids · 数据相同；former&#95;ids 未注明)"
    )
    assert f"\n{line}\n" in as_markdown(found)
    assert found.others[0].reasons == (
        Text(
            "its based_on names acme/foo, which is now acme/foo-1",
            "它的 based_on 提到 acme/foo，后者已改为 acme/foo-1",
        ),
    )
    assert [row.id for row in found.rows] == ["acme/foo-1"]


PROBLEM = """\
❌ **no change in the catalog, 1 problem** · **名录没有变化，1 个问题**

### Problems · 问题

| Place · 位置 | Problem · 问题 | Repair · 改法 |
| --- | --- | --- |
| {place} | &#39;avaliable&#39; is not a value of &#39;status&#39;<br>\
&#39;avaliable&#39; 不是 &#39;status&#39; 的取值 | write &#39;available&#39;<br>请写成 &#39;available&#39; |

### Added, removed, renamed · 新增、删除、改名

- does not fit, so it is not shown · 不合格，未显示: <code>acme&#47;qux</code>
"""


def test_problems_are_told_in_both_languages_at_their_lines(repo: Repository) -> None:
    repo.write("entries/acme/qux.yaml", wrong("Qux"))
    place = "entries&#47;acme&#47;qux&#46;yaml<span>&#58;</span>4&#58;9"
    assert as_markdown(shown(repo)).startswith(PROBLEM.format(place=f"<code>{place}</code>"))
    head = repo.commit()
    linked = f"[{place}](<{HOME}/blob/{head}/entries/acme/qux.yaml#L4>)"
    assert as_markdown(shown(repo, "theirs")).startswith(PROBLEM.format(place=linked))


def test_a_new_problem_in_a_file_that_is_left_alone_is_told(repo: Repository) -> None:
    repo.write("entries/acme/foo.yaml", right("Foo", "Acme") + b"based_on: [labs/baz]\n")
    found = shown(repo)
    told = {one.file: [text.en for text in one.reasons] for one in found.others}
    assert not found.ok
    assert all(reason.startswith("a new problem stands in it: ") for reasons in told.values() for reason in reasons)
    assert set(told) <= {problem.file for problem in found.problems}
    assert told


def test_a_problem_of_main_is_counted_and_is_nobodys_doing(repo: Repository) -> None:
    repo.git("checkout", "--quiet", "main")
    repo.write("entries/acme/old.yaml", wrong("Old"))
    repo.commit()
    repo.publish()
    repo.write("entries/acme/qux.yaml", right("Qux"))
    found = shown(repo)
    assert as_markdown(found).startswith(
        "✅ **1 entry added** · **新增 1 个条目**\n\n"
        "Not listed: 1 problem that main has without it. · 未列出：main 本身已有的 1 个问题。\n"
    )
    assert "avaliable" not in as_markdown(found)
    assert (found.ok, found.problems, found.inherited, found.others) == (True, (), 1, ())
    repo.write("entries/acme/old.yaml", b"# moved down\n" + wrong("Old"))
    assert shown(repo).problems == ()
    repo.write("entries/acme/old.yaml", wrong("Old") + b"more: x\n")
    assert [problem.rule for problem in shown(repo).problems] == ["unknown-field"]


def test_a_repaired_entry_has_a_row(repo: Repository) -> None:
    repo.git("checkout", "--quiet", "main")
    repo.write("entries/acme/old.yaml", wrong("Old"))
    repo.commit()
    repo.publish()
    repo.write("entries/acme/old.yaml", right("Old"))
    found = shown(repo)
    assert [row.id for row in found.rows] == ["acme/old"]
    assert found.ok


def test_probable_duplicates_are_told_once(repo: Repository) -> None:
    repo.write("entries/labs/foo.yaml", right("FOO"))
    found = shown(repo)
    assert [(twin.id, twin.lookalike.other) for twin in found.twins] == [("labs/foo", "acme/foo")]
    reason = found.twins[0].lookalike.reason
    text = as_markdown(found)
    assert "### Perhaps the same thing · 可能重复的条目\n" in text
    row = next(part for part in parts(github(text), "tr") if part.text.strip().startswith("labs/foo"))
    assert row.text.split("\n")[1:4] == ["labs/foo", "acme/foo", reason.en + reason.zh]


def test_a_changed_name_is_looked_up_too(repo: Repository) -> None:
    repo.write("entries/labs/baz.yaml", right("Bar", "Labs"))
    assert [(twin.id, twin.lookalike.other) for twin in shown(repo).twins] == [("labs/baz", "acme/bar")]
    repo.write("entries/labs/baz.yaml", right("Baz", "Labs") + b"family: Bar\n")
    assert shown(repo).twins == ()


def test_what_is_not_compared_is_counted(repo: Repository, monkeypatch) -> None:
    monkeypatch.setattr(preview_, "LOOKED_AT", 1)
    repo.write("entries/labs/bar.yaml", right("BAR"))
    repo.write("entries/labs/foo.yaml", right("FOO"))
    found = shown(repo)
    assert ([twin.id for twin in found.twins], found.not_compared) == (["labs/bar"], 1)
    assert "\n| … 1 more · 另有 1 项 |  | not compared · 未比较 |\n" in as_markdown(found)


def test_a_moved_entry_is_not_looked_up(repo: Repository) -> None:
    repo.write("entries/labs/foo.yaml", right("FOO"))
    repo.commit()
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
    repo.git("mv", "entries/labs/foo.yaml", "entries/labs/foo-1.yaml")
    assert shown(repo).twins == ()


def test_files_outside_the_entries_are_listed(repo: Repository) -> None:
    repo.write("notes/@octocat `#1`.txt", b"x")
    repo.write("pyproject.toml", (repo.root / "pyproject.toml").read_bytes() + b"\n")
    (repo.root / "README.template.md").unlink()
    text = as_markdown(shown(repo))
    assert "- <code>README&#46;template&#46;md</code> — deleted · 删除\n" in text
    name = "notes&#47;<span>&#64;</span>octocat &#96;<span>&#35;</span>1&#96;&#46;txt"
    assert f"- <code>{name}</code> — added · 新增\n" in text
    assert "- <code>pyproject&#46;toml</code> — changed · 修改\n" in text
    assert "no change in the catalog" in text


def test_an_edited_generated_file_is_not_green(repo: Repository) -> None:
    repo.write("README.md", b"by hand\n")
    found = shown(repo)
    assert first(found) == (
        "❌ **no change in the catalog, 1 generated file edited** · **名录没有变化，1 个生成文件被改动**"
    )
    assert "git rm &#45;&#45; README&#46;md" in as_markdown(found)
    assert (found.files, found.ok) == ((), False)


def test_nothing_at_all(repo: Repository) -> None:
    found = shown(repo)
    commit = repo.git("rev-parse", "--short=12", "main")
    assert found.ok
    assert as_markdown(found) == (
        f"✅ **no change in the catalog** · **名录没有变化**\n\n<sub>Compared with · 对比 <code>{commit}</code></sub>\n"
    )


def test_what_is_doubted_is_never_green(repo: Repository) -> None:
    assert first(replace(shown(repo), doubted=True)) == "⚠️ **no change in the catalog** · **名录没有变化**"
    repo.write("entries/acme/qux.yaml", wrong("Qux"))
    assert first(replace(shown(repo), doubted=True)).startswith("❌ ")


def test_githubs_merge_shows_what_the_branch_does_and_nothing_of_main(repo: Repository) -> None:
    repo.write("entries/acme/theirs.yaml", right("Theirs"))
    repo.commit()
    repo.git("checkout", "--quiet", "main")
    repo.write("entries/acme/ours.yaml", right("Ours"))
    repo.write("README.md", b"generated\n")
    repo.commit()
    repo.publish()
    merge = repo.merged("theirs")
    for head in ("theirs", merge, None):
        found = shown(repo, head)
        assert first(found) == "✅ **1 entry added** · **新增 1 个条目**"
        assert [row.id for row in found.rows] == ["acme/theirs"]
        assert (found.files, found.others) == ((), ())


# --- strays -------------------------------------------------------------------------------------------------

PLACES = "'entries/<folder of the organization>/<model>.yaml'", "'entries/<机构的文件夹>/<模型>.yaml'"
STRAYS = [  # an added file, and where it belongs, in both languages if they differ
    ("qux.yaml", ("'entries/<folder of the organization>/qux.yaml'", "'entries/<机构的文件夹>/qux.yaml'")),
    ("acme/qux.yaml", ("'entries/acme/qux.yaml'",)),
    ("models/acme/Qux.YML", ("'entries/acme/qux.yaml'",)),
    ("Entries/acme/qux.yml", ("'entries/acme/qux.yaml'",)),
    ("entry/acme/qux.yaml", ("'entries/acme/qux.yaml'",)),
    ("entires/Acme/qux.yaml.yaml", ("'entries/acme/qux.yaml'",)),
    ("ENTRIES/qux.yaml", ("'entries/<folder of the organization>/qux.yaml'", "'entries/<机构的文件夹>/qux.yaml'")),
    ("entrys/acme/_organization.yaml", ("'entries/acme/_organization.yaml'",)),
    ("scripts/x.yml", ("'entries/scripts/x.yaml'",)),
    ("entry/ORGANIZATION/通义.yml", PLACES),
    ("条目/acme/qux.yaml", ("'entries/acme/qux.yaml'",)),
    ("acme\n/a\n::error::.yaml", ("'entries/acme/a-error.yaml'",)),
]


@pytest.mark.parametrize(("path", "places"), STRAYS)
def test_a_stray_file_is_told_where_it_belongs(path: str, places: tuple[str, ...]) -> None:
    repair = Text(f"move it to {places[0]}", f"请移到 {places[-1]}")
    message = Text(
        "not in the folder 'entries', so it is neither checked nor listed",
        "不在 'entries' 文件夹里，不会被检查，也不会被收录",
    )
    assert strays([("A", path)]) == [Problem(path, 1, 1, "file-place", message, repair)]
    assert strays([("M", path), ("D", path)]) == []


def test_any_file_beside_the_entries_is_a_stray() -> None:
    assert [problem.repair for problem in strays([("A", "Entries/acme/logo.png")])] == [Text("remove it", "请移走")]


NO_STRAYS = (
    "entries/acme/foo.yml",
    "entries",
    "schema/exceptions.yaml",
    "tests/cases/x.yaml",
    ".github/workflows/x.yml",
    ".pre-commit-config.yaml",
    ".zizmor.yml",
    "docs/essay.md",
    "scripts/x.py",
    "yaml",
    "entries.md",
    "README.yaml.md",
)


@pytest.mark.parametrize("path", NO_STRAYS)
def test_other_files_are_no_strays(path: str) -> None:
    assert strays([("A", path)]) == []


# --- a repaired file ------------------------------------------------------------------------------------------

WIDE = right("Foo").replace(b"type: ", "type：".encode())


def test_a_repaired_file_is_there_to_be_pasted(repo: Repository) -> None:
    repo.write("entries/acme/qux.yaml", WIDE.replace(b"\n", b"\r\n") + b"# ```` </details> @octocat\n")
    repo.commit()
    text = as_markdown(shown(repo, "theirs"))
    fence = "`````"
    better = f"{right('Foo').decode()}# ```` </details> @octocat\n"
    assert f"</summary>\n\n{fence}yaml\n{better}{fence}\n\n</details>\n" in text
    for parse in PARSERS:
        (part,) = parts(parse(text), "pre")
        assert part.text == better
        assert whole(parse(text)).tags.count("details") == 1


NOT_REPAIRED = {
    "nothing is wrong": right("Qux"),
    "no program can repair it": wrong("Qux"),
    "a byte is no UTF-8": WIDE + b"# \xff\n",
    "a line commands a runner": WIDE + b"# ##[error]x\n",
    "too long": WIDE + b"# x\n" * 2048,
}


@pytest.mark.parametrize("data", NOT_REPAIRED.values(), ids=NOT_REPAIRED)
def test_what_cannot_be_pasted_is_not_offered(data: bytes, repo: Repository) -> None:
    repo.write("entries/acme/qux.yaml", data)
    repo.commit()
    assert shown(repo, "theirs").repaired == {}


def test_what_takes_too_many_repairs_is_not_offered(repo: Repository, monkeypatch) -> None:
    repo.write("entries/acme/qux.yaml", WIDE)
    repo.commit()
    assert list(shown(repo, "theirs").repaired) == ["entries/acme/qux.yaml"]
    monkeypatch.setattr(paste, "MOST_REPAIRS", 0)
    assert shown(repo, "theirs").repaired == {}


def test_a_program_repairs_no_file_of_the_working_tree(repo: Repository) -> None:
    repo.write("entries/acme/qux.yaml", WIDE)
    assert shown(repo).repaired == {}
    assert (repo.root / "entries/acme/qux.yaml").read_bytes() == WIDE


# --- inert, and short enough --------------------------------------------------------------------------------


TEXTS = [*HOSTILE, *(text for text, _ in WRITTEN)]


def described(schema: Schema, texts: list[str]) -> Preview:
    """A preview in which each text of strangers stands wherever one can."""
    nothing = State(Catalog({}, ()), (), schema, "a" * 40)
    problems = tuple(
        Problem(f"entries/acme/{text}.yaml", 1, 1, "rule", Text(text, text), Text(text, text)) for text in texts
    )
    files = tuple(("A", problem.file) for problem in problems)
    found = changes(nothing.catalog, nothing.catalog)
    return Preview(nothing, nothing, HOME, "b" * 40, found, problems, files=files, strays=problems, edited=problems)


def test_text_of_strangers_comes_out_as_text(schema: Schema) -> None:
    harmless, hostile = (as_markdown(described(schema, texts), ALL) for texts in (["x"] * len(TEXTS), TEXTS))
    for parse in PARSERS:
        plain, page = whole(parse(harmless)), whole(parse(hostile))
        assert [tag for tag in page.tags if tag != "span"] == [tag for tag in plain.tags if tag != "span"]
        assert all(address.startswith(f"{HOME}/blob/{'b' * 40}/entries/acme/") for address in page.values("href"))
    for sign in ("@octocat", "##[", " #123", "<script", "\n::"):
        assert sign not in hostile


def test_an_entry_of_hostile_text_changes_no_table(schema: Schema, monkeypatch) -> None:
    monkeypatch.setattr(preview_, "LOOKED_AT", len(HOSTILE))
    ids = [f"acme/x{number}" for number in range(len(HOSTILE))]
    before = catalog_of(schema, {name: {"family": "x"} for name in ids})
    after = catalog_of(
        schema, {name: {"family": text, "name": {"en": text}} for name, text in zip(ids, HOSTILE, strict=True)}
    )
    found = preview(before, after, [("M", f"entries/{name}.yaml") for name in ids], HOME, None)
    for parse in PARSERS:
        page = whole(parse(as_markdown(found, ALL)))
        assert (page.tags.count("table"), page.tags.count("h3")) == (4, 4)
        assert page.tags.count("tr") == 2 * (1 + len(ids)) + 1 + 2 * len(ids) + 1 + len(found.twins)


def catalog_of(schema: Schema, entries: dict[str, dict[str, object]]) -> State:
    return State(catalog(entries, acme=ACME), (), schema, "a" * 40)


@pytest.mark.parametrize("number", [100, 3000])
def test_a_long_preview_sheds_rows_and_counts_them(number: int, schema: Schema) -> None:
    nothing = State(Catalog({}, ()), (), schema, "a" * 40)
    message = Text("a fault " + "|" * 40, "错误")
    problems = tuple(Problem(f"entries/acme/x{n:04}.yaml", 1, 1, "rule", message) for n in range(number))
    files = tuple(("A", f"notes/{n:04}.txt") for n in range(number))
    found = Preview(nothing, nothing, HOME, None, changes(nothing.catalog, nothing.catalog), problems, files=files)
    text = as_markdown(found)
    assert len(text) <= COMMENT.most
    for kind, sign in (("tr", "entries/acme/x"), ("li", "notes/")):
        told = [part.text for part in parts(github(text), kind) if sign in part.text]
        left = number - len(told)
        assert [sign + f"{n:04}" in line for n, line in enumerate(told)] == [True] * len(told)
        assert (f"\n… {left} more · 另有 {left} 项\n" in text) is (left > 0)
        assert len(told) > 80
    assert (number == 100) is (" more · " not in text)
    if number > 100:
        assert len(text) > COMMENT.most - 1000


def test_a_short_part_keeps_its_rows_beside_a_long_one(schema: Schema) -> None:
    nothing = State(Catalog({}, ()), (), schema)
    message = Text("x", "x")
    problems = tuple(Problem(f"entries/acme/x{n}.yaml", 1, 1, "rule", message) for n in range(500))
    found = Preview(
        nothing, nothing, HOME, None, changes(nothing.catalog, nothing.catalog), problems, files=(("A", "notes.txt"),)
    )
    text = as_markdown(found, Room(2500, len))
    assert len(text) <= 2500
    assert "- <code>notes&#46;txt</code> — added · 新增\n" in text
    assert "| <code>entries&#47;acme&#47;x0&#46;yaml" in text


def test_a_row_that_is_too_long_is_left_out_whole(schema: Schema) -> None:
    nothing = State(Catalog({}, ()), (), schema)
    long = Problem("entries/acme/x.yaml", 1, 1, "rule", Text("|" * 20_000, "x"))
    found = Preview(nothing, nothing, HOME, None, changes(nothing.catalog, nothing.catalog), (long,))
    text = as_markdown(found)
    assert text.endswith("| --- | --- | --- |\n\n… 1 more · 另有 1 项\n")


# --- JSON and the command -----------------------------------------------------------------------------------


def test_the_json_has_every_part(repo: Repository) -> None:
    repo.write("entries/acme/foo.yaml", right("Foo 2", "Acme"))
    repo.write("entries/acme/qux.yaml", wrong("Qux"))
    repo.write("Entries/acme/x.yaml", b"")
    repo.write("notes.txt", b"")
    repo.write("README.md", b"by hand\n")
    found = json.loads(as_json(shown(repo)))
    assert found["version"] == 1
    assert (found["ok"], found["base"], found["head"]) == (False, repo.git("rev-parse", "main"), None)
    assert found["changes"]["entries"]["changed"][0]["fields"] == [{"path": "name.en", "old": "Foo", "new": "Foo 2"}]
    assert [row["id"] for row in found["rows"]] == ["acme/foo"]
    assert [len(found["rows"][0][language]) for language in ("en", "zh")] == [7, 7]
    assert found["problems"][0] == {
        "file": "entries/acme/qux.yaml",
        "line": 4,
        "column": 9,
        "rule": "unknown-value",
        "message": {"en": "'avaliable' is not a value of 'status'", "zh": "'avaliable' 不是 'status' 的取值"},
        "repair": {"en": "write 'available'", "zh": "请写成 'available'"},
    }
    assert [one["file"] for one in found["strays"]] == ["Entries/acme/x.yaml"]
    assert [one["file"] for one in found["edited"]] == ["README.md"]
    assert found["files"] == [{"status": "A", "path": "notes.txt"}]
    assert [one["file"] for one in found["others"]] == ["entries/labs/baz.yaml"]
    assert found["lookalikes"] == []


def run(repo: Repository, *argv: str) -> int:
    return command.main(["--root", str(repo.root), *argv])


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("entries/acme/qux.yaml", right("Qux"), 0),
        ("entries/acme/qux.yaml", wrong("Qux"), 0),
        ("entries/acme/qux.yml", right("Qux"), 0),
        ("Entries/acme/qux.yaml", right("Qux"), 1),
        ("README.md", b"by hand\n", 0),
    ],
)
def test_the_command_fails_only_for_what_nothing_else_tells(
    path: str, data: bytes, code: int, repo: Repository, capsys
) -> None:
    if os.path.normcase("E") == "e" and path.startswith("Entries"):
        pytest.skip("one folder with entries/ here")
    repo.write(path, data)
    assert run(repo) == code
    text = capsys.readouterr().out
    repo.commit()
    assert run(repo, "origin/main", "theirs", "--format", "json") == code
    assert json.loads(capsys.readouterr().out)["ok"] is text.startswith("✅")


def test_the_command_takes_the_address_from_the_project(repo: Repository, capsys) -> None:
    repo.write("entries/acme/qux.yaml", right("Qux"))
    head = repo.commit()
    assert run(repo, "main", "HEAD") == 0
    assert f"(<{home()}/blob/{head}/entries/acme/qux.yaml>)" in capsys.readouterr().out


WRONG_USE = (
    "preview.py: 'nope' is no commit here; get it with `git fetch`\n"
    "preview.py: 这里没有提交 'nope'；请用 `git fetch` 获取\n"
)


def test_wrong_use_is_told_in_both_languages(repo: Repository, capsys) -> None:
    assert run(repo, "nope") == 2
    assert run(repo, "main", "nope") == 2
    assert capsys.readouterr() == ("", WRONG_USE * 2)


@pytest.mark.parametrize("text", [b"", b"[project]\nurls = 1", b"\xff", b"[", b"project = []"])
def test_a_project_that_does_not_say_where_it_lives_is_told(text: bytes, repo: Repository, capsys) -> None:
    repo.write("pyproject.toml", text)
    assert run(repo) == 2
    assert capsys.readouterr().err.startswith("preview.py: pyproject.toml does not state the address of the project; ")


def test_the_summary_has_room_for_every_problem_of_a_large_change(repo: Repository, capsys) -> None:
    """More than the ten that GitHub shows at their lines, and more than a comment holds."""
    for number in range(400):
        repo.write(f"entries/acme/x{number:03}.yaml", wrong(f"X{number:03}"))
    assert len(as_markdown(shown(repo))) <= COMMENT.most
    assert run(repo) == 0
    text = capsys.readouterr().out
    assert COMMENT.most < len(text.encode()) <= SUMMARY.most
    assert [f"x{number:03}&#46;yaml" in text for number in range(400)] == [True] * 400


def test_what_a_summary_holds_is_measured_in_bytes(schema: Schema) -> None:
    problems = tuple(Problem(f"entries/acme/{n}.yaml", 1, 1, "rule", Text("x", "错" * 300)) for n in range(2000))
    text = as_markdown(replace(described(schema, ["x"]), problems=problems), SUMMARY)
    assert SUMMARY.most - 2000 < len(text.encode()) <= SUMMARY.most < 2**20


def test_a_stray_file_is_told_apart_from_the_preview(repo: Repository, capsys, monkeypatch) -> None:
    """The preview goes to the summary; on GitHub the file has an annotation too, else in both languages in text."""
    repo.write("models/acme/qux.yaml", right("Qux"))
    repo.commit()
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    assert run(repo) == 1
    assert capsys.readouterr().err == (
        "models/acme/qux.yaml:1:1: file-place: not in the folder 'entries', so it is neither checked nor listed · "
        "不在 'entries' 文件夹里，不会被检查，也不会被收录\n    = move it to 'entries/acme/qux.yaml' · "
        "请移到 'entries/acme/qux.yaml'\n\n1 file checked, 1 problem.\n"
    )
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run(repo) == 1
    assert capsys.readouterr().err.startswith("::error file=models/acme/qux.yaml,line=1,")
    assert run(repo, "--format", "json") == 1
    assert capsys.readouterr().err == ""


def test_a_shallow_clone_is_told(repo: Repository, tmp_path: Path) -> None:
    repo.commit()
    repo.git("clone", "--quiet", "--depth=1", "--branch=theirs", repo.root.as_uri(), str(tmp_path / "clone"))
    done = scratch.run("preview.py", "--root", str(tmp_path / "clone"), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(
        "preview.py: 'origin/main' is no commit here; the clone is shallow: run `git fetch --unshallow`, "
        "or set `fetch-depth: 0` in a workflow\npreview.py: 这里没有提交 'origin/main'；这是浅克隆："
    )
