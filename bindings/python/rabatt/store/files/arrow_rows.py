"""Parquet, and every frame that is Arrow: batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from rabatt.arrow_cells import texts_of
from rabatt.command_line.file_faults import reading
from rabatt.errors import Error
from rabatt.store.files.table import LoadProblem, Places, SourceRow, Table, places_of

_ROWS_AT_ONCE = 4096
_FAULTS = (OSError, pa.ArrowException, UnicodeDecodeError)


def parquet_table(path: str, places: Places) -> Table:
    """Raises Error `file_not_readable`, `invalid_value` for a column of bytes or of spans of time."""
    with reading(path, _FAULTS):
        file = pq.ParquetFile(path)

    def batches() -> Iterator[Any]:
        with reading(path, _FAULTS):
            yield from file.iter_batches(_ROWS_AT_ONCE)

    return _table(file.schema_arrow, batches(), places)


def frame_table(frame: Any, places: Places) -> Table:
    """What has `__arrow_c_stream__`: tables of Arrow, DataFrames of Polars and pandas, results of DuckDB."""
    reader = pa.RecordBatchReader.from_stream(frame)
    return _table(reader.schema, reader, places)


def _table(schema: pa.Schema, batches: Iterable[Any], places: Places) -> Table:
    refused = [
        LoadProblem(1, field.name, "float_column", "Floats are read only with stated places.")
        for field in schema
        if _has_floats(field.type) and places_of(places, field.name) is None
    ]
    return Table(list(schema.names), _rows(batches, places), 1, refused)


def _rows(batches: Iterable[Any], places: Places) -> Iterator[SourceRow]:
    numbers = count(1)
    for batch in batches:
        table = pa.Table.from_batches([batch])
        cells = [
            _cells(table.column(index), name, places_of(places, name))
            for index, name in enumerate(table.column_names)
        ]
        for row in zip(*cells, strict=True):
            yield SourceRow(next(numbers), dict(zip(table.column_names, row, strict=True)))


def _cells(column: pa.ChunkedArray, name: str, places: int | None) -> list[Any]:
    if pa.types.is_map(column.type):
        return [None if cell is None else dict(cell) for cell in column.to_pylist()]
    if pa.types.is_nested(column.type) or _has_zone(column.type):
        return list(column.to_pylist())
    try:
        return list(texts_of(column, name, places))
    except Error as error:
        if error.code == "invalid_value":
            raise Error("invalid_value", f"{name}: there is no text for {column.type}") from None
        raise


def _has_zone(kind: pa.DataType) -> bool:
    return bool(pa.types.is_timestamp(kind)) and kind.tz is not None


def _has_floats(kind: pa.DataType) -> bool:
    is_float: Callable[[pa.DataType], bool] = pa.types.is_floating
    if pa.types.is_dictionary(kind):
        return is_float(kind.value_type)
    return is_float(kind)
