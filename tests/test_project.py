"""The files of the project that say the same thing say it alike."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml
from scratch import GENERATED

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NEEDED = PROJECT["dependencies"]
FOR_TESTS = PROJECT["optional-dependencies"]["test"]


def plain(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(path: str) -> dict[str, str]:
    """The version of each package of a file of requirements."""
    found = re.findall(r"^([a-zA-Z0-9._-]+)==([^ ;\\]+)", (ROOT / path).read_text("utf-8"), re.MULTILINE)
    return {plain(name): version for name, version in found}


def hooks() -> list[dict[str, object]]:
    return yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]


@pytest.mark.parametrize(
    ("path", "packages"), [("requirements.txt", NEEDED), ("requirements-test.txt", [*NEEDED, *FOR_TESTS])]
)
def test_every_package_that_the_project_names_is_pinned(path: str, packages: list[str]) -> None:
    assert {plain(name) for name in packages} <= pinned(path).keys()


PACKAGES = {"yaml": "PyYAML"}  # what is not imported by its own name


def test_every_package_that_the_scripts_import_is_named() -> None:
    files = [path.read_text("utf-8") for path in (ROOT / "scripts").rglob("*.py")]
    names = {
        name for text in files for name in re.findall(r"^ *(?:from (?=\S+ import )|import )(\w+)", text, re.MULTILINE)
    }
    ours = {"catalog", *(path.stem for path in (ROOT / "scripts").glob("*.py"))}
    foreign = {plain(PACKAGES.get(name, name)) for name in names - ours - sys.stdlib_module_names}
    assert foreign == {plain(name) for name in NEEDED}


def test_tests_run_with_the_versions_that_people_get() -> None:
    assert pinned("requirements.txt").items() <= pinned("requirements-test.txt").items()


@pytest.mark.parametrize("path", ["requirements.txt", "requirements-test.txt"])
def test_every_pinned_package_has_its_hashes(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    pins = re.findall(r"^[a-zA-Z0-9._-]+==.*(?:\\\n +--hash=sha256:[0-9a-f]{64} *)+$", text, re.MULTILINE)
    assert len(pins) == len(pinned(path)) == len(re.findall("^[^ #\n]", text, re.MULTILINE))


def test_the_hook_installs_the_pinned_versions() -> None:
    found = dict(item.split("==") for hook in hooks() for item in hook["additional_dependencies"])
    assert found.items() <= pinned("requirements.txt").items()


def test_the_hook_installs_all_that_checking_needs() -> None:
    """All but Jinja2, which only writing the README needs."""
    found = {item.split("==")[0] for hook in hooks() for item in hook["additional_dependencies"]}
    assert found == {plain(name) for name in NEEDED} - {"jinja2"}


def test_the_hooks_run_the_command_that_ci_runs_on_what_is_staged() -> None:
    check, repair = hooks()
    assert (check["id"], check["entry"], check.get("stages")) == ("validate", "python scripts/validate.py", None)
    assert (repair["id"], repair["entry"], repair["stages"]) == ("fix", f"{check['entry']} --fix", ["manual"])
    assert f'"$(BIN)/{check["entry"].replace(" ", chr(34) + " ", 1)}' in makefile()
    assert [hook.get("pass_filenames", True) for hook in hooks()] == [True, True]


def makefile() -> str:
    return (ROOT / "Makefile").read_text("utf-8")


def test_help_lists_every_target_and_says_what_it_does() -> None:
    targets = set(re.findall(r"^([a-z-]+):", makefile(), re.MULTILINE))
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile(), re.MULTILINE)[1].split())
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    shown = subprocess.run(["make", "help"], cwd=ROOT, env=outside, capture_output=True, text=True, check=True)
    listed = [re.fullmatch(r"make ([a-z-]+) +(\S.*)", line)[1] for line in shown.stdout.splitlines()]
    assert set(listed) == targets == phony
    assert len(listed) == len(targets)


def test_ci_runs_the_two_commands_of_the_readme_and_no_other() -> None:
    lines = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["make", "make test"]
    for name in ("README.md", "README.zh.md"):
        blocks = re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
        assert [block.splitlines() for block in blocks] == [commands]


def test_ci_can_be_run_on_a_fresh_copy() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_the_home_of_the_project_is_stated_once() -> None:
    """Generated files name it too, but nothing that a fork would have to change."""
    home = PROJECT["urls"]["Repository"]
    folders = ("scripts", "schema", ".github", ".ci", "tests")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix != ".pyc"]
    files += [ROOT / name for name in ("Makefile", "README.template.md", ".pre-commit-config.yaml")]
    naming = [path for path in files if path.is_file() and home.encode() in path.read_bytes()]
    said = {path.relative_to(ROOT).as_posix() for path in naming} - GENERATED
    assert [path for path in sorted(said) if "/golden/" not in path] == []


# --- what GitHub reads --------------------------------------------------------------------------------------


def labels() -> list[dict[str, str]]:
    return yaml.safe_load((ROOT / ".github/labels.yml").read_text("utf-8"))


def test_labels_are_as_github_takes_them_and_described_in_both_languages() -> None:
    for label in labels():
        assert sorted(label) == ["color", "description", "name"]
        assert re.fullmatch("[0-9a-f]{6}", label["color"])
        assert len(label["description"]) <= 100
        assert re.fullmatch(r"[ -~]+ · .*[\u4e00-\u9fff].*", label["description"])
    names = [label["name"] for label in labels()]
    assert len(set(names)) == len(names)


def test_every_label_that_something_sets_is_listed() -> None:
    forms = [yaml.safe_load(path.read_text("utf-8")) for path in ROOT.glob(".github/ISSUE_TEMPLATE/[0-9]*.yml")]
    used = {label for form in forms for label in form["labels"]} | {"dependencies"}  # which dependabot sets by itself
    assert used <= {label["name"] for label in labels()}
    assert len(forms) == 3


def owners() -> dict[str, str]:
    """Who owns each pattern of CODEOWNERS, in order; the last that fits counts."""
    lines = (ROOT / ".github/CODEOWNERS").read_text("utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


OWNED = [
    ("entries/alibaba/_organization.yaml", "maintainers"),
    ("README.template.md", "maintainers"),
    ("docs/essay.md", "maintainers"),
    (".github/workflows/validate.yml", "tools"),
    (".ci/run", "tools"),
    (".pre-commit-config.yaml", "tools"),
    ("schema/vocabularies.json", "tools"),
    ("scripts/catalog/rules/facts.py", "tools"),
    ("tests/test_project.py", "tools"),
    ("pyproject.toml", "tools"),
    ("requirements.txt", "tools"),
    ("Makefile", "tools"),
]


@pytest.mark.parametrize(("path", "team"), OWNED)
def test_what_decides_what_runs_is_looked_at_by_the_owners_of_the_tools(path: str, team: str) -> None:
    assert (ROOT / path).is_file()
    fitting = [owner for pattern, owner in owners().items() if fits(pattern, path)]
    account = PROJECT["urls"]["Repository"].split("/")[-2]
    assert fitting[-1] == f"@{account}/{team}"


def fits(pattern: str, path: str) -> bool:
    """Whether a pattern of CODEOWNERS means a path: a folder with all in it, or names at the top."""
    if pattern.endswith("/"):
        return path.startswith(pattern[1:])
    return pattern == "*" or ("/" not in path and fnmatchcase(path, pattern[1:]))


def test_every_pattern_of_owners_means_something() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    paths = listed.split("\0") if listed else [path for path, _ in OWNED]
    assert [pattern for pattern in owners() if not any(fits(pattern, path) for path in paths)] == []


TEXTS = ("SECURITY.md", "CODE_OF_CONDUCT.md", ".github/pull_request_template.md")


@pytest.mark.parametrize("name", TEXTS)
def test_texts_for_people_are_in_both_languages_and_their_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    chinese = len(re.findall("[\u4e00-\u9fff]", text))
    assert chinese * 8 > len(text)
    for target, anchor in re.findall(r"\]\(([^):#]+)(?:#([^)]*))?\)", text):
        page = (ROOT / name).parent / target
        assert not anchor or f'<a id="{anchor}"></a>' in page.read_text("utf-8")


def test_dependabot_looks_after_everything_that_is_pinned() -> None:
    found = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text("utf-8"))["updates"]
    folders = {update["package-ecosystem"]: update.get("directories") or [update["directory"]] for update in found}
    pinned_in = {path.parent.relative_to(ROOT) for path in (*ROOT.glob("requirements*"), *ROOT.glob(".github/req*"))}
    assert {Path(folder.lstrip("/")) for folder in folders["pip"]} == pinned_in
    assert folders["github-actions"] == ["/"]
