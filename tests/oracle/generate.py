"""Seeded random books, requests and order tables as JSON text, for comparing two pricers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

from .random_books import random_book
from .random_faults import with_faults
from .random_requests import random_request
from .random_tables import random_orders
from .random_values import to_json


@dataclass(slots=True)
class Case:
    """Everything one seed gives. `faulty_books` are this book with mistakes in it."""

    book: str
    requests: list[str]
    faulty_requests: list[str]
    faulty_books: list[str]
    tables: list[tuple[list[str], list[list[str]]]]


def generate(
    seed: int | str,
    requests: int = 20,
    faulty_requests: int = 10,
    faulty_books: int = 4,
    tables: int = 2,
) -> Case:
    """The same seed and counts give the same case, on every machine: text seeds do not use hash()."""
    rng = Random(str(seed))
    book = random_book(rng)
    return Case(
        book=to_json(book),
        requests=[to_json(random_request(rng, book)) for _ in range(requests)],
        faulty_requests=[
            to_json(with_faults(rng, random_request(rng, book))) for _ in range(faulty_requests)
        ],
        faulty_books=[to_json(with_faults(rng, book)) for _ in range(faulty_books)],
        tables=[random_orders(rng, book, faulty=index % 2 == 1) for index in range(tables)],
    )


def write_cases(folder: Path, seed: int, books: int) -> None:
    """Per book: book-N.json, book-N.requests.jsonl, book-N.faulty-K.json, book-N.table-K.json."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(books):
        case = generate(f"{seed}/{number}")
        stem = f"book-{number}"
        (folder / f"{stem}.json").write_text(case.book + "\n", encoding="utf-8")
        lines = [*case.requests, *case.faulty_requests]
        (folder / f"{stem}.requests.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for index, faulty in enumerate(case.faulty_books):
            (folder / f"{stem}.faulty-{index}.json").write_text(faulty + "\n", encoding="utf-8")
        for index, (columns, rows) in enumerate(case.tables):
            table = json.dumps({"columns": columns, "rows": rows}, ensure_ascii=False)
            (folder / f"{stem}.table-{index}.json").write_text(table + "\n", encoding="utf-8")
