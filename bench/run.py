"""Runs the benches in one go and prints one table; every answer is checked before its clock starts.

    python bench/run.py build/release            # the table
    python bench/run.py build/release --write    # and bench/results/*.json, and the plots
    python bench/run.py build/release --quick    # fewer lines, fewer rounds: whether it all works

Absolute times belong to the machine; the ratios are what counts. They compare the smallest times: what the
code costs where nothing else ran. The median and the largest stand beside them.
"""

from __future__ import annotations

import argparse
import decimal
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # when it runs as a script

from bench import batches
from bench.plots import draw
from bench.side_by_side import peers, side_by_side
from bench.side_by_side import table as peer_table
from bench.workload import Parameters, make_workload

LINES = 4096
REPETITIONS = 21
RESULTS = Path(__file__).parent / "results"


@dataclass
class Figure:
    """Nanoseconds per operation, smallest first."""

    name: str
    times: list[float]
    wrong: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    def to_json(self) -> dict[str, object]:
        spread = {"min": min(self.times), "median": self.median, "max": max(self.times)}
        return {
            "name": self.name,
            **{key: round(value, 3) for key, value in spread.items()},
            "wrong": self.wrong,
        }


def measured(program: Path, operations: int) -> list[Figure]:
    """What a Google Benchmark program measured, per operation."""
    arguments = [
        str(program),
        "--benchmark_format=json",
        f"--benchmark_repetitions={REPETITIONS}",
        "--benchmark_min_time=0.05",
        "--benchmark_enable_random_interleaving=true",  # so that a slow minute falls on all of them
    ]
    names = subprocess.run(
        [program, "--benchmark_list_tests"], check=True, capture_output=True, text=True
    ).stdout
    report = json.loads(subprocess.run(arguments, check=True, capture_output=True).stdout)
    figures = {name: Figure(name, []) for name in names.split()}
    for run in report["benchmarks"]:
        if run["run_type"] == "iteration":
            figure = figures[run["name"]]
            figure.times.append(run["cpu_time"] / operations)
            figure.wrong = int(run.get("wrong", 0))
    return list(figures.values())


def python_decimal() -> Figure:
    """The same lines by Python's decimal module, as its documentation would write it."""
    rng = random.Random(1)
    cent = decimal.Decimal("0.01")
    lines = [
        (
            rng.randrange(10 ** rng.randint(1, 8)),
            rng.randint(1, 1000),
            50 if i % 4 == 0 else rng.randint(0, 100),
        )
        for i in range(LINES)
    ]
    values = [
        (decimal.Decimal(p) / 100, decimal.Decimal(q), decimal.Decimal(left) / 100) for p, q, left in lines
    ]

    def net(price: decimal.Decimal, quantity: decimal.Decimal, left: decimal.Decimal) -> decimal.Decimal:
        return (price * quantity * left).quantize(cent, decimal.ROUND_HALF_UP)

    wrong = sum(
        int(net(*v) * 100) != (p * q * left + 50) // 100
        for v, (p, q, left) in zip(values, lines, strict=True)
    )
    figure = Figure("python_decimal", [], wrong)
    for _ in range(REPETITIONS):
        begin = time.perf_counter_ns()
        for price, quantity, left in values:
            net(price, quantity, left)
        figure.times.append((time.perf_counter_ns() - begin) / LINES)
    return figure


def table(title: str, figures: list[Figure], reference: Figure) -> Iterator[str]:
    yield title
    yield f"  {'':<30}{'min':>11}{'median':>11}{'max':>11}{'ratio':>9}{'wrong':>7}"
    for figure in figures:
        spread = "".join(f"{value:>11.2f}" for value in (min(figure.times), figure.median, max(figure.times)))
        ratio = min(figure.times) / min(reference.times)
        yield f"  {figure.name:<30}{spread}{ratio:>9.2f}{figure.wrong:>7}"
    yield ""


def machine() -> str:
    """Processor, cores, system."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.exists() else []
    model = next(
        (line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine()
    )
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("build", type=Path, help="the build folder, such as build/release")
    parser.add_argument("--write", action="store_true", help="write bench/results too")
    parser.add_argument("--quick", action="store_true", help="fewer lines and rounds")
    arguments = parser.parse_args()
    decimals = [*measured(arguments.build / "bench" / "decimal", LINES), python_decimal()]
    quotes = measured(arguments.build / "bench" / "quote", 1)
    print(f"{machine()}\n")
    print(
        "\n".join(
            table("price × quantity × (100 − percent)/100 to the cent, ns per line", decimals, decimals[0])
        )
    )
    for kind in ("other_items", "other_dates", "cold", "ids_hot", "ids_cold"):
        curve = [figure for figure in quotes if figure.name.startswith(kind)]
        print("\n".join(table(f"one quote, {kind} / number of campaigns, ns", curve, curve[0])))
    lines, rounds = (100_000, 2) if arguments.quick else (2_000_000, 7)
    book = batches.life(Parameters(), 1 if arguments.quick else 3)
    print("\n".join(batches.table(book, "milliseconds", 1e6)))
    campaigns = batches.measure(batches.curve(lines), rounds, "net, 1 thread")
    print("\n".join(batches.table(campaigns)))
    by_size = batches.measure(batches.sizes(lines), rounds)
    print("\n".join(batches.table(by_size)))
    workload = make_workload(Parameters(lines=min(lines, 1_000_000)))
    beside = side_by_side(workload, peers(), rounds)
    print("\n".join(peer_table(beside)))
    if arguments.write:
        results: dict[str, object] = {
            "decimal": {"nanoseconds": [figure.to_json() for figure in decimals]},
            "quote": {"nanoseconds": [figure.to_json() for figure in quotes]},
            "book": {"nanoseconds": [figure.to_json() for figure in book]},
            "curve": {"nanoseconds_per_line": [figure.to_json() for figure in campaigns]},
            "batch": {"nanoseconds_per_line": [figure.to_json() for figure in by_size]},
            "peers": beside.to_json(),
        }
        RESULTS.mkdir(exist_ok=True)
        for name, result in results.items():
            text = json.dumps({"machine": machine(), **dict(cast(dict[str, object], result))}, indent=1)
            (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        draw(RESULTS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
