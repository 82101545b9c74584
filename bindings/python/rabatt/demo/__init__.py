"""A small shop to try rabatt with: a tea, coffee and kitchenware wholesaler,
its price books and campaigns of 2026, and its orders from March to June."""

from importlib.resources import files
from pathlib import Path

__all__ = ["book_path", "orders_path"]


def book_path() -> Path:
    """The book: items, price books, customers, campaigns, payment terms (YAML)."""
    return Path(str(files(__name__).joinpath("shop.yaml")))


def orders_path() -> Path:
    """The orders, one row per line (CSV)."""
    return Path(str(files(__name__).joinpath("orders.csv")))
