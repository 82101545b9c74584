"""JSON as written: order and repetition of fields kept, numbers left as text."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from .faults import OracleError


class JsonObject(tuple[tuple[str, Any], ...]):
    """The fields of one object in order of appearance, repetitions included."""

    __slots__ = ()


class JsonNumber(str):
    """The text of a number. A subclass, so that `type(x) is str` tells strings from numbers."""

    __slots__ = ()


class JsonInteger(JsonNumber):
    """A number without fraction and exponent."""

    __slots__ = ()


class JsonFraction(JsonNumber):
    """A number with a fraction or an exponent: never a decimal, never an integer."""

    __slots__ = ()


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


_decoder = json.JSONDecoder(
    object_pairs_hook=JsonObject,
    parse_int=JsonInteger,
    parse_float=JsonFraction,
    parse_constant=_no_constant,
)


def decode(text: str) -> Any:
    """Text that is no JSON at all has no code of its own in the rules: a wrong value of the whole."""
    try:
        return _decoder.decode(text)
    except (ValueError, RecursionError):
        raise OracleError("invalid_value", "") from None


def shown(value: Any) -> str:
    """The offending text of a subject; objects and arrays give the path alone."""
    if isinstance(value, str):
        return str(value)
    if value is True:
        return "true"
    if value is False:
        return "false"
    return "null" if value is None else ""
