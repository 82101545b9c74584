"""The oracle as a face, so that the cases hold it to the contract too."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from tests import oracle
from tests.faces.program import Refusal

VERBS = ("price", "check", "settle", "allocate", "set_for_all", "orders")


@lru_cache(maxsize=8)
def _book(text: str) -> oracle.Book:
    return oracle.read_book(text)


class OracleFace:
    def ask(self, verb: str, *chunks: str) -> Any:
        try:
            return getattr(self, f"_{verb}")(*chunks)
        except oracle.OracleError as error:
            raise Refusal(error.code, error.subject) from None

    def _price(self, book: str, request: str) -> Any:
        return oracle.price(_book(book), request)

    def _check(self, book: str) -> Any:
        return oracle.check_book(book)

    def _settle(self, book: str, request: str, payments: str) -> Any:
        made = [(date, amount) for date, amount in (line.split(" ") for line in payments.splitlines())]
        return oracle.settle(oracle.price(_book(book), request), made)

    def _allocate(self, amount: str, step: str, weights: str) -> Any:
        return oracle.allocate(amount, step, weights.splitlines())

    def _set_for_all(self, book: str, campaign: str, percent: str) -> Any:
        lines, report = oracle.set_for_all(_book(book), campaign, percent)
        return {"lines": lines, "report": report}

    def _orders(self, book: str, table: str) -> Any:
        columns, *rows = [row.split("\x1f")[:-1] for row in table.split("\x1e")[:-1]]
        lines, orders = oracle.price_orders(_book(book), columns, rows)
        return {"lines": lines, "orders": orders}
