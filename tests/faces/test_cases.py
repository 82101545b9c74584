"""Every case of tests/cases through every face that can be asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases.read import Case, check_answer, read
from tests.faces.cases import Face, ask_case
from tests.faces.oracle_face import VERBS, OracleFace
from tests.faces.program import ProgramFace

CASES = [case for file in sorted(Path("tests/cases").glob("*.case")) for case in read(file)]
BUILD = Path(os.environ.get("RABATT_BUILD", "build/release"))
C_VERBS = ("price", "check", "settle", "allocate")


def program_face(name: str) -> Iterator[ProgramFace]:
    program = BUILD / "faces" / name
    if not program.exists():
        pytest.skip(f"{program} is not built")
    face = ProgramFace(program)
    yield face
    face.close()


@pytest.fixture(scope="module")
def engine() -> Iterator[Face]:
    yield from program_face("engine")


@pytest.fixture(scope="module")
def c() -> Iterator[Face]:
    yield from program_face("c")


def hold(face: Face, case: Case) -> None:
    differences = check_answer(case, ask_case(face, case))
    assert not differences, "\n".join(differences)


def having(verbs: tuple[str, ...]) -> list[Case]:
    return [case for case in CASES if case.verb in verbs]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_engine(engine: Face, case: Case) -> None:
    hold(engine, case)


@pytest.mark.parametrize("case", having(C_VERBS), ids=str)
def test_c(c: Face, case: Case) -> None:
    hold(c, case)


@pytest.mark.parametrize("case", having(VERBS), ids=str)
def test_oracle(case: Case) -> None:
    hold(OracleFace(), case)


def test_there_are_cases() -> None:
    assert len(CASES) > 500
