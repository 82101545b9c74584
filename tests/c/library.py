"""The shared library as a foreign host sees it: the structs and functions of c.h for ctypes.

RABATT_C_LIBRARY names the library; without it, the one in the build is taken.
"""

from __future__ import annotations

import ctypes
import json
import os
from ctypes import (
    POINTER,
    Structure,
    byref,
    c_char,
    c_char_p,
    c_int,
    c_int32,
    c_int64,
    c_size_t,
    c_uint64,
    c_void_p,
)
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / os.environ.get("RABATT_BUILD", "build/release")
LIBRARY = os.environ.get("RABATT_C_LIBRARY", str(BUILD / "plugin/c/librabatt_c.so"))
if not Path(LIBRARY).exists():
    pytest.skip(f"{LIBRARY} is not built", allow_module_level=True)


class ScaledInteger(Structure):
    _fields_ = [("low", c_uint64), ("high", c_int64), ("places", c_int32)]

    def value(self) -> Decimal:
        return Decimal(f"{(self.high << 64) + self.low}E-{self.places}")


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
    "rabatt_price": (c_int, [c_void_p, POINTER(Document), POINTER(Line), c_size_t, POINTER(c_void_p), ERROR]),
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


def open_book(content: str) -> c_void_p:
    text = content.encode()
    book = c_void_p()
    call("rabatt_book_open", text, len(text), byref(book))
    return book


def price(book: c_void_p, request: Any) -> c_void_p:
    text = json.dumps(request, ensure_ascii=False).encode()
    quote = c_void_p()
    call("rabatt_price_json", book, text, len(text), byref(quote))
    return quote


def answer(quote: c_void_p) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(RABATT.rabatt_quote_json(quote, None))
    RABATT.rabatt_quote_free(quote)
    return result
