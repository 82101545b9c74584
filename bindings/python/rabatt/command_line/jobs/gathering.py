"""Orders whose rows are not adjacent: these are brought together in files, priced, and laid down again in the
order of the table."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from rabatt import _rabatt
from rabatt.command_line.file_faults import writing
from rabatt.command_line.jobs.chunk_pricing import ROW, PricedRows, Pricing, rows_between
from rabatt.command_line.jobs.findings import Findings
from rabatt.command_line.jobs.input_tables import InputTable, Rows, order_texts
from rabatt.command_line.jobs.order_scan import OrderScan
from rabatt.command_line.jobs.whole_orders import ROWS_OF_PIECE
from rabatt.command_line.jobs.workers import in_order
from rabatt.command_line.progress import Advance

_MOST_GROUPS = 512  # files that are open together
_MOST_RANGES = 256
_ROWS_AT_ONCE = 65_536
_LINE = "line"  # of the file
_FAULTS = (OSError, pa.ArrowException)


def groups_of(
    scattered: _rabatt.ScatteredOrders, rows: Rows, float_places: int | None, count: int = 1
) -> pa.Int32Array:
    """Of each row: −1, or the group in which its order is whole."""
    texts = order_texts(rows.table.column("order"), float_places)
    groups = scattered.groups(texts.__arrow_c_array__()[1], count)
    return pa.Array.from_buffers(pa.int32(), len(texts), [None, pa.py_buffer(groups)])


class Gathered:
    """The results of such rows, in files of a folder: rows of a range by their numbers."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.folder = folder
        self.rows_of_bucket = max(_ROWS_AT_ONCE, rows // _MOST_RANGES + 1)

    def gather(
        self, table: InputTable, scan: OrderScan, pricing: Pricing, threads: int, advance: Advance
    ) -> Findings:
        """Reads the table once. `advance` goes over the rows when they are read, and again when priced."""
        count = min(_MOST_GROUPS, scan.rows // ROWS_OF_PIECE + 1)
        groups = _Buckets(self.folder, "group")
        begin = 0
        for piece in table.pieces():
            bucket = groups_of(scan.scattered, piece, table.float_places.get("order"), count)
            chosen = pc.indices_nonzero(pc.greater_equal(bucket, 0))
            if len(chosen):
                groups.add(
                    _spilled(piece.take(chosen), pc.add(chosen.cast(pa.int64()), begin)), bucket.take(chosen)
                )
            begin += len(piece)
            advance(len(piece))
        groups.close()
        findings = Findings()
        lines, orders = _Buckets(self.folder, "lines"), _Buckets(self.folder, "orders")
        for priced in in_order(lambda group: _priced(group, pricing), groups.taken(), threads):
            for buckets, results in ((lines, priced.lines), (orders, priced.orders)):
                numbers = results.column(ROW).combine_chunks()
                buckets.add(results, pc.divide(numbers, self.rows_of_bucket).cast(pa.int32()))
            findings.add(priced.findings)
            advance(priced.lines.num_rows)
        lines.close()
        orders.close()
        return findings

    def results(self, name: str, first_row: int, end_row: int) -> list[pa.Table]:
        """`lines` or `orders` of the rows from `first_row` to `end_row`."""
        buckets = range(first_row // self.rows_of_bucket, (end_row - 1) // self.rows_of_bucket + 1)
        tables = (table for bucket in buckets for table in _read(_path(self.folder, name, bucket)))
        return [rows_between(table, first_row, end_row) for table in tables]


def _priced(group: pa.Table, pricing: Pricing) -> PricedRows:
    """Of rows that were spilled."""
    file_lines = group.column(_LINE) if _LINE in group.column_names else None
    known = group.drop_columns([ROW] if file_lines is None else [ROW, _LINE])
    return pricing.price(Rows(known, file_lines), group.column(ROW).combine_chunks())


def _spilled(rows: Rows, numbers: pa.Int64Array) -> pa.Table:
    """What pricing needs, without dictionaries: those of files may differ from piece to piece."""
    table = rows.known()
    for index, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            kind = field.type.value_type
            plain = table.column(index).cast(pa.large_string() if pa.types.is_string_view(kind) else kind)
            table = table.set_column(index, field.name, plain)
    table = table.append_column(ROW, numbers)
    return table if rows.file_lines is None else table.append_column(_LINE, rows.file_lines)


class _Buckets:
    """Tables of one schema, dealt out to files."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self.waiting: list[tuple[pa.Table, pa.Int32Array]] = []
        self.rows = 0
        self.open: dict[int, tuple[pa.ipc.RecordBatchStreamWriter, BinaryIO]] = {}
        self.names: list[int] = []

    def add(self, table: pa.Table, buckets: pa.Int32Array) -> None:
        self.waiting.append((table, buckets))
        self.rows += table.num_rows
        if self.rows >= _ROWS_AT_ONCE:
            self._write()

    def close(self) -> None:
        """Raises Error `file_not_writable`, as `add` may."""
        self._write()
        with writing(self.folder, _FAULTS):
            for writer, file in self.open.values():
                writer.close()
                file.close()
        self.names = sorted(self.open)
        self.open.clear()

    def taken(self) -> Iterator[pa.Table]:
        """What is in each bucket, and then in none."""
        for bucket in self.names:
            path = _path(self.folder, self.name, bucket)
            table = pa.concat_tables(_read(path))
            with writing(self.folder, _FAULTS):
                os.unlink(path)
            yield table

    def _write(self) -> None:
        if not self.rows:
            return
        table = pa.concat_tables([table for table, _ in self.waiting])
        buckets = pa.concat_arrays([bucket for _, bucket in self.waiting])
        self.waiting, self.rows = [], 0
        order = pc.array_sort_indices(buckets)
        table, runs = table.take(order), pc.run_end_encode(buckets.take(order))
        first = 0
        with writing(self.folder, _FAULTS):
            for bucket, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
                self._file(bucket, table.schema).write_table(table.slice(first, end - first))
                first = end

    def _file(self, bucket: int, schema: pa.Schema) -> pa.ipc.RecordBatchStreamWriter:
        if bucket not in self.open:
            file = open(_path(self.folder, self.name, bucket), "wb")  # noqa: SIM115
            self.open[bucket] = pa.ipc.new_stream(file, schema), file
        return self.open[bucket][0]


def _path(folder: Path, name: str, bucket: int) -> Path:
    return folder / f"{name}-{bucket:05}.arrow"


def _read(path: Path) -> Iterator[pa.Table]:
    """As they were written, one by one; none where there is no file."""
    if not path.exists():
        return
    with writing(path, _FAULTS), open(path, "rb") as file, pa.ipc.open_stream(file) as reader:
        for batch in reader:
            yield pa.Table.from_batches([batch])
