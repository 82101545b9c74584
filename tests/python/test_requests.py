"""Requests: every way to write one, and what is refused."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rabatt import Book, Error, Request, RequestLine, price, price_orders

BOOK = Book.from_dict(
    {
        "items": [{"item": "TEA", "prices": {"EUR": "9.99"}}],
        "price_books": [
            {
                "price_book": "NOON",
                "currency": "EUR",
                "valid_from": "2026-03-10T12:00",
                "prices": [{"item": "TEA", "price": 9}],
            }
        ],
    }
)


def line(**fields: Any) -> RequestLine:
    given: dict[str, Any] = {"item": "TEA", "quantity": 2} | fields
    return RequestLine(**given)


def request(*lines: RequestLine | dict[str, Any], **fields: Any) -> Request:
    return Request(**({"date": "2026-03-10", "currency": "EUR", "lines": lines or [line()]} | fields))


def refusal(*lines: RequestLine | dict[str, Any], **fields: Any) -> str:
    with pytest.raises(Error) as refused:
        price(BOOK, request(*lines, **fields))
    return f"{refused.value.code} {refused.value.subject}"


def test_all_spellings_are_one_request(tmp_path: Path) -> None:
    content = {"date": "2026-03-10", "currency": "EUR", "lines": [{"item": "TEA", "quantity": "2"}]}
    (tmp_path / "request.json").write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "request.yaml").write_text(
        "date: 2026-03-10\ncurrency: EUR\nlines: [{item: TEA, quantity: 2}]\n"
    )
    requests: list[Any] = [
        content,
        json.dumps(content),
        json.dumps(content).encode(),
        "\ufeff" + json.dumps(content),
        *(kind(b"\xef\xbb\xbf" + json.dumps(content).encode()) for kind in (bytes, bytearray, memoryview)),
        content | {"lines": [line()]},
        content | {"lines": (line(quantity=Decimal(2)),)},
        content | {"date": datetime.date(2026, 3, 10)},
        request(),
        request(line(quantity="2")),
        request({"item": "TEA", "quantity": 2}),
        request(date=datetime.date(2026, 3, 10)),
        request(lines=(entry for entry in [line()])),
        tmp_path / "request.json",
        tmp_path / "request.yaml",
    ]
    assert {price(BOOK, entry).to_json() for entry in requests} == {price(BOOK, content).to_json()}


def test_values_keep_their_spelling() -> None:
    made = request(line(quantity=Decimal("2.50"), list_price=Decimal("1E+1"), tax_rate="19.0"), explain=False)
    assert made.to_dict() == {
        "date": "2026-03-10",
        "currency": "EUR",
        "explain": False,
        "lines": [{"item": "TEA", "quantity": "2.50", "list_price": "10", "tax_rate": "19.0"}],
    }
    quote = price(BOOK, made)
    assert (str(quote.lines[0].quantity), quote.lines[0].steps) == ("2.50", ())


def test_a_datetime_is_a_moment() -> None:
    for hour, unit_price in [(11, "9.99"), (12, "9")]:
        moment = datetime.datetime(2026, 3, 10, hour)
        quote = price(BOOK, request(date=moment))
        assert (quote.date, str(quote.lines[0].unit_price)) == (moment, unit_price)


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (1.5, "1.5"),
        (2.0, "2.0"),
        (-0.0, "-0.0"),
        (1e22, "1e+22"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (Decimal("NaN"), "NaN"),
        (Decimal("Infinity"), "Infinity"),
        (Decimal("1e1001"), "1E+1001"),
        (10**38, "1" + "0" * 38),
        pytest.param(10**5000, "(an integer of 16610 bits)", id="huge"),
        ("1,5", "1,5"),
        ("1e3", "1e3"),
        ("٣", "٣"),
    ],
)
@pytest.mark.parametrize("field", ["quantity", "list_price", "manual_price", "manual_discount", "tax_rate"])
def test_no_decimals(field: str, value: Any, spelled: str) -> None:
    assert refusal(line(), line(**{field: value})) == f"invalid_decimal lines[1].{field} {spelled}"
    assert (
        refusal({"item": "TEA", "quantity": 1} | {field: value})
        == f"invalid_decimal lines[0].{field} {spelled}"
    )


@pytest.mark.parametrize(
    "value", [True, [], {}, b"1", {1}, 1j, object(), datetime.time(1), datetime.timedelta(1)]
)
def test_no_decimal_types(value: Any) -> None:
    said = refusal(line(list_price=value))
    assert said.removesuffix(" true") == "invalid_value lines[0].list_price"


def test_floats_of_other_libraries() -> None:
    numpy = pytest.importorskip("numpy")
    assert refusal(line(quantity=numpy.float64(1.5))) == "invalid_decimal lines[0].quantity 1.5"
    assert refusal(line(quantity=numpy.float32(1.5))) == "invalid_decimal lines[0].quantity 1.5"
    assert price(BOOK, request(line(quantity=numpy.int64(2)))) == price(BOOK, request())


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (datetime.datetime(2026, 3, 10, tzinfo=datetime.UTC), "invalid_date date 2026-03-10T00:00:00+00:00"),
        (datetime.datetime(2026, 3, 10, 9, 0, 0, 1), "invalid_date date 2026-03-10T09:00:00.000001"),
        ("2026-02-30", "invalid_date date 2026-02-30"),
        (20260310, "invalid_value date 20260310"),
        (datetime.time(9), "invalid_value date"),
        (None, "missing_field date"),
    ],
)
def test_no_dates(value: Any, said: str) -> None:
    assert refusal(date=value) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"customer": "C9"}, "unknown_customer customer C9"),
        ({"customer": ""}, "invalid_identifier customer"),
        ({"customer": 7}, "invalid_value customer 7"),
        ({"explain": 0}, "invalid_value explain 0"),
        ({"lines": "TEA"}, "invalid_value lines[0] T"),
        ({"lines": [{"item": "TEA", "quantity": 1, "price": 5}]}, "unknown_field lines[0].price"),
        ({"lines": [{"item": "TEA", 1: 2}]}, "invalid_value lines[0].1"),
    ],
)
def test_refused_fields(fields: dict[str, Any], said: str) -> None:
    assert refusal(**fields) == said


def test_half_a_character() -> None:
    for half in ("\ud800", "\udfff", "\udc00\ud800"):
        assert refusal(line(), line(item=half)) == "invalid_value lines[1].item"
        assert refusal(line(quantity=f"1{half}")) == "invalid_value lines[0].quantity"
        assert refusal(customer=half) == "invalid_value customer"
        assert refusal({"item": "TEA", "quantity": 1, f"x{half[0]}": 1}) == "invalid_value lines[0].x?"
    assert refusal(line(item="\ud83c\udf75")) == "unknown_item lines[0].item 🍵"


def test_refused_files(tmp_path: Path) -> None:
    (tmp_path / "request.yaml").write_text("date: 2026-03-10\ncurrency: EUR\nlines: !all []\n")
    (tmp_path / "request.json").write_text("{")
    for name, said in [
        ("request.yaml", "invalid_value: lines"),
        ("request.json", "invalid_value"),
        ("request.csv", f"unknown_format: {tmp_path / 'request.csv'}"),
        ("nothing.json", f"file_not_readable: {tmp_path / 'nothing.json'}"),
    ]:
        with pytest.raises(Error) as refused:
            price(BOOK, tmp_path / name)
        assert str(refused.value).startswith(said)


def test_other_objects_are_no_requests() -> None:
    for value in (None, 5, [], object()):
        with pytest.raises(Error, match="invalid_value"):
            price(BOOK, value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [None, {}, "book.yaml"])
def test_other_objects_are_no_books(value: Any) -> None:
    said = f"book must be a rabatt.Book, not {type(value).__name__}"
    for act in (lambda: price(value, request()), lambda: price_orders(value, {})):
        with pytest.raises(TypeError, match=said):
            act()


def test_fields_are_given_by_name() -> None:
    with pytest.raises(TypeError):
        RequestLine("TEA", 1)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        RequestLine(item="TEA", quantity=1, price=5)  # type: ignore[call-arg]
