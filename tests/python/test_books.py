"""Books: where they come from, what they tell, and what is refused."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rabatt
from rabatt import Book, Error, Errors, Problem, check

from tests.oracle.generate import generate

TEA: dict[str, Any] = {"items": [{"item": "TEA", "prices": {"EUR": "12.00"}}]}
TEA_JSON = '{"items": [{"item": "TEA", "prices": {"EUR": "12.00"}}]}'
TEA_YAML = "items:\n- item: TEA\n  prices: {EUR: 12.00}\n"

TEXTS: list[tuple[Callable[[Any], Book], str]] = [(Book.from_json, TEA_JSON), (Book.from_yaml, TEA_YAML)]
KINDS_OF_BYTES: list[Callable[[bytes], Any]] = [bytes, bytearray, memoryview]


def book(**item: Any) -> dict[str, Any]:
    return {"items": [{"item": "TEA", **item}]}


def first(content: Any) -> str:
    """The first problem, as `code path`."""
    with pytest.raises(Errors) as refused:
        Book.from_dict(content)
    assert check(content) == list(refused.value.problems)
    return f"{refused.value.code} {refused.value.subject}"


def test_all_roads_lead_to_the_same_book(tmp_path: Path) -> None:
    (tmp_path / "book.JSON").write_text("\ufeff" + TEA_JSON, encoding="utf-8")
    (tmp_path / "book.yml").write_text(TEA_YAML, encoding="utf-8")
    (tmp_path / "book.yaml").write_text("\ufeff" + TEA_YAML, encoding="utf-8")
    books = [
        Book.from_json(TEA_JSON),
        Book.from_json(TEA_JSON.encode()),
        Book.from_yaml(TEA_YAML),
        Book.from_yaml(TEA_YAML.encode()),
        Book.from_yaml(TEA_JSON),
        *(make("\ufeff" + text) for make, text in TEXTS),
        *(make(kind(("\ufeff" + text).encode())) for make, text in TEXTS for kind in KINDS_OF_BYTES),
        Book.from_dict(TEA),
        Book.from_dict(book(prices={"EUR": Decimal("12.000")})),
        Book.from_dict(book(prices={"EUR": 12})),
        Book.load(tmp_path / "book.JSON"),
        Book.load(str(tmp_path / "book.yml")),
        Book.load(tmp_path / "book.yaml"),
    ]
    assert len(set(books)) == 1
    assert {made.hash for made in books} == {books[0].hash}
    assert books[0] != Book.from_dict(book(prices={"EUR": "12.01"}))
    assert books[0] != TEA


@pytest.mark.parametrize("number", range(6))
def test_random_books_by_every_road(number: int) -> None:
    text = generate(f"roads/{number}", 0, 0, 0, 0).book
    made = Book.from_json(text)
    assert Book.from_yaml(text) == made
    assert Book.from_json(made.to_json()) == made
    assert Book.from_dict(made.to_dict()) == made
    assert pickle.loads(pickle.dumps(made)) == made


def test_copies_share_the_book() -> None:
    made = Book.from_dict(TEA)
    assert copy.copy(made) is made
    assert copy.deepcopy(made) is made


def test_a_book_is_made_by_name() -> None:
    with pytest.raises(TypeError, match="from_json"):
        Book()


def test_the_content_comes_back_with_its_defaults() -> None:
    content = Book.from_dict(TEA).to_dict()
    assert content["items"] == [
        {"item": "TEA", "kind": "inventory", "unit": "each", "prices": {"EUR": "12"}, "discountable": True}
    ]
    assert "campaigns" not in content


def test_summary() -> None:
    campaign = {"name": "", "pricing_type": "set_discount", "date": "2026-01-01"}
    lines = [{"item": "TEA", "discount": 5}]
    content = TEA | {
        "campaigns": [
            {"campaign": "K1", "lines": lines} | campaign,
            {"campaign": "K2", "lines": lines, "status": "completed"} | campaign,
            {"campaign": "K3", "posted": False, "status": "active"} | campaign,
        ],
        "customers": [{"customer": "C1"}, {"customer": "C2"}],
    }
    made = Book.from_dict(content)
    assert made.summary() == rabatt.BookSummary(
        hash=made.hash,
        items=1,
        price_books=0,
        customers=2,
        target_groups=0,
        campaigns=3,
        campaigns_by_status={"planned": 1, "active": 0, "completed": 1, "cancelled": 0},
        campaigns_not_posted=1,
        payment_terms=0,
    )
    assert repr(made) == f"<Book {made.hash[:12]}: 1 item, 2 customers, 3 campaigns>"


def test_all_problems_at_once() -> None:
    with pytest.raises(Errors) as refused:
        Book.from_json('{"items": [{"item": "TEA", "prices": {"EUR": 1.5}, "colour": "green"}, {}]}')
    assert [(problem.code, problem.path) for problem in refused.value.problems] == [
        ("unknown_field", "items[0].colour"),
        ("invalid_decimal", "items[0].prices.EUR"),
        ("missing_field", "items[1].item"),
    ]
    assert all(problem.message and problem.line is None for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (book(prices={"EUR": 12.5}), "invalid_decimal items[0].prices.EUR"),
        (book(prices={"EUR": 12.0}), "invalid_decimal items[0].prices.EUR"),
        (book(prices={"EUR": 1e300}), "invalid_decimal items[0].prices.EUR"),
        (book(prices={"EUR": float("nan")}), "invalid_decimal items[0].prices.EUR"),
        (book(prices={"EUR": float("inf")}), "invalid_decimal items[0].prices.EUR"),
        (book(prices={"EUR": Decimal("NaN")}), "invalid_decimal items[0].prices.EUR"),
        (book(prices={"EUR": Decimal("sNaN")}), "invalid_decimal items[0].prices.EUR"),
        (book(prices={"EUR": Decimal("-Infinity")}), "invalid_decimal items[0].prices.EUR"),
        (book(prices={"EUR": Decimal("1e999999")}), "invalid_decimal items[0].prices.EUR"),
        (book(prices={"EUR": Decimal("1e-999999")}), "invalid_decimal items[0].prices.EUR"),
        (book(prices={"EUR": Decimal("1e38")}), "invalid_decimal items[0].prices.EUR"),
        (book(prices={"EUR": 10**38}), "invalid_decimal items[0].prices.EUR"),
        (book(prices={"EUR": 10**100_000}), "invalid_decimal items[0].prices.EUR"),
        (book(prices={"EUR": True}), "invalid_value items[0].prices.EUR"),
        (book(prices={"EUR": b"1"}), "invalid_value items[0].prices.EUR"),
        (book(prices={"EUR": 1j}), "invalid_value items[0].prices.EUR"),
        (book(prices={5: "1"}), "invalid_value items[0].prices.5"),
        (book(prices={None: "1"}), "invalid_value items[0].prices.None"),
        (book(name=b"Tea"), "invalid_value items[0].name"),
        (book(item="\ud800"), "invalid_value items[0].item"),
        (book(prices={"\ud800": "1"}), "invalid_value items[0].prices.?"),
        (book(discountable=1), "invalid_value items[0].discountable"),
        ({"items": {"item": "TEA"}}, "invalid_value items"),
        ({"items": {("item", "TEA")}}, "invalid_value items"),
        ({"items": [object()]}, "invalid_value items[0]"),
        ({"items": iter(())}, "invalid_value items"),
        ([], "invalid_value "),
        (5, "invalid_value "),
    ],
)
def test_refused_values(content: Any, problem: str) -> None:
    assert first(content) == problem


def test_a_structure_that_holds_itself() -> None:
    content: dict[str, Any] = {}
    content["items"] = content
    assert first(content).startswith("invalid_value items.items.items")
    entries: list[Any] = []
    entries.append(entries)
    assert first({"items": entries}).startswith("invalid_value items[0][0][0]")


def test_a_structure_too_deep_to_walk() -> None:
    deep: Any = "TEA"
    for _ in range(100_000):
        deep = {"items": deep}
    assert first(deep).startswith("invalid_value items.items")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "5", '{"items": 1e3}', "[" * 10_000, b"\xff", "\ud800", "{}{}"]
)
def test_refused_json(text: str | bytes) -> None:
    with pytest.raises(Errors) as refused:
        Book.from_json(text)
    assert refused.value.code == "invalid_value"
    assert check(text) == list(refused.value.problems)


def test_what_is_no_text() -> None:
    for make in (Book.from_json, Book.from_yaml):
        for value in (None, 5, [123, 125]):
            with pytest.raises(TypeError, match=f"str or bytes, not {type(value).__name__}"):
                make(value)  # type: ignore[arg-type]


def test_files_that_are_not_there(tmp_path: Path) -> None:
    missing = f"{tmp_path / 'book.json'}: No such file or directory"
    for path, code, subject in [
        (tmp_path / "book.json", "file_not_readable", missing),
        (tmp_path / "book.toml", "unknown_format", str(tmp_path / "book.toml")),
        (tmp_path, "unknown_format", str(tmp_path)),
    ]:
        for act in (Book.load, check):
            with pytest.raises(Error) as refused:
                act(path)
            assert (refused.value.code, refused.value.subject) == (code, subject)


def test_check_of_files_and_formats(tmp_path: Path) -> None:
    file = tmp_path / "book.yaml"
    file.write_text("items:\n- item: TEA\n  colour: green\n", encoding="utf-8")
    problems = [Problem("unknown_field", "items[0].colour", "There is no such field here.", line=3)]
    assert check(file) == problems
    assert check(file.read_text(encoding="utf-8"), format="yaml") == problems
    assert check(TEA_JSON) == check(TEA) == []
    assert check(bytearray(b"\xef\xbb\xbf{}")) == []
    with pytest.raises(Error, match="unknown_format: toml"):
        check("", format="toml")  # type: ignore[arg-type]


def test_a_book_with_an_empty_name_is_written_so_that_it_can_be_read() -> None:
    campaign = {"campaign": "K", "name": "", "date": "2026-01-01", "pricing_type": "set_discount"}
    draft = Book.from_dict({"campaigns": [{**campaign, "posted": False}]})
    assert Book.from_json(draft.to_json()) == draft


def test_decimals_are_written_in_their_shortest_form() -> None:
    assert '"EUR":"12"' in Book.from_dict(TEA).to_json()
