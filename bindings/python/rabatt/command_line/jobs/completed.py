"""Rows with their results."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from rabatt.arrow_cells import column_of, kept_texts, rows_of, texts_of
from rabatt.command_line.float_places import FloatPlaces


def completed(table: pa.Table, results: pa.Table, float_places: FloatPlaces) -> pa.Table:
    """The table's columns, then the results; of a name that is there already in its place. Where the status
    is not ok the input stays, if the column can hold it."""
    is_bad = pc.not_equal(results.column("status"), "ok").combine_chunks()
    bad_rows = pc.indices_nonzero(is_bad)
    for name, result in zip(results.column_names, results.columns, strict=True):
        index = table.schema.get_field_index(name)
        if index < 0:
            table = table.append_column(name, result)
            continue
        if name != "status" and len(bad_rows):
            bad = rows_of(table.column(index), bad_rows.to_pylist())
            kept = _kept(bad, name, result.type, float_places)
            result = pc.replace_with_mask(result.combine_chunks(), is_bad, kept)
        table = table.set_column(index, name, result)
    return table


def _kept(column: pa.ChunkedArray, name: str, kind: pa.DataType, float_places: FloatPlaces) -> pa.Array:
    places = float_places.get(name)
    texts = kept_texts(column, name) if places is None else texts_of(column, name, places)
    is_text = pa.types.is_string(kind)
    return pa.array(texts, kind) if is_text else column_of(texts, name, kind.scale)


def with_order(orders: pa.Table, table: pa.Table, first_row: int, row: str) -> pa.Table:
    """The results of orders behind the `order` cells of the rows in which they appear first: column `row`,
    which is left out, counts them as `table` does from `first_row`."""
    rows = pc.subtract(orders.column(row), first_row).to_pylist()
    return orders.drop_columns(row).add_column(0, "order", rows_of(table.column("order"), rows))
