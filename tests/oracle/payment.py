"""Early payment: the tiers of a document, and what its payments settle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .allocation import split_within_quote
from .book import PaymentTerm
from .dates import LAST_DAY, day_text, end_of_month, parse_date
from .decimals import Dec, at_places, fixed, parse_decimal, shortest, stripped
from .document import Document
from .faults import OracleError
from .line_pricing import PricedLine
from .taxes import TaxRow, percent_of


class _Terms:
    """A payment term applied to the totals of one document."""

    def __init__(
        self, document: Document, term: PaymentTerm, rows: Sequence[TaxRow], net: int, tax: int
    ) -> None:
        self.rounder = document.amounts.rounders.amount
        self.mode = document.book.policy.early_payment_tax
        self.day = document.date.day
        self.term = term
        self.rows = rows
        self.net = net
        self.tax = tax
        self.total = net + tax

    def due(self) -> str:
        day = _within_calendar(self.day + self.term.net_days)
        return day_text(end_of_month(day) if self.term.end_of_month else day)

    def discounts(self) -> list[int]:
        base = self.total if self.mode == "included" else self.net
        return [percent_of(self.rounder, base, tier.discount) for tier in self.term.early]

    def tier(self, index: int, discount: int) -> dict[str, Any]:
        tier = self.term.early[index]
        taxes = [row.tax for row in self.rows]
        tax = self.tax
        if self.mode == "included":
            tax -= percent_of(self.rounder, self.tax, tier.discount)
            taxes = split_within_quote(tax, self.rounder.step_mantissa, taxes)
        pay = self.total - discount
        return {
            "until": day_text(_within_calendar(self.day + tier.days)),
            "discount_percent": shortest(tier.discount),
            "discount": self._text(discount),
            "net": self._text(pay - tax),
            "tax": self._text(tax),
            "taxes": [
                {"rate": shortest(row.rate), "tax": self._text(part)}
                for row, part in zip(self.rows, taxes, strict=True)
            ],
            "pay": self._text(pay),
        }

    def shares(self, discount: int, nets: Sequence[int]) -> list[str]:
        return [self._text(part) for part in share(discount, self.rounder.step_mantissa, nets)]

    def _text(self, amount: int) -> str:
        return checked_text(amount, self.rounder.places)


def share(discount: int, step: int, nets: Sequence[int]) -> list[int]:
    """A discount over the lines by net; by the size of the nets when they have both signs."""
    if nets and not any(nets):
        return [discount] + [0] * (len(nets) - 1)
    if min(nets, default=0) < 0 < max(nets, default=0):
        nets = [abs(net) for net in nets]
    return split_within_quote(discount, step, nets)


def checked_text(amount: int, places: int) -> str:
    """The text of an amount of the document; sums that do not fit are the total's overflow."""
    if abs(amount) >= 10**38:
        raise OracleError("overflow", "total")
    return fixed(amount, places)


def _within_calendar(day: int) -> int:
    if day > LAST_DAY:
        raise OracleError("overflow", "total")
    return day


def payment_of(
    document: Document, lines: Sequence[PricedLine], rows: Sequence[TaxRow], net: int, tax: int
) -> dict[str, Any] | None:
    """None without an active payment term."""
    term = document.payment_term
    if term is None or not term.active:
        return None
    terms = _Terms(document, term, rows, net, tax)
    wanted = document.request.early_payment
    discounts = terms.discounts() if (net >= 0 if wanted is None else wanted) else []
    nets = [line.net for line in lines]
    return {
        "payment_term": term.payment_term,
        "grace_days": term.grace_days,
        "due": terms.due(),
        "tax_mode": terms.mode,
        "early": [terms.tier(index, discount) for index, discount in enumerate(discounts)],
        "shares": [terms.shares(discount, nets) for discount in discounts],
    }


def settle(quote: dict[str, Any], payments: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Payments are (date, amount) in the document's currency, as text."""
    total = _decimal(quote["total"], "total")
    paid = [
        (_day(date, f"payments[{index}].date"), _decimal(amount, f"payments[{index}].amount"))
        for index, (date, amount) in enumerate(payments)
    ]
    places = max([total.places, *(stripped(amount).places for _, amount in paid)])

    # A document with a negative total is settled as its mirror image.
    sign = -1 if total.mantissa < 0 else 1

    def scaled(amount: Dec) -> int:
        return sign * at_places(stripped(amount), places)

    payment = quote["payment"] or {"early": [], "grace_days": 0}
    due, earned = scaled(total), None
    for index, tier in enumerate(payment["early"]):
        last = _day(tier["until"], "until") + payment["grace_days"]
        pay = scaled(_decimal(tier["pay"], "pay"))
        if sum(scaled(amount) for day, amount in paid if day <= last) >= pay:
            due, earned = pay, index
            break
    everything = sum(scaled(amount) for _, amount in paid)
    left, over = max(0, due - everything), max(0, everything - due)
    if max(left, over) >= 10**38:
        raise OracleError("overflow", "total")
    return {
        "settled": left == 0,
        "open": fixed(sign * left, places),
        "tier": earned,
        "overpaid": fixed(sign * over, places),
    }


def _day(text: str, path: str) -> int:
    """Payment dates are days: a time of day is dropped."""
    date = parse_date(text)
    if date is None:
        raise OracleError("invalid_date", f"{path} {text}")
    return date.day


def _decimal(text: str, path: str) -> Dec:
    parsed = parse_decimal(text)
    if parsed is None:
        raise OracleError("invalid_decimal", f"{path} {text}")
    return parsed
