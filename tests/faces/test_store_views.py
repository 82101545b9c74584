"""The views of a store, as people query them with SQL: without rabatt, and alike in both databases."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing

import pytest
import rabatt
from rabatt.store.record_types import record_types

from tests.faces.store_databases import MADE, StoreDatabases


@pytest.fixture(params=["file", "postgres"])
def url(request: pytest.FixtureRequest, store_databases: StoreDatabases) -> Iterator[str]:
    with store_databases.new(request.param) as url:
        with rabatt.open(url, by="ANN", zone="UTC", at=MADE) as store:
            store.items.add(number="TEA", prices={"EUR": "12.50"})
            store.parties.add(number="C1", name="Kari", is_customer=True)
            for name, budget in (("A", "10"), ("B", "9.75"), ("C", "100"), ("D", None)):
                store.campaigns.add(
                    name=name,
                    customer="C1",
                    plan={"budget": budget},
                    lines=[{"item": "TEA", "discount": "12.5"}],
                )
            store.campaigns.save(store.campaigns.get("CMP-0004"), active=False)
        yield url


def asked(url: str, sql: str) -> list[str]:
    """The rows of an answer, their values as text between bars. Raises ValueError for what is refused."""
    if url.startswith("sqlite:"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:"))) as connection:
            try:
                rows = connection.execute(sql).fetchall()
            except sqlite3.OperationalError as error:
                raise ValueError(str(error)) from None
        return ["|".join("" if value is None else str(value) for value in row) for row in rows]
    psql = subprocess.run(["psql", "-X", "-A", "-t", url, "-c", sql], capture_output=True, text=True)
    if psql.returncode:
        raise ValueError(psql.stderr)
    return psql.stdout.splitlines()


def test_decimals_are_numbers(url: str) -> None:
    assert asked(url, "select budget from v_plan order by budget nulls last") == ["9.75", "10", "100", ""]
    assert asked(url, "select count(*) from v_plan where budget > 9.8") == ["2"]
    assert asked(url, "select sum(budget), max(budget) from v_plan") == ["119.75|100"]
    assert asked(url, "select sum(discount) from v_campaign_line") == ["50.0"]


def test_fields_and_references(url: str) -> None:
    assert asked(url, "select number, name, created_by from v_campaign where active order by number") == [
        "CMP-0001|A|ANN",
        "CMP-0002|B|ANN",
        "CMP-0003|C|ANN",
    ]
    joined = (
        "select c.number, i.number, p.name from v_campaign c join v_campaign_line l on l.campaign = c.id "
        "join v_item i on i.id = l.item join v_party p on p.id = c.customer where c.name = 'B'"
    )
    assert asked(url, joined) == ["CMP-0002|TEA|Kari"]


def test_every_record_has_one(url: str) -> None:
    for name in record_types():
        assert asked(url, f"select * from v_{name} where id < 0 order by revision") == []


@pytest.mark.parametrize(
    "sql",
    ["update v_campaign set name = 'x'", "delete from v_campaign", "insert into v_campaign (id) values (9)"],
)
def test_they_are_only_read(url: str, sql: str) -> None:
    with pytest.raises(ValueError, match="v_campaign"):
        asked(url, sql)
    assert asked(url, "select count(*) from v_campaign where name <> 'x'") == ["4"]
