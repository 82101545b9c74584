"""The two tables of a run: the priced lines, and a row per order; as text, or as Arrow for Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from rabatt.book import Book
from rabatt.command_line.csv_files import Columns, read_csv
from rabatt.command_line.decimal_columns import DecimalRows, decimal_rows
from rabatt.command_line.file_faults import check_is_file, telling_columns
from rabatt.command_line.float_places import FloatPlaces, check_columns
from rabatt.command_line.quote_rows import QuoteRows
from rabatt.order_tables import KNOWN_COLUMNS, price_orders

if TYPE_CHECKING:
    import pyarrow as pa

Table = TypeVar("Table")


@dataclass(frozen=True, slots=True)
class Pair(Generic[Table]):
    lines: Table
    orders: Table


class PricedTables(Protocol):
    line_end: str  # for CSV

    @property
    def texts(self) -> Pair[Columns]: ...

    @property
    def arrow(self) -> Pair[pa.Table]: ...


class OrderFile(Protocol):
    """Orders in a file; reading raises Error. Both forms are the same table; `float_places` are those of its
    columns of floats."""

    path: str
    line_end: str
    float_places: FloatPlaces

    def place(self, row: int) -> str:
        """Where that row, from 0, stands."""

    def read_columns(self, rows: Sequence[int]) -> Columns:
        """The columns that pricing reads, of these rows, as text."""

    @property
    def texts(self) -> Columns: ...

    @property
    def arrow(self) -> pa.Table: ...


class CsvOrders:
    def __init__(self, path: str, float_places: FloatPlaces) -> None:
        self.path = path
        self.texts, self.line_end, self.row_lines = read_csv(path)
        check_columns(float_places, self.texts.keys())
        self.float_places = float_places

    def place(self, row: int) -> str:
        return f"{self.path} line {self.row_lines[row]}"

    def read_columns(self, rows: Sequence[int]) -> Columns:
        return {n: [cells[row] for row in rows] for n, cells in self.texts.items() if n in KNOWN_COLUMNS}

    @cached_property
    def arrow(self) -> pa.Table:
        from rabatt.command_line.parquet_files import table_of_texts

        return table_of_texts(self.texts)


class ParquetOrders:
    line_end = "\n"

    def __init__(self, path: str, float_places: FloatPlaces) -> None:
        from rabatt.command_line.parquet_files import read_parquet

        self.path = path
        self.arrow = read_parquet(path, float_places)
        check_columns(float_places, self.arrow.column_names)
        self.float_places = float_places

    def place(self, row: int) -> str:
        return f"{self.path} row {row + 1}"

    def read_columns(self, rows: Sequence[int]) -> Columns:
        from rabatt.command_line.parquet_files import texts_of_rows

        return texts_of_rows(self.arrow, rows, self.float_places)

    @cached_property
    def texts(self) -> Columns:
        from rabatt.command_line.parquet_files import texts_of_table

        return texts_of_table(self.arrow, self.float_places)


def read_orders(path: str, form: str, float_places: FloatPlaces) -> OrderFile:
    check_is_file(path)
    return (CsvOrders if form == "csv" else ParquetOrders)(path, float_places)


class PricedFile:
    """A file of orders, priced."""

    def __init__(self, book: Book, orders: OrderFile) -> None:
        self.book = book
        self.input = orders
        self.line_end = orders.line_end

    @cached_property
    def texts(self) -> Pair[Columns]:
        with telling_columns(self.input.path):
            priced = price_orders(self.book, self.input.texts)
        return Pair(priced.lines, priced.orders)

    @cached_property
    def arrow(self) -> Pair[pa.Table]:
        with telling_columns(self.input.path):
            priced = price_orders(self.book, self.input.arrow, float_places=self.input.float_places)
        return Pair(priced.lines, priced.orders)


class PricedRequests:
    """Quotes as rows."""

    line_end = "\n"

    def __init__(self, rows: QuoteRows) -> None:
        self.rows = rows
        self.texts: Pair[Columns] = Pair(rows.lines, rows.orders)

    @cached_property
    def decimals(self) -> DecimalRows:
        """Once all quotes are there."""
        return decimal_rows(self.rows)

    @cached_property
    def arrow(self) -> Pair[pa.Table]:
        from rabatt.command_line.parquet_files import table_of_results

        fitted = self.decimals
        return Pair(*(table_of_results(table, fitted.places) for table in (fitted.lines, fitted.orders)))
