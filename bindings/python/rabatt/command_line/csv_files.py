"""CSV as RFC 4180 has it: every cell is text and stays exactly what it is, in UTF-8 with or without a BOM."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from rabatt.command_line.destinations import reason
from rabatt.errors import Error

#: A table of text: its columns by name, in their order, all of the same length. None and "" are blank.
Columns: TypeAlias = Mapping[str, Sequence[str | None]]

_ROWS_AT_ONCE = 10_000
_TO_BE_QUOTED = re.compile('[,"\r\n]')


@dataclass(frozen=True, slots=True)
class CsvTable:
    columns: dict[str, list[str]]
    line_end: str  # CRLF or LF, as in the file


def read_csv(path: str) -> CsvTable:
    """Raises Error `file_not_readable` where it is no CSV, with the line; `duplicate_field` with a column's name.

    Lines without any character are no rows.
    """
    csv.field_size_limit(sys.maxsize)
    try:
        line_end = _line_end(path)
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, strict=True)
            try:
                return CsvTable(_columns(path, rows), line_end)
            except csv.Error as error:
                raise Error("file_not_readable", f"{path} line {rows.line_num}: {error}") from None
    except UnicodeDecodeError:
        raise Error("file_not_readable", f"{path} line {_first_line_not_utf8(path)}: this is not UTF-8") from None
    except (OSError, ValueError) as error:
        if isinstance(error, Error):
            raise
        raise Error("file_not_readable", f"{path}: {reason(error)}") from None


def csv_lines(columns: Columns, line_end: str) -> Iterator[bytes]:
    """The same, written: the names, then the rows."""
    yield (",".join(_quoted(columns)) + line_end).encode()
    rows = zip(*(_quoted(cells) for cells in columns.values()), strict=True)
    while block := list(islice(rows, _ROWS_AT_ONCE)):
        yield "".join(",".join(row) + line_end for row in block).encode()


def _columns(path: str, rows: "Rows") -> dict[str, list[str]]:
    names = next((row for row in rows if row), [])
    columns: dict[str, list[str]] = {}
    for name in names:
        if name in columns:
            raise Error("duplicate_field", name)
        columns[name] = []
    full_rows = _full_rows(path, rows, len(names))
    while block := list(islice(full_rows, _ROWS_AT_ONCE)):
        for cells, more in zip(columns.values(), zip(*block, strict=True), strict=True):
            cells.extend(more)
    return columns


Rows: TypeAlias = "csv._reader"


def _full_rows(path: str, rows: Rows, width: int) -> Iterator[list[str]]:
    for row in rows:
        if len(row) == width:
            yield row
        elif row:
            found = f"{len(row)} cells, and the header has {width}"
            raise Error("file_not_readable", f"{path} line {rows.line_num}: {found}")


def _quoted(cells: Iterable[str | None]) -> list[str]:
    texts = [cell or "" for cell in cells]
    if not _TO_BE_QUOTED.search("".join(texts)):
        return texts
    return ['"' + text.replace('"', '""') + '"' if _TO_BE_QUOTED.search(text) else text for text in texts]


def _line_end(path: str) -> str:
    with open(path, "rb") as file:
        return "\r\n" if file.readline().endswith(b"\r\n") else "\n"


def _first_line_not_utf8(path: str) -> int:
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 0
