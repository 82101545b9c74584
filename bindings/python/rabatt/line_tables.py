"""Lines as tables: every row is a document of its own, priced by the million."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, overload

from rabatt.book import Book
from rabatt.errors import Error
from rabatt.order_tables import (
    KNOWN_COLUMNS,
    check_number_of_places,
    checked_places,
    checked_threads,
    price_orders,
)
from rabatt.texts import DateLike, day_text

if TYPE_CHECKING:
    import pyarrow as pa

Table = TypeVar("Table")

#: The columns that pricing makes.
RESULT_COLUMNS = (
    "status",
    "list_price",
    "unit_price",
    "discount",
    "gross",
    "discount_amount",
    "net",
    "unit_net",
    "list_amount",
    "saved",
    "source",
    "applied_campaign",
    "applied_price_book",
)

#: The columns that are read: a line has no other line to be in an order with, no tax and no payment.
LINE_COLUMNS = KNOWN_COLUMNS - {"order", "payment_term", "tax_rate"}


@dataclass(frozen=True, slots=True)
class LineOptions:
    """What all ways of pricing lines have in common."""

    book: Book
    date: str | None
    currency: str | None
    columns: tuple[str, ...]  # wanted ones
    threads: int
    float_places: Mapping[str, int]
    places: int | None  # of decimal columns; None: what is needed


@overload
def price_lines(
    book: Book,
    lines: Mapping[str, Sequence[Any]],
    *,
    date: DateLike | None = None,
    currency: str | None = None,
    columns: Sequence[str] | None = None,
    threads: int = 1,
    float_places: Mapping[str, int] | None = None,
    places: int | None = None,
) -> dict[str, list[Any]]: ...


@overload
def price_lines(
    book: Book,
    lines: Table,
    *,
    date: DateLike | None = None,
    currency: str | None = None,
    columns: Sequence[str] | None = None,
    threads: int = 1,
    float_places: Mapping[str, int] | None = None,
    places: int | None = None,
) -> Table: ...


def price_lines(
    book: Book,
    lines: Any,
    *,
    date: DateLike | None = None,
    currency: str | None = None,
    columns: Sequence[str] | None = None,
    threads: int = 1,
    float_places: Mapping[str, int] | None = None,
    places: int | None = None,
) -> Any:
    """Prices every row of a table as a document of its own, more than ten million a second and core.

    `lines` is a data frame of pandas, Polars, PyArrow or DuckDB, anything else with the Arrow PyCapsule
    interface (it comes back as a PyArrow table), or a mapping of column names to lists. A PyArrow
    `RecordBatchReader` comes back as one, priced as it is read: see `price_line_stream`.

    The columns are the words of the request: `item` and `quantity` must be there, `date` and `currency` too
    unless they are given for all rows; `customer`, `organisation`, `campaign`, `code`, `prices_include_tax`,
    `unit`, `list_price`, `manual_price`, `manual_discount` may be. All others stay as they are, `order`,
    `payment_term` and `tax_rate` among them: what belongs together is priced by `price_orders`.

    The table that comes back has the input's columns, then those of `columns`, by default all: `status`
    (`ok`, or the code of the row's error), `list_price`, `unit_price`, `discount`, `gross`,
    `discount_amount`, `net`, `unit_net`, `list_amount`, `saved`, `source`, `applied_campaign`,
    `applied_price_book`. An input column of such a name is replaced in its place; where the status is not
    `ok` the input stays, if the column can hold it. Decimals come back as decimal128(38, s), in pandas too
    (Arrow-backed), s being the places that the book and the columns of prices need, at most 20, and 12 for
    `discount`; `status`, `source` and the `applied` ones as dictionaries (categoricals). In mappings decimals
    are text.

    Columns of prices that are texts need what their cells need. A cell with more than 12 places does not
    count: its row is `overflow`, and all others keep 26 digits before the point. `places`, 0 to 38, states s
    instead; what needs more is `overflow`. Mappings have no use for it.

    Columns of numbers are read where they lie, and no input column is copied, but for those of decimal256. A
    column without a value may be of any type. The fastest form is dictionary-encoded codes, integers or
    decimals as quantities, and one date and currency for all: rows of many dates take many times longer.

    A bad row has its code in `status` and changes no other row; a row whose amount does not fit 38 digits is
    `overflow`. Raises Error for the table as a whole: `missing_field` with all columns that are missing,
    `duplicate_field` with the column (also for a date or currency that is given twice), `invalid_decimal` for
    a column of floats, unless `float_places` states the places to read it with, `invalid_value` for a column
    of another kind, for a name in `columns` that is none and for such `places`, `invalid_date` for timestamps
    with a zone and for a `date` that is none (of mappings each row has it). TypeError where `lines` is no
    table, `book` no Book or `columns` a str.

    >>> book = Book.from_dict({"items": [{"item": "TEA", "prices": {"EUR": "9.99"}}]})
    >>> lines = {"item": ["TEA", "TEA", "COFFEE"], "quantity": [1, 3, 2]}
    >>> priced = price_lines(book, lines, date="2026-03-10", currency="EUR", columns=["status", "net"])
    >>> priced["status"], priced["net"]
    (['ok', 'ok', 'unknown_item'], ['9.99', '29.97', None])
    """
    options = _options(book, date, currency, columns, threads, float_places, places)
    if isinstance(lines, Mapping):
        return _priced_lists(options, lines)
    from rabatt import arrow_lines  # PyArrow takes a while to load

    return arrow_lines.priced_lines(options, lines)


def price_line_stream(
    book: Book,
    lines: Any,
    *,
    date: DateLike | None = None,
    currency: str | None = None,
    columns: Sequence[str] | None = None,
    threads: int = 1,
    float_places: Mapping[str, int] | None = None,
    places: int | None = None,
) -> pa.RecordBatchReader:
    """The same as `price_lines`, as a PyArrow `RecordBatchReader` that prices a batch when it is asked for.

    `lines` is a `RecordBatchReader` or anything with the Arrow PyCapsule interface. Never more than one batch
    is in memory, and batches of more than a million rows are cut: tables of any size can be priced from a
    file into a file. Errors of the table as a whole are raised here, those of the stream where it is read.

    Decimal columns have their places before the first row is read, so that cells of texts do not count: where
    prices are texts with more places than the book has, state `places`, or their rows are `overflow`. Types
    count, too, also of columns without a value, unless `lines` is of pandas.

    >>> import pyarrow as pa
    >>> book = Book.from_dict({"items": [{"item": "TEA", "prices": {"EUR": "9.99"}}]})
    >>> batches = (pa.record_batch({"item": ["TEA"], "quantity": [n]}) for n in range(1, 4))
    >>> schema = pa.schema({"item": pa.string(), "quantity": pa.int64()})
    >>> lines = pa.RecordBatchReader.from_batches(schema, batches)
    >>> priced = price_line_stream(book, lines, date="2026-03-10", currency="EUR", columns=["net"])
    >>> [str(batch["net"][0]) for batch in priced]
    ['9.99000', '19.98000', '29.97000']
    """
    from rabatt import arrow_lines

    options = _options(book, date, currency, columns, threads, float_places, places)
    return arrow_lines.priced_stream(options, lines)


def _options(
    book: Book,
    date: DateLike | None,
    currency: str | None,
    columns: Sequence[str] | None,
    threads: int,
    float_places: Mapping[str, int] | None,
    places: int | None,
) -> LineOptions:
    if not isinstance(book, Book):
        raise TypeError(f"book must be a rabatt.Book, not {type(book).__name__}")
    checked_threads(threads)
    if places is not None:
        check_number_of_places("places", places)
    if isinstance(columns, str):  # which is a sequence of names, too: of its letters
        raise TypeError(f"columns must be a list of names, not str: {columns!r}")
    wanted = RESULT_COLUMNS if columns is None else tuple(columns)
    for name in wanted:
        if name not in RESULT_COLUMNS:
            raise Error("invalid_value", f"columns {name}")
    in_order = tuple(name for name in RESULT_COLUMNS if name in wanted)
    day = None if date is None else day_text(date, "date")
    return LineOptions(book, day, currency, in_order, threads, float_places or {}, places)


def _priced_lists(options: LineOptions, lines: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """Each line as an order of its own."""
    table = {name: list(cells) for name, cells in lines.items()}
    checked_places(options.float_places, table)
    count = len(next(iter(table.values()), []))
    read = {name: cells for name, cells in table.items() if name in LINE_COLUMNS | set(RESULT_COLUMNS)}
    for name, value in (("date", options.date), ("currency", options.currency)):
        if value is not None:
            if name in table:
                raise Error("duplicate_field", name)
            read[name] = [value] * count
    float_places = {name: places for name, places in options.float_places.items() if name in read}
    orders = {"order": [str(row) for row in range(count)], **read}
    priced = price_orders(options.book, orders, float_places=float_places).lines
    return table | {name: priced[name] for name in options.columns}
