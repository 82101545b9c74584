"""Orders for tables that are priced piece by piece."""

from __future__ import annotations

import random

CELLS = {
    "date": ["2026-03-10", "2026-03-10T08:00", "2026-04-01", "", "10.3."],
    "currency": ["EUR", "EUR", "EUR", "USD", "", "XXX"],
    "customer": ["C5", "", "", "C9"],
    "item": ["TEA", "CUP", "TEA", "COFFEE", ""],
    "quantity": ["1", "2.5", "-3", "0", "x", ""],
    "campaign": ["", "", "", "", "SPRING"],
    "payment_term": ["", "", "T", "U"],
    "tax_rate": ["", "21", "9", "-1"],
    "manual_price": ["", "", "", "", "7.123456"],
    "net": ["12", "old", ""],
    "note": ["", "a,b", 'five "5"', "two\nlines", "ü"],
}


def some_rows(seed: int, count: int = 150) -> list[list[str]]:
    """Orders of one line and of many, adjacent and scattered; documents that mostly agree; bad cells."""
    rng = random.Random(seed)
    rows: list[list[str]] = []
    documents: dict[str, list[str]] = {}
    while len(rows) < count:
        order = rng.choice([f"S{rng.randint(1, 9)}", f"A{len(rows)}", f"A{len(rows)}", ""])
        for _ in range(rng.choice([1, 1, 2, 3, 9, 20])):
            cells = {name: rng.choice([*among[:2], *among]) for name, among in CELLS.items()}
            document = documents.setdefault(order, [cells[name] for name in ("date", "currency", "customer")])
            if rng.random() < 0.9:
                cells |= dict(
                    zip(("date", "currency", "customer"), document, strict=True),
                    payment_term="T",
                    campaign="",
                )
            if rng.random() < 0.7:
                cells |= {"item": "TEA", "quantity": "2", "tax_rate": "21"}
            rows.append([order, *cells.values()])
    return rows
