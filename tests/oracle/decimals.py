"""Exact decimals as a mantissa and a number of places: products, sums and order cost no gcd."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

LIMIT = 38  # significant digits, and places

# Intermediate values multiply a handful of 38-place numbers; beyond the table pow is as good.
_POWERS: list[int] = [10**n for n in range(400)]
_TOO_BIG = _POWERS[LIMIT]
_FORM = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")


class Dec(NamedTuple):
    """mantissa / 10^places"""

    mantissa: int
    places: int


ZERO = Dec(0, 0)
ONE = Dec(1, 0)
HUNDRED = Dec(100, 0)


def pow10(exponent: int) -> int:
    return _POWERS[exponent] if exponent < len(_POWERS) else int(10**exponent)


def parse_decimal(text: str) -> Dec | None:
    """`[-]digits[.digits]`, at most 38 significant digits and 38 places as written; else None."""
    form = _FORM.fullmatch(text)
    if form is None:
        return None
    sign, whole, fraction = form.groups(default="")
    digits = whole + fraction
    if len(fraction) > LIMIT or len(digits.lstrip("0")) > LIMIT:
        return None
    mantissa = int(digits.lstrip("0") or "0")
    return Dec(-mantissa if sign else mantissa, len(fraction))


def multiply(a: Dec, b: Dec) -> Dec:
    return Dec(a.mantissa * b.mantissa, a.places + b.places)


def add(a: Dec, b: Dec) -> Dec:
    if a.places == b.places:
        return Dec(a.mantissa + b.mantissa, a.places)
    places = max(a.places, b.places)
    return Dec(at_places(a, places) + at_places(b, places), places)


def negate(a: Dec) -> Dec:
    return Dec(-a.mantissa, a.places)


def subtract(a: Dec, b: Dec) -> Dec:
    return add(a, negate(b))


def at_places(a: Dec, places: int) -> int:
    """The mantissa at a larger number of places."""
    return a.mantissa * pow10(places - a.places)


def compare(a: Dec, b: Dec) -> int:
    """Negative, zero or positive, as a is below, at or above b."""
    if a.places == b.places:
        return a.mantissa - b.mantissa
    places = max(a.places, b.places)
    return at_places(a, places) - at_places(b, places)


def on_one_scale(values: Iterable[Dec]) -> list[int]:
    """Mantissas at the largest number of places among the values."""
    known = list(values)
    places = max((value.places for value in known), default=0)
    return [at_places(value, places) for value in known]


def stripped(a: Dec) -> Dec:
    """The same value with the fewest places."""
    mantissa, places = a
    while places and mantissa % 10 == 0:
        mantissa //= 10
        places -= 1
    return Dec(mantissa, places)


def as_fraction(a: Dec) -> Fraction:
    return Fraction(a.mantissa, pow10(a.places))


def fixed(mantissa: int, places: int) -> str:
    """Text with exactly this many places; never `-0`."""
    if places == 0:
        return str(mantissa)
    digits = str(abs(mantissa)).rjust(places + 1, "0")
    return f"{'-' if mantissa < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def shortest(a: Dec) -> str:
    """Text with the fewest places."""
    text = fixed(a.mantissa, a.places)
    return text.rstrip("0").rstrip(".") if a.places else text


def amount_fits(mantissa: int) -> bool:
    """Amounts are counted with the places of their step, which are never more than 38."""
    return -_TOO_BIG < mantissa < _TOO_BIG


def value_fits(a: Dec) -> bool:
    """Prices and percentages are counted in their shortest form."""
    if a.places > LIMIT or not amount_fits(a.mantissa):
        a = stripped(a)
    return a.places <= LIMIT and amount_fits(a.mantissa)


def places_of_value(a: Dec) -> int:
    return stripped(a).places
