"""Every case of tests/cases through every face that can be asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cases.answers import check_answer
from tests.cases.read import Case, read
from tests.command_line.forked import ForkedCommand
from tests.faces import command_line_face, oracle_face, python_face
from tests.faces.cases import Face, ask_case
from tests.faces.command_line_face import CommandLineFace
from tests.faces.program import ProgramFace

CASES = [case for file in sorted(Path("tests/cases").glob("*.case")) for case in read(file)]
BUILD = Path(os.environ.get("RABATT_BUILD", "build/release"))
C_VERBS = ("price", "check", "settle", "allocate")
BOOK_VERBS = ("price", "settle", "set_for_all", "orders", "hash")


def having(verbs: tuple[str, ...]) -> list[Case]:
    return [case for case in CASES if case.verb in verbs]


def hold(face: Face, case: Case) -> None:
    differences = check_answer(case, ask_case(face, case))
    assert not differences, "\n".join(differences)


def program_face(name: str, *arguments: str) -> Iterator[ProgramFace]:
    program = BUILD / "faces" / name
    if not program.exists():
        pytest.skip(f"{program} is not built")
    face = ProgramFace(program, *arguments)
    yield face
    face.close()


@pytest.fixture(scope="module")
def engine() -> Iterator[Face]:
    yield from program_face("engine")


@pytest.fixture(scope="module")
def book_files() -> Iterator[Face]:
    yield from program_face("engine", "--book-files")


@pytest.fixture(scope="module")
def c() -> Iterator[Face]:
    yield from program_face("c")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_engine(engine: Face, case: Case) -> None:
    hold(engine, case)


@dataclass(frozen=True)
class BatchFace:
    """The engine's batch."""

    program: Face

    def ask(self, verb: str, *chunks: str) -> Any:
        return self.program.ask(f"{verb}_batch", *chunks)


@pytest.mark.parametrize("case", having(("price",)), ids=str)
def test_batch(engine: Face, case: Case) -> None:
    hold(BatchFace(engine), case)


@pytest.mark.parametrize("case", having(BOOK_VERBS), ids=str)
def test_book_files(book_files: Face, case: Case) -> None:
    """The engine again: every book as it is read from a file."""
    hold(book_files, case)


@pytest.mark.parametrize("case", having(C_VERBS), ids=str)
def test_c(c: Face, case: Case) -> None:
    hold(c, case)


@pytest.mark.parametrize("case", having(python_face.VERBS), ids=str)
def test_python(case: Case) -> None:
    hold(python_face.PythonFace(), case)


@pytest.mark.parametrize("case", having(oracle_face.VERBS), ids=str)
def test_oracle(case: Case) -> None:
    hold(oracle_face.OracleFace(), case)


def hold_all(face: CommandLineFace, file: str) -> None:
    cases = [case for case in having(command_line_face.VERBS) if case.file == file]
    pairs = zip(cases, face.ask_all(cases), strict=True)
    differences = [difference for case, answer in pairs for difference in check_answer(case, answer)]
    assert not differences, "\n".join(differences)


@pytest.fixture(scope="module")
def forked() -> Iterator[CommandLineFace]:
    with ForkedCommand() as command:
        yield CommandLineFace(command.run)


@pytest.mark.parametrize("file", sorted({case.file for case in having(command_line_face.VERBS)}))
def test_command_line(forked: CommandLineFace, file: str) -> None:
    """A file at a time: `rabatt` runs once for all requests to one book."""
    hold_all(forked, file)


def test_command_line_in_programs_of_their_own() -> None:
    hold_all(CommandLineFace(), "section_7.case")


def test_there_are_cases() -> None:
    assert len(CASES) > 500
