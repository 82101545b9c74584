"""Batches of orders through Arrow: the results of price_orders as tables of their own, whatever comes in."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from rabatt import Book, Error, price_orders
from rabatt.arrow_orders import price_order_batch

from tests.oracle.generate import generate
from tests.python.order_samples import BOOK, NET, ORDER_RESULTS, ORDERS, RESULTS, STATUS

TABLE = pa.table(ORDERS)


def refusal(table: Any, **options: Any) -> str:
    with pytest.raises(Error) as refused:
        price_order_batch(BOOK, table, **options)
    return str(refused.value)


def test_results_as_decimals() -> None:
    lines, orders, places = price_order_batch(BOOK, TABLE)
    priced = price_orders(BOOK, TABLE)
    assert lines == priced.lines.select(RESULTS)
    assert orders.select(ORDER_RESULTS[1:]) == priced.orders.drop_columns("order")
    assert orders.column_names == ["first_row", *ORDER_RESULTS[1:]]
    assert (orders["first_row"].to_pylist(), places) == ([0, 1], 3)


def test_results_as_text() -> None:
    lines, orders, places = price_order_batch(BOOK, TABLE, fit="text", threads=2)
    mapped = price_orders(BOOK, ORDERS)
    assert lines.to_pydict() == {name: mapped.lines[name] for name in RESULTS}
    assert orders["total"].to_pylist() == ["40.74", None]
    assert orders["warnings"].to_pylist() == [0, None]
    assert {field.type for field in lines.schema} == {pa.string()}
    assert places == 3


def test_stated_places() -> None:
    lines, _, places = price_order_batch(BOOK, TABLE, places=2)
    assert places == 2
    assert lines["net"].type == pa.decimal128(38, 2)
    # the step of unit prices has three
    assert lines["status"].to_pylist() == ["overflow", "overflow", "overflow", "unknown_item"]
    lines, _, _ = price_order_batch(BOOK, TABLE, places=7)
    assert lines["net"].to_pylist() == [net and Decimal(net) for net in NET]
    assert refusal(TABLE, places=39) == "invalid_value: places 39"


def test_tables_that_are_refused() -> None:
    assert refusal(TABLE.drop_columns("item")) == "missing_field: item"
    assert refusal(TABLE.append_column("item", TABLE["item"])) == "duplicate_field: item"
    floats = TABLE.set_column(5, "quantity", pa.array([3.0, 1.0, 2.0, 1.0]))
    assert refusal(floats) == "invalid_decimal: quantity"
    assert refusal(TABLE, float_places={"colour": 2}) == "invalid_value: float_places.colour"
    for threads in (0, -1, "2", 2.0, True):
        assert refusal(TABLE, threads=threads) == f"invalid_value: threads {threads}"
        with pytest.raises(Error, match="invalid_value: threads"):
            price_orders(BOOK, ORDERS, threads=threads)  # type: ignore[arg-type]
    lines, _, _ = price_order_batch(BOOK, floats, float_places={"quantity": 2})
    assert lines["status"].to_pylist() == STATUS


def test_chunks_of_all_kinds() -> None:
    """Also those that do not become one by themselves."""
    names = [f"T{number}" for number in range(200)]
    book = Book.from_dict({"items": [{"item": name, "prices": {"EUR": "1.50"}} for name in names]})
    small = pa.dictionary(pa.int8(), pa.string())
    items = pa.chunked_array(
        [pa.array(half).dictionary_encode().cast(small) for half in (names[:100], names[100:])]
    )
    count = len(names)
    table = pa.table(
        {
            "order": pa.chunked_array([pa.array(range(7), pa.int16()), pa.array([5] * 193, pa.int16())]),
            "date": pa.array([datetime.date(2026, 3, 10)] * count),
            "currency": pa.array(["EUR"] * count, pa.string_view()),
            "item": items,
            "quantity": pa.array([Decimal("2.0")] * count, pa.decimal256(60, 1)),
            "note": [1.5] * count,
        }
    )
    lines, orders, _ = price_order_batch(book, table, fit="text")
    assert set(lines["net"].to_pylist()) == {"3.00"}
    assert orders["first_row"].to_pylist() == list(range(7))
    assert orders["net"].to_pylist() == ["3.00"] * 5 + ["582.00", "3.00"]
    priced = price_orders(book, table)
    assert priced.orders["order"].type == pa.int16()
    assert priced.orders["order"].to_pylist() == list(range(7))
    assert price_order_batch(book, table.slice(0, 0))[1].num_rows == 0


@pytest.mark.parametrize("number", range(6))
def test_threads_change_nothing(number: int) -> None:
    case = generate(f"threads/{number}", 0, 0, 0, tables=2)
    book = Book.from_json(case.book)
    for names, rows in case.tables:
        table = pa.table({name: [row[index] for row in rows] * 20 for index, name in enumerate(names)})
        one, two = (price_orders(book, table, threads=threads) for threads in (1, 2))
        assert (one.lines, one.orders, one.places) == (two.lines, two.orders, two.places)
