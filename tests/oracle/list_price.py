"""The list price of an item: price books by level and choice, then the item's own price."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cmp_to_key
from typing import NamedTuple

from .amounts import discounted
from .book import Book, Item, Line, PriceBook
from .decimals import ONE, Dec, compare, multiply
from .document import Document, in_window


class ListPrice(NamedTuple):
    """In the document's unit; `quoted` is the price before conversion, perhaps rounded to get there."""

    value: Dec
    price_book: PriceBook | None
    quoted: Dec
    rounded: bool


class Asked(NamedTuple):
    """What a list price depends on. The quantity is not negative, and never 0."""

    item: Item
    unit: str
    factor: Dec
    quantity: Dec
    currency: str
    moment: int
    customer: str | None
    organisation: str | None


def asked_by_line(document: Document, item: Item, unit: str, factor: Dec, quantity: Dec) -> Asked:
    request = document.request
    return Asked(
        item,
        unit,
        factor,
        quantity,
        request.currency,
        document.moment,
        request.customer,
        document.organisation,
    )


def usable_line(lines: Sequence[Line], asked: Asked) -> Line | None:
    """Lines in the document's unit come first, then lines in the base unit; the largest minimum wins."""
    found = _largest_minimum(lines, asked.unit, asked.quantity)
    if found is None and asked.unit != asked.item.unit:
        found = _largest_minimum(lines, asked.item.unit, multiply(asked.quantity, asked.factor))
    return found


def _largest_minimum(lines: Sequence[Line], unit: str, quantity: Dec) -> Line | None:
    best: Line | None = None
    for line in lines:
        if line.unit != unit or (line.quantity_min.mantissa and compare(line.quantity_min, quantity) > 0):
            continue
        if best is None or compare(best.quantity_min, line.quantity_min) < 0:
            best = line
    return best


def converted(price: Dec, unit: str | None, asked: Asked) -> Dec:
    """From the unit of a usable line to the document's: exact."""
    return price if unit == asked.unit else multiply(price, asked.factor)


def list_price(book: Book, asked: Asked) -> ListPrice | None:
    found = _best_of_price_books(book, asked)
    if found is not None:
        return found
    price = asked.item.prices.get(asked.currency)
    if price is None:
        return None
    return ListPrice(multiply(price, asked.factor), None, price, False)


def _best_of_price_books(book: Book, asked: Asked) -> ListPrice | None:
    levels: dict[str, list[ListPrice]] = {"account": [], "organisation": [], "generic": []}
    for price_book in book.price_books_of.get(asked.item.item, ()):
        if _admits(price_book, asked):
            offer = _offer(book, price_book, asked)
            if offer is not None:
                levels[price_book.type].append(offer)
    choice = book.policy.price_choice
    account = _best(levels["account"], choice)
    if account is not None:
        overriding = [offer for offer in levels["generic"] if _overrides(offer, account)]
        return _best(overriding, choice) or account
    return _best(levels["organisation"], choice) or _best(levels["generic"], choice)


def _admits(price_book: PriceBook, asked: Asked) -> bool:
    if not price_book.active or price_book.currency != asked.currency:
        return False
    if not in_window(asked.moment, price_book.start, price_book.end):
        return False
    if price_book.type == "account":
        return asked.customer is not None and asked.customer in price_book.accounts
    if price_book.type == "organisation":
        return asked.organisation is not None and asked.organisation in price_book.organisations
    return True


def _offer(book: Book, price_book: PriceBook, asked: Asked) -> ListPrice | None:
    lines: Sequence[Line] = price_book.lines[asked.item.item]
    item_price = asked.item.prices.get(asked.currency)
    if item_price is None:
        lines = [line for line in lines if line.value is not None]
    line = usable_line(lines, asked)
    if line is None:
        return None
    if line.value is not None:
        return ListPrice(converted(line.value, line.unit, asked), price_book, line.value, False)
    assert item_price is not None
    factor = asked.factor if line.unit == asked.unit else ONE
    exact = multiply(item_price, factor)
    quoted = exact
    if price_book.discount.mantissa != 0:
        exact = discounted(exact, price_book.discount)
        quoted = book.rounders(asked.currency).unit.decimal(exact)
    return ListPrice(converted(quoted, line.unit, asked), price_book, quoted, compare(quoted, exact) != 0)


def _overrides(generic: ListPrice, account: ListPrice) -> bool:
    assert generic.price_book is not None and account.price_book is not None
    return generic.price_book.override_customer_prices and generic.price_book.start > account.price_book.start


def _best(offers: Sequence[ListPrice], choice: str) -> ListPrice | None:
    if len(offers) < 2:
        return offers[0] if offers else None

    def order(a: ListPrice, b: ListPrice) -> int:
        """Above 0 when a is the better one."""
        assert a.price_book is not None and b.price_book is not None
        if choice == "lowest" and (by_price := compare(b.value, a.value)):
            return by_price
        if a.price_book.start != b.price_book.start:
            return a.price_book.start - b.price_book.start
        return 1 if a.price_book.natural > b.price_book.natural else -1

    return max(offers, key=cmp_to_key(order))
