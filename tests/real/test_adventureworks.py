"""AdventureWorks: unit prices of 4 places, discounts as fractions, line totals of 6 places (SQL Server)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path

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


def test_order_subtotals(tmp_path: Path, show: Callable[[str], None]) -> None:
    """The last 41 lines are of orders whose headers are not in the sample."""
    headers = rows_of("adventureworks_oltp_sample/salesorderheader.csv")
    found = priced_lines(tmp_path, rows_of("adventureworks_oltp_sample/salesorderdetail.csv"), "2011-05-31")
    ours = {order: half_up(net, 4) for order, net in found.net_by_order().items()}
    theirs = {header["salesorderid"]: Decimal(header["subtotal"]) for header in headers}
    right = sum(ours[order] == subtotal for order, subtotal in theirs.items())
    total = exact_sum(ours[order] for order in theirs)
    show(f"AdventureWorks: {len(found.lines)} lines, {right} of {len(headers)} subtotals, {total} USD")
    assert (len(found.lines), len(found.orders), len(headers), right) == (5716, 1566 + 41, 1566, 1566)
    assert total == exact_sum(theirs.values())


def as_a_spreadsheet_shows(number: Decimal) -> Decimal:
    """Ten digits are what a cell of the format General has room for."""
    return Context(prec=10, rounding=ROUND_HALF_UP).plus(number)


def test_line_totals_that_went_through_a_spreadsheet(tmp_path: Path, show: Callable[[str], None]) -> None:
    rows = lower_case(rows_of("adventureworks_oltp_sample/kishorems_SalesOrderDetail.csv"))
    nets = priced_lines(tmp_path, rows, "2011-05-31").nets()
    cut_short = {
        row["salesorderdetailid"]: (str(net), row["linetotal"])
        for row, net, total in zip(rows, nets, line_totals(rows), strict=True)
        if net != total
    }
    right = len(rows) - len(cut_short)
    show(f"AdventureWorks sample: {right} of {len(rows)} line totals, {exact_sum(nets)} USD")
    for line, (net, total) in cut_short.items():
        show(f"  line {line}: {net}, in the file {total}")
    assert len(rows) == 1000
    assert cut_short == {
        "803": ("23190.651792", "23190.65179"),
        "805": ("24938.476108", "24938.47611"),
        "916": ("27055.760424", "27055.76042"),
    }
    assert [as_a_spreadsheet_shows(net) for net in nets] == line_totals(rows)


def test_line_totals_of_the_light_edition(tmp_path: Path, show: Callable[[str], None]) -> None:
    rows = lower_case(rows_of("adventureworks_lt/SalesOrderDetail.csv"))
    found = priced_lines(tmp_path, rows, "2008-06-01")
    right = sum(line["net"] == row["linetotal"] for line, row in zip(found.lines, rows, strict=True))
    show(f"AdventureWorks LT: {right} of {len(rows)} line totals to the last digit, {found.net()} USD")
    assert (len(rows), right) == (542, 542)
