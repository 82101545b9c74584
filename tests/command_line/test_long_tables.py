"""`rabatt price` with tables that are priced piece by piece: the same answers as for short ones."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rabatt import Book, price_orders
from rabatt.command_line.jobs.job import PricedPiece
from rabatt.command_line.jobs.single_files import SingleFiles
from typer.testing import Result

from tests.command_line.shop import BOOK, invoke, write_book, write_csv

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


@pytest.fixture(autouse=True)
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of tens of rows take the ways of those of millions."""
    monkeypatch.setattr("rabatt.command_line.price_run._BYTES_OF_SHORT", 0)
    monkeypatch.setattr("rabatt.command_line.jobs.whole_orders.ROWS_OF_PIECE", 7)
    monkeypatch.setattr("rabatt.command_line.jobs.gathering.ROWS_OF_PIECE", 7)
    monkeypatch.setattr("rabatt.command_line.jobs.gathering._ROWS_AT_ONCE", 11)
    monkeypatch.setattr("rabatt.command_line.jobs.parts._PIECES_OF_PART", 3)


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


def price(folder: Path, *options: str | Path) -> Result:
    return invoke("price", write_book(folder), *options)


@pytest.mark.parametrize("seed", range(25))
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


@pytest.mark.parametrize("seed", range(25))
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


def parts_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("part-*"))


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_parts_are_the_file_cut(tmp_path: Path, form: str) -> None:
    orders = write_csv(tmp_path, some_rows(1), ["order", *CELLS])
    whole = price(
        tmp_path, orders, "--out", tmp_path / f"whole.{form}", "--orders", tmp_path / f"totals.{form}"
    )
    done = price(
        tmp_path, orders, "--out", f"{tmp_path}/lines/", "--orders", f"{tmp_path}/totals/", "--format", form
    )
    assert (done.exit_code, done.stderr, done.stdout) == (2, whole.stderr, "")
    for folder, file in ((tmp_path / "lines", "whole"), (tmp_path / "totals", "totals")):
        parts = parts_of(folder)
        assert len(parts) > 3
        if form == "parquet":
            table = pa.concat_tables([pq.read_table(part) for part in parts])
            assert table.equals(pq.read_table(tmp_path / f"{file}.parquet"))
            assert table.equals(pq.read_table(folder))  # as a dataset
        else:
            texts = [part.read_bytes().splitlines(keepends=True)[form == "csv" and number > 0:]
                     for number, part in enumerate(parts)]  # fmt: skip
            assert b"".join(b"".join(lines) for lines in texts) == (tmp_path / f"{file}.{form}").read_bytes()
    assert sorted(
        path.name for path in (tmp_path / "lines").iterdir() if not path.name.startswith("part")
    ) == ["_rabatt.jsonl"]


def test_a_run_that_was_stopped_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each part, and in the middle of each: the same bytes as of a run that was not."""
    orders = write_csv(tmp_path, some_rows(2), ["order", *CELLS])
    options = ["--format", "parquet", "--resume"]

    def run(name: str) -> Result:
        folder = tmp_path / name
        return price(tmp_path, orders, "--out", f"{folder}/l/", "--orders", f"{folder}/o/",
                     "--rejects", f"{folder}/r.csv", *options)  # fmt: skip

    whole = run("whole")
    added = 0
    add = SingleFiles.add

    def add_or_stop(files: SingleFiles, piece: PricedPiece) -> None:
        nonlocal added
        added += 1
        if added == 2:
            raise KeyboardInterrupt
        add(files, piece)

    monkeypatch.setattr(SingleFiles, "add", add_or_stop)
    stops = 0
    while True:
        added = -2 + stops % 4  # the third piece ends a part
        done = run("stopped")
        if done.exit_code != 130:
            break
        assert done.stderr.startswith("rabatt: stopped behind row ")
        stops += 1
        assert not (tmp_path / "stopped" / "r.csv").exists()
    assert stops > 3
    assert (done.exit_code, done.stderr) == (whole.exit_code, whole.stderr)
    assert files_of(tmp_path / "stopped") == files_of(tmp_path / "whole")


def files_of(folder: Path) -> dict[str, bytes]:
    """All files but journals, which name the folders."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "_rabatt.jsonl"
    }
