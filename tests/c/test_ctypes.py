"""A foreign host prices through the shared library, with ctypes and nothing but c.h."""

from __future__ import annotations

import ctypes
import json
import re
import subprocess
from collections.abc import Iterator
from ctypes import byref, c_void_p
from decimal import Decimal

import pytest

from tests.c.library import (
    DECIMALS,
    LIBRARY,
    RABATT,
    ROOT,
    Document,
    Line,
    Payment,
    PricedLine,
    Refused,
    ScaledInteger,
    Settlement,
    answer,
    call,
    open_book,
    price,
)

HEADER = (ROOT / "plugin/c/include/rabatt/c.h").read_text(encoding="utf-8")
LISTED = re.findall(r"^  RABATT_(\w+) = (\d+),?", HEADER, re.M)
CODES = (ROOT / "engine/include/rabatt/error.h").read_text(encoding="utf-8")

BOOK = {
    "items": [
        {"item": "DESK", "prices": {"EUR": "100"}},
        {"item": "TEA", "prices": {"EUR": "9.99"}},
        {"item": "BUN", "prices": {"EUR": "1.35"}},
        {"item": "Käse", "prices": {"EUR": "12.34567"}},
    ],
    "customers": [{"customer": "C5", "discount": "5"}, {"customer": "C30", "discount": "30"}],
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
    handle = open_book(json.dumps(BOOK))
    yield handle
    RABATT.rabatt_book_free(handle)


def lines(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"item": item, "quantity": quantity} for item, quantity in pairs]


def test_versions() -> None:
    assert RABATT.rabatt_abi_version() == int(re.findall(r"define RABATT_ABI_VERSION (\d+)", HEADER)[0])
    assert re.fullmatch(rb"\d+\.\d+\.\d+", RABATT.rabatt_version())
    assert re.fullmatch(rb"\d{4}-\d\d-\d\d", RABATT.rabatt_currency_edition())


def test_statuses_are_the_codes_of_the_engine() -> None:
    numbers = {
        name.lower(): int(number) for name, number in re.findall(r"^  RABATT_(\w+) = (\d+),?", HEADER, re.M)
    }
    listed = CODES[CODES.index("#define RABATT_CODES(code)") : CODES.index("enum class Code")]
    codes = re.findall(r"code\((\w+)\)", listed)
    own = ["ok", "invalid_argument", "out_of_memory", "internal"]
    slugs = {name for name, number in numbers.items() if RABATT.rabatt_status_slug(number) == name.encode()}
    assert slugs == {*own, *codes}
    assert len(codes) == len(set(codes))


def test_functions_are_those_of_the_header() -> None:
    table = subprocess.run(
        ["nm", "-D", "--defined-only", LIBRARY], capture_output=True, text=True, check=True
    )
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
        payment = Payment(b"2026-03-09", amount.encode())
        call("rabatt_settle", quote, byref(payment), 1, byref(settlement))
        assert (settlement.tier, settlement.open.value()) == (tier, Decimal(left))
        assert settlement.settled == (left == "0.00")
    result = answer(quote)
    assert [line["net"] for line in result["lines"]] == ["25.47", "85.00", "8.98"]
    assert result["total"] == "119.45"
    assert result["payment"]["early"][0]["pay"] == "113.48"
    assert result["book"] == RABATT.rabatt_book_hash(book).decode()


@pytest.mark.parametrize(
    ("customer", "net", "source"), [("C5", "85.00", "campaign"), ("C30", "70.00", "customer")]
)
def test_customer(book: c_void_p, customer: str, net: str, source: str) -> None:
    line = answer(price(book, REQUEST | {"customer": customer, "lines": lines(("DESK", "1"))}))["lines"][0]
    assert (line["net"], line["source"]) == (net, source)


def test_lines_without_json(book: c_void_p) -> None:
    table = [("DESK", "1"), ("BED", "1"), ("TEA", "-3"), ("Käse", "7"), ("TEA", "three")]
    made = [Line(item=item.encode(), quantity=quantity.encode()) for item, quantity in table]
    given = (Line * len(table))(*made)
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
        open_book(
            json.dumps({"items": [{"item": "A", "prices": {"EUR": "-1"}}, {"item": "A"}], "colour": "red"})
        )
    assert [(problem["code"], problem["path"]) for problem in problems.value.json["problems"]] == [
        ("unknown_field", "colour"),
        ("negative_price", "items[0].prices.EUR"),
        ("duplicate_id", "items[1].item"),
    ]
    assert problems.value.count == 3
