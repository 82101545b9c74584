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

ORDERS: dict[str, Callable[[Path], Path]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "json": write_json,
    "jsonl": write_jsonl,
}


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
    out = tmp_path / "out.parquet"
    done = price(tmp_path, write_csv(tmp_path), "--out", out, "--format", "jsonl")
    assert done.exit_code == 0
    assert nets(out.read_bytes(), "jsonl") == wanted("csv")


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
        (["price", "{book}", "orders.xlsx"], "orders.xlsx"),
        (["price", "{book}", "orders"], "orders"),
        (["price", "book.toml", "{orders}"], "book.toml"),
        (["explain", "{book}", "{orders}", "--order", "A", "--format", "csv"], "csv: one of table, json"),
        (["explain", "{book}", "orders.ods", "--order", "A"], "orders.ods"),
        (["check", "{book}", "--format", "jsonl"], "jsonl: one of table, json"),
        (["check", "book.csv"], "book.csv"),
    ],
)
def test_unknown_formats(tmp_path: Path, command: list[str], subject: str) -> None:
    names = {"book": str(write_book(tmp_path)), "orders": str(write_csv(tmp_path))}
    done = invoke(*(part.format(**names) for part in command))
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"rabatt: unknown_format {subject}\n")
