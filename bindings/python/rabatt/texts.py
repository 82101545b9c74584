"""How Python's decimals and dates become the text that the engine reads. Binary floats have no such text."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from rabatt.errors import Error

#: A decimal as callers may give it: exact, never a float. Text is `[-]digits[.digits]`.
DecimalLike: TypeAlias = Decimal | int | str

#: A day, or with a time a `datetime` without a zone; as text `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM[:SS]`.
DateLike: TypeAlias = date | str

_HALF = re.compile(r"[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")
_WIDEST = 1000  # digits; the engine refuses more than 38, and nobody should spell out 10^1000000 for it


def decimal_text(value: DecimalLike, place: str) -> str:
    """The text of a decimal; `place` names it in what is raised.

    Raises Error `invalid_decimal` for floats, NaN, infinity and everything else that is no exact number.

    >>> decimal_text(Decimal("1E+2"), "amount"), decimal_text(5, "amount"), decimal_text("1.50", "amount")
    ('100', '5', '1.50')
    >>> decimal_text(1.5, "amount")
    Traceback (most recent call last):
    rabatt.errors.Error: invalid_decimal: amount 1.5
    """
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, Decimal) and value.is_finite():
        return spelled_out(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return integer_text(value)
    raise Error("invalid_decimal", f"{place} {value}")


def spelled_out(value: Decimal) -> str:
    """All digits, without an exponent: as the engine reads it. Beyond any sense it is left as it is.

    >>> spelled_out(Decimal("1.50E-3")), spelled_out(Decimal("1E+999999999")), spelled_out(Decimal("NaN"))
    ('0.00150', '1E+999999999', 'NaN')
    """
    exponent = value.as_tuple().exponent
    wide = isinstance(exponent, int) and (value.adjusted() > _WIDEST or exponent < -_WIDEST)
    return str(value) if wide else f"{value:f}"


def integer_text(value: int) -> str:
    """The digits of an integer, unless it is so large that writing them would take long."""
    bits = value.bit_length()
    return str(value) if bits <= 4 * _WIDEST else f"(an integer of {bits} bits)"


def day_text(value: DateLike, place: str) -> str:
    """The text of a day without a time. Raises Error `invalid_date` where `value` is of another type.

    >>> day_text(date(2026, 3, 1), "date")
    '2026-03-01'
    """
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise Error("invalid_date", f"{place} {value}")


def is_whole(text: str) -> bool:
    r"""Whether there is no half of a character in a text; both halves of one are a character of JSON.

    >>> is_whole("caf\u00e9 \ud83c\udf75"), is_whole("\ud83c")
    (True, False)
    """
    return text.isascii() or not _HALF.search(text)


def whole_text(text: str) -> str:
    r"""The same text; half of a character in it, which no UTF-8 can hold, becomes a question mark.

    >>> whole_text("caf\u00e9 \ud800")
    'café ?'
    """
    return text if text.isascii() else text.encode(errors="replace").decode()
