"""The request as a value: its shape, in document order, and nothing that needs a book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .decimals import Dec
from .faults import raise_first
from .field_readers import (
    any_decimal,
    boolean,
    code,
    decimal,
    discount,
    identifier,
    price,
    tax_rate,
    written_date,
)
from .json_text import decode
from .shapes import Shape, list_of

_name = identifier("invalid_identifier")

DOCUMENT_FIELDS = {
    "date": written_date,
    "currency": _name,
    "customer": _name,
    "organisation": _name,
    "campaign": _name,
    "code": code("invalid_identifier"),
    "payment_term": _name,
    "prices_include_tax": boolean,
}

LINE_FIELDS = {
    "item": _name,
    "quantity": decimal(any_decimal, as_written=True),
    "unit": _name,
    "list_price": decimal(price),
    "manual_price": decimal(price),
    "manual_discount": decimal(discount),
    "tax_rate": decimal(tax_rate),
}

_request = Shape(
    **DOCUMENT_FIELDS,
    early_payment=boolean,
    explain=boolean,
    lines=list_of(Shape(**LINE_FIELDS).requires("item", "quantity")),
).requires("date", "currency")


@dataclass(slots=True)
class RequestLine:
    item: str
    quantity: Dec
    quantity_text: str
    unit: str | None
    list_price: Dec | None
    manual_price: Dec | None
    manual_discount: Dec | None
    tax_rate: Dec | None


@dataclass(slots=True)
class Request:
    date: str  # as written
    currency: str
    customer: str | None
    organisation: str | None
    campaign: str | None
    code: str | None
    payment_term: str | None
    prices_include_tax: bool | None
    early_payment: bool | None
    explain: bool
    lines: list[RequestLine]


def read_request(text: str) -> Request:
    tree = _request(decode(text), "", raise_first)
    return make_request(tree, [make_line(line) for line in tree.get("lines", [])])


def make_line(tree: dict[str, Any]) -> RequestLine:
    quantity, quantity_text = tree["quantity"]
    get = tree.get
    return RequestLine(
        tree["item"],
        quantity,
        quantity_text,
        get("unit"),
        get("list_price"),
        get("manual_price"),
        get("manual_discount"),
        get("tax_rate"),
    )


def make_request(tree: dict[str, Any], lines: list[RequestLine], explain: bool | None = None) -> Request:
    get = tree.get
    return Request(
        tree["date"],
        tree["currency"],
        get("customer"),
        get("organisation"),
        get("campaign"),
        get("code"),
        get("payment_term"),
        get("prices_include_tax"),
        get("early_payment"),
        get("explain", True) if explain is None else explain,
        lines,
    )
