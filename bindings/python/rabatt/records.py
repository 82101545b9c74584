"""Records from decoded JSON: frozen dataclasses whose annotations say what stands in the texts."""

from __future__ import annotations

import datetime
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
_Reader = Callable[[Any], Any]


def record_of(kind: type[Record], content: dict[str, Any]) -> Record:
    """A record of the dataclass `kind`: Decimal and date where it says so, tuples for lists."""
    hashable: Any = kind
    record: Record = _reader(hashable)(content)
    return record


def date_of(text: str) -> datetime.date:
    """A date, or a datetime where the text has a time.

    >>> date_of("2026-03-01"), date_of("2026-03-01T09:30")
    (datetime.date(2026, 3, 1), datetime.datetime(2026, 3, 1, 9, 30))
    """
    return datetime.datetime.fromisoformat(text) if "T" in text else datetime.date.fromisoformat(text)


def _decimal_of(text: str) -> Decimal:
    if not isinstance(text, str):  # a number has been a float already
        raise TypeError(text)
    return Decimal(text)


@cache
def _reader(kind: Any) -> _Reader:
    if kind is Decimal:
        return _decimal_of
    if kind is datetime.date:
        return date_of
    if is_dataclass(kind):
        return _record_reader(kind)
    if get_origin(kind) is tuple:
        entry = _reader(get_args(kind)[0])
        return lambda values: tuple(map(entry, values))
    if get_origin(kind) is types.UnionType:
        (only,) = (part for part in get_args(kind) if part is not types.NoneType)
        given = _reader(only)
        return lambda value: None if value is None else given(value)
    return lambda value: value  # text, int, bool


def _record_reader(kind: Any) -> _Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind) if field.init}
    return lambda content: kind(**{name: read(content[name]) for name, read in readers.items()})
