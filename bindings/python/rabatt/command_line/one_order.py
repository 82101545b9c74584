"""The one line that is to be explained, out of a table of orders or a file of requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rabatt import _rabatt
from rabatt.book import Book
from rabatt.command_line.answers import answers_of
from rabatt.command_line.csv_files import Columns
from rabatt.command_line.float_places import FloatPlaces
from rabatt.command_line.formats import FileFormat
from rabatt.command_line.tables import read_orders
from rabatt.errors import Error
from rabatt.order_tables import KNOWN_COLUMNS, price_orders
from rabatt.pricing import price
from rabatt.quote import Quote

_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_LINE_FIELDS = frozenset(name for name, _ in _rabatt.fields()["RequestLine"])
_DOCUMENT_FIELDS = KNOWN_COLUMNS - _LINE_FIELDS - {"order"}


def quote_of_line(
    book: Book, path: str, form: FileFormat, order: str | None, line: int, float_places: FloatPlaces
) -> tuple[Quote, int]:
    """A quote, and where in it stands what is line `line` of the order, from 0.

    `order` is the order's number in a table, and the number of its line in a file of many requests; a single
    request needs none. Raises Error `missing_field` where there is no such order or line, and what pricing
    raises.
    """
    if order is None and form != "json":
        raise Error("missing_field", "--order")
    if order is not None and form in ("csv", "parquet"):
        return quote_of_row(book, read_orders(path, form, float_places).texts, order, line), 0
    for answer in answers_of(book, path, form == "json"):
        if order is None or str(answer.number) == order:
            if answer.error:
                raise answer.error
            quote = Quote.from_json(answer.text)
            _check_line(line, len(quote.lines))
            return quote, line
    raise Error("missing_field", f"--order {order}")


def quote_of_row(book: Book, columns: Columns, order: str, line: int) -> Quote:
    """A quote of that line alone: a fault in another one must not hide it. Raises the error that pricing the
    whole table gives this line."""
    rows = [row for row, number in enumerate(columns.get("order", ())) if number == order]
    of_order = {name: [cells[row] for row in rows] for name, cells in columns.items()}
    status = price_orders(book, of_order).lines["status"]
    if not rows:
        raise Error("missing_field", f"--order {order}")
    _check_line(line, len(rows))
    request = _request(of_order, line)
    if status[line] == "ok":
        return price(book, request)
    raise Error(status[line], _subject(book, request, status[line], line) or f"order {order}, line {line}")


def _request(of_order: Columns, line: int) -> Mapping[str, Any]:
    """The line with its document's fields, each from the first row that fills it in."""
    request: dict[str, Any] = {
        name: next((cell for cell in cells if not _is_blank(cell, name)), None)
        for name, cells in of_order.items()
        if name in _DOCUMENT_FIELDS
    }
    if flag := request.get("prices_include_tax"):
        request["prices_include_tax"] = _FLAGS.get(flag.lower(), flag)
    given = {name: cells[line] or None for name, cells in of_order.items() if name in _LINE_FIELDS}
    return {**request, "lines": [given]}


def _is_blank(cell: str | None, name: str) -> bool:
    return not (cell and cell.strip() if name == "code" else cell)


def _subject(book: Book, request: Mapping[str, Any], code: str, line: int) -> str:
    """The offending thing, where the line alone has the same error; its index is that of the order."""
    try:
        price(book, request)
    except Error as error:
        if error.code == code:
            own = error.subject.removeprefix("lines[0]")
            return error.subject if own == error.subject else f"lines[{line}]{own}"
    return ""


def _check_line(line: int, count: int) -> None:
    if not 0 <= line < count:
        raise Error("missing_field", f"--line {line}: the order has {count} lines, counted from 0")
