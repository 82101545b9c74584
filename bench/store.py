"""A store of many records, in SQLite and PostgreSQL: searches, publishing, recipients from the address book,
memory; and how long the command line takes to open.

    python bench/store.py                                   # all: a quarter of an hour
    python bench/store.py --campaigns 5000 --databases SQLite

Each database is filled by the store's own verbs. What they answer must be the same, or nothing is measured;
then they are measured in turns. A PostgreSQL server is started for it that writes to the disk before it says
so, as SQLite does.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # when it runs as a script

from bench.figure import Figure, to_json
from bench.peers.postgres_server import postgres_url, vacuum
from bench.programs import PROGRAMS, run
from bench.progress import say
from bench.tables import Result, table_of

DATABASES = ("SQLite", "PostgreSQL")
ROUNDS = 5
FINDS = 5  # in each round
COMMANDS = {"rabatt --help": ["--help"], "rabatt campaign list --help": ["campaign", "list", "--help"]}
MEMORY = Path(__file__).with_name("store_memory.py")


@dataclass(frozen=True)
class Sizes:
    """Of each campaign ten lines, and for each ten recipients."""

    campaigns: int = 100_000

    @property
    def customers(self) -> int:
        return self.campaigns

    @property
    def recipients(self) -> int:
        return 10 * self.campaigns

    def arguments(self) -> list[str]:
        return [str(count) for count in (self.campaigns, self.customers, self.recipients)]


@contextmanager
def _empty(database: str) -> Iterator[str]:
    """The URL of an empty database, gone in the end."""
    if database == "PostgreSQL":
        with postgres_url() as url:
            yield url
    else:
        with tempfile.TemporaryDirectory(prefix="rabatt-bench-") as folder:
            yield f"sqlite:{folder}/store.db"


def measure(programs: Path, sizes: Sizes, rounds: int, databases: Sequence[str] = DATABASES) -> Result:
    with _all_empty(databases) as urls:
        filling = [figure for name, url in urls.items() for figure in _fill(programs, name, url, sizes)]
        _compare(programs, urls, sizes)
        figures = [*_verbs(programs, urls, rounds), *_commands(rounds)]
        memory = [one for name, url in urls.items() for one in _memory(name, url, sizes)]
    workload = (
        f"{sizes.campaigns:,} campaigns, {sizes.customers:,} customers, {sizes.recipients:,} recipients"
    )
    return {
        "workload": workload,
        "figures": to_json(figures),
        "filling": to_json(filling),
        "memory": memory,
    }


@contextmanager
def _all_empty(databases: Sequence[str]) -> Iterator[dict[str, str]]:
    if not databases:
        yield {}
        return
    first, *others = databases
    with _empty(first) as url, _all_empty(others) as urls:
        yield {first: url, **urls}


def _fill(programs: Path, name: str, url: str, sizes: Sizes) -> list[Figure]:
    say(f"  filling {name}")
    parts = run(programs, "store", "fill", url, *sizes.arguments())
    if name == "PostgreSQL":  # as its autovacuum does within minutes
        vacuum(url)
    return [Figure(one["name"], one["nanoseconds"], workload=name) for one in parts]


def _compare(programs: Path, urls: dict[str, str], sizes: Sizes) -> None:
    """All databases say the same: the hash of the book, counts, first pages."""
    say("  comparing answers")
    answers = {name: run(programs, "store", "answers", url) for name, url in urls.items()}
    for name, answer in answers.items():
        first = next(iter(answers.values()))
        different = [key for key in first if answer.get(key) != first[key]]
        if different or answer["campaign_line"] != 10 * sizes.campaigns:
            raise RuntimeError(f"{name} answers otherwise: {', '.join(different) or 'campaign_line'}")


def _verbs(programs: Path, urls: dict[str, str], rounds: int) -> list[Figure]:
    found: dict[tuple[str, str], Figure] = {}
    for turn in range(rounds):
        say(f"  turn {turn + 1} of {rounds}")
        for name, url in urls.items():
            for part, times in (("find", FINDS), ("publish", 1), ("add", 1)):
                for one in run(programs, "store", "measure", url, str(times), part):
                    figure = found.setdefault((name, one["name"]), Figure(one["name"], workload=name))
                    figure.times += one["nanoseconds"]
    return list(found.values())


def _commands(rounds: int) -> list[Figure]:
    """From the start of the process to its end."""
    say("  the command line")
    program = Path(sys.executable).with_name("rabatt")
    figures = []
    for name, words in COMMANDS.items():
        figure = Figure(name, workload="command line")
        for _ in range(1 + 2 * rounds):
            begin = time.perf_counter_ns()
            told = subprocess.run([program, *words], check=True, capture_output=True, text=True).stdout
            figure.times.append(time.perf_counter_ns() - begin)
            if "Usage" not in told:
                raise RuntimeError(f"{name} says {told!r}")
        del figure.times[0]  # its files may have been on the disk alone
        figures.append(figure)
    return figures


def _memory(name: str, url: str, sizes: Sizes) -> list[dict[str, Any]]:
    figures = []
    for verb in ("find", "csv"):
        for rows in (sizes.recipients // 100, sizes.recipients):
            say(f"  memory of {verb}, {rows:,} rows, {name}")
            command = [sys.executable, str(MEMORY), url, verb, str(rows)]
            environment = {**os.environ, "PYTHONHASHSEED": "0"}
            told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
            one = json.loads(told.stdout)
            if one["rows"] != rows:
                raise RuntimeError(f"{name}: {verb} has seen {one['rows']} of {rows} rows")
            figures.append({"workload": name, "name": verb, **one})
    return figures


def _chosen(names: str) -> list[str]:
    chosen = names.split(",")
    if unknown := [name for name in chosen if name not in DATABASES]:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: there are {', '.join(DATABASES)}")
    return chosen


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--campaigns", type=int, default=Sizes.campaigns)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--databases", type=_chosen, default=DATABASES, help=",".join(DATABASES))
    parser.add_argument("--build", type=Path, default=PROGRAMS.parent, help="the build folder")
    arguments = parser.parse_args()
    sizes = Sizes(arguments.campaigns)
    result = measure(arguments.build / "bench", sizes, arguments.rounds, arguments.databases)
    print("\n".join(table_of("store", result)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
