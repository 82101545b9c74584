"""The benches in C++, where a build has put them. Each prints JSON, after it has checked every answer."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from bench.figure import Figure

PROGRAMS = Path(__file__).resolve().parents[1] / "build" / "release" / "bench"


def run(programs: Path, name: str, *arguments: str) -> Any:
    command = [str(programs / name), *arguments]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def run_google_benchmark(programs: Path, name: str, operations: int, repetitions: int) -> list[Figure]:
    """Per operation."""
    report = run(
        programs,
        name,
        "--benchmark_format=json",
        f"--benchmark_repetitions={repetitions}",
        "--benchmark_min_time=0.05",
        "--benchmark_enable_random_interleaving=true",  # so that a slow minute falls on all of them
    )
    names = subprocess.run(
        [programs / name, "--benchmark_list_tests"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    figures = {one: Figure(one) for one in names.split()}  # in their own order
    for one in report["benchmarks"]:
        if one["run_type"] == "iteration":
            figure = figures[one["name"]]
            figure.times.append(one["cpu_time"] / operations)
            figure.wrong = int(one.get("wrong", 0))
    return list(figures.values())
