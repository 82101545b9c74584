"""Orders through Arrow: a table in, their results as tables of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pyarrow as pa

from rabatt import _rabatt
from rabatt.arrow_cells import column_of, texts_of
from rabatt.book import Book, compiled
from rabatt.order_tables import KNOWN_COLUMNS, checked_places

Fit = Literal["text", "decimal"]


def price_order_batch(
    book: Book,
    table: pa.Table,
    *,
    fit: Fit = "decimal",
    places: int | None = None,
    threads: int = 1,
    float_places: Mapping[str, int] | None = None,
) -> tuple[pa.Table, pa.Table, int]:
    """The results of the lines, those of the orders, and the places of their decimal columns.

    Lines: the columns that `price_orders` adds, a row for each of `table`, null where the status is not ok.
    Orders: by first appearance `first_row`, the row of `table` at which the order appears, then the columns
    of the orders of `price_orders`, without `order`. Amounts are texts, or with `decimal` decimal128(38,
    places): of `places`, so that what does not fit is `overflow`, or as `price_orders` chooses them. Raises
    Error as `price_orders` does.
    """
    names = table.column_names
    stated = checked_places(float_places or {}, names)
    columns = [(n, texts_of(table[n], n, stated.get(n))) for n in names if n in KNOWN_COLUMNS]
    lines, orders, own_places = _rabatt.price_orders(compiled(book), columns, fit == "decimal")
    scale = own_places if places is None else places
    first_rows: dict[str, int] = {}
    for row, order in enumerate(dict(columns)["order"]):
        if order:
            first_rows.setdefault(order, row)
    made = {name: cells for name, cells in lines if name not in KNOWN_COLUMNS}
    statuses = dict(lines)["status"]
    prices = [p if s == "ok" else None for p, s in zip(dict(lines)["list_price"], statuses, strict=True)]
    made = {"status": made.pop("status"), "list_price": prices} | made
    results = {name: _column(name, cells, fit, scale) for name, cells in made.items()}
    by_order = {name: _column(name, cells, fit, scale) for name, cells in orders if name != "order"}
    return (
        pa.table(results),
        pa.table({"first_row": pa.array(list(first_rows.values()), pa.int64())} | by_order),
        scale,
    )


def _column(name: str, cells: list[str | None], fit: Fit, places: int) -> pa.Array:
    is_text = fit == "text" and name != "warnings"
    return pa.array(cells, pa.string()) if is_text else column_of(cells, name, places)
