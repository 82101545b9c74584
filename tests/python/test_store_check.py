"""`store.check()`: nothing in what verbs have made, and what others have done to the database."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
import rabatt
from rabatt.store import Finding, Inspection

from tests.faces.store_databases import KINDS, StoreDatabases


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, store_databases: StoreDatabases) -> Iterator[rabatt.Store]:
    with store_databases.opened(request.param) as store:
        yield store


def damaged(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("pragma foreign_keys = off")
        database.execute(statement)


def test_what_verbs_have_made_is_clean(store: rabatt.Store) -> None:
    before = store.inspection()
    assert before.findings == store.check() == ()
    store.items.add(number="TEA", prices={"EUR": "12.00"})
    store.campaigns.add(name="Spring", lines=[{"item": "TEA", "discount": "10"}])
    after = store.inspection()
    assert after == Inspection((), before.records + 3, before.changes + 4)  # the last is of the numerator


def test_a_transaction_sees_its_own_changes(store: rabatt.Store) -> None:
    records = store.inspection().records
    with suppress(ZeroDivisionError), store.transaction():
        store.items.add(number="TEA")
        assert store.inspection().records == records + 1
        raise ZeroDivisionError
    assert store.inspection().records == records


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("update item set name_key = 'x'", Finding("wrong_key", "item #1", "")),
        ("update item set name = 'Other', name_key = 'other'", Finding("wrong_log", "item #1", "")),
        ("update campaign_line set item = 99", Finding("lost_reference", "campaign_line #1", "")),
        ("delete from version where record = 'item'", Finding("wrong_version", "item #1", "")),
        ("drop view v_item", Finding("wrong_schema", "v_item", "")),
    ],
)
def test_damage(store_databases: StoreDatabases, statement: str, finding: Finding) -> None:
    with store_databases.new("file") as url:
        with rabatt.open(url, by="ANN", zone="UTC") as store:
            tea = store.items.add(number="TEA", name="Tea")
            store.items.save(tea.replace(name="Green tea"))
            store.campaigns.add(name="Spring", lines=[{"item": "TEA", "discount": "10"}])
        damaged(Path(url.removeprefix("sqlite:")), statement)
        with rabatt.open(url, by="ANN", zone="UTC") as store:
            found = store.check()
    assert finding in [dataclasses.replace(each, message="") for each in found]
    assert all(each.message for each in found)
    assert not any("Green tea" in each.message for each in found)


def test_of_each_code_a_hundred_are_told(store_databases: StoreDatabases) -> None:
    with store_databases.new("file") as url:
        with rabatt.open(url, by="ANN", zone="UTC") as store, store.transaction():
            for _ in range(103):
                store.items.add(name="Tea")
        damaged(Path(url.removeprefix("sqlite:")), "update item set name_key = 'x'")
        with rabatt.open(url, by="ANN", zone="UTC") as store:
            found = [each for each in store.check() if each.code == "wrong_key"]
    assert len(found) == 101
    assert found[-1] == Finding("wrong_key", "", "There are 3 more of these.")


def test_findings_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Finding("wrong_key", "item #1", "").code = "wrong_log"  # type: ignore[misc]
