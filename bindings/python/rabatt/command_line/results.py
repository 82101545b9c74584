"""Results as they are written: CSV, JSON, JSON lines, Parquet, or tables for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Literal

from rabatt import _rabatt
from rabatt.command_line.csv_files import Columns, csv_lines
from rabatt.command_line.destinations import Destination
from rabatt.command_line.formats import OutputFormat
from rabatt.command_line.tables import PricedTables


@dataclass(frozen=True, slots=True)
class Output:
    """Where one of the two tables goes, and how it is written."""

    to: Destination
    form: OutputFormat

    def write(self, blocks: Iterable[bytes]) -> None:
        for block in blocks:
            self.to.write(block)


@dataclass(frozen=True, slots=True)
class Outputs:
    lines: Output
    orders: Output | None

    def any_parquet(self) -> bool:
        return "parquet" in (self.lines.form, self.orders and self.orders.form)


def write_tables(outputs: Outputs, priced: PricedTables) -> None:
    outputs.lines.write(_lines(priced, outputs.lines.form))
    write_orders(outputs, priced)


def write_orders(outputs: Outputs, priced: PricedTables) -> None:
    if outputs.orders:
        outputs.orders.write(_orders(priced, outputs.orders.form))


def as_json(texts: Iterable[str], form: Literal["json", "jsonl"]) -> Iterator[bytes]:
    """JSON texts as lines, or as one array with an element on each line.

    >>> b"".join(as_json(["1", "2"], "json"))
    b'[\\n1,\\n2\\n]\\n'
    """
    laid_out = JsonLayout(form)
    yield from map(laid_out.next, texts)
    if end := laid_out.end():
        yield end


@dataclass(slots=True)
class JsonLayout:
    """The same, text by text."""

    form: Literal["json", "jsonl"]
    is_empty: bool = True

    def next(self, text: str) -> bytes:
        if self.form == "jsonl":
            return f"{text}\n".encode()
        before = "[" if self.is_empty else ","
        self.is_empty = False
        return f"{before}\n{text}".encode()

    def end(self) -> bytes:
        if self.form == "jsonl":
            return b""
        return b"[]\n" if self.is_empty else b"\n]\n"


def _lines(priced: PricedTables, form: OutputFormat) -> Iterable[bytes]:
    if form == "parquet":
        from rabatt.command_line.parquet_files import parquet_of

        return [parquet_of(priced.arrow.lines)]
    if form == "table":
        from rabatt.command_line import order_screen, screen

        return [screen.rendered(*order_screen.priced_lines(priced.texts.lines, priced.texts.orders))]
    return _texts(priced.texts.lines, frozenset(), form, priced.line_end)


def _orders(priced: PricedTables, form: OutputFormat) -> Iterable[bytes]:
    if form == "parquet":
        from rabatt.command_line.parquet_files import parquet_of

        return [parquet_of(priced.arrow.orders)]
    if form == "table":
        from rabatt.command_line import order_screen, screen

        return [screen.rendered(*order_screen.priced_orders(priced.texts.orders))]
    columns = priced.texts.orders
    return _texts(columns, count_columns(columns), form, priced.line_end)


def _texts(
    columns: Columns, counts: Set[str], form: Literal["csv", "json", "jsonl"], line_end: str
) -> Iterable[bytes]:
    return csv_lines(columns, line_end) if form == "csv" else as_json(records(columns, counts), form)


def count_columns(of_orders: Iterable[str]) -> Set[str]:
    """Which columns of orders are integers in JSON. Lines have none: what has such a name there was carried
    through."""
    return {name for name in of_orders if _rabatt.column_kind(name) == "count"}


def records(columns: Columns, counts: Set[str]) -> Iterator[str]:
    """Rows as JSON objects: decimals are texts, blank is null, `counts` are integers. What is carried through
    is text, whatever its name."""
    for row in zip(*columns.values(), strict=True):
        record = {
            name: None if not cell else int(cell) if name in counts else cell
            for name, cell in zip(columns, row, strict=True)
        }
        yield json.dumps(record, ensure_ascii=False, separators=(",", ":"))
