"""One row of a table is spoiled, cell by cell: all others stay what they were, as do the types of columns."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from rabatt import price_line_stream, price_lines, price_orders

from tests.python.order_samples import BOOK
from tests.python.test_line_tables import dictionaries, texts

#: What stands in cells by mistake. The last ones are decimals, with more places than a price has.
POISONS = [
    None, "", "see mail. Thanks a lot for it", "NaN", "1,000.00", ".123456789012", "-0.123456789",
    "9" * 38, "9" * 60, "0." + "1" * 39, "0.123456789012" + "0" * 30, "0." + "0" * 36 + "1",
    "12345678." + "9" * 13,
]  # fmt: skip

#: An order per row, the third of which is spoiled; the second needs 21 digits, the others three places.
ROWS: dict[str, list[str | None]] = {
    "order": ["A", "B", "C", "D", "E"],
    "date": ["2026-03-10"] * 5,
    "currency": ["EUR"] * 5,
    "customer": ["C1", None, "C1", None, None],
    "organisation": [None] * 5,
    "campaign": [None, None, None, "K1", None],
    "code": [None] * 5,
    "payment_term": [None, None, "T1", None, None],
    "prices_include_tax": [None, None, "false", None, None],
    "item": ["TEA", "TEA", "MUG", "TEA", "COFFEE"],
    "unit": [None, None, None, "BOX", None],
    "quantity": ["3", "2", "1", "1", "1"],
    "list_price": ["9.995", "99999999999999999999", "2", None, None],
    "manual_price": [None, None, None, None, "1.125"],
    "manual_discount": [None, "0", "5", None, None],
    "tax_rate": [None, "19", "19", None, None],
}
SPOILED = 2


def spoiled(name: str, poison: str | None) -> pa.Table:
    cells = [poison if row == SPOILED else cell for row, cell in enumerate(ROWS[name])]
    return pa.table({key: pa.array(column, pa.string()) for key, column in (ROWS | {name: cells}).items()})


def others(table: pa.Table) -> pa.Table:
    """All rows but the spoiled one, with plain texts."""
    results = table.drop_columns([name for name in ROWS if name != "list_price"])
    for index, field in enumerate(results.schema):
        if pa.types.is_dictionary(field.type):
            results = results.set_column(index, field.name, results[field.name].cast(pa.string()))
    return pa.concat_tables([results.slice(0, SPOILED), results.slice(SPOILED + 1)])


def by_line(table: pa.Table) -> pa.Table:
    return price_lines(BOOK, table)


def by_batch(table: pa.Table) -> pa.Table:
    return price_line_stream(BOOK, table.to_reader(2)).read_all()


def by_order(table: pa.Table) -> pa.Table:
    return price_orders(BOOK, table).lines


@pytest.mark.parametrize(
    ("priced", "form"), [(by_line, texts), (by_line, dictionaries), (by_batch, texts), (by_order, texts)]
)
def test_other_rows_stay(priced: Callable[[Any], pa.Table], form: Callable[[pa.Table], pa.Table]) -> None:
    wanted = others(priced(form(pa.table(ROWS))))
    assert wanted["status"].to_pylist() == ["ok", "ok", "ok", "unknown_item"]
    assert wanted["net"].type.scale == 3
    for name in ROWS:
        for poison in POISONS:
            table = priced(form(spoiled(name, poison)))
            found = others(table)
            assert found.to_pylist() == wanted.to_pylist(), (name, poison)
            # columns of orders have the places of all rows that are ok
            if priced is not by_order or table["status"][SPOILED].as_py() != "ok":
                assert found.schema == wanted.schema, (name, poison)


@pytest.mark.parametrize("places", [5, 12])
def test_prices_that_are_texts_widen_their_columns(places: int) -> None:
    """As far as it costs no other row its amounts."""
    wanted = others(by_line(pa.table(ROWS)))
    for zeros in ("", "0" * 20):
        table = by_line(spoiled("list_price", "0." + "1" * places + zeros))
        assert table["list_price"].to_pylist()[SPOILED] == Decimal("0." + "1" * places)
        assert table["net"].type.scale == places
        assert others(table).to_pylist() == wanted.to_pylist()
