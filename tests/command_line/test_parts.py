"""`rabatt price --out FOLDER/`: results in parts, and runs that go on from them."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rabatt.command_line.jobs.job import PricedPiece
from rabatt.command_line.jobs.journal import Journal
from rabatt.command_line.jobs.parts import PartRun
from rabatt.command_line.jobs.single_files import SingleFiles
from typer.testing import Result

from tests.command_line.long_tables import CELLS, some_rows
from tests.command_line.shop import BOOK, ROWS, invoke, price, write_book, write_csv

pytestmark = pytest.mark.usefixtures("short_pieces")


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
    said = f"rabatt: invalid_value --resume {folder}: "
    assert done.stderr == f"{said}the input has changed\n"
    write_csv(tmp_path)
    write_book(tmp_path, BOOK | {"customers": []})
    done = invoke("price", tmp_path / "book.json", orders, "--out", folder, "--resume")
    assert done.stderr == f"{said}the book has changed\n"
    write_book(tmp_path)
    rejects = tmp_path / "rejects.csv"
    for options, what in (
        (["--format", "parquet"], "--format csv"),
        (["--rejects", rejects], "other outputs: lines"),
        (["--orders", f"{tmp_path}/totals/", "--rejects", rejects], "other outputs: lines"),
        (["--float-places", "quantity=2"], "other --float-places: none"),
    ):
        done = parts(tmp_path, orders, "--resume", *options)
        assert done.stderr == f"{said}it was begun with {what}\n"
    assert files_of(folder) == before


def test_what_a_run_was_begun_with(tmp_path: Path) -> None:
    """Of runs that this one could not have begun."""
    orders = write_csv(tmp_path)
    assert parts(tmp_path, orders).exit_code == 0
    journal = tmp_path / "parts" / "_rabatt.jsonl"
    first, *others = journal.read_text().splitlines(keepends=True)
    run = json.loads(first)["run"]
    for changed, said in (
        ({"version": "0.0.9"}, "it was begun by rabatt 0.0.9"),
        ({"input format": "parquet"}, "it was begun with input in parquet"),
        ({"float places": {"a": 2, "b": 0}}, "it was begun with other --float-places: a=2, b=0"),
        ({"tables": ["lines", "orders"]}, "it was begun with other outputs: lines, orders"),
        ({"tables": 7}, "it was begun with other outputs: 7"),
    ):
        journal.write_text(json.dumps({"run": {**run, **changed}}) + "\n" + "".join(others))
        done = parts(tmp_path, orders, "--resume")
        message = f"rabatt: invalid_value --resume {tmp_path}/parts: {said}\n"
        assert (done.exit_code, done.stderr) == (1, message)


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
    ("changed", "is_finished"),
    [
        ("lines/part-00001.csv", False),
        ("totals/part-00002.csv", False),
        ("lines/.rabatt/rejects-00001.csv", False),
        ("lines/part-00002.csv", True),
        ("totals/part-00000.csv", True),
    ],
)
def test_a_part_that_was_changed_is_made_again(
    tmp_path: Path, changed: str, is_finished: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it is as long as before."""
    orders = write_csv(tmp_path, some_rows(6), ["order", *CELLS])

    def run(name: str) -> int:
        folder = tmp_path / name
        return price(tmp_path, orders, "--out", f"{folder}/lines/", "--orders", f"{folder}/totals/",
                     "--rejects", folder / "rejects.csv", "--resume").exit_code  # fmt: skip

    def stop(run: PartRun) -> None:
        raise KeyboardInterrupt

    assert run("wanted") == 2
    with monkeypatch.context() as patch:
        if not is_finished:
            patch.setattr(PartRun, "finish", stop)
        assert run("found") == (2 if is_finished else 130)
    part = tmp_path / "found" / changed
    content = part.read_bytes()
    part.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])
    assert run("found") == 2
    assert files_of(tmp_path / "found") == files_of(tmp_path / "wanted")


@pytest.mark.parametrize("separators", [(",", ":"), (" , ", " : ")])
def test_a_journal_with_other_spaces(tmp_path: Path, separators: tuple[str, str]) -> None:
    """Its lines are as long as they are in the file, not as they would be written today."""
    path = tmp_path / "_rabatt.jsonl"
    lines = [{"run": {"book": "b"}}, {"table": {"rows": 2}}, {"part": {"number": 0}}]
    texts = [json.dumps(line, separators=separators) + "\n" for line in lines]
    path.write_text("".join(texts) + '{"fini')
    added = {"part": {"number": 7}}
    with Journal(path) as journal:
        assert path.read_text() == "".join(texts)
        journal.keep(2)
        journal.add(added)
        journal.keep(3)
    assert path.read_text() == "".join(texts[:2]) + json.dumps(added) + "\n"


def test_no_rows(tmp_path: Path) -> None:
    orders = write_csv(tmp_path, [])
    for form in ("csv", "json", "jsonl", "parquet"):
        done = price(tmp_path, orders, "--out", f"{tmp_path}/{form}/", "--format", form)
        assert (done.exit_code, done.stderr) == (0, "")
        assert len(parts_of(tmp_path / form)) == 1
    assert pq.read_table(tmp_path / "parquet").num_rows == 0
    assert (tmp_path / "json" / "part-00000.json").read_text() == "[]\n"


def test_nothing_is_written_over_another(tmp_path: Path) -> None:
    orders = write_csv(tmp_path)
    own, among = "lines and orders need folders of their own", "it would be among the parts"
    (tmp_path / "link").symlink_to(tmp_path / "parts")
    (tmp_path / "folder.csv").mkdir()
    for options, said in (
        (["--orders", "{0}/parts/"], f"{{0}}/parts: {own}"),
        (["--orders", "{0}/link/"], f"{{0}}/link: {own}"),
        (["--orders", "{0}/parts/totals/"], f"{{0}}/parts/totals: {own}"),
        (["--rejects", "{0}/parts/part-00000.csv"], f"{{0}}/parts/part-00000.csv: {among}"),
        (["--rejects", "{0}/link/x.csv"], f"{{0}}/link/x.csv: {among}"),
        (["--rejects", "{0}/none/x.csv"], "{0}/none/x.csv: No such file or directory"),
        (["--rejects", "{0}/folder.csv"], "{0}/folder.csv: Is a directory"),
        (["--rejects", "-"], "--rejects -: they go to a file"),
    ):
        done = parts(tmp_path, orders, *(option.format(tmp_path) for option in options))
        assert (done.exit_code, done.stderr) == (1, f"rabatt: file_not_writable {said.format(tmp_path)}\n")
        assert sorted(os.listdir(tmp_path)) == ["book.json", "folder.csv", "link", "orders.csv"]


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
