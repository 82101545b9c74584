"""Tables of lines through Arrow: the engine reads their columns where they lie."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc

from rabatt import _rabatt
from rabatt.arrow_capsules import ArrayCapsules, SchemaCapsule
from rabatt.arrow_cells import kept_where_bad, texts_of
from rabatt.arrow_tables import ArrowTable, frame_of, no_table
from rabatt.book import batch_pricer
from rabatt.errors import Error
from rabatt.line_tables import LINE_COLUMNS, LineOptions
from rabatt.order_tables import checked_places

_MOST_ROWS = 1 << 20  # of a batch of a stream
_DIGITS = 38  # of a decimal128
LARGEST_SCALE = 20  # of the engine's own choice; what needs more is overflow
_MOST_TEXT_PLACES = 12  # of a cell that widens all others' columns: 26 digits before the point are left
_PRICE = rf"^[0-9]+\.[0-9]{{0,{_MOST_TEXT_PLACES - 1}}}[1-9]0*$"
PRICE_COLUMNS = ("list_price", "manual_price")


class LinePricer:
    """Prices batches of one schema."""

    def __init__(
        self, options: LineOptions, schema: pa.Schema, text_places: int = 0, blank: Collection[str] = ()
    ) -> None:
        """`text_places` is what prices in columns of texts need; the types of `blank` columns say nothing."""
        self.options = options
        self.float_places = {
            name: places for name, places in options.float_places.items() if name in LINE_COLUMNS
        }
        for name in self.float_places:
            schema = schema.set(schema.get_field_index(name), pa.field(name, pa.string()))
        self.read_as: dict[str, pa.DataType] = dict.fromkeys(blank, pa.null())
        stated = [places for name, places in self.float_places.items() if name in PRICE_COLUMNS]
        for index, field in enumerate(schema):
            kind = self.read_as.get(field.name) or _read_for(field.type)
            if field.name not in LINE_COLUMNS or not kind:
                continue
            self.read_as[field.name] = kind
            schema = schema.set(index, pa.field(field.name, kind))
            if pa.types.is_string(kind) and field.name in PRICE_COLUMNS:
                stated.append(min(_value_type(field.type).scale, LARGEST_SCALE))
        self.pricer = self._bound(schema, options.places)
        places = max([text_places, *stated])
        if options.places is None and places > self.pricer.places:
            self.pricer = self._bound(schema, places)
        # where a row is not ok, what stands in such columns stays
        self.replaced = {name for name in options.columns if name in schema.names and name != "status"}
        self.fields = [self._field(field) for field in pa.schema(SchemaCapsule(self.pricer.schema()))]

    def _bound(self, schema: pa.Schema, places: int | None) -> _rabatt.ArrowPricer:
        options = self.options
        columns = {"status", *options.columns}
        return _rabatt.ArrowPricer(
            batch_pricer(options.book),
            schema.__arrow_c_schema__(),
            options.date,
            options.currency,
            sorted(columns),
            options.threads,
            places,
        )

    def _field(self, field: pa.Field) -> pa.Field:
        """What stays has texts that no dictionary has."""
        is_text = pa.types.is_dictionary(field.type) and field.name in self.replaced
        return field.with_type(pa.string()) if is_text else field

    def results(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The columns that are wanted, in their order."""
        read = batch
        for name, places in self.float_places.items():
            texts = texts_of(pa.chunked_array([batch[name]]), name, places)
            read = read.set_column(batch.schema.get_field_index(name), name, pa.array(texts, pa.string()))
        for name, kind in self.read_as.items():
            read = read.set_column(
                batch.schema.get_field_index(name), name, _narrowed(batch[name], name, kind)
            )
        _, lines = read.__arrow_c_array__()
        priced = pa.record_batch(ArrayCapsules(self.pricer.schema(), self.pricer.price(lines)))
        columns = [
            self._replacing(priced, batch, field) if field.name in self.replaced else priced[field.name]
            for field in self.fields
        ]
        wanted = [index for index, field in enumerate(self.fields) if field.name in self.options.columns]
        return pa.record_batch(
            [columns[index] for index in wanted], pa.schema([self.fields[i] for i in wanted])
        )

    def _replacing(self, priced: pa.RecordBatch, batch: pa.RecordBatch, field: pa.Field) -> pa.Array:
        is_bad = pc.not_equal(priced["status"].indices, pa.scalar(0, pa.int8()))
        result = priced[field.name].cast(field.type)
        column = pa.chunked_array([batch[field.name]])
        return kept_where_bad(result, is_bad, column, field.name, self.float_places.get(field.name))

    def completed(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with its results."""
        results = self.results(batch)
        for field, column in zip(results.schema, results.columns, strict=True):
            index = batch.schema.get_field_index(field.name)
            if index < 0:
                batch = batch.append_column(field, column)
            else:
                batch = batch.set_column(index, field, column)
        return batch


def priced_lines(options: LineOptions, lines: Any) -> Any:
    """A table of the kind that went in."""
    if isinstance(lines, pa.RecordBatchReader):
        return priced_stream(options, lines)
    if isinstance(lines, pa.RecordBatch):
        checked_places(options.float_places, lines.schema.names)
        return _pricer_of(lines, options).completed(lines)
    table = frame_of(lines)
    checked_places(options.float_places, table.names)
    read = _read_columns(table, options)
    pricer = _pricer_of(read, options)
    batches = [pricer.results(batch) for batch in read.to_batches()]
    fields = pa.schema(field for field in pricer.fields if field.name in options.columns)
    return table.with_arrow_columns(pa.Table.from_batches(batches, fields))


def priced_stream(options: LineOptions, lines: Any) -> pa.RecordBatchReader:
    """Batch by batch, as they are asked for."""
    reader, blank = _reader(lines)
    checked_places(options.float_places, reader.schema.names)
    pricer = LinePricer(options, reader.schema, blank=blank)
    schema = pricer.completed(_empty(reader.schema)).schema

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in reader:
            for first in range(0, len(batch), _MOST_ROWS):
                yield pricer.completed(batch.slice(first, _MOST_ROWS))

    return pa.RecordBatchReader.from_batches(schema, batches())


def _pricer_of(lines: pa.Table | pa.RecordBatch, options: LineOptions) -> LinePricer:
    needed = text_places(lines) if options.places is None else 0
    return LinePricer(options, lines.schema, needed, _blank_columns(lines))


def _blank_columns(table: pa.Table | pa.RecordBatch) -> list[str]:
    """Those without a value: their types, which may be made up, say nothing but the places of decimals."""
    return [
        name
        for name, column in zip(table.schema.names, table.columns, strict=True)
        if name in LINE_COLUMNS
        and column.null_count == len(column)
        and not (name in PRICE_COLUMNS and pa.types.is_decimal(_value_type(column.type)))
    ]


def _read_for(kind: pa.DataType) -> pa.DataType | None:
    """What a column is read as that the engine does not read where it lies, decimal256: decimal128 where this
    holds all that the type does, else text, so that a number that is too wide is a fault of its row alone."""
    value = _value_type(kind)
    if not pa.types.is_decimal256(value):
        return None
    fits = value.precision <= _DIGITS and 0 <= value.scale <= value.precision
    return pa.decimal128(value.precision, value.scale) if fits else pa.string()


def _narrowed(column: pa.Array, name: str, kind: pa.DataType) -> pa.Array:
    if pa.types.is_null(kind):
        return pa.nulls(len(column))
    if pa.types.is_string(kind):
        return pa.array(texts_of(pa.chunked_array([column]), name, None), kind)
    return column.cast(_value_type(column.type)).cast(kind)


def _value_type(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _empty(schema: pa.Schema) -> pa.RecordBatch:
    return pa.record_batch([pa.array([], field.type) for field in schema], schema)


def _read_columns(table: ArrowTable, options: LineOptions) -> pa.Table:
    """Without those that pricing leaves alone: they need not be converted."""
    read = [name for name in table.names if name in LINE_COLUMNS or name in options.columns]
    if not read:
        raise Error("missing_field", "item")
    native = table.frame.select(*read).to_native()
    # Polars hands out its own layout of texts; to_arrow() would rewrite them
    return pa.table(native) if table.frame.implementation.is_polars() else table.arrow(read)


def text_places(table: pa.Table | pa.RecordBatch) -> int:
    """The most places that prices which are texts need: their columns do not say. What is no price, or needs
    more than 12, is a fault of its row alone, and does not count."""
    most = 0
    for name in PRICE_COLUMNS:
        if name not in table.schema.names:
            continue
        kind = _value_type(table.schema.field(name).type)
        if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
            texts = table[name].cast(pa.large_string())
            digits = pc.binary_length(pc.ascii_ltrim(texts, "0"))  # and the point
            is_price = pc.and_(pc.match_substring_regex(texts, _PRICE), pc.less_equal(digits, _DIGITS + 1))
            prices = pc.ascii_rtrim(texts.filter(is_price), "0")
            places = pc.subtract(pc.binary_length(prices), pc.find_substring(prices, "."))  # and the point
            most = max(most, (pc.max(places).as_py() or 1) - 1)
    return most


def _reader(lines: Any) -> tuple[pa.RecordBatchReader, Collection[str]]:
    """And the columns that are known to be blank."""
    if nw.dependencies.is_pandas_dataframe(lines):
        table = frame_of(lines).arrow()
        return table.to_reader(), _blank_columns(table)
    return _reader_of_stream(lines), ()


def _reader_of_stream(lines: Any) -> pa.RecordBatchReader:
    if isinstance(lines, pa.RecordBatchReader):
        return lines
    if hasattr(lines, "to_arrow_reader"):  # a relation of DuckDB, which would be read as a whole
        return lines.to_arrow_reader(_MOST_ROWS)
    if hasattr(lines, "__arrow_c_stream__"):
        return pa.RecordBatchReader.from_stream(lines)
    if hasattr(lines, "__arrow_c_array__"):
        return pa.table(lines).to_reader()
    raise no_table(lines)
