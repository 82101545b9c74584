"""Every format of orders to every format of results, with the same prices."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.command_line.program import run
from tests.command_line.shop import (
    NETS,
    invoke,
    price,
    write_book,
    write_csv,
    write_json,
    write_jsonl,
    write_parquet,
)
from tests.command_line.shop import read_csv as csv_rows
from tests.python.order_samples import RESULTS

ORDERS: dict[str, Callable[[Path], Path]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "json": write_json,
    "jsonl": write_jsonl,
}


KNOWN = ".csv, .parquet, .json, .jsonl, or --format"
KINDS_OF_ORDERS = ": orders are .csv or .parquet, requests .json or .jsonl"
KINDS_OF_BOOKS = ": a book is .json, .yaml, .yml or .rabatt"


def nets(content: bytes, form: str) -> list[Decimal]:
    """The net of every line, smallest first."""
    rows: list[Any]
    if form == "parquet":
        rows = pq.read_table(io.BytesIO(content)).to_pylist()
    elif form == "csv":
        rows = csv_rows(content)
    elif form == "json":
        found = json.loads(content)
        rows = found if isinstance(found, list) else [found]
    else:
        rows = [json.loads(text) for text in content.splitlines()]
    lines: list[Any] = [line for row in rows for line in row.get("lines", [row])]
    return sorted(Decimal(line["net"]) for line in lines)


def wanted(given: str) -> list[Decimal]:
    return sorted(Decimal(net) for net in ([NETS[0], NETS[2]] if given == "json" else NETS))


@pytest.mark.parametrize("given", ORDERS)
@pytest.mark.parametrize("form", ["csv", "parquet", "json", "jsonl"])
def test_each_to_each(tmp_path: Path, given: str, form: str) -> None:
    book, orders, out = write_book(tmp_path), ORDERS[given](tmp_path), tmp_path / "out"
    done = invoke("price", book, orders, "--format", form, "--out", out)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert nets(out.read_bytes(), form) == wanted(given)
    assert invoke("price", book, orders, "--format", form).stdout_bytes == out.read_bytes()


@pytest.mark.parametrize("given", ORDERS)
def test_each_to_a_table_for_people(tmp_path: Path, given: str) -> None:
    done = price(tmp_path, ORDERS[given](tmp_path), "--format", "table")
    assert done.exit_code == 0
    assert all(net in done.stdout for net in (NETS[0], NETS[2], "SPRING"))
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("given", ORDERS)
def test_the_format_of_the_orders_is_the_default(tmp_path: Path, given: str) -> None:
    book, orders, out = write_book(tmp_path), ORDERS[given](tmp_path), tmp_path / "out"
    assert nets(run("price", book, orders).out, given) == wanted(given)
    assert invoke("price", book, orders, "--out", out).exit_code == 0
    assert nets(out.read_bytes(), given) == wanted(given)


@pytest.mark.parametrize("form", ["csv", "parquet", "json", "jsonl"])
def test_the_name_of_the_file_that_is_written_tells_its_format(tmp_path: Path, form: str) -> None:
    out = tmp_path / f"out.{form.upper()}"
    assert price(tmp_path, write_csv(tmp_path), "--out", out).exit_code == 0
    assert nets(out.read_bytes(), form) == wanted("csv")


def test_what_is_asked_for_goes_before_the_name(tmp_path: Path) -> None:
    for name in ("out.parquet", "out.xlsx"):
        out, totals = tmp_path / name, tmp_path / "totals.txt"
        done = price(tmp_path, write_csv(tmp_path), "--out", out, "--format", "jsonl", "--orders", totals)
        assert done.exit_code == 0
        assert nets(out.read_bytes(), "jsonl") == wanted("csv")
        assert totals.read_text().startswith('{"order":"A"')


def test_prices_have_the_same_text_from_csv_and_parquet(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    from_csv = invoke("price", book, write_csv(tmp_path), "--format", "csv")
    from_parquet = invoke("price", book, write_parquet(tmp_path), "--format", "csv")
    assert from_csv.stdout == from_parquet.stdout


@pytest.mark.parametrize(
    ("command", "subject"),
    [
        (["price", "{book}", "{orders}", "--format", "xml"], "xml: one of table, csv, json, jsonl, parquet"),
        (["price", "{book}", "{orders}", "--format", "CSV"], "CSV: one of table, csv, json, jsonl, parquet"),
        (["price", "{book}", "orders.xlsx"], "orders.xlsx" + KINDS_OF_ORDERS),
        (["price", "{book}", "{orders}", "--out", "x.xlsx"], "x.xlsx: one of " + KNOWN),
        (["price", "{book}", "{orders}", "--orders", "x.ods"], "x.ods: one of " + KNOWN),
        (["price", "{book}", "orders"], "orders" + KINDS_OF_ORDERS),
        (["price", "book.toml", "{orders}"], "book.toml" + KINDS_OF_BOOKS),
        (["explain", "{book}", "{orders}", "--order", "A", "--format", "csv"], "csv: one of table, json"),
        (["explain", "{book}", "orders.ods", "--order", "A"], "orders.ods" + KINDS_OF_ORDERS),
        (["check", "{book}", "--format", "jsonl"], "jsonl: one of table, json"),
        (["check", "book.csv"], "book.csv" + KINDS_OF_BOOKS),
    ],
)
def test_unknown_formats(tmp_path: Path, command: list[str], subject: str) -> None:
    names = {"book": str(write_book(tmp_path)), "orders": str(write_csv(tmp_path))}
    done = invoke(*(part.format(**names) for part in command))
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"rabatt: unknown_format {subject}\n")


def test_a_quote_that_fits_no_column_with_the_others(tmp_path: Path) -> None:
    """The places are those with which the most rows fit; all others are priced."""
    tiny, huge = f"0.{1:038}", "9" * 36
    requests = [
        request(("CUP", "8"), ("CUP", tiny)), request(("CUP", tiny)), request(("CUP", huge)), request(),
    ]  # fmt: skip
    book, orders = write_book(tmp_path), write_jsonl(tmp_path, requests)
    lines, totals = tmp_path / "lines.parquet", tmp_path / "totals.parquet"
    done = invoke("price", book, orders, "--out", lines, "--orders", totals)
    assert (done.exit_code, done.stderr) == (
        2, "rabatt: overflow 2 requests, the first: line 1: lines[1].item CUP\n",
    )  # fmt: skip
    rows = pq.read_table(lines).to_pylist()
    assert [(row["order"], row["status"], row["net"]) for row in rows] == [
        ("1", "ok", Decimal("8.00")),
        ("1", "overflow", None),
        ("2", "overflow", None),
        ("3", "ok", Decimal(huge)),
    ]
    assert {rows[1][name] for name in RESULTS} == {"overflow", None}
    assert (rows[1]["item"], rows[1]["quantity"]) == ("CUP", "1")
    assert [(row["status"], row["total"], row["warnings"]) for row in pq.read_table(totals).to_pylist()] == [
        ("overflow", None, None),
        ("overflow", None, None),
        ("ok", Decimal(huge), 0),
        ("ok", Decimal("0.00"), 0),
    ]
    assert all(read.schema.field("net").type.scale == 2 for read in map(pq.read_table, (lines, totals)))


def test_in_text_everything_fits(tmp_path: Path) -> None:
    requests = [request(("CUP", f"0.{1:038}")), request(("CUP", "9" * 20))]
    book, orders = write_book(tmp_path), write_jsonl(tmp_path, requests)
    assert invoke("price", book, orders, "--format", "csv").exit_code == 0
    done = invoke("price", book, orders, "--orders", tmp_path / "totals.parquet", "--fail-fast")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "rabatt: overflow line 1: lines[0].item CUP\n"


def test_a_column_of_38_places(tmp_path: Path) -> None:
    """Zeros stand beside the places."""
    orders = write_jsonl(tmp_path, [{**request(("CUP", f"0.{1:038}")), "currency": "JPY"}])
    assert price(tmp_path, orders, "--out", tmp_path / "lines.parquet").exit_code == 0
    (row,) = pq.read_table(tmp_path / "lines.parquet").to_pylist()
    assert (row["unit_price"], row["net"]) == (Decimal(f"0.{1:038}"), 0)


def request(*lines: tuple[str, str]) -> dict[str, Any]:
    """Items at their list prices."""
    given = [{"item": item, "quantity": 1, "list_price": list_price} for item, list_price in lines]
    return {"date": "2026-03-10", "currency": "EUR", "lines": given}
