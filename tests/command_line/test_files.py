"""Files that cannot be read or written, and files that appear whole or not at all."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import stat
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.command_line.program import COMMAND, environment, run
from tests.command_line.rights import without_rights
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
    write_jsonl,
)


def test_nothing_else_is_left_behind(tmp_path: Path) -> None:
    book, orders = write_book(tmp_path), write_csv(tmp_path)
    done = invoke("price", book, orders, "--out", tmp_path / "out.csv", "--orders", tmp_path / "totals.csv")
    assert (done.exit_code, done.stdout) == (0, "")
    assert sorted(os.listdir(tmp_path)) == ["book.json", "orders.csv", "out.csv", "totals.csv"]


def test_a_file_with_some_bad_lines_is_written(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert price(tmp_path, write_csv(tmp_path, [*ROWS, BAD_ROW]), "--out", out).exit_code == 2
    assert [row["net"] for row in read_csv(out.read_bytes())] == [*NETS, ""]


@pytest.mark.parametrize("orders", ["order,date\nA,2026-03-10\n", 'order\n"A\n', "\x00\x01\ufeff"])
def test_an_error_leaves_the_old_file(tmp_path: Path, orders: str) -> None:
    (tmp_path / "orders.csv").write_text(orders)
    out, totals = tmp_path / "out.csv", tmp_path / "totals.csv"
    out.write_text("old")
    done = price(tmp_path, tmp_path / "orders.csv", "--out", out, "--orders", totals)
    assert done.exit_code == 1
    assert out.read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == ["book.json", "orders.csv", "out.csv"]


def test_both_tables_or_none(tmp_path: Path) -> None:
    totals = tmp_path / "none" / "totals.csv"
    done = price(tmp_path, write_csv(tmp_path), "--out", tmp_path / "out.csv", "--orders", totals)
    said = f"rabatt: file_not_writable {totals}: No such file or directory\n"
    assert (done.exit_code, done.stderr) == (1, said)
    assert sorted(os.listdir(tmp_path)) == ["book.json", "orders.csv"]


def test_one_file_for_both_tables(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    done = price(tmp_path, write_csv(tmp_path), "--out", out, "--orders", out)
    assert (done.exit_code, done.stderr) == (1, f"rabatt: file_not_writable {out}: it is written already\n")
    assert not out.exists()


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    book, orders = write_book(tmp_path), write_csv(tmp_path)
    before = [path.read_bytes() for path in (book, orders)]
    for option in ("--out", "--orders"):
        for path in (book, orders, f"{tmp_path}/./orders.csv"):
            done = invoke("price", book, orders, option, path, "--format", "csv")
            message = f"rabatt: file_not_writable {path}: it is read here\n"
            assert (done.exit_code, done.stdout, done.stderr) == (1, "", message)
    assert [path.read_bytes() for path in (book, orders)] == before


def test_a_dash_is_standard_output(tmp_path: Path) -> None:
    book, orders = write_book(tmp_path), write_csv(tmp_path)
    done = invoke("price", book, orders, "--out", "-", "--orders", tmp_path / "totals.csv")
    assert (done.exit_code, [row["net"] for row in read_csv(done.stdout_bytes)]) == (0, NETS)
    assert sorted(os.listdir(tmp_path)) == ["book.json", "orders.csv", "totals.csv"]
    done = invoke("price", book, orders, "--out", tmp_path / "out.csv", "--orders", "-")
    assert (done.exit_code, done.stdout[:13]) == (0, "order,status,")
    done = invoke("price", book, orders, "--out", "-", "--orders", "-")
    message = "rabatt: file_not_writable --orders -: standard output has the priced lines\n"
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", message)


def test_permissions_of_written_files(tmp_path: Path) -> None:
    """Those of the file that was there; of a new one those that the user gives new files."""
    book, orders, old = write_book(tmp_path), write_csv(tmp_path), tmp_path / "old.csv"
    old.touch(0o600)
    old.chmod(0o640)
    invoke("price", book, orders, "--out", old, "--orders", tmp_path / "new.csv")
    (tmp_path / "like.csv").touch()
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert (tmp_path / "new.csv").stat().st_mode == (tmp_path / "like.csv").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    assert price(tmp_path, write_csv(tmp_path), "--out", tmp_path / "link.csv").exit_code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert [row["net"] for row in read_csv((tmp_path / "real.csv").read_bytes())] == NETS


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        ("none/out.csv", "No such file or directory"),
        ("book.json/x", "Not a directory"),
    ],
)
def test_not_writable(tmp_path: Path, out: str, reason: str) -> None:
    path = f"{tmp_path}/{out}"
    done = price(tmp_path, write_csv(tmp_path), "--out", path)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"rabatt: file_not_writable {path}: {reason}\n"


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl", "table"])
def test_a_full_disk(tmp_path: Path, form: str) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("there is no /dev/full")
    book, orders = write_book(tmp_path), write_csv(tmp_path)
    done = run("price", book, orders, "--format", form, "--out", "/dev/full")
    assert done.status == 1
    assert done.messages == "rabatt: file_not_writable /dev/full: No space left on device\n"
    with open("/dev/full", "wb") as full:
        command = [*COMMAND, "price", str(book), str(orders), "--format", form]
        to_output = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert to_output.returncode == 1
    assert to_output.stderr == b"rabatt: file_not_writable standard output: No space left on device\n"


@pytest.mark.parametrize(
    ("options", "blocks"),
    [
        (["--out", "{0}/full.csv"], 64),
        (["--out", "{0}/full/"], 64),
        (["--format", "jsonl", "--fail-fast"], 1024),  # the results are held until all are there
    ],
)
def test_no_room_for_temporary_files(tmp_path: Path, options: list[str], blocks: int) -> None:
    """Their folder is named: they have no names of their own."""
    rows = 20_000
    columns = {name: pa.array([cell] * rows) for name, cell in zip(COLUMNS, ROWS[1], strict=True)}
    table = pa.table({**columns, "order": pa.array(map(str, range(rows)))})
    pq.write_table(table, tmp_path / "orders.parquet")
    room = tmp_path / "room"
    room.mkdir()

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (blocks << 10, blocks << 10))

    done = subprocess.run(
        [*COMMAND, "price", str(write_book(tmp_path)), str(tmp_path / "orders.parquet")]
        + [option.format(tmp_path) for option in options],
        capture_output=True,
        text=True,
        env=environment(TMPDIR=str(room)),
        preexec_fn=limit,
        check=False,
    )
    message = f"rabatt: file_not_writable {room}: temporary file: File too large\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", message)
    assert sorted(os.listdir(tmp_path)) == ["book.json", "orders.parquet", "room"]
    assert os.listdir(room) == []


def test_a_closed_standard_output(tmp_path: Path) -> None:
    files = [str(write_book(tmp_path)), str(write_csv(tmp_path))]
    command = ["sh", "-c", '"$@" >&-', "sh", *COMMAND, "price", *files]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"rabatt: file_not_writable standard output: it is closed\n")


def test_dev_stderr_is_no_file_to_replace(tmp_path: Path) -> None:
    """Also where it is a file: what is said there stays."""
    with (tmp_path / "log").open("ab") as log:
        command = [*COMMAND, "price", str(write_book(tmp_path))]
        command.append(str(write_csv(tmp_path, [*ROWS, BAD_ROW])))
        done = subprocess.run([*command, "--orders", "/dev/stderr"], stdout=log, stderr=log, check=False)
    text = (tmp_path / "log").read_text()
    assert done.returncode == 2
    assert "\nA,ok,40.67," in text
    assert "rabatt: unknown_item " in text


@pytest.mark.parametrize("name", ["missing.csv", "missing.parquet", "missing.json", "missing.jsonl"])
def test_orders_that_are_not_there(tmp_path: Path, name: str) -> None:
    done = price(tmp_path, tmp_path / name)
    message = f"rabatt: file_not_readable {tmp_path / name}: No such file or directory\n"
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == message


@pytest.mark.parametrize("name", ["x.csv", "x.parquet", "x.json", "x.jsonl"])
def test_orders_that_are_a_directory(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    done = price(tmp_path, tmp_path / name)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"rabatt: file_not_readable {tmp_path / name}: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("short", [0, 1 << 30])
@pytest.mark.parametrize("name", ["x.csv", "x.parquet"])
def test_tables_that_are_a_pipe(
    tmp_path: Path, name: str, short: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody writes into it: it is not opened at all."""
    monkeypatch.setattr("rabatt.command_line.price_run._BYTES_OF_SHORT", short)
    orders = tmp_path / name
    os.mkfifo(orders)
    book = write_book(tmp_path)
    for options in (["--out", tmp_path / "out.csv"], ["--out", f"{tmp_path}/parts/"], ["--format", "table"]):
        done = invoke("price", book, orders, *options)
        said = f"rabatt: file_not_readable {orders}: not a regular file\n"
        assert (done.exit_code, done.stdout, done.stderr) == (1, "", said)
    assert invoke("explain", book, orders, "--order", "A").stderr == said
    assert sorted(os.listdir(tmp_path)) == ["book.json", name]


def test_requests_from_a_pipe(tmp_path: Path) -> None:
    """They are read once. A table may be standard input where that is a file."""
    for orders, shell in ((write_jsonl(tmp_path), 'cat "$0" | "$@"'), (write_csv(tmp_path), '"$@" < "$0"')):
        link = tmp_path / f"input{orders.suffix}"
        link.symlink_to("/dev/stdin")
        command = ["sh", "-c", shell, str(orders), *COMMAND, "price", str(write_book(tmp_path)), str(link)]
        done = subprocess.run(command, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout == price(tmp_path, orders).stdout_bytes


@pytest.mark.parametrize("name", ["missing.json", "missing.yaml", "missing.rabatt", "folder.yml"])
def test_books_that_are_not_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.yml").mkdir()
    for done in (invoke("price", tmp_path / name, write_csv(tmp_path)), invoke("check", tmp_path / name)):
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.startswith(f"rabatt: file_not_readable {tmp_path / name}: ")
        assert len(done.stderr.splitlines()) == 1


def test_no_permission(tmp_path: Path) -> None:
    """Also for root, whose right to pass permissions by is taken away."""
    book, orders, folder = write_book(tmp_path), write_csv(tmp_path), tmp_path / "folder"
    secret = tmp_path / "secret.csv"
    shutil.copy(orders, secret)
    secret.chmod(0)
    folder.mkdir(0o555)
    for arguments, message in (
        ([book, secret], f"file_not_readable {secret}"),
        ([book, orders, "--out", folder / "x.csv"], f"file_not_writable {folder / 'x.csv'}"),
    ):
        command = [*without_rights(), *COMMAND, "price", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"rabatt: {message}: Permission denied\n"


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_end_by_signal_leaves_nothing(tmp_path: Path, number: signal.Signals, status: int) -> None:
    """The orders are a pipe that never ends, so it is known where the program stands."""
    orders = tmp_path / "orders.jsonl"
    os.mkfifo(orders)
    command = [*COMMAND, "price", str(write_book(tmp_path)), str(orders)]
    command += ["--out", str(tmp_path / "out.jsonl")]
    program = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # a job in the background ignores SIGINT
    )
    with orders.open("wb"):
        assert any(name.endswith(".part") for name in os.listdir(tmp_path))
        program.send_signal(number)
        out, messages = program.communicate()
    assert (program.returncode, out, messages) == (status, b"", b"")
    assert sorted(os.listdir(tmp_path)) == ["book.json", "orders.jsonl"]


def test_a_reader_that_has_enough(tmp_path: Path) -> None:
    orders = write_jsonl(tmp_path, [{"date": "2026-03-10", "currency": "EUR", "lines": []}] * 5000)
    command = [*COMMAND, "price", str(write_book(tmp_path)), str(orders)]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    assert program.stdout and program.stderr
    assert program.stdout.readline().startswith(b'{"book":')
    program.stdout.close()
    assert program.stderr.read() == b""
    program.stderr.close()
    assert program.wait() == 141
