"""The book as a value: everything that prices, indexed by what a line asks for."""

from __future__ import annotations

from dataclasses import dataclass, field

from .currencies import MINOR_UNITS
from .dates import Date
from .decimals import ONE, Dec
from .identifiers import NaturalKey, natural_key
from .rounding import Rounder

DEFAULT_UNIT_STEP = Dec(1, 5)


@dataclass(slots=True)
class Steps:
    """The steps of a policy for one currency; either may be left to its default."""

    amount: Dec | None
    unit: Dec | None


@dataclass(slots=True)
class Policy:
    rounding: str
    round_at: str
    intermediate_digits: int | None
    currencies: dict[str, Steps]
    price_choice: str
    early_payment_tax: str
    prices_include_tax: bool


@dataclass(slots=True)
class Item:
    item: str
    unit: str
    units: dict[str, Dec]
    prices: dict[str, Dec]
    discountable: bool

    def factor(self, unit: str) -> Dec | None:
        """Base units in one `unit`; None when the item has no such unit."""
        return ONE if unit == self.unit else self.units.get(unit)


@dataclass(slots=True)
class Line:
    """A line of a price book or a campaign. `value` is a price, or a discount, or absent."""

    item: str
    unit: str | None
    value: Dec | None
    quantity_min: Dec


@dataclass(slots=True)
class PriceBook:
    price_book: str
    active: bool
    type: str
    currency: str
    valid_from: Date | None
    valid_until: Date | None
    discount: Dec
    override_customer_prices: bool
    accounts: frozenset[str]
    organisations: frozenset[str]
    lines: dict[str, list[Line]]
    natural: NaturalKey = field(init=False)
    start: int = field(init=False)
    end: int | None = field(init=False)

    def __post_init__(self) -> None:
        self.natural = natural_key(self.price_book)
        # Blank is earliest: before any moment that can be written.
        self.start = self.valid_from.start() if self.valid_from else -1
        self.end = self.valid_until.end() if self.valid_until else None


@dataclass(slots=True)
class Customer:
    customer: str
    discount: Dec
    organisation: str | None
    payment_term: str | None


@dataclass(slots=True)
class Campaign:
    campaign: str
    code: str | None
    posted: bool
    active: bool
    status: str
    set_price: bool
    combine: str
    currency: str | None
    date: Date
    valid_from: Date | None
    valid_until: Date | None
    customer: str | None
    members: frozenset[str] | None  # of its target group; None without one
    priority: int
    code_required: bool
    allow_customer_discount: bool
    force_price: bool
    lines: list[Line]
    lines_of: dict[str, list[Line]]
    natural: NaturalKey = field(init=False)
    start: int = field(init=False)
    end: int | None = field(init=False)
    first_day: int = field(init=False)

    def __post_init__(self) -> None:
        first = self.valid_from or self.date
        self.natural = natural_key(self.campaign)
        self.start = first.start()
        self.first_day = first.day
        self.end = self.valid_until.end() if self.valid_until else None


@dataclass(slots=True)
class Tier:
    days: int
    discount: Dec


@dataclass(slots=True)
class PaymentTerm:
    payment_term: str
    active: bool
    net_days: int
    end_of_month: bool
    grace_days: int
    early: list[Tier]


@dataclass(slots=True)
class Rounders:
    """R and Ru of one currency."""

    amount: Rounder
    unit: Rounder


@dataclass(slots=True)
class Book:
    policy: Policy
    items: dict[str, Item]
    price_books: list[PriceBook]
    customers: dict[str, Customer]
    campaigns: dict[str, Campaign]
    payment_terms: dict[str, PaymentTerm]
    price_books_of: dict[str, list[PriceBook]]  # by item
    campaigns_of: dict[str, list[Campaign]]  # by item, in natural order
    codes: dict[str, Campaign]  # by folded code
    _rounders: dict[str, Rounders] = field(default_factory=dict)

    def knows_currency(self, currency: str) -> bool:
        return currency in MINOR_UNITS or currency in self.policy.currencies

    def rounders(self, currency: str) -> Rounders:
        known = self._rounders.get(currency)
        if known is None:
            steps = self.policy.currencies.get(currency, Steps(None, None))
            amount = steps.amount or Dec(1, MINOR_UNITS[currency])
            known = Rounders(self._rounder(amount), self._rounder(steps.unit or DEFAULT_UNIT_STEP))
            self._rounders[currency] = known
        return known

    def _rounder(self, step: Dec) -> Rounder:
        return Rounder(step, self.policy.rounding, self.policy.intermediate_digits)
