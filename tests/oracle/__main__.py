"""The oracle from the command line.

python -m tests.oracle price BOOK.json REQUESTS.jsonl   a quote, or {"error": …}, per line
python -m tests.oracle check BOOK.json                  the problems of a book, one per line
python -m tests.oracle orders BOOK.json TABLE.json      {"rows": […], "orders": […]}
python -m tests.oracle generate --seed N --books K [--folder DIR]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .book_reader import check_book, read_book
from .faults import BookErrors, OracleError
from .generate import write_cases
from .order_table import price_orders
from .quote import price


def main() -> int:
    arguments = _parser().parse_args()
    try:
        return int(arguments.run(arguments))
    except BookErrors as errors:
        for problem in errors.problems:
            print(f"{problem['path']}: {problem['code']}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle")
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("price", help="one quote or error per request")
    verb.add_argument("book", type=Path)
    verb.add_argument("requests", type=Path)
    verb.add_argument("--hash", default="", help="the book's hash, to stand in the quotes")
    verb.set_defaults(run=_price)
    verb = verbs.add_parser("check", help="the problems of a book")
    verb.add_argument("book", type=Path)
    verb.set_defaults(run=_check)
    verb = verbs.add_parser("orders", help="price a table of orders")
    verb.add_argument("book", type=Path)
    verb.add_argument("table", type=Path)
    verb.set_defaults(run=_orders)
    verb = verbs.add_parser("generate", help="write random books and requests")
    verb.add_argument("--seed", type=int, required=True)
    verb.add_argument("--books", type=int, required=True)
    verb.add_argument("--folder", type=Path, default=Path("cases"))
    verb.set_defaults(run=_generate)
    return parser


def _print(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False))


def _price(arguments: argparse.Namespace) -> int:
    book = read_book(arguments.book.read_text(encoding="utf-8"))
    with arguments.requests.open(encoding="utf-8") as requests:
        for request in requests:
            if request.strip():
                try:
                    _print(price(book, request, arguments.hash))
                except OracleError as error:
                    _print({"error": {"code": error.code, "subject": error.subject}})
    return 0


def _check(arguments: argparse.Namespace) -> int:
    problems = check_book(arguments.book.read_text(encoding="utf-8"))
    for problem in problems:
        _print(problem)
    return 1 if problems else 0


def _orders(arguments: argparse.Namespace) -> int:
    book = read_book(arguments.book.read_text(encoding="utf-8"))
    table = json.loads(arguments.table.read_text(encoding="utf-8"))
    rows, orders = price_orders(book, table["columns"], table["rows"])
    _print({"rows": rows, "orders": orders})
    return 0


def _generate(arguments: argparse.Namespace) -> int:
    write_cases(arguments.folder, arguments.seed, arguments.books)
    return 0


if __name__ == "__main__":
    sys.exit(main())
