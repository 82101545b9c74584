"""CSV as RFC 4180 has it: every cell is text and stays exactly what it is, in UTF-8 with or without a BOM."""

from __future__ import annotations

import csv
import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple, Protocol, TextIO, TypeAlias

from rabatt.command_line.file_faults import reading
from rabatt.errors import Error

#: A table of text: its columns by name, in their order, all of the same length. None and "" are blank.
Columns: TypeAlias = Mapping[str, Sequence[str | None]]


#: A cell with one of these has to be in quotes.
STRUCTURE = ',"\r\n'


class CsvTable(NamedTuple):
    """A file that was read: how its lines end, CRLF or LF, and in which of them, from 1, each row begins."""

    columns: dict[str, list[str]]
    line_end: str
    row_lines: Sequence[int]


class Rows(Protocol):
    """A reader of the module csv."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


_ROWS_AT_ONCE = 8192
_TO_BE_QUOTED = re.compile(f"[{STRUCTURE}]")

csv.field_size_limit(sys.maxsize)  # of all readers there are


def read_csv(path: str) -> CsvTable:
    """The whole file. A line without any character is no row. Raises Error as names_and_line_end, and
    `file_not_readable` with the line of a row that has not as many cells."""
    names, line_end = names_and_line_end(path)
    columns: dict[str, list[str]] = {name: [] for name in names}
    row_lines = array("q")
    with telling(path), _open(path) as file:
        reader: Rows = csv.reader(file, strict=True)
        names_row(path, reader)
        rows = full_rows(path, reader, len(names), row_lines)
        while block := list(islice(rows, _ROWS_AT_ONCE)):
            for cells, more in zip(columns.values(), zip(*block, strict=True), strict=True):
                cells.extend(more)
    return CsvTable(columns, line_end, row_lines)


def names_and_line_end(path: str) -> tuple[list[str], str]:
    """The names of its columns, and how its lines end.

    Raises Error `file_not_readable` where it is no CSV, with the line; `duplicate_field` with a column's
    name, or with the places of columns that have none. One column may be without a name.
    """
    with telling(path):
        return _names(path), _line_end(path)


def csv_lines(columns: Columns, line_end: str) -> Iterator[bytes]:
    """The same, written: the names, then the rows."""
    yield names_line(columns, line_end)
    yield from csv_rows(columns, line_end)


def names_line(names: Iterable[str], line_end: str) -> bytes:
    return (",".join(_quoted(names)) + line_end).encode()


def csv_rows(columns: Columns, line_end: str) -> Iterator[bytes]:
    rows = zip(*(_quoted(cells) for cells in columns.values()), strict=True)
    while block := list(islice(rows, _ROWS_AT_ONCE)):
        yield "".join(",".join(row) + line_end for row in block).encode()


@contextmanager
def telling(path: str) -> Iterator[None]:
    """What makes a file unreadable, in the words of read_csv."""
    try:
        with reading(path):
            yield
    except UnicodeDecodeError:
        raise _not_readable(path, _first_line_not_utf8(path), "this is not UTF-8") from None


def names_row(path: str, rows: Rows) -> list[str]:
    """The first row."""
    try:
        return next((row for row in rows if row), [])
    except csv.Error as error:
        raise _not_readable(path, rows.line_num, str(error)) from None


def full_rows(
    path: str, rows: Rows, width: int, row_lines: array[int], above: int = 0
) -> Iterator[list[str]]:
    """Rows of so many cells; the line in which each begins goes to `row_lines`, of a reader that begins
    behind `above` lines."""
    begin = rows.line_num
    try:
        for row in rows:
            if len(row) == width:
                row_lines.append(above + begin + 1)
                yield row
            elif row:
                said = f"{len(row)} cells, and the header has {width}"
                raise _not_readable(path, above + rows.line_num, said)
            begin = rows.line_num
    except csv.Error as error:
        raise _not_readable(path, above + rows.line_num, str(error)) from None


def _open(path: str) -> TextIO:
    return open(path, encoding="utf-8-sig", newline="")


def _names(path: str) -> list[str]:
    with _open(path) as file:
        rows: Rows = csv.reader(file, strict=True)
        names = names_row(path, rows)
        if len(names) == 1 and {";", "\t"} & set(names[0]):
            raise _not_readable(path, rows.line_num, "cells must be separated by commas")
    for index, name in enumerate(names):
        if name in names[:index]:
            raise Error("duplicate_field", name or _without_name(names))
    return names


def _without_name(names: list[str]) -> str:
    places = [str(number) for number, name in enumerate(names, 1) if not name]
    return f"columns {', '.join(places[:-1])} and {places[-1]} have no name"


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
