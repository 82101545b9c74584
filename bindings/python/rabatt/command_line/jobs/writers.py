"""Tables of results as files, piece by piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias, get_args

import pyarrow as pa
import pyarrow.parquet as pq

from rabatt.command_line.csv_files import names_line
from rabatt.command_line.destinations import Destination
from rabatt.command_line.float_places import FloatPlaces
from rabatt.command_line.formats import OutputFormat
from rabatt.command_line.jobs.csv_rows import csv_text
from rabatt.command_line.parquet_files import text_table, texts_of_table
from rabatt.command_line.results import JsonLayout, records

#: The formats that a table of any size is written in.
TableFormat: TypeAlias = Literal["csv", "json", "jsonl", "parquet"]
TABLE_FORMATS: Sequence[str] = get_args(TableFormat)


class TableWriter(Protocol):
    """All that goes to one destination; writing raises Error `file_not_writable`, or PipeClosed."""

    def add(self, table: pa.Table) -> None:
        """More rows, of the writer's schema."""

    def close(self) -> None:
        """After the last; the destination stays open."""

    def drop(self) -> None:
        """Nothing more is written: what is there is of no use."""


def table_format(form: OutputFormat) -> TableFormat:
    """One that is known to be no table for people."""
    assert form != "table"
    return form


@dataclass(frozen=True, slots=True)
class Style:
    """What all tables of a run have in common: how lines of CSV end, with how many places columns of floats
    become text, and what a Parquet file says of itself."""

    line_end: str
    float_places: FloatPlaces
    about: Mapping[str, str]


def table_writer(
    form: TableFormat,
    to: Destination,
    schema: pa.Schema,
    style: Style,
    counts: Set[str] = frozenset(),
    with_names: bool = True,
) -> TableWriter:
    """`counts` are the columns that are integers in JSON, where all else is text; CSV begins with the names
    of the columns, or with the first row."""
    if form == "parquet":
        return _ParquetWriter(to, schema, style)
    if form == "csv":
        if with_names:
            to.write(names_line(schema.names, style.line_end))
        return _CsvWriter(to, style)
    return _JsonWriter(to, form, counts, style)


class _CsvWriter:
    def __init__(self, to: Destination, style: Style) -> None:
        self.to = to
        self.style = style

    def add(self, table: pa.Table) -> None:
        self.to.write(csv_text(text_table(table, self.style.float_places), self.style.line_end))

    def close(self) -> None:
        pass

    def drop(self) -> None:
        pass


class _JsonWriter:
    def __init__(
        self, to: Destination, form: Literal["json", "jsonl"], counts: Set[str], style: Style
    ) -> None:
        self.to = to
        self.laid_out = JsonLayout(form)
        self.counts = counts
        self.style = style

    def add(self, table: pa.Table) -> None:
        for text in records(texts_of_table(table, self.style.float_places), self.counts):
            self.to.write(self.laid_out.next(text))

    def close(self) -> None:
        if end := self.laid_out.end():
            self.to.write(end)

    def drop(self) -> None:
        pass


class _ParquetWriter:
    def __init__(self, to: Destination, schema: pa.Schema, style: Style) -> None:
        said = {name.encode(): text.encode() for name, text in style.about.items()}
        self.schema = schema.with_metadata({**(schema.metadata or {}), **said})
        self.sink = _Sink(to)
        self.writer = pq.ParquetWriter(pa.PythonFile(self.sink, "w"), self.schema)

    def add(self, table: pa.Table) -> None:
        self.writer.write_table(table.replace_schema_metadata(self.schema.metadata))

    def close(self) -> None:
        self.writer.close()

    def drop(self) -> None:
        self.sink.to = None
        self.writer.close()


class _Sink:
    """A destination as PyArrow writes to it."""

    closed = False

    def __init__(self, to: Destination) -> None:
        self.to: Destination | None = to

    def write(self, content: Any) -> int:
        if self.to:
            self.to.write(bytes(content))
        return len(content)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass
