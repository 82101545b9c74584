"""YAML: scalars are their text, and its traps are refused with the place and the line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rabatt import Book, check, price
from rabatt.demo import book_path
from rabatt.yaml_documents import read_yaml


def found(text: str) -> list[str]:
    """Problems as `line code path`."""
    problems = check(text, format="yaml")
    return [f"{problem.line} {problem.code} {problem.path}" for problem in problems]


def item(fields: str) -> list[str]:
    return found("items:\n- item: TEA\n" + "".join(f"  {field}\n" for field in fields.split("; ")))


def read(text: str) -> Any:
    document = read_yaml(text, "book")
    assert document.problems == []
    return json.loads(document.json)


@pytest.mark.parametrize(
    ("scalar", "text"),
    [
        ("1.50", "1.50"),
        ("007", "007"),
        ("1e3", "1e3"),
        ("0x10", "0x10"),
        ("0o7", "0o7"),
        ("1_000", "1_000"),
        ("+1", "+1"),
        (".5", ".5"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("true", "true"),
        ("12:30:45", "12:30:45"),
        ("2026-03-01", "2026-03-01"),
        ("2026-3-1", "2026-3-1"),
        ("'null'", "null"),
        ('"~"', "~"),
        ("''", ""),
        ("é # comment", "é"),
        ("!!str 1.50", "1.50"),
        ("!!float 1.50", "1.50"),
        ("!!str null", "null"),
        ("|\n    two\n    lines", "two\nlines\n"),
        (">-\n    two\n    lines", "two lines"),
    ],
)
def test_text_as_it_stands(scalar: str, text: str) -> None:
    assert read(f"items:\n- item: {scalar}\n") == {"items": [{"item": text}]}


@pytest.mark.parametrize("scalar", ["null", "Null", "NULL", "~", "", "!!null ''", "!!null null"])
def test_absent(scalar: str) -> None:
    quoted = scalar.endswith("''")  # a quoted scalar is text, whatever its tag
    assert read(f"items:\n- item: TEA\n  unit: {scalar}\n") == {
        "items": [{"item": "TEA", "unit": "" if quoted else None}]
    }


@pytest.mark.parametrize(
    ("scalar", "value"), [("true", True), ("True", True), ("FALSE", False), ("null", None)]
)
def test_booleans(scalar: str, value: bool | None) -> None:
    assert read(f"policy: {{prices_include_tax: {scalar}}}") == {"policy": {"prices_include_tax": value}}


@pytest.mark.parametrize(
    "scalar", ["yes", "no", "on", "off", "y", "1", "0", "'true'", '"false"', "tRUE", "!!str true"]
)
def test_no_booleans(scalar: str) -> None:
    assert item(f"discountable: {scalar}") == ["3 invalid_value items[0].discountable"]


@pytest.mark.parametrize(("scalar", "value"), [("5", 5), ("-5", -5), ("0", 0), ("2147483648", 2**31)])
def test_integers(scalar: str, value: int) -> None:
    assert read(f"campaigns: [{{priority: {scalar}}}]") == {"campaigns": [{"priority": value}]}


@pytest.mark.parametrize("scalar", ["05", "+5", "5.0", "1e1", "0x5", "5_0", "'5'", "five", "-"])
def test_no_integers(scalar: str) -> None:
    assert found(f"policy: {{intermediate_digits: {scalar}}}") == [
        "1 invalid_value policy.intermediate_digits"
    ]


@pytest.mark.parametrize(
    "scalar", ["1,5", "1.5e3", "0x10", ".5", "5.", "1_000", "+1", ".nan", ".inf", "yes", "2026-01-01"]
)
def test_no_decimals(scalar: str) -> None:
    assert item(f"prices: {{EUR: '{scalar}'}}") == ["3 invalid_decimal items[0].prices.EUR"]
    assert item(f"cost:; \x20 EUR: {scalar}") == ["4 invalid_decimal items[0].cost.EUR"]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ("prices: {EUR: 1,5}", "3 invalid_value items[0].prices.5"),
        ("units: {BOX: 12, KG}", "3 invalid_value items[0].units.KG"),
        ("unit: KG; ? name", "4 invalid_value items[0].name"),
    ],
)
def test_fields_without_a_colon(fields: str, place: str) -> None:
    assert item(fields) == [place]


def test_repeated_fields() -> None:
    assert item("unit: KG; unit: KG") == ["4 duplicate_field items[0].unit"]
    assert found("policy: {}\nitems: []\npolicy: {}\n") == ["3 duplicate_field policy"]
    assert item("prices: {EUR: 1, 'EUR': 2}") == ["3 duplicate_field items[0].prices.EUR"]


def test_unknown_and_missing_fields_have_lines() -> None:
    assert found("items:\n- item: A\n-\n  name: nameless\n  colour: red\n") == [
        "5 unknown_field items[1].colour",
        "4 missing_field items[1].item",
    ]
    assert found("colour: red\n") == ["1 unknown_field colour"]
    assert item("<<: {unit: KG}") == ["3 unknown_field items[0].<<"]
    assert item("~: KG") == ["3 unknown_field items[0].~"]


def test_aliases_stand_for_what_they_name() -> None:
    text = "items:\n- {item: TEA, prices: &prices {EUR: 1.50}, discountable: &on true}\n"
    text += "- {item: MUG, prices: *prices, discountable: *on, name: *on}\n"
    assert read(text)["items"][1] == {
        "item": "MUG",
        "prices": {"EUR": "1.50"},
        "discountable": True,
        "name": "true",
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("items: &a [*a]", "1 invalid_value items[0]"),
        ("items:\n- &a {item: A, units: *a}", "2 invalid_value items[0].units"),
        ("items: *nobody", "1 invalid_value "),
        ("items: !include other.yaml", "1 invalid_value items"),
        ("items: !!set {a}", "1 invalid_value items"),
        ("items: !!python/object/apply:os.system [ls]", "1 invalid_value items"),
        ("items:\n- item: !!binary aGVsbG8=", "2 invalid_value items[0].item"),
        ("items:\n- ? [a, b]\n  : c\n  item: A", "2 invalid_value items[0]"),
        ("items: []\n---\nitems: []", "2 invalid_value "),
        ("items: [", "1 invalid_value "),
        ("items: {a: b: c}", "1 invalid_value "),
        ("\titems: []", "1 invalid_value "),
        ("- item", "1 invalid_value "),
        ("", "None invalid_value "),
        ("a: \x00", "None invalid_value "),
        ("items: " + "[" * 31 + "]" * 31, "1 invalid_value items[0]"),
        ("items: " + "[" * 32 + "]" * 32, "1 invalid_value items" + "[0]" * 31),
        ("items: " + "[" * 34 + "]" * 34, "1 invalid_value "),
        (f"a: &a {'[' * 20 + ']' * 20}\nitems: {'[' * 20}*a{']' * 20}", "1 invalid_value items" + "[0]" * 31),
        ("[" * 100_000, "1 invalid_value "),
        ("- " * 100_000, "1 invalid_value "),
        ("\n".join(" " * n + "a:" for n in range(1_000)), "34 invalid_value "),
    ],
)
def test_refused(text: str, problem: str) -> None:
    assert problem in found(text)
    assert len(found(text)) == 1 or "items" in text


def test_half_a_character() -> None:
    assert item(r'name: "\ud800"') == ["3 invalid_value items[0].name"]
    assert item(r'prices: {"\udc00": 1}; name: "\udc00"') == [
        "4 invalid_value items[0].name",
        "3 invalid_value items[0].prices.?",
    ]
    assert item(r'name: "\ud83c\udf75"') == []


def test_bytes_that_are_no_text() -> None:
    (problem,) = check(b"items: [\xff]", format="yaml")
    assert (problem.code, problem.path) == ("invalid_value", "")


def test_aliases_that_stand_for_billions() -> None:
    lines = ["policy: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert found("\n".join(lines)) == ["1 limit_exceeded "]
    long = f"policy: &long {'x' * 100_000}\nitems: [{', '.join(['*long'] * 10_000)}]"
    assert found(long) == ["1 limit_exceeded "]


def test_the_demonstration_shop_and_its_requests() -> None:
    book = Book.load(book_path())
    request = "date: 2026-03-10\ncurrency: EUR\nexplain: false\nlines: [{item: TEA-DARJ, quantity: 0.50}]\n"
    content = json.loads(read_yaml(request, "request").json)
    assert content["explain"] is False
    quote = price(book, content)
    assert (str(quote.lines[0].quantity), str(quote.net)) == ("0.50", "22.25")
