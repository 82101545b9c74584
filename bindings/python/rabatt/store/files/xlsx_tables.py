"""Spreadsheets: the first sheet of an XLSX file, row by row. No formula is computed, nothing in it is run."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from rabatt.command_line.file_faults import reading
from rabatt.errors import Error
from rabatt.store.files.extras import needed
from rabatt.store.files.table import LoadProblem, Places, SourceRow, Table, places_of
from rabatt.text_tables import float_text
from rabatt.texts import spelled_out

_MOST_BYTES = 1 << 30  # that the file may unpack to
_MOST_PACKED = 200  # times its size: what people type does not pack so well


def xlsx_table(path: str, places: Places, header: Sequence[str] | None) -> Table:
    """Numbers become their shortest text of at most 15 digits, which is what a spreadsheet shows of them.

    Raises Error `file_not_readable`, `limit_exceeded`, and `unknown_format` where openpyxl is not installed.
    """
    openpyxl = needed("openpyxl", path, "reading a spreadsheet")
    with reading(path, (OSError, zipfile.BadZipFile)), zipfile.ZipFile(path) as parts:
        size = sum(part.file_size for part in parts.infolist())
        packed = sum(part.compress_size for part in parts.infolist())
    if size > _MOST_BYTES or (size > _MOST_BYTES >> 5 and size > _MOST_PACKED * packed):
        raise Error("limit_exceeded", f"{path}: it unpacks to {size} bytes")
    rows = _rows(path, openpyxl)
    if header is not None:
        return Table(list(header), _source_rows(rows, header, places), 0)
    line, cells = next(rows, (1, ()))
    names = ["" if cell is None else str(cell_text(cell, "", None)).strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return Table(names, _source_rows(rows, names, places), line)


def cell_text(cell: Any, column: str, places: int | None) -> str | None:
    """
    >>> cell_text(0.1 + 0.2, "price", None), cell_text(12.0, "price", None), cell_text(1e21, "price", None)
    ('0.3', '12', '1000000000000000000000')
    """
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if places is not None:
            return float_text(cell, column, places)
        text = spelled_out(Decimal(f"{cell:.15g}"))
        return text
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)


def _rows(path: str, openpyxl: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    with open(path, "rb") as file:
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what the file says of its size may be wrong
            for line, row in enumerate(sheet.iter_rows(values_only=True), 1):
                if any(cell is not None for cell in row):
                    yield line, row
        except Error:
            raise
        except Exception as error:  # openpyxl has no list of what it raises
            raise Error("file_not_readable", f"{path}: no spreadsheet: {error}") from None


def _source_rows(
    rows: Iterator[tuple[int, Sequence[Any]]], names: Sequence[str], places: Places
) -> Iterator[SourceRow]:
    for line, row in rows:
        beyond = [cell for cell in row[len(names) :] if cell is not None]
        if beyond:
            said = f"There is a cell beyond the {len(names)} columns."
            yield SourceRow(line, {}, LoadProblem(line, "", "bad_row", said))
            continue
        padded = [*row, *[None] * (len(names) - len(row))]
        yield SourceRow(
            line,
            {
                name: cell_text(cell, name, places_of(places, name))
                for name, cell in zip(names, padded, strict=False)
            },
        )
