"""Random documents through the Python package, as the oracle prices them."""

from __future__ import annotations

import pytest

from tests import oracle
from tests.faces.differences import differing_paths
from tests.faces.program import Refusal
from tests.faces.python_face import PythonFace
from tests.oracle.generate import generate

FACE = PythonFace()


@pytest.mark.parametrize("number", range(12))
def test_random_requests_as_the_oracle_prices_them(number: int) -> None:
    case = generate(f"python/{number}")
    book = oracle.read_book(case.book)
    for request in [*case.requests, *case.faulty_requests]:
        try:
            mine = FACE.ask("price", case.book, request)
            theirs = oracle.price(book, request, mine["book"])
        except Refusal as refusal:
            with pytest.raises(oracle.OracleError) as refused:
                oracle.price(book, request, "")
            assert (refused.value.code, refused.value.subject) == (refusal.code, refusal.subject)
        else:
            assert list(differing_paths(theirs, mine)) == []


@pytest.mark.parametrize("number", range(12))
def test_random_faulty_books_as_the_oracle_checks_them(number: int) -> None:
    for faulty in generate(f"python/{number}").faulty_books:
        found = [(problem["code"], problem["path"]) for problem in FACE.ask("check", faulty)]
        assert found == [(problem["code"], problem["path"]) for problem in oracle.check_book(faulty)]


@pytest.mark.parametrize("number", range(12))
def test_random_tables_as_the_oracle_prices_them(number: int) -> None:
    case = generate(f"python/{number}")
    book = oracle.read_book(case.book)
    for columns, rows in case.tables:
        table = "".join("".join(f"{cell}\x1f" for cell in row) + "\x1e" for row in [columns, *rows])
        lines, orders = oracle.price_orders(book, columns, rows)
        assert (
            list(differing_paths({"lines": lines, "orders": orders}, FACE.ask("orders", case.book, table)))
            == []
        )
