"""The explanation of a line: each step that changed the unit price or the amount."""

from __future__ import annotations

from typing import Any

from .amounts import Amounts, discounted, is_hundred
from .decimals import ZERO, Dec, compare, multiply, negate, shortest
from .list_price import ListPrice


class Explanation:
    """Steps in order. A step that changes nothing is left out; numbers are printed in full."""

    def __init__(self, quantity: Dec) -> None:
        self.steps: list[dict[str, Any]] = []
        self._quantity = quantity
        self._what = "unit_price"
        self._now: Dec | None = None

    def unit_price(self, step: str, after: Dec, rounded: bool = False) -> None:
        self._add(step, after, rounded)

    def amount(self, step: str, after: Dec, rounded: bool = False) -> None:
        if self._what == "unit_price":
            assert self._now is not None
            self._what = "amount"
            self._now = multiply(self._now, self._quantity)
        self._add(step, after, rounded)

    def _add(self, step: str, after: Dec, rounded: bool) -> None:
        before, self._now = self._now, after
        if before is not None and compare(before, after) == 0:
            return
        self.steps.append(
            {
                "step": step,
                "what": self._what,
                "before": None if before is None else shortest(before),
                "after": shortest(after),
                "rounded": rounded,
            }
        )


def explain(
    amounts: Amounts,
    listed: ListPrice | None,
    quantity: Dec,
    price: Dec,
    price_step: str,
    discount: Dec,
    discount_step: str,
) -> list[dict[str, Any]]:
    """From the list price to the net. `quantity` is signed; `price_step` names a price not listed."""
    explanation = Explanation(quantity)
    if listed is not None:
        explanation.unit_price("list_price", listed.quoted, listed.rounded)
        explanation.unit_price("unit_conversion", listed.value)
    explanation.unit_price(price_step, price)
    if amounts.round_at in ("line_discount", "line_net"):
        _by_line(explanation, amounts, quantity, price, discount, discount_step)
    else:
        _by_unit(explanation, amounts, quantity, price, discount, discount_step)
    return explanation.steps


def _by_line(
    explanation: Explanation, amounts: Amounts, quantity: Dec, price: Dec, discount: Dec, discount_step: str
) -> None:
    """The discount on the rounded gross, or on the exact product; then one rounding to the net."""
    mantissa, places = quantity
    size = Dec(abs(mantissa), places)
    if amounts.round_at == "line_discount" or discount.mantissa == 0:
        _amount(explanation, amounts, quantity, "rounding", amounts.product(size, price), True)
    if discount.mantissa == 0:
        return
    before = multiply(quantity, price)
    if amounts.round_at == "line_discount":
        gross = Dec(amounts.product(size, price), amounts.rounders.amount.places)
        before = negate(gross) if mantissa < 0 else gross
    explanation.amount(discount_step, discounted(before, discount))
    _to_net(explanation, amounts, quantity, price, discount)


def _by_unit(
    explanation: Explanation, amounts: Amounts, quantity: Dec, price: Dec, discount: Dec, discount_step: str
) -> None:
    """The discount on the unit price, its rounding, then the rounding of the product."""
    if discount.mantissa:
        explanation.unit_price(discount_step, discounted(price, discount))
        if not is_hundred(discount):
            explanation.unit_price("rounding", amounts.discounted_unit(price, discount), True)
    _to_net(explanation, amounts, quantity, price, discount)


def _to_net(explanation: Explanation, amounts: Amounts, quantity: Dec, price: Dec, discount: Dec) -> None:
    size = Dec(abs(quantity.mantissa), quantity.places)
    gross, net = amounts.gross_and_net(size, price, discount)
    if discount.mantissa and not is_hundred(discount):
        loose = amounts.before_limit(size, price, discount, gross)
        _amount(explanation, amounts, quantity, "rounding", loose, True)
        _amount(explanation, amounts, quantity, "limit", net, False)
    else:
        _amount(explanation, amounts, quantity, "rounding", net, True)


def _amount(
    explanation: Explanation, amounts: Amounts, quantity: Dec, step: str, size: int, rounded: bool
) -> None:
    """An amount of the absolute quantity, with the sign of the quantity put back."""
    if quantity.mantissa < 0:
        size = -size
    explanation.amount(step, Dec(size, amounts.rounders.amount.places) if size else ZERO, rounded)
