"""The quote: a priced document, with every step on the way and every campaign that did not apply.

Amounts are Decimals with exactly the places of the currency's amount step; other decimals have as few places
as hold them. Percentages are written as people do: 15 means 15 %.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from rabatt.errors import Error
from rabatt.records import WideDecimal, record_of

#: Who made the price.
Source: TypeAlias = Literal["list", "customer", "campaign", "both", "manual"]

#: What a step does, in the order in which steps follow each other.
StepName: TypeAlias = Literal[
    "list_price", "unit_conversion", "set_price", "manual", "campaign_discount", "customer_discount",
    "combined_discount", "rounding", "limit",
]  # fmt: skip
StepWhat: TypeAlias = Literal["unit_price", "amount"]

#: Why a campaign that lists the item did not apply, in the order in which reasons are looked for; the last
#: two stand in warnings only.
Reason: TypeAlias = Literal[
    "not_posted", "inactive", "cancelled", "completed", "not_started", "expired", "not_named",
    "code_required", "wrong_customer", "not_in_target_group", "not_discountable", "wrong_currency",
    "wrong_tax_mode", "wrong_unit", "below_quantity", "no_list_price", "manual", "not_forced",
    "customer_discount_is_greater", "list_is_lower", "lower_priority", "not_lowest", "campaign_not_used",
    "payment_term_inactive",
]  # fmt: skip

TaxMode: TypeAlias = Literal["included", "excluded", "mixed"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step from list price to net. `before` is the `after` of the step before, times the quantity at the
    first amount; None at the first step. `rounded`: digits were dropped. Replayed they give the net. Their
    numbers may have more than 38 digits: a step never overflows."""

    step: StepName
    what: StepWhat
    before: WideDecimal | None
    after: WideDecimal
    rounded: bool


@dataclass(frozen=True, slots=True)
class Rejection:
    """A campaign that lists the item and did not apply."""

    campaign: str
    reason: Reason


@dataclass(frozen=True, slots=True, repr=False)
class QuoteLine:
    """A priced line: `gross` is quantity × unit_price, `net` gross − discount_amount, `saved` what
    the list amount is above the net.

    `list_price` is None where there is none and none was needed, and `list_amount` and `saved` with it.
    `campaign_discount` is the applied campaign's percentage, None for a set price; `customer_discount` the
    customer's, used or not. `unit_net` is for display, never an input.
    """

    item: str
    quantity: Decimal
    unit: str
    list_price: Decimal | None
    unit_price: Decimal
    discount: Decimal
    gross: Decimal
    discount_amount: Decimal
    net: Decimal
    unit_net: Decimal
    list_amount: Decimal | None
    saved: Decimal | None
    source: Source
    applied_campaign: str | None
    campaign_discount: Decimal | None
    customer_discount: Decimal
    applied_price_book: str | None
    tax_rate: Decimal | None
    steps: tuple[Step, ...]
    rejected: tuple[Rejection, ...]

    def __repr__(self) -> str:
        price = f"{self.quantity} {self.unit} {self.item} at {self.unit_price:f}, {self.discount:f} % off"
        return f"<QuoteLine {price}: net {self.net:f}, source {self.source}>"


@dataclass(frozen=True, slots=True)
class TaxRow:
    """The tax of one rate in percent: `base` the nets of its lines as priced, `net` the same without tax."""

    rate: Decimal
    base: Decimal
    net: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class CampaignTotal:
    """What the lines of one campaign come to, and what they save against the list price."""

    campaign: str
    net: Decimal
    saved: Decimal


@dataclass(frozen=True, slots=True)
class Warning:
    """A campaign that was asked for and does not apply, or a payment term that is inactive.

    `line` is the line's index from 0, None where the warning is of the document.
    """

    line: int | None
    campaign: str | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class EarlyTax:
    """The tax of one rate in percent when paid early."""

    rate: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class EarlyPayment:
    """What is to be paid on or before `until`: `pay` is the total − `discount`, `net` is pay − tax."""

    until: datetime.date
    discount_percent: Decimal
    discount: Decimal
    net: Decimal
    tax: Decimal
    taxes: tuple[EarlyTax, ...]
    pay: Decimal


@dataclass(frozen=True, slots=True)
class Payment:
    """When the document is due, and what paying earlier saves; `shares[tier][line]` is each tier's discount
    over the lines. Payments `grace_days` late still count as early."""

    payment_term: str
    grace_days: int
    due: datetime.date
    tax_mode: TaxMode
    early: tuple[EarlyPayment, ...]
    shares: tuple[tuple[Decimal, ...], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Quote:
    """A priced document. `book` is the book's hash; `date` a datetime where the request had a time.

    Quotes compare by value, can be pickled, and can be read back from their JSON:

    >>> import rabatt
    >>> book = rabatt.Book.from_dict({"items": [{"item": "TEA", "prices": {"EUR": "12.00"}}]})
    >>> quote = rabatt.price(book, {"date": "2026-03-10", "currency": "EUR",
    ...                             "lines": [{"item": "TEA", "quantity": 3}]})
    >>> quote
    <Quote 1 lines: net 36.00, tax 0.00, total 36.00 EUR>
    >>> rabatt.Quote.from_json(quote.to_json()) == quote
    True
    """

    book: str
    date: datetime.date
    currency: str
    customer: str | None
    lines: tuple[QuoteLine, ...]
    net: Decimal
    taxes: tuple[TaxRow, ...]
    tax: Decimal
    total: Decimal
    campaigns: tuple[CampaignTotal, ...]
    warnings: tuple[Warning, ...]
    payment: Payment | None
    _json: str = field(default="", init=False, compare=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> Quote:
        """A quote from the text that `to_json` gave; bytes are UTF-8.

        Raises Error `invalid_value` unless every field is there in its type and range. What the amounts come
        to is not checked.
        """
        try:
            text = text if isinstance(text, str) else bytes(text).decode()
            quote = record_of(cls, json.loads(text))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Error("invalid_value", "quote") from error
        object.__setattr__(quote, "_json", text)
        return quote

    def to_json(self) -> str:
        """The quote as JSON, the same text on every machine: keys in the order above, decimals as texts."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The same as a dict: decimals and dates are text, as printed."""
        content: dict[str, Any] = json.loads(self._json)
        return content

    def __repr__(self) -> str:
        amounts = f"net {self.net:f}, tax {self.tax:f}, total {self.total:f} {self.currency}"
        return f"<Quote {len(self.lines)} lines: {amounts}>"
