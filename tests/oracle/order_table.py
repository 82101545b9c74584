"""Many documents as one table of text cells: a row per line in, a row per line and a row per order out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .book import Book
from .document import open_document
from .faults import OracleError, Report, raise_first
from .field_readers import Reader
from .identifiers import trimmed_code
from .line_pricing import PricedLine, price_line
from .quote import line_of, quote_of
from .request import DOCUMENT_FIELDS, LINE_FIELDS, make_line, make_request

REQUIRED_COLUMNS = ("order", "date", "currency", "item", "quantity")
OUTPUT_COLUMNS = (
    "status",
    "list_price",
    "unit_price",
    "discount",
    "gross",
    "discount_amount",
    "net",
    "unit_net",
    "list_amount",
    "saved",
    "source",
    "applied_campaign",
    "applied_price_book",
)

Row = dict[str, str]


def _boolean_cell(value: Any, path: str, report: Report) -> Any:
    known = {"true": True, "1": True, "false": False, "0": False}
    if value.lower() not in known:
        report("invalid_value", path, value)
    return known.get(value.lower())


_DOCUMENT_READERS: dict[str, Reader] = {**DOCUMENT_FIELDS, "prices_include_tax": _boolean_cell}
_READERS: dict[str, Reader] = {**_DOCUMENT_READERS, **LINE_FIELDS}


@dataclass(slots=True)
class _TableRow:
    cells: Row
    status: str = ""  # of its own cells at first, then what became of it
    line: dict[str, Any] = field(default_factory=dict)
    priced: Row = field(default_factory=dict)


def price_orders(
    book: Book, columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[list[Row], list[Row]]:
    """Dicts in the order of the columns out; absent values are empty texts."""
    _check_columns(columns)
    table = [_read_row(dict(zip(columns, row, strict=True))) for row in rows]
    orders: dict[str, list[_TableRow]] = {}
    for row in table:
        if row.cells["order"]:
            orders.setdefault(row.cells["order"], []).append(row)
    orders_out = [_price_order(book, order, members) for order, members in orders.items()]
    return [_row_out(columns, row) for row in table], orders_out


def _check_columns(columns: Sequence[str]) -> None:
    """A table that cannot hold orders at all is refused as a whole, naming the column."""
    for index, column in enumerate(columns):
        if column in columns[:index]:
            raise OracleError("duplicate_field", column)
    for column in REQUIRED_COLUMNS:
        if column not in columns:
            raise OracleError("missing_field", column)


def _read_row(cells: Row) -> _TableRow:
    row = _TableRow(cells)
    try:
        tree = _read_cells(cells, _READERS, ("order", "item", "quantity"))
        row.line = {name: value for name, value in tree.items() if name in LINE_FIELDS}
    except OracleError as error:
        row.status = error.code
    return row


def _read_cells(cells: Row, readers: dict[str, Reader], required: Sequence[str]) -> dict[str, Any]:
    """The first fault in the order of the columns; what is missing comes last. Blank is absent."""
    tree: dict[str, Any] = {}
    for name, cell in cells.items():
        if cell and name in readers:
            value = readers[name](cell, name, raise_first)
            if value is not None:
                tree[name] = value
    for name in required:
        if not cells.get(name):
            raise OracleError("missing_field", name)
    return tree


def _document_cells(members: Sequence[_TableRow]) -> Row:
    """The document fields of an order; a blank agrees with any value."""
    agreed: Row = {}
    for row in members:
        for name, cell in row.cells.items():
            blank = not (trimmed_code(cell) if name == "code" else cell)
            if not blank and name in _DOCUMENT_READERS and agreed.setdefault(name, cell) != cell:
                raise OracleError("inconsistent_order", name)
    # Back into the order of the columns, which is the document order of a table.
    return {name: agreed[name] for name in members[0].cells if name in agreed}


def _price_order(book: Book, order: str, members: Sequence[_TableRow]) -> Row:
    good = [row for row in members if not row.status]
    quote: dict[str, Any] | None = None
    try:
        quote = _price_rows(book, members, good)
    except OracleError as error:
        for row in good:
            row.status, row.priced = error.code, {}
    for row in members:
        row.status = row.status or "ok"
    return _order_out(order, members, quote)


def _price_rows(book: Book, members: Sequence[_TableRow], good: Sequence[_TableRow]) -> dict[str, Any] | None:
    """The quote, when every row has a price; errors raised here are the document's."""
    tree = _read_cells(_document_cells(members), _DOCUMENT_READERS, ("date", "currency"))
    document = open_document(book, make_request(tree, [make_line(row.line) for row in good], explain=False))
    places = document.amounts.rounders.amount.places
    lines: list[PricedLine] = []
    for index, (row, request_line) in enumerate(zip(good, document.request.lines, strict=True)):
        try:
            line = price_line(document, index, request_line)
        except OracleError as error:
            row.status = error.code
        else:
            lines.append(line)
            row.priced = _text_of(line_of(line, places))
    return quote_of(document, lines, "") if len(lines) == len(members) else None


def _text_of(line: dict[str, Any]) -> Row:
    """The columns of a line; status comes first, absent values are blank."""
    return {name: line[name] or "" for name in OUTPUT_COLUMNS[1:]}


def _row_out(columns: Sequence[str], row: _TableRow) -> Row:
    """Output columns replace input columns of the same name in place; the others follow."""
    out = dict(row.cells)
    out["status"] = row.status or "ok"
    for name in OUTPUT_COLUMNS[1:]:
        if row.status == "ok":
            out[name] = row.priced[name]
        elif name not in columns:
            out[name] = ""
    return out


def _order_out(order: str, members: Sequence[_TableRow], quote: dict[str, Any] | None) -> Row:
    bad = [row.status for row in members if row.status != "ok"]
    out = {"order": order, "status": bad[0] if bad else "ok"}
    names = ("net", "tax", "total", "early_until", "early_discount", "early_pay", "warnings")
    if quote is None or bad:
        return out | dict.fromkeys(names, "")
    early = quote["payment"]["early"] if quote["payment"] else []
    first = early[0] if early else {"until": "", "discount": "", "pay": ""}
    return out | {
        "net": quote["net"],
        "tax": quote["tax"],
        "total": quote["total"],
        "early_until": first["until"],
        "early_discount": first["discount"],
        "early_pay": first["pay"],
        "warnings": str(len(quote["warnings"])),
    }
