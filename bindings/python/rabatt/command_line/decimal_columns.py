"""Quotes in decimal columns: how many places these have, and which rows do not fit them.

The rule is that of `price_orders`: the fewest places with which the most rows fit, and a row needs room for
the totals of its document too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rabatt import _rabatt
from rabatt.command_line.csv_files import Columns
from rabatt.command_line.quote_rows import QuoteRows

_MOST_DIGITS = 38


@dataclass(slots=True)
class DecimalRows:
    """The two tables with `overflow` on the rows that do not fit; `refused` names for each request with such
    a row, by its number, the first thing that does not."""

    places: int
    lines: Columns
    orders: Columns
    refused: dict[str | None, str]


def decimal_rows(rows: QuoteRows) -> DecimalRows:
    order_of = rows.lines["order"]
    documents = dict(zip(rows.orders["order"], _fitting_places(rows.orders), strict=True))
    lines = [
        _common(fits, documents[order])
        for order, fits in zip(order_of, _fitting_places(rows.lines), strict=True)
    ]
    first_rows: dict[str | None, int] = {}
    for row, order in enumerate(order_of):
        first_rows.setdefault(order, row)
    without_lines = [order for order in documents if order not in first_rows]
    places = _best_places([*lines, *(documents[order] for order in without_lines)])
    bad_lines = [row for row, fits in enumerate(lines) if places not in fits]
    refused = {order: "total" for order in without_lines if places not in documents[order]}
    for row in bad_lines:
        place = f"lines[{row - first_rows[order_of[row]]}].item {rows.lines['item'][row]}"
        refused.setdefault(order_of[row], place)
    bad_orders = [row for row, order in enumerate(rows.orders["order"]) if order in refused]
    return DecimalRows(places, _refused(rows.lines, bad_lines), _refused(rows.orders, bad_orders), refused)


def _best_places(rows: Iterable[range]) -> int:
    counts = Counter(rows)

    def fitting(places: int) -> int:
        return sum(count for fits, count in counts.items() if places in fits)

    return max(range(_MOST_DIGITS + 1), key=fitting)


def _fitting_places(columns: Columns) -> Iterator[range]:
    """For each row the numbers of places with which all its amounts have at most 38 digits."""
    amounts = [cells for name, cells in columns.items() if _rabatt.column_kind(name) == "amount"]
    for row in zip(*amounts, strict=True):
        fits = range(_MOST_DIGITS + 1)
        for cell in row:
            whole, _, places = (cell or "").partition(".")
            fits = _common(fits, range(len(places), _MOST_DIGITS - len(whole.lstrip("-0")) + 1))
        yield fits


def _common(one: range, other: range) -> range:
    return range(max(one.start, other.start), min(one.stop, other.stop))


def _refused(columns: Columns, rows: Collection[int]) -> Columns:
    """With these rows refused: blank behind their status."""
    names = list(columns)
    changed = {name: list(cells) for name, cells in columns.items()}
    for row in rows:
        changed["status"][row] = "overflow"
        for name in names[names.index("status") + 1 :]:
            changed[name][row] = None
    return changed
