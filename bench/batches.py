"""The engine's batch alone: by size of the book, skew of the lines, number of campaigns, one date and many; a
book's life; and quotes while it is swapped.

    python bench/batches.py --lines 2000000

Every workload is written to a folder, and the programs `batch`, `book` and `live` measure it there, and check
every answer.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # when it runs as a script

from bench.figure import Figure, to_json
from bench.programs import PROGRAMS, run
from bench.progress import say
from bench.tables import table_of
from bench.workload import Parameters, make_workload
from bench.workload_files import write_answers, write_files

ROUNDS = 7


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


def dates(lines: int) -> dict[str, Parameters]:
    """The campaigns of a year, and lines of all its dates."""
    return {"365 dates": Parameters(lines=lines, dates=365)}


def measure(programs: Path, workloads: dict[str, Parameters], rounds: int, name: str = "") -> list[Figure]:
    """Every workload by every figure of `batch` that has `name` in its own; several workloads go in turns."""
    turns, rounds_a_turn = (rounds, 1) if len(workloads) > 1 else (1, rounds)
    found: dict[tuple[str, str], Figure] = {}
    with ExitStack() as stack:
        folders = {title: _folder(parameters, title, stack) for title, parameters in workloads.items()}
        for turn in range(turns):
            say(f"  turn {turn + 1} of {turns}")
            for title, folder in folders.items():
                for one in run(programs, "batch", folder, str(rounds_a_turn), name):
                    new = Figure(one["name"], workload=title, lines=one["lines"])
                    figure = found.setdefault((title, one["name"]), new)
                    figure.times += [time / one["lines"] for time in one["nanoseconds"]]
    return list(found.values())


def _folder(parameters: Parameters, title: str, stack: ExitStack) -> str:
    """With its workload and the answers."""
    say(f"  {title}")
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="rabatt-bench-"))
    workload = make_workload(parameters)
    write_files(workload, Path(folder))
    write_answers(workload, Path(folder))
    return folder


def life(programs: Path, parameters: Parameters, rounds: int) -> list[Figure]:
    """How long it takes to read, build, save, open and check a book, and to compile its day plane."""
    return _of_the_book(programs, "book", parameters, str(rounds))


def swapped(programs: Path, parameters: Parameters, rounds: int) -> list[Figure]:
    """How long a quote takes while its book is swapped, and while it is not."""
    return _of_the_book(programs, "live", parameters, str(rounds))


def _of_the_book(programs: Path, program: str, parameters: Parameters, *arguments: str) -> list[Figure]:
    title = (
        f"{parameters.items:,} items, {parameters.customers:,} customers, {parameters.campaigns:,} campaigns"
    )
    with tempfile.TemporaryDirectory(prefix="rabatt-bench-") as folder:
        write_files(make_workload(replace(parameters, lines=1)), Path(folder))
        ran = run(programs, program, folder, *arguments)
    return [Figure(one["name"], one["nanoseconds"], workload=title) for one in ran]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lines", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--build", type=Path, default=PROGRAMS.parent, help="the build folder")
    arguments = parser.parse_args()
    programs, lines, rounds = arguments.build / "bench", arguments.lines, arguments.rounds
    for name, figures in (
        ("book", life(programs, Parameters(), 3)),
        ("live", swapped(programs, Parameters(), rounds)),
        ("curve", measure(programs, curve(lines), rounds, "net, 1 thread")),
        ("batch", measure(programs, sizes(lines), rounds)),
        ("dates", measure(programs, dates(lines), rounds, ", net")),
    ):
        print("\n".join([*table_of(name, {"figures": to_json(figures)}), ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
