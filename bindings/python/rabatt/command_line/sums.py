"""Sums over priced lines and orders, exact: by currency, and by campaign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal

from rabatt.command_line.csv_files import Columns

_EXACT = Context(prec=1000)

Row = Mapping[str, str | None]


@dataclass
class Sums:
    """Amounts by their columns. `lines`, `orders` and `early` count what was priced and can be paid early;
    `beside` counts lines that were priced, and that another line of their order, which was not, keeps out of
    the amounts."""

    lines: int = 0
    orders: int = 0
    early: int = 0
    not_priced: int = 0
    beside: int = 0
    amounts: dict[str, Decimal] = field(default_factory=dict)

    def add(self, row: Row, *names: str) -> None:
        for name in names:
            if cell := row[name]:
                self.amounts[name] = _EXACT.add(self.amounts.get(name, Decimal(0)), Decimal(cell))

    def text(self, name: str) -> str:
        return f"{self.amounts[name]:f}" if name in self.amounts else ""


def by_currency(lines: Columns, orders: Columns) -> dict[str, Sums]:
    """Of orders that are priced, all of them: list_amount, saved and net of their lines, tax, total,
    early_discount and early_pay."""
    whole = {row["order"] for row in rows_of(orders) if row["status"] == "ok"}
    sums: dict[str, Sums] = {}
    currency_of: dict[str | None, str] = {}
    for row in rows_of(lines):
        if row["currency"]:
            currency_of.setdefault(row["order"], row["currency"])
    for row in rows_of(lines):
        of_currency = sums.setdefault(currency_of.get(row["order"], ""), Sums())
        if row["order"] in whole:
            of_currency.lines += 1
            of_currency.add(row, "list_amount", "saved", "net")
        elif row["status"] == "ok":
            of_currency.beside += 1
        else:
            of_currency.not_priced += 1
    for row in rows_of(orders):
        of_currency = sums.setdefault(currency_of.get(row["order"], ""), Sums())
        if row["status"] == "ok":
            of_currency.orders += 1
            of_currency.early += bool(row["early_discount"])
            of_currency.add(row, "tax", "total", "early_discount", "early_pay")
    return dict(sorted(sums.items()))


def by_campaign(lines: Columns) -> dict[tuple[str, str], Sums]:
    """What the lines of each campaign come to, and what they save, by campaign and currency."""
    sums: dict[tuple[str, str], Sums] = {}
    for row in rows_of(lines):
        if row["status"] == "ok" and row["applied_campaign"]:
            of_campaign = sums.setdefault((row["applied_campaign"], row["currency"] or ""), Sums())
            of_campaign.lines += 1
            of_campaign.add(row, "net", "saved")
    return dict(sorted(sums.items()))


def rows_of(columns: Columns) -> Iterator[dict[str, str | None]]:
    for row in zip(*columns.values(), strict=True):
        yield dict(zip(columns, row, strict=True))
