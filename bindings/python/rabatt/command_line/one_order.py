"""The one line that is to be explained, out of a table of orders or a file of requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from rabatt import _rabatt
from rabatt.book import Book
from rabatt.command_line.answers import answers_of
from rabatt.command_line.csv_files import Columns
from rabatt.command_line.file_faults import telling_columns
from rabatt.command_line.float_places import FloatPlaces
from rabatt.command_line.formats import FileFormat
from rabatt.command_line.tables import read_orders
from rabatt.errors import Error
from rabatt.order_tables import KNOWN_COLUMNS, price_orders
from rabatt.pricing import price
from rabatt.quote import Quote

_MOST_VALUES = 3  # that are listed

_FLAGS = {"true": True, "1": True, "false": False, "0": False}

#: What columns of orders say of a line, and of the whole document.
LINE_FIELDS = frozenset(name for name, _ in _rabatt.fields()["RequestLine"])
DOCUMENT_FIELDS = KNOWN_COLUMNS - LINE_FIELDS - {"order"}

#: Of one row, by column.
Cells: TypeAlias = Mapping[str, str | None]


def quote_of_line(
    book: Book, path: str, form: FileFormat, order: str | None, line: int, float_places: FloatPlaces
) -> tuple[Quote, int]:
    """A quote, and where in it stands what is line `line` of the order, from 0.

    `order` is the order's number in a table, and the number of its line in a file of many requests; a single
    request needs none. Raises Error `missing_field` where there is no such order or line, and what pricing
    raises.
    """
    if order is None and form != "json":
        raise Error("missing_field", f"--order: which of those in {path}")
    if order is not None and form in ("csv", "parquet"):
        return quote_of_row(book, read_orders(path, form, float_places).texts, order, line, path), 0
    for answer in answers_of(book, path, form == "json"):
        if order is None or str(answer.number) == order:
            if answer.error:
                raise answer.error
            quote = Quote.from_json(answer.text)
            _check_line(line, len(quote.lines))
            return quote, line
    raise _no_such_order(order, path)


def quote_of_row(book: Book, columns: Columns, order: str, line: int, path: str) -> Quote:
    """A quote of that line alone: a fault in another one must not hide it. Raises the error that pricing the
    whole table, of the file at `path`, gives this line."""
    rows = rows_of(columns.get("order", ()), order)
    of_order = {name: [cells[row] for row in rows] for name, cells in columns.items()}
    with telling_columns(path):
        status = price_orders(book, of_order).lines["status"]
    if not rows:
        raise _no_such_order(order, path)
    _check_line(line, len(rows))
    if status[line] == "ok":
        return price(book, _request(of_order, [line]))
    if status[line] == "inconsistent_order":
        raise Error(status[line], f"order {order}, line {line}, {disagreed(of_order)}")
    wrong = subject_of_request(book, _request(of_order, [line]), status[line])
    own = wrong.removeprefix("lines[0]")  # its index is to be that of the order
    raise Error(
        status[line], (wrong if own == wrong else f"lines[{line}]{own}") or f"order {order}, line {line}"
    )


def rows_of(orders: Sequence[Any], order: Any) -> list[int]:
    """Where a column of orders has that one."""
    return [row for row, number in enumerate(orders) if number == order]


def quote_of_rows(book: Book, of_order: Columns) -> Quote:
    """A quote of all rows of an order that can be priced."""
    return price(book, _request(of_order, range(len(of_order["order"]))))


def agreed_cells(of_order: Columns) -> Cells:
    """The document's fields, each from the first row that fills it in."""
    return {
        name: next((cell for cell in cells if not is_blank(cell, name)), None)
        for name, cells in of_order.items()
        if name in DOCUMENT_FIELDS
    }


def disagreed(of_order: Columns) -> str:
    """The first column of the document's, in the order of the table, in which rows differ; else empty."""
    for name, cells in of_order.items():
        values = [cell for cell in dict.fromkeys(cells) if cell and not is_blank(cell, name)]
        if name in DOCUMENT_FIELDS and len(values) > 1:
            more = len(values) - _MOST_VALUES
            listed = ", ".join(values[:_MOST_VALUES])
            return f"{name} {listed} and {more:,} more" if more > 0 else f"{name} {listed}"
    return ""


def is_blank(cell: str | None, name: str) -> bool:
    return not (cell and cell.strip() if name == "code" else cell)


def request_of(document: Cells, lines: Sequence[Cells]) -> Mapping[str, Any]:
    """Other cells in `document` than those of the document are passed over."""
    request: dict[str, Any] = {name: cell for name, cell in document.items() if name in DOCUMENT_FIELDS}
    if flag := request.get("prices_include_tax"):
        request["prices_include_tax"] = _FLAGS.get(flag.lower(), flag)
    return {**request, "lines": lines}


def subject_of_request(book: Book, request: Mapping[str, Any], code: str) -> str:
    """The offending thing, where pricing the request gives this code; else empty."""
    try:
        price(book, request)
    except Error as error:
        if error.code == code:
            return error.subject
    return ""


def _request(of_order: Columns, lines: Iterable[int]) -> Mapping[str, Any]:
    columns = {name: cells for name, cells in of_order.items() if name in LINE_FIELDS}
    given = [{name: cells[line] or None for name, cells in columns.items()} for line in lines]
    return request_of(agreed_cells(of_order), given)


def _check_line(line: int, count: int) -> None:
    if not 0 <= line < count:
        lines = f"{count} line{'' if count == 1 else 's'}"
        raise Error("missing_field", f"--line {line}: the order has {lines}, counted from 0")


def _no_such_order(order: str | None, path: str) -> Error:
    return Error("missing_field", f"--order {order}: there is no such order in {path}")
