"""How much rows hold, from their values alone: not from how their columns are laid out or cut."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

_OF_VALUE = 8  # where a type does not tell


def decoded_bytes(table: pa.Table) -> int:
    """Of a dictionary each value counts where it is used."""
    return sum(_bytes(chunk) for column in table.columns for chunk in column.chunks)


def _bytes(array: pa.Array) -> int:
    kind = array.type
    if isinstance(kind, pa.BaseExtensionType):
        return _bytes(array.storage)
    if pa.types.is_dictionary(kind):
        return _bytes_of_dictionary(array)
    if pa.types.is_struct(kind):
        return sum(map(_bytes, array.flatten()))
    if pa.types.is_map(kind):
        pairs = array.cast(pa.list_(pa.struct([("key", kind.key_type), ("value", kind.item_type)])))
        return _bytes(pairs)
    if pa.types.is_nested(kind) and not pa.types.is_union(kind):  # the kinds of lists
        return _OF_VALUE * len(array) + _bytes(array.flatten())
    if (lengths := _lengths(array)) is not None:
        return _sum(lengths)
    return _of_fixed_width(kind) * len(array)


def _bytes_of_dictionary(array: pa.DictionaryArray) -> int:
    values = array.dictionary
    lengths = _lengths(values)
    if lengths is None:
        return _of_fixed_width(values.type) * len(array)
    return _sum(lengths.take(array.indices))


def _sum(lengths: pa.Array) -> int:
    return int(pc.sum(lengths).as_py() or 0)


def _lengths(array: pa.Array) -> pa.Array | None:
    """Of texts."""
    kind = array.type
    if pa.types.is_string_view(kind) or pa.types.is_binary_view(kind):
        return pc.binary_length(array.cast(pa.large_binary()))
    is_text = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary)
    return pc.binary_length(array) if any(is_of(kind) for is_of in is_text) else None


def _of_fixed_width(kind: pa.DataType) -> int:
    if pa.types.is_null(kind):
        return 0
    try:
        return max(1, int(kind.bit_width) // 8)
    except ValueError:
        return _OF_VALUE
