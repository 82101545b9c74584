"""Tables in Parquet files, and as text. Imported only where it is needed: PyArrow takes a while to load."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from rabatt.arrow_cells import column_of, rows_of, text_column
from rabatt.command_line.csv_files import Columns
from rabatt.command_line.file_faults import reading
from rabatt.command_line.float_places import FloatPlaces
from rabatt.errors import Error
from rabatt.order_tables import KNOWN_COLUMNS

#: What is raised where a file cannot be read, or is no Parquet.
PARQUET_FAULTS = (OSError, pa.ArrowException, UnicodeDecodeError)

_WITHOUT_TEXT = (
    pa.types.is_nested,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
    pa.types.is_fixed_size_binary,
)


def read_parquet(path: str, float_places: FloatPlaces) -> pa.Table:
    """Raises Error `file_not_readable` where it is no Parquet; `duplicate_field` with a column's name,
    `invalid_decimal` with that of a column of floats that pricing reads and that has no places."""
    with reading(path, PARQUET_FAULTS), open(path, "rb") as file:
        table = pq.ParquetFile(file).read()
        table.validate(full=True)  # text may be no UTF-8
    checked_schema(table.schema, float_places)
    return table


def checked_schema(schema: pa.Schema, float_places: FloatPlaces) -> pa.Schema:
    """The schema. Raises Error `duplicate_field`, `invalid_decimal` as read_parquet."""
    for name, kind in zip(schema.names, schema.types, strict=True):
        if schema.names.count(name) > 1:
            raise Error("duplicate_field", name)
        if pa.types.is_floating(kind) and name in KNOWN_COLUMNS - float_places.keys():
            said = f"a column of floats; --float-places {name}=N reads it with N places"
            raise Error("invalid_decimal", f"{name}: {said}")
    return schema


def check_has_text(schema: pa.Schema) -> None:
    """Where all columns are to become text. Raises Error `invalid_value` for one that is only carried through
    and has none."""
    for field in schema:
        if field.name not in KNOWN_COLUMNS and not _has_text(field.type):
            said = f"CSV, JSON and rejects have no text for {field.type}; Parquet keeps it"
            raise Error("invalid_value", f"{field.name}: {said}")


def parquet_of(table: pa.Table) -> bytes:
    content = io.BytesIO()
    pq.write_table(table, content)
    return content.getvalue()


def texts_of_table(table: pa.Table, float_places: FloatPlaces) -> dict[str, list[str | None]]:
    """All columns as text. What is only carried through gets the text that Python has for it; whether that is
    one, check_has_text tells.

    Raises Error for a column that pricing reads and that has no exact text.
    """
    columns = text_table(table, float_places)
    return {name: columns.column(name).to_pylist() for name in columns.column_names}


def text_table(table: pa.Table, float_places: FloatPlaces) -> pa.Table:
    """The same as columns of large_string."""
    return pa.table({name: _texts(table.column(name), name, float_places) for name in table.column_names})


def texts_of_rows(table: pa.Table, rows: Sequence[int], float_places: FloatPlaces) -> Columns:
    """Of these rows the columns that pricing reads."""
    read = [name for name in table.column_names if name in KNOWN_COLUMNS]
    return {name: _texts(rows_of(table.column(name), rows), name, float_places).to_pylist() for name in read}


def table_of_texts(columns: Columns) -> pa.Table:
    """Blank is null."""
    return pa.table({name: _text_column(cells) for name, cells in columns.items()})


def table_of_results(columns: Columns, places: int) -> pa.Table:
    """The amounts become decimals with so many places; they must fit."""
    return pa.table({name: column_of(cells, name, places) for name, cells in columns.items()})


def _has_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _has_text(kind.value_type)
    if isinstance(kind, pa.BaseExtensionType):
        return isinstance(kind, pa.UuidType) or _has_text(kind.storage_type)
    return not any(is_of(kind) for is_of in _WITHOUT_TEXT)


def _texts(column: pa.ChunkedArray, name: str, float_places: FloatPlaces) -> pa.ChunkedArray:
    try:
        return text_column(column, name, float_places.get(name) if name in KNOWN_COLUMNS else None)
    except (Error, pa.ArrowException):
        if name in KNOWN_COLUMNS:
            raise
        texts = [None if value is None else str(value) for value in column.to_pylist()]
        return pa.chunked_array([pa.array(texts, pa.large_string())])


def _text_column(cells: Sequence[str | None]) -> pa.Array:
    return pa.array([cell or None for cell in cells], pa.string())
