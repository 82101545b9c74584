"""The Python package as a face, through its public objects: what goes in and comes out as typed values must
say the same as the JSON, on every road that leads to the engine."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Any

import pyarrow as pa
import rabatt
from rabatt.arrow_orders import price_order_batch
from rabatt.texts import whole_text

from tests.faces.program import Refusal

VERBS = ("price", "check", "settle", "allocate", "set_for_all", "hash", "orders")
_LINE_FIELDS = {field.name for field in dataclasses.fields(rabatt.RequestLine)}
_REQUEST_FIELDS = {field.name for field in dataclasses.fields(rabatt.Request)}


@lru_cache(maxsize=8)
def _book(text: str) -> rabatt.Book:
    return rabatt.Book.from_json(text)


class PythonFace:
    def ask(self, verb: str, *chunks: str) -> Any:
        """The decoded answer; raises Refusal. The verbs and their chunks are listed in face_engine.cc."""
        if verb not in VERBS:
            raise NotImplementedError(verb)
        try:
            return getattr(self, f"_{verb}")(*chunks)
        except rabatt.Error as error:
            raise Refusal(error.code, error.subject) from None

    def _price(self, book: str, request: str) -> Any:
        mapping = _decoded(request)
        try:
            quote = rabatt.price(_book(book), request)
        except rabatt.Error as error:
            if mapping is not None:
                _refused_alike(_book(book), mapping, error)
            raise
        if mapping is not None:
            assert json_of(quote, mapping) == quote.to_json(), "the typed quote says something else"
            for same in (mapping, typed_request(mapping)):
                assert rabatt.price(_book(book), same).to_json() == quote.to_json()
        return quote.to_dict()

    def _check(self, book: str) -> Any:
        problems = rabatt.check(book)
        mapping = _decoded(book)
        if mapping is not None and not _has_floats(mapping):
            assert rabatt.check(mapping) == problems
        return [{"code": problem.code, "path": problem.path} for problem in problems]

    def _hash(self, book: str) -> Any:
        return _book(book).hash

    def _settle(self, book: str, request: str, payments: str) -> Any:
        quote = rabatt.price(_book(book), request)
        made = [(date, amount) for date, _, amount in (line.partition(" ") for line in payments.splitlines())]
        settlement = rabatt.settle(quote, made)
        typed = [(_typed_date(date), _typed_decimal(amount)) for date, amount in made]
        assert rabatt.settle(rabatt.Quote.from_json(quote.to_json()), typed) == settlement
        return _plain(settlement)

    def _allocate(self, amount: str, step: str, weights: str) -> Any:
        parts = rabatt.allocate(amount, weights.splitlines(), step=step)
        with localcontext(prec=100):
            assert sum(parts) == Decimal(amount)
        return _plain(tuple(parts))

    def _set_for_all(self, book: str, campaign: str, percent: str) -> Any:
        filled = rabatt.set_for_all(campaign, percent, _book(book))
        (draft,) = (entry for entry in json.loads(book)["campaigns"] if entry["campaign"] == campaign)
        assert rabatt.set_for_all(draft, _typed_decimal(percent), _book(book)) == filled
        return _plain(filled)

    def _orders(self, book: str, table: str) -> Any:
        columns, *rows = [row.split("\x1f")[:-1] for row in table.split("\x1e")[:-1]]
        if len(set(columns)) < len(columns):  # a mapping has no column twice
            rabatt.price_orders(_book(book), pa.table([pa.array([""], pa.string())] * len(columns), columns))
        cells = zip(*rows, strict=True) if rows else ([] for _ in columns)
        texts = dict(zip(columns, map(list, cells), strict=True))
        priced = rabatt.price_orders(_book(book), texts)
        _assert_same_through_arrow(_book(book), texts, priced)
        return {"lines": _rows(priced.lines), "orders": _rows(priced.orders)}


def _assert_same_through_arrow(
    book: rabatt.Book, texts: dict[str, list[str]], priced: rabatt.PricedOrders[dict[str, list[Any]]]
) -> None:
    arrow = pa.table({name: pa.array(map(whole_text, cells), pa.string()) for name, cells in texts.items()})
    lines, orders, _ = price_order_batch(book, arrow, fit="text", threads=2)
    for name, cells in lines.to_pydict().items():
        for row, status in enumerate(priced.lines["status"]):
            assert cells[row] == (priced.lines[name][row] if status == "ok" or name == "status" else None)
    by_order = orders.to_pydict()
    assert [texts["order"][row] for row in by_order.pop("first_row")] == priced.orders["order"]
    by_order["warnings"] = [None if count is None else str(count) for count in by_order["warnings"]]
    assert by_order == {name: priced.orders[name] for name in by_order}


def typed_request(mapping: dict[str, Any]) -> rabatt.Request:
    """The request with Decimals and dates wherever they have the same spelling as the text."""
    fields = dict(mapping)
    fields["date"] = _typed_date(fields["date"])
    fields["lines"] = [_typed_line(line) for line in fields.get("lines") or []]
    return rabatt.Request(**fields)


def json_of(quote: rabatt.Quote, request: dict[str, Any]) -> str:
    """The typed quote as JSON again. Its date and quantities are echoed as the request spells them."""
    plain = _plain(quote)
    assert rabatt.Quote.from_json(quote.to_json()) == quote
    assert quote.date == _parsed_date(request["date"])
    plain["date"] = request["date"]
    for line, given in zip(plain["lines"], request.get("lines") or [], strict=True):
        assert Decimal(line["quantity"]) == Decimal(given["quantity"])
        line["quantity"] = str(given["quantity"])
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _refused_alike(book: rabatt.Book, mapping: Any, error: rabatt.Error) -> None:
    """The mapping is refused with the same words; the typed request, of another order, is refused."""
    for same in (mapping, _typed_where_it_can_be(mapping)):
        try:
            answer = rabatt.price(book, same)
        except rabatt.Error as other:
            spelled_alike = same is mapping and not _has_floats(mapping)
            assert not spelled_alike or (other.code, other.subject) == (error.code, error.subject)
        else:
            raise AssertionError(f"priced after all: {answer}")


def _typed_where_it_can_be(mapping: Any) -> Any:
    known = {"date", "currency"} <= mapping.keys() <= _REQUEST_FIELDS
    if not known or not isinstance(mapping.get("lines"), list):
        return mapping
    for line in mapping["lines"]:
        if not isinstance(line, dict) or not {"item", "quantity"} <= line.keys() <= _LINE_FIELDS:
            return mapping
    return typed_request(mapping)


def _typed_line(line: dict[str, Any]) -> rabatt.RequestLine:
    texts = ("item", "unit")
    return rabatt.RequestLine(
        **{name: value if name in texts else _typed_decimal(value) for name, value in line.items()}
    )


def _typed_decimal(value: Any) -> Any:
    plain = isinstance(value, str) and re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", value)
    return Decimal(value) if plain else value


def _typed_date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        date = _parsed_date(value)
    except ValueError:
        return value
    return date if date.isoformat() == value else value


def _parsed_date(text: str) -> datetime.date:
    return (datetime.datetime if "T" in text else datetime.date).fromisoformat(text)


def _plain(value: Any) -> Any:
    """Records as JSON has them: the fields in their order, decimals and dates as text."""
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value) if field.init]
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, datetime.date) else value


class _Lost(Exception):
    """Python's values cannot say what the JSON says: a repeated field, the integer -0."""


def _decoded(text: str) -> Any:
    """The object as Python has it; None where it is none, or cannot be had without a loss."""

    def pairs(fields: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(fields)) < len(fields):
            raise _Lost
        return dict(fields)

    def integer(digits: str) -> int:
        if digits == "-0":
            raise _Lost
        return int(digits)

    try:
        decoded: Any = json.loads(text, object_pairs_hook=pairs, parse_int=integer)
        json.dumps(decoded, ensure_ascii=False).encode()  # fails for half of a character
    except (ValueError, RecursionError, _Lost):
        return None
    return decoded if isinstance(decoded, dict) else None


def _has_floats(value: Any) -> bool:
    """Whose spelling is lost, and the subject of an error with it."""
    entries = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, float) or any(map(_has_floats, entries))


def _rows(columns: dict[str, list[Any]]) -> list[dict[str, str]]:
    return [
        {name: cell or "" for name, cell in zip(columns, row, strict=True)}
        for row in zip(*columns.values(), strict=True)
    ]
