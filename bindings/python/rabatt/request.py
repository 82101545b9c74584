"""The request: one document to be priced."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rabatt.documents import json_text
from rabatt.texts import DateLike, DecimalLike


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One line. None is not given.

    `quantity` may be negative (a return), 0 or have places; it is in `unit`, by default the item's base unit.
    `list_price`, per unit, stands in the place of the book's. `manual_price` is a unit price typed by hand,
    `manual_discount` a percentage typed by hand in the place of all others. `tax_rate` is in percent.
    """

    item: str
    quantity: DecimalLike
    unit: str | None = None
    list_price: DecimalLike | None = None
    manual_price: DecimalLike | None = None
    manual_discount: DecimalLike | None = None
    tax_rate: DecimalLike | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One document: what is asked for, on which date, in which currency. None is not given.

    `campaign` (its number) or `code` names the one campaign that may apply. `organisation` and `payment_term`
    are by default the customer's, `prices_include_tax` the book's, `early_payment` true unless the net is
    negative. Without `explain` lines have neither steps nor rejected campaigns. Nothing is checked before it
    is priced.

    >>> Request(date="2026-03-10", currency="EUR", lines=[RequestLine(item="TEA", quantity=3)]).to_dict()
    {'date': '2026-03-10', 'currency': 'EUR', 'explain': True, 'lines': [{'item': 'TEA', 'quantity': 3}]}
    """

    date: DateLike
    currency: str
    customer: str | None = None
    organisation: str | None = None
    campaign: str | None = None
    code: str | None = None
    payment_term: str | None = None
    prices_include_tax: bool | None = None
    early_payment: bool | None = None
    explain: bool = True
    lines: Iterable[RequestLine | Mapping[str, Any]] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(self.lines))

    def to_json(self) -> str:
        """The request as JSON. Raises Error `invalid_value` for values that no request can have."""
        return json_text(self)

    def to_dict(self) -> dict[str, Any]:
        """The same as a dict: decimals and dates are text, integers integers."""
        content: dict[str, Any] = json.loads(self.to_json())
        return content
