"""`rabatt price --out FOLDER/` as a program that is killed: what it leaves, and how it goes on."""

from __future__ import annotations

import hashlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from tests.command_line.program import COMMAND, environment, run
from tests.command_line.shop import write_book

MIB = 1 << 20
ROWS_AT_ONCE = 1 << 20

#: A program that is killed when it writes piece N (the first argument).
KILLED = """
import os, signal, sys
from rabatt.command_line import main
from rabatt.command_line.jobs.single_files import SingleFiles

left, add = int(sys.argv.pop(1)), SingleFiles.add

def add_or_die(files, piece):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    add(files, piece)

SingleFiles.add = add_or_die
main()
"""


def write_orders(path: Path, rows: int, seed: int = 1, orders: int = 5) -> Path:
    """Rows of orders of about so many, one row in fifty far away from the others of its order; one in a
    thousand cannot be priced."""
    rng = random.Random(seed)
    writer: pq.ParquetWriter | pyarrow.csv.CSVWriter | None = None
    for first in range(0, rows, ROWS_AT_ONCE):
        count = min(ROWS_AT_ONCE, rows - first)
        numbers = pa.array(range(first, first + count), pa.int64())
        near = pc.divide(numbers, orders)
        far = pa.array(
            [rng.randrange(rows // orders + 1) if rng.random() < 0.02 else None for _ in range(count)]
        )
        orders_of = pc.coalesce(far, near)
        items = pa.array(rng.choices(["TEA", "CUP", "COFFEE"], [600, 399, 1], k=count))
        table = pa.table(
            {
                "order": pc.binary_join_element_wise("SO-", orders_of.cast(pa.string()), ""),
                "date": pa.array(["2026-03-10"] * count),
                "currency": pa.array(["EUR"] * count),
                "customer": pc.if_else(pc.equal(pc.bit_wise_and(orders_of, 3), 0), "C5", None),
                "item": items,
                "quantity": pa.array([rng.randint(1, 99) for _ in range(count)]),
                "note": pc.binary_join_element_wise("row ", numbers.cast(pa.string()), ""),
            }
        )
        if writer is None:
            is_csv = path.suffix == ".csv"
            writer = (
                pyarrow.csv.CSVWriter(path, table.schema) if is_csv else pq.ParquetWriter(path, table.schema)
            )
        writer.write_table(table)
    assert writer
    writer.close()
    return path


#: A program that tells the most memory it had, as the last line of standard output.
MEASURED = """
from pathlib import Path
from rabatt.command_line import main
try:
    main()
finally:
    lines = Path("/proc/self/status").read_text().splitlines()
    print(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
"""


def mebibytes(*options: str) -> float:
    """At most, of a run that prices all but some rows."""
    command = [sys.executable, "-c", MEASURED, *options]
    done = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    return int(done.stdout.splitlines()[-1]) / 1024


def status_of(command: list[str], seconds: int | None = None) -> int:
    """Of a program that runs to its end, or until it has computed for so long; below 0 a signal ended it."""

    def limit() -> None:
        if seconds:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    done = subprocess.run(
        command, env=environment(), stdout=subprocess.DEVNULL, preexec_fn=limit, check=False
    )
    return done.returncode


#: Runs that are killed have two, and are to leave what a run on one leaves.
TWO_THREADS = ["--threads", "2"]


def arguments(folder: Path, orders: Path, name: str, *options: str) -> list[str]:
    out = folder / name
    files = ["--out", f"{out}/lines/", "--orders", f"{out}/orders/", "--rejects", f"{out}/rejects.csv"]
    return ["price", str(write_book(folder)), str(orders), *files, "--resume", *options]


def digests(folder: Path) -> dict[str, str]:
    """Of all files but the journal, which says where they are."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "_rabatt.jsonl":
            with path.open("rb") as file:
                found[str(path.relative_to(folder))] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_killed_three_times(tmp_path: Path, form: str) -> None:
    orders = write_orders(tmp_path / f"orders.{form}", 900_000 if form == "parquet" else 400_000)
    assert mebibytes(*arguments(tmp_path, orders, "whole")) < 200
    for pieces in (3, 10, 20):
        command = [sys.executable, "-c", KILLED, str(pieces), *arguments(tmp_path, orders, "killed")]
        assert status_of([*command, *TWO_THREADS]) == -signal.SIGKILL
        assert not (tmp_path / "killed" / "rejects.csv").exists()
    assert mebibytes(*arguments(tmp_path, orders, "killed", *TWO_THREADS)) < 200
    assert digests(tmp_path / "killed") == digests(tmp_path / "whole")


@pytest.mark.soak
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_twenty_million_lines(tmp_path: Path, form: str) -> None:
    rows = int(os.environ.get("RABATT_TEST_ROWS", "20_000_000"))
    orders = write_orders(tmp_path / f"orders.{form}", rows)
    print(f"{rows:,} lines, {orders.stat().st_size / MIB:,.0f} MiB of {form}")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    most = mebibytes(*arguments(tmp_path, orders, "whole"))
    seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    print(f"unbroken: {seconds:,.0f} s of processor time, at most {most:,.0f} MiB")
    for kill, share in enumerate((0.45, 0.2, 0.2), 1):
        command = [*COMMAND, *arguments(tmp_path, orders, "killed", *TWO_THREADS)]
        status = status_of(command, seconds=max(2, int(seconds * share)))
        parts = len(list((tmp_path / "killed" / "lines").glob("part-*")))
        print(f"killed {kill} times: {parts} parts")
        assert status == -signal.SIGKILL
    with_two = mebibytes(*arguments(tmp_path, orders, "killed", *TWO_THREADS))
    print(f"the rest: at most {with_two:,.0f} MiB on two threads")
    assert digests(tmp_path / "killed") == digests(tmp_path / "whole")
    assert max(most, with_two) < 200


def test_a_finished_run_is_not_repeated(tmp_path: Path) -> None:
    orders = write_orders(tmp_path / "orders.parquet", 1000)
    first = run(*arguments(tmp_path, orders, "out"))
    part = tmp_path / "out" / "lines" / "part-00000.parquet"
    before = part.stat().st_ino, part.stat().st_mtime_ns
    again = run(*arguments(tmp_path, orders, "out"))
    assert (again.status, again.messages) == (first.status, first.messages)
    assert (part.stat().st_ino, part.stat().st_mtime_ns) == before  # it was read


def test_a_part_that_is_gone_is_made_again(tmp_path: Path) -> None:
    orders = write_orders(tmp_path / "orders.parquet", 600_000)
    run(*arguments(tmp_path, orders, "out"))
    wanted = digests(tmp_path / "out")
    assert len(wanted) == 7
    (tmp_path / "out" / "lines" / "part-00001.parquet").unlink()
    run(*arguments(tmp_path, orders, "out"))
    assert digests(tmp_path / "out") == wanted


def test_what_parts_say_of_themselves(tmp_path: Path) -> None:
    orders = write_orders(tmp_path / "orders.parquet", 1000)
    run(*arguments(tmp_path, orders, "out"))
    journal = [
        json.loads(line) for line in (tmp_path / "out" / "lines" / "_rabatt.jsonl").read_text().splitlines()
    ]
    said = pq.read_schema(tmp_path / "out" / "lines" / "part-00000.parquet").metadata
    assert said[b"rabatt.book"].decode() == journal[0]["run"]["book"]
    assert said[b"rabatt.version"].decode() == journal[0]["run"]["version"]
    assert journal[-1]["finished"] == {"parts": 1, "rows": 1000}
