"""The shared library as a foreign host loads it: through ctypes, from nothing but c.h.

RABATT_C_LIBRARY names the library.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import subprocess
from collections.abc import Iterator
from ctypes import POINTER, Structure, byref, c_char, c_char_p, c_int, c_int32, c_int64, c_size_t, c_uint64, c_void_p
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

LIBRARY = os.environ.get("RABATT_C_LIBRARY", "")
if not LIBRARY:
    pytest.skip("RABATT_C_LIBRARY does not name the built library", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[2]
HEADER = (ROOT / "plugin/c/include/rabatt/c.h").read_text(encoding="utf-8")
CODES = (ROOT / "engine/include/rabatt/error.h").read_text(encoding="utf-8")


class ScaledInteger(Structure):
    _fields_ = [("low", c_uint64), ("high", c_int64), ("places", c_int32)]

    def value(self) -> Decimal:
        return Decimal((self.high << 64) + self.low).scaleb(-self.places)


class Document(Structure):
    _fields_ = [
        *((name, c_char_p) for name in ("date", "currency", "customer", "organisation")),
        *((name, c_char_p) for name in ("campaign", "code", "payment_term")),
        *((name, c_int32) for name in ("prices_include_tax", "early_payment", "explain")),
    ]


class Line(Structure):
    _fields_ = [
        *((name, c_char_p) for name in ("item", "quantity", "unit", "list_price")),
        *((name, c_char_p) for name in ("manual_price", "manual_discount", "tax_rate")),
    ]


DECIMALS = (
    "list_price",
    "unit_price",
    "discount",
    "gross",
    "discount_amount",
    "net",
    "unit_net",
    "list_amount",
    "saved",
)


class PricedLine(Structure):
    _fields_ = [
        *((name, c_int32) for name in ("status", "source", "has_list_price")),
        *((name, ScaledInteger) for name in DECIMALS),
        *((name, c_char * 201) for name in ("applied_campaign", "applied_price_book")),
    ]


class Payment(Structure):
    _fields_ = [("date", c_char_p), ("amount", c_char_p)]


class Settlement(Structure):
    _fields_ = [("settled", c_int32), ("tier", c_int32), ("open", ScaledInteger), ("overpaid", ScaledInteger)]


ERROR = POINTER(c_void_p)
SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "rabatt_abi_version": (c_int32, []),
    "rabatt_version": (c_char_p, []),
    "rabatt_currency_edition": (c_char_p, []),
    "rabatt_status_slug": (c_char_p, [c_int32]),
    "rabatt_error_code": (c_int, [c_void_p]),
    "rabatt_error_count": (c_size_t, [c_void_p]),
    "rabatt_error_json": (c_char_p, [c_void_p, POINTER(c_size_t)]),
    "rabatt_error_free": (None, [c_void_p]),
    "rabatt_book_open": (c_int, [c_char_p, c_size_t, POINTER(c_void_p), ERROR]),
    "rabatt_book_hash": (c_char_p, [c_void_p]),
    "rabatt_book_free": (None, [c_void_p]),
    "rabatt_price_json": (c_int, [c_void_p, c_char_p, c_size_t, POINTER(c_void_p), ERROR]),
    "rabatt_price_lines": (
        c_int,
        [c_void_p, POINTER(Document), POINTER(Line), c_size_t, POINTER(PricedLine), ERROR],
    ),
    "rabatt_quote_json": (c_char_p, [c_void_p, POINTER(c_size_t)]),
    "rabatt_quote_free": (None, [c_void_p]),
    "rabatt_settle": (c_int, [c_void_p, POINTER(Payment), c_size_t, POINTER(Settlement), ERROR]),
}


def load() -> ctypes.CDLL:
    library = ctypes.CDLL(LIBRARY)
    for name, (result, arguments) in SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


RABATT = load()


class Refused(Exception):
    def __init__(self, status: int, error: c_void_p) -> None:
        self.slug = RABATT.rabatt_status_slug(status).decode()
        self.json = json.loads(RABATT.rabatt_error_json(error, None))["error"]
        self.count = RABATT.rabatt_error_count(error)
        RABATT.rabatt_error_free(error)
        super().__init__(self.slug)


def call(name: str, *arguments: Any) -> None:
    error = c_void_p()
    status = getattr(RABATT, name)(*arguments, byref(error))
    if status != 0:
        raise Refused(status, error)
    assert not error


def open_book(content: dict[str, Any]) -> c_void_p:
    text = json.dumps(content, ensure_ascii=False).encode()
    book = c_void_p()
    call("rabatt_book_open", text, len(text), byref(book))
    return book


def price(book: c_void_p, request: dict[str, Any]) -> c_void_p:
    text = json.dumps(request, ensure_ascii=False).encode()
    quote = c_void_p()
    call("rabatt_price_json", book, text, len(text), byref(quote))
    return quote


def answer(quote: c_void_p) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(RABATT.rabatt_quote_json(quote, None))
    RABATT.rabatt_quote_free(quote)
    return result


BOOK = {
    "items": [
        {"item": "DESK", "prices": {"EUR": "100"}},
        {"item": "TEA", "prices": {"EUR": "9.99"}},
        {"item": "BUN", "prices": {"EUR": "1.35"}},
        {"item": "Käse", "prices": {"EUR": "12.34567"}},
    ],
    "customers": [{"customer": "C5", "discount": "5"}, {"customer": "C12", "discount": "12"}],
    "campaigns": [
        {
            "campaign": "A",
            "name": "Frühling",
            "pricing_type": "set_discount",
            "date": "2026-03-01",
            "lines": [
                {"item": "DESK", "discount": "15"},
                {"item": "TEA", "discount": "15"},
                {"item": "BUN", "discount": "5"},
            ],
        }
    ],
    "payment_terms": [{"payment_term": "EARLY5", "net_days": 30, "early": [{"days": 8, "discount": "5"}]}],
}
REQUEST = {"date": "2026-03-01", "currency": "EUR", "payment_term": "EARLY5"}


@pytest.fixture(scope="module")
def book() -> Iterator[c_void_p]:
    handle = open_book(BOOK)
    yield handle
    RABATT.rabatt_book_free(handle)


def lines(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"item": item, "quantity": quantity} for item, quantity in pairs]


def test_versions() -> None:
    assert RABATT.rabatt_abi_version() == int(re.findall(r"define RABATT_ABI_VERSION (\d+)", HEADER)[0])
    assert re.fullmatch(rb"\d+\.\d+\.\d+", RABATT.rabatt_version())
    assert re.fullmatch(rb"\d{4}-\d\d-\d\d", RABATT.rabatt_currency_edition())


def test_statuses_are_the_codes_of_the_engine() -> None:
    numbers = {name.lower(): int(number) for name, number in re.findall(r"^  RABATT_(\w+) = (\d+),?", HEADER, re.M)}
    listed = CODES[CODES.index("#define RABATT_CODES(code)") : CODES.index("enum class Code")]
    codes = [code for code in re.findall(r"code\((\w+)\)", listed)]
    own = ["ok", "invalid_argument", "out_of_memory", "internal"]
    slugs = {name for name, number in numbers.items() if RABATT.rabatt_status_slug(number) == name.encode()}
    assert slugs == {*own, *codes}
    assert len(codes) == len(set(codes))


def test_functions_are_those_of_the_header() -> None:
    table = subprocess.run(["nm", "-D", "--defined-only", LIBRARY], capture_output=True, text=True, check=True)
    exported = {line.split()[-1].split("@")[0] for line in table.stdout.splitlines()} - {"RABATT_1"}
    assert exported == set(re.findall(r"^RABATT_API[^(;]*?(\w+)\(", HEADER, re.M))


def test_layout_is_as_declared() -> None:
    assert ctypes.sizeof(ScaledInteger) == 24
    assert ctypes.sizeof(PricedLine) == 16 + 9 * 24 + 408
    assert PricedLine.list_price.offset == 16


def test_early_payment(book: c_void_p) -> None:
    quote = price(book, REQUEST | {"lines": lines(("TEA", "3"), ("DESK", "1"), ("BUN", "7"))})
    for amount, tier, left in (("113.48", 0, "0.00"), ("113.47", -1, "5.98")):
        settlement = Settlement()
        payment = (Payment * 1)((b"2026-03-09", amount.encode()))
        call("rabatt_settle", quote, payment, 1, byref(settlement))
        assert (settlement.tier, settlement.open.value()) == (tier, Decimal(left))
        assert settlement.settled == (left == "0.00")
    result = answer(quote)
    assert [line["net"] for line in result["lines"]] == ["25.47", "85.00", "8.98"]
    assert result["total"] == "119.45"
    assert result["payment"]["early"][0]["pay"] == "113.48"
    assert result["book"] == RABATT.rabatt_book_hash(book).decode()


@pytest.mark.parametrize(("customer", "net", "source"), [("C5", "85.00", "campaign"), ("C12", "85.00", "campaign")])
def test_customer(book: c_void_p, customer: str, net: str, source: str) -> None:
    line = answer(price(book, REQUEST | {"customer": customer, "lines": lines(("DESK", "1"))}))["lines"][0]
    assert (line["net"], line["source"], line["applied_campaign"]) == (net, source, "A")


def test_lines_without_json(book: c_void_p) -> None:
    table = [("DESK", "1"), ("BED", "1"), ("TEA", "-3"), ("Käse", "7"), ("TEA", "three")]
    given = (Line * len(table))(*(Line(item=item.encode(), quantity=quantity.encode()) for item, quantity in table))
    priced = (PricedLine * len(table))()
    document = Document(date=b"2026-03-01", currency=b"EUR")
    call("rabatt_price_lines", book, byref(document), given, len(table), priced)
    statuses = [RABATT.rabatt_status_slug(line.status).decode() for line in priced]
    assert statuses == ["ok", "unknown_item", "ok", "ok", "invalid_decimal"]
    good = [line for line in priced if line.status == 0]
    quote = answer(price(book, REQUEST | {"lines": lines(*(table[i] for i in (0, 2, 3)))}))
    for typed, line in zip(good, quote["lines"], strict=True):
        assert {name: getattr(typed, name).value() for name in DECIMALS} == {
            name: Decimal(line[name]) for name in DECIMALS
        }
        assert typed.applied_campaign.decode() == (line["applied_campaign"] or "")


def test_refusals(book: c_void_p) -> None:
    with pytest.raises(Refused, match="unknown_item") as refused:
        price(book, REQUEST | {"lines": lines(("DESK", "1"), ("Bettgestell Größe L", "1"))})
    assert refused.value.json == {"code": "unknown_item", "subject": "lines[1].item Bettgestell Größe L"}
    with pytest.raises(Refused) as problems:
        open_book({"items": [{"item": "A", "prices": {"EUR": "-1"}}, {"item": "A"}], "colour": "red"})
    assert [(problem["code"], problem["path"]) for problem in problems.value.json["problems"]] == [
        ("unknown_field", "colour"),
        ("negative_price", "items[0].prices.EUR"),
        ("duplicate_id", "items[1].item"),
    ]
    assert problems.value.count == 3
