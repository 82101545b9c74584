"""`rabatt price` with orders in CSV and Parquet files."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rabatt import demo
from rabatt.command_line.csv_files import csv_lines
from rabatt.command_line.csv_files import read_csv as read_csv_file

from tests.command_line.program import run
from tests.command_line.shop import (
    BAD_ROW,
    COLUMNS,
    NETS,
    ROWS,
    invoke,
    price,
    read_csv,
    write_book,
    write_csv,
)

RESULTS = [
    "status", "list_price", "unit_price", "discount", "gross", "discount_amount", "net", "unit_net",
    "list_amount", "saved", "source", "applied_campaign", "applied_price_book",
]  # fmt: skip
HEADER = b"order,date,currency,item,quantity,x\n"
ROW = b"A,2026-03-10,EUR,CUP,1,y"


def test_csv_to_standard_output(tmp_path: Path) -> None:
    done = run("price", write_book(tmp_path), write_csv(tmp_path))
    assert (done.status, done.messages) == (0, "")
    rows = read_csv(done.out)
    assert list(rows[0]) == COLUMNS + RESULTS
    assert [row["net"] for row in rows] == NETS
    assert [[row[name] for name in COLUMNS] for row in rows] == ROWS


def test_yaml_book(tmp_path: Path) -> None:
    book = tmp_path / "book.yml"
    book.write_text("items:\n  - {item: TEA, prices: {EUR: 9.99}}\n  - {item: CUP, prices: {EUR: 8.00}}\n"
                    "customers: [{customer: C5}]\n")  # fmt: skip
    done = invoke("price", book, write_csv(tmp_path))
    assert [row["net"] for row in read_csv(done.stdout_bytes)] == ["29.97", "8.00", "16.00"]


def test_second_table(tmp_path: Path) -> None:
    totals = tmp_path / "totals.csv"
    done = price(tmp_path, write_csv(tmp_path), "--orders", totals)
    assert done.exit_code == 0
    assert totals.read_text() == (
        "order,status,net,tax,total,early_until,early_discount,early_pay,warnings\n"
        "A,ok,40.67,0.00,40.67,2026-03-18,0.81,39.86,0\n"
        "B,ok,8.00,0.00,8.00,,,,0\n"
    )


def test_second_table_in_a_format_of_its_own(tmp_path: Path) -> None:
    book, orders, lines = write_book(tmp_path), write_csv(tmp_path), tmp_path / "lines.parquet"
    for name in ("totals.csv", "totals.parquet", "totals.jsonl", "totals.json", "totals"):
        assert invoke("price", book, orders, "--out", lines, "--orders", tmp_path / name).exit_code == 0
    totals = pq.read_table(tmp_path / "totals.parquet")
    assert totals.column("total").to_pylist() == [Decimal("40.67"), Decimal("8.00")]
    assert totals.equals(pq.read_table(tmp_path / "totals"))  # as --out
    assert [row["total"] for row in read_csv((tmp_path / "totals.csv").read_bytes())] == ["40.67", "8.00"]
    records = [json.loads(line) for line in (tmp_path / "totals.jsonl").read_text().splitlines()]
    assert records == json.loads((tmp_path / "totals.json").read_text())
    assert (records[1]["total"], records[1]["early_pay"], records[1]["warnings"]) == ("8.00", None, 0)


def test_bad_rows_are_told_and_counted(tmp_path: Path) -> None:
    negative = ["D", "2026-03-10", "EUR", "", "TEA", "x", ""]
    orders = write_csv(tmp_path, [*ROWS, BAD_ROW, negative, BAD_ROW])
    done = run("price", write_book(tmp_path), orders)
    assert done.status == 2
    assert done.messages.splitlines() == [
        f"rabatt: unknown_item 2 rows, the first: {orders} line 5, order C, item COFFEE",
        f"rabatt: invalid_decimal {orders} line 6, order D, quantity x",
    ]
    assert [row["status"] for row in read_csv(done.out)] == [
        "ok", "ok", "ok", "unknown_item", "invalid_decimal", "unknown_item",
    ]  # fmt: skip
    assert [row["net"] for row in read_csv(done.out)] == [*NETS, "", "", ""]


def test_a_bad_row_has_the_line_of_the_file_and_its_cell(tmp_path: Path) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_bytes(
        b'order,date,currency,item,quantity,x\r\n7,2026-03-10,EUR,CUP,1,"two\r\nlines"\r\n\r\n'
        b'7,,,CUP,"2,5",\r\n8,2026-03-10,EUR,CUP,1,\r\n8,2026-03-11,EUR,CUP,1,\r\n,2026-03-10,EUR,CUP,1,\r\n'
        b"9,10.3.,EUR,CUP,1,\r\n"
    )
    assert price(tmp_path, orders).stderr.splitlines() == [
        f"rabatt: invalid_decimal {orders} line 5, order 7, quantity 2,5",
        f"rabatt: inconsistent_order 2 rows, the first: {orders} line 6, order 8, "
        "date 2026-03-10, 2026-03-11",
        f"rabatt: missing_field {orders} line 8, order",
        f"rabatt: invalid_date {orders} line 9, order 9, date 10.3.",
    ]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_bad_row_of_parquet_has_its_number_and_its_cell(tmp_path: Path, form: str) -> None:
    table = pa.table(
        {
            "order": [7, 8, 7],
            "date": ["2026-03-10"] * 3,
            "currency": ["EUR"] * 3,
            "item": ["CUP", "CUP", "TEA"],
            "quantity": [1.0, 1.0, 0.125],
        }
    )
    orders = tmp_path / "orders.parquet"
    pq.write_table(table, orders)
    done = price(tmp_path, orders, "--float-places", "quantity=2", "--out", tmp_path / f"out.{form}")
    said = f"{orders} row 3, order 7, quantity 0.125 (not of 2 places)"
    assert (done.exit_code, done.stderr) == (2, f"rabatt: invalid_decimal {said}\n")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_campaign_that_gave_nothing_is_told(tmp_path: Path, form: str) -> None:
    rows = [[*ROWS[1], "SPRING"], [*ROWS[0], "SPRING"]]
    out = tmp_path / f"out.{form}"
    orders = write_csv(tmp_path, rows, [*COLUMNS, "campaign"])
    done = price(tmp_path, orders, "--out", out)
    why = "Campaign SPRING does not apply: it was asked for, and no line took it."
    assert (done.exit_code, done.stderr) == (0, f"rabatt: 1 order has a warning: order B: {why}\n")
    write_csv(tmp_path, [rows[0], *([["X", *rows[0][1:]]] * 2), rows[1]], [*COLUMNS, "campaign"])
    assert price(tmp_path, orders, "--out", out).stderr.startswith(
        "rabatt: 2 orders have warnings, the first: "
    )


def test_fail_fast_writes_nothing(tmp_path: Path) -> None:
    book, orders = write_book(tmp_path), write_csv(tmp_path, [*ROWS, BAD_ROW])
    to_file = invoke("price", book, orders, "--fail-fast", "--out", tmp_path / "out.csv")
    to_pipe = run("price", book, orders, "--fail-fast")
    assert to_file.exit_code == to_pipe.status == 1
    assert (
        to_file.stderr == to_pipe.messages == f"rabatt: unknown_item {orders} line 5, order C, item COFFEE\n"
    )
    assert to_pipe.out == b""
    assert not (tmp_path / "out.csv").exists()


def test_fail_fast_where_all_is_well(tmp_path: Path) -> None:
    done = price(tmp_path, write_csv(tmp_path), "--fail-fast")
    assert done.exit_code == 0
    assert [row["net"] for row in read_csv(done.stdout_bytes)] == NETS


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(HEADER + ROW + b"\n", id="lf"),
        pytest.param((HEADER + ROW).replace(b"\n", b"\r\n") + b"\r\n", id="crlf"),
        pytest.param(b"\xef\xbb\xbf" + HEADER + ROW + b"\n", id="bom"),
        pytest.param(HEADER + ROW, id="no end of line"),
        pytest.param(b"\n\n" + HEADER + b"\n" + ROW + b"\n\n", id="empty lines"),
        pytest.param(HEADER.replace(b"item", b'"item"') + ROW.replace(b"CUP", b'"CUP"'), id="quoted"),
    ],
)
def test_kinds_of_csv(tmp_path: Path, content: bytes) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_bytes(content)
    done = price(tmp_path, orders)
    end = "\r\n" if b"\r\n" in content else "\n"
    assert done.stdout_bytes.decode() == (
        f"order,date,currency,item,quantity,x,{','.join(RESULTS)}{end}"
        f"A,2026-03-10,EUR,CUP,1,y,ok,8,8,0,8.00,0.00,8.00,8,8.00,0.00,list,,{end}"
    )


NOTES = ["007", " 1.50 ", '5" pipe', "a,b", "two\nlines", "two\r\nlines", "a\rb", "Zürich ☕ 東京", "\u2028"]
NOTES += ["", "=1+1", "NULL", "\x00", "\x1b[31m"]


def test_every_cell_is_echoed(tmp_path: Path) -> None:
    rows = [["A", "2026-03-10", "EUR", "", "CUP", "1", note] for note in NOTES]
    done = run("price", write_book(tmp_path), write_csv(tmp_path, rows))
    assert [row["note"] for row in read_csv(done.out)] == NOTES
    assert done.status == 0


def test_a_column_of_a_result_is_replaced_in_its_place(tmp_path: Path) -> None:
    columns = ["net", *COLUMNS[:-1], "status"]
    rows = [["12", *ROWS[0][:-1], "new"], ["13", *BAD_ROW[:-1], "new"]]
    done = price(tmp_path, write_csv(tmp_path, rows, columns))
    found = read_csv(done.stdout_bytes)
    assert list(found[0])[:8] == columns
    assert [(row["net"], row["status"]) for row in found] == [("25.47", "ok"), ("13", "unknown_item")]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_what_is_carried_through_is_text(tmp_path: Path, form: str) -> None:
    """Also under the name of a count of the other table."""
    rows = [[*row[:-1], text] for row, text in zip(ROWS, ["w", "007", ""], strict=True)]
    done = price(tmp_path, write_csv(tmp_path, rows, [*COLUMNS[:-1], "warnings"]), "--format", form)
    assert (done.exit_code, done.stderr) == (0, "")
    lines = [json.loads(line.rstrip(",")) for line in done.stdout.splitlines() if line.startswith("{")]
    assert [line["warnings"] for line in lines] == ["w", "007", None]


def test_parquet_types(tmp_path: Path) -> None:
    orders = tmp_path / "typed.parquet"
    table = pa.table(
        {
            "order": pa.array([7, 7, 8]),
            "date": pa.array(["2026-03-10"] * 3).cast(pa.date32()),
            "currency": pa.array(["EUR"] * 3).dictionary_encode(),
            "item": pa.array(["TEA", "CUP", "CUP"], pa.large_string()),
            "quantity": pa.array([Decimal("3.00"), Decimal("2.00"), Decimal("1.00")], pa.decimal128(12, 2)),
            "weight": pa.array([0.5, None, 2.25]),
            "tags": pa.array([["a"], [], None]),
        }
    )
    pq.write_table(table, orders)
    book = write_book(tmp_path)
    assert invoke("price", book, orders, "--out", tmp_path / "out.parquet").exit_code == 0
    priced = pq.read_table(tmp_path / "out.parquet")
    assert priced.select(table.column_names).equals(table)
    assert pa.types.is_decimal128(priced.schema.field("net").type)
    assert priced.column("net").to_pylist() == [Decimal("25.47"), Decimal("16.00"), Decimal("8.00")]
    pq.write_table(table.drop_columns("tags"), orders)  # it has no text
    rows = read_csv(invoke("price", book, orders, "--format", "csv").stdout_bytes)
    assert [row["net"] for row in rows] == ["25.47", "16.00", "8.00"]
    assert [row["order"] for row in rows] == ["7", "7", "8"]
    assert [row["weight"] for row in rows] == ["0.5", "", "2.25"]


def write_floats(folder: Path) -> Path:
    """Quantities as 0.1 + 0.2 leaves them, and a column of floats that is not read."""
    table = pa.table(
        {name: list(cells) for name, cells in zip(COLUMNS, zip(*ROWS, strict=True), strict=True)}
    )
    table = table.drop_columns(["quantity", "note"])
    table = table.append_column("quantity", pa.array([0.1 + 0.2, 1.0, 2.5]))
    pq.write_table(table.append_column("weight", pa.array([0.25, 1 / 3, None])), folder / "floats.parquet")
    return folder / "floats.parquet"


def test_columns_of_floats_with_their_places(tmp_path: Path) -> None:
    book, orders = write_book(tmp_path), write_floats(tmp_path)
    stated = ["--float-places", "quantity=2", "--float-places", "weight=0"]
    rows = read_csv(invoke("price", book, orders, *stated, "--format", "csv").stdout_bytes)
    assert [(row["quantity"], row["status"], row["net"]) for row in rows] == [
        ("0.30", "ok", "2.55"),
        ("1.00", "ok", "8.00"),
        ("2.50", "ok", "19.00"),
    ]
    assert [row["weight"] for row in rows] == ["0.25", str(1 / 3), ""]
    assert invoke("price", book, orders, *stated, "--out", tmp_path / "out.parquet").exit_code == 0
    priced = pq.read_table(tmp_path / "out.parquet")
    assert priced.column("net").to_pylist() == [Decimal(row["net"]) for row in rows]
    assert priced.column("weight").to_pylist() == [0.25, 1 / 3, None]
    explained = invoke("explain", book, orders, "--order", "A", "--line", "1", *stated)
    assert "2.50 each CUP, net 19.00 EUR" in explained.stdout


def test_a_float_that_is_not_of_its_places_is_not_rounded(tmp_path: Path) -> None:
    book, orders = write_book(tmp_path), write_floats(tmp_path)
    for form, net in (("csv", ""), ("parquet", None)):
        out = tmp_path / f"out.{form}"
        assert invoke("price", book, orders, "--float-places", "quantity=0", "--out", out).exit_code == 2
        rows = read_csv(out.read_bytes()) if form == "csv" else pq.read_table(out).to_pylist()
        assert [row["status"] for row in rows] == ["invalid_decimal", "ok", "invalid_decimal"]
        assert rows[2]["net"] == net
    explained = invoke("explain", book, orders, "--order", "A", "--line", "1", "--float-places", "quantity=0")
    assert explained.stderr == "rabatt: invalid_decimal lines[1].quantity 2.5 (not of 0 places)\n"


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("quantity", "--float-places quantity: NAME=N, a column and 0 to 38 places"),
        ("quantity=two", "--float-places quantity=two: NAME=N, a column and 0 to 38 places"),
        ("=2", "--float-places =2: NAME=N, a column and 0 to 38 places"),
        ("quantity=39", "--float-places quantity=39: NAME=N, a column and 0 to 38 places"),
        ("colour=2", "--float-places colour: there is no such column"),
    ],
)
def test_float_places_that_are_wrong(tmp_path: Path, stated: str, said: str) -> None:
    book, options = write_book(tmp_path), ["--float-places", "quantity=2", "--float-places", stated]
    for orders in (write_floats(tmp_path), write_csv(tmp_path)):
        for command in ("price", "explain"):
            done = invoke(
                command, book, orders, *options, *(["--order", "A"] if command == "explain" else [])
            )
            assert (done.exit_code, done.stderr) == (1, f"rabatt: invalid_value {said}\n")


def test_float_places_are_for_tables(tmp_path: Path) -> None:
    done = price(tmp_path, tmp_path / "orders.json", "--float-places", "quantity=2")
    message = "rabatt: invalid_value --float-places is for tables, not for requests\n"
    assert (done.exit_code, done.stderr) == (1, message)


def test_twenty_thousand_rows(tmp_path: Path) -> None:
    """The orders of the demonstration 46 times over, to CSV and to Parquet."""
    with demo.orders_path().open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    many = [[f"{row[0]}/{copy}", *row[1:]] for copy in range(46) for row in rows]
    orders = write_csv(tmp_path, many, columns)
    done = run("price", demo.book_path(), orders)
    once = read_csv(run("price", demo.book_path(), demo.orders_path()).out)
    assert done.status == 0
    assert done.messages.startswith("rabatt: 92 orders have warnings, the first: order ")
    priced = read_csv(done.out)
    assert len(priced) == len(many) == 46 * len(once) > 20_000
    assert [row["order"] for row in priced] == [row[0] for row in many]
    assert [{**row, "order": ""} for row in priced] == [{**row, "order": ""} for row in once] * 46
    assert run("price", demo.book_path(), orders, "--out", tmp_path / "out.parquet").status == 0
    amounts = pq.read_table(tmp_path / "out.parquet").column("net").to_pylist()
    assert amounts == [Decimal(row["net"]) for row in priced]


def test_sums_are_of_whole_orders(tmp_path: Path) -> None:
    """So that net and tax come to the total."""
    orders = write_csv(tmp_path, [ROWS[0], ["A", *ROWS[0][1:4], "COFFEE", "1", ""], ROWS[1]])
    shown = invoke("price", write_book(tmp_path), orders, "--format", "table").stdout
    sums, remark = shown.splitlines()[-2:]
    assert sums.split() == ["EUR", "1", "1", "1", "8.00", "0.00", "8.00", "0.00", "8.00"]
    assert remark == "1 priced line is not in the sums: another line of the order has no price."


CELLS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(',"\r\n '), max_size=5)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=5), line_end=st.sampled_from(["\n", "\r\n"]))
def test_csv_written_is_csv_read(
    rows: list[tuple[str, str]], line_end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    columns = {"a": [row[0] for row in rows], "b, c": [row[1] for row in rows]}
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    path.write_bytes(b"".join(csv_lines(columns, line_end)))
    assert read_csv_file(str(path))[:2] == (columns, line_end)


def test_what_is_written_has_no_more_quotes_than_needed() -> None:
    columns: dict[str, list[str | None]] = {"a": ["x", "y z"], "b": ["1,5", None]}
    assert b"".join(csv_lines(columns, "\n")) == b'a,b\nx,"1,5"\ny z,\n'
