"""A book and a table of orders, some of them bad, for the tests of tables and frames."""

from __future__ import annotations

from typing import Any

from rabatt import Book

BOOK = Book.from_dict(
    {
        "policy": {"currencies": {"EUR": {"unit": "0.001"}}},
        "items": [
            {"item": "TEA", "units": {"BOX": 12}, "prices": {"EUR": "9.99"}},
            {"item": "MUG", "prices": {"EUR": "5"}},
        ],
        "customers": [{"customer": "C1", "discount": "2.5", "payment_term": "T1"}],
        "campaigns": [
            {"campaign": "K1", "name": "", "pricing_type": "set_discount", "date": "2026-03-01",
             "lines": [{"item": "TEA", "discount": 15}]},
        ],
        "payment_terms": [{"payment_term": "T1", "net_days": 30, "early": [{"days": 8, "discount": 2}]}],
    }
)  # fmt: skip

#: Order 7 has two rows that are not adjacent, order 8 a good and a bad row.
ORDERS: dict[str, list[Any]] = {
    "order": ["7", "8", "7", "8"],
    "date": ["2026-03-10", "2026-03-10", None, ""],
    "currency": ["EUR"] * 4,
    "customer": ["C1", None, "C1", None],
    "item": ["TEA", "TEA", "MUG", "COFFEE"],
    "quantity": ["3", "1", "2", "1"],
    "tax_rate": ["19", None, "7", None],
    "note": ["a", "b", "c", "d"],
}

STATUS = ["ok", "ok", "ok", "unknown_item"]
NET = ["25.47", "8.49", "9.75", None]

RESULTS = [
    "status", "list_price", "unit_price", "discount", "gross", "discount_amount", "net", "unit_net",
    "list_amount", "saved", "source", "applied_campaign", "applied_price_book",
]  # fmt: skip
ORDER_RESULTS = [
    "order", "status", "net", "tax", "total", "early_until", "early_discount", "early_pay", "warnings",
]  # fmt: skip
