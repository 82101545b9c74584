"""CSV of any size as tables of Arrow.

PyArrow reads what it understands as RFC 4180 does; the rest goes through the module csv, row by row, which
also finds the words for what is wrong.
"""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.csv

from rabatt.command_line.csv_files import full_rows, names_row, telling
from rabatt.command_line.progress import Advance

_BYTES_AT_ONCE = 1 << 20
_BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}".encode()
_ROWS_AT_ONCE = 8192
#: Quotes that a cell begins with, and that do not end with the cell, in its line. Not with possessive groups:
#: before Python 3.11.5 they take what they should not (gh-106052).
_OPEN_QUOTES = re.compile(rb'"(?<![^,\n]")(?![^"\r\n]*(?:""[^"\r\n]*)*"[,\r\n])')
_OTHER_LINE_END = re.compile(rb"\r(?!\n)")


class CsvRows(NamedTuple):
    """Some rows: columns of text, blank is null, and the line of the file, from 1, in which each begins."""

    table: pa.Table
    row_lines: pa.Int64Array


def csv_tables(
    path: str, names: Sequence[str], columns: Sequence[str], advance: Advance = lambda read: None
) -> Iterator[CsvRows]:
    """These columns of a file that has `names`; `advance` is told how many bytes were read. A line without
    any character is no row. Raises Error as csv_files.read_csv."""
    with telling(path), open(path, "rb") as file:
        blocks = _blocks(file, advance)
        lines = _Lines(blocks)
        names_row(path, csv.reader(lines, strict=True))
        block: bytes | None = lines.rest() or next(blocks, None)
        while block is not None:
            if rows := _plain_rows(block, names, columns, lines.count):
                lines.count += len(rows.row_lines)
                yield rows
            else:
                lines.put(block)
                yield from _rows_by_cells(path, lines, names, columns)
            block = next(blocks, None)


class _Lines(Iterator[str]):
    """The lines of a file, `count` of which were taken; it is put in block by block, or takes the next one by
    itself where a row goes on in it."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self.blocks = blocks
        self.waiting: deque[str] = deque()
        self.blocks_put = 0
        self.count = 0

    def __next__(self) -> str:
        while not self.waiting:
            self.put(next(self.blocks))
        self.count += 1
        return self.waiting.popleft()

    def put(self, block: bytes) -> None:
        self.waiting.extend(io.StringIO(block.decode(), newline=""))
        self.blocks_put += 1

    def rest(self) -> bytes:
        """What waits, which is taken out."""
        text = "".join(self.waiting)
        self.waiting.clear()
        return text.encode()


def _blocks(file: BinaryIO, advance: Advance) -> Iterator[bytes]:
    """The file, cut between lines."""
    if file.read(len(_BYTE_ORDER_MARK)) != _BYTE_ORDER_MARK:
        file.seek(0)
    begun: list[bytes] = []  # of a line that did not end yet
    while read := file.read(_BYTES_AT_ONCE):
        end = max(read.rfind(b"\n"), read.rfind(b"\r", 0, -1)) + 1  # the last may be half of CRLF
        if end:
            yield b"".join([*begun, read[:end]])
            begun.clear()
        begun.append(read[end:])
        advance(len(read))
    if rest := b"".join(begun):
        yield rest


def _are_rows(lines: bytes) -> bool:
    """Whether each line is a row of its own, as it would be for anybody."""
    if lines[:1] in b"\r\n" or b"\n\n" in lines or b"\n\r" in lines:  # an empty line is none
        return False
    if b"\r" in lines and _OTHER_LINE_END.search(lines):
        return False
    return b'"' not in lines or not _OPEN_QUOTES.search(lines)


def _plain_rows(block: bytes, names: Sequence[str], columns: Sequence[str], above: int) -> CsvRows | None:
    """None where PyArrow might read them otherwise, or cannot."""
    lines = block if block.endswith(b"\n") else block + b"\n"
    if lines.startswith(_BYTE_ORDER_MARK) or not _are_rows(lines):
        return None
    if not lines.isascii():
        lines.decode()  # of columns that are not read too
    try:
        table = pa.csv.read_csv(
            pa.BufferReader(lines),
            pa.csv.ReadOptions(use_threads=False, block_size=len(lines) + 1, column_names=names),
            pa.csv.ParseOptions(),
            pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                include_columns=columns,
            ),
        )
    except (pa.ArrowInvalid, OverflowError):  # of 2 GiB
        return None
    return CsvRows(table, pa.array(range(above + 1, above + 1 + len(table)), pa.int64()))


def _rows_by_cells(
    path: str, lines: _Lines, names: Sequence[str], columns: Sequence[str]
) -> Iterator[CsvRows]:
    """What waits, and where a row goes on in the next block that too."""
    row_lines = array("q")
    rows: list[list[str]] = []

    def taken() -> CsvRows:
        cells = dict(zip(names, zip(*rows, strict=True), strict=True))
        arrays = [pa.array([cell or None for cell in cells[name]], pa.string()) for name in columns]
        return CsvRows(pa.table(arrays, names=list(columns)), pa.array(row_lines, pa.int64()))

    blocks_put = lines.blocks_put
    for row in full_rows(path, csv.reader(lines, strict=True), len(names), row_lines, lines.count):
        rows.append(row)
        if not lines.waiting or lines.blocks_put > blocks_put or len(rows) == _ROWS_AT_ONCE:
            yield taken()
            rows.clear()
            del row_lines[:]
            blocks_put = lines.blocks_put
        if not lines.waiting:
            return
    if rows:
        yield taken()
