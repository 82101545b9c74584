"""One book, many threads: the same quotes, and Python runs on while the engine works."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rabatt import Book, Error, PricedOrders, price, price_orders

from tests.oracle.generate import generate
from tests.python.order_samples import BOOK, NET, ORDERS


def answer(book: Book, request: str) -> str:
    try:
        return price(book, request).to_json()
    except Error as error:
        return str(error)


def test_many_threads_price_from_one_book() -> None:
    case = generate("threads", requests=60, faulty_requests=20)
    book = Book.from_json(case.book)
    requests = case.requests + case.faulty_requests
    alone = [answer(book, request) for request in requests]
    with ThreadPoolExecutor(8) as pool:
        together = [pool.map(lambda request: answer(book, request), requests) for _ in range(6)]
        assert all(list(answers) == alone for answers in together)


def test_many_threads_build_books_and_price_tables() -> None:
    text = BOOK.to_json()

    def work(_: int) -> tuple[str, PricedOrders[dict[str, list[Any]]]]:
        book = Book.from_json(text)
        return book.hash, price_orders(book, ORDERS)

    alone = work(0)
    assert alone[1].lines["net"] == NET
    with ThreadPoolExecutor(8) as pool:
        assert all(made == alone for made in pool.map(work, range(40)))


def test_the_interpreter_is_free_while_a_book_is_built() -> None:
    """Of the time that a long build takes, the main thread must see the middle."""
    items = [{"item": f"TEA-{number}", "prices": {"EUR": "1.50"}} for number in range(60_000)]
    text = json.dumps({"items": items}).encode()
    times: list[float] = []

    def build() -> None:
        times.append(time.perf_counter())
        Book.from_json(text)
        times.append(time.perf_counter())

    worker = threading.Thread(target=build)
    seen: list[float] = []
    worker.start()
    while worker.is_alive():
        seen.append(time.perf_counter())
    begin, end = times
    quarter = (end - begin) / 4
    assert any(begin + quarter < moment < end - quarter for moment in seen)
