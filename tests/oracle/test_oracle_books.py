"""Problems of books: one wrong thing at a time, with the path that names it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .book_reader import read_book
from .faults import BookErrors
from .sample_documents import Tree, book, campaign, item, problems, tree

LONG = "x" * 201


def with_part(name: str, *entries: Any) -> Tree:
    return tree() | {name: list(entries)}


def with_item(**fields: Any) -> Tree:
    return tree([item(), {"item": "B", **fields}])


def with_campaign(**fields: Any) -> Tree:
    known = campaign("K", "10") | fields
    return with_part("campaigns", {name: value for name, value in known.items() if value != "absent"})


def with_price_book(**fields: Any) -> Tree:
    return with_part("price_books", {"price_book": "P", "currency": "EUR"} | fields)


def with_term(**fields: Any) -> Tree:
    return with_part("payment_terms", {"payment_term": "T", "net_days": 30} | fields)


def tiers(*pairs: tuple[Any, Any]) -> list[Tree]:
    return [{"days": days, "discount": discount} for days, discount in pairs]


TWICE = [
    {"item": "A", "discount": "1"},
    {"item": "A", "unit": "each", "discount": "2", "quantity_min": "0.0"},
]

ONE_FAULT: list[tuple[Tree, list[tuple[str, str]]]] = [
    (tree(), []),
    ({}, []),
    ({"items": None, "policy": None}, []),
    (tree(colour="red"), [("colour", "unknown_field")]),
    (tree(colour=None), [("colour", "unknown_field")]),
    ({"items": {}}, [("items", "invalid_value")]),
    ({"items": [None]}, [("items[0]", "invalid_value")]),
    ({"items": [{}]}, [("items[0].item", "missing_field")]),
    ({"items": [{"item": None}]}, [("items[0].item", "missing_field")]),
    (tree([item(), item()]), [("items[1].item", "duplicate_id")]),
    (with_item(item=""), [("items[1].item", "invalid_identifier")]),
    (with_item(item="a\tb"), [("items[1].item", "invalid_identifier")]),
    (with_item(item=LONG), [("items[1].item", "limit_exceeded")]),
    (with_item(item="é" * 100), []),
    (with_item(item=5), [("items[1].item", "invalid_value")]),
    (with_item(discountable=1), [("items[1].discountable", "invalid_value")]),
    (with_item(kind="goods"), [("items[1].kind", "invalid_value")]),
    (with_item(prices={"EUR": "1,5"}), [("items[1].prices.EUR", "invalid_decimal")]),
    (with_item(prices={"EUR": 1.5}), [("items[1].prices.EUR", "invalid_decimal")]),
    (with_item(prices={"EUR": 15}), []),
    (with_item(prices={"EUR": "-1"}), [("items[1].prices.EUR", "negative_price")]),
    (with_item(prices={"EUR": "-0"}), []),
    (with_item(prices={"XAU": "1"}), [("items[1].prices.XAU", "unknown_currency")]),
    (with_item(prices={"eur": "1"}), [("items[1].prices.eur", "unknown_currency")]),
    (with_item(prices={"EUR": "9" * 38}), []),
    (with_item(prices={"EUR": "9" * 39}), [("items[1].prices.EUR", "invalid_decimal")]),
    (with_item(prices={"EUR": "0" * 39 + "1"}), []),
    (with_item(prices={"EUR": "0." + "0" * 37 + "1"}), []),
    (with_item(prices={"EUR": "0." + "0" * 38 + "1"}), [("items[1].prices.EUR", "invalid_decimal")]),
    (with_item(units={"each": "1"}), [("items[1].units.each", "invalid_value")]),
    (with_item(unit="BOX", units={"each": "1"}), []),
    (with_item(units={"BOX": "0"}), [("items[1].units.BOX", "invalid_value")]),
    (tree(policy={"rounding": "nearest"}), [("policy.rounding", "invalid_value")]),
    (tree(policy={"intermediate_digits": 39}), [("policy.intermediate_digits", "invalid_value")]),
    (tree(policy={"intermediate_digits": "2"}), [("policy.intermediate_digits", "invalid_value")]),
    (
        tree(policy={"currencies": {"CHF": {"amount": "0"}}}),
        [("policy.currencies.CHF.amount", "invalid_value")],
    ),
    (tree(policy={"currencies": {"CHF": {"unit": "0.01"}}}), []),
    (
        tree(policy={"currencies": {"PTS": {"unit": "1"}}}),
        [("policy.currencies.PTS.amount", "missing_field")],
    ),
    (tree([item(prices={"PTS": "1"})], policy={"currencies": {"PTS": {"amount": "1"}}}), []),
    (
        with_part("customers", {"customer": "C", "discount": "101"}),
        [("customers[0].discount", "invalid_discount")],
    ),
    (with_part("customers", {"customer": "C", "discount": "1.100000"}), []),
    (
        with_part("customers", {"customer": "C", "discount": "1.000001"}),
        [("customers[0].discount", "invalid_discount")],
    ),
    (
        with_part("customers", {"customer": "C", "payment_term": "T"}),
        [("customers[0].payment_term", "unknown_payment_term")],
    ),
    (
        with_part("target_groups", {"target_group": "G", "members": ["C", "D"]}),
        [("target_groups[0].members[1]", "unknown_customer")],
    ),
    (with_price_book(currency="XXX"), [("price_books[0].currency", "unknown_currency")]),
    (with_price_book(accounts=["D"]), [("price_books[0].accounts[0]", "unknown_customer")]),
    (with_price_book(prices=[{"item": "Z"}]), [("price_books[0].prices[0].item", "unknown_item")]),
    (
        with_price_book(prices=[{"item": "A", "unit": "BOX"}]),
        [("price_books[0].prices[0].unit", "unknown_unit")],
    ),
    (
        with_price_book(prices=[{"item": "A"}, {"item": "A", "unit": "each", "quantity_min": "0.00"}]),
        [("price_books[0].prices[1].item", "duplicate_item")],
    ),
    (
        with_price_book(prices=[{"item": "A", "quantity_min": "-1"}]),
        [("price_books[0].prices[0].quantity_min", "invalid_value")],
    ),
    (
        with_price_book(valid_from="2026-01-02", valid_until="2026-01-01"),
        [("price_books[0].valid_until", "valid_until_before_date")],
    ),
    (with_price_book(valid_from="2026-01-01T12:00", valid_until="2026-01-01"), []),
    (with_campaign(name="absent"), [("campaigns[0].name", "missing_field")]),
    (with_campaign(pricing_type="absent"), [("campaigns[0].pricing_type", "missing_field")]),
    (with_campaign(date="2026-02-29"), [("campaigns[0].date", "invalid_date")]),
    (with_campaign(date="2026-02-29", valid_until="1999-01-01"), [("campaigns[0].date", "invalid_date")]),
    (with_campaign(valid_until="2025-12-31"), [("campaigns[0].valid_until", "valid_until_before_date")]),
    (with_campaign(valid_until="2025-12-31", valid_from="2025-12-01"), []),
    (with_campaign(lines=[]), [("campaigns[0].lines", "no_lines")]),
    (with_campaign(lines="absent"), [("campaigns[0].lines", "no_lines")]),
    (with_campaign(lines=TWICE), [("campaigns[0].lines[1].item", "duplicate_item")]),
    (with_campaign(lines=[{"item": "A"}]), [("campaigns[0].lines[0].discount", "missing_field")]),
    (
        with_campaign(lines=[{"item": "A", "discount": "1", "price": "1"}]),
        [("campaigns[0].lines[0].price", "wrong_pricing_field")],
    ),
    (with_campaign(force_price=True), [("campaigns[0].force_price", "wrong_pricing_field")]),
    (with_campaign(force_price=False), []),
    (with_campaign(code_required=True), [("campaigns[0].code", "missing_field")]),
    (with_campaign(code_required=True, code=" "), [("campaigns[0].code", "missing_field")]),
    (with_campaign(priority=2**31), [("campaigns[0].priority", "invalid_value")]),
    (with_campaign(priority=-(2**31)), []),
    (with_campaign(customer="D"), [("campaigns[0].customer", "unknown_customer")]),
    (with_campaign(target_group="G"), [("campaigns[0].target_group", "unknown_target_group")]),
    (
        with_campaign(pricing_type="set_price", lines=[{"item": "A", "price": "1"}]),
        [("campaigns[0].currency", "missing_field")],
    ),
    (
        with_part("campaigns", campaign("K", "1", code="Straße "), campaign("L", "1", code="STRASSE")),
        [("campaigns[1].code", "duplicate_code")],
    ),
    (
        with_part("campaigns", campaign("K", "1", posted=False), campaign("K", "1")),
        [("campaigns[1].campaign", "duplicate_id")],
    ),
    (with_term(net_days=-1), [("payment_terms[0].net_days", "invalid_value")]),
    (with_term(net_days=2**31), [("payment_terms[0].net_days", "invalid_value")]),
    (with_term(net_days=2**31 - 1), []),
    (with_term(early=tiers((5, "3"), (10, "2"))), []),
    (with_term(early=tiers((5, "3"), (5, "2"))), [("payment_terms[0].early[1].days", "tiers_not_ordered")]),
    (
        with_term(early=tiers((5, "3"), (6, "3.0"))),
        [("payment_terms[0].early[1].discount", "tiers_not_ordered")],
    ),
    (with_term(early=[{"days": 5}]), [("payment_terms[0].early[0].discount", "missing_field")]),
]


@pytest.mark.parametrize(("book_tree", "expected"), ONE_FAULT)
def test_one_fault(book_tree: Tree, expected: list[tuple[str, str]]) -> None:
    assert problems(book_tree) == expected


def test_a_draft_is_checked_for_syntax_only() -> None:
    draft = campaign("K", "10", posted=False, customer="D", target_group="G", currency="XXX")
    draft |= {"valid_until": "1999-01-01", "force_price": True, "code_required": True}
    draft["lines"] = [{"item": "Z", "unit": "?", "price": "1"}, {"item": "A"}, {"item": "A"}]
    assert problems(with_part("campaigns", draft)) == []
    draft["lines"] = [{"discount": "101"}]
    assert problems(with_part("campaigns", draft | {"priority": "1"})) == [
        ("campaigns[0].lines[0].discount", "invalid_discount"),
        ("campaigns[0].lines[0].item", "missing_field"),
        ("campaigns[0].priority", "invalid_value"),
    ]


def test_all_problems_come_sorted_by_code_point() -> None:
    faulty = with_part("customers", *({"customer": f"C{n}", "discount": "x"} for n in range(11)))
    paths = [path for path, _ in problems(faulty | {"Z": 1})]
    assert paths[:3] == ["Z", "customers[0].discount", "customers[10].discount"]
    assert len(paths) == 12


def test_repeated_fields_keep_their_first_value() -> None:
    text = '{"items": [{"item": "A", "item": 5, "item": "B"}], "items": 5}'
    assert problems(text) == [("items", "duplicate_field"), ("items[0].item", "duplicate_field")]
    assert problems('{"items": [{"item": "A", "prices": {"EUR": 1, "EUR": 2}}]}') == [
        ("items[0].prices.EUR", "duplicate_field")
    ]


@pytest.mark.parametrize("text", ["", "[]", "5", "null", "{", '{"items": NaN}'])
def test_what_is_no_object(text: str) -> None:
    assert problems(text) == [("", "invalid_value")]


def test_reading_a_faulty_book_raises_all_of_it() -> None:
    with pytest.raises(BookErrors) as raised:
        read_book(json.dumps(tree(colour="red")))
    assert raised.value.problems == [{"code": "unknown_field", "path": "colour"}]
    assert book().items["A"].unit == "each"
