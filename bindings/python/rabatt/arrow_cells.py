"""Columns of Arrow as the texts of the contract, and the engine's texts as columns of Arrow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from rabatt import _rabatt
from rabatt.errors import Error
from rabatt.text_tables import float_text, floats_refused
from rabatt.texts import spelled_out

_DIGITS = 38  # of a decimal128
_PERCENT_PLACES = 12
_WIDEST_DECIMAL = 128  # bits that the engine reads
_FLOAT_BITS = {16: 11, 32: 24, 64: 53}  # significant ones, by width
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_NO_TIME_BELOW_SECONDS = re.compile(r"\.0+$")


def texts_of(column: pa.ChunkedArray, name: str, float_places: int | None) -> list[str | None]:
    """A column as text, null as None. Raises Error with the column's name, `invalid_decimal` for floats."""
    texts: list[str | None] = text_column(column, name, float_places).to_pylist()
    return texts


def text_column(column: pa.ChunkedArray, name: str, float_places: int | None) -> pa.ChunkedArray:
    """The same as a column of large_string."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return text_column(column.cast(kind.value_type), name, float_places)
    if _is_text(kind) or pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_date32(kind):
        return column.cast(pa.large_string())
    if pa.types.is_date64(kind):
        return column.cast(pa.date32()).cast(pa.large_string())
    texts = _python_texts(column, name, float_places)
    return pa.chunked_array([pa.array(texts, pa.large_string())])


def _python_texts(column: pa.ChunkedArray, name: str, float_places: int | None) -> list[str | None]:
    kind = column.type
    if pa.types.is_null(kind):
        return [None] * len(column)
    if pa.types.is_decimal256(kind):  # its scale may have more zeros than a decimal has digits
        return [None if value is None else _without_zeros(spelled_out(value)) for value in column.to_pylist()]
    if pa.types.is_decimal(kind):
        return [None if value is None else spelled_out(value) for value in column.to_pylist()]
    if pa.types.is_floating(kind):
        if float_places is None:
            raise floats_refused(name)
        bits = _FLOAT_BITS[kind.bit_width]
        return [
            None if value is None else float_text(value, name, float_places, bits)
            for value in column.to_pylist()
        ]
    if pa.types.is_timestamp(kind):
        return _moments(column, name)
    raise Error("invalid_value", name)


def has_text(kind: pa.DataType) -> bool:
    """Whether the engine itself reads columns of this type, as the texts that texts_of gives."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    is_number = pa.types.is_integer(kind) or (pa.types.is_decimal(kind) and kind.bit_width <= _WIDEST_DECIMAL)
    is_date = pa.types.is_date(kind) or (pa.types.is_timestamp(kind) and kind.tz is None)
    return _is_text(kind) or is_number or is_date or pa.types.is_boolean(kind) or pa.types.is_null(kind)


def kept_texts(column: pa.ChunkedArray, name: str) -> list[str | None]:
    """Of a column that is not read but stays where there is no result: floats as they are written, and what
    has no text is null."""
    if pa.types.is_floating(column.type):
        return [_float_as_written(text) for text in _as_text(column)]
    try:
        return texts_of(column, name, None)
    except Error:
        return [None] * len(column)


def column_of(cells: Sequence[str | None], name: str, places: int) -> pa.Array:
    """A column of the engine's results: what does not fit its type is null."""
    kind = _rabatt.column_kind(name)
    if kind == "count":
        return pa.array([int(cell) if cell else None for cell in cells], pa.int64())
    if kind == "text":
        return pa.array([cell or None for cell in cells], pa.string())
    scale = _PERCENT_PLACES if kind == "percent" else places
    return pa.array([_fitting(cell, scale) for cell in cells], pa.decimal128(_DIGITS, scale))


def kept_where_bad(
    result: pa.Array, is_bad: pa.Array, column: pa.ChunkedArray, name: str, float_places: int | None
) -> pa.Array:
    """The result, and in bad rows what stands in the column that it replaces, if it can hold that."""
    rows = pc.indices_nonzero(is_bad)
    if len(rows) == 0:
        return result
    bad = rows_of(column, rows)
    texts = kept_texts(bad, name) if float_places is None else texts_of(bad, name, float_places)
    if _is_text(result.type):
        kept = pa.array([cell or None for cell in texts], result.type)
    else:
        kept = column_of(texts, name, result.type.scale)
    return pc.replace_with_mask(result, is_bad, kept)


def rows_of(column: pa.ChunkedArray, rows: pa.Array) -> pa.ChunkedArray:
    """These rows of a column, in its type."""
    kind = column.type
    taken = (
        column.cast(pa.large_string()) if pa.types.is_string_view(kind) else column
    )  # cannot be taken from
    return taken.take(rows).cast(kind)


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_text(kind: pa.DataType) -> bool:
    return any((pa.types.is_string(kind), pa.types.is_large_string(kind), pa.types.is_string_view(kind)))


def _as_text(column: pa.ChunkedArray) -> list[str | None]:
    cells: list[str | None] = column.cast(pa.large_string()).to_pylist()
    return cells


def _float_as_written(text: str | None) -> str | None:
    value = Decimal(text or "NaN")
    return spelled_out(value) if value.is_finite() else None


def _moments(column: pa.ChunkedArray, name: str) -> list[str | None]:
    """Fractions of a second stay where they are not zero: the engine then refuses the row."""
    if column.type.tz is not None:
        raise Error("invalid_date", name)
    texts = _as_text(column)
    return [text and _NO_TIME_BELOW_SECONDS.sub("", text.replace(" ", "T")) for text in texts]


def _fitting(cell: Any, scale: int) -> Decimal | None:
    """The engine's own decimals always fit; an input that stays where the status is not ok may not."""
    if not cell or not _DECIMAL.fullmatch(cell):
        return None
    value = Decimal(cell)
    sign, digits, exponent = value.as_tuple()
    spare = scale + int(exponent)  # zeros to be added, or digits to be cut
    if value and len(digits) + spare > _DIGITS:
        return None
    if spare >= 0:
        return value
    # Arrow takes no decimal with more digits than a column has, be they zeros
    return None if any(digits[spare:]) else Decimal((sign, digits[:spare], -scale))
