"""What is to be said of the rows of a table: which could not be priced, and which orders have warnings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rabatt import sentences
from rabatt.command_line.failures import Failures
from rabatt.command_line.one_order import quote_of_rows, rows_of
from rabatt.command_line.row_subjects import OrderSubjects
from rabatt.command_line.tables import PricedFile


def note_rows(priced: PricedFile, failures: Failures) -> None:
    """Raises the first Error where `failures` are to fail fast. Of each code the first row is looked at."""
    lines, orders = priced.texts.lines, priced.texts.orders
    for row, status in enumerate(lines["status"]):
        if status and status != "ok":
            known = status in failures.first
            failures.add(status, "" if known else _named(priced, lines["order"], row, status))
    warned = [
        order for order, count in zip(orders["order"], orders["warnings"], strict=True) if int(count or 0)
    ]
    if warned:
        failures.note_warnings(len(warned), _first_warning(priced, lines["order"], warned[0]))


def _named(priced: PricedFile, orders: Sequence[Any], row: int, status: str) -> str:
    """The place of a row, its order, and the cell or the item."""
    order = orders[row]
    rows = rows_of(orders, order) if order else [row]
    columns = priced.input.read_columns(rows)
    wrong = OrderSubjects(priced.book, columns).of(rows.index(row), status) if order else "order"
    named = [f"order {order}"] if order else []
    return ", ".join([priced.input.place(row), *named, wrong])


def _first_warning(priced: PricedFile, orders: Sequence[Any], order: Any) -> str:
    quote = quote_of_rows(priced.book, priced.input.read_columns(rows_of(orders, order)))
    return f"order {order}: {sentences.warning(quote.warnings[0])}"
