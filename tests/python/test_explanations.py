"""Explanations: the whole story of a price, in words."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from rabatt import Book, Error, Quote, _rabatt, explain, price
from rabatt.sentences import REASONS

from tests.oracle.generate import generate

BOOK: dict[str, Any] = {
    "items": [
        {"item": "TEA", "units": {"BOX": 12}, "prices": {"EUR": "9.99"}}, {"item": "NEW"}, {"item": "<b>&"},
    ],
    "customers": [
        {"customer": "C1", "discount": 5, "payment_term": "T1"}, {"customer": "CX", "payment_term": "OLD"},
    ],
    "price_books": [
        {"price_book": "P1", "currency": "EUR", "valid_until": "2026-01-31",
         "prices": [{"item": "TEA", "price": 8}]},
    ],
    "payment_terms": [
        {"payment_term": "T1", "net_days": 30, "grace_days": 3, "early": [{"days": 8, "discount": "2.5"}]},
        {"payment_term": "OLD", "net_days": 30, "active": False},
    ],
}  # fmt: skip


def campaign(number: str, **fields: Any) -> dict[str, Any]:
    line = {"item": "TEA", "discount": fields.pop("discount", None), "price": fields.pop("price", None)}
    return {"campaign": number, "name": "", "date": "2026-02-01", "lines": [line]} | fields


def discount(number: str, percent: str, **fields: Any) -> dict[str, Any]:
    return campaign(number, pricing_type="set_discount", discount=percent, **fields)


def set_price(number: str, amount: str, **fields: Any) -> dict[str, Any]:
    return campaign(number, pricing_type="set_price", currency="EUR", price=amount, **fields)


def quote(*campaigns: dict[str, Any], line: dict[str, Any] | None = None, **fields: Any) -> Quote:
    content = BOOK | {"campaigns": list(campaigns)}
    lines = [{"item": "TEA", "quantity": 2} | (line or {})]
    return price(Book.from_dict(content), {"date": "2026-03-10", "currency": "EUR", "lines": lines} | fields)


def winner(*campaigns: dict[str, Any], line: dict[str, Any] | None = None, **fields: Any) -> str:
    return " ".join(explain(quote(*campaigns, line=line, **fields), 0).lines[0].winner)


def test_the_whole_text() -> None:
    made = quote(
        discount("K2", "10", combine="add"),
        discount("K9", "1", combine="add"),
        line={"unit": "BOX", "tax_rate": "19"},
        customer="C1",
        campaign="K2",
    )
    assert str(explain(made)).splitlines() == [
        "Quote of 2026-03-10 for C1, in EUR",
        "",
        "Line 0: 2 BOX TEA, net 203.80 EUR",
        "  list price           9.99",
        "  unit conversion    119.88   per BOX",
        "  quantity           239.76   × 2",
        "  combined discount  203.796  15 %",
        "  rounding           203.80   +0.004",
        "  Campaign K2 gives 10 %, the customer's discount is 5 %: together 15 %."
        " It saves 35.96 against the list price.",
        "  Not K9: another campaign was asked for.",
        "",
        "net                 203.80",
        "19 % tax on 203.80   38.72",
        "total               242.52",
        "",
        "Payment term T1: due on 2026-04-09.",
        "Paid by 2026-03-18: 2.5 % off, that is 6.06, and 236.46 to pay.",
        "Payments 3 days late still count as early.",
    ]


@pytest.mark.parametrize(
    ("said", "campaigns", "line", "fields"),
    [
        ("The list price holds: nothing lowers it.", [], {}, {}),
        ("The customer's discount of 5 % applies.{1.00}", [], {}, {"customer": "C1"}),
        ("Campaign K1 gives 10 %.{2.00}", [discount("K1", "10")], {}, {}),
        (
            "Campaign K1 gives 10 %, in the place of the customer's 5 %.{2.00}",
            [discount("K1", "10")], {}, {"customer": "C1"},
        ),
        ("Campaign K1 sets the price of 9.{1.98}", [set_price("K1", "9")], {}, {}),
        (
            "Campaign K1 sets the price of 9, less the customer's discount of 5 %.{2.88}",
            [set_price("K1", "9", allow_customer_discount=True)], {}, {"customer": "C1"},
        ),
        (
            "Campaign K1 sets the price of 11. It is 2.02 dearer than the list price.",
            [set_price("K1", "11", force_price=True)], {}, {},
        ),
        ("It was priced by hand.{1.98}", [], {"manual_price": 9}, {}),
        ("A discount of 12.5 % was given by hand.{2.50}", [], {"manual_discount": "12.5"}, {}),
        (
            "It was priced by hand, with 12.5 % off.{4.23}",
            [], {"manual_price": 9, "manual_discount": "12.5"}, {},
        ),
        ("It was priced by hand. There is no list price.", [], {"item": "NEW", "manual_price": 9}, {}),
        ("Campaign K1 gives 10 %.{2.00}", [discount("K1", "10")], {"quantity": -2}, {}),
        (
            "The list price holds: nothing lowers it. The list price is that of price book P1.",
            [], {}, {"date": "2026-01-10"},
        ),
    ],
)  # fmt: skip
def test_who_made_the_price(
    said: str, campaigns: list[dict[str, Any]], line: dict[str, Any], fields: dict[str, Any]
) -> None:
    """{2.00} stands for the sentence on what is saved."""
    said = said.replace("{", " It saves ").replace("}", " against the list price.")
    assert winner(*campaigns, line=line, **fields) == said


def test_warnings() -> None:
    made = explain(quote(discount("K1", "10", valid_until="2026-02-28"), campaign="K1", customer="CX"))
    assert made.warnings == (
        "Line 0 does not get campaign K1: it was over.",
        "Campaign K1 does not apply: it was asked for, and no line took it.",
        "The customer's payment term is inactive, so there is none.",
    )


def test_one_line() -> None:
    made = quote(discount("K1", "10"), customer="C1")
    one = explain(made, 0)
    assert one.lines == explain(made).lines
    assert (one.totals, one.warnings, one.payment) == ((), (), ())
    for index in (1, -1):
        with pytest.raises(IndexError):
            explain(made, index)


def test_what_is_no_quote() -> None:
    with pytest.raises(TypeError, match=r"quote must be a rabatt\.Quote, not Book"):
        explain(Book.from_dict(BOOK))  # type: ignore[arg-type]


def test_without_steps() -> None:
    made = explain(quote(discount("K1", "10"), explain=False))
    assert made.table() == []
    assert "Campaign K1 gives 10 %." in str(made)


def test_table() -> None:
    rows = explain(quote(discount("K1", "10"))).table()
    assert [(row["line"], row["item"], row["what"], str(row["after"]), row["note"]) for row in rows] == [
        (0, "TEA", "list price", "9.99", ""),
        (0, "TEA", "quantity", "19.98", "× 2"),
        (0, "TEA", "campaign discount", "17.982", "10 %"),
        (0, "TEA", "rounding", "17.98", "−0.002"),
    ]
    assert [row["before"] is None for row in rows] == [True, False, False, False]


@pytest.mark.parametrize(
    ("round_at", "fields", "notes"),
    [
        ("line_discount", {"manual_discount": "12.5"}, ["12.5 %", "−0.00125"]),
        ("unit_discount", {"manual_discount": "12.5"}, ["12.5 %", "−0.00125"]),
        ("line_net", {"manual_price": "9"}, [""]),
        ("line_net", {"manual_price": "8", "manual_discount": "12.5"}, ["", "12.5 %"]),
        ("unit_net", {"manual_price": "8", "manual_discount": "12.5"}, ["", "12.5 %"]),
        ("unit_net", {"manual_price": "0", "manual_discount": "12.5"}, [""]),
    ],
)
def test_what_was_typed_by_hand(round_at: str, fields: dict[str, str], notes: list[str]) -> None:
    """A percentage has its note, a price does not; whatever the policy, and both may be there."""
    policy = {"policy": {"round_at": round_at, "currencies": {"EUR": {"unit": "0.01"}}}}
    request = {"date": "2026-03-10", "currency": "EUR", "lines": [{"item": "TEA", "quantity": 1} | fields]}
    (line,) = explain(price(Book.from_dict(BOOK | policy), request)).lines
    steps = [step for step in line.steps if step.what in ("manual", "rounding")]
    assert [step.note for step in steps] == notes


def test_roundings_of_many_digits() -> None:
    made = quote(line={"quantity": f"0.{'9' * 37}", "list_price": f"{'9' * 17}.{'9' * 20}"})
    step = explain(made).lines[0].steps[-1]
    assert step.before is not None
    assert (step.what, Fraction(step.note)) == ("rounding", Fraction(step.after) - Fraction(step.before))
    whole = "9" * 36
    assert f"It saves {whole}.00 against" in winner(
        line={"list_price": whole, "quantity": 1, "manual_price": 0}
    )


def test_html_is_escaped() -> None:
    made = quote(set_price("<i>", "5"), line={"item": "<b>&", "list_price": 5}, campaign="<i>")
    html = explain(made)._repr_html_()
    assert "&lt;b&gt;&amp;" in html
    assert "&lt;i&gt;" in html
    assert "<b>&amp;" not in html.replace("<b>Line", "")
    assert "<i>" not in html


def test_every_reason_has_a_sentence() -> None:
    assert list(REASONS) == _rabatt.words()["reason"]


@pytest.mark.parametrize("number", range(20))
def test_everything_can_be_explained(number: int) -> None:
    case = generate(f"explain/{number}", faulty_requests=0, faulty_books=0, tables=0)
    book = Book.from_json(case.book)
    for text in case.requests:
        try:
            made = price(book, text)
        except Error:
            continue
        explained = explain(made)
        assert f"{made.total:f}" in str(explained)
        assert explained._repr_html_().count("<table>") == sum(bool(line.steps) for line in made.lines) + 1
        for line, steps in zip(made.lines, (entry.steps for entry in explained.lines), strict=True):
            assert not steps or steps[-1].after == line.net
            assert all(f"Not {entry.campaign}: " in str(explained) for entry in line.rejected)
