"""Reads the case files of the store; their grammar is at the top of store/README.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from tests.cases.edits import Json, expanded
from tests.cases.read import CaseError

CASE = re.compile(r"case ([A-Z][A-Z0-9]*-[0-9]+(?:,[A-Z][A-Z0-9]*-[0-9]+)*) ([a-z0-9_]+)")
CIRCUMSTANCES = re.compile(r"((?:(?:at|by|may|in) \S+ )*(?:at|by|may|in) \S+): (.*)", re.DOTALL)
ERROR = re.compile(r"[a-z_]+( .+)?")
ALONE = ("begin", "commit", "undo", "publish", "price")  # verbs that need no record


@dataclass(frozen=True)
class Refusal:
    """The problems of an expected error: a code, and a subject or `*`."""

    problems: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Step:
    """What is done, by whom, when; what it is called by; what it answers."""

    line: int
    text: str
    verb: str
    target: tuple[str, ...]  # words between the verb and the JSON
    argument: Json | None
    circumstances: dict[str, str]  # at, by, may, in
    name: str | None
    expected: Json | Refusal | None  # of the JSON null: the word
    expects: bool


@dataclass(frozen=True)
class StoreCase:
    file: str
    line: int
    rows: tuple[str, ...]
    name: str
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {','.join(self.rows)} {self.name}"


@dataclass
class _Open:
    """A case that is being read."""

    line: int
    rows: tuple[str, ...]
    name: str
    steps: list[Step] = field(default_factory=list)


def read_steps(path: Path) -> list[StoreCase]:
    return list(_File(path).cases())


class _File:
    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.lines = path.read_text(encoding="utf-8").split("\n")
        self.at = 0
        self.names: set[str] = set()

    def fail(self, why: str) -> NoReturn:
        raise CaseError(f"{self.file}:{self.at + 1}: {why}")

    def cases(self) -> Iterator[StoreCase]:
        given: tuple[Step, ...] = ()
        while self.at < len(self.lines):
            text = self.lines[self.at].rstrip()
            if not text or text.startswith("#"):
                self.at += 1
            elif text == "given":
                self.at += 1
                given = tuple(self.steps())
            elif match := CASE.fullmatch(text):
                yield self.case(tuple(match[1].split(",")), match[2], given)
            else:
                self.fail(f"neither `given` nor `case ROW name`: {text!r}")

    def case(self, rows: tuple[str, ...], name: str, given: tuple[Step, ...]) -> StoreCase:
        if name in self.names:
            self.fail(f"a name is once in its file: {name}")
        self.names.add(name)
        line = self.at + 1
        self.at += 1
        steps = tuple(self.steps())
        if not any(step.expects for step in steps):
            self.fail(f"{name} expects nothing")
        return StoreCase(self.file, line, rows, name, (*given, *steps))

    def steps(self) -> Iterator[Step]:
        while self.at < len(self.lines):
            text = self.lines[self.at].rstrip()
            if text.lstrip().startswith("#"):
                self.at += 1
                continue
            if not text.startswith("  "):
                return
            first = self.at
            parts = [text.strip()]
            while self.at + 1 < len(self.lines) and self.lines[self.at + 1].startswith("    "):
                self.at += 1
                if not self.lines[self.at].lstrip().startswith("#"):
                    parts.append(self.lines[self.at].strip())
            yield self.step(first + 1, " ".join(parts))
            self.at += 1

    def step(self, line: int, text: str) -> Step:
        did, *answers = re.split(r"\s=>(?=\s)", text)
        if len(answers) > 1:
            self.fail("a step has one => between blanks")
        circumstances: dict[str, str] = {}
        if match := CIRCUMSTANCES.fullmatch(did):
            words = match[1].split()
            circumstances = dict(zip(words[::2], words[1::2], strict=True))
            did = match[2]
        did, name = self.named(expanded(did.strip()))
        words, argument = self.argument(did)
        if not words:
            self.fail("a step begins with a verb")
        if words[0] not in ALONE and len(words) < 2:
            self.fail(f"{words[0]} what?")
        if "at" in circumstances:
            self.moment(circumstances["at"])
        expected = self.expected(expanded(answers[0].strip())) if answers else None
        return Step(
            line, text, words[0], tuple(words[1:]), argument, circumstances, name, expected, bool(answers)
        )

    def named(self, did: str) -> tuple[str, str | None]:
        match = re.fullmatch(r"(.*?) as ([a-z][a-z0-9_]*)", did, re.DOTALL)
        return (match[1].rstrip(), match[2]) if match else (did, None)

    def argument(self, did: str) -> tuple[list[str], Json | None]:
        begin = min((at for at in (did.find("{"), did.find("[")) if at >= 0), default=-1)
        if begin < 0:
            return did.split(), None
        return did[:begin].split(), self.json(did[begin:])

    def json(self, text: str) -> Json:
        try:
            value: Json = json.loads(text)
        except ValueError as error:
            self.fail(f"no JSON: {text}: {error}")
        return value

    def expected(self, text: str) -> Json | Refusal:
        if not text.startswith("error "):
            return self.json(text)
        problems = [problem.strip() for problem in text.removeprefix("error ").split(";")]
        for problem in problems:
            if not ERROR.fullmatch(problem):
                self.fail(f"an error is a code and a subject: {problem!r}")
        parts = [problem.partition(" ") for problem in problems]
        return Refusal(tuple((code, subject) for code, _, subject in parts))

    def moment(self, text: str) -> None:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"no time: {text}")
