"""Every request of the case files as structs: the same quote, or the same error, as from JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from ctypes import byref, c_void_p
from pathlib import Path
from typing import Any

import pytest

from tests.c.library import (
    DECIMALS,
    RABATT,
    Document,
    Line,
    PricedLine,
    Refused,
    answer,
    call,
    open_book,
    price,
)
from tests.cases.read import Case, read

FLAGS = ("prices_include_tax", "early_payment", "explain")
NUMBERS = ("quantity", "list_price", "manual_price", "manual_discount", "tax_rate")
SOURCES = ("list", "customer", "campaign", "both", "manual")


class NotForStructs(Exception):
    """The request says something that structs cannot say, mostly a fault of its JSON."""


def pairs(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(fields)) < len(fields):
        raise NotForStructs
    return dict(fields)


def refuse_number(_: str) -> None:
    raise NotForStructs


READER = json.JSONDecoder(object_pairs_hook=pairs, parse_float=refuse_number, parse_constant=refuse_number)


def text_of(name: str, value: Any) -> str | None:
    if name in NUMBERS and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and (not isinstance(value, str) or "\0" in value):
        raise NotForStructs
    return value


def encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as lone_surrogate:
        raise NotForStructs from lone_surrogate


def struct_of(struct: Any, fields: Any) -> Any:
    if not isinstance(fields, dict):
        raise NotForStructs
    result = struct()
    for name, value in fields.items():
        if name not in {field[0] for field in struct._fields_}:
            raise NotForStructs
        if name in FLAGS:
            if value is not None and not isinstance(value, bool):
                raise NotForStructs
            setattr(result, name, 0 if value is None else 1 + value)
        else:
            text = text_of(name, value)
            setattr(result, name, None if text is None else encoded(text))
    return result


def structs_of(request: str) -> tuple[Document, Any, dict[str, Any]]:
    """The document, its lines, and the same as JSON with the fields in the order of the structs."""
    try:
        tree = READER.decode(request)
    except (ValueError, RecursionError) as fault:
        raise NotForStructs from fault
    if not isinstance(tree, dict):
        raise NotForStructs
    lines = tree.pop("lines", None) or []
    if not isinstance(lines, list):
        raise NotForStructs
    document = struct_of(Document, tree)
    array = (Line * len(lines))(*(struct_of(Line, line) for line in lines))
    in_order = [{name: line.get(name) for name, *_ in Line._fields_} for line in lines]
    return document, array, {name: tree.get(name) for name, *_ in Document._fields_} | {"lines": in_order}


def fits_structs(case: Case) -> bool:
    try:
        return case.verb == "price" and bool(structs_of(case.request_text))
    except NotForStructs:
        return False


FILES = sorted(Path("tests/cases").glob("*.case"))
CASES = [case for file in FILES for case in read(file) if fits_structs(case)]


@pytest.fixture(scope="module")
def books() -> Iterator[dict[str, c_void_p]]:
    opened: dict[str, c_void_p] = {}
    yield opened
    for book in opened.values():
        RABATT.rabatt_book_free(book)


def book_of(books: dict[str, c_void_p], text: str) -> c_void_p:
    if text not in books:
        books[text] = open_book(text)
    return books[text]


def from_structs(book: c_void_p, document: Document, lines: Any) -> Any:
    quote = c_void_p()
    try:
        call("rabatt_price", book, byref(document), lines, len(lines), byref(quote))
    except Refused as refused:
        return refused.json
    return answer(quote)


def from_json(book: c_void_p, request: dict[str, Any]) -> Any:
    try:
        return answer(price(book, request))
    except Refused as refused:
        return refused.json


def as_in_quote(line: PricedLine) -> dict[str, Any]:
    fields: dict[str, Any] = {name: format(getattr(line, name).value(), "f") for name in DECIMALS}
    if not line.has_list_price:
        fields |= dict.fromkeys(("list_price", "list_amount", "saved"))
    for name in ("applied_campaign", "applied_price_book"):
        fields[name] = getattr(line, name).decode() or None
    return fields | {"source": SOURCES[line.source]}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_structs_say_the_same_as_json(books: dict[str, c_void_p], case: Case) -> None:
    document, lines, request = structs_of(case.request_text)
    book = book_of(books, case.book_text)
    quote = from_structs(book, document, lines)
    assert quote == from_json(book, request)
    if "lines" not in quote:
        return
    priced = (PricedLine * len(lines))()
    call("rabatt_price_lines", book, byref(document), lines, len(lines), priced)
    for line, typed in zip(quote["lines"], priced, strict=True):
        shown = as_in_quote(typed)
        assert shown == {name: line[name] for name in shown}


def test_there_are_cases() -> None:
    assert len(CASES) > 1000
