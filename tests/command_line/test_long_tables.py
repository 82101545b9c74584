"""`rabatt price` with tables that are priced piece by piece: the same answers as for short ones."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rabatt import Book, price_orders

from tests.command_line.long_tables import CELLS, some_rows
from tests.command_line.shop import BOOK, COLUMNS, ROWS, price, read_csv, write_csv

pytestmark = pytest.mark.usefixtures("short_pieces")


@pytest.mark.parametrize("seed", range(12))
def test_csv_is_what_short_tables_give(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    orders = write_csv(tmp_path, some_rows(seed), ["order", *CELLS])

    def files(name: str, form: str, *options: str) -> tuple[int, str, bytes, bytes]:
        lines, totals = tmp_path / f"{name}.{form}", tmp_path / f"{name}-totals.{form}"
        done = price(tmp_path, orders, "--out", lines, "--orders", totals, *options)
        return done.exit_code, done.stderr, lines.read_bytes(), totals.read_bytes()

    for form in ("csv", "jsonl", "json"):
        piece_by_piece = files("long", form, "--threads", "2")
        with monkeypatch.context() as patch:
            patch.setattr("rabatt.command_line.price_run._BYTES_OF_SHORT", 1 << 30)
            assert piece_by_piece == files("short", form)


@pytest.mark.parametrize("seed", range(12))
def test_parquet_is_what_frames_give(tmp_path: Path, seed: int) -> None:
    columns = zip(*some_rows(seed), strict=True)
    table = pa.table({name: pa.array([cell or None for cell in cells], pa.string())
                      for name, cells in zip(["order", *CELLS], columns, strict=True)})  # fmt: skip
    pq.write_table(table, tmp_path / "orders.parquet", row_group_size=40)
    lines, totals = tmp_path / "lines.parquet", tmp_path / "totals.parquet"
    done = price(tmp_path, tmp_path / "orders.parquet", "--out", lines, "--orders", totals)
    assert done.exit_code == 2
    wanted = price_orders(Book.from_dict(BOOK), table)
    assert pq.read_table(lines).to_pylist() == wanted.lines.to_pylist()
    assert pq.read_table(totals).to_pylist() == wanted.orders.to_pylist()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--out", "{0}/x.csv", "--resume"], "invalid_value --resume is for parts: --out FOLDER/"),
        (["--out", "{0}/x/", "--orders", "{0}/o.csv"],
         "invalid_value --orders {0}/o.csv: beside parts it is a folder: FOLDER/"),
        (["--out", "{0}/x/", "--fail-fast"],
         "invalid_value --fail-fast is for one file: parts that are whole stay"),
        (["--out", "{0}/x/", "--format", "table"],
         "unknown_format table: one of csv, json, jsonl, parquet"),
        (["--out", "{0}/book.json/"], "file_not_writable {0}/book.json: File exists"),
        (["--threads", "0"], "invalid_value --threads 0: 1 to 256"),
        (["--threads", "two"], "invalid_value --threads two: 1 to 256"),
        (["--out", "{0}/x.csv", "--rejects", "{0}/orders.csv"],
         "file_not_writable {0}/orders.csv: it is read here"),
        (["--out", "{0}/x.csv", "--orders", "{0}/o/"],
         "invalid_value --orders {0}/o/: a folder is for parts: --out FOLDER/"),
        (["--out", "{0}/x.csv", "--orders", "{0}"],
         "invalid_value --orders {0}: a folder is for parts: --out FOLDER/"),
        (["--orders", "{0}/o/"], "invalid_value --orders {0}/o/: a folder is for parts: --out FOLDER/"),
        (["--out", "{0}/x.csv", "--rejects", "{0}/r.parquet"],
         "unknown_format --rejects {0}/r.parquet: they are CSV: FILE.csv"),
        (["--out", "{0}/x/", "--rejects", "{0}/r"],
         "unknown_format --rejects {0}/r: they are CSV: FILE.csv"),
        (["--out", "{0}/x.csv", "--rejects", "{0}/r.csv/"],
         "unknown_format --rejects {0}/r.csv/: they are CSV: FILE.csv"),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together(tmp_path: Path, options: list[str], said: str) -> None:
    orders = write_csv(tmp_path)
    done = price(tmp_path, orders, *(option.format(tmp_path) for option in options))
    assert (done.exit_code, done.stderr) == (1, f"rabatt: {said.format(tmp_path)}\n")
    assert sorted(os.listdir(tmp_path)) == ["book.json", "orders.csv"]


def test_rejects_can_be_mended_and_priced(tmp_path: Path) -> None:
    orders = write_csv(
        tmp_path, [*ROWS, ["C", "2026-03-10", "EUR", "", "COFFEE", "1", "a,b"], ["", *ROWS[0][1:]]]
    )
    rejects = tmp_path / "rejects.csv"
    done = price(tmp_path, orders, "--out", tmp_path / "out.csv", "--rejects", rejects)
    assert done.exit_code == 2
    assert rejects.read_text() == (
        "rejected_row,rejected_line,rejected_code,rejected_subject," + ",".join(COLUMNS) + "\n"
        '4,5,unknown_item,item COFFEE,C,2026-03-10,EUR,,COFFEE,1,"a,b"\n'
        "5,6,missing_field,order,,2026-03-10,EUR,C5,TEA,3,first\n"
    )
    rejects.write_text(rejects.read_text().replace("COFFEE", "CUP").replace("order,,2026", "order,D,2026"))
    again = tmp_path / "again.csv"
    done = price(tmp_path, rejects, "--out", tmp_path / "mended.csv", "--rejects", again)
    assert (done.exit_code, again.read_text().count("\n")) == (0, 1)
    assert [row["net"] for row in read_csv((tmp_path / "mended.csv").read_bytes())] == ["8.00", "25.47"]


def test_fail_fast_names_the_first_row(tmp_path: Path) -> None:
    """Also where it is of an order that is scattered over the table."""
    orders = write_csv(tmp_path, [*ROWS * 8, ["Z", "2026-03-10", "EUR", "", "COFFEE", "1", ""], *ROWS * 8])
    for form in ("csv", "parquet"):
        done = price(tmp_path, orders, "--fail-fast", "--out", tmp_path / f"out.{form}")
        said = f"rabatt: unknown_item {orders} line 26, order Z, item COFFEE\n"
        assert (done.exit_code, done.stderr) == (1, said)
        assert not (tmp_path / f"out.{form}").exists()
    rows = [
        [row[0], *row[1:4], "COFFEE" if row[0] == "A" and row[4] == "CUP" else row[4], *row[5:]]
        for row in ROWS
    ]
    orders = write_csv(tmp_path, rows * 8)
    done = price(tmp_path, orders, "--fail-fast", "--out", tmp_path / "out.csv")
    assert done.stderr == f"rabatt: unknown_item {orders} line 4, order A, item COFFEE\n"


def test_floats_and_dictionaries_in_pieces(tmp_path: Path) -> None:
    """Order numbers as floats, an order's rows far apart, dictionaries that differ from piece to piece."""
    rows = 60
    table = pa.table(
        {
            "order": [float(row % 20) for row in range(rows)],
            "date": ["2026-03-10"] * rows,
            "currency": pa.array(["EUR"] * rows).dictionary_encode(),
            "item": pa.chunked_array([pa.array(["TEA", "CUP"] * 15).dictionary_encode(),
                                      pa.array(["CUP", "TEA"] * 15).dictionary_encode()]),
            "quantity": [1.0 + row / 4 for row in range(rows)],
        }
    )  # fmt: skip
    pq.write_table(table, tmp_path / "orders.parquet", row_group_size=30)
    stated = ["--float-places", "order=0", "--float-places", "quantity=2"]
    done = price(tmp_path, tmp_path / "orders.parquet", "--out", tmp_path / "out.parquet", *stated)
    assert (done.exit_code, done.stderr) == (0, "")
    wanted = price_orders(Book.from_dict(BOOK), table, float_places={"order": 0, "quantity": 2}).lines
    found = pq.read_table(tmp_path / "out.parquet")
    assert found["net"].to_pylist() == wanted["net"].to_pylist()
    assert found["quantity"].to_pylist() == table["quantity"].to_pylist()


def test_views_of_texts_in_scattered_orders(tmp_path: Path) -> None:
    columns = dict(zip(COLUMNS, zip(*(ROWS * 9), strict=True), strict=True))
    table = pa.table({name: pa.array(cells, pa.string_view()) for name, cells in columns.items()})
    pq.write_table(table, tmp_path / "orders.parquet")
    done = price(tmp_path, tmp_path / "orders.parquet", "--out", tmp_path / "out.csv")
    assert (done.exit_code, done.stderr) == (0, "")
    write_csv(tmp_path, ROWS * 9)
    price(tmp_path, tmp_path / "orders.csv", "--out", tmp_path / "wanted.csv")
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "wanted.csv").read_bytes()


@pytest.mark.parametrize("name", ["list_price", "manual_price", "quantity", "item", "date"])
def test_a_row_that_is_spoiled_changes_no_other(tmp_path: Path, name: str) -> None:
    """Nor the types of columns; the second row needs 21 digits."""
    names = ["order", "date", "currency", "item", "quantity", "list_price", "manual_price"]
    rows = [[f"A{row}", "2026-03-10", "EUR", "TEA", "2", "8.125", ""] for row in range(20)]
    rows[1][5] = "9" * 20

    def lines(folder: str, poison: str) -> pa.Table:
        rows[9][names.index(name)] = poison
        orders = write_csv(tmp_path, rows, names)
        price(tmp_path, orders, "--out", f"{tmp_path}/{folder}/", "--format", "parquet")
        table = pq.read_table(tmp_path / folder)
        return pa.concat_tables([table.slice(0, 9), table.slice(10)])

    wanted = lines("wanted", rows[9][names.index(name)])
    assert set(wanted["status"].to_pylist()) == {"ok"}
    poisons = ["", "see mail. Thanks a lot for it", "9" * 60, "NaN", "0." + "1" * 39, "0." + "0" * 36 + "1"]
    for number, poison in enumerate(poisons):
        assert lines(str(number), poison).equals(wanted), poison
