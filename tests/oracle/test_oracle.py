"""The cases of the pricing contract that must come out exactly. Case 19 needs a data file and is left out."""

from __future__ import annotations

from typing import Any

import pytest

from .payment import settle
from .rounding import MODES
from .sample_documents import Tree, book, campaign, item, line, priced, quote, reasons, term


def figures(quote_line: Tree) -> tuple[str, str]:
    return quote_line["net"], quote_line["source"]


@pytest.mark.parametrize(
    ("customer", "discount", "combine", "net", "source"),
    [
        ("5", "10", "greater", "90.00", "campaign"),  # 1
        ("5", "10", "add", "85.00", "both"),  # 2
        ("5", "10", "compound", "85.50", "both"),
        ("12", "10", "greater", "88.00", "customer"),  # 3
        ("40", "70", "add", "0.00", "both"),  # 4
    ],
)
def test_cases_1_to_4(customer: str, discount: str, combine: str, net: str, source: str) -> None:
    known = book(customer=customer, campaigns=[campaign("K", discount, combine=combine)])
    result = priced(known)
    assert figures(result) == (net, source)
    expected = {"K": "customer_discount_is_greater"} if source == "customer" else {}
    assert reasons(result) == expected


def test_case_5_early_payment_is_taken_from_the_reduced_price() -> None:
    result = quote(book(campaigns=[campaign("K", "15")], **term((8, "5"))), payment_term="T")
    assert result["total"] == "85.00"
    assert result["payment"]["early"][0]["pay"] == "80.75"


def test_case_6_line_discount() -> None:
    result = priced(book([item(prices="0.99")], campaigns=[campaign("K", "15")]), line(quantity="100"))
    assert [result[name] for name in ("gross", "discount_amount", "net")] == ["99.00", "14.85", "84.15"]


@pytest.mark.parametrize(
    ("customer", "fields", "net", "source"),
    [
        ("5", {}, "30.00", "campaign"),
        ("30", {}, "28.00", "customer"),
        ("5", {"allow_customer_discount": True}, "28.50", "both"),
    ],
)
def test_case_7(customer: str, fields: Tree, net: str, source: str) -> None:
    known = book([item(prices="40")], customer, campaigns=[campaign("K", price="30", **fields)])
    assert figures(priced(known)) == (net, source)


@pytest.mark.parametrize(("force", "net"), [(False, "8.00"), (True, "10.00")])
def test_case_8(force: bool, net: str) -> None:
    known = book([item(prices="8")], campaigns=[campaign("K", price="10", force_price=force)])
    result = priced(known)
    assert result["net"] == net
    assert reasons(result) == ({} if force else {"K": "list_is_lower"})


def test_case_9_a_set_price_is_never_converted() -> None:
    known = book([item(prices={"CZK": "40", "EUR": "40"})], campaigns=[campaign("K", price="10")])
    assert priced(known, currency="CZK")["net"] == "40.00"
    assert reasons(priced(known, currency="CZK")) == {"K": "wrong_currency"}
    assert priced(known)["net"] == "10.00"


def test_case_10() -> None:
    campaigns = [campaign("A", "10"), campaign("B", "8", combine="add")]
    result = priced(book(customer="5", campaigns=campaigns))
    assert (result["applied_campaign"], result["net"]) == ("B", "87.00")
    assert reasons(result) == {"A": "not_lowest"}


def lines_of_case_11() -> list[Tree]:
    return [
        line(quantity="3", list_price="9.99", manual_discount="15"),
        line(quantity="1", list_price="100", manual_discount="15"),
        line(quantity="7", list_price="1.35", manual_discount="5"),
    ]


def test_case_11_and_settling_it() -> None:
    result = quote(book(**term((8, "5"))), *lines_of_case_11(), payment_term="T")
    assert [entry["net"] for entry in result["lines"]] == ["25.47", "85.00", "8.98"]
    tier = result["payment"]["early"][0]
    assert (result["total"], tier["discount"], tier["pay"]) == ("119.45", "5.97", "113.48")
    settled = {"settled": True, "open": "0.00", "tier": 0, "overpaid": "0.00"}
    assert settle(result, [("2026-03-23", "113.48")]) == settled
    short = {"settled": False, "open": "5.98", "tier": None, "overpaid": "0.00"}
    assert settle(result, [("2026-03-23", "113.47")]) == short
    late = {"settled": False, "open": "5.97", "tier": None, "overpaid": "0.00"}
    assert settle(result, [("2026-03-24", "113.48")]) == late


@pytest.mark.parametrize(
    ("paid_on", "amount", "tier"),
    [("2026-03-20", "82.45", 0), ("2026-03-21", "83.30", 1), ("2026-03-26", "85.00", None)],
)
def test_case_12_tiers(paid_on: str, amount: str, tier: int | None) -> None:
    known = book(campaigns=[campaign("K", "15")], **term((5, "3"), (10, "2")))
    result = quote(known, payment_term="T")
    settled = {"settled": True, "open": "0.00", "tier": tier, "overpaid": "0.00"}
    assert settle(result, [(paid_on, amount)]) == settled


@pytest.mark.parametrize(
    ("mode", "rate", "pay", "total"),
    [
        ("included", "25", "122.50", "125.00"),  # 13
        ("excluded", "25", "123.00", "125.00"),
        ("mixed", "21", "118.58", "120.58"),  # 14
    ],
)
def test_cases_13_and_14(mode: str, rate: str, pay: str, total: str) -> None:
    known = book(policy={"early_payment_tax": mode}, **term((8, "2")))
    result = quote(known, line(tax_rate=rate), payment_term="T")
    assert (result["payment"]["early"][0]["pay"], result["total"]) == (pay, total)


def test_case_15_a_return_mirrors_its_sale() -> None:
    known = book([item(prices="9.99")], campaigns=[campaign("K", "15")])
    assert priced(known, line(quantity="3"))["net"] == "25.47"
    assert priced(known, line(quantity="-3"))["net"] == "-25.47"


def test_case_16_the_last_day_counts() -> None:
    known = book(campaigns=[campaign("K", "10", valid_until="2026-03-31")])
    assert figures(priced(known, date="2026-03-31")) == ("90.00", "campaign")
    late = priced(known, date="2026-04-01")
    assert (figures(late), reasons(late)) == (("100.00", "list"), {"K": "expired"})


def test_case_17_the_latest_price_list() -> None:
    lists = [
        {
            "price_book": name,
            "currency": "EUR",
            "valid_from": start,
            "prices": [{"item": "A", "price": price}],
        }
        for name, start, price in (("P1", "2018-12-09", "9"), ("P2", "2018-12-11", "11"))
    ]
    known = book(price_books=lists)
    assert priced(known, date="2018-12-12")["net"] == "11.00"
    assert priced(known, date="2018-12-10")["net"] == "9.00"


def test_case_18_an_account_book_beats_a_generic_one() -> None:
    generic: Tree = {"price_book": "G", "currency": "EUR", "prices": [{"item": "A", "price": "45"}]}
    account = generic | {"price_book": "A", "type": "account", "accounts": ["C"]}
    account["prices"] = [{"item": "A", "price": "47"}]
    result = priced(book(price_books=[generic, account]))
    assert (result["net"], result["applied_price_book"]) == ("47.00", "A")


@pytest.mark.parametrize("rounding", MODES)
@pytest.mark.parametrize("round_at", ["line_discount", "line_net", "unit_discount", "unit_net"])
@pytest.mark.parametrize("digits", [None, 0, 1])
def test_case_20_all_of_it_off_is_nothing(rounding: str, round_at: str, digits: int | None) -> None:
    policy: dict[str, Any] = {"rounding": rounding, "round_at": round_at, "intermediate_digits": digits}
    known = book([item(prices="0.139")], policy=policy, campaigns=[campaign("K", "100")])
    assert priced(known, line(quantity="9950"))["net"] == "0.00"


def test_case_21_quantity_zero_chooses_as_one() -> None:
    result = priced(book([item(prices="8")], campaigns=[campaign("K", price="10")]), line(quantity="0"))
    assert (result["net"], result["applied_campaign"]) == ("0.00", None)


def test_case_22_no_discount_leaves_the_unit_price_alone() -> None:
    policy = {"round_at": "unit_net", "currencies": {"EUR": {"unit": "0.01"}}}
    assert priced(book([item(prices="0.139")], policy=policy), line(quantity="9950"))["net"] == "1383.05"


def test_case_23_priorities_come_after_the_customer_discount() -> None:
    campaigns = [campaign("A", "10", priority=1), campaign("B", "20", priority=0)]
    result = priced(book(customer="12", campaigns=campaigns))
    assert (result["applied_campaign"], result["net"]) == ("B", "80.00")
    assert reasons(result) == {"A": "customer_discount_is_greater"}
