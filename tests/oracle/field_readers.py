"""Readers of single values: each returns the value, or FAULTY after reporting what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from .dates import parse_date
from .decimals import ZERO, Dec, compare, parse_decimal, places_of_value
from .faults import Report
from .identifiers import folded_code, identifier_fault, trimmed_code
from .json_text import JsonInteger, JsonNumber, shown


class _Faulty:
    """The value of a field that is there but cannot be used."""


FAULTY: Final = _Faulty()

Reader = Callable[[Any, str, Report], Any]
# The code of a decimal that is out of its range, or None.
Refusal = Callable[[Dec], str | None]

PERCENT_PLACES = 5
HUNDRED = Dec(100, 0)
INT32_MAX = 2**31 - 1


def usable(value: object) -> bool:
    """There, and without fault."""
    return value is not None and value is not FAULTY


def text(value: Any, path: str, report: Report) -> Any:
    if type(value) is str:
        return value
    report("invalid_value", path, shown(value))
    return FAULTY


def boolean(value: Any, path: str, report: Report) -> Any:
    if value is True or value is False:
        return value
    report("invalid_value", path, shown(value))
    return FAULTY


def date(value: Any, path: str, report: Report) -> Any:
    if type(value) is not str:
        report("invalid_value", path, shown(value))
        return FAULTY
    parsed = parse_date(value)
    if parsed is None:
        report("invalid_date", path, value)
        return FAULTY
    return parsed


def written_date(value: Any, path: str, report: Report) -> Any:
    """The text itself, for the one date a quote echoes as written."""
    return value if date(value, path, report) is not FAULTY else FAULTY


def identifier(too_long: str) -> Reader:
    def read(value: Any, path: str, report: Report) -> Any:
        if type(value) is not str:
            report("invalid_value", path, shown(value))
            return FAULTY
        fault = identifier_fault(value)
        if fault is None:
            return value
        report("invalid_identifier" if fault == "form" else too_long, path, value)
        return FAULTY

    return read


def code(too_long: str) -> Reader:
    """A campaign code as written; None (absent) when nothing is left after trimming."""
    named = identifier(too_long)

    def read(value: Any, path: str, report: Report) -> Any:
        if type(value) is not str:
            report("invalid_value", path, shown(value))
            return FAULTY
        trimmed = trimmed_code(value)
        if not trimmed or not folded_code(trimmed):
            return None
        return value if named(trimmed, path, report) is not FAULTY else FAULTY

    return read


def one_of(*values: str) -> Reader:
    def read(value: Any, path: str, report: Report) -> Any:
        if type(value) is str and value in values:
            return value
        report("invalid_value", path, shown(value))
        return FAULTY

    return read


def integer(low: int, high: int) -> Reader:
    def read(value: Any, path: str, report: Report) -> Any:
        if type(value) is JsonInteger and len(value) <= 20 and low <= int(value) <= high:
            return int(value)
        report("invalid_value", path, shown(value))
        return FAULTY

    return read


def decimal(refusal: Refusal, as_written: bool = False) -> Reader:
    """A string or a JSON integer; with `as_written` the value comes as (decimal, text)."""

    def read(value: Any, path: str, report: Report) -> Any:
        if type(value) is not str and not isinstance(value, JsonNumber):
            report("invalid_value", path, shown(value))
            return FAULTY
        parsed = parse_decimal(value) if type(value) in (str, JsonInteger) else None
        refused = "invalid_decimal" if parsed is None else refusal(parsed)
        if refused is not None:
            report(refused, path, shown(value))
            return FAULTY
        return (parsed, str(value)) if as_written else parsed

    return read


def any_decimal(value: Dec) -> str | None:
    return None


def price(value: Dec) -> str | None:
    return "negative_price" if value.mantissa < 0 else None


def discount(value: Dec) -> str | None:
    inside = value.mantissa >= 0 and compare(value, HUNDRED) <= 0
    return None if inside and places_of_value(value) <= PERCENT_PLACES else "invalid_discount"


def tax_rate(value: Dec) -> str | None:
    fine = value.mantissa >= 0 and places_of_value(value) <= PERCENT_PLACES
    return None if fine else "invalid_tax_rate"


def not_negative(value: Dec) -> str | None:
    return "invalid_value" if compare(value, ZERO) < 0 else None


def positive(value: Dec) -> str | None:
    return "invalid_value" if compare(value, ZERO) <= 0 else None
