"""The engine's batch alone: by size of the book, skew of the lines, number of campaigns; and a book's life.

    python bench/batches.py --lines 2000000

Every workload is written to a folder, and the programs `batch` and `book` measure it there; they compare
every answer before a clock starts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TypedDict

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # when it runs as a script

from bench.expected import expected
from bench.workload import Parameters, make_workload
from bench.workload_files import write_files

PROGRAMS = Path(__file__).resolve().parents[1] / "build" / "release" / "bench"
ROUNDS = 7


@dataclass(frozen=True)
class Measured:
    """Nanoseconds: of a line, or of the whole where there are no lines."""

    workload: str
    name: str
    times: list[float]

    def to_json(self) -> dict[str, object]:
        spread = {"min": min(self.times), "median": median(self.times), "max": max(self.times)}
        return {
            "workload": self.workload,
            "name": self.name,
            **{key: round(value, 2) for key, value in spread.items()},
        }


class Ran(TypedDict):
    """What the programs print."""

    name: str
    lines: int
    nanoseconds: list[float]


def sizes(lines: int) -> dict[str, Parameters]:
    """Books of three sizes, and lines that are skewed."""
    usual = Parameters(lines=lines)
    small = replace(
        usual, items=1_000, customers=1_000, price_books=100, items_per_price_book=48, campaigns=1_000
    )
    large = replace(usual, items=1_000_000)
    return {
        "1,000 items, uniform": small,
        "1,000 items, Zipf": replace(small, skew="zipf"),
        "100,000 items, uniform": usual,
        "100,000 items, Zipf": replace(usual, skew="zipf"),
        "1,000,000 items, uniform": large,
        "1,000,000 items, Zipf": replace(large, skew="zipf"),
    }


def curve(lines: int) -> dict[str, Parameters]:
    """The same lines against more and more campaigns."""
    usual = Parameters(lines=lines)
    return {
        f"{count:,} campaigns": replace(usual, campaigns=count) for count in (10, 100, 1_000, 10_000, 100_000)
    }


def measure(workloads: dict[str, Parameters], rounds: int, figure: str = "") -> list[Measured]:
    """Every workload by every figure of `batch` that has `figure` in its name."""
    found = []
    for title, parameters in workloads.items():
        with tempfile.TemporaryDirectory(prefix="rabatt-bench-") as folder:
            workload = make_workload(parameters)
            write_files(workload, expected(workload), Path(folder))
            for measured in _run("batch", folder, str(rounds), figure):
                times = [time / measured["lines"] for time in measured["nanoseconds"]]
                found.append(Measured(title, measured["name"], times))
    return found


def life(parameters: Parameters, rounds: int) -> list[Measured]:
    """How long it takes to read, build, save, open and check a book, and to compile its day plane."""
    title = (
        f"{parameters.items:,} items, {parameters.customers:,} customers, {parameters.campaigns:,} campaigns"
    )
    with tempfile.TemporaryDirectory(prefix="rabatt-bench-") as folder:
        workload = make_workload(replace(parameters, lines=1))
        write_files(workload, expected(workload), Path(folder))
        return [Measured(title, one["name"], one["nanoseconds"]) for one in _run("book", folder, str(rounds))]


def table(measured: Iterable[Measured], unit: str = "ns per line", scale: float = 1) -> Iterator[str]:
    workload = None
    for one in measured:
        if one.workload != workload:
            workload = one.workload
            yield f"{workload}\n  {unit:<34}{'min':>10}{'median':>10}{'max':>10}"
        spread = (min(one.times), median(one.times), max(one.times))
        yield f"  {one.name:<34}" + "".join(f"{value / scale:>10,.2f}" for value in spread)
    yield ""


def _run(program: str, *arguments: str) -> list[Ran]:
    command = [str(PROGRAMS / program), *arguments]
    answer: list[Ran] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return answer


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lines", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    arguments = parser.parse_args()
    print("\n".join(table(life(Parameters(), 3), "milliseconds", 1e6)))
    print("\n".join(table(measure(curve(arguments.lines), arguments.rounds, "net, 1 thread"))))
    print("\n".join(table(measure(sizes(arguments.lines), arguments.rounds))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
