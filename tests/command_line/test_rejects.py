"""What is said of rejected rows, and where long tables are cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rabatt.command_line.jobs import input_tables, whole_orders
from rabatt.command_line.jobs.decoded_sizes import decoded_bytes
from rabatt.command_line.jobs.input_tables import Rows, open_input

from tests.command_line.shop import invoke, price, read_csv, write_book, write_csv

COLUMNS = ["order", "date", "currency", "customer", "item", "quantity", "code"]
SAID = [
    (["A", "2026-03-10", "EUR", "", "TEA", "1", ""], "currency EUR, USD"),
    (["B", "2026-03-10", "EUR", "", "CUP", "1", ""], None),
    (["A", "2026-03-10", "USD", "C5", "CUP", "2", " "], "currency EUR, USD"),
    (["A", "", "", "", "CUP", "x", ""], "quantity x"),
    (["B", "", "", "", "COFFEE", "1", ""], "item COFFEE"),
    (["D", "2026-03-10", "EUR", "C9", "TEA", "1", ""], "customer C9"),
    (["D", "", "", "", "TEA", "1", ""], "customer C9"),
    (["E", "2026-03-10", "EUR", "", "TEA", "1", ""], "date 2026-03-10, 2026-03-11, 2026-03-12 and 2 more"),
    (["E", "2026-03-11", "USD", "", "TEA", "1", ""], "date 2026-03-10, 2026-03-11, 2026-03-12 and 2 more"),
    (["E", "2026-03-12", "", "", "", "1", ""], "item"),
    (["E", "2026-03-13", "", "", "TEA", "", ""], "quantity"),
    (["E", "14.3.", "", "", "TEA", "1", ""], "date 14.3."),
    (["", "2026-03-10", "EUR", "", "TEA", "1", ""], "order"),
    (["F", "", "EUR", "", "TEA", "1", ""], "date"),
]


def test_rejects_name_the_cell_or_what_rows_do_not_agree_on(tmp_path: Path) -> None:
    orders = write_csv(tmp_path, [row for row, _ in SAID], COLUMNS)
    rejects = tmp_path / "rejects.csv"
    price(tmp_path, orders, "--out", tmp_path / "out.csv", "--rejects", rejects)
    found = {row["rejected_row"]: row["rejected_subject"] for row in read_csv(rejects.read_bytes())}
    assert found == {str(number): said for number, (_, said) in enumerate(SAID, 1) if said}


@pytest.mark.parametrize("short", [0, 1 << 30])
def test_rows_that_do_not_agree_are_told_alike(
    tmp_path: Path, short: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rabatt.command_line.price_run._BYTES_OF_SHORT", short)
    orders = write_csv(tmp_path, [row for row, _ in SAID[:3]], COLUMNS)
    done = price(tmp_path, orders, "--out", tmp_path / "out.csv")
    assert done.stderr == (
        f"rabatt: inconsistent_order 2 rows, the first: {orders} line 2, order A, currency EUR, USD\n"
    )


def test_what_is_wrong_is_looked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many rows of orders that are interleaved, with the same fault."""
    asked = 0

    def subject(*arguments: object) -> str:
        nonlocal asked
        asked += 1
        return "lines[0].quantity x"

    monkeypatch.setattr("rabatt.command_line.row_subjects.subject_of_request", subject)
    rows = [[f"O{number % 9}", "2026-03-10", "EUR", "", "TEA", "x", ""] for number in range(300)]
    orders = write_csv(tmp_path, rows, COLUMNS)
    rejects = tmp_path / "rejects.csv"
    price(tmp_path, orders, "--out", tmp_path / "out.csv", "--rejects", rejects)
    assert {row["rejected_subject"] for row in read_csv(rejects.read_bytes())} == {"quantity x"}
    assert asked == 1


NOTES = [None if number % 7 == 0 else "ü" * (1 + number % 50) for number in range(600)]
WAYS = {
    "texts": pa.array(NOTES),
    "dictionary": pa.array(NOTES).dictionary_encode(),
    "views": pa.array(NOTES, pa.string_view()),
    "lists": pa.array([note and [note, None, note] for note in NOTES]),
    "structs": pa.array([note and {"a": note, "b": 1} for note in NOTES]),
    "maps": pa.array([note and [(note, 1)] for note in NOTES], pa.map_(pa.string(), pa.int64())),
    "flags": pa.array([note and True for note in NOTES]),
    "nothing": pa.nulls(len(NOTES)),
}


@pytest.mark.parametrize("way", WAYS)
def test_sizes_do_not_depend_on_how_rows_come(way: str) -> None:
    table = pa.table({"note": WAYS[way]})
    parts = [decoded_bytes(table.slice(first, 13)) for first in range(0, 600, 13)]
    assert sum(parts) == decoded_bytes(table)
    assert (decoded_bytes(table) > 0) == (way != "nothing")


def test_a_dictionary_is_as_large_as_its_texts() -> None:
    sizes = {way: decoded_bytes(pa.table({"note": WAYS[way]})) for way in ("texts", "dictionary", "views")}
    assert set(sizes.values()) == {sum(len((note or "").encode()) for note in NOTES)}


@pytest.mark.parametrize("way", ["texts", "dictionary", "views", "lists"])
def test_cuts_do_not_depend_on_how_rows_come(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_orders, "_BYTES_OF_PIECE", 2000)
    table = pa.table({"order": [str(number // 3) for number in range(600)], "note": WAYS[way]})

    def cuts(step: int) -> list[int]:
        pieces: Iterator[Rows] = (Rows(table.slice(first, step)) for first in range(0, 600, step))
        return [len(piece) for piece in whole_orders.whole_orders(pieces)]

    assert len(cuts(600)) > 5
    assert cuts(600) == cuts(1) == cuts(7) == cuts(100)


@pytest.mark.parametrize("way", ["texts", "dictionary", "lists"])
def test_long_rows_of_parquet_are_read_few_at_a_time(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Short rows, then long ones, then short ones again; from every row on."""
    monkeypatch.setattr(input_tables, "_BYTES_AT_ONCE", 4000)
    monkeypatch.setattr(input_tables, "_ROWS_OF_SAMPLE", 8)
    notes = ["n" * (500 if 300 <= number < 700 else 1) for number in range(1000)]
    kinds = {"texts": pa.array(notes), "dictionary": pa.array(notes).dictionary_encode(),
             "lists": pa.array([[note] for note in notes])}  # fmt: skip
    table = pa.table({"row": range(1000), "note": kinds[way]})
    for rows_of_group in (1000, 90, 7):
        pq.write_table(table, tmp_path / "notes.parquet", row_group_size=rows_of_group)
        file = open_input(str(tmp_path / "notes.parquet"), "parquet", {})
        for first in (0, 1, 89, 299, 555, 999, 1000):
            pieces = [piece.table for piece in file.pieces(first)]
            assert [row for piece in pieces for row in piece["row"].to_pylist()] == list(range(first, 1000))
        pieces = [piece.table for piece in file.pieces(0)]
        assert pa.concat_tables(pieces).cast(table.schema).to_pylist() == table.to_pylist()
        large = [piece for piece in pieces if decoded_bytes(piece) > 4 * 4000 + 500 * 16]
        assert len(large) <= 1  # where the long ones begin


def test_long_cells_come_through(tmp_path: Path) -> None:
    notes = [f"{number}," + "n" * 20_000 for number in range(1000)]
    rows = {"order": [f"O{number // 2}" for number in range(1000)], "date": ["2026-03-10"] * 1000,
            "currency": ["EUR"] * 1000, "item": ["TEA"] * 1000, "quantity": [2] * 1000,
            "note": notes}  # fmt: skip
    pq.write_table(pa.table(rows), tmp_path / "orders.parquet")
    for form in ("csv", "parquet"):
        out = tmp_path / f"out.{form}"
        done = invoke("price", write_book(tmp_path), tmp_path / "orders.parquet", "--out", out)
        assert (done.exit_code, done.stderr) == (0, "")
    assert [row["note"] for row in read_csv((tmp_path / "out.csv").read_bytes())] == notes
    assert pq.read_table(tmp_path / "out.parquet")["note"].to_pylist() == notes
