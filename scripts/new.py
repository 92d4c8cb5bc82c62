"""Write a new entry: ask for what it needs, or take it from an issue."""

from __future__ import annotations

import argparse
import io
import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from catalog.check import check
from catalog.command import ROOT, home, language, python, run
from catalog.draft import encoded
from catalog.files import id_of, path_of, slug_fault
from catalog.interview import TAKEN, Interview
from catalog.issue import Draft, from_issue
from catalog.problem import Text, inert, visible
from catalog.report import as_text
from catalog.schema import Schema
from catalog.talk import Ended, Talk, reader, standard_input
from catalog.wording import say

ALIKE = Text("{} may be the same: {}", "{} 可能是同一个：{}")
MAX_ISSUE = 512 * 1024  # bytes; GitHub's longest has 65,536 characters
TYPED = Text("This is what you typed; copy it to keep it:", "这是你填写的内容；需要请复制保存：")
NOTHING = Text("nothing was written", "没有写入任何文件")
SHAPE = Text("{}: write ORGANIZATION/MODEL, such as acme/foo-2", "{}：请写成 机构/模型，例如 acme/foo-2")
UNREAD = Text("{} cannot be read as a text of at most {} bytes", "{} 无法作为不超过 {} 字节的文本读取")
ASTRAY = Text("{} is not a folder of its own; nothing is written through links", "{} 不是普通文件夹；不会通过链接写入")
FAILED = Text("{} cannot be written ({})", "{} 无法写入（{}）")
WROTE = Text("Wrote {}. What to do next:", "已写入 {}。接下来：")
UNFIT = Text(
    "Wrote {} with these problems. Correct it until this finds none:",
    "已写入 {}，但仍有上述问题。请修改到下面的命令不再报告问题：",
)
THEN = Text("Then:", "然后：")
OPEN = Text(
    "Then open a pull request. Or, in the browser, put the text of the file here:",
    "然后发起拉取请求。或者在浏览器里把文件内容粘贴到这里：",
)


class Refused(Exception):  # noqa: N818 - the answer to wrong use, with its exit code
    """Why nothing can be done, and the exit code."""

    def __init__(self, code: int, reason: Text, *values: object) -> None:
        self.code, self.reason = code, Text(*(text.format(*values) if values else text for text in reason))


def main(argv: Sequence[str], answers: TextIO | None = None, said: TextIO | None = None) -> int:
    """Return 0 if the entry is written, 1 if it is not, 2 for wrong use, 130 if Ctrl-C ended it."""
    options = _options(argv)
    output = said or sys.stdout or io.StringIO()
    talk = Talk(reader(answers, output) if answers else standard_input(output), output, options.lang)
    try:
        _new(options, talk)
    except Ended as ended:
        talk.tell_text(NOTHING)
        return ended.code
    except Refused as refused:
        print(f"new.py: {inert(visible(say(refused.reason, options.lang)))}", file=sys.stderr)
        return refused.code
    return 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="new.py", description=__doc__)
    parser.add_argument("target", nargs="?", metavar="ORG/MODEL", help="the id of the new entry, such as acme/foo-2")
    parser.add_argument("--lang", choices=("en", "zh"), default=language(), help="language of the questions")
    parser.add_argument("--from-issue", metavar="FILE", help="the text of an issue that the form made")
    parser.add_argument("--root", default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _new(options: argparse.Namespace, talk: Talk) -> None:
    root = Path(options.root).resolve()
    target = _target(root, options.target)
    schema = Schema.load(root / "schema")
    if options.from_issue is None:
        organization, _, model = target.partition("/")
        interview = Interview(root, schema, check(root, schema)[0], talk, organization, model)
        _ask(interview)
        _tell_next(interview)
    else:
        made = from_issue(root, schema, _issue(options.from_issue), target)
        _complain(made, talk)
        _write(root, made.path, made.text)
        talk.tell(made.path)


def _ask(interview: Interview) -> None:
    """Write what somebody answers; if it is not written, for whatever reason, hand it back."""
    try:
        interview.run()  # which may settle on another path
        _write(interview.root, interview.path, interview.text)
    except BaseException:
        _hand_back(interview.text, interview.talk)
        raise


def _hand_back(text: str, talk: Talk) -> None:
    if text:
        talk.tell("")
        talk.tell_text(TYPED)
        for line in ("", *text.splitlines(), ""):
            talk.tell(line)


def _target(root: Path, target: str | None) -> str:
    """Check the id of a new entry, which may be given as its file; empty if nothing is given."""
    if target is None:
        return ""
    wanted = id_of(target.replace(os.sep, "/"))
    organization, slash, model = wanted.partition("/")
    if not slash or "/" in model:
        raise Refused(2, SHAPE, target)
    for part in (organization, model):
        if fault := slug_fault(part):
            message, repair = fault
            raise Refused(2, Text(f"{message.en}; {repair.en}", f"{message.zh}；{repair.zh}"))
    path = path_of(wanted)
    if os.path.lexists(root / path):
        raise Refused(1, TAKEN, path)
    return wanted


def _issue(name: str) -> str:
    """Read the text of an issue; what is not UTF-8 becomes a sign that the reader tells."""
    try:
        with Path(name).open("rb") as file:
            raw = file.read(MAX_ISSUE + 1)
    except (OSError, ValueError):  # ValueError: a name with a NUL
        raw = None
    if raw is None or len(raw) > MAX_ISSUE:
        raise Refused(2, UNREAD, name, MAX_ISSUE)
    return raw.decode("utf-8", "replace")


def _complain(made: Draft, talk: Talk) -> None:
    """Show what may be the same, and what is wrong; if anything is, nothing is written."""
    for other, reason in made.lookalikes:
        talk.tell_text(ALIKE, other, talk.words(reason))
    if made.problems:
        talk.said.write(as_text(made.problems, 1, talk.language))
        raise Ended


def _write(root: Path, path: str, text: str) -> None:
    """Create the file; through no link, and over no file."""
    folder = (root / path).parent
    try:
        _own_folder(root, folder.parent)
        folder.mkdir(exist_ok=True)
        _own_folder(root, folder)
        with (root / path).open("xb") as file:
            file.write(encoded(text))
    except OSError as error:
        raise Refused(1, FAILED, path, error.strerror) from error


def _own_folder(root: Path, folder: Path) -> None:
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise Refused(1, ASTRAY, folder.relative_to(root).as_posix())


def _tell_next(interview: Interview) -> None:
    """Say what to do with the file; ids hold nothing that a shell or an address would obey."""
    path, talk = interview.path, interview.talk
    entry_id = id_of(path)
    folder, _, name = path.rpartition("/")
    talk.tell("")
    talk.tell_text(WROTE if interview.fits else UNFIT, path)
    if not interview.fits:
        talk.tell(f"  {python()} scripts/validate.py")
        talk.tell_text(THEN)
    talk.tell(f"  git switch -c add-{entry_id.replace('/', '-')}")
    talk.tell(f"  git add {path}")
    talk.tell(f'  git commit -m "Add {entry_id}"')
    talk.tell("  git push -u origin HEAD")
    talk.tell_text(OPEN)
    talk.tell(f"  {home(interview.root)}/new/main/{folder}?filename={name}")


if __name__ == "__main__":
    raise SystemExit(run(main))
