"""Whole orders, priced: their results as tables, and what is to be told of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc

from rabatt import sentences
from rabatt.arrow_orders import Fit, price_order_batch
from rabatt.book import Book
from rabatt.command_line.csv_files import Columns
from rabatt.command_line.float_places import FloatPlaces
from rabatt.command_line.jobs.findings import Finding, Findings
from rabatt.command_line.jobs.input_tables import Rows, order_texts
from rabatt.command_line.one_order import quote_of_rows
from rabatt.command_line.parquet_files import texts_of_rows
from rabatt.command_line.row_subjects import Known, OrderSubjects

#: The columns beside the results: the number of a row in its file, and why it is rejected.
ROW, SUBJECT = "row", "subject"


@dataclass(frozen=True, slots=True)
class Pricing:
    """How all rows of a file are priced. `places` are those of decimal columns, None for as many as the rows
    need; `subjects` tells whether each rejected row is to have one."""

    book: Book
    path: str
    fit: Fit
    places: int | None
    float_places: FloatPlaces
    subjects: bool

    def price(self, rows: Rows, numbers: pa.Int64Array) -> PricedRows:
        """`numbers` are those of the rows in their file, from 0, ascending."""
        known = rows.known()
        lines, orders, _ = price_order_batch(
            self.book,
            known,
            fit=self.fit,
            places=self.places,
            float_places={name: n for name, n in self.float_places.items() if name in known.column_names},
        )
        priced = _PricedPiece(self, rows, known, numbers, lines, orders)
        first_rows = numbers.take(orders.column("first_row").combine_chunks())
        return PricedRows(
            priced.with_subjects() if self.subjects else lines.append_column(ROW, numbers),
            orders.drop_columns("first_row").append_column(ROW, first_rows),
            priced.findings(),
        )


@dataclass(frozen=True, slots=True)
class PricedRows:
    """The results of rows, with their ROW and, where they are wanted, a SUBJECT; those of their orders, with
    the first ROW of each. Of each code the first row is found."""

    lines: pa.Table
    orders: pa.Table
    findings: Findings


@dataclass
class _PricedPiece:
    pricing: Pricing
    rows: Rows
    known: pa.Table
    numbers: pa.Int64Array
    lines: pa.Table
    orders: pa.Table
    known_subjects: Known = field(default_factory=dict)

    @cached_property
    def _bad_rows(self) -> list[int]:
        bad: list[int] = pc.indices_nonzero(pc.not_equal(self.lines.column("status"), "ok")).to_pylist()
        return bad

    @cached_property
    def _statuses(self) -> list[str]:
        statuses: list[str] = self.lines.column("status").to_pylist()
        return statuses

    @cached_property
    def _order_texts(self) -> pa.LargeStringArray:
        return order_texts(self.known.column("order"), self.pricing.float_places.get("order"))

    def _orders_of(self, rows: list[int]) -> list[str | None]:
        orders: list[str | None] = self._order_texts.take(pa.array(rows, pa.int64())).to_pylist()
        return orders

    def _order_of(self, row: int) -> str | None:
        order: str | None = self._order_texts[row].as_py()
        return order

    def _rows_of(self, order: str) -> list[int]:
        found: list[int] = pc.indices_nonzero(pc.equal(self._order_texts, order)).to_pylist()
        return found

    def _rows_by_order(self, orders: Iterable[str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {order: [] for order in orders}
        rows = pc.indices_nonzero(pc.is_in(self._order_texts, pa.array(found, pa.large_string())))
        for row, order in zip(rows.to_pylist(), self._order_texts.take(rows).to_pylist(), strict=True):
            found[order].append(row)
        return found

    def with_subjects(self) -> pa.Table:
        subjects: list[str | None] = [None] * len(self.rows)
        bad: dict[str, list[int]] = {}
        for row, order in zip(self._bad_rows, self._orders_of(self._bad_rows), strict=True):
            if order:
                bad.setdefault(order, []).append(row)
            else:
                subjects[row] = "order"
        for order, rows, of_order in self._subjects_of(bad) if bad else ():
            lines = {row: line for line, row in enumerate(rows)}
            for row in bad[order]:
                subjects[row] = of_order.of(lines[row], self._statuses[row])
        made = self.lines.append_column(ROW, self.numbers)
        return made.append_column(SUBJECT, pa.array(subjects, pa.string()))

    def _subjects_of(self, orders: Iterable[str]) -> Iterator[tuple[str, list[int], OrderSubjects]]:
        """Each order with its rows; their cells become text in one go."""
        rows_of = self._rows_by_order(orders)
        cells = texts_of_rows(
            self.known, list(chain.from_iterable(rows_of.values())), self.pricing.float_places
        )
        begin = 0
        for order, rows in rows_of.items():
            own = slice(begin, begin := begin + len(rows))
            of_order = {name: texts[own] for name, texts in cells.items()}
            yield order, rows, OrderSubjects(self.pricing.book, of_order, self.known_subjects)

    def findings(self) -> Findings:
        first_bad: dict[str, int] = {}
        for row in self._bad_rows:
            first_bad.setdefault(self._statuses[row], row)
        return Findings(
            {code: Finding(self._number(row), self._told(row)) for code, row in first_bad.items()},
            self._first_warning(),
        )

    def _first_warning(self) -> Finding | None:
        warned = pc.indices_nonzero(pc.greater(pc.fill_null(self.orders.column("warnings"), 0), 0))
        if not len(warned):
            return None
        first_row = self.orders.column("first_row")[warned[0].as_py()].as_py()
        order = self._order_of(first_row)
        assert order
        quote = quote_of_rows(self.pricing.book, self._cells_of(self._rows_of(order)))
        return Finding(self._number(first_row), f"order {order}: {sentences.warning(quote.warnings[0])}")

    def _told(self, row: int) -> str:
        """The place of a row, its order, and the cell or the item."""
        order = self._order_of(row)
        if not order:
            return f"{self._place(row)}, order"
        rows = self._rows_of(order)
        subjects = OrderSubjects(self.pricing.book, self._cells_of(rows), self.known_subjects)
        return f"{self._place(row)}, order {order}, {subjects.of(rows.index(row), self._statuses[row])}"

    def _place(self, row: int) -> str:
        if self.rows.file_lines is not None:
            return f"{self.pricing.path} line {self.rows.file_lines[row]}"
        return f"{self.pricing.path} row {self._number(row) + 1}"

    def _cells_of(self, rows: list[int]) -> Columns:
        return texts_of_rows(self.known, rows, self.pricing.float_places)

    def _number(self, row: int) -> int:
        number: int = self.numbers[row].as_py()
        return number


def numbers_of(first_row: int, count: int) -> pa.Int64Array:
    return pa.array(range(first_row, first_row + count), pa.int64())


def by_row(tables: Sequence[pa.Table]) -> pa.Table:
    """All their rows in the order of ROW."""
    table = pa.concat_tables(tables)
    rows = table.column(ROW)
    return table.take(pc.sort_indices(rows)) if len(tables) > 1 else table


def rows_between(table: pa.Table, first: int, end: int) -> pa.Table:
    rows = table.column(ROW)
    return table.filter(pc.and_(pc.greater_equal(rows, first), pc.less(rows, end)))


def counts_of(statuses: pa.ChunkedArray) -> Iterator[tuple[str, int]]:
    """How many rows have each code."""
    for count in pc.value_counts(statuses.filter(pc.not_equal(statuses, "ok"))):
        yield count["values"].as_py(), count["counts"].as_py()
