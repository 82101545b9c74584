"""Tables of text. What comes out of random ones is compared with the oracle in test_face.py."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from rabatt import Error, _rabatt, price_orders
from rabatt.order_tables import KNOWN_COLUMNS

from tests.oracle.order_table import OUTPUT_COLUMNS
from tests.python.order_samples import BOOK, NET, ORDER_RESULTS, ORDERS, RESULTS, STATUS


def refusal(orders: Any, **options: Any) -> str:
    with pytest.raises(Error) as refused:
        price_orders(BOOK, orders, **options)
    return str(refused.value)


def test_lines_and_orders() -> None:
    priced = price_orders(BOOK, ORDERS)
    assert list(priced.lines) == [*ORDERS, *RESULTS]
    assert list(priced.orders) == ORDER_RESULTS
    assert (priced.lines["status"], priced.lines["net"]) == (STATUS, NET)
    assert {name: priced.lines[name] for name in ORDERS} == ORDERS
    assert priced.orders == {
        "order": ["7", "8"],
        "status": ["ok", "unknown_item"],
        "net": ["35.22", None],
        "tax": ["5.52", None],
        "total": ["40.74", None],
        "early_until": ["2026-03-18", None],
        "early_discount": ["0.81", None],
        "early_pay": ["39.93", None],
        "warnings": ["0", None],
    }
    assert priced.places == 3
    assert list(OUTPUT_COLUMNS) == RESULTS


def test_typed_cells_are_the_same_table() -> None:
    day = datetime.date(2026, 3, 10)
    typed = ORDERS | {
        "order": [7, 8, 7, 8],
        "date": [day, day, None, None],
        "quantity": [Decimal(3), Decimal("1.0"), 2, 1],
        "tax_rate": [19, None, Decimal("7.0"), None],
        "prices_include_tax": [False, None, None, "0"],
    }
    priced = price_orders(BOOK, typed)
    assert (priced.lines["status"], priced.lines["net"]) == (STATUS, NET)
    assert priced.orders["order"] == [7, 8]
    assert priced.lines["date"] == typed["date"]


def test_other_columns_may_hold_anything() -> None:
    anything = [object(), 1.5, b"", {}]
    priced = price_orders(BOOK, ORDERS | {"note": anything})
    assert priced.lines["note"] == anything


def test_columns_of_results_are_replaced_where_they_stand() -> None:
    orders = (
        {"net": [1.5, "old", None, 7.25], "status": ["old"] * 4}
        | ORDERS
        | {"list_price": ["8", None, "", "1,5"]}
    )
    priced = price_orders(BOOK, orders)
    assert list(priced.lines)[:2] == ["net", "status"]
    assert list(priced.lines) == [*orders, *(name for name in RESULTS if name not in orders)]
    assert priced.lines["status"] == ["ok", "ok", "ok", "invalid_decimal"]
    assert priced.lines["net"] == ["20.40", "8.49", "9.75", 7.25]
    assert priced.lines["list_price"] == ["8", "9.99", "5", "1,5"]


@pytest.mark.parametrize("name", sorted(KNOWN_COLUMNS))
def test_floats_are_refused_in_every_column_that_is_read(name: str) -> None:
    table = ORDERS | {name: ["1", 1.5, "1", "1"]}
    assert refusal(table) == f"invalid_decimal: {name}"
    lines = price_orders(BOOK, table, float_places={name: 1}).lines
    assert name in RESULTS or lines[name] == table[name]


def test_floats_with_stated_places() -> None:
    table = ORDERS | {"quantity": [3.0, 1.0, 2.0, 1.0], "tax_rate": [19.0, None, float("nan"), 0.0]}
    priced = price_orders(BOOK, table, float_places={"quantity": 2, "tax_rate": 0, "note": 38})
    assert priced.lines["status"] == ["ok", "ok", "invalid_decimal", "unknown_item"]
    assert priced.lines["net"][:2] == NET[:2]
    for places in (-1, 39, "2", 2.0, True, None):
        said = refusal(table, float_places={"quantity": places, "tax_rate": 0})
        assert said == f"invalid_value: float_places.quantity {places}"
    for name in ("unit", "Quantity", 5):
        assert refusal(table, float_places={name: 2}) == f"invalid_value: float_places.{name}"
    assert refusal(ORDERS, float_places={"note": 39}) == "invalid_value: float_places.note 39"


def test_a_float_that_is_not_of_its_places_is_refused() -> None:
    sums = [0.1 + 0.2, 1.1 * 3, sum([0.1] * 10), 1e15]
    table = {name: cells[:1] * 8 for name, cells in ORDERS.items()} | {
        "order": list(range(8)),
        "quantity": [*sums, 0.125, 2.675, 0.304, 1e-9],
    }
    priced = price_orders(BOOK, table, float_places={"quantity": 2})
    assert priced.lines["status"] == ["ok"] * 4 + ["invalid_decimal"] * 4
    exact = price_orders(BOOK, table | {"quantity": ["0.30", "3.30", "1.00", "1000000000000000", *"1111"]})
    assert priced.lines["net"][:4] == exact.lines["net"][:4]
    assert price_orders(BOOK, table, float_places={"quantity": 3}).lines["status"][4:7] == ["ok"] * 3


def test_the_refusal_of_floats_says_how_to_read_them() -> None:
    with pytest.raises(Error) as refused:
        price_orders(BOOK, ORDERS | {"quantity": [1.5, 1.5, 1.5, 1.5]})
    assert refused.value.__notes__ == [
        "a column of floats: float_places={'quantity': N} reads it with N places, or read it as text"
    ]


def test_tables_that_are_none() -> None:
    assert refusal({}) == "missing_field: order, date, currency, item, quantity"
    assert refusal({name: cells for name, cells in ORDERS.items() if name != "item"}) == "missing_field: item"
    assert refusal(ORDERS | {"item": ["TEA"]}) == "invalid_value: item"
    assert refusal(ORDERS | {"quantity": [b"1"] * 4}) == "invalid_value: quantity"
    assert refusal(ORDERS | {"date": [datetime.time(1)] * 4}) == "invalid_value: date"
    for value in (None, 5, "orders.csv", [ORDERS], object()):
        with pytest.raises(TypeError, match="is no table"):
            price_orders(BOOK, value)


def test_an_empty_table() -> None:
    priced = price_orders(BOOK, {name: [] for name in ORDERS})
    assert list(priced.lines) == [*ORDERS, *RESULTS]
    assert set(map(len, [*priced.lines.values(), *priced.orders.values()])) == {0}


def test_rows_that_are_bad() -> None:
    half, huge = "\ud800", 10**5000
    table = ORDERS | {"item": ["TEA", half, "MUG", "TEA"], "quantity": [1, 1, huge, float("inf")]}
    priced = price_orders(BOOK, table, float_places={"quantity": 0})
    assert priced.lines["status"] == ["ok", "unknown_item", "invalid_decimal", "invalid_decimal"]
    table = ORDERS | {"date": [datetime.datetime(2026, 3, 10, 1, 2, 3, 4), "2026-03-10", "", ""]}
    priced = price_orders(BOOK, table)
    assert priced.lines["status"] == ["invalid_date", "ok", "invalid_date", "unknown_item"]


def test_the_columns_that_are_read_are_those_of_the_contract() -> None:
    assert {
        "order", "date", "currency", "item", "quantity", "customer", "organisation", "campaign", "code",
        "payment_term", "prices_include_tax", "unit", "list_price", "manual_price", "manual_discount",
        "tax_rate",
    } == KNOWN_COLUMNS  # fmt: skip
    kinds = {name: _rabatt.column_kind(name) for name in [*RESULTS, *ORDER_RESULTS]}
    assert {name for name, kind in kinds.items() if kind == "percent"} == {"discount"}
    assert {name for name, kind in kinds.items() if kind == "count"} == {"warnings"}
    assert KNOWN_COLUMNS & set(RESULTS) == {"list_price"}
