"""The first reading of a long table: what has to be known before its first rows can be priced."""

from __future__ import annotations

from dataclasses import dataclass

from rabatt import _rabatt
from rabatt.arrow_lines import PRICE_COLUMNS, text_places
from rabatt.command_line.jobs.input_tables import InputTable, order_texts
from rabatt.command_line.progress import Advance


@dataclass(frozen=True, slots=True)
class OrderScan:
    """How many rows there are, whose are not adjacent, and how many places prices have that are text."""

    rows: int
    scattered: _rabatt.ScatteredOrders
    text_places: int


def scan_orders(table: InputTable, advance: Advance) -> OrderScan:
    """Raises Error for whatever makes the file unreadable."""
    prices = [name for name in PRICE_COLUMNS if name in table.schema.names]
    scattered = _rabatt.ScatteredOrders(table.size)  # a CSV file has fewer rows than bytes
    rows = places = 0
    for piece in table.columns(["order", *prices], advance):
        orders = order_texts(piece.column("order"), table.float_places.get("order"))
        scattered.note(orders.__arrow_c_array__()[1])
        places = max(places, text_places(piece))
        rows += piece.num_rows
    scattered.finish()
    return OrderScan(rows, scattered, places)
