"""The first reading of a long table: what has to be known before its first rows can be priced."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rabatt import _rabatt
from rabatt.arrow_lines import PRICE_COLUMNS, text_places
from rabatt.command_line.file_faults import temporary_file
from rabatt.command_line.jobs.input_tables import InputTable, order_texts
from rabatt.command_line.progress import Advance
from rabatt.errors import Error


@dataclass(frozen=True, slots=True)
class OrderScan:
    """How many rows there are, whose are not adjacent, and how many places prices have that are text."""

    rows: int
    scattered: _rabatt.ScatteredOrders
    text_places: int


def scan_orders(table: InputTable, advance: Advance) -> OrderScan:
    """Raises Error for whatever makes the file unreadable."""
    prices = [name for name in PRICE_COLUMNS if name in table.schema.names]
    with _told():
        scattered = _rabatt.ScatteredOrders(table.size)  # a CSV file has fewer rows than bytes
    rows = places = 0
    for piece in table.columns(["order", *prices], advance):
        orders = order_texts(piece.column("order"), table.float_places.get("order"))
        with _told():
            scattered.note(orders.__arrow_c_array__()[1])
        places = max(places, text_places(piece))
        rows += piece.num_rows
    with _told():
        scattered.finish()
    return OrderScan(rows, scattered, places)


@contextmanager
def _told() -> Iterator[None]:
    """The engine says of its file only that it is a temporary one."""
    try:
        yield
    except Error as error:
        raise Error(error.code, error.subject.replace("temporary file", temporary_file(), 1)) from None
