"""Engine against oracle over seeded random books: `python -m tests.faces.differences PROGRAM --lines N`.

Prints what was compared, and the first ten differences with the seed that brings each back.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests import oracle
from tests.faces.program import ProgramFace, Refusal
from tests.oracle.generate import generate


def oracle_quote(book: oracle.Book, request: str, book_hash: str) -> Any:
    try:
        return oracle.price(book, request, book_hash)
    except oracle.OracleError as error:
        return {"error": [error.code, error.subject]}


def face_quote(face: ProgramFace, book: str, request: str) -> Any:
    try:
        return face.ask("price_batch", book, request)  # a quote of price(), its lines out of the batch
    except Refusal as error:
        return {"error": [error.code, error.subject]}


def differing_paths(a: Any, b: Any, path: str = "") -> Iterator[str]:
    """`a` is the oracle's."""
    if isinstance(a, dict) and isinstance(b, dict):
        if list(a) != list(b):
            yield f"{path}: keys {list(a)} / {list(b)}"
        for key in a.keys() & b.keys():
            yield from differing_paths(a[key], b[key], f"{path}.{key}")
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for index, pair in enumerate(zip(a, b, strict=True)):
            yield from differing_paths(*pair, f"{path}[{index}]")
    elif a != b or type(a) is not type(b):
        yield f"{path}: {json.dumps(a)} / {json.dumps(b)}"


def compare(face: ProgramFace, seed: str, counts: Counter[str]) -> Iterator[str]:
    case = generate(seed)
    book = oracle.read_book(case.book)
    counts["books"] += 1
    for index, request in enumerate([*case.requests, *case.faulty_requests]):
        mine = face_quote(face, case.book, request)
        theirs = oracle_quote(book, request, mine.get("book", ""))
        counts["quotes" if "lines" in mine else "refusals"] += 1
        counts["lines"] += len(mine.get("lines", []))
        for difference in differing_paths(theirs, mine):
            yield f"seed {seed} request {index}: {difference}"
    for index, faulty in enumerate(case.faulty_books):
        found = [[problem["code"], problem["path"]] for problem in face.ask("check", faulty)]
        wanted = [[problem["code"], problem["path"]] for problem in oracle.check_book(faulty)]
        counts["faulty books"] += 1
        for difference in differing_paths(wanted, found):
            yield f"seed {seed} faulty book {index}: {difference}"


def face_orders(face: ProgramFace, book: str, columns: list[str], rows: list[list[str]]) -> Any:
    table = "".join("".join(f"{cell}\x1f" for cell in row) + "\x1e" for row in [columns, *rows])
    try:
        answer = face.ask("orders", book, table)
    except Refusal as error:
        return {"error": [error.code, error.subject]}
    return [answer["lines"], answer["orders"]]


def oracle_orders(book: oracle.Book, columns: list[str], rows: list[list[str]]) -> Any:
    try:
        return [list(part) for part in oracle.price_orders(book, columns, rows)]
    except oracle.OracleError as error:
        return {"error": [error.code, error.subject]}


def compare_tables(face: ProgramFace, seed: str, counts: Counter[str]) -> Iterator[str]:
    case = generate(seed)
    book = oracle.read_book(case.book)
    for index, (columns, rows) in enumerate(case.tables):
        counts["tables"] += 1
        counts["rows"] += len(rows)
        wanted = oracle_orders(book, columns, rows)
        for difference in differing_paths(wanted, face_orders(face, case.book, columns, rows)):
            yield f"seed {seed} table {index}: {difference}"


def compare_all(face: ProgramFace, seed: str, lines: int, counts: Counter[str]) -> Iterator[str]:
    """Seeds SEED/0, SEED/1 … until so many lines have been compared."""
    number = 0
    while counts["lines"] < lines:
        yield from compare(face, f"{seed}/{number}", counts)
        yield from compare_tables(face, f"{seed}/{number}", counts)
        number += 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--lines", type=int, default=10_000)
    arguments = parser.parse_args()
    face = ProgramFace(arguments.program)
    counts: Counter[str] = Counter()
    different = 0
    for difference in compare_all(face, arguments.seed, arguments.lines, counts):
        different += 1
        if different <= 10:
            print(difference, file=sys.stderr)
    face.close()
    print(f"seed {arguments.seed}: {dict(counts)}, {different} differences")
    return different > 0


if __name__ == "__main__":
    sys.exit(main())
