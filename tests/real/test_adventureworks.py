"""AdventureWorks: unit prices of 4 places, discounts as fractions, line totals of 6 places, as SQL Server has it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path

import pytest

from tests.real.order_books import Priced, Row, exact_sum, half_up, percent_of, priced, rows_of

POLICY = {"round_at": "line_net", "currencies": {"USD": {"amount": "0.000001", "unit": "0.0001"}}}
COLUMNS = ("SalesOrderID", "OrderQty", "ProductID", "UnitPrice", "UnitPriceDiscount")


def order_row(row: Mapping[str, str], date: str) -> Row:
    """A row of SalesOrderDetail, the names of its columns in lower case."""
    order, quantity, item, price, discount = (row[name.lower()] for name in COLUMNS)
    return {
        "order": order,
        "date": date,
        "currency": "USD",
        "item": item,
        "quantity": quantity,
        "manual_price": price,
        "manual_discount": percent_of(discount),
    }


def lower_case(rows: list[Row]) -> list[Row]:
    return [{name.lower(): text for name, text in row.items()} for row in rows]


def line_totals(rows: list[Row]) -> list[Decimal]:
    return [Decimal(row["linetotal"]) for row in rows]


def priced_lines(folder: Path, rows: list[Row], date: str) -> Priced:
    return priced(folder, (order_row(row, date) for row in rows), POLICY)


def test_order_subtotals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    headers = {row["salesorderid"]: row for row in rows_of("adventureworks_oltp_sample/salesorderheader.csv")}
    details = rows_of("adventureworks_oltp_sample/salesorderdetail.csv")
    dated = (order_row(row, headers[row["salesorderid"]]["orderdate"][:10]) for row in details)
    found = priced(tmp_path, dated, POLICY)
    subtotals = {order: half_up(net, 4) for order, net in found.net_by_order().items()}
    right = sum(subtotals[order] == Decimal(header["subtotal"]) for order, header in headers.items())
    with capsys.disabled():
        print(
            f"\nAdventureWorks: {len(found.lines)} lines, {right} of {len(headers)} subtotals, {found.net()} USD"
        )
    assert (len(found.lines), len(headers), right) == (5716, 1566, 1566)
    assert exact_sum(subtotals.values()) == exact_sum(
        Decimal(header["subtotal"]) for header in headers.values()
    )


def as_a_spreadsheet_shows(number: Decimal) -> Decimal:
    """Ten digits are what a cell of the format General has room for."""
    return Context(prec=10, rounding=ROUND_HALF_UP).plus(number)


def test_line_totals_that_went_through_a_spreadsheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = lower_case(rows_of("adventureworks_oltp_sample/kishorems_SalesOrderDetail.csv"))
    nets = priced_lines(tmp_path, rows, "2011-05-31").nets()
    cut_short = {
        row["salesorderdetailid"]: (str(net), row["linetotal"])
        for row, net, total in zip(rows, nets, line_totals(rows), strict=True)
        if net != total
    }
    with capsys.disabled():
        print(
            f"\nAdventureWorks sample: {len(rows) - len(cut_short)} of {len(rows)} line totals, {exact_sum(nets)} USD"
        )
        print(
            "".join(
                f"  line {line}: {net}, in the file {total}\n" for line, (net, total) in cut_short.items()
            ),
            end="",
        )
    assert len(rows) == 1000
    assert cut_short == {
        "803": ("23190.651792", "23190.65179"),
        "805": ("24938.476108", "24938.47611"),
        "916": ("27055.760424", "27055.76042"),
    }
    assert [as_a_spreadsheet_shows(net) for net in nets] == line_totals(rows)


def test_line_totals_of_the_light_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = lower_case(rows_of("adventureworks_lt/SalesOrderDetail.csv"))
    found = priced_lines(tmp_path, rows, "2008-06-01")
    right = sum(line["net"] == row["linetotal"] for line, row in zip(found.lines, rows, strict=True))
    with capsys.disabled():
        print(f"\nAdventureWorks LT: {right} of {len(rows)} line totals to the last digit, {found.net()} USD")
    assert (len(rows), right) == (542, 542)
