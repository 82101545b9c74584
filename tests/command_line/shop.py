"""A small book and orders for it, as the files that the command line takes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from rabatt.command_line.commands import app
from typer.testing import CliRunner, Result

BOOK: dict[str, Any] = {
    "items": [
        {"item": "TEA", "prices": {"EUR": "9.99"}, "units": {"BOX": "12"}},
        {"item": "CUP", "prices": {"EUR": "8"}},
    ],
    "customers": [{"customer": "C5", "discount": "5", "payment_term": "T"}],
    "campaigns": [
        {
            "campaign": "SPRING",
            "name": "Spring",
            "pricing_type": "set_discount",
            "date": "2026-03-01",
            "lines": [{"item": "TEA", "discount": "15"}],
        }
    ],
    "payment_terms": [{"payment_term": "T", "net_days": 30, "early": [{"days": 8, "discount": "2"}]}],
}

COLUMNS = ["order", "date", "currency", "customer", "item", "quantity", "note"]
ROWS = [
    ["A", "2026-03-10", "EUR", "C5", "TEA", "3", "first"],
    ["B", "2026-03-10", "EUR", "", "CUP", "1", "second"],
    ["A", "2026-03-10", "EUR", "C5", "CUP", "2", "third"],
]
BAD_ROW = ["C", "2026-03-10", "EUR", "", "COFFEE", "1", "unknown"]
NETS = ["25.47", "8.00", "15.20"]

REQUESTS: list[dict[str, Any]] = [
    {
        "date": "2026-03-10",
        "currency": "EUR",
        "customer": "C5",
        "lines": [{"item": "TEA", "quantity": 3}, {"item": "CUP", "quantity": 2}],
    },
    {"date": "2026-03-10", "currency": "EUR", "lines": [{"item": "CUP", "quantity": 1}]},
]
BAD_REQUEST = {"date": "2026-03-10", "currency": "EUR", "lines": [{"item": "COFFEE", "quantity": 1}]}


def invoke(*arguments: str | Path) -> Result:
    """The command in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def price(folder: Path, orders: Path, *options: str | Path) -> Result:
    """`rabatt price` from the book, in this process."""
    return invoke("price", write_book(folder), orders, *options)


def write_book(folder: Path, book: object = BOOK) -> Path:
    return _written(folder / "book.json", json.dumps(book))


def write_csv(folder: Path, rows: list[list[str]] = ROWS, columns: list[str] = COLUMNS) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([columns, *rows])
    return _written(folder / "orders.csv", text.getvalue())


def write_parquet(folder: Path, rows: list[list[str]] = ROWS) -> Path:
    columns = zip(*rows, strict=True)
    table = pa.table({name: pa.array(cells) for name, cells in zip(COLUMNS, columns, strict=True)})
    pq.write_table(table, folder / "orders.parquet")
    return folder / "orders.parquet"


def write_json(folder: Path, request: object = REQUESTS[0]) -> Path:
    return _written(folder / "request.json", json.dumps(request))


def write_jsonl(folder: Path, requests: list[Any] = REQUESTS) -> Path:
    return _written(folder / "requests.jsonl", "".join(f"{json.dumps(request)}\n" for request in requests))


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def _written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path
