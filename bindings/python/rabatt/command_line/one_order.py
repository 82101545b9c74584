"""The one line that is to be explained, out of a table of orders or a file of requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rabatt import _rabatt
from rabatt.book import Book
from rabatt.command_line.answers import answers_of
from rabatt.command_line.csv_files import Columns
from rabatt.command_line.formats import FileFormat
from rabatt.command_line.tables import read_orders
from rabatt.errors import Error
from rabatt.order_tables import KNOWN_COLUMNS
from rabatt.pricing import price
from rabatt.quote import Quote

_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_LINE_FIELDS = frozenset(name for name, _ in _rabatt.fields()["RequestLine"])
_DOCUMENT_FIELDS = KNOWN_COLUMNS - _LINE_FIELDS - {"order"}


def quote_of_line(book: Book, path: str, form: FileFormat, order: str | None, line: int) -> tuple[Quote, int]:
    """A quote, and where in it stands what is line `line` of the order, from 0.

    `order` is the order's number in a table, and the number of its line in a file of many requests; a single
    request needs none. Raises Error `missing_field` where there is no such order or line, and what pricing
    raises.
    """
    if order is None and form != "json":
        raise Error("missing_field", "--order")
    if order is not None and form in ("csv", "parquet"):
        return quote_of_row(book, read_orders(path, form).texts, order, line), 0
    for answer in answers_of(book, path, form == "json"):
        if order is None or str(answer.number) == order:
            if answer.error:
                raise answer.error
            quote = Quote.from_json(answer.text)
            _check_line(line, len(quote.lines))
            return quote, line
    raise Error("missing_field", f"--order {order}")


def quote_of_row(book: Book, columns: Columns, order: str, line: int) -> Quote:
    """A quote of that line alone: a fault in another one must not hide it."""
    return price(book, _request(columns, order, line))


def _request(columns: Columns, order: str, line: int) -> Mapping[str, Any]:
    for name in ("order", "date", "currency", "item", "quantity"):
        if name not in columns:
            raise Error("missing_field", name)
    rows = [row for row, number in enumerate(columns["order"]) if number == order]
    if not rows:
        raise Error("missing_field", f"--order {order}")
    _check_line(line, len(rows))
    document = {name: _agreed(columns, name, rows) for name in columns if name in _DOCUMENT_FIELDS}
    given = {name: columns[name][rows[line]] for name in columns if name in _LINE_FIELDS}
    tax_mode = (document.get("prices_include_tax") or "").lower()
    flag = {"prices_include_tax": _FLAGS.get(tax_mode, tax_mode)} if tax_mode else {}
    return {**_not_blank(document), **flag, "lines": [_not_blank(given)]}


def _agreed(columns: Columns, name: str, rows: list[int]) -> str | None:
    found = {columns[name][row]: None for row in rows if columns[name][row]}
    if len(found) > 1:
        raise Error("inconsistent_order", name)
    return next(iter(found), None)


def _not_blank(fields: Mapping[str, str | None]) -> dict[str, str]:
    return {name: text for name, text in fields.items() if text}


def _check_line(line: int, count: int) -> None:
    if not 0 <= line < count:
        raise Error("missing_field", f"--line {line}: the order has {count} lines, counted from 0")
