"""What gives rows of orders their codes: a cell of the row, or what the order's rows do not agree on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from rabatt.book import Book
from rabatt.command_line.csv_files import Columns
from rabatt.command_line.one_order import (
    DOCUMENT_FIELDS,
    LINE_FIELDS,
    Cells,
    agreed_cells,
    disagreed,
    is_blank,
    request_of,
    subject_of_request,
)

#: Codes that speak of one column alone.
_COLUMNS = {
    "unknown_item": "item",
    "no_price": "item",
    "unknown_unit": "unit",
    "unknown_customer": "customer",
    "unknown_currency": "currency",
    "unknown_campaign": "campaign",
    "unknown_payment_term": "payment_term",
    "invalid_date": "date",
    "invalid_tax_rate": "tax_rate",
}

#: By code and cells: what is wrong repeats from row to row.
Known: TypeAlias = dict[tuple[str | None, ...], str]


@dataclass
class OrderSubjects:
    """Of one order: all its rows, with the columns that pricing reads. Orders may share what is `known`."""

    book: Book
    of_order: Columns
    known: Known = field(default_factory=dict)

    def of(self, line: int, code: str) -> str:
        """The offending cell, or the item where the code is not the row's alone."""
        wrong = self._disagreed if code == "inconsistent_order" else self._cell(line, code)
        return wrong or f"item {self.of_order['item'][line] or ''}"

    def _cell(self, line: int, code: str) -> str:
        cells = self._cells(line)
        if cell := cells.get(column := _COLUMNS.get(code, "")):
            return f"{column} {cell}"
        key = (code, *cells.values())
        if key not in self.known:
            request = request_of(cells, [self._fields(line)])
            self.known[key] = subject_of_request(self.book, request, code).removeprefix("lines[0].")
        return self.known[key]

    def _cells(self, line: int) -> Mapping[str, str | None]:
        """The row as it is priced: what it leaves blank of the document other rows fill in."""
        own = {name: cells[line] for name, cells in self._documents.items()}
        filled = {name: cell for name, cell in own.items() if not is_blank(cell, name)}
        return {**self._agreed, **filled, **self._fields(line)}

    def _fields(self, line: int) -> Cells:
        return {name: cells[line] or None for name, cells in self._lines.items()}

    @cached_property
    def _documents(self) -> Columns:
        return {name: cells for name, cells in self.of_order.items() if name in DOCUMENT_FIELDS}

    @cached_property
    def _lines(self) -> Columns:
        return {name: cells for name, cells in self.of_order.items() if name in LINE_FIELDS}

    @cached_property
    def _agreed(self) -> Cells:
        return agreed_cells(self.of_order)

    @cached_property
    def _disagreed(self) -> str:
        return disagreed(self.of_order)
