"""Orders in files, some rows at a time, as tables of Arrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from rabatt.arrow_cells import text_column
from rabatt.command_line.csv_files import names_and_line_end
from rabatt.command_line.file_faults import check_is_file, reading
from rabatt.command_line.float_places import FloatPlaces, check_columns
from rabatt.command_line.jobs.csv_tables import csv_tables
from rabatt.command_line.jobs.decoded_sizes import decoded_bytes
from rabatt.command_line.parquet_files import PARQUET_FAULTS, checked_schema
from rabatt.command_line.progress import Advance
from rabatt.errors import Error
from rabatt.order_tables import KNOWN_COLUMNS

_ROWS_AT_ONCE = 8192
_FEWEST_ROWS = 16
_ROWS_OF_SAMPLE = 64
_BYTES_AT_ONCE = 1 << 20  # of a column as it is stored, and of rows as they are in memory


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a table: all their columns and, of a CSV file, the line in which each begins."""

    table: pa.Table
    file_lines: pa.ChunkedArray | None = None

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def slice(self, first: int, count: int | None = None) -> Rows:
        lines = self.file_lines
        return Rows(self.table.slice(first, count), lines if lines is None else lines.slice(first, count))

    def __add__(self, more: Rows) -> Rows:
        lines, more_lines = self.file_lines, more.file_lines
        together = None
        if lines is not None and more_lines is not None:
            together = pa.chunked_array([*lines.chunks, *more_lines.chunks], pa.int64())
        return Rows(pa.concat_tables([self.table, more.table]), together)

    def take(self, rows: pa.Array) -> Rows:
        table = self.table
        for index, field in enumerate(table.schema):
            if pa.types.is_string_view(field.type):  # cannot be taken from
                table = table.set_column(index, field.name, table.column(index).cast(pa.large_string()))
        lines = self.file_lines
        return Rows(table.take(rows), lines if lines is None else lines.take(rows))

    def known(self) -> pa.Table:
        """The columns that pricing reads."""
        return self.table.select([name for name in self.table.column_names if name in KNOWN_COLUMNS])


class InputTable(Protocol):
    """A file of orders. Reading raises Error; a fault of the file as a whole is found when it is opened, or
    when all of it is read for the first time."""

    path: str
    schema: pa.Schema
    line_end: str  # for CSV
    float_places: FloatPlaces
    size: int  # what a reader advances by in all

    def pieces(self, first_row: int = 0) -> Iterator[Rows]:
        """From that row on."""

    def columns(self, names: Sequence[str], advance: Advance) -> Iterator[pa.Table]:
        """Some columns of all rows."""


def open_input(path: str, form: str, float_places: FloatPlaces) -> InputTable:
    """Raises Error."""
    check_is_file(path)
    return (CsvInput if form == "csv" else ParquetInput)(path, float_places)


class CsvInput:
    """Every column is text, and blank is null."""

    def __init__(self, path: str, float_places: FloatPlaces) -> None:
        names, self.line_end = names_and_line_end(path)
        check_columns(float_places, names)
        self.path = path
        self.schema = pa.schema([(name, pa.string()) for name in names])
        self.float_places = float_places
        with reading(path), open(path, "rb") as file:
            self.size = file.seek(0, 2)

    def pieces(self, first_row: int = 0) -> Iterator[Rows]:
        begin = 0
        for table, row_lines in csv_tables(self.path, self.schema.names, self.schema.names):
            skipped = max(0, first_row - begin)
            begin += len(table)
            if skipped < len(table):
                yield Rows(table, pa.chunked_array([row_lines])).slice(skipped)

    def columns(self, names: Sequence[str], advance: Advance) -> Iterator[pa.Table]:
        return (table for table, _ in csv_tables(self.path, self.schema.names, names, advance))


class ParquetInput:
    line_end = "\n"

    def __init__(self, path: str, float_places: FloatPlaces) -> None:
        with reading(path, PARQUET_FAULTS), self._opened(path) as file:
            self.schema = checked_schema(file.schema_arrow, float_places)
            self.size = int(file.metadata.num_rows)
        check_columns(float_places, self.schema.names)
        self.path = path
        self.float_places = float_places

    def pieces(self, first_row: int = 0) -> Iterator[Rows]:
        for table in self._tables(first_row, None, lambda done: None):
            yield Rows(table)

    def columns(self, names: Sequence[str], advance: Advance) -> Iterator[pa.Table]:
        return self._tables(0, names, advance)

    def _tables(self, first_row: int, columns: Sequence[str] | None, advance: Advance) -> Iterator[pa.Table]:
        """A sample tells how many rows are read at once; where these turn out to hold too much, reading
        begins again behind them. Only short rows are read over the end of a row group: the next may differ.
        """
        with reading(self.path, PARQUET_FAULTS), self._opened(self.path) as file:
            most_by_groups = _ROWS_AT_ONCE if columns else _rows_at_once(_bytes_of_row(file.metadata))
            row, most = first_row, 0
            while row < self.size:
                group, skipped = _place(file.metadata, row)
                end = file.num_row_groups if most == _ROWS_AT_ONCE else group + 1
                for batch in file.iter_batches(
                    most or _ROWS_OF_SAMPLE,
                    row_groups=list(range(group, end)),
                    columns=columns,
                    use_threads=False,
                ):
                    rows = batch.slice(skipped)
                    skipped -= batch.num_rows - rows.num_rows
                    if not rows.num_rows:
                        continue
                    rows.validate(full=True)  # text may be no UTF-8
                    table = pa.Table.from_batches([rows])
                    del batch, rows
                    advance(table.num_rows)
                    row += table.num_rows
                    fitting = min(most_by_groups, _rows_at_once(decoded_bytes(table) / table.num_rows))
                    yield table
                    if not most or fitting * 4 < most:
                        most = fitting
                        break
                else:
                    most = 0

    @staticmethod
    @contextmanager
    def _opened(path: str) -> Iterator[pq.ParquetFile]:
        with open(path, "rb"):  # tells in Python's words what is wrong
            pass
        with pa.OSFile(path) as file:  # copies less than a file of Python
            yield pq.ParquetFile(file, buffer_size=_BYTES_AT_ONCE, pre_buffer=False)


def _place(metadata: pq.FileMetaData, row: int) -> tuple[int, int]:
    """The row group that has a row, and how many rows of it come before."""
    group = 0
    while row >= (rows := metadata.row_group(group).num_rows):
        group, row = group + 1, row - rows
    return group, row


def _bytes_of_row(metadata: pq.FileMetaData) -> float:
    """Of the row group with the longest rows, as it is encoded."""
    groups = map(metadata.row_group, range(metadata.num_row_groups))
    return max((group.total_byte_size / group.num_rows for group in groups if group.num_rows), default=0)


def _rows_at_once(bytes_of_row: float) -> int:
    return max(_FEWEST_ROWS, min(_ROWS_AT_ONCE, int(_BYTES_AT_ONCE / max(bytes_of_row, 1))))


def order_texts(column: pa.ChunkedArray, float_places: int | None) -> pa.LargeStringArray:
    """One text for each value. Raises Error `invalid_value order` for a column that has none."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return order_texts(column.cast(kind.value_type), float_places)
    if pa.types.is_floating(kind):
        texts = text_column(column, "order", float_places)
    else:
        try:
            texts = column.cast(pa.large_string())
        except pa.ArrowException:
            raise Error("invalid_value", "order") from None
    return texts.chunk(0) if texts.num_chunks == 1 else texts.combine_chunks()
