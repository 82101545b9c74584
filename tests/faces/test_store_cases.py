"""Every case of tests/cases/store on every database, through the Python face."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.read_steps import StoreCase, read_steps
from tests.faces.python_store import hold
from tests.faces.store_databases import KINDS, StoreDatabases

FOLDER = Path("tests/cases/store")
CASES = [case for file in sorted(FOLDER.glob("*.case")) for case in read_steps(file)]
TODO = {line for line in (FOLDER / "todo").read_text(encoding="utf-8").split("\n") if line and line[0] != "#"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_python(case: StoreCase, kind: str, store_databases: StoreDatabases) -> None:
    todo = f"{case.file} {case.name}" in TODO
    with store_databases.new(kind) as url:
        try:
            hold(case, url)
        except AssertionError as difference:
            if todo:
                pytest.xfail(str(difference))
            raise
        assert not todo, f"{case.name} holds now: take it off the list in {FOLDER}/todo"


def test_the_list_of_what_is_to_be_done() -> None:
    assert {f"{case.file} {case.name}" for case in CASES} >= TODO
