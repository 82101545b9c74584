"""Rows with their results."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from rabatt.arrow_cells import kept_where_bad, rows_of
from rabatt.command_line.float_places import FloatPlaces
from rabatt.order_tables import KNOWN_COLUMNS


def completed(table: pa.Table, results: pa.Table, float_places: FloatPlaces) -> pa.Table:
    """The table's columns, then the results; of a name that is there already in its place. Where the status
    is not ok the input stays, if the column can hold it."""
    is_bad = pc.not_equal(results.column("status"), "ok").combine_chunks()
    for name, result in zip(results.column_names, results.columns, strict=True):
        index = table.schema.get_field_index(name)
        if index < 0:
            table = table.append_column(name, result)
            continue
        if name != "status":
            places = float_places.get(name) if name in KNOWN_COLUMNS else None
            result = kept_where_bad(result.combine_chunks(), is_bad, table.column(index), name, places)
        table = table.set_column(index, name, result)
    return table


def with_order(orders: pa.Table, table: pa.Table, first_row: int, row: str) -> pa.Table:
    """The results of orders behind the `order` cells of the rows in which they appear first: column `row`,
    which is left out, counts them as `table` does from `first_row`."""
    rows = pc.subtract(orders.column(row), first_row)
    return orders.drop_columns(row).add_column(0, "order", rows_of(table.column("order"), rows))
