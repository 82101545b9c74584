"""Rows of a store: read when they are asked for, page by page, and as frames."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from itertools import islice
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import rabatt
from rabatt import Error
from rabatt.store import Item
from rabatt.store.rows import PAGE

MANY = 2 * PAGE + 1


class Undone(Exception):
    """Leaves a transaction without a commit."""


@pytest.fixture(scope="module")
def store() -> Iterator[rabatt.Store]:
    with rabatt.open("sqlite::memory:", by="ANN", zone="UTC") as store:
        with store.transaction():
            for number in range(MANY):
                store.items.add(number=f"I{number:05}", name="tea" if number % 2 else "coffee")
        store.items.save(
            store.items.get("I00000"),
            prices={"EUR": "1.50", "NOK": "12345678901234567890.12"},
            tags=["a", "b"],
            units={"BOX": 12},
        )
        store.payment_terms.add(name="Net", net_days=30)
        store.payment_terms.add(name="Early", net_days=30, early=[{"days": 5, "discount": "2.5"}])
        store.parties.add(number="C1", name="Customer", is_customer=True, discount="2.50")
        store.parties.add(number="C2", name="Person", company="C1", kind="person")
        yield store


def test_all_pages(store: rabatt.Store) -> None:
    rows = store.items.find(sort=["number"])
    assert len(rows) == MANY
    assert [row.number for row in rows] == [f"I{number:05}" for number in range(MANY)]
    assert all(isinstance(row, Item) for row in islice(rows, 3))


def test_parts(store: rabatt.Store) -> None:
    rows = store.items.find(sort=["-number"])
    last = MANY - 1
    assert [row.number for row in rows[:2]] == [f"I{last:05}", f"I{last - 1:05}"]
    assert [row.number for row in rows[1:6:2]] == [f"I{last - 1:05}", f"I{last - 3:05}", f"I{last - 5:05}"]
    assert rows[PAGE + 3].number == f"I{last - PAGE - 3:05}"
    assert rows[MANY:] == []
    for wrong in (-1, slice(-2, None), slice(None, -1)):
        with pytest.raises(ValueError, match="from the front"):
            rows[wrong]
    with pytest.raises(IndexError):
        rows[MANY]


def test_a_limit(store: rabatt.Store) -> None:
    rows = store.items.find(limit=3)
    assert (len(rows), len(list(rows)), len(rows[:10]), rows.to_arrow().num_rows) == (3, 3, 3, 3)
    assert len(store.items.find(limit=0)) == len(list(store.items.find(limit=0))) == 0
    assert len(list(store.items.find(limit=PAGE + 1))) == PAGE + 1
    with pytest.raises(ValueError, match="limit"):
        store.items.find(limit=-1)


def test_one_or_none(store: rabatt.Store) -> None:
    first = store.items.find(number="I00007").first()
    assert first and first.number == "I00007"
    none = store.items.find(number="nothing")
    assert (none.first(), list(none), len(none), bool(none)) == (None, [], 0, False)
    assert bool(store.items.find())
    assert repr(none) == "<Rows of item>"


def test_nothing_is_read_before_it_is_asked_for(store: rabatt.Store) -> None:
    rows = store.items.find(colour="red")  # type: ignore[call-arg]
    for ask in (rows.first, lambda: len(rows), lambda: list(rows), rows.to_arrow):
        with pytest.raises(Error, match="unknown_field"):
            ask()


def test_criteria(store: rabatt.Store) -> None:
    assert len(store.items.find(name="tea", number=("<=", "I00004"))) == 2
    assert len(store.items.find(number=("in", ["I00001", "I00002", "X"]))) == 2
    assert len(store.items.find(where=[("number", ">", "I00001"), ("number", "<", "I00004")])) == 2
    assert len(store.items.find(name=("=", None))) == 0
    assert len(store.items.find(name=None)) == MANY
    assert len(store.parties.find(discount=(">", Decimal("2.4")))) == 1
    assert len(store.parties.find(company="C1")) == len(store.parties.find(is_customer=True)) == 1
    assert len(store.items.find(tags=["a"])) == len(store.items.find(tags=["a", "b"])) == 1
    assert len(store.items.find(created=(datetime.date(2026, 1, 1), None))) == MANY
    with pytest.raises(Error, match=r"invalid_decimal: discount 2\.4"):
        store.parties.find(discount=(">", 2.4))  # type: ignore[arg-type]
    with pytest.raises(Error, match="invalid_value"):
        store.items.find(name=(">", 1, 2))  # type: ignore[arg-type]


def test_dicts(store: rabatt.Store) -> None:
    (row,) = store.parties.find(number="C1").to_dicts()
    assert (row["number"], row["discount"], row["company"]) == ("C1", "2.5", None)
    assert row["created_at"].endswith("Z")


def test_arrow(store: rabatt.Store) -> None:
    table = store.items.find(sort=["number"]).to_arrow()
    assert table.num_rows == MANY
    types = {field.name: field.type for field in table.schema}
    assert types["id"] == pa.int64()
    assert types["discountable"] == pa.bool_()
    assert types["created_at"] == pa.timestamp("ms", tz="UTC")
    assert types["tags"] == pa.list_(pa.string())
    assert types["prices"] == pa.map_(pa.string(), pa.decimal128(38, 2))
    first = table.slice(0, 1).to_pylist()[0]
    assert first["prices"] == [("EUR", Decimal("1.50")), ("NOK", Decimal("12345678901234567890.12"))]
    assert (first["tags"], first["kind"]) == (["a", "b"], "inventory")


def test_arrow_of_nothing(store: rabatt.Store) -> None:
    empty = store.campaigns.find().to_arrow()
    assert empty.num_rows == 0
    assert empty.schema.field("date").type == pa.date32()
    assert empty.schema.field("change_percent").type == pa.decimal128(38, 0)
    assert empty.schema.field("customer").type == pa.string()


def test_arrow_of_entries(store: rabatt.Store) -> None:
    table = store.payment_terms.find(sort=["number"]).to_arrow()
    kind = pa.struct([("days", pa.int64()), ("discount", pa.decimal128(38, 1))])
    assert table.schema.field("early").type == pa.list_(kind)
    assert table.column("early").to_pylist() == [[], [{"days": 5, "discount": Decimal("2.5")}]]


def test_frames(store: rabatt.Store) -> None:
    rows = store.parties.find(sort=["number"])
    frame = rows.to_pandas()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame["discount"]) == [Decimal("2.5"), Decimal(0)]
    polars = rows.to_polars()
    assert polars["company"].to_list() == [None, "C1"]
    assert polars["created_at"].dtype == pl.Datetime("ms", "UTC")
    assert pa.table(rows).equals(rows.to_arrow())
    found: Any = duckdb.sql("select number, discount from rows order by number desc")
    assert found.fetchall() == [("C2", Decimal("0.0")), ("C1", Decimal("2.5"))]


def test_rows_in_a_transaction(store: rabatt.Store) -> None:
    with suppress(Undone), store.transaction():
        store.items.add(number="NEW")
        assert len(store.items.find(number="NEW")) == 1
        raise Undone
    assert not store.items.find(number="NEW")
