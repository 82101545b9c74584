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
from rabatt.command_line.progress import Advance
from rabatt.errors import Error

#: A table of text: its columns by name, in their order, all of the same length. None and "" are blank.
Columns: TypeAlias = Mapping[str, Sequence[str | None]]


class CsvTable(NamedTuple):
    """A file that was read, or some rows of it: how its lines end, CRLF or LF, and in which of them, from 1,
    each row begins."""

    columns: dict[str, list[str]]
    line_end: str
    row_lines: Sequence[int]


class Rows(Protocol):
    """A reader of the module csv."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


_ROWS_AT_ONCE = 8192
_CHARACTERS_AT_ONCE = 4_000_000
_TO_BE_QUOTED = re.compile('[,"\r\n]')


def read_csv(path: str) -> CsvTable:
    """The whole file. Raises Error as csv_blocks."""
    names, line_end, blocks = csv_blocks(path)
    columns: dict[str, list[str]] = {name: [] for name in names}
    row_lines = array("q")
    for block in blocks:
        for name, cells in columns.items():
            cells.extend(block.columns[name])
        row_lines.extend(block.row_lines)
    return CsvTable(columns, line_end, row_lines)


def csv_blocks(path: str, advance: Advance = lambda read: None) -> tuple[list[str], str, Iterator[CsvTable]]:
    """The names of its columns, how its lines end, and its rows, some at a time; `advance` is told how many
    bytes were read. A line without any character is no row.

    Raises Error `file_not_readable` where it is no CSV, with the line; `duplicate_field` with a column's
    name, or with the places of columns that have none. One column may be without a name.
    """
    csv.field_size_limit(sys.maxsize)
    with _told(path):
        line_end = _line_end(path)
        names = _names(path)
    return names, line_end, _blocks(path, names, line_end, advance)


def csv_lines(columns: Columns, line_end: str) -> Iterator[bytes]:
    """The same, written: the names, then the rows."""
    yield csv_header(columns, line_end)
    yield from csv_rows(columns, line_end)


def csv_header(names: Iterable[str], line_end: str) -> bytes:
    return (",".join(_quoted(names)) + line_end).encode()


def csv_rows(columns: Columns, line_end: str) -> Iterator[bytes]:
    rows = zip(*(_quoted(cells) for cells in columns.values()), strict=True)
    while block := list(islice(rows, _ROWS_AT_ONCE)):
        yield "".join(",".join(row) + line_end for row in block).encode()


@contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        with reading(path):
            yield
    except UnicodeDecodeError:
        raise _not_readable(path, _first_line_not_utf8(path), "this is not UTF-8") from None


def _open(path: str) -> TextIO:
    return open(path, encoding="utf-8-sig", newline="")


def _names(path: str) -> list[str]:
    with _open(path) as file:
        rows: Rows = csv.reader(file, strict=True)
        names = _header(path, rows)
        if len(names) == 1 and {";", "\t"} & set(names[0]):
            raise _not_readable(path, rows.line_num, "cells must be separated by commas")
    for index, name in enumerate(names):
        if name in names[:index]:
            raise Error("duplicate_field", name or _without_name(names))
    return names


def _header(path: str, rows: Rows) -> list[str]:
    try:
        return next((row for row in rows if row), [])
    except csv.Error as error:
        raise _not_readable(path, rows.line_num, str(error)) from None


def _blocks(path: str, names: list[str], line_end: str, advance: Advance) -> Iterator[CsvTable]:
    with _told(path), _open(path) as file:
        rows: Rows = csv.reader(file, strict=True)
        _header(path, rows)
        row_lines = array("q")
        full_rows = _full_rows(path, rows, len(names), row_lines)
        told = 0
        try:
            while block := list(_some(full_rows)):
                columns = dict(zip(names, map(list, zip(*block, strict=True)), strict=True))
                yield CsvTable(columns, line_end, row_lines[:])
                del row_lines[:]
                now = file.buffer.tell()
                advance(now - told)
                told = now
        except csv.Error as error:
            raise _not_readable(path, rows.line_num, str(error)) from None


def _some(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The next rows: so many, or fewer where they are long."""
    room = _CHARACTERS_AT_ONCE
    for row in islice(rows, _ROWS_AT_ONCE):
        yield row
        room -= sum(map(len, row))
        if room < 0:
            return


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
