"""Northwind: 2,155 order lines, priced under four policies to their known totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.real.order_books import Priced, Row, exact_sum, half_up, percent_of, priced, rows_of


def orders() -> Iterator[Row]:
    """The file has neither dates nor currencies; no price depends on them here."""
    for row in rows_of("northwind/order_details.csv"):
        yield {
            "order": row["OrderID"],
            "date": "1998-05-06",
            "currency": "USD",
            "item": row["ProductID"],
            "quantity": row["Quantity"],
            "list_price": row["UnitPrice"],
            "manual_discount": percent_of(row["Discount"]),
        }


def priced_with(folder: Path, round_at: str, amount: str) -> Priced:
    policy = {"round_at": round_at, "currencies": {"USD": {"amount": amount, "unit": "0.01"}}}
    return priced(folder, orders(), policy)


@pytest.mark.parametrize(
    ("round_at", "amount", "total"),
    [
        ("line_net", "0.0001", "1265793.0395"),
        ("line_net", "0.01", "1265793.29"),
        ("line_discount", "0.01", "1265792.76"),
    ],
)
def test_total(tmp_path: Path, show: Callable[[str], None], round_at: str, amount: str, total: str) -> None:
    found = priced_with(tmp_path, round_at, amount)
    show(f"Northwind, {round_at} to {amount}: {len(found.lines)} lines, {found.net()} USD")
    assert len(found.lines) == 2155
    assert str(found.net()) == total
    assert exact_sum(found.net_by_order().values()) == found.net()


def test_exact_lines_summed_per_order_and_rounded_by_the_caller(
    tmp_path: Path, show: Callable[[str], None]
) -> None:
    found = priced_with(tmp_path, "line_net", "0.0001").net_by_order()
    total = exact_sum(half_up(net, 2) for net in found.values())
    show(f"Northwind, exact lines rounded per order: {len(found)} orders, {total} USD")
    assert len(found) == 830
    assert str(total) == "1265793.22"


def test_each_line_rounded_to_cents(tmp_path: Path) -> None:
    wanted = [Decimal(row["ExtendedRound2HalfUp"]) for row in rows_of("northwind/order_details.csv")]
    assert priced_with(tmp_path, "line_net", "0.01").nets() == wanted


def test_each_exact_line(tmp_path: Path) -> None:
    wanted = [Decimal(row["ExactExtended"]) for row in rows_of("northwind/order_details.csv")]
    assert priced_with(tmp_path, "line_net", "0.0001").nets() == wanted
