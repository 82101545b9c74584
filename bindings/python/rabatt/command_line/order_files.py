"""Orders as one table, out of CSV and Parquet files, and their prices as text or as Arrow."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from rabatt.book import Book
from rabatt.command_line.csv_files import Columns, CsvTable, read_csv
from rabatt.command_line.destinations import reason
from rabatt.command_line.failures import Failures
from rabatt.errors import Error
from rabatt.order_tables import KNOWN_COLUMNS, PricedOrders, price_orders

if TYPE_CHECKING:
    import pyarrow as pa


class OrderFile(Protocol):
    """The rows of a file; both forms are the same table."""

    line_end: str

    @property
    def columns(self) -> dict[str, list[str | None]]: ...

    @property
    def arrow(self) -> "pa.Table": ...


class CsvOrders:
    def __init__(self, path: str) -> None:
        table: CsvTable = read_csv(path)
        self.columns: dict[str, list[str | None]] = dict(table.columns)
        self.line_end = table.line_end

    @property
    def arrow(self) -> "pa.Table":
        import pyarrow as pa

        return pa.table({name: pa.array([c or None for c in cells], pa.string()) for name, cells in self.columns.items()})
