"""`rabatt price` with tables that are priced piece by piece: the same answers as for short ones."""

from __future__ import annotations

import fcntl
import os
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rabatt import Book, price_orders
from rabatt.command_line.jobs.job import PricedPiece
from rabatt.command_line.jobs.single_files import SingleFiles
from typer.testing import Result

from tests.command_line.shop import BOOK, COLUMNS, ROWS, invoke, read_csv, write_book, write_csv

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


def parts(folder: Path, orders: Path, *options: str | Path) -> Result:
    return price(folder, orders, "--out", f"{folder}/parts/", *options)


def test_parts_of_another_run_are_not_mixed(tmp_path: Path) -> None:
    orders = write_csv(tmp_path)
    folder = tmp_path / "parts"
    assert parts(tmp_path, orders).exit_code == 0
    before = files_of(folder)
    done = parts(tmp_path, orders)
    assert done.stderr == (
        f"rabatt: file_not_writable {folder}: it has parts already; --resume goes on with them\n"
    )
    write_csv(tmp_path, ROWS[:1])
    done = parts(tmp_path, orders, "--resume")
    assert done.exit_code == 1
    said = f"rabatt: file_not_writable {folder}: --resume: it was begun with another input: "
    assert done.stderr.startswith(said)
    write_csv(tmp_path)
    write_book(tmp_path, BOOK | {"customers": []})
    done = invoke("price", tmp_path / "book.json", orders, "--out", folder, "--resume")
    assert done.stderr.startswith(said.replace("input", "book"))
    write_book(tmp_path)
    done = parts(tmp_path, orders, "--resume", "--format", "parquet")
    assert done.stderr.startswith(said.replace("input", "output format"))
    assert files_of(folder) == before


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "letter.txt").touch()
    for options in ([], ["--resume"]):
        done = parts(tmp_path, write_csv(tmp_path), *options)
        assert done.stderr == f"rabatt: file_not_writable {tmp_path}/parts: the folder is not empty\n"
    assert os.listdir(tmp_path / "parts") == ["letter.txt"]


def test_two_processes_do_not_write_the_same_parts(tmp_path: Path) -> None:
    parts(tmp_path, write_csv(tmp_path))
    with (tmp_path / "parts" / "_rabatt.jsonl").open() as journal:
        fcntl.flock(journal, fcntl.LOCK_EX)
        done = parts(tmp_path, tmp_path / "orders.csv", "--resume")
    assert done.stderr == f"rabatt: file_not_writable {tmp_path}/parts: another process is writing it\n"


def test_a_journal_that_was_being_written(tmp_path: Path) -> None:
    """Its last line is cut, wherever: the run goes on from the one before."""
    orders = write_csv(tmp_path, some_rows(3), ["order", *CELLS])
    parts(tmp_path, orders)
    wanted = files_of(tmp_path / "parts")
    journal = tmp_path / "parts" / "_rabatt.jsonl"
    whole = journal.read_bytes()
    for size in {*range(0, len(whole), 97), len(whole) - 1}:
        journal.write_bytes(whole[:size])
        done = parts(tmp_path, orders, "--resume")
        assert (done.exit_code, journal.read_bytes()) == (2, whole), size
        assert files_of(tmp_path / "parts") == wanted


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


def test_no_rows(tmp_path: Path) -> None:
    orders = write_csv(tmp_path, [])
    for form in ("csv", "json", "jsonl", "parquet"):
        done = price(tmp_path, orders, "--out", f"{tmp_path}/{form}/", "--format", form)
        assert (done.exit_code, done.stderr) == (0, "")
        assert len(parts_of(tmp_path / form)) == 1
    assert pq.read_table(tmp_path / "parquet").num_rows == 0
    assert (tmp_path / "json" / "part-00000.json").read_text() == "[]\n"


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


def test_nothing_is_written_over_another(tmp_path: Path) -> None:
    orders = write_csv(tmp_path)
    own, among = "lines and orders need folders of their own", "it would be among the parts"
    (tmp_path / "link").symlink_to(tmp_path / "parts")
    for options, said in (
        (["--orders", "{0}/parts/"], f"{{0}}/parts: {own}"),
        (["--orders", "{0}/link/"], f"{{0}}/link: {own}"),
        (["--orders", "{0}/parts/totals/"], f"{{0}}/parts/totals: {own}"),
        (["--rejects", "{0}/parts/part-00000.csv"], f"{{0}}/parts/part-00000.csv: {among}"),
        (["--rejects", "{0}/link/x.csv"], f"{{0}}/link/x.csv: {among}"),
        (["--rejects", "{0}/none/x.csv"], "{0}/none/x.csv: No such file or directory"),
        (["--rejects", "{0}"], "{0}: Is a directory"),
        (["--rejects", "-"], "--rejects -: they go to a file"),
    ):
        done = parts(tmp_path, orders, *(option.format(tmp_path) for option in options))
        assert (done.exit_code, done.stderr) == (1, f"rabatt: file_not_writable {said.format(tmp_path)}\n")
        assert sorted(os.listdir(tmp_path)) == ["book.json", "link", "orders.csv"]


def test_what_cannot_be_begun_leaves_nothing(tmp_path: Path) -> None:
    orders = tmp_path / "orders.csv"
    for content in ("order,date,currency,item\nA,2026-03-10,EUR,TEA\n", "order,item\nA\n", ""):
        orders.write_text(content)
        assert parts(tmp_path, orders).exit_code == 1
        assert sorted(os.listdir(tmp_path)) == ["book.json", "orders.csv"]
    write_csv(tmp_path)
    assert parts(tmp_path, orders).exit_code == 0


def test_a_journal_that_is_none(tmp_path: Path) -> None:
    orders = write_csv(tmp_path)
    parts(tmp_path, orders)
    journal = tmp_path / "parts" / "_rabatt.jsonl"
    first = journal.read_text().splitlines(keepends=True)[0]
    for content, line in (("garbage\n", 1), ('{"x": 1}\n', 1), ("[]\n", 1), (first + '{"x": 1}\n', 2)):
        journal.write_text(content)
        done = parts(tmp_path, orders, "--resume")
        said = f"rabatt: file_not_readable {journal} line {line}: this is no journal of parts\n"
        assert (done.exit_code, done.stderr, journal.read_text()) == (1, said, content)


def test_rejects_of_many_parts_have_their_names_once(tmp_path: Path) -> None:
    """Also where a name has two lines."""
    columns = ["order", *list(CELLS)[:-1], "two\nlines"]
    orders = write_csv(tmp_path, some_rows(4), columns)
    parts(tmp_path, orders, "--rejects", tmp_path / "rejects.csv")
    price(tmp_path, orders, "--out", tmp_path / "out.csv", "--rejects", tmp_path / "wanted.csv")
    assert (tmp_path / "rejects.csv").read_bytes() == (tmp_path / "wanted.csv").read_bytes()


@pytest.mark.parametrize("lost", ["scattered", "lines-*.arrow", "orders-*.arrow"])
def test_what_was_gathered_and_is_gone_is_gathered_again(
    tmp_path: Path, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = write_csv(tmp_path, some_rows(5), ["order", *CELLS])
    totals = ["--orders", f"{tmp_path}/totals/", "--resume"]
    with monkeypatch.context() as patch:

        def stop(files: SingleFiles, piece: PricedPiece) -> None:
            raise KeyboardInterrupt

        patch.setattr(SingleFiles, "add", stop)
        assert parts(tmp_path, orders, *totals).exit_code == 130
    next((tmp_path / "parts" / ".rabatt").glob(lost)).unlink()
    assert parts(tmp_path, orders, *totals).exit_code == 2
    found = files_of(tmp_path / "parts") | files_of(tmp_path / "totals")
    wanted = price(tmp_path, orders, "--out", f"{tmp_path}/p/", "--orders", f"{tmp_path}/t/")
    assert wanted.exit_code == 2
    assert found == files_of(tmp_path / "p") | files_of(tmp_path / "t")


def test_views_of_texts_in_scattered_orders(tmp_path: Path) -> None:
    columns = dict(zip(COLUMNS, zip(*(ROWS * 9), strict=True), strict=True))
    table = pa.table({name: pa.array(cells, pa.string_view()) for name, cells in columns.items()})
    pq.write_table(table, tmp_path / "orders.parquet")
    done = price(tmp_path, tmp_path / "orders.parquet", "--out", tmp_path / "out.csv")
    assert (done.exit_code, done.stderr) == (0, "")
    write_csv(tmp_path, ROWS * 9)
    price(tmp_path, tmp_path / "orders.csv", "--out", tmp_path / "wanted.csv")
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "wanted.csv").read_bytes()
