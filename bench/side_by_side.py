"""The order lines of one day, priced by every peer; each answer is checked before its clock starts.

    python bench/side_by_side.py --lines 1000000
    python bench/side_by_side.py --peers numpy_int64,duckdb_bigint --rounds 9 --campaigns 1000

The peers run in turns, so that a slow minute of the machine falls on all of them. What is timed stands in
`bench/peers/__init__.py`.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # when it runs as a script

from bench.bandwidth import Bandwidth, Memory
from bench.expected import Expected, expected
from bench.peers import THREADS
from bench.peers.peer import NotHere, Peer
from bench.workload import Parameters, Workload, add_options, make_workload, parameters_from

MODULES = (
    "rabatt_batch",
    "numpy_int64",
    "duckdb_bigint",
    "duckdb_decimal",
    "polars_lazy",
    "sqlite_sql",
    "python_decimal",
    "python_float",
    "postgres_numeric",
    "pandas_decimal",
)
ROUNDS = 5


class WrongAnswer(Exception):
    """An exact peer is not right on every line."""


@dataclass
class Timing:
    """Nanoseconds per line, one time a round, and on how many lines the answer was wrong."""

    name: str
    lines: int
    wrong: int
    times: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    def to_json(self) -> dict[str, object]:
        spread = {"min": min(self.times), "median": self.median, "max": max(self.times)}
        rounded = {key: round(value, 3) for key, value in spread.items()}
        return {"name": self.name, "lines": self.lines, **rounded, "wrong": self.wrong}


@dataclass(frozen=True)
class SideBySide:
    parameters: Parameters
    threads: int
    timings: list[Timing]
    bandwidth: Bandwidth

    def to_json(self) -> dict[str, object]:
        return {
            "workload": asdict(self.parameters),
            "threads": self.threads,
            "gigabytes_per_second": self.bandwidth.to_json(),
            "nanoseconds_per_line": [timing.to_json() for timing in self.timings],
        }


def peers(modules: Sequence[str] = MODULES) -> list[Peer]:
    """Imported only now: what is not asked for need not be installed."""
    loaded = [importlib.import_module(f"bench.peers.{module}") for module in modules]
    return [peer for module in loaded for peer in getattr(module, "PEERS", None) or [module.PEER]]


def side_by_side(workload: Workload, peers: Sequence[Peer], rounds: int = ROUNDS) -> SideBySide:
    """Raises WrongAnswer before anything is timed."""
    answer = expected(workload)
    with ExitStack() as stack:
        prepared = []
        for peer in peers:
            with suppress(NotHere):
                prepared.append(_prepared(peer, workload, answer, stack))
        memory, bandwidth = Memory(), Bandwidth()
        gc.collect()
        gc.freeze()  # so that what one peer holds does not slow the next
        stack.callback(gc.unfreeze)
        for _ in range(rounds):
            memory.measure(bandwidth)
            for peer, loaded, timing in prepared:
                timing.times.append(_nanoseconds(peer, loaded) / timing.lines)
    timings = [timing for _, _, timing in prepared]
    return SideBySide(workload.parameters, THREADS, timings, bandwidth)


def _prepared(peer: Peer, workload: Workload, answer: Expected, stack: ExitStack) -> tuple[Peer, Any, Timing]:
    part = workload.first(peer.lines)
    loaded = peer.prepare(part)
    stack.callback(peer.close, loaded)
    given = peer.run(loaded)
    wrong = peer.nets(given) != answer.net[: len(part.lines)]
    if peer.campaigns:
        wrong |= peer.campaigns(given) != answer.campaign[: len(part.lines)]
    if peer.exact and wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        raise WrongAnswer(f"{peer.name}: {np.count_nonzero(wrong)} of {len(wrong)} lines, line {first} first")
    return peer, loaded, Timing(peer.name, len(part.lines), int(np.count_nonzero(wrong)))


def _nanoseconds(peer: Peer, loaded: Any) -> int:
    gc.disable()
    try:
        begin = time.perf_counter_ns()
        answer = peer.run(loaded)
        nanoseconds = time.perf_counter_ns() - begin
    finally:
        gc.enable()
    del answer  # freed after the clock has stopped
    return nanoseconds


def table(measured: SideBySide) -> Iterator[str]:
    """Fastest first; the ratio is to the fastest that is right."""
    of, threads = measured.parameters, f"{measured.threads} thread{'s' if measured.threads > 1 else ''}"
    counts = f"{of.items:,} items, {of.customers:,} customers, {of.campaigns:,} campaigns"
    yield f"{counts}, {of.skew} lines, {threads}"
    yield f"  {'ns per line':<22}{'lines':>11}{'min':>10}{'median':>10}{'max':>10}{'ratio':>8}{'wrong':>8}"
    right = [timing for timing in measured.timings if not timing.wrong] or measured.timings
    fastest = min(min(timing.times) for timing in right)
    for timing in sorted(measured.timings, key=lambda timing: min(timing.times)):
        times = (min(timing.times), timing.median, max(timing.times))
        spread = "".join(f"{value:>10,.1f}" for value in times)
        ratio = min(timing.times) / fastest
        yield f"  {timing.name:<22}{timing.lines:>11,}{spread}{ratio:>8.1f}{timing.wrong:>8,}"
    memory = ", ".join(f"{name} {max(speeds):.1f}" for name, speeds in vars(measured.bandwidth).items())
    yield f"  memory from one core, GB/s: {memory}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", default=",".join(MODULES), help="modules of bench/peers")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path, help="write the figures there too")
    add_options(parser)
    arguments = parser.parse_args()
    workload = make_workload(parameters_from(arguments))
    measured = side_by_side(workload, peers(arguments.peers.split(",")), arguments.rounds)
    print("\n".join(table(measured)))
    if arguments.json:
        arguments.json.write_text(json.dumps(measured.to_json(), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
