"""Runs the benches and prints their tables; every answer is checked before its clock starts.

    python bench/run.py build/release                      # all, three quarters of an hour
    python bench/run.py build/release --only batch,arrow   # some
    python bench/run.py build/release --write              # and bench/results, and the tables of the README
    python bench/run.py build/release --quick              # fewer lines, fewer rounds: whether it all works

What --only leaves out keeps the results that it has; each says of what date, commit and machine it is.
Absolute times belong to the machine; the ratios are what counts. What stands side by side ran in turns, so
that a slow minute of the machine fell on all of it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # when it runs as a script

from bench import batches, decimals, store
from bench.bandwidth import Bandwidth, Memory
from bench.figure import to_json
from bench.goals import goals_table
from bench.machine import provenance
from bench.programs import run_google_benchmark
from bench.progress import say
from bench.readme import RESULTS, results_in, write_readme
from bench.side_by_side import from_cxx_and_python, peers, side_by_side
from bench.tables import Result, table_of
from bench.workload import Parameters, make_workload


@dataclass(frozen=True)
class Effort:
    lines: int
    most_lines: int
    peer_lines: int
    rounds: int
    few_rounds: int
    repetitions: int
    campaigns: int  # of a store


FULL = Effort(2_000_000, 10_000_000, 1_000_000, 7, 5, 21, 100_000)
QUICK = Effort(100_000, 200_000, 20_000, 2, 1, 2, 2_000)


def _decimal(programs: Path, effort: Effort) -> Result:
    ours = run_google_benchmark(programs, "decimal", decimals.LINES, effort.repetitions)
    return {"figures": to_json([*ours, decimals.python_decimal(effort.repetitions)])}


def _quote(programs: Path, effort: Effort) -> Result:
    return {"figures": to_json(run_google_benchmark(programs, "quote", 1, effort.repetitions))}


def _live(programs: Path, effort: Effort) -> Result:
    return {"figures": to_json(batches.swapped(programs, Parameters(), effort.rounds))}


def _book(programs: Path, effort: Effort) -> Result:
    return {"figures": to_json(batches.life(programs, Parameters(), effort.few_rounds))}


def _curve(programs: Path, effort: Effort) -> Result:
    workloads = batches.curve(effort.lines)
    return {"figures": to_json(batches.measure(programs, workloads, effort.rounds, "net, 1 thread"))}


def _batch(programs: Path, effort: Effort) -> Result:
    return {"figures": to_json(batches.measure(programs, batches.sizes(effort.lines), effort.rounds))}


def _dates(programs: Path, effort: Effort) -> Result:
    workloads = batches.dates(effort.lines)
    return {"figures": to_json(batches.measure(programs, workloads, effort.few_rounds, ", net"))}


def _peers(programs: Path, effort: Effort) -> Result:
    workload = make_workload(Parameters(lines=effort.peer_lines))
    return side_by_side(workload, peers(programs=programs), effort.rounds).to_json()


def _arrow(programs: Path, effort: Effort) -> Result:
    workload = make_workload(Parameters(lines=effort.most_lines))
    return side_by_side(workload, from_cxx_and_python(programs), effort.rounds).to_json()


def _store(programs: Path, effort: Effort) -> Result:
    return store.measure(programs, store.Sizes(effort.campaigns), effort.few_rounds)


SECTIONS: dict[str, Callable[[Path, Effort], Result]] = {
    "decimal": _decimal,
    "quote": _quote,
    "live": _live,
    "book": _book,
    "curve": _curve,
    "batch": _batch,
    "dates": _dates,
    "peers": _peers,
    "arrow": _arrow,
    "store": _store,
}


def _measured(name: str, programs: Path, effort: Effort) -> Result:
    """With what memory can do in the same minutes."""
    bandwidth, about = Bandwidth(), provenance()
    Memory().measure(bandwidth)
    result = SECTIONS[name](programs, effort)
    Memory().measure(bandwidth)
    return {**about, "gigabytes_per_second": bandwidth.to_json(), **result}


def _chosen(names: str) -> list[str]:
    chosen = names.split(",")
    if unknown := [name for name in chosen if name not in SECTIONS]:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: there are {', '.join(SECTIONS)}")
    return chosen


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("build", type=Path, help="the build folder, such as build/release")
    parser.add_argument("--only", type=_chosen, default=list(SECTIONS), help=",".join(SECTIONS))
    parser.add_argument("--write", action="store_true", help="write bench/results and bench/README.md too")
    parser.add_argument("--quick", action="store_true", help="fewer lines and rounds")
    arguments = parser.parse_args()
    if arguments.quick and arguments.write:
        parser.error("--quick measures nothing worth writing")
    effort, results = QUICK if arguments.quick else FULL, results_in(RESULTS)
    for number, name in enumerate(arguments.only, 1):
        say(f"{name}, {number} of {len(arguments.only)}")
        begin = time.monotonic()
        results[name] = _measured(name, arguments.build / "bench", effort)
        say(f"{name} took {time.monotonic() - begin:.0f} s")
        print("\n".join([*table_of(name, results[name]), ""]), flush=True)
        if arguments.write:  # at once: what follows may be interrupted
            RESULTS.mkdir(exist_ok=True)
            text = json.dumps(results[name], indent=1, ensure_ascii=False)
            (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print("\n".join(goals_table(results)))
    if arguments.write:
        from bench.plots import draw  # Matplotlib is there for this alone

        draw(RESULTS)
        write_readme(results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
