"""Spreadsheets: typed cells, the header in sight and with a filter, columns as wide as what is in them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from rabatt.errors import Error
from rabatt.store.files.cells import OutColumn, SpooledRows
from rabatt.store.files.extras import needed

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_MOST_CHARACTERS = 32_767  # of a cell
_MOST_DIGITS = 15  # of a number: the cells of spreadsheets are floats
_NARROWEST, _WIDEST = 6, 60
_FIRST_DAY = date(1900, 3, 1)  # the days before it are another day in some spreadsheets

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_xlsx(rows: SpooledRows, file: BinaryIO, name: str, sheet_name: str, title: str) -> None:
    """Raises Error `limit_exceeded`, and `unknown_format` where xlsxwriter is not installed."""
    xlsxwriter = needed("xlsxwriter", name, "writing a spreadsheet")
    if rows.count >= _MOST_ROWS or len(rows.columns) > _MOST_COLUMNS:
        said = f"{rows.count} rows and {len(rows.columns)} columns do not fit into a sheet"
        raise Error("limit_exceeded", f"{name}: {said}")
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        book.set_properties({"title": title, "created": datetime.now(UTC).replace(tzinfo=None)})
        _Sheet(book, name, sheet_name).write(rows)


class _Sheet:
    def __init__(self, book: Any, file_name: str, sheet_name: str) -> None:
        self.book = book
        self.file_name = file_name
        self.sheet = book.add_worksheet(sheet_name[:31])
        self.formats: dict[str, Any] = {}

    def write(self, rows: SpooledRows) -> None:
        head = {"bold": True, "bg_color": "#E8ECF1", "bottom": 1, "valign": "vcenter"}
        formats = [self.book.add_format(head | {"align": align}) for align in ("left", "right")]
        for index, column in enumerate(rows.columns):
            self.sheet.set_column(index, index, _width(column))
            self.sheet.write_string(0, index, column.name, formats[column.is_number])
        self.sheet.set_row(0, 20)
        self.sheet.freeze_panes(1, 0)
        self.sheet.repeat_rows(0)  # on paper: the header on each page, all columns side by side
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        if rows.columns:
            self.sheet.autofilter(0, 0, max(rows.count, 1), len(rows.columns) - 1)
        for number, row in enumerate(rows, 1):
            for index, (column, cell) in enumerate(zip(rows.columns, row, strict=True)):
                if cell is not None:
                    self.write_cell(number, index, column, cell)

    def write_cell(self, row: int, index: int, column: OutColumn, cell: Any) -> None:
        if isinstance(cell, bool):
            self.sheet.write_boolean(row, index, cell)
        elif column.is_number and len(Decimal(cell).normalize().as_tuple().digits) <= _MOST_DIGITS:
            self.sheet.write_number(row, index, float(cell), self.format(_number_format(column)))
        elif column.kind == "day" and date.fromisoformat(cell) >= _FIRST_DAY:
            self.sheet.write_datetime(row, index, date.fromisoformat(cell), self.format("yyyy-mm-dd"))
        elif column.kind == "instant" and datetime.fromisoformat(cell).date() >= _FIRST_DAY:
            moment = datetime.fromisoformat(cell).astimezone(UTC).replace(tzinfo=None)
            self.sheet.write_datetime(row, index, moment, self.format("yyyy-mm-dd hh:mm:ss"))
        else:
            self.write_text(row, index, column, str(cell))

    def write_text(self, row: int, index: int, column: OutColumn, text: str) -> None:
        if len(text) > _MOST_CHARACTERS:
            said = f"row {row} has {len(text)} characters, and a cell has room for {_MOST_CHARACTERS}"
            raise Error("limit_exceeded", f"{self.file_name}: {column.name}: {said}")
        form = self.format("@", right=True) if column.is_number else self.format("@")
        self.sheet.write_string(row, index, text, form)

    def format(self, number_format: str, right: bool = False) -> Any:
        key = f"{number_format}{right}"
        if key not in self.formats:
            wrap = {"text_wrap": True} if number_format == "@" and not right else {}
            how = {"num_format": number_format, "valign": "top"} | wrap
            self.formats[key] = self.book.add_format(how | ({"align": "right"} if right else {}))
        return self.formats[key]


def _number_format(column: OutColumn) -> str:
    """Years and quantities without separators look like themselves; amounts have theirs."""
    if column.kind == "integer" or not column.places:
        return "0"
    return "#,##0." + "0" * min(max(column.places, 2), _MOST_DIGITS)


def _width(column: OutColumn) -> int:
    room = {"instant": 19, "day": 10}.get(column.kind, column.longest)
    if column.is_number:
        room += room // 3
    return min(max(room, len(column.name) + 3, _NARROWEST) + 1, _WIDEST)
