"""Random order tables: rows of several documents mixed, some of them at odds with each other."""

from __future__ import annotations

from random import Random
from typing import Any

from .random_requests import random_request
from .random_values import Tree, chance

DOCUMENT_COLUMNS = ("date", "currency", "customer", "organisation", "campaign", "code", "payment_term")
LINE_COLUMNS = ("item", "quantity", "unit", "list_price", "manual_price", "manual_discount", "tax_rate")
BAD_CELLS = ("1,5", "", " ", "1e3", "abc", "-1", "101", "2026-02-30", "TRUE", "XAU", "\x07", "x" * 201)


def random_orders(rng: Random, book: Tree, faulty: bool = False) -> tuple[list[str], list[list[str]]]:
    """Columns and rows; with `faulty`, some cells are replaced by what does not belong there."""
    rows: list[dict[str, str]] = []
    for number in range(rng.randint(1, 5)):
        rows += _rows_of(rng, f"O{number + 1}", random_request(rng, book))
    if chance(rng, 2):
        rng.shuffle(rows)  # rows of one order need not be adjacent
    if faulty:
        for _ in range(rng.randint(1, 3)):
            row = rng.choice(rows)
            row[rng.choice(("order", *DOCUMENT_COLUMNS, *LINE_COLUMNS))] = rng.choice(BAD_CELLS)
    columns = ["order", "prices_include_tax", *DOCUMENT_COLUMNS, *LINE_COLUMNS, "note"]
    if chance(rng, 3):
        columns += ["net", "status", "source"]  # names that the results use too
    if chance(rng, 2):
        rng.shuffle(columns)
    return columns, [[row.get(column, "") for column in columns] for row in rows]


def _rows_of(rng: Random, order: str, request: Tree) -> list[dict[str, str]]:
    document = {column: _cell(request.get(column)) for column in DOCUMENT_COLUMNS}
    if "prices_include_tax" in request:
        spelling = ("true", "TRUE", "1") if request["prices_include_tax"] else ("false", "False", "0")
        document["prices_include_tax"] = rng.choice(spelling)
    rows = []
    for index, line in enumerate(request["lines"]):
        row = {column: _cell(line.get(column)) for column in LINE_COLUMNS}
        # A blank agrees with any value: only the first row must say it all.
        for column, cell in document.items():
            row[column] = cell if index == 0 or rng.randrange(3) else ""
        rows.append(row | {"order": order, "note": f"row {index}", "net": "old", "status": "old"})
    return rows


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
