"""Rows as tables of Arrow and frames of pandas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from rabatt.store.record_types import STAMPS, Field, ListField, record_types

if TYPE_CHECKING:
    import pandas as pd

_MOST_DIGITS = 38  # of decimal128

_TYPES = {
    "text": pa.string(),
    "choice": pa.string(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "day": pa.date32(),
    "instant": pa.timestamp("ms", tz="UTC"),
}


def table_of(record: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """A table with a column for each field of the record, from its rows as JSON has them."""
    described = record_types()[record]
    words = ["id", "revision", *(field.name for field in described.fields)]
    words += [each.name for each in described.lists] + [*STAMPS]
    cells: dict[str, list[Any]] = {word: [] for word in words}
    for row in rows:
        for word, column in cells.items():
            column.append(row.get(word))
    columns = {"id": pa.array(cells["id"], pa.int64()), "revision": pa.array(cells["revision"], pa.int64())}
    for field in described.fields:
        columns[field.name] = _column(field, cells[field.name])
    for each in described.lists:
        columns[each.name] = _list_column(each, cells[each.name])
    for stamp in STAMPS:
        columns[stamp] = _column(Field(stamp, "instant" if stamp.endswith("_at") else "text"), cells[stamp])
    return pa.table(columns)


def pandas_frame_of(table: pa.Table) -> pd.DataFrame:
    """Decimals stay Arrow's: objects of Python would take far longer."""
    import pandas

    def own(kind: pa.DataType) -> Any:
        return pandas.ArrowDtype(kind) if pa.types.is_decimal(kind) else None

    frame: pd.DataFrame = table.to_pandas(types_mapper=own)
    return frame


def _column(field: Field, cells: list[Any]) -> pa.Array:
    """Arrow reads decimals, days and instants from their texts far quicker than Python."""
    kind = _type_of(field, cells)
    if field.kind in ("decimal", "day", "instant"):
        return pa.array(cells, pa.string()).cast(kind)
    if pa.types.is_string(kind) and field.kind == "reference":
        cells = [None if cell is None else str(cell) for cell in cells]
    return pa.array(cells, kind)


def _list_column(described: ListField, cells: list[Any]) -> pa.Array:
    entries = [entry for cell in cells for entry in (cell.values() if described.is_map else cell)]
    kind, value = _entry_reader(described, entries)
    if described.is_map:
        maps = [[(key, value(entry)) for key, entry in cell.items()] for cell in cells]
        return pa.array(maps, pa.map_(pa.string(), kind))
    return pa.array([[value(entry) for entry in cell] for cell in cells], pa.list_(kind))


def _entry_reader(described: ListField, entries: list[Any]) -> tuple[pa.DataType, Callable[[Any], Any]]:
    """The type of the entries of a list, and how to read one."""
    if described.of_values:
        (field,) = described.content
        kind = _type_of(field, entries)
        return kind, partial(_value, field, kind)
    fields = described.content
    kinds = [(field, _type_of(field, [entry[field.name] for entry in entries])) for field in fields]

    def read(entry: Any) -> dict[str, Any]:
        return {field.name: _value(field, kind, entry[field.name]) for field, kind in kinds}

    return pa.struct([(field.name, kind) for field, kind in kinds]), read


def _type_of(field: Field, cells: Iterable[Any]) -> pa.DataType:
    if field.kind == "decimal":
        return _decimal_type(cells)
    if field.kind == "reference":
        return pa.string() if field.has_label else pa.int64()
    return _TYPES[field.kind]


def _decimal_type(cells: Iterable[Any]) -> pa.DataType:
    """As many places as the column needs; text where the digits before the point do not fit beside them."""
    places = digits = 0
    for cell in cells:
        if cell is not None:
            whole, _, fraction = cell.lstrip("-").partition(".")
            digits, places = max(digits, len(whole)), max(places, len(fraction))
    return pa.decimal128(_MOST_DIGITS, places) if digits + places <= _MOST_DIGITS else pa.string()


def _value(field: Field, kind: pa.DataType, cell: Any) -> Any:
    if cell is None:
        return None
    if pa.types.is_decimal(kind):
        return Decimal(cell)
    if field.kind == "day":
        return date.fromisoformat(cell)
    if field.kind == "instant":
        return datetime.fromisoformat(cell)
    return str(cell) if field.kind == "reference" and field.has_label else cell
