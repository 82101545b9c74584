"""Orders as tables: many documents as one table, a row per line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from rabatt import _rabatt
from rabatt.book import Book, compiled
from rabatt.errors import Error
from rabatt.text_tables import TextTable

Table = TypeVar("Table")
Cells = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class PricedOrders(Generic[Table]):
    """Two tables of the kind that went in.

    `lines` has the rows of the input in their order: its columns, then `status` (`ok`, or the code of the
    row's error), `list_price`, `unit_price`, `discount`, `gross`, `discount_amount`, `net`, `unit_net`,
    `list_amount`, `saved`, `source`, `applied_campaign`, `applied_price_book`. An input column of such a name
    is replaced in its place; where the status is not `ok` the input stays, if the column can hold it.

    `orders` has a row per order, by first appearance: `order`, `status` (the first bad row's), `net`, `tax`,
    `total`, `early_until`, `early_discount`, `early_pay` (of the first tier), `warnings` (their count).

    `places` is the scale of decimal columns: the most places that any step or price used needs. Where not all
    rows fit into 38 digits with so many, it is the fewest with which the most rows fit, and the others are
    `overflow`. `discount` has 12.
    """

    lines: Table
    orders: Table
    places: int


def _known_columns() -> frozenset[str]:
    fields = _rabatt.fields()
    names = {name for record in ("Request", "RequestLine") for name, _ in fields[record]}
    return frozenset(names - {"lines", "explain", "early_payment"} | {"order"})


MOST_PLACES = 38

#: The columns that are read: the words of a request, and `order`.
KNOWN_COLUMNS = _known_columns()


@overload
def price_orders(
    book: Book,
    orders: Mapping[str, Sequence[Any]],
    *,
    float_places: Mapping[str, int] | None = None,
    threads: int = 1,
) -> PricedOrders[dict[str, list[Any]]]: ...


@overload
def price_orders(
    book: Book, orders: Table, *, float_places: Mapping[str, int] | None = None, threads: int = 1
) -> PricedOrders[Table]: ...


def price_orders(
    book: Book, orders: Any, *, float_places: Mapping[str, int] | None = None, threads: int = 1
) -> PricedOrders[Any]:
    """Prices every order of a table; rows with the same `order` are one document, adjacent or not.

    `orders` is a data frame of pandas, Polars, PyArrow or DuckDB, anything else with the Arrow PyCapsule
    interface (it comes back as a PyArrow table), or a mapping of column names to lists. The columns are the
    words of the request: `order`, `date`, `currency`, `item`, `quantity` must be there; `customer`,
    `organisation`, `campaign`, `code`, `payment_term`, `prices_include_tax`, `unit`, `list_price`,
    `manual_price`, `manual_discount`, `tax_rate` may be. Other columns are carried through untouched. The
    fields of a document must agree on its rows; a blank agrees with anything.

    So many `threads` price; the results are the same. The fastest form of a frame has texts, integers or
    decimals, and date32 dates in Arrow. A column without a value may be of any type.

    Decimals come back as decimal128(38, places) in frames, as Decimal objects in pandas, as text in mappings.

    A bad row has its code in `status` and changes no other row. Raises Error for the table as a whole:
    `missing_field` with all columns that are missing, `duplicate_field` with the column, `invalid_decimal`
    for a column of floats, unless `float_places` states the places, 0 to 38, to read it with
    (`{"quantity": 2}`), `invalid_value` for a column that holds neither decimals nor dates nor texts, for an
    entry of `float_places` that is no column or no such number and for less than one thread, `invalid_date`
    for timestamps with a zone. TypeError where `orders` is no table or `book` no Book. A float that is no
    decimal of so many places, but for its last bits, makes its row `invalid_decimal`.

    >>> book = Book.from_dict({"items": [{"item": "TEA", "prices": {"EUR": "9.99"}}]})
    >>> orders = {"order": ["A", "A", "B"], "date": ["2026-03-10"] * 3, "currency": ["EUR"] * 3,
    ...           "item": ["TEA", "TEA", "COFFEE"], "quantity": [1, 2, 3]}
    >>> priced = price_orders(book, orders)
    >>> priced.lines["status"], priced.lines["net"]
    (['ok', 'ok', 'unknown_item'], ['9.99', '19.98', None])
    >>> priced.orders["order"], priced.orders["total"]
    (['A', 'B'], ['29.97', None])
    """
    compiled(book)
    checked_threads(threads)
    if isinstance(orders, Mapping):
        return _priced_lists(book, TextTable(orders), float_places or {}, threads)
    from rabatt.arrow_orders import priced_frame  # PyArrow takes a while to load

    return PricedOrders(*priced_frame(book, orders, float_places or {}, threads))


def checked_places(float_places: Mapping[str, int], names: Collection[str]) -> Mapping[str, int]:
    """Raises Error `invalid_value` for what is no column or no number of places."""
    for name, places in float_places.items():
        if name not in names:
            raise Error("invalid_value", f"float_places.{name}")
        check_number_of_places(f"float_places.{name}", places)
    return float_places


def check_number_of_places(name: str, places: int) -> None:
    """Raises Error `invalid_value`, with the name, for what is none."""
    if type(places) is not int or not 0 <= places <= MOST_PLACES:
        raise Error("invalid_value", f"{name} {places}")


def checked_threads(threads: int) -> int:
    """Raises Error `invalid_value` for what is no number of threads."""
    if type(threads) is not int or threads < 1:
        raise Error("invalid_value", f"threads {threads}")
    return threads


def _priced_lists(
    book: Book, table: TextTable, float_places: Mapping[str, int], threads: int
) -> PricedOrders[dict[str, list[Any]]]:
    known = [name for name in table.names if name in KNOWN_COLUMNS]
    stated = checked_places(float_places, table.names)
    columns = [(name, table.cells(name, stated.get(name))) for name in known]
    lines, by_order, places = _rabatt.price_orders(compiled(book), columns, threads)
    results = _results(dict(lines), table)
    first_rows = _first_rows(dict(columns)["order"])
    return PricedOrders(table.with_columns(results), table.order_table(first_rows, dict(by_order)), places)


def _results(lines: Mapping[str, Cells], table: TextTable) -> dict[str, Cells]:
    """The columns that pricing has made; of those that it read that is list_price alone."""
    made = {
        name: cells
        for name, cells in lines.items()
        if name not in KNOWN_COLUMNS or _rabatt.column_kind(name) == "amount"
    }
    for name in made.keys() & set(table.names) - KNOWN_COLUMNS - {"status"}:
        made[name] = [
            cell if status == "ok" else kept
            for cell, status, kept in zip(made[name], lines["status"], table.columns[name], strict=True)
        ]
    return made


def _first_rows(orders: Cells) -> list[int]:
    rows: dict[str, int] = {}
    for row, order in enumerate(orders):
        if order:
            rows.setdefault(order, row)
    return list(rows.values())
