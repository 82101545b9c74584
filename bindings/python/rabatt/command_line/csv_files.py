"""CSV as RFC 4180 has it: every cell is text and stays exactly what it is, in UTF-8 with or without a BOM."""

from __future__ import annotations

import csv
import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, Protocol, TypeAlias

from rabatt.command_line.destinations import reason
from rabatt.errors import Error

#: A table of text: its columns by name, in their order, all of the same length. None and "" are blank.
Columns: TypeAlias = Mapping[str, Sequence[str | None]]


class CsvTable(NamedTuple):
    """A file that was read: how its lines end, CRLF or LF, and in which of them, from 1, each row begins."""

    columns: dict[str, list[str]]
    line_end: str
    row_lines: Sequence[int]


class Rows(Protocol):
    """A reader of the module csv."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


_ROWS_AT_ONCE = 10_000
_TO_BE_QUOTED = re.compile('[,"\r\n]')


def read_csv(path: str) -> CsvTable:
    """A line without any character is no row. Raises Error `file_not_readable` where it is no CSV, with the
    line; `duplicate_field` with a column's name, or with the places of columns that have none. One column
    may be without a name.
    """
    csv.field_size_limit(sys.maxsize)
    try:
        line_end = _line_end(path)
        with open(path, encoding="utf-8-sig", newline="") as file:
            columns, row_lines = _columns(path, csv.reader(file, strict=True))
            return CsvTable(columns, line_end, row_lines)
    except UnicodeDecodeError:
        raise _not_readable(path, _first_line_not_utf8(path), "this is not UTF-8") from None
    except OSError as error:
        raise Error("file_not_readable", f"{path}: {reason(error)}") from None


def csv_lines(columns: Columns, line_end: str) -> Iterator[bytes]:
    """The same, written: the names, then the rows."""
    yield (",".join(_quoted(columns)) + line_end).encode()
    rows = zip(*(_quoted(cells) for cells in columns.values()), strict=True)
    while block := list(islice(rows, _ROWS_AT_ONCE)):
        yield "".join(",".join(row) + line_end for row in block).encode()


def _columns(path: str, rows: Rows) -> tuple[dict[str, list[str]], Sequence[int]]:
    columns: dict[str, list[str]] = {}
    row_lines = array("q")
    try:
        names = next((row for row in rows if row), [])
        if len(names) == 1 and {";", "\t"} & set(names[0]):
            raise _not_readable(path, rows.line_num, "cells must be separated by commas")
        for name in names:
            if name in columns:
                raise Error("duplicate_field", name or _without_name(names))
            columns[name] = []
        full_rows = _full_rows(path, rows, len(columns), row_lines)
        while block := list(islice(full_rows, _ROWS_AT_ONCE)):
            for cells, more in zip(columns.values(), zip(*block, strict=True), strict=True):
                cells.extend(more)
    except csv.Error as error:
        raise _not_readable(path, rows.line_num, str(error)) from None
    return columns, row_lines


def _without_name(names: list[str]) -> str:
    places = [str(number) for number, name in enumerate(names, 1) if not name]
    return f"columns {', '.join(places[:-1])} and {places[-1]} have no name"


def _full_rows(path: str, rows: Rows, width: int, row_lines: array[int]) -> Iterator[list[str]]:
    above = rows.line_num
    for row in rows:
        if len(row) == width:
            row_lines.append(above + 1)
            yield row
        elif row:
            raise _not_readable(path, rows.line_num, f"{len(row)} cells, and the header has {width}")
        above = rows.line_num


def _not_readable(path: str, line: int, why: str) -> Error:
    return Error("file_not_readable", f"{path} line {line}: {why}")


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
