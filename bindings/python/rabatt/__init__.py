"""rabatt: an exact, explainable pricing engine.

>>> import rabatt
>>> book = rabatt.Book.from_yaml('''
... items:
...   - {item: TEA, prices: {EUR: 9.99}}
... campaigns:
...   - {campaign: SPRING, name: Spring tea, pricing_type: set_discount, date: 2026-03-01,
...      lines: [{item: TEA, discount: 15}]}
... ''')
>>> line = rabatt.RequestLine(item="TEA", quantity=3)
>>> request = rabatt.Request(date="2026-03-10", currency="EUR", lines=[line])
>>> quote = rabatt.price(book, request)
>>> quote.total
Decimal('25.47')
>>> print(rabatt.explain(quote, 0))
Line 0: 3 each TEA, net 25.47 EUR
  list price          9.99
  quantity           29.97    × 3
  campaign discount  25.4745  15 %
  rounding           25.47    −0.0045
  Campaign SPRING gives 15 %. It saves 4.50 against the list price.

A book is everything that prices, a request is one document, a quote is the priced document with every step on
the way. Decimals are `decimal.Decimal`, dates `datetime.date`; binary floats are refused wherever they turn
up. `price_orders` prices whole tables: pandas, Polars, PyArrow, DuckDB; `price_lines` tables of lines without
orders, by the million. Everything raises `Error`, with a code and a subject.
"""

from typing import TYPE_CHECKING, Any

from rabatt import _rabatt
from rabatt.allocation import allocate
from rabatt.book import Book, BookSummary, check
from rabatt.campaign_lines import Remark, SetForAll, set_for_all
from rabatt.errors import Error, Errors, Problem, error_codes
from rabatt.explanation import ExplainedLine, ExplainedStep, Explanation, explain
from rabatt.line_tables import price_line_stream, price_lines
from rabatt.order_tables import PricedOrders, price_orders
from rabatt.pricing import price
from rabatt.quote import (
    CampaignTotal,
    EarlyPayment,
    EarlyTax,
    Payment,
    Quote,
    QuoteLine,
    Rejection,
    Step,
    TaxRow,
    Warning,
)
from rabatt.request import Request, RequestLine
from rabatt.schemas import schema
from rabatt.settlement import Settlement, settle

if TYPE_CHECKING:
    from rabatt.store import Follower, Publication, Rows, Store, StoreView, follow, migrate, open

__version__: str = _rabatt.version

#: The date of the ISO 4217 list that the currency table was made from.
currency_edition: str = _rabatt.currency_edition

__all__ = [
    "Book",
    "BookSummary",
    "CampaignTotal",
    "EarlyPayment",
    "EarlyTax",
    "Error",
    "Errors",
    "ExplainedLine",
    "ExplainedStep",
    "Explanation",
    "Follower",
    "Payment",
    "PricedOrders",
    "Problem",
    "Publication",
    "Quote",
    "QuoteLine",
    "Rejection",
    "Remark",
    "Request",
    "RequestLine",
    "Rows",
    "SetForAll",
    "Settlement",
    "Step",
    "Store",
    "StoreView",
    "TaxRow",
    "Warning",
    "allocate",
    "check",
    "currency_edition",
    "error_codes",
    "explain",
    "follow",
    "migrate",
    "open",
    "price",
    "price_line_stream",
    "price_lines",
    "price_orders",
    "schema",
    "set_for_all",
    "settle",
]


_OF_THE_STORE = (
    "Follower",
    "Publication",
    "Rows",
    "Store",
    "StoreView",
    "follow",
    "migrate",
    "open",
    "store",
)


def __getattr__(name: str) -> Any:
    """What is of the store is loaded when it is first asked for: pricing alone needs none of it."""
    if name not in _OF_THE_STORE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    store = import_module("rabatt.store")
    return store if name == "store" else getattr(store, name)


def __dir__() -> list[str]:
    """The names that are promised, without the modules that they come from."""
    return __all__
