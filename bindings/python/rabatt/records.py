"""Records from decoded JSON: frozen dataclasses whose annotations say what stands in the texts.

What stands in them is checked: a record may have been stored, or sent by somebody.
"""

from __future__ import annotations

import datetime
import re
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache, partial
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
_Reader = Callable[[Any], Any]

#: A decimal of more digits than others may have.
WideDecimal: TypeAlias = Annotated[Decimal, "wide"]

_MOST_DIGITS = 38  # of a decimal, and of its places
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?")


def record_of(kind: type[Record], content: Any) -> Record:
    """A record of the dataclass `kind`: Decimal and date where it says so, tuples for lists.

    Raises ValueError, TypeError or KeyError for what is no such record.
    """
    hashable: Any = kind
    record: Record = _reader(hashable)(content)
    return record


def date_of(text: str) -> datetime.date:
    """A date, or a datetime where the text has a time.

    >>> date_of("2026-03-01"), date_of("2026-03-01T09:30")
    (datetime.date(2026, 3, 1), datetime.datetime(2026, 3, 1, 9, 30))
    """
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return datetime.datetime.fromisoformat(text) if "T" in text else datetime.date.fromisoformat(text)


def _wide_decimal_of(text: str) -> Decimal:
    if not _DECIMAL.fullmatch(text):  # a number has been a float already
        raise ValueError(text)
    return Decimal(text)


def _decimal_of(text: str) -> Decimal:
    value = _wide_decimal_of(text)
    _, digits, exponent = value.as_tuple()
    if max(len(digits), -int(exponent)) > _MOST_DIGITS:
        raise ValueError(text)
    return value


def _integer_of(value: Any) -> int:
    if type(value) is not int or not -(2**31) <= value < 2**31:
        raise ValueError(value)
    return value


def _kind_of(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(value)
    return value


def _word_of(words: tuple[str, ...], value: Any) -> Any:
    if value not in words:
        raise ValueError(value)
    return value


def _tuple_of(entry: _Reader, values: Any) -> tuple[Any, ...]:
    if not isinstance(values, list):
        raise TypeError(values)
    return tuple(map(entry, values))


_SIMPLE: dict[Any, _Reader] = {
    Decimal: _decimal_of,
    WideDecimal: _wide_decimal_of,
    datetime.date: date_of,
    int: _integer_of,
    str: partial(_kind_of, str),
    bool: partial(_kind_of, bool),
}


@cache
def _reader(kind: Any) -> _Reader:
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if is_dataclass(kind):
        return _record_reader(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return partial(_tuple_of, _reader(arguments[0]))
    if origin is Literal:
        return partial(_word_of, arguments)
    if origin is dict:
        return partial(_kind_of, dict)
    assert origin in (types.UnionType, Union), kind
    (only,) = (part for part in arguments if part is not types.NoneType)
    given = _reader(only)
    return lambda value: None if value is None else given(value)


def _record_reader(kind: Any) -> _Reader:
    hints = get_type_hints(kind, include_extras=True)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind) if field.init}
    return lambda content: kind(**{name: read(content[name]) for name, read in readers.items()})
