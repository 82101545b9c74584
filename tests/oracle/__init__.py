"""An independent, naive pricer: written from the pricing contract alone, to be compared with the engine."""

from __future__ import annotations

from .allocation import allocate
from .book import Book
from .book_reader import check_book, read_book
from .faults import BookErrors, OracleError
from .order_table import price_orders
from .payment import settle
from .quote import price
from .set_for_all import set_for_all

__all__ = [
    "Book",
    "BookErrors",
    "OracleError",
    "allocate",
    "check_book",
    "price",
    "price_orders",
    "read_book",
    "set_for_all",
    "settle",
]
