"""Priced orders for people: the first and the last lines, and what they come to in each currency."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import RenderableType
from rich.table import Table

from rabatt.command_line.csv_files import Columns
from rabatt.command_line.screen import Column, align_columns, remark, table
from rabatt.command_line.sums import Row, by_currency, rows_of

_FIRST = 20
_LAST = 5

_LINE_COLUMNS = (
    Column("order"),
    Column("date", rank=9),
    Column("customer", rank=8),
    Column("item"),
    Column("quantity", "right", rank=2),
    Column("unit", rank=5),
    Column("list price", "right", rank=6),
    Column("unit price", "right", rank=7),
    Column("% off", "right", rank=4),
    Column("net", "right", style="bold"),
    Column("", rank=1),
    Column("saved", "right", rank=3),
    Column("because of", rank=3),
)
_WITH_REFUSALS = (*_LINE_COLUMNS[:-1], Column("because of", whole=True))  # why a line has no price stays
_NET = 9
_PRICES = (6, 7)  # have at least the places of amounts
_NUMBERS = {4: 0, 8: 0, _NET: 0, 11: 0}

_SUM_COLUMNS = (
    Column("currency"),
    Column("orders", "right", rank=2),
    Column("lines", "right", rank=3),
    Column("not priced", "right", style="red"),
    Column("at list price", "right", rank=4),
    Column("saved", "right", rank=1),
    Column("net", "right", style="bold"),
    Column("tax", "right", rank=5),
    Column("total", "right", style="bold"),
)
_SUMMED = ("list_amount", "saved", "net", "tax", "total")
_ORDER_COLUMNS = (
    Column("order"),
    Column("status", whole=True),
    Column("net", "right", rank=1),
    Column("tax", "right", rank=2),
    Column("total", "right", style="bold"),
    Column("if paid by", rank=3),
    Column("less", "right", rank=3),
    Column("pay", "right", rank=3),
    Column("warnings", "right", rank=4),
)


def priced_lines(
    lines: Columns, orders: Columns, first: int = _FIRST, last: int = _LAST
) -> list[RenderableType]:
    """As many lines as can be read, and the sums."""
    rows, left_out = _ends(lines, first, last)
    bad = [number for number, row in enumerate(rows) if row["status"] != "ok"]
    columns = _WITH_REFUSALS if bad else _LINE_COLUMNS
    grid = table(columns, _cells(rows), first if left_out else None, bad)
    return [grid, *_left_out(left_out, "lines"), "", *sums(lines, orders)]


def line_table(lines: Columns) -> Table:
    """All lines; columns may be absent."""
    return table(_LINE_COLUMNS, _cells(rows_of(lines)))


def priced_orders(orders: Columns) -> list[RenderableType]:
    rows, left_out = _ends(orders, _FIRST, _LAST)
    cells = [[row[name] or "" for name in orders] for row in rows]
    return [table(_ORDER_COLUMNS, cells, _FIRST if left_out else None), *_left_out(left_out, "orders")]


def sums(lines: Columns, orders: Columns) -> list[RenderableType]:
    """One row per currency, of the orders that are priced, all of them."""
    found = by_currency(lines, orders)
    rows = [
        [
            currency,
            f"{of.orders:,}",
            f"{of.lines:,}",
            f"{of.not_priced:,}" if of.not_priced else "",
            *(of.text(name) for name in _SUMMED),
        ]
        for currency, of in found.items()
    ]
    align_columns(rows, dict.fromkeys(range(len(_SUM_COLUMNS) - len(_SUMMED), len(_SUM_COLUMNS)), 0))
    beside = sum(of.beside for of in found.values())
    return [table(_SUM_COLUMNS, rows), *_beside(beside)]


def _beside(lines: int) -> list[RenderableType]:
    if not lines:
        return []
    counted = "1 priced line is" if lines == 1 else f"{lines:,} priced lines are"
    return [remark(f"{counted} not in the sums: another line of the order has no price.")]


def _ends(columns: Columns, first: int, last: int) -> tuple[list[Row], int]:
    """The first and the last rows, and how many are between them."""
    rows: list[Row] = list(rows_of(columns))
    between = len(rows) - first - last
    return (rows[:first] + rows[-last:], between) if between > 1 else (rows, 0)


def _left_out(count: int, things: str) -> list[RenderableType]:
    return (
        [remark(f"{count:,} {things} left out here: --out FILE or --format csv gives all.")] if count else []
    )


def _cells(rows: Iterable[Row]) -> list[list[str]]:
    """What a line shares with the line above it is not said again."""
    cells: list[list[str]] = []
    above: list[str] = []
    for row in rows:
        head = [row.get(name) or "" for name in ("order", "date", "customer")]
        cells.append((["", "", ""] if head == above else head) + _price_cells(row))
        above = head
    places = max((len(line[_NET].partition(".")[2]) for line in cells), default=0)
    align_columns(cells, _NUMBERS | dict.fromkeys(_PRICES, places))
    return cells


def _price_cells(row: Row) -> list[str]:
    sold = [row.get(name) or "" for name in ("item", "quantity", "unit")]
    if row["status"] != "ok":
        return [*sold, "", "", "", "", "", "", row["status"] or ""]
    list_price, unit_price, discount, net, saved = (
        row[name] or "" for name in ("list_price", "unit_price", "discount", "net", "saved")
    )
    return [
        *sold,
        list_price,
        unit_price if unit_price != list_price else "",
        discount if discount != "0" else "",
        net,
        row.get("currency") or "",
        saved,
        _because(row),
    ]


def _because(row: Row) -> str:
    campaign = row["applied_campaign"] or ""
    if row["source"] == "both":
        return f"{campaign} + customer"
    return {"campaign": campaign, "customer": "customer", "manual": "by hand"}.get(
        row["source"] or "", row["applied_price_book"] or ""
    )
