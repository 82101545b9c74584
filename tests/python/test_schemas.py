"""The schemas say what the engine's description of the records says, and refuse what it refuses."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any, Literal

import pytest
import rabatt
from jsonschema import Draft202012Validator
from rabatt import _rabatt

from tests.oracle.generate import generate

FIELDS = {record: dict(fields) for record, fields in _rabatt.fields().items()}
NAMES: tuple[Literal["book", "request", "quote"], ...] = ("book", "request", "quote")
VALIDATORS = {name: Draft202012Validator(rabatt.schema(name)) for name in NAMES}

# What cannot be seen in one document alone, or not by a schema.
BEYOND_A_SCHEMA = {
    "duplicate_code", "duplicate_field", "duplicate_id", "duplicate_item", "tiers_not_ordered",
    "unknown_campaign", "unknown_code", "unknown_currency", "unknown_customer", "unknown_item",
    "unknown_payment_term", "unknown_target_group", "unknown_unit", "valid_until_before_date",
}  # fmt: skip

FULL_BOOK: dict[str, Any] = {
    "policy": {
        "rounding": "half_even", "round_at": "line_net", "intermediate_digits": 4, "price_choice": "lowest",
        "currencies": {"EUR": {"amount": "0.01", "unit": "0.001"}}, "early_payment_tax": "mixed",
        "prices_include_tax": True,
    },
    "items": [
        {"item": "TEA", "name": "Tea", "kind": "inventory", "unit": "KG", "units": {"BOX": "12"},
         "prices": {"EUR": "12.00"}, "category": "tea", "cost": {"EUR": 7}, "discountable": True},
    ],
    "price_books": [
        {"price_book": "P1", "name": "Wholesale", "active": True, "type": "account", "currency": "EUR",
         "valid_from": "2026-01-01", "valid_until": "2026-12-31T18:00", "discount": "5",
         "override_customer_prices": False, "accounts": ["C1"], "organisations": ["NORD"],
         "prices": [{"item": "TEA", "unit": "BOX", "price": "99.5", "quantity_min": "2"}]},
    ],
    "customers": [
        {"customer": "C1", "name": "Café", "discount": "3.5", "organisation": "NORD", "payment_term": "T1"},
    ],
    "target_groups": [{"target_group": "G1", "members": ["C1"]}],
    "campaigns": [
        {"campaign": "K1", "name": "Spring", "code": "SPRING", "posted": True, "active": True,
         "status": "active", "pricing_type": "set_price", "combine": "add", "currency": "EUR",
         "date": "2026-03-01", "valid_from": "2026-03-02", "valid_until": "2026-03-31",
         "customer": "C1", "target_group": "G1", "priority": -1,
         "code_required": True, "allow_customer_discount": True, "force_price": True,
         "lines": [{"item": "TEA", "unit": "KG", "price": "10", "quantity_min": 1}]},
        {"campaign": "K2", "name": "Autumn", "pricing_type": "set_discount", "date": "2026-09-01",
         "lines": [{"item": "TEA", "unit": "KG", "discount": "10", "quantity_min": "0.5"}]},
        {"campaign": "K3", "name": "", "posted": False, "pricing_type": "set_price", "date": "2026-09-01"},
    ],
    "payment_terms": [
        {"payment_term": "T1", "name": "30 days", "active": True, "net_days": 30, "end_of_month": True,
         "grace_days": 1, "early": [{"days": 8, "discount": "3"}, {"days": 14, "discount": 2}]},
    ],
}  # fmt: skip

FULL_REQUEST: dict[str, Any] = {
    "date": "2026-03-10", "currency": "EUR", "customer": "C1", "organisation": "NORD", "campaign": "K1",
    "code": "spring", "payment_term": "T1", "prices_include_tax": True, "early_payment": True,
    "explain": True,
    "lines": [
        {"item": "TEA", "quantity": "-3.50", "unit": "BOX", "list_price": "10", "manual_price": 9,
         "manual_discount": "5", "tax_rate": "19.0"},
    ],
}  # fmt: skip

WRONG: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 39, 10**40, 2**31, 1.5, "", " ", "x", "1.5", "-0", "-0.01", "100.00001",
    "1.123456", "1.1234500", "101", "1e3", "9" * 38, "9" * 39, "0." + "0" * 37 + "1", "2026-02-28",
    "2026-13-01", "0000-01-01", "2026-02-28T24:00", "x" * 201, "a\x07b", [], {}, [None], [1], [""], [{}],
    {"EUR": None}, {"EUR": "-1"}, {"EUR": "x"},
)  # fmt: skip


def accepted(name: Literal["book", "request", "quote"], document: Any) -> bool:
    return bool(VALIDATORS[name].is_valid(document))


def places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every (object, field) and (list, index) of a tree."""
    if isinstance(tree, dict | list):
        for key, value in list(tree.items() if isinstance(tree, dict) else enumerate(tree)):
            yield tree, key
            yield from places(value)


def edited(document: Any, part: Any) -> Iterator[Any]:
    """The document with one place in `part` of it removed, renamed or of another value, again and again."""
    for holder, key in list(places(part)):
        before = copy.copy(holder)
        for value in WRONG:
            holder[key] = value
            yield document
        del holder[key]
        yield document
        if isinstance(holder, dict):
            holder[f"{key}s"] = before[key]
            yield document
            holder.clear()
            holder.update(before)
        else:
            holder[:] = before


def book_codes(document: Any) -> set[str]:
    return {problem.code for problem in rabatt.check(json.dumps(document))}


def test_the_full_documents_are_full() -> None:
    records = [
        FULL_BOOK,
        *(entry for entries in FULL_BOOK.values() for entry in entries if isinstance(entry, dict)),
    ]
    lines = [
        entry
        for part in records
        for entries in part.values()
        if isinstance(entries, list)
        for entry in entries
    ]
    named = {
        key
        for record in [*records, FULL_BOOK["policy"], *lines]
        if isinstance(record, dict)
        for key in record
    }
    described = {name for record in FIELDS if not record.startswith("Request") for name in FIELDS[record]}
    assert named >= described - {"amount"}
    assert FULL_REQUEST.keys() == FIELDS["Request"].keys()
    assert FULL_REQUEST["lines"][0].keys() == FIELDS["RequestLine"].keys()
    assert not book_codes(FULL_BOOK)
    assert accepted("book", FULL_BOOK)
    assert accepted("request", FULL_REQUEST)


@pytest.mark.parametrize("part", [*FULL_BOOK])
def test_every_edit_of_a_book_is_refused_by_both_or_neither(part: str) -> None:
    book = copy.deepcopy(FULL_BOOK)
    for document in edited(book, book[part]):
        codes = book_codes(document)  # of the whole, since its parts refer to each other
        assert accepted("book", {part: document[part]}) == (not codes - BEYOND_A_SCHEMA), (
            codes,
            document[part],
        )


def test_every_edit_of_a_request_is_refused_by_both_or_neither() -> None:
    book = rabatt.Book.from_dict(FULL_BOOK)
    priced = 0
    request = copy.deepcopy(FULL_REQUEST)
    for document in edited(request, request):
        try:
            rabatt.price(book, json.dumps(document))
        except rabatt.Error as error:
            shape = (
                error.code.startswith(("invalid_", "missing_", "negative_")) or error.code == "unknown_field"
            )
            assert accepted("request", document) != shape, (error, document)
        else:
            priced += 1
            assert accepted("request", document), document
    assert priced > 20


@pytest.mark.parametrize("number", range(25))
def test_random_documents(number: int) -> None:
    case = generate(f"schema/{number}", requests=8, faulty_requests=0, faulty_books=12)
    book = rabatt.Book.from_json(case.book)
    assert accepted("book", json.loads(case.book))
    assert accepted("book", book.to_dict())
    for request in case.requests:
        assert accepted("request", json.loads(request))
        try:
            quote = rabatt.price(book, request)
        except rabatt.Error:
            continue
        assert accepted("quote", quote.to_dict())
    for text in case.faulty_books:
        document = _without_repetition(text)
        if document is not None and "é" * 101 not in text:  # identifiers count bytes, schemas characters
            codes = {problem.code for problem in rabatt.check(text)}
            assert accepted("book", document) == (not codes - BEYOND_A_SCHEMA), (codes, text)


def _without_repetition(text: str) -> Any:
    repeated = False

    def pairs(fields: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        repeated = repeated or len(dict(fields)) < len(fields)
        return dict(fields)

    def number(digits: str) -> float:
        return 0.5  # JSON Schema takes 1.0 for an integer

    document = json.loads(text, object_pairs_hook=pairs, parse_float=number)
    return None if repeated else document


def kind_of(place: dict[str, Any], root: dict[str, Any]) -> str:
    """The kind of a property in the words of the engine's description."""
    parts = list(parts_of(place, root))
    types: set[str] = set()
    for part in parts:
        types |= {part["type"]} if isinstance(part.get("type"), str) else set(part.get("type", ()))
        if "enum" in part:
            return "one of " + ", ".join(word for word in part["enum"] if word is not None)
        if isinstance(part.get("items"), dict):
            return f"list of {kind_of(part['items'], root)}"
        if isinstance(part.get("additionalProperties"), dict):
            return f"map of {kind_of(part['additionalProperties'], root)}"
        if "properties" in part:
            return "record " + " ".join(part["properties"])
    if "boolean" in types or "integer" in types:
        return "boolean" if "boolean" in types else "decimal" if "string" in types else "integer"
    patterns = " ".join(str(part.get("pattern", "")) for part in parts)
    plain = not patterns.strip() and not any("not" in part for part in parts)
    return "date" if "(T(" in patterns else "text" if plain else "identifier"


def parts_of(place: dict[str, Any], root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield place
    if "$ref" in place:
        yield from parts_of(root["$defs"][place["$ref"].removeprefix("#/$defs/")], root)
    for part in place.get("anyOf", []) + place.get("allOf", []):
        yield from parts_of(part, root)


def described(kind: str) -> str:
    """A kind of the description with the names of records spelled out as their fields."""
    *before, last = kind.split(" of ") if not kind.startswith("one of ") else [kind]
    if last in FIELDS:
        last = "record " + " ".join(FIELDS[last])
    return " of ".join([*before, last])


def same_fields(place: dict[str, Any], record: str, root: dict[str, Any]) -> int:
    """Compares a record with its place in the schema, and all records in it; how many there were."""
    (properties,) = (part["properties"] for part in parts_of(place, root) if "properties" in part)
    assert list(properties) == list(FIELDS[record])
    count = 1
    for name, kind in FIELDS[record].items():
        assert kind_of(properties[name], root) == described(kind), f"{record}.{name}"
        inner = kind.rpartition(" of ")[2]
        if inner in FIELDS:
            holder = properties[name]
            for part in parts_of(properties[name], root):
                entry = part.get("items", part.get("additionalProperties"))
                holder = entry if isinstance(entry, dict) else holder
            count += same_fields(holder, inner, root)
    return count


def test_the_schemas_have_the_fields_of_the_records() -> None:
    book, request = rabatt.schema("book"), rabatt.schema("request")
    assert same_fields(book, "BookContent", book) + same_fields(request, "Request", request) == len(FIELDS)


def test_the_schema_of_quotes_has_the_words_of_the_engine() -> None:
    definitions = rabatt.schema("quote")["$defs"]
    words = _rabatt.words()
    assert definitions["reason"]["enum"] == words["reason"]
    assert definitions["line"]["properties"]["source"]["enum"] == words["source"]
    assert definitions["step"]["properties"]["step"]["enum"] == words["step"]
    assert definitions["step"]["properties"]["what"]["enum"] == words["what"]
    assert definitions["payment"]["properties"]["tax_mode"]["enum"] == words["tax_mode"]


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_are_schemas(name: Literal["book", "request", "quote"]) -> None:
    Draft202012Validator.check_schema(rabatt.schema(name))
    rabatt.schema(name).clear()
    assert rabatt.schema(name)["title"] == name.title()


def test_there_is_no_other_schema() -> None:
    with pytest.raises(KeyError):
        rabatt.schema("campaign")  # type: ignore[arg-type]
