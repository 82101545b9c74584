"""CSV of any size as tables of Arrow, and tables as CSV.

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
import pyarrow.compute as pc
import pyarrow.csv

from rabatt.command_line.csv_files import full_rows, header, telling
from rabatt.command_line.progress import Advance

_BYTES_AT_ONCE = 1 << 20
_BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}".encode()
#: Lines that are rows: none is empty, and what begins in quotes is ended by quotes and is one whole cell.
_PLAIN_LINES = re.compile(
    rb"""(?: (?![\r\n])
             [^"\r\n]*+ (?: (?<![^,\r\n]) (?: " [^"\r\n]*+ " )++ (?=[,\r\n]) [^"\r\n]*+ )*+
             \r?\n )*+""",
    re.VERBOSE,
)
_STRUCTURE = (b",", b'"', b"\r", b"\n")
_TO_BE_QUOTED = '[,"\r\n]'


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
        header(path, csv.reader(lines, strict=True))
        block: bytes | None = lines.rest()
        while block is not None:
            if rows := _plain_rows(block, names, columns, lines.count):
                lines.count += len(rows.row_lines)
                yield rows
            else:
                lines.put(block)
                yield from _rows_by_cells(path, lines, names, columns)
            block = next(blocks, None)


def csv_text(table: pa.Table, line_end: str) -> bytes:
    """Columns of text as rows, without their names: cells have quotes where they need them, null is blank."""
    cells = [_quoted(column.cast(pa.large_string()).combine_chunks()) for column in table.columns]
    rows = pc.binary_join_element_wise(*cells, _text(","), null_handling="replace")
    ended = pc.binary_join_element_wise(rows, _text(""), _text(line_end))
    return _characters(ended)


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
    rest = b""
    while read := file.read(max(_BYTES_AT_ONCE, len(rest))):
        block = rest + read
        end = max(block.rfind(b"\n"), block.rfind(b"\r", 0, -1)) + 1  # the last may be half of CRLF
        rest = block[end:]
        if end:
            yield block[:end]
        advance(len(read))
    if rest:
        yield rest


def _plain_rows(block: bytes, names: Sequence[str], columns: Sequence[str], above: int) -> CsvRows | None:
    """None where PyArrow might read them otherwise, or cannot."""
    lines = block if block.endswith(b"\n") else block + b"\n"
    if not _PLAIN_LINES.fullmatch(lines):
        return None
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
    except pa.ArrowInvalid:
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
        if not lines.waiting or lines.blocks_put > blocks_put:
            yield taken()
            rows.clear()
            del row_lines[:]
            blocks_put = lines.blocks_put
        if not lines.waiting:
            return
    if rows:
        yield taken()


def _quoted(cells: pa.LargeStringArray) -> pa.LargeStringArray:
    characters = _characters(cells)
    if not any(character in characters for character in _STRUCTURE):
        return cells
    doubled = pc.replace_substring(cells, '"', '""')
    quoted = pc.binary_join_element_wise(_text(""), doubled, _text(""), _text('"'))
    return pc.if_else(pc.match_substring_regex(cells, _TO_BE_QUOTED), quoted, cells)


def _characters(texts: pa.LargeStringArray) -> bytes:
    """Of all of them, one behind the other."""
    _, ends, characters = texts.buffers()
    if not characters:
        return b""
    places = memoryview(ends).cast("q")
    begin, end = places[texts.offset], places[texts.offset + len(texts)]
    return bytes(memoryview(characters)[begin:end])


def _text(text: str) -> pa.LargeStringScalar:
    return pa.scalar(text, pa.large_string())
