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
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # when it runs as a script

from bench.bandwidth import Bandwidth, Memory
from bench.expected import Expected, expected
from bench.figure import Figure, to_json
from bench.peers import THREADS
from bench.peers.peer import NotHere, Peer
from bench.programs import PROGRAMS
from bench.progress import say
from bench.tables import table_of
from bench.workload import Parameters, Workload, add_options, make_workload, parameters_from

MODULES = (
    "rabatt_batch",
    "rabatt_arrow",
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


@dataclass(frozen=True)
class SideBySide:
    parameters: Parameters
    threads: int
    figures: list[Figure]
    bandwidth: Bandwidth

    def to_json(self) -> dict[str, object]:
        return {
            "workload": asdict(self.parameters),
            "threads": self.threads,
            "gigabytes_per_second": self.bandwidth.to_json(),
            "figures": to_json(self.figures),
        }


def peers(modules: Sequence[str] = MODULES, programs: Path = PROGRAMS) -> list[Peer]:
    """Imported only now: what is not asked for need not be installed."""
    loaded = [importlib.import_module(f"bench.peers.{module}") for module in modules]
    of_each = [module.peers(programs) if hasattr(module, "peers") else [module.PEER] for module in loaded]
    return [peer for some in of_each for peer in some]


def from_cxx_and_python(programs: Path) -> list[Peer]:
    """The same batch, called in C++ and from Python, on one thread and on two."""
    batch, arrow = (importlib.import_module(f"bench.peers.rabatt_{name}") for name in ("batch", "arrow"))
    return [
        replace(peer, name=f"{name}, {threads} thread{'s' if threads > 1 else ''}")
        for threads in (1, 2)
        for name, peer in (
            ("C++ batch", batch.peer(programs, "", threads)),  # the best instructions there are
            ("Arrow from Python", arrow.peer(threads)),
        )
    ]


def side_by_side(workload: Workload, peers: Sequence[Peer], rounds: int = ROUNDS) -> SideBySide:
    """Raises WrongAnswer before anything is timed."""
    answer = expected(workload)
    with ExitStack() as stack:
        prepared = []
        for peer in peers:
            say(f"  {peer.name}: load, check")
            try:
                prepared.append(_prepared(peer, workload, answer, stack))
            except NotHere as error:
                say(f"  {peer.name} is left out: {error}")
        memory, bandwidth = Memory(), Bandwidth()
        gc.collect()
        gc.freeze()  # so that what one peer holds does not slow the next
        stack.callback(gc.unfreeze)
        for number in range(rounds):
            say(f"  round {number + 1} of {rounds}")
            memory.measure(bandwidth)
            for peer, loaded, figure in prepared:
                figure.times.append(_nanoseconds(peer, loaded) / figure.lines)
    figures = [figure for _, _, figure in prepared]
    return SideBySide(workload.parameters, THREADS, figures, bandwidth)


def _prepared(peer: Peer, workload: Workload, answer: Expected, stack: ExitStack) -> tuple[Peer, Any, Figure]:
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
    figure = Figure(peer.name, wrong=int(np.count_nonzero(wrong)), lines=len(part.lines))
    return peer, loaded, figure


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


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", default=",".join(MODULES), help="modules of bench/peers")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--build", type=Path, default=PROGRAMS.parent, help="the build folder")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    add_options(parser)
    arguments = parser.parse_args()
    workload = make_workload(parameters_from(arguments))
    chosen = peers(arguments.peers.split(","), arguments.build / "bench")
    measured = side_by_side(workload, chosen, arguments.rounds)
    print("\n".join(table_of("peers", measured.to_json())))
    if arguments.json:
        arguments.json.write_text(json.dumps(measured.to_json(), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
