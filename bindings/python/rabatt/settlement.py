"""Payments against a quote with early payment discounts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rabatt import _rabatt
from rabatt.quote import Quote
from rabatt.records import record_of
from rabatt.texts import DateLike, DecimalLike, day_text, decimal_text


@dataclass(frozen=True, slots=True)
class Settlement:
    """What payments come to. `open` is still to be paid, 0 or more (0 or less for a credit note); `tier` is
    the index in `quote.payment.early` of the tier that was earned, None where none was."""

    settled: bool
    open: Decimal
    tier: int | None
    overpaid: Decimal


def settle(quote: Quote, payments: Iterable[tuple[DateLike, DecimalLike]]) -> Settlement:
    """Holds payments, (date, amount) in the document's currency, against a quote.

    The first tier whose `pay` is reached by the payments dated on or before `until` + grace days is earned;
    what is due is that `pay`, else the total. Raises Error `invalid_date`, `invalid_decimal` (with the place:
    `payments[1].amount 1,5`) and `overflow`; TypeError for what is no such pair.

    >>> import rabatt
    >>> book = rabatt.Book.from_dict({
    ...     "items": [{"item": "DESK", "prices": {"EUR": 100}}],
    ...     "payment_terms": [{"payment_term": "T2", "net_days": 30, "early": [{"days": 8, "discount": 2}]}],
    ... })
    >>> quote = rabatt.price(book, {"date": "2026-03-10", "currency": "EUR", "payment_term": "T2",
    ...                             "lines": [{"item": "DESK", "quantity": 1}]})
    >>> settle(quote, [("2026-03-18", "98.00")])
    Settlement(settled=True, open=Decimal('0.00'), tier=0, overpaid=Decimal('0.00'))
    >>> settle(quote, [("2026-03-19", "98.00")]).open
    Decimal('2.00')
    """
    made = [
        (day_text(date, f"payments[{index}].date"), decimal_text(amount, f"payments[{index}].amount"))
        for index, (date, amount) in enumerate(map(_pair, payments))
    ]
    early = quote.payment.early if quote.payment else ()
    grace_days = quote.payment.grace_days if quote.payment else 0
    places = -int(quote.total.as_tuple().exponent)
    tiers = [(tier.until.isoformat(), f"{tier.pay:f}") for tier in early]
    answer = _rabatt.settle(f"{quote.total:f}", places, grace_days, tiers, made)
    return record_of(Settlement, json.loads(answer))


def _pair(payment: Any) -> tuple[Any, Any]:
    if isinstance(payment, str) or not isinstance(payment, Sequence) or len(payment) != 2:
        raise TypeError(f"a payment must be a pair (date, amount), not {type(payment).__name__}")
    return payment[0], payment[1]
