"""`rabatt check`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import rabatt
from rabatt import demo

from tests.command_line.program import run
from tests.command_line.shop import BOOK, invoke, write_book, write_csv

FAULTY = {
    "items": [{"item": "TEA", "prices": {"EUR": "-1"}}, {"item": "TEA"}, {"nam": "CUP"}],
    "customers": [{"customer": "C1", "discount": "101"}],
}


def problems_of(book: object) -> list[rabatt.Problem]:
    return rabatt.check(json.dumps(book))


def test_a_good_book(tmp_path: Path) -> None:
    done = run("check", demo.book_path())
    assert (done.status, done.messages) == (0, "")
    summary = rabatt.Book.load(demo.book_path()).summary()
    assert f"{demo.book_path()}: no problems" in done.text
    assert summary.hash in done.text
    assert f"items          {summary.items}" in done.text
    assert "campaigns      15  1 planned, 11 active, 1 completed, 1 cancelled, 1 not posted" in done.text


def test_a_good_book_for_programs(tmp_path: Path) -> None:
    done = run("check", write_book(tmp_path), "--format", "json")
    assert (done.status, done.messages) == (0, "")
    assert json.loads(done.out) == {
        "hash": rabatt.Book.from_dict(BOOK).hash,
        "counts": {
            "items": 2,
            "price_books": 0,
            "customers": 1,
            "target_groups": 0,
            "campaigns": 1,
            "payment_terms": 1,
        },
        "problems": [],
    }


def test_a_faulty_book_for_programs(tmp_path: Path) -> None:
    done = run("check", write_book(tmp_path, FAULTY), "--format", "json")
    found = json.loads(done.out)
    wanted = problems_of(FAULTY)
    assert (done.status, done.messages, found["hash"]) == (1, "", None)
    assert (found["counts"]["items"], found["counts"]["customers"], found["counts"]["campaigns"]) == (3, 1, 0)
    assert found["problems"] == [{"code": p.code, "path": p.path, "message": p.message} for p in wanted]
    assert {problem.code for problem in wanted} == {
        "negative_price", "duplicate_id", "unknown_field", "missing_field", "invalid_discount",
    }  # fmt: skip


def test_a_faulty_book_for_people(tmp_path: Path) -> None:
    book = write_book(tmp_path, FAULTY)
    done = run("check", book)
    wanted = problems_of(FAULTY)
    assert (done.status, done.messages) == (1, "")
    assert done.text.splitlines() == [
        *(f"{book}: {problem.path}: {problem.code}: {problem.message}" for problem in wanted),
        f"{len(wanted)} problems",
    ]


def test_problems_of_yaml_have_lines(tmp_path: Path) -> None:
    book = tmp_path / "book.yaml"
    book.write_text("items:\n  - item: TEA\n    prices: {EUR: cheap}\n")
    done = invoke("check", book)
    assert done.exit_code == 1
    assert done.stdout.startswith(f"{book}:3: items[0].prices.")


def test_all_problems_of_a_book_are_told_where_it_should_price(tmp_path: Path) -> None:
    book, orders = write_book(tmp_path, FAULTY), write_csv(tmp_path)
    for command, options in (("price", []), ("explain", ["--order", "A"])):
        done = run(command, book, orders, *options)
        assert (done.status, done.out) == (1, b"")
        assert done.messages == run("check", book).text
        assert len(done.messages.splitlines()) > 4


def test_what_is_no_yaml_has_its_place_where_it_should_price(tmp_path: Path) -> None:
    book = tmp_path / "book.yaml"
    book.write_text("items:\n  - item: TEA\n  prices: {\n")
    done = invoke("price", book, write_csv(tmp_path))
    assert (done.exit_code, done.stderr) == (1, invoke("check", book).stdout)
    assert re.match(rf"{re.escape(str(book))}:\d: .*This is no YAML", done.stderr)


def test_what_is_no_book(tmp_path: Path) -> None:
    for text in ("", "{", "[]", "null", '{"items": 1}', '{"items": ["', "[" * 100_000, "\x00\x01"):
        book = tmp_path / "book.json"
        book.write_text(text)
        people, programs = invoke("check", book), invoke("check", book, "--format", "json")
        assert (people.exit_code, programs.exit_code) == (1, 1)
        assert (people.stderr, programs.stderr) == ("", "")
        found = json.loads(programs.stdout)
        assert found["hash"] is None
        assert found["problems"][0]["code"] == "invalid_value"
        assert set(found["counts"].values()) == {0}
        assert people.stdout.splitlines()[-1] == f"{len(found['problems'])} problem"
