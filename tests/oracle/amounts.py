"""Gross and net of a unit price and a percentage, on a quantity that is not negative."""

from __future__ import annotations

from dataclasses import dataclass

from .book import Rounders
from .decimals import HUNDRED, Dec, at_places, multiply, pow10, subtract
from .rounding import Rounder


@dataclass(slots=True)
class Amounts:
    """Amounts are mantissas at the places of the amount step."""

    rounders: Rounders
    round_at: str

    def product(self, quantity: Dec, price: Dec) -> int:
        """R(q·price)"""
        (q, q_places), (p, p_places) = quantity, price
        return self.rounders.amount.mantissa(q * p, pow10(q_places + p_places))

    def unit_net(self, price: Dec, discount: Dec) -> Dec:
        """Ru(u·(1 - d/100))"""
        return self.rounders.unit.decimal(discounted(price, discount))

    def discounted_unit(self, price: Dec, discount: Dec) -> Dec:
        """The unit price that the two `unit_` policies multiply."""
        if self.round_at == "unit_net":
            return self.unit_net(price, discount)
        return subtract(price, self.rounders.unit.decimal(percentage_of(price, discount)))

    def before_limit(self, quantity: Dec, price: Dec, discount: Dec, gross: int) -> int:
        """The net as the policy's table has it, for a discount above 0 and below 100."""
        rounder: Rounder = self.rounders.amount
        if self.round_at == "line_discount":
            d, d_places = discount
            return gross - rounder.mantissa(gross * d, pow10(rounder.places + d_places + 2))
        if self.round_at == "line_net":
            return self.product(quantity, discounted(price, discount))
        return self.product(quantity, self.discounted_unit(price, discount))

    def gross_and_net(self, quantity: Dec, price: Dec, discount: Dec) -> tuple[int, int]:
        gross = self.product(quantity, price)
        if discount.mantissa == 0:
            return gross, gross
        if is_hundred(discount):
            return gross, 0
        net = self.before_limit(quantity, price, discount, gross)
        return gross, min(max(net, 0), gross)


def is_hundred(discount: Dec) -> bool:
    return discount.mantissa == at_places(HUNDRED, discount.places)


def percentage_of(price: Dec, percent: Dec) -> Dec:
    """u·d/100, exact"""
    return Dec(price.mantissa * percent.mantissa, price.places + percent.places + 2)


def discounted(price: Dec, discount: Dec) -> Dec:
    """u·(1 - d/100), exact"""
    kept = at_places(HUNDRED, discount.places) - discount.mantissa
    return Dec(price.mantissa * kept, price.places + discount.places + 2)


def exact_worth(price: Dec, discount: Dec) -> Dec:
    """u·(100 - d): breaks ties of nets; the quantity is the same for all, and above 0."""
    return multiply(price, subtract(HUNDRED, discount))
