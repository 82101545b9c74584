"""Orders through Arrow: the engine reads the columns of a table where they lie, and makes its results'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from rabatt import _rabatt
from rabatt.arrow_capsules import ArrayCapsules
from rabatt.arrow_cells import has_text, kept_where_bad, rows_of, text_column
from rabatt.arrow_tables import frame_of
from rabatt.book import Book, compiled
from rabatt.errors import Error
from rabatt.order_tables import KNOWN_COLUMNS, checked_places, checked_threads

Fit = Literal["text", "decimal"]
Column = tuple[str, pa.ChunkedArray]


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
    stated = checked_places(float_places or {}, table.column_names)
    checked_threads(threads)
    read = [
        (name, readable(column, name, stated.get(name)))
        for name, column in zip(table.column_names, table.columns, strict=True)
        if name in KNOWN_COLUMNS
    ]
    return _priced(book, read, fit, places, threads)


def priced_frame(
    book: Book, orders: Any, float_places: Mapping[str, int], threads: int
) -> tuple[Any, Any, int]:
    """Two tables of the kind that went in, and the places of their decimal columns."""
    table = frame_of(orders)
    stated = checked_places(float_places, table.names)
    read = [
        (name, readable(_untyped_if_blank(table.column(name)), name, stated.get(name)))
        for name in table.names
        if name in KNOWN_COLUMNS
    ]
    lines, by_order, places = _priced(book, read, "decimal", None, threads)
    results = {name: lines[name].combine_chunks() for name in lines.column_names}
    is_bad = pc.not_equal(results["status"], "ok")
    for name in results.keys() & set(table.names) - {"status"}:
        try:
            column = table.column(name)
        except Error:  # Python objects, of which nothing can be kept
            continue
        places_read = stated.get(name) if name in KNOWN_COLUMNS else None
        results[name] = kept_where_bad(results[name], is_bad, column, name, places_read)
    order = rows_of(table.column("order"), by_order["first_row"].combine_chunks())
    of_orders = {name: by_order[name] for name in by_order.column_names if name != "first_row"}
    return table.with_columns(results), table.table_of({"order": order} | of_orders), places


def readable(column: pa.ChunkedArray, name: str, float_places: int | None) -> pa.ChunkedArray:
    """The column as the engine can read it. Raises Error with its name, `invalid_decimal` for floats."""
    if has_text(column.type):
        return column
    return text_column(column, name, float_places)


def _untyped_if_blank(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Of a column without a value the type may be made up: that of NaN or, where there are no rows, any."""
    is_blank = column.null_count == len(column)
    return pa.chunked_array([pa.nulls(len(column))]) if is_blank and not has_text(column.type) else column


def _priced(
    book: Book, columns: Sequence[Column], fit: Fit, places: int | None, threads: int
) -> tuple[pa.Table, pa.Table, int]:
    arrays = [_one_array(column) for _, column in columns]
    batch = pa.RecordBatch.from_arrays(arrays, [name for name, _ in columns])
    schema, array = batch.__arrow_c_array__()
    lines, orders, chosen = _rabatt.price_order_arrays(compiled(book), schema, array, fit, places, threads)
    return _table(lines), _table(orders), chosen


def _one_array(column: pa.ChunkedArray) -> pa.Array:
    if column.num_chunks == 1:
        return column.chunk(0)
    try:
        return column.combine_chunks()
    except pa.ArrowInvalid:  # more text than 32-bit offsets reach, or more values than the indexes
        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        plain = column.cast(kind)
        return (plain.cast(pa.large_string()) if pa.types.is_string(kind) else plain).combine_chunks()


def _table(capsules: tuple[object, object]) -> pa.Table:
    return pa.Table.from_batches([pa.record_batch(ArrayCapsules(*capsules))])
