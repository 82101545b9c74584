"""Quotes as typed values. That they say what the JSON says is tested case by case in test_face.py."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
from dataclasses import FrozenInstanceError, fields
from decimal import Decimal
from typing import Any, get_args

import pytest
import rabatt
from rabatt import Book, Error, Quote, _rabatt, price, quote

from tests.oracle.generate import generate

BOOK = Book.from_dict(
    {
        "items": [{"item": "TEA", "prices": {"EUR": "9.99"}}, {"item": "MUG", "prices": {"EUR": "100"}}],
        "customers": [{"customer": "C1", "payment_term": "T5"}],
        "campaigns": [
            {"campaign": "K1", "name": "", "pricing_type": "set_discount", "date": "2026-03-01",
             "lines": [{"item": "TEA", "discount": 15}]},
            {"campaign": "K2", "name": "", "pricing_type": "set_discount", "date": "2026-04-01",
             "lines": [{"item": "TEA", "discount": 15}]},
        ],
        "payment_terms": [
            {"payment_term": "T5", "net_days": 30, "grace_days": 2, "early": [{"days": 8, "discount": 5}]}
        ],
    }
)  # fmt: skip
REQUEST = {
    "date": "2026-03-10T09:30", "currency": "EUR", "customer": "C1",
    "lines": [{"item": "TEA", "quantity": "3.00", "tax_rate": "19.0"}, {"item": "MUG", "quantity": -1}],
}  # fmt: skip


def test_everything_is_typed() -> None:
    made = price(BOOK, REQUEST)
    tea, mug = made.lines
    assert made.date == datetime.datetime(2026, 3, 10, 9, 30)
    assert (made.book, made.currency, made.customer) == (BOOK.hash, "EUR", "C1")
    assert (str(tea.quantity), str(tea.net), tea.applied_campaign) == ("3.00", "25.47", "K1")
    assert tea.rejected == (rabatt.Rejection("K2", "not_started"),)
    assert tea.steps[0] == rabatt.Step("list_price", "unit_price", None, Decimal("9.99"), False)
    assert (mug.tax_rate, mug.applied_campaign, str(mug.net)) == (None, None, "-100.00")
    assert made.taxes == (rabatt.TaxRow(Decimal(19), Decimal("25.47"), Decimal("25.47"), Decimal("4.84")),)
    assert made.campaigns == (rabatt.CampaignTotal("K1", Decimal("25.47"), Decimal("4.50")),)
    assert made.warnings == ()
    assert made.payment is not None
    assert (made.payment.due, made.payment.early) == (datetime.date(2026, 4, 9), ())  # the net is negative


def test_values_are_frozen() -> None:
    made = price(BOOK, REQUEST)
    with pytest.raises(FrozenInstanceError):
        made.net = Decimal(0)  # type: ignore[misc]
    hash(made)


def test_equality_is_by_value() -> None:
    assert price(BOOK, REQUEST) == price(BOOK, json.dumps(REQUEST))
    assert price(BOOK, REQUEST) == price(BOOK, REQUEST | {"date": "2026-03-10T09:30:00"})
    assert price(BOOK, REQUEST) != price(BOOK, REQUEST | {"date": "2026-03-10T09:31"})
    assert price(BOOK, REQUEST) != price(BOOK, REQUEST | {"explain": False})


def test_quotes_travel() -> None:
    made = price(BOOK, REQUEST)
    for other in (Quote.from_json(made.to_json()), pickle.loads(pickle.dumps(made)), copy.deepcopy(made)):
        assert other == made
        assert other.to_json() == made.to_json()
        assert other.to_dict() == json.loads(made.to_json())


def test_repr() -> None:
    made = price(BOOK, REQUEST)
    assert repr(made) == "<Quote 2 lines: net -74.53, tax 4.84, total -69.69 EUR>"
    assert repr(made.lines[0]) == "<QuoteLine 3.00 each TEA at 9.99, 15 % off: net 25.47, source campaign>"


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"book": 1}', b"\xff", "[" * 100_000, 5, None])
def test_no_quotes(text: Any) -> None:
    with pytest.raises(Error, match="invalid_value: quote"):
        Quote.from_json(text)


WHOLE = price(BOOK, REQUEST | {"lines": [{"item": "TEA", "quantity": "3.00"}]}).to_json()


NO_VALUES: dict[str, list[Any]] = {
    "total": [25.47, 25, None, "NaN", "Infinity", "2.7E2", "+1", "1_0", " 1", "٣", "9" * 39, f"0.{1:039}"],
    "grace_days": ["x", "2", 2.0, True, None, 99_999_999_999, 2**31, -(2**31) - 1],
    "rounded": [0, 1, "true", None],
    "currency": [5, None, [], True],
    "source": ["somebody", 1, None, []],
    "reason": ["whim", None],
    "date": ["20260310", "2026-W11-2", "2026-03-10T09:30:00+01:00", "2026-02-30", 5],
    "lines": ["", {}, None, [5], [{}]],
}


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field in NO_VALUES for value in NO_VALUES[field]]
)
def test_what_no_quote_can_say(field: str, value: Any) -> None:
    content = json.loads(WHOLE, object_hook=lambda entry: entry | {field: value} if field in entry else entry)
    assert json.dumps(content) != json.dumps(json.loads(WHOLE))
    with pytest.raises(Error, match="invalid_value: quote"):
        Quote.from_json(json.dumps(content))


def test_a_quote_of_bytes() -> None:
    made = Quote.from_json(WHOLE.encode())
    assert (made, made.to_json()) == (Quote.from_json(WHOLE), WHOLE)


def test_the_words_are_those_of_the_engine() -> None:
    words = _rabatt.words()
    assert list(get_args(quote.Source)) == words["source"]
    assert list(get_args(quote.StepName)) == words["step"]
    assert list(get_args(quote.StepWhat)) == words["what"]
    assert list(get_args(quote.Reason)) == words["reason"]
    assert list(get_args(quote.TaxMode)) == words["tax_mode"]


def test_the_fields_are_those_of_the_schema() -> None:
    schema = rabatt.schema("quote")
    definitions = schema["$defs"]
    for record, place in [
        (Quote, schema),
        (rabatt.QuoteLine, definitions["line"]),
        (rabatt.Step, definitions["step"]),
        (rabatt.Rejection, definitions["rejection"]),
        (rabatt.TaxRow, definitions["tax_row"]),
        (rabatt.CampaignTotal, definitions["campaign_total"]),
        (rabatt.Warning, definitions["warning"]),
        (rabatt.Payment, definitions["payment"]),
        (rabatt.EarlyPayment, definitions["early_payment"]),
    ]:
        assert (
            [field.name for field in fields(record) if field.init]
            == list(place["properties"])
            == place["required"]
        )


def test_decimals_of_any_width() -> None:
    """Steps never overflow: their numbers are printed in full, beyond what Python's context would keep."""
    nines = "9" * 19
    book = Book.from_dict({"items": [{"item": "TEA", "prices": {"EUR": f"{nines}.{nines}"}}]})
    text = {"date": "2026-03-10", "currency": "EUR", "lines": [{"item": "TEA", "quantity": f"0.{nines}"}]}
    made = price(book, text)
    assert str(made.lines[0].unit_price) == f"{nines}.{nines}"
    assert any(len(str(step.before)) > 40 for step in made.lines[0].steps)


@pytest.mark.parametrize("number", range(10))
def test_replayed_steps_give_the_net(number: int) -> None:
    case = generate(f"steps/{number}", faulty_requests=0, faulty_books=0, tables=0)
    book = Book.from_json(case.book)
    for text in case.requests:
        try:
            made = price(book, text)
        except Error:
            continue
        for entry in made.lines:
            for before, after in zip(entry.steps, entry.steps[1:], strict=False):
                assert after.before == before.after or (before.what, after.what) == ("unit_price", "amount")
            if entry.steps and entry.steps[-1].what == "amount":
                assert entry.steps[-1].after == entry.net
