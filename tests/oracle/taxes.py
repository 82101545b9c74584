"""The tax rows of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .allocation import split_within_quote
from .decimals import Dec, as_fraction, at_places, pow10, stripped
from .line_pricing import PricedLine
from .rounding import Rounder


@dataclass(slots=True)
class TaxRow:
    """Amounts as mantissas; `net` is the base without tax."""

    rate: Dec
    base: int
    net: int
    tax: int


def percent_of(rounder: Rounder, amount: int, percent: Dec) -> int:
    """R(amount·percent/100)"""
    return rounder.mantissa(amount * percent.mantissa, pow10(rounder.places + percent.places + 2))


def contained_tax(rounder: Rounder, amount: int, rate: Dec) -> int:
    """R(amount·rate/(100 + rate))"""
    whole = Dec(100, 0)
    divisor = at_places(whole, rate.places) + rate.mantissa
    return rounder.mantissa(amount * rate.mantissa, pow10(rounder.places) * divisor)


def tax_rows(rounder: Rounder, lines: Sequence[PricedLine], contained: bool) -> list[TaxRow]:
    """One row per rate, rising; 19 and 19.0 are one rate."""
    bases: dict[Dec, int] = {}
    for line in lines:
        if line.request.tax_rate is not None:
            rate = stripped(line.request.tax_rate)
            bases[rate] = bases.get(rate, 0) + line.net
    rows = []
    for rate in sorted(bases, key=_value):
        base = bases[rate]
        if contained:
            tax = contained_tax(rounder, base, rate)
            rows.append(TaxRow(rate, base, base - tax, tax))
        else:
            rows.append(TaxRow(rate, base, base, percent_of(rounder, base, rate)))
    return rows


def fix_mixed_tax(rounder: Rounder, rows: Sequence[TaxRow], net: int, percent: Dec) -> None:
    """`mixed`: tax once, on what is left when the first tier's discount is taken.

    Lines without a rate are one more part of the split, the first.
    """
    discount = percent_of(rounder, net, percent)
    without_rate = net - sum(row.net for row in rows)
    weights = [without_rate, *(row.net for row in rows)]
    parts = split_within_quote(discount, rounder.step_mantissa, weights)
    for row, part in zip(rows, parts[1:], strict=True):
        row.tax = percent_of(rounder, row.net - part, row.rate)


def _value(rate: Dec) -> Fraction:
    return as_fraction(rate)
