"""Pricing: a book and a request in, a quote out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, TypeAlias

from rabatt import _rabatt
from rabatt.book import Book, compiled
from rabatt.errors import Error
from rabatt.quote import Quote
from rabatt.request import Request
from rabatt.sources import Source, Text

#: A Request, a mapping with the same fields, JSON text, or the path of a .json, .yaml or .yml file.
RequestLike: TypeAlias = Request | Mapping[str, Any] | Text | os.PathLike[str]


def price(book: Book, request: RequestLike) -> Quote:
    """Prices one document. A pure function: the same book and request give the same quote, byte for byte.

    Other threads run while it computes. Raises Error with the first thing that is wrong with the request, in
    document order; `subject` names it. Decimals are text, Decimal or int; a float is `invalid_decimal`.
    TypeError where `book` is no Book.

    >>> from decimal import Decimal
    >>> from rabatt import Request, RequestLine
    >>> book = Book.from_dict({
    ...     "items": [{"item": "TEA", "prices": {"EUR": "9.99"}}],
    ...     "campaigns": [{"campaign": "SPRING", "name": "", "date": "2026-03-01",
    ...                    "pricing_type": "set_discount", "lines": [{"item": "TEA", "discount": 15}]}],
    ... })
    >>> line = RequestLine(item="TEA", quantity=Decimal("3"))
    >>> price(book, Request(date="2026-03-10", currency="EUR", lines=[line])).lines[0]
    <QuoteLine 3 each TEA at 9.99, 15 % off: net 25.47, source campaign>
    >>> price(book, {"date": "2026-03-10", "currency": "EUR", "lines": [{"item": "TEA", "quantity": 1.5}]})
    Traceback (most recent call last):
    rabatt.errors.Error: invalid_decimal: lines[0].quantity 1.5
    """
    return Quote.from_json(priced_json(book, request))


def priced_json(book: Book, request: RequestLike) -> str:
    """The same as the text that `Quote.to_json` gives: for those who pass it on."""
    return _rabatt.price(compiled(book), _request_json(request))


def _request_json(request: RequestLike) -> bytes:
    if isinstance(request, Text):
        source = Source.of_text(request, "request", "json")
    elif isinstance(request, os.PathLike):
        source = Source.of_file(request, "request")
    else:
        source = Source.of_value(request)
    for problem in source.with_problems(()):
        raise Error(problem.code, problem.path)
    return source.json
