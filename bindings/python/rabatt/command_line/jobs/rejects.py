"""Rows that could not be priced, by themselves: where they stand, why, and all their cells.

When their cells are mended the file can be priced as it is: the columns before them are not read.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from rabatt.command_line.float_places import FloatPlaces
from rabatt.command_line.jobs.chunk_pricing import ROW, SUBJECT
from rabatt.command_line.jobs.input_tables import Rows
from rabatt.command_line.parquet_files import text_table

_BESIDE = ("rejected_row", "rejected_line", "rejected_code", "rejected_subject")


def rejects_schema(schema: pa.Schema) -> pa.Schema:
    """`rejected_row` from 1, `rejected_line` of a CSV file, `rejected_code`, `rejected_subject`, then what
    the table has."""
    return pa.schema([(name, pa.string()) for name in [*_BESIDE, *_others(schema.names)]])


def rejected(rows: Rows, lines: pa.Table, float_places: FloatPlaces) -> pa.Table:
    """`lines` are their results, with ROW and SUBJECT."""
    bad = pc.indices_nonzero(pc.not_equal(lines.column("status"), "ok"))
    chosen, results = rows.take(bad), lines.take(bad)
    beside = [
        pc.add(results.column(ROW), 1).cast(pa.string()),
        pa.nulls(len(bad), pa.string()) if chosen.file_lines is None else chosen.file_lines.cast(pa.string()),
        results.column("status"),
        results.column(SUBJECT),
    ]
    cells = text_table(chosen.table.select(_others(chosen.table.column_names)), float_places)
    columns = [column.cast(pa.string()) for column in cells.columns]
    return pa.Table.from_arrays([*beside, *columns], schema=rejects_schema(rows.table.schema))


def _others(names: list[str]) -> list[str]:
    """A rejected row that is priced again may be rejected again."""
    return [name for name in names if name not in _BESIDE]
