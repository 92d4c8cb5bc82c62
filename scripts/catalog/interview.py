"""Ask somebody for what an entry needs, in words that the schema holds already."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from catalog.draft import (
    Answers,
    alone,
    among,
    draft,
    encoded,
    known_organization,
    near_organizations,
    nested,
    option,
    slug,
    supported,
)
from catalog.entry import MAINLAND, Catalog, Entry
from catalog.files import ENTRIES, path_of, slug_fault
from catalog.lookalikes import lookalikes
from catalog.names import folded
from catalog.places import Where
from catalog.problem import Problem, Text, show
from catalog.report import as_text
from catalog.schema import Schema, description, title
from catalog.source import Source, parse
from catalog.talk import Ended, Talk, agreement
from catalog.terminal import stacked

OFFERED: tuple[Where, ...] = (("organization", "location", "region"), ("released",), ("sources", 0, "kind"))

NEEDED = Text("an answer is needed here", "这一项必填")
OPTIONAL = Text("optional; an empty line leaves it out", "选填；直接回车则不写")
ONE_OF_TWO = Text("one language is enough; an empty line leaves this one out", "有一种语言即可；直接回车则不写这一种")
IF_NONE = Text("an empty line if there is none", "没有则直接回车")
NUMBER = Text("Is the name really {}?", "名称真的是 {} 吗？")
EXAMPLE = Text("for example: {}", "例如：{}")
CHOOSE = Text("a number, a word or a label", "序号、取值或名称均可")
ALIKE = Text("This may be in the catalog already:", "名录里可能已有这个条目：")
GO_ON = Text("Is yours another model or product?", "你要添加的是另一个模型或产品吗？")
EDIT = Text("Then edit what is there: {}", "那么请修改已有的条目：{}")
MEANT_FOLDER = Text("There is no organization {} yet. Do you mean {} ({})?", "还没有机构 {}。是指 {}（{}）吗？")
KNOWN_FOLDER = Text("{}: the folder of {}", "{}：{} 的文件夹")
UNKNOWN_FOLDER = Text(
    "{} is not in the catalog; name a new folder in English or pinyin",
    "名录里没有 {}；新建文件夹请用英文名或拼音",
)
NEW_FOLDER = Text("{}: a new folder", "{}：新文件夹")
SAME_MAKER = Text("{} is the organization of folder {}. Is it the same?", "{} 是文件夹 {} 的机构。是同一个机构吗？")
WHICH_FOLDER = Text("Folder of the organization, or its name", "机构的文件夹名，或机构名称")
WHICH_FILE = Text("Name of the file, without .yaml", "文件名，不含 .yaml")
PROPOSED = Text("an empty line takes {}", "直接回车则用 {}")
TAKEN = Text("{} is there already; edit it instead", "{} 已存在；请修改该文件")
ANOTHER = Text(
    "{} is there already; give another name, or leave with Ctrl-C and edit it",
    "{} 已存在；请换一个名称，或按 Ctrl-C 退出后修改该文件",
)
KEEP = Text("Write {} as it is, and correct it there?", "要把 {} 按现状写入，之后在文件里修改吗？")
AGAIN = Text("Answer these again?", "要重新回答有问题的几项吗？")


class Question(NamedTuple):
    """What to ask: the way to the field, its schema, the titles on the way, whether an answer is needed.

    Of fields of which one is enough, such as the languages of a name, `others` are the ways to the other ones; if one
    stands for the other, such as a title for an address, it is asked for `instead` of it.
    """

    where: Where
    field: Any
    titles: tuple[Text, ...]
    needed: bool
    others: tuple[Where, ...] = ()
    instead: bool = False


def questions(schema: Schema, language: str) -> list[Question]:
    """List what an entry needs and what is worth asking, in the order of the schema."""
    wanted = {*schema.entry["required"], "organization", *(where[0] for where in OFFERED)}
    found = _inside((), {**schema.entry, "required": sorted(wanted, key=str)}, (), schema, language)
    return [question._replace(needed=question.needed and question.where not in OFFERED) for question in found]


def _inside(where: Where, field: Any, titles: tuple[Text, ...], schema: Schema, language: str) -> Iterator[Question]:
    """The questions of a field, and of the fields in it."""
    full = schema.resolved(field)
    if "properties" not in full and "items" not in full:
        yield Question(where, full, titles, needed=True)
        return
    if "items" in full:
        yield from _inside((*where, 0), full["items"], titles, schema, language)
        return
    enough = _enough(full)
    for name in _asked(where, full, language):
        inner = full["properties"][name]
        below = _inside((*where, name), inner, (*titles, title(inner)), schema, language)
        others = tuple((*where, other) for other in enough if other != name) if name in enough else ()
        instead = "anyOf" in full
        yield from (question._replace(others=others, instead=instead) if others else question for question in below)


def _enough(field: Any) -> tuple[str, ...]:
    """The names of which one is enough: those that the schema says, or all if it says nothing."""
    said = tuple(name for way in field.get("anyOf", ()) for name in way["required"])
    return () if "required" in field else said or tuple(field["properties"])


def _asked(where: Where, field: Any, language: str) -> list[str]:
    """The names that are asked for: the required ones and those that are offered; all, if one of them is enough."""
    required = field.get("required") or _enough(field)
    names = [name for name in field["properties"] if name in required or (*where, name) in OFFERED]
    return sorted(names, key=lambda name: name != language) if set(names) == {"zh", "en"} else names


@dataclass
class Interview:
    """One conversation about one new entry, and what came of it so far.

    Somebody may want the file although it does not fit into the catalog yet.
    """

    root: Path
    schema: Schema
    catalog: Catalog
    talk: Talk
    organization: str = ""
    model: str = ""
    answers: Answers = field(default_factory=dict)
    asked: set[Where] = field(default_factory=set)
    fits: bool = True

    @property
    def path(self) -> str:
        """The file that is to be written."""
        return path_of(f"{self.organization}/{self.model}")

    @property
    def data(self) -> dict[str, Any]:
        """The entry, as far as it is answered."""
        data = nested(self.answers)
        if "sources" in data:
            data["sources"][0]["supports"] = supported(data, self.schema)
        return data

    @property
    def text(self) -> str:
        """The file, as far as it is answered; empty if nothing is."""
        return draft(self.data, self.schema)

    @property
    def described(self) -> bool:
        """Whether the catalog says who the organization is, or a file that cannot be read may say it."""
        return self.organization in self.catalog.perhaps_described

    def run(self) -> None:
        """Ask for everything, until the entry fits into the catalog or somebody wants it as it is."""
        self.find_folder()
        todo = questions(self.schema, self.talk.language)
        self.ask([question for question in todo if question.where[0] == "name"])
        self.warn()
        self.name_file()
        self.ask([question for question in todo if question.where[0] != "name"])
        while self.fits and (problems := among(self.root, self.path, self.text, self.schema)):
            self.talk.said.write(as_text(problems, 1, self.talk.language))
            wrong = self.wrong(problems, todo)
            if wrong and self.talk.agreed(AGAIN):
                self.ask_again(wrong)
            elif self.talk.agreed(KEEP, self.path):
                self.fits = False
            else:
                raise Ended

    def find_folder(self) -> None:
        """Ask for the folder unless it is given; one that is nearly a known one may be a slip."""
        if self.organization:
            self.organization = self.meant(self.organization)
        else:
            self.talk.tell_text(WHICH_FOLDER)
            while not self.organization:
                answer = self.talk.answer().removeprefix(f"{ENTRIES}/").strip("/")
                self.organization = self.meant(answer)
                if not self.organization:
                    self.cannot_be(answer)
            told = KNOWN_FOLDER if self.described else NEW_FOLDER
            self.talk.tell(
                "  " + self.talk.words(told, f"{ENTRIES}/{self.organization}", self.called(self.organization))
            )
        if self.model and self.taken:
            self.talk.tell_text(TAKEN, self.path)
            raise Ended

    def cannot_be(self, answer: str) -> None:
        """Tell why there is no folder of this name, and can be none."""
        if answer.isascii():
            self.fitting(answer)
        else:
            self.talk.tell("  ! " + self.talk.words(UNKNOWN_FOLDER, show(answer)))

    def meant(self, wanted: str) -> str:
        """The folder of the known organization that is meant, else a new one; empty if none can be called so."""
        if known := known_organization(wanted, self.catalog):
            return known
        for folder in near_organizations(wanted, self.catalog):
            if self.talk.agreed(MEANT_FOLDER, show(wanted), show(folder), self.called(folder)):
                return folder
        return slug(wanted)

    def called(self, folder: str) -> str:
        """What an organization is called, in the language of the conversation."""
        return self.catalog.maker(folder, self.talk.language)

    def warn(self) -> None:
        """Show what may be the same thing, before anything is typed twice."""
        entry = Entry(f"{self.organization}/{self.model}", self.data, Source("", "", self.data))
        alike = lookalikes(entry, self.catalog)
        if not alike:
            return
        self.talk.tell("")
        self.talk.tell_text(ALIKE)
        for other, reason in alike:
            self.talk.tell(f"  {other}: {self.talk.words(reason)}")
        if not self.talk.agreed(GO_ON):
            self.talk.tell_text(EDIT, " · ".join(path_of(other) for other, _ in alike))
            raise Ended

    def name_file(self) -> None:
        """Ask for the name of the file unless it is given; the English name proposes one."""
        if self.model:
            return
        proposed = slug(self.answers.get(("name", "en"), ""))
        self.talk.tell("")
        self.talk.tell_text(WHICH_FILE)
        if proposed:
            self.talk.tell("  " + self.talk.words(PROPOSED, show(proposed)))
        while not self.model:
            answer = self.talk.answer()
            meant = {True: proposed, False: "", None: answer.removesuffix(".yaml") or proposed}  # no file is called y
            self.model = self.fitting(meant[agreement(answer)])
            self.must_be_new()

    def fitting(self, part: str) -> str:
        """A part of an id if it is well-formed; if not, that is told, and nothing is given."""
        fault = slug_fault(part) if part else (NEEDED,)
        if fault:
            self.refuse(*fault)
        return "" if fault else part

    @property
    def taken(self) -> bool:
        """Whether the file is there already."""
        return os.path.lexists(self.root / self.path)

    def must_be_new(self) -> None:
        """Forget the name of a file that is there already."""
        if self.model and self.taken:
            self.talk.tell("  ! " + self.talk.words(ANOTHER, self.path))
            self.model = ""

    def refuse(self, message: Text, repair: Text | None = None) -> None:
        """Tell what is wrong with an answer."""
        parts = [self.talk.words(text) for text in (message, repair) if text]
        self.talk.tell("  ! " + ("；" if self.talk.language == "zh" else "; ").join(parts))

    def ask(self, todo: Sequence[Question]) -> None:
        """Ask questions, each until its answer fits; those that need no answer any more are left out."""
        for question in todo:
            if not self.needless(question):
                self.ask_one(question)
                self.asked.add(question.where)
                self.same_maker(question.where)

    def needless(self, question: Question) -> bool:
        """Whether an answer would say what is known, or what cannot be."""
        if question.where[0] != "organization":
            return question.instead and self.given(question.others)
        abroad = self.answers.get(("organization", "location", "country")) != MAINLAND
        return self.described or (question.where[-1] == "region" and abroad)

    def ask_one(self, question: Question) -> None:
        """Ask until the answer fits, or is left out where that is allowed."""
        labels = {word["const"]: title(word) for word in question.field.get("oneOf", ())}
        self.talk.tell("")
        self.talk.tell(" › ".join(map(self.talk.words, question.titles)))
        self.explain(question, labels)
        while not self.settled(question, option(self.talk.answer(), labels)):
            pass

    def settled(self, question: Question, answer: str) -> bool:
        """Keep an answer that fits, or say what is wrong with it; whether the next question may follow."""
        if not answer and self.needed(question):
            self.refuse(NEEDED)
            return False
        if answer.isdecimal() and "name" in question.where and not self.talk.agreed(NUMBER, show(answer)):
            return False
        problems = self.tried(question.where, answer) if answer else []
        for problem in problems:
            self.refuse(problem.message, _shortened(problem.repair, question.field))
        if answer and not problems:
            self.answers[question.where] = answer
        return not problems

    def needed(self, question: Question) -> bool:
        """Whether an answer is needed: of fields of which one is enough, it is for the last if no other has one."""
        return question.needed and not self.given(question.others) and self.asked.issuperset(question.others)

    def given(self, fields: Sequence[Where]) -> bool:
        """Whether one of these fields is answered."""
        return any(where in self.answers for where in fields)

    def explain(self, question: Question, labels: Mapping[str, Text]) -> None:
        """Say what is meant, whether it is optional, and the words to choose from or an example."""
        talk = self.talk
        notes = [description(question.field)]
        if not self.needed(question):
            notes.append(IF_NONE if question.instead else ONE_OF_TWO if question.others else OPTIONAL)
        for note in notes:
            talk.tell(f"  {talk.words(note)}")
        talk.tell("  " + (talk.words(CHOOSE) if labels else talk.words(EXAMPLE, example(question.field))))
        words = (_word(value, talk.words(label)) for value, label in labels.items())
        for line in stacked([f"  {number:3} {word}" for number, word in enumerate(words, 1)]):
            talk.tell(line)

    def tried(self, where: Where, answer: str) -> list[Problem]:
        """Check an answer in an entry that is right but for it."""
        todo = questions(self.schema, self.talk.language)
        right = {question.where: example(question.field) for question in todo if question.needed}
        path = path_of(f"{self.organization or 'x'}/{self.model or 'x'}")
        return alone(nested({**right, **self.answers, where: answer}), path, self.schema)

    def same_maker(self, where: Where) -> None:
        """Ask about an organization of the same name; if it is meant, nothing more need be said about it."""
        known = known_organization(self.answers.get(where, ""), self.catalog)
        if where[:2] != ("organization", "name") or not known or known == self.organization:
            return
        if self.talk.agreed(SAME_MAKER, show(self.answers[where]), show(known)):
            self.organization = known
            self.answers = {way: answer for way, answer in self.answers.items() if way[0] != "organization"}
            self.must_be_new()
            self.name_file()

    def wrong(self, problems: Sequence[Problem], todo: Sequence[Question]) -> list[Question]:
        """The questions whose answers the problems are about, and those that stand for them."""
        lines = {problem.line for problem in problems if problem.file == self.path}
        texts = {folded(problem.found.strip("'\"")) for problem in problems if problem.file != self.path}
        ways = {question.where for question in todo if self.concerned(question.where, lines, texts)}
        return [each for each in todo if each.where in ways or (each.instead and ways.intersection(each.others))]

    def ask_again(self, wrong: Sequence[Question]) -> None:
        """Ask once more, as if nothing had been answered; who leaves keeps the old answers."""
        old = dict(self.answers)
        for question in wrong:
            self.answers.pop(question.where, None)
            self.asked.discard(question.where)
        try:
            self.ask(wrong)
        except Ended:
            self.answers = {**old, **self.answers}
            raise

    def concerned(self, where: Where, lines: set[int], texts: set[str]) -> bool:
        """Whether an answer stands on one of these lines, or is one of these texts of other entries."""
        answer = self.answers.get(where)
        return bool(answer) and (folded(str(answer)) in texts or not lines.isdisjoint(self.lines(where)))

    def lines(self, where: Where) -> set[int]:
        """The lines of a field that was answered, and of the fields around it."""
        source = parse(encoded(self.text), self.path, self.schema.numbers).source
        if source is None:
            return set()
        ways = [where[: length + 1] for length in range(len(where))]
        return {source.line(way, key=key) for way in ways for key in (True, False)}


def example(field: Any) -> str:
    """A right value of a field that holds a text."""
    return str(field["examples"][0] if "examples" in field else field["oneOf"][0]["const"])


def _word(value: str, label: str) -> str:
    """A word to choose, with the value that is written for it unless that is seen already."""
    return label if folded(value) in folded(label) else f"{label} ({value})"


def _shortened(repair: Text | None, field: Any) -> Text | None:
    """Leave out the list of all words, which stands above the answer."""
    values = [word["const"] for word in field.get("oneOf", ())]
    return CHOOSE if repair and values and all(value in repair.en for value in values) else repair
