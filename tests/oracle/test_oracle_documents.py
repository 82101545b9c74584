"""The rules of whole documents: taxes, early payment, settling, splitting, Set for all, tables."""

from __future__ import annotations

from typing import Any

import pytest

from .allocation import allocate
from .faults import OracleError
from .order_table import price_orders
from .payment import settle
from .sample_documents import DATE, Tree, book, campaign, item, line, quote, term
from .set_for_all import set_for_all


def sums(result: Tree) -> tuple[str, str, str]:
    return result["net"], result["tax"], result["total"]


def test_taxes_by_rate() -> None:
    lines = [line(tax_rate="19"), line(tax_rate="7"), line(tax_rate="19.0"), line()]
    result = quote(book(), *lines)
    assert result["taxes"] == [
        {"rate": "7", "base": "100.00", "net": "100.00", "tax": "7.00"},
        {"rate": "19", "base": "200.00", "net": "200.00", "tax": "38.00"},
    ]
    assert sums(result) == ("400.00", "45.00", "445.00")


def test_contained_tax() -> None:
    result = quote(book(policy={"prices_include_tax": True}), line(tax_rate="19"), line())
    assert result["taxes"] == [{"rate": "19", "base": "100.00", "net": "84.03", "tax": "15.97"}]
    assert sums(result) == ("184.03", "15.97", "200.00")


def test_mixed_tax_is_fixed_by_the_first_tier() -> None:
    known = book(policy={"early_payment_tax": "mixed"}, **term((5, "10"), (10, "5")))
    lines = [line(tax_rate="19"), line("A", "2", tax_rate="7"), line()]
    result = quote(known, *lines, payment_term="T")
    # 40.00 off 400.00: 10.00 off the line without a rate, 20.00 off 7 %, 10.00 off 19 %.
    assert [row["tax"] for row in result["taxes"]] == ["12.60", "17.10"]
    assert sums(result) == ("400.00", "29.70", "429.70")
    tiers = result["payment"]["early"]
    assert [(tier["discount"], tier["tax"], tier["pay"], tier["net"]) for tier in tiers] == [
        ("40.00", "29.70", "389.70", "360.00"),
        ("20.00", "29.70", "409.70", "380.00"),
    ]
    quiet = quote(known, *lines, payment_term="T", early_payment=False)
    assert (sums(quiet), quiet["payment"]["early"]) == (sums(result), [])
    assert sums(quote(known, *lines)) == ("400.00", "33.00", "433.00")


def test_included_splits_the_tax_over_the_rates() -> None:
    result = quote(book(**term((5, "3"))), line(tax_rate="19"), line(tax_rate="7"), payment_term="T")
    tier = result["payment"]["early"][0]
    # 226.00 less 6.78; tax 26.00 less 0.78 splits 18.4307... and 6.7892...
    assert (tier["pay"], tier["tax"], tier["net"]) == ("219.22", "25.22", "194.00")
    assert tier["taxes"] == [{"rate": "7", "tax": "6.79"}, {"rate": "19", "tax": "18.43"}]


def test_shares() -> None:
    known = book(**term((5, "5")))
    result = quote(known, line(), line("A", "2"), line("A", "0"), payment_term="T")
    assert result["payment"]["shares"] == [["5.00", "10.00", "0.00"]]
    result = quote(known, line(), line("A", "-3"), payment_term="T", early_payment=True)
    assert result["payment"]["early"][0]["discount"] == "-10.00"
    assert result["payment"]["shares"] == [["-2.50", "-7.50"]]
    assert quote(known, line("A", "-1"), payment_term="T")["payment"]["early"] == []
    assert quote(known, line("A", "0"), payment_term="T")["payment"]["shares"] == [["0.00"]]


def test_due_dates() -> None:
    due = quote(book(**term(net_days=17, end_of_month=True)), payment_term="T")["payment"]
    assert (due["due"], due["early"], due["shares"]) == ("2026-04-30", [], [])
    assert quote(book(**term(net_days=17)), payment_term="T")["payment"]["due"] == "2026-04-01"
    assert quote(book())["payment"] is None


def test_an_inactive_default_payment_term() -> None:
    known = book(
        customers=[{"customer": "C", "payment_term": "T"}],
        campaigns=[campaign("K", "0", active=False)],
        **term(active=False),
    )
    result = quote(known, campaign="K")
    assert result["payment"] is None
    assert result["warnings"] == [
        {"line": 0, "campaign": "K", "reason": "inactive"},
        {"line": None, "campaign": "K", "reason": "campaign_not_used"},
        {"line": None, "campaign": None, "reason": "payment_term_inactive"},
    ]


def test_settling() -> None:
    result = quote(book(**term((5, "5"), grace_days=2)), payment_term="T")
    late, due = "2026-03-23", "2026-03-22"
    assert settle(result, [(due, "95")])["tier"] == 0
    assert settle(result, [(late, "95")]) == {
        "settled": False,
        "open": "5.00",
        "tier": None,
        "overpaid": "0.00",
    }
    assert settle(result, [(due, "94"), (late, "7.5")])["overpaid"] == "1.50"
    assert settle(result, [(due, "100")]) == {"settled": True, "open": "0.00", "tier": 0, "overpaid": "5.00"}
    assert settle(result, []) == {"settled": False, "open": "100.00", "tier": None, "overpaid": "0.00"}
    back = quote(book(**term((5, "5"))), line("A", "-1"), payment_term="T", early_payment=True)
    assert settle(back, [(DATE, "-40")]) == {
        "settled": False,
        "open": "-60.00",
        "tier": None,
        "overpaid": "0.00",
    }
    assert settle(back, [(DATE, "-96")]) == {"settled": True, "open": "0.00", "tier": 0, "overpaid": "-1.00"}


@pytest.mark.parametrize(
    ("amount", "step", "weights", "parts"),
    [
        ("100", "0.01", ["1", "1", "1"], ["33.34", "33.33", "33.33"]),
        ("-100", "0.01", ["1", "1", "1"], ["-33.34", "-33.33", "-33.33"]),
        ("0.05", "0.05", ["1", "2.5"], ["0.00", "0.05"]),
        ("10", "1", ["3", "-1"], ["15", "-5"]),
        ("1", "0.10", ["-1", "-2"], ["0.3", "0.7"]),
        ("0", "1", ["0", "5"], ["0", "0"]),
    ],
)
def test_allocate(amount: str, step: str, weights: list[str], parts: list[str]) -> None:
    assert allocate(amount, step, weights) == parts


@pytest.mark.parametrize(
    ("amount", "weights", "code"),
    [("1", [], "invalid_weights"), ("0", ["1", "-1"], "invalid_weights"), ("0.001", ["1"], "invalid_amount")],
)
def test_allocate_refuses(amount: str, weights: list[str], code: str) -> None:
    with pytest.raises(OracleError) as raised:
        allocate(amount, "0.01", weights)
    assert raised.value.code == code


def test_set_for_all_on_prices() -> None:
    items = [item(prices="19.99"), item("B", "40", units={"BOX": "12"}), item("X", {})]
    lines = [
        {"item": "A", "price": "1"},
        {"item": "B", "unit": "BOX", "price": "1", "quantity_min": "5"},
        {"item": "X", "price": "7.50"},
    ]
    policy = {"currencies": {"EUR": {"unit": "0.01"}}}
    known = book(items, policy=policy, campaigns=[campaign("K", price="1", lines=lines)])
    changed, report = set_for_all(known, "K", "15")
    assert [entry["price"] for entry in changed] == ["16.99", "408", "7.5"]
    assert report == [{"line": 2, "item": "X", "code": "no_base_price"}]
    assert set_for_all(known, "K", "-100")[0][0]["price"] == "39.98"


def test_set_for_all_uses_the_list_price_of_its_customer_and_date() -> None:
    lists = [
        {
            "price_book": "P",
            "currency": "EUR",
            "type": "account",
            "accounts": ["C"],
            "valid_until": "2026-01-01",
        }
        | {"prices": [{"item": "A", "price": "50", "quantity_min": "1"}]}
    ]
    known = book(customer="5", price_books=lists, campaigns=[campaign("K", price="1", customer="C")])
    assert set_for_all(known, "K", "10")[0][0]["price"] == "45"
    known = book(customer="5", price_books=lists, campaigns=[campaign("K", price="1")])
    assert set_for_all(known, "K", "10")[0][0]["price"] == "90"


@pytest.mark.parametrize(("kind", "percent"), [("K", "101"), ("K", "1.000001"), ("K", "-1"), ("S", "-100.1")])
def test_set_for_all_refuses(kind: str, percent: str) -> None:
    known = book(campaigns=[campaign("K", "10"), campaign("S", price="1")])
    assert set_for_all(known, "K", "100")[0][0]["discount"] == "100"
    with pytest.raises(OracleError) as raised:
        set_for_all(known, kind, percent)
    assert raised.value.code == "invalid_discount"


def table(*rows: str, columns: str = "order date currency item quantity customer") -> Any:
    """Cells divided by blanks, `.` for an empty one."""
    known = book(campaigns=[campaign("K", "10")], **term((8, "2")))
    names = columns.split()
    cells = [["" if cell == "." else cell for cell in row.split()] for row in rows]
    return price_orders(known, names, cells)


def statuses(*rows: str, **fields: Any) -> tuple[list[str], list[tuple[str, str]]]:
    out, orders = table(*rows, **fields)
    return [row["status"] for row in out], [(order["order"], order["status"]) for order in orders]


def test_orders_as_a_table() -> None:
    columns = "net order note date currency item quantity payment_term"
    out, orders = table(
        "x 1 n 2026-03-15 EUR A 2 T", "y 2 . 2026-03-15 EUR Z 1 .", ". 1 m . . A 1 .", columns=columns
    )
    assert list(out[0])[:9] == [*columns.split(), "status"]
    assert [(row["net"], row["note"], row["status"]) for row in out] == [
        ("180.00", "n", "ok"),
        ("y", "", "unknown_item"),
        ("90.00", "m", "ok"),
    ]
    assert orders == [
        {
            "order": "1",
            "status": "ok",
            "net": "270.00",
            "tax": "0.00",
            "total": "270.00",
            "early_until": "2026-03-23",
            "early_discount": "5.40",
            "early_pay": "264.60",
            "warnings": "0",
        },
        {"order": "2", "status": "unknown_item"}
        | dict.fromkeys(
            ["net", "tax", "total", "early_until", "early_discount", "early_pay", "warnings"], ""
        ),
    ]


def test_errors_of_tables() -> None:
    good = "1 2026-03-15 EUR A 1 C"
    assert statuses(good, "1 . . A x D") == (
        ["inconsistent_order", "invalid_decimal"],
        [("1", "inconsistent_order")],
    )
    assert statuses(good, "1 . . A x .") == (["ok", "invalid_decimal"], [("1", "invalid_decimal")])
    assert statuses("1 2026-02-30 EUR A 1 .", "1 . . A 1 .")[0] == ["invalid_date", "invalid_date"]
    assert statuses("1 . EUR A 1 .", "1 . . . 1 .")[0] == ["missing_field", "missing_field"]
    assert statuses(good, ". 2026-03-15 EUR A 1 C") == (["ok", "missing_field"], [("1", "ok")])
    assert statuses("1 2026-03-15 EUR Z 1 D", "1 . . Z . .")[0] == ["unknown_customer", "missing_field"]
    columns = "order date currency item quantity prices_include_tax"
    assert statuses("1 2026-03-15 EUR A 1 FALSE", "2 2026-03-15 EUR A 1 yes", columns=columns)[0] == [
        "ok",
        "invalid_value",
    ]
    for missing in ("order date currency item", "order order date currency item quantity"):
        with pytest.raises(OracleError):
            table(columns=missing)
