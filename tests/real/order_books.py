"""Where the real order books are, and how they go through the command line.

They are no part of this project: the environment variable RABATT_DATA names their folder, by default
../shared/data beside the checkout.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.command_line.program import run

Row: TypeAlias = dict[str, str]

DATA = Path(os.environ.get("RABATT_DATA") or Path(__file__).parents[2] / ".." / "shared" / "data")
_EXACT = Context(prec=60)


def rows_of(name: str) -> list[Row]:
    """The rows of a file of that folder; without it the test is skipped."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"no {name} in {DATA.resolve()}: set RABATT_DATA to the folder of the real order books")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Priced:
    lines: list[Row]
    orders: list[Row]

    def nets(self) -> list[Decimal]:
        return [Decimal(line["net"]) for line in self.lines]

    def net(self) -> Decimal:
        return exact_sum(self.nets())

    def net_by_order(self) -> dict[str, Decimal]:
        return {order["order"]: Decimal(order["net"]) for order in self.orders}


def priced(folder: Path, orders: Iterable[Row], policy: Mapping[str, object]) -> Priced:
    """What `rabatt price` makes of the orders, with a book of their items. Every line has a price."""
    rows = list(orders)
    items = sorted({row["item"] for row in rows})
    book = {"policy": policy, "items": [{"item": item} for item in items]}
    files = {name: folder / name for name in ("book.json", "orders.csv", "priced.csv", "totals.csv")}
    files["book.json"].write_text(json.dumps(book), encoding="utf-8")
    with files["orders.csv"].open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    done = run(
        "price",
        files["book.json"],
        files["orders.csv"],
        "--out",
        files["priced.csv"],
        "--orders",
        files["totals.csv"],
    )
    assert (done.status, done.out, done.messages) == (0, b"", "")
    result = Priced(*(_read(files[name]) for name in ("priced.csv", "totals.csv")))
    assert {line["status"] for line in result.lines} == {"ok"}
    assert [{name: line[name] for name in row} for row, line in zip(rows, result.lines, strict=True)] == rows
    return result


def percent_of(fraction: str) -> str:
    """Exactly, as text: 0.15 is 15, 0.15000001 is 15.000001."""
    return f"{_EXACT.multiply(Decimal(fraction), Decimal(100)):f}"


def exact_sum(amounts: Iterable[Decimal]) -> Decimal:
    total = Decimal(0)
    for amount in amounts:
        total = _EXACT.add(total, amount)
    return total


def half_up(amount: Decimal, places: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
