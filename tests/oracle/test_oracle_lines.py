"""The rules of one line: list prices, reasons, choices, amounts, steps."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from .decimals import Dec
from .rounding import Rounder
from .sample_documents import Tree, book, campaign, error, item, line, priced, quote, reasons


def listed(price: str | None = None, name: str = "P", **fields: Any) -> Tree:
    """A price book with one line for item A."""
    entry: Tree = {"item": "A"} | ({} if price is None else {"price": price})
    return {"price_book": name, "currency": "EUR", "prices": [entry]} | fields


def price_of(*price_books: Tree, policy: Tree | None = None, **asked: Any) -> tuple[str, str | None]:
    fields = {name: asked.pop(name) for name in ("date", "organisation", "customer") if name in asked}
    known = book(
        [item(units={"BOX": "12"})],
        price_books=list(price_books),
        policy=policy or {},
        customers=[{"customer": "C", "organisation": "N"}, {"customer": "D"}],
    )
    result = priced(known, line(**asked), **fields)
    return result["list_price"], result["applied_price_book"]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("half_up", "1 2 -2 3"),
        ("half_even", "1 2 -2 2"),
        ("half_down", "1 1 -1 2"),
        ("up", "2 2 -2 3"),
        ("ceiling", "2 2 -2 3"),
        ("down", "1 1 -1 2"),
        ("floor", "1 1 -1 2"),
    ],
)
def test_rounding_works_on_the_magnitude(mode: str, expected: str) -> None:
    rounder = Rounder(Dec(1, 0), mode)
    assert " ".join(str(rounder.mantissa(n, 10)) for n in (14, 15, -15, 25)) == expected


def test_rounding_to_odd_steps() -> None:
    assert Rounder(Dec(5, 2), "half_up").mantissa(1025, 1000) == 105  # 1.025 lies between 1.00 and 1.05
    assert Rounder(Dec(50, 3), "half_even").places == 2
    assert Rounder(Dec(3, 0), "half_even").mantissa(45, 10) == 6  # 1.5 steps: the even multiple is 2
    assert Rounder(Dec(10, 0), "down").mantissa(-199, 10) == -10
    # Two roundings: 0.2449 is 0.245 at three places, and then 0.25.
    assert Rounder(Dec(1, 2), "half_up").mantissa(2449, 10_000) == 24
    assert Rounder(Dec(1, 2), "half_up", 3).mantissa(2449, 10_000) == 25


def test_price_book_levels() -> None:
    generic = listed("45", "G", valid_from="2026-01-02")
    account = listed("47", "A", type="account", accounts=["C"], valid_from="2026-01-01")
    organisation = listed("46", "O", type="organisation", organisations=["N"])
    assert price_of(generic, organisation, account) == ("47", "A")
    assert price_of(generic, organisation) == ("46", "O")
    assert price_of(generic, organisation, organisation="X") == ("45", "G")
    assert price_of(generic, organisation, account, customer="D", organisation="N") == ("46", "O")
    override = generic | {"override_customer_prices": True}
    assert price_of(override, organisation, account) == ("45", "G")
    assert price_of(override, organisation) == ("46", "O")  # it replaces the account level alone
    assert price_of(override | {"valid_from": "2026-01-01"}, account) == ("47", "A")
    assert price_of(override, account | {"valid_from": None}) == ("45", "G")


def test_price_book_choice() -> None:
    early = listed("30", "P2", valid_from="2026-01-01")
    late = listed("40", "P10", valid_from="2026-01-01T00:00:01")
    blank = listed("20", "P3")
    assert price_of(early, late, blank) == ("40", "P10")
    assert price_of(early, late, policy={"price_choice": "lowest"}) == ("30", "P2")
    same = late | {"valid_from": "2026-01-01"}
    assert price_of(early, same) == ("40", "P10")
    assert price_of(early, blank | {"prices": [{"item": "A", "price": "30.0"}]}) == ("30", "P2")
    assert price_of(early | {"active": False}) == ("100", None)
    assert price_of(early | {"currency": "CHF"}) == ("100", None)
    assert price_of(early, date="2025-12-31") == ("100", None)


def test_price_book_lines() -> None:
    boxes = listed()
    boxes["prices"] = [
        {"item": "A", "price": "9"},
        {"item": "A", "price": "8", "quantity_min": "24"},
        {"item": "A", "unit": "BOX", "price": "90", "quantity_min": "5"},
    ]
    assert price_of(boxes, quantity="23") == ("9", "P")
    assert price_of(boxes, quantity="24") == ("8", "P")
    assert price_of(boxes, quantity="-24") == ("8", "P")
    assert price_of(boxes, quantity="0") == ("9", "P")
    assert price_of(boxes, unit="BOX", quantity="1") == ("108", "P")
    assert price_of(boxes, unit="BOX", quantity="2") == ("96", "P")
    assert price_of(boxes, unit="BOX", quantity="5") == ("90", "P")


def test_price_book_lines_without_a_price() -> None:
    odd = listed(discount="33.33333")
    policy = {"currencies": {"EUR": {"unit": "0.01"}}}
    assert price_of(odd, policy=policy) == ("66.67", "P")
    assert price_of(odd, policy=policy, unit="BOX") == ("800.04", "P")
    odd["prices"] = [{"item": "A", "unit": "BOX"}]
    assert price_of(odd, policy=policy, unit="BOX") == ("800", "P")
    known = book([item(prices="0.00001")], policy=policy, price_books=[listed()])
    assert priced(known)["list_price"] == "0.00001"  # no discount: unrounded
    known = book([item(prices={})], price_books=[listed()], campaigns=[campaign("K", price="5")])
    assert priced(known)["list_price"] is None  # the line counts as absent


REASONS: list[tuple[Tree, Tree, str]] = [
    ({"posted": False, "active": False}, {}, "not_posted"),
    ({"active": False, "status": "cancelled"}, {}, "inactive"),
    ({"status": "cancelled", "valid_until": "2026-01-02"}, {}, "cancelled"),
    ({"status": "completed", "date": "2027-01-01"}, {}, "completed"),
    ({"date": "2026-03-15T00:00:01"}, {}, "not_started"),
    ({"valid_from": "2026-03-16"}, {}, "not_started"),
    ({"valid_until": "2026-03-14", "customer": "D"}, {}, "expired"),
    ({"valid_until": "2026-03-15T12:00"}, {"date": "2026-03-15T12:00:01"}, "expired"),
    ({"code": "x", "code_required": True}, {"campaign": "other"}, "not_named"),
    ({"code": "x", "code_required": True, "customer": "D"}, {}, "code_required"),
    ({"code": "x", "code_required": True}, {"campaign": "K"}, "code_required"),
    ({"customer": "D", "target_group": "G"}, {}, "wrong_customer"),
    ({"customer": "C"}, {"customer": None}, "wrong_customer"),
    ({"target_group": "G"}, {}, "not_in_target_group"),
    ({"lines": [{"item": "A", "discount": "10", "unit": "PAL"}]}, {}, "wrong_unit"),
    ({"lines": [{"item": "A", "discount": "10", "quantity_min": "1.1"}]}, {}, "below_quantity"),
]


@pytest.mark.parametrize(("fields", "asked", "reason"), REASONS)
def test_reasons(fields: Tree, asked: Tree, reason: str) -> None:
    known = book(
        [item(units={"PAL": "144"}), item("B")],
        campaigns=[
            campaign("K", "10", **fields),
            campaign("other", lines=[{"item": "B", "discount": "1"}]),
        ],
        target_groups=[{"target_group": "G", "members": ["D"]}],
        customers=[{"customer": "C"}, {"customer": "D"}],
    )
    result = quote(known, **asked)
    assert reasons(result["lines"][0]) == {"K": reason}
    named = asked.get("campaign")
    expected = [{"line": 0, "campaign": "K", "reason": reason}] if named == "K" else []
    not_used = [] if named is None else [{"line": None, "campaign": named, "reason": "campaign_not_used"}]
    assert result["warnings"] == expected + not_used


def test_reasons_of_kinds() -> None:
    known = book([item(discountable=False)], customer="5", campaigns=[campaign("K", "10")])
    result = priced(known)
    assert (result["net"], result["customer_discount"], reasons(result)) == (
        "100.00",
        "0",
        {"K": "not_discountable"},
    )
    known = book(customer="5", campaigns=[campaign("K", price="50")])
    result = priced(known, line(list_price="99"), prices_include_tax=True)
    assert (result["net"], reasons(result)) == ("94.05", {"K": "wrong_tax_mode"})


def test_a_named_campaign_is_the_only_one() -> None:
    known = book(campaigns=[campaign("K", "10"), campaign("L", "50")])
    assert priced(known)["applied_campaign"] == "L"
    result = quote(known, campaign="K")
    assert (result["net"], result["warnings"]) == ("90.00", [])
    assert reasons(result["lines"][0]) == {"L": "not_named"}


def test_ties_between_campaigns() -> None:
    same = [campaign("K9", "10"), campaign("K10", "10.0"), campaign("K8", "10", date="2026-01-02")]
    assert priced(book(campaigns=same))["applied_campaign"] == "K8"
    result = priced(book(campaigns=same[:2]))
    assert (result["applied_campaign"], reasons(result)) == ("K10", {"K9": "not_lowest"})
    # Both cost 0.00, but the exact worth differs.
    known = book([item(prices="0.001")], campaigns=[campaign("K1", "20"), campaign("K2", "10")])
    assert priced(known)["applied_campaign"] == "K1"


def test_equal_is_not_dearer() -> None:
    result = priced(book(customer="10", campaigns=[campaign("K", "10")]))
    assert (result["source"], result["applied_campaign"]) == ("campaign", "K")
    result = priced(book(campaigns=[campaign("K", price="100")]))
    assert (result["source"], result["applied_campaign"], result["campaign_discount"]) == (
        "campaign",
        "K",
        None,
    )
    result = priced(book(customer="5", campaigns=[campaign("K", "0", combine="add")]))
    assert (result["source"], result["applied_campaign"], result["campaign_discount"]) == (
        "customer",
        "K",
        "0",
    )
    result = priced(book(customer="5", campaigns=[campaign("K", price="95.00001")]))
    assert (result["net"], reasons(result)) == ("95.00", {"K": "customer_discount_is_greater"})


def test_force_price() -> None:
    forced = campaign("F", price="120", force_price=True)
    result = priced(book(customer="5", campaigns=[forced, campaign("K", "50", priority=9)]))
    assert (result["net"], reasons(result)) == ("120.00", {"K": "not_forced"})


def test_a_line_without_list_price() -> None:
    nothing = [item(prices={})]
    campaigns = [campaign("K", "10"), campaign("S", price="120"), campaign("T", price="110")]
    known = book(nothing, customer="5", campaigns=campaigns)
    result = quote(known)
    shown = result["lines"][0]
    assert [shown[name] for name in ("list_price", "list_amount", "saved")] == [None, None, None]
    assert (shown["net"], reasons(shown)) == ("110.00", {"K": "no_list_price", "S": "not_lowest"})
    assert result["campaigns"] == [{"campaign": "T", "net": "110.00", "saved": "0.00"}]
    assert error(known, line(manual_discount="5")) == ("no_price", "lines[0].item A")
    shown = priced(known, line(manual_price="7"))
    assert (shown["net"], shown["source"]) == ("7.00", "manual")
    assert reasons(shown) == {"K": "no_list_price", "S": "manual", "T": "manual"}
    assert error(book(nothing, campaigns=campaigns[:1])) == ("no_price", "lines[0].item A")


def test_manual_prices() -> None:
    known = book(customer="5", campaigns=[campaign("K", "10")])
    result = quote(known, line(manual_price="80", manual_discount="25"), campaign="K")
    shown = result["lines"][0]
    assert (shown["list_price"], shown["unit_price"], shown["discount"], shown["net"]) == (
        "100",
        "80",
        "25",
        "60.00",
    )
    assert (shown["source"], shown["applied_campaign"], shown["customer_discount"]) == ("manual", None, "5")
    assert result["warnings"] == [{"line": None, "campaign": "K", "reason": "campaign_not_used"}]
    assert [step["step"] for step in shown["steps"]] == ["list_price", "manual", "manual"]


@pytest.mark.parametrize(
    ("round_at", "net", "unit_net"),
    [
        ("line_discount", "2.56", "0.85"),  # 3.01 - R(0.4515)
        ("line_net", "2.55", "0.85"),  # R(2.55425)
        ("unit_discount", "2.56", "0.85"),  # 3 x (1.0017 - 0.15), of which 2.5551
        ("unit_net", "2.55", "0.85"),
    ],
)
def test_round_at(round_at: str, net: str, unit_net: str) -> None:
    policy = {"round_at": round_at, "currencies": {"EUR": {"unit": "0.01"}}}
    result = priced(book([item(prices="1.0017")], customer="15", policy=policy), line(quantity="3"))
    assert (result["net"], result["unit_net"]) == (net, unit_net)


def test_the_net_is_held_between_nothing_and_the_gross() -> None:
    policy = {"round_at": "unit_net", "currencies": {"EUR": {"unit": "3"}}}
    result = priced(book([item(prices="2")], customer="10", policy=policy), line(quantity="-2"))
    assert (result["gross"], result["net"], result["unit_net"]) == ("-4.00", "-4.00", "3")
    assert [(step["step"], step["before"], step["after"]) for step in result["steps"]] == [
        ("list_price", None, "2"),
        ("customer_discount", "2", "1.8"),
        ("rounding", "1.8", "3"),
        ("limit", "-6", "-4"),
    ]


def test_steps_of_a_line_discount() -> None:
    known = book(
        [item(prices="0.993", units={"BOX": "10"})],
        customer="5",
        campaigns=[campaign("K", "10", combine="add")],
    )
    result = priced(known, line(quantity="1.5", unit="BOX"))
    assert [tuple(step.values()) for step in result["steps"]] == [
        ("list_price", "unit_price", None, "0.993", False),
        ("unit_conversion", "unit_price", "0.993", "9.93", False),
        ("rounding", "amount", "14.895", "14.9", True),
        ("combined_discount", "amount", "14.9", "12.665", False),
        ("rounding", "amount", "12.665", "12.66", True),
    ]
    assert result["net"] == "12.66"  # 14.90 - R(2.235)
    hidden = priced(known, explain=False)
    assert (hidden["steps"], hidden["rejected"]) == ([], [])


def test_steps_of_a_set_price() -> None:
    known = book(
        [item(prices="40")], "5", campaigns=[campaign("K", price="30", allow_customer_discount=True)]
    )
    assert [(step["step"], step["after"]) for step in priced(known)["steps"]] == [
        ("list_price", "40"),
        ("set_price", "30"),
        ("customer_discount", "28.5"),
    ]


def test_worth_of_compound_discounts() -> None:
    known = book(customer="33.33333", campaigns=[campaign("K", "12.34567", combine="compound")])
    exact = 100 - (100 - Fraction("33.33333")) * (100 - Fraction("12.34567")) / 100
    assert Fraction(priced(known)["discount"]) == exact
