"""Splitting an amount without losing a cent."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from rabatt import _rabatt
from rabatt.texts import DecimalLike, decimal_text


def allocate(
    amount: DecimalLike,
    weights: Iterable[DecimalLike],
    *,
    currency: str | None = None,
    step: DecimalLike | None = None,
) -> list[Decimal]:
    """Splits `amount` in proportion to `weights`, in minor units of `currency` or in multiples of `step`.

    Each part is amount·w/Σw rounded down to the step; the steps left over go to the largest remainders, ties
    to the earlier part. A negative amount mirrors the positive one. The parts always sum to the amount.
    Raises Error `invalid_weights` (none, or Σw = 0), `invalid_amount` (the amount is no multiple of the step,
    or the step is not positive), `unknown_currency`, `invalid_decimal`, `overflow`; TypeError without exactly
    one of currency and step, and for a currency that is no text.

    >>> allocate("0.05", [3, 7], step="0.01")
    [Decimal('0.02'), Decimal('0.03')]
    >>> allocate(100, [1, 1, 1], currency="JPY")
    [Decimal('34'), Decimal('33'), Decimal('33')]
    """
    whole = decimal_text(amount, "amount")
    shares = [decimal_text(weight, f"weights[{index}]") for index, weight in enumerate(weights)]
    if currency is not None and step is None:
        if not isinstance(currency, str):
            raise TypeError(f"currency must be a str, not {type(currency).__name__}")
        parts = _rabatt.allocate_money(whole, shares, currency)
    elif step is not None and currency is None:
        parts = _rabatt.allocate(whole, shares, decimal_text(step, "step"))
    else:
        raise TypeError("allocate() takes either currency or step")
    return [Decimal(part) for part in parts]
