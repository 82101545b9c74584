"""Short ways to write books and requests for the tests."""

from __future__ import annotations

import json
from typing import Any

from .book import Book
from .book_reader import check_book, read_book
from .faults import OracleError
from .quote import price

Tree = dict[str, Any]
DATE = "2026-03-15"


def item(name: str = "A", prices: Any = "100", **fields: Any) -> Tree:
    if isinstance(prices, str):
        prices = {"EUR": prices}
    return {"item": name, "prices": prices, **fields}


def campaign(number: str = "K", discount: str | None = None, price: str | None = None, **fields: Any) -> Tree:
    """A campaign on item A; a `price` makes it a set price in EUR."""
    line = {"item": "A", "discount": discount} if price is None else {"item": "A", "price": price}
    known: Tree = {
        "campaign": number,
        "name": number,
        "pricing_type": "set_discount" if price is None else "set_price",
        "date": "2026-01-01",
        "lines": [line],
    }
    if price is not None:
        known["currency"] = "EUR"
    return known | fields


def tree(items: list[Tree] | None = None, customer: str = "0", **parts: Any) -> Tree:
    """A book with item A at 100 EUR and customer C."""
    return {"items": items or [item()], "customers": [{"customer": "C", "discount": customer}]} | parts


def book(items: list[Tree] | None = None, customer: str = "0", **parts: Any) -> Book:
    return read_book(json.dumps(tree(items, customer, **parts)))


def problems(book_tree: Any) -> list[tuple[str, str]]:
    """(path, code) of every problem."""
    text = book_tree if isinstance(book_tree, str) else json.dumps(book_tree)
    return [(problem["path"], problem["code"]) for problem in check_book(text)]


def line(item_name: str = "A", quantity: Any = "1", **fields: Any) -> Tree:
    return {"item": item_name, "quantity": quantity, **fields}


def request(*lines: Tree, **fields: Any) -> str:
    known = {"date": DATE, "currency": "EUR", "customer": "C", "lines": list(lines) or [line()]}
    return json.dumps({name: value for name, value in (known | fields).items() if value is not None})


def quote(known: Book, *lines: Tree, **fields: Any) -> Tree:
    return price(known, request(*lines, **fields))


def priced(known: Book, one_line: Tree | None = None, **fields: Any) -> Tree:
    """The one line of a quote."""
    lines: list[Tree] = quote(known, one_line or line(), **fields)["lines"]
    return lines[0]


def reasons(quote_line: Tree) -> dict[str, str]:
    return {entry["campaign"]: entry["reason"] for entry in quote_line["rejected"]}


def error(known: Book, *lines: Tree, **fields: Any) -> tuple[str, str]:
    return error_of(known, request(*lines, **fields))


def error_of(known: Book, request_text: str) -> tuple[str, str]:
    """The error of a request that must have one."""
    try:
        price(known, request_text)
    except OracleError as raised:
        return raised.code, raised.subject
    raise AssertionError("the request has a quote")


def term(*tiers: tuple[int, str], **fields: Any) -> Tree:
    early = [{"days": days, "discount": discount} for days, discount in tiers]
    return {"payment_terms": [{"payment_term": "T", "net_days": 30, "early": early, **fields}]}
