"""A table of any size, priced piece by piece."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from rabatt import _rabatt
from rabatt.arrow_lines import LARGEST_SCALE, PRICE_COLUMNS, text_places
from rabatt.arrow_orders import Fit
from rabatt.book import Book, compiled
from rabatt.command_line.file_faults import telling_columns
from rabatt.command_line.jobs.chunk_pricing import (
    ROW,
    SUBJECT,
    PricedRows,
    Pricing,
    by_row,
    counts_of,
    numbers_of,
)
from rabatt.command_line.jobs.completed import completed, with_order
from rabatt.command_line.jobs.findings import Counts, Findings
from rabatt.command_line.jobs.gathering import Gathered, groups_of
from rabatt.command_line.jobs.input_tables import InputTable, Rows
from rabatt.command_line.jobs.order_scan import scan_orders
from rabatt.command_line.jobs.rejects import rejected
from rabatt.command_line.jobs.whole_orders import whole_orders
from rabatt.command_line.jobs.workers import in_order
from rabatt.command_line.progress import progress


@dataclass(frozen=True, slots=True)
class PricedPiece:
    """Adjacent rows of the input with their results; the orders that begin among them; the rows that could
    not be priced, where those are wanted."""

    first_row: int
    lines: pa.Table
    orders: pa.Table
    rejects: pa.Table | None
    counts: Counts
    findings: Findings  # of orders whose rows are adjacent


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is known before the first row is priced: how many rows there are, the places of decimal columns
    (None: as many as the rows need), whose rows are not adjacent (None: nobody's), and what is found of
    those."""

    rows: int
    places: int | None
    scattered: _rabatt.ScatteredOrders | None
    findings: Findings


@dataclass(frozen=True)
class TableJob:
    """`fit` is that of the results; `in_parts` whether decimal columns have the same places however few rows
    there are; `rejects` whether bad rows are wanted by themselves. `folder` is for what does not fit into
    memory."""

    book: Book
    table: InputTable
    fit: Fit
    threads: int
    in_parts: bool
    rejects: bool
    folder: Path

    def prepare(self, show_progress: bool) -> Prepared:
        """Reads the table: once where it is short, and twice where orders are scattered over it. Raises Error
        for whatever it cannot price."""
        with telling_columns(self.table.path):
            self._pricing(None).price(Rows(self.table.schema.empty_table()), numbers_of(0, 0))
        first = list(islice(self._cut(0), 2))
        if len(first) < 2:
            places = self._places(text_places(first[0].table) if first else 0) if self.in_parts else None
            return Prepared(sum(map(len, first)), places, None, Findings())
        del first
        with progress("reading", self.table.size, show_progress) as advance:
            scan = scan_orders(self.table, advance)
        places = self._places(scan.text_places)
        if not scan.scattered.any:
            return Prepared(scan.rows, places, None, Findings())
        with progress("gathering", 2 * scan.rows, show_progress) as advance:
            gathered = Gathered(self.folder, scan.rows)
            findings = gathered.gather(self.table, scan, self._pricing(places), self.threads, advance)
        return Prepared(scan.rows, places, scan.scattered, findings)

    def pieces(self, prepared: Prepared, first_row: int) -> Iterator[PricedPiece]:
        """From that row on, which begins a piece. A table without rows is one piece."""
        pieces = self._cut(first_row) if prepared.rows else [Rows(self.table.schema.empty_table())]
        numbered = _with_first_rows(pieces, first_row)
        return in_order(lambda piece: self._priced_piece(*piece, prepared), numbered, self.threads)

    def _places(self, text_places: int) -> int:
        """Of decimal columns: what the book and the columns of prices need, at most 20."""
        places = [compiled(self.book).places, text_places]
        for name in PRICE_COLUMNS:
            if name in self.table.schema.names:
                kind = self.table.schema.field(name).type
                places.append(
                    kind.scale if pa.types.is_decimal(kind) else self.table.float_places.get(name, 0)
                )
        return min(max(places), LARGEST_SCALE)

    def _pricing(self, places: int | None) -> Pricing:
        stated = self.table.float_places
        return Pricing(self.book, self.table.path, self.fit, places, stated, self.rejects)

    def _cut(self, first_row: int) -> Iterator[Rows]:
        return whole_orders(self.table.pieces(first_row), self.table.float_places.get("order"))

    def _priced_piece(self, first_row: int, rows: Rows, prepared: Prepared) -> PricedPiece:
        return self._completed(rows, first_row, self._priced(rows, first_row, prepared))

    def _priced(self, rows: Rows, first_row: int, prepared: Prepared) -> PricedRows:
        pricing = self._pricing(prepared.places)
        numbers = numbers_of(first_row, len(rows))
        if not prepared.scattered:
            return pricing.price(rows, numbers)
        groups = groups_of(prepared.scattered, rows, self.table.float_places.get("order"))
        own = pc.indices_nonzero(pc.less(groups, 0))
        if len(own) == len(rows):
            return pricing.price(rows, numbers)
        priced = pricing.price(rows.take(own), numbers.take(own))
        gathered, end = Gathered(self.folder, prepared.rows), first_row + len(rows)
        return PricedRows(
            by_row([priced.lines, *gathered.results("lines", first_row, end)]),
            by_row([priced.orders, *gathered.results("orders", first_row, end)]),
            priced.findings,
        )

    def _completed(self, rows: Rows, first_row: int, priced: PricedRows) -> PricedPiece:
        beside = [name for name in (ROW, SUBJECT) if name in priced.lines.column_names]
        bad = Counter(dict(counts_of(priced.lines.column("status"))))
        warned = pc.sum(pc.greater(priced.orders.column("warnings"), 0)).as_py() or 0
        return PricedPiece(
            first_row,
            completed(rows.table, priced.lines.drop_columns(beside), self.table.float_places),
            with_order(priced.orders, rows.table, first_row, ROW),
            rejected(rows, priced.lines, self.table.float_places) if self.rejects else None,
            Counts(len(rows), bad, warned),
            priced.findings,
        )


def _with_first_rows(pieces: Iterable[Rows], first_row: int) -> Iterator[tuple[int, Rows]]:
    for rows in pieces:
        yield first_row, rows
        first_row += len(rows)
