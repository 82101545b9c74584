"""Settling, allocating, filling: what the package adds to the engine's answers, which the case files hold."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from rabatt import Book, Error, Errors, Quote, allocate, explain, price, set_for_all, settle

BOOK = Book.from_dict(
    {
        "items": [{"item": "DESK", "prices": {"EUR": 100}}, {"item": "LAMP"}],
        "campaigns": [
            {"campaign": "K1", "name": "", "pricing_type": "set_price", "currency": "EUR",
             "date": "2026-03-01", "lines": [{"item": "DESK", "price": 90}, {"item": "LAMP", "price": 5}]},
        ],
        "payment_terms": [{"payment_term": "T2", "net_days": 30, "early": [{"days": 8, "discount": 2}]}],
    }
)  # fmt: skip
DRAFT: dict[str, Any] = {
    "campaign": "K2", "name": "", "posted": False, "pricing_type": "set_discount", "date": "2026-03-01",
    "lines": [{"item": "DESK"}, {"item": "LAMP", "discount": "1"}],
}  # fmt: skip


def quote(**fields: Any) -> Quote:
    lines = [{"item": "DESK", "quantity": 2}]
    return price(
        BOOK, {"date": "2026-03-10", "currency": "EUR", "payment_term": "T2", "lines": lines} | fields
    )


def test_settled_by_typed_payments() -> None:
    settlement = settle(quote(), [(datetime.date(2026, 3, 18), Decimal("100.00")), ("2026-03-18", "76.40")])
    assert settlement.settled
    assert settlement.tier == 0
    assert (str(settlement.open), str(settlement.overpaid)) == ("0.00", "0.00")


def test_settled_without_a_term() -> None:
    settlement = settle(price(BOOK, {"date": "2026-03-10", "currency": "EUR", "lines": []}), [])
    assert (settlement.settled, settlement.tier, str(settlement.open)) == (True, None, "0.00")


def test_open_and_overpaid() -> None:
    assert str(settle(quote(), iter([("2026-03-19", "0.005")])).open) == "179.995"
    assert str(settle(quote(), [("2026-03-10", 200)]).overpaid) == "23.60"


@pytest.mark.parametrize(
    ("payment", "code"),
    [
        (("2026-03-10", 1.5), "invalid_decimal"),
        (("2026-03-10", "1,5"), "invalid_decimal"),
        (("2026-03-10", float("nan")), "invalid_decimal"),
        (("2026-03-10", True), "invalid_decimal"),
        (("2026-03-10", "\ud800"), "invalid_decimal"),
        (("10.03.2026", 1), "invalid_date"),
        ((20260310, 1), "invalid_date"),
        ((datetime.datetime(2026, 3, 10, tzinfo=datetime.UTC), 1), "invalid_date"),
    ],
)
def test_no_payments(payment: Any, code: str) -> None:
    with pytest.raises(Error) as refused:
        settle(quote(), [payment])
    assert refused.value.code == code


def test_allocated() -> None:
    assert allocate("0.05", [3, Decimal("7")], step="0.01") == [Decimal("0.02"), Decimal("0.03")]
    assert [str(part) for part in allocate(-100, ["1", "1", "1"], currency="EUR")] == [
        "-33.34",
        "-33.33",
        "-33.33",
    ]
    assert [str(part) for part in allocate("1", [1, 1], currency="TND")] == ["0.500", "0.500"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"amount": 1.5, "weights": [1], "step": 1}, "invalid_decimal: amount 1.5"),
        ({"amount": 1, "weights": [1, 0.5], "step": 1}, "invalid_decimal: weights[1] 0.5"),
        ({"amount": 1, "weights": [1], "step": 0.01}, "invalid_decimal: step 0.01"),
        ({"amount": 1, "weights": [None], "step": 1}, "invalid_decimal: weights[0] None"),
        ({"amount": 1, "weights": [], "step": 1}, "invalid_weights"),
        ({"amount": "0.5", "weights": [1], "step": 1}, "invalid_amount"),
        ({"amount": 1, "weights": [1], "currency": "XAU"}, "unknown_currency"),
    ],
)
def test_not_allocated(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(Error) as refused:
        allocate(**arguments)
    assert str(refused.value).startswith(said)


def test_either_currency_or_step() -> None:
    for wrong in ({}, {"currency": "EUR", "step": 1}):
        with pytest.raises(TypeError, match="either"):
            allocate(1, [1], **wrong)  # type: ignore[arg-type]


def test_filled() -> None:
    filled = set_for_all("K1", Decimal("15"), BOOK)
    assert [Decimal(line["price"]) for line in filled.lines] == [85, 5]
    assert [(remark.line, remark.item, remark.code) for remark in filled.report] == [
        (1, "LAMP", "no_base_price")
    ]


def test_a_draft_is_filled() -> None:
    filled = set_for_all(DRAFT, 15, BOOK)
    assert [line["discount"] for line in filled.lines] == ["15", "15"]
    posted = DRAFT | {"posted": True, "lines": list(filled.lines)}
    assert Book.from_dict(BOOK.to_dict() | {"campaigns": [posted]}).summary().campaigns == 1


def test_not_filled() -> None:
    for campaign, percent, said in [
        ("K9", 5, "unknown_campaign: campaign K9"),
        ("K1", 101, "invalid_discount: percent 101"),
        ("K1", 1.5, "invalid_decimal: percent 1.5"),
        (DRAFT | {"lines": [{"item": "DESK", "discount": 1.5}]}, 5, "1 problem"),
        (
            DRAFT | {"lines": [{"item": "DESK", "discount": {1}}]},
            5,
            "invalid_value: campaigns[0].lines[0].discount",
        ),
        (DRAFT | {"pricing_type": None}, 5, "missing_field: pricing_type"),
    ]:
        with pytest.raises(Error) as refused:
            set_for_all(campaign, percent, BOOK)  # type: ignore[arg-type]
        assert str(refused.value).startswith(said)
    with pytest.raises(Errors) as faulty:
        set_for_all(DRAFT | {"colour": 1}, 5, BOOK)
    assert faulty.value.problems[0].path == "campaigns[0].colour"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: set_for_all(BOOK, "K1", 10), "book must be a rabatt.Book, not int"),  # type: ignore[arg-type]
        (lambda: settle(quote(), ("2026-03-18", "1000")), "a payment must be a pair (date, amount), not str"),  # type: ignore[arg-type]
        (lambda: settle(quote(), [("2026-03-18",)]), "a payment must be a pair (date, amount), not tuple"),  # type: ignore[list-item]
        (lambda: explain(quote(), "0"), "line must be an int, not str"),  # type: ignore[arg-type]
        (lambda: allocate(1, [1], currency=5), "currency must be a str, not int"),  # type: ignore[arg-type]
    ],
)
def test_arguments_of_another_type_are_one_line(call: Callable[[], object], said: str) -> None:
    with pytest.raises(TypeError) as refused:
        call()
    assert str(refused.value) == said
