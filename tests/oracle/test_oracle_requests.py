"""Errors of requests, their subjects and which of them comes first."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .book import Book
from .identifiers import folded_code, natural_key
from .sample_documents import DATE, Tree, book, campaign, error, error_of, item, line, priced, quote, term

HEAD = f'"date": "{DATE}", "currency": "EUR"'


@pytest.mark.parametrize(
    ("text", "code", "subject"),
    [
        ("", "invalid_value", ""),
        ("[]", "invalid_value", ""),
        ("{}", "missing_field", "date"),
        (f'{{"date": "{DATE}"}}', "missing_field", "currency"),
        ('{"lines": [{}], "date": "x"}', "missing_field", "lines[0].item"),
        ('{"date": "2026-02-30", "lines": 5}', "invalid_date", "date 2026-02-30"),
        ('{"lines": 5, "date": "2026-02-30"}', "invalid_value", "lines 5"),
        (f'{{{HEAD}, "date": "{DATE}"}}', "duplicate_field", "date"),
        (f'{{{HEAD}, "Date": "{DATE}"}}', "unknown_field", "Date"),
        (f'{{{HEAD}, "customer": ""}}', "invalid_identifier", "customer"),
        (f'{{{HEAD}, "customer": 5}}', "invalid_value", "customer 5"),
        (f'{{{HEAD}, "customer": ["C"]}}', "invalid_value", "customer"),
        (f'{{{HEAD}, "explain": "yes"}}', "invalid_value", "explain yes"),
        (f'{{{HEAD}, "code": "a\\u0007b"}}', "invalid_identifier", "code a\x07b"),
        (f'{{{HEAD}, "lines": [{{"quantity": 1.5}}]}}', "invalid_decimal", "lines[0].quantity 1.5"),
        (f'{{{HEAD}, "lines": [{{"quantity": "1e3"}}]}}', "invalid_decimal", "lines[0].quantity 1e3"),
        (f'{{{HEAD}, "lines": [{{"quantity": ""}}]}}', "invalid_decimal", "lines[0].quantity"),
        (f'{{{HEAD}, "lines": [{{"quantity": true}}]}}', "invalid_value", "lines[0].quantity true"),
        (f'{{{HEAD}, "lines": [{{"quantity": null, "item": "A"}}]}}', "missing_field", "lines[0].quantity"),
        (f'{{{HEAD}, "lines": [{{"list_price": "-1"}}]}}', "negative_price", "lines[0].list_price -1"),
        (
            f'{{{HEAD}, "lines": [{{"manual_discount": 101}}]}}',
            "invalid_discount",
            "lines[0].manual_discount 101",
        ),
        (f'{{{HEAD}, "lines": [{{"tax_rate": "-1"}}]}}', "invalid_tax_rate", "lines[0].tax_rate -1"),
        (
            f'{{{HEAD}, "lines": [{{"tax_rate": "1.000001"}}]}}',
            "invalid_tax_rate",
            "lines[0].tax_rate 1.000001",
        ),
    ],
)
def test_shape(text: str, code: str, subject: str) -> None:
    assert error_of(book(), text) == (code, subject)


def document_book() -> Book:
    return book(
        campaigns=[
            campaign("K", "10", code="Spring", valid_until="2026-04-01"),
            campaign("L", "20", code="Later", valid_from="2026-05-01"),
        ],
        **term((8, "2"), active=False),
    )


@pytest.mark.parametrize(
    ("fields", "code", "subject"),
    [
        ({"currency": "XAU"}, "unknown_currency", "currency XAU"),
        ({"currency": "", "customer": "D"}, "invalid_identifier", "currency"),
        ({"customer": "D", "campaign": "M"}, "unknown_customer", "customer D"),
        ({"campaign": "M", "code": "none"}, "unknown_campaign", "campaign M"),
        ({"code": " none"}, "unknown_code", "code  none"),
        ({"code": "later", "campaign": "K"}, "code_expired", "code later"),
        ({"code": "spring", "date": "2026-04-02"}, "code_expired", "code spring"),
        ({"code": "spring", "campaign": "L", "payment_term": "T"}, "campaign_and_code", "code spring"),
        ({"payment_term": "T", "prices_include_tax": True}, "unknown_payment_term", "payment_term T"),
        ({"prices_include_tax": True}, "tax_mode_mismatch", "prices_include_tax true"),
    ],
)
def test_document_errors_in_their_order(fields: Tree, code: str, subject: str) -> None:
    assert error(document_book(), **fields) == (code, subject)


def test_line_errors_come_line_by_line() -> None:
    known = book([item(), item("B", {})])
    assert error(known, line("B"), line("Z")) == ("no_price", "lines[0].item B")
    assert error(known, line(), line("Z")) == ("unknown_item", "lines[1].item Z")
    assert error(known, line(unit="BOX")) == ("unknown_unit", "lines[0].unit BOX")
    assert error(known, line(), line("A", "9" * 38)) == ("overflow", "lines[1].item A")


def test_overflow_is_that_of_the_quote() -> None:
    cent_limit = "9" * 36  # with two places, 38 digits
    known = book([item(prices="1")])
    assert priced(known, line(quantity=cent_limit))["net"] == cent_limit + ".00"
    assert error(known, line(quantity="1" + "0" * 36)) == ("overflow", "lines[0].item A")
    assert error(known, line(quantity=cent_limit), line()) == ("overflow", "total")
    # A price whose exact discount needs many places is fine: only what the quote shows counts.
    tiny = "0." + "0" * 37 + "1"
    shown = priced(book([item(prices=tiny)], customer="33.33333"))
    assert (shown["unit_price"], shown["net"], shown["unit_net"]) == (tiny, "0.00", "0")
    boxed = book([item(prices=tiny, units={"BOX": "0.1"})])
    assert error(boxed, line(unit="BOX")) == ("overflow", "lines[0].item A")
    # Places that are only zeros are not needed.
    boxed = book([item(prices=tiny, units={"BOX": "20.0"})])
    assert priced(boxed, line(unit="BOX"))["list_price"] == "0." + "0" * 36 + "2"


def test_dates_after_9999_overflow_the_total() -> None:
    known = book(**term((8, "2"), net_days=0))
    assert quote(known, date="9999-12-23", payment_term="T")["payment"]["early"][0]["until"] == "9999-12-31"
    assert error(known, date="9999-12-24", payment_term="T") == ("overflow", "total")
    shown = quote(known, date="9999-12-24", payment_term="T", early_payment=False)
    assert shown["payment"]["due"] == "9999-12-24"


@pytest.mark.parametrize("spelling", ["spring", " SPRING\n", "\u3000Spring\u00a0"])
def test_codes_are_trimmed_and_folded(spelling: str) -> None:
    result = quote(document_book(), code=spelling)
    assert result["lines"][0]["applied_campaign"] == "K"
    assert quote(document_book(), code=" \t")["lines"][0]["applied_campaign"] == "K"


def test_folding() -> None:
    assert folded_code(" Straße") == folded_code("STRASSE") != folded_code("strase")
    assert folded_code("e\u0301te") == folded_code("\u00c9TE")
    assert folded_code("as") != folded_code("ås")
    assert folded_code("\x1cas") != "as"  # a control character, but no white space


def test_natural_order() -> None:
    in_order = ["", "+", "007", "7", "8", "010", "10", "A", "K", "K0", "K2", "K2-1", "K010", "K10", "K-"]
    expected = ["", "+", "007", "7", "8", "010", "10", "A", "K", "K-", "K0", "K2", "K2-1", "K010", "K10"]
    assert sorted(in_order, key=natural_key) == expected
    assert natural_key("K9") < natural_key("K10") < natural_key("K:")  # a run stands where 0 stands


@pytest.mark.parametrize(
    ("written", "shown"), [("3", "3"), (3, "3"), ("003.50", "003.50"), ("-0", "-0"), ("0.0", "0.0")]
)
def test_quantities_are_echoed_as_written(written: Any, shown: str) -> None:
    assert priced(book(), line(quantity=written))["quantity"] == shown


def test_dates_are_echoed_as_written() -> None:
    assert quote(book(), date="2026-03-15T12:30")["date"] == "2026-03-15T12:30"


def test_repeated_fields_are_met_in_document_order() -> None:
    text = '{"customer": "C", "customer": 5, ' + HEAD + ', "lines": [{"item": ""}]}'
    assert error_of(book(), text) == ("duplicate_field", "customer")
    text = json.dumps({"lines": [{"item": "", "quantity": "x"}]})
    assert error_of(book(), text) == ("invalid_identifier", "lines[0].item")
