"""Every case that prices or checks, through the command line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cases.read import Case, Json, Refused, check_answer
from tests.command_line.forked import ForkedCommand
from tests.faces.command_line_face import VERBS, CommandLineFace
from tests.faces.test_cases import having

FILES = sorted({case.file for case in having(VERBS)})


def cases_of(file: str) -> list[Case]:
    return [case for case in having(VERBS) if case.file == file]


def hold(cases: list[Case], answers: list[Json | Refused]) -> None:
    pairs = zip(cases, answers, strict=True)
    different = [difference for case, answer in pairs for difference in check_answer(case, answer)]
    assert not different, "\n".join(different)


@pytest.fixture(scope="module")
def forked() -> Iterator[CommandLineFace]:
    with ForkedCommand() as command:
        yield CommandLineFace(command.run)


@pytest.mark.parametrize("file", FILES)
def test_every_case(forked: CommandLineFace, file: str) -> None:
    cases = cases_of(file)
    hold(cases, forked.ask_all(cases))


def test_cases_in_programs_of_their_own() -> None:
    cases = cases_of("section_7.case")
    hold(cases, CommandLineFace().ask_all(cases))
