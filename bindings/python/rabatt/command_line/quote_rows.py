"""Quotes as the two tables that orders have: a row per line, and a row per request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rabatt.command_line.answers import Answer

_OF_DOCUMENT = ("date", "currency", "customer")
_OF_REQUEST_LINE = ("item", "quantity", "unit", "tax_rate")
_OF_PRICE = (
    "list_price", "unit_price", "discount", "gross", "discount_amount", "net", "unit_net", "list_amount",
    "saved", "source", "applied_campaign", "applied_price_book",
)  # fmt: skip
_OF_TOTAL = ("net", "tax", "total")
_OF_EARLY = {"early_until": "until", "early_discount": "discount", "early_pay": "pay"}

LINE_COLUMNS = ("order", *_OF_DOCUMENT, *_OF_REQUEST_LINE, "status", *_OF_PRICE)
ORDER_COLUMNS = ("order", "status", *_OF_TOTAL, *_OF_EARLY, "warnings")

Row = Mapping[str, Any]


class QuoteRows:
    """The tables, growing. `order` is the request's line in its file."""

    def __init__(self) -> None:
        self.lines: dict[str, list[str | None]] = {name: [] for name in LINE_COLUMNS}
        self.orders: dict[str, list[str | None]] = {name: [] for name in ORDER_COLUMNS}

    def add(self, answer: Answer) -> None:
        head = {"order": str(answer.number), "status": answer.error.code if answer.error else "ok"}
        if answer.error:
            _append(self.lines, head)
            _append(self.orders, head)
            return
        quote = answer.quote()
        document = head | {name: quote[name] for name in _OF_DOCUMENT}
        for line in quote["lines"]:
            _append(self.lines, document | line)
        _append(self.orders, head | _totals(quote))


def _totals(quote: Mapping[str, Any]) -> dict[str, str]:
    totals: dict[str, str] = {name: quote[name] for name in _OF_TOTAL}
    tiers = (quote["payment"] or {}).get("early", [])
    early = {name: tiers[0][field] for name, field in _OF_EARLY.items()} if tiers else {}
    return totals | early | {"warnings": str(len(quote["warnings"]))}


def _append(columns: Mapping[str, list[str | None]], row: Row) -> None:
    for name, cells in columns.items():
        cells.append(row.get(name))
