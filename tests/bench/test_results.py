"""The tables, the goals and the README are what the results say; and the batch bench finds what is wrong."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.goals import GOALS, goals_table
from bench.programs import PROGRAMS
from bench.readme import MARKED, README, RESULTS, filled, results_in
from bench.run import SECTIONS
from bench.tables import Result, Shown, table_of
from bench.workload import make_workload
from bench.workload_files import write_answers, write_files
from tests.bench.test_workload import CROWDED

ABOUT = {"date": "2026-03-10", "commit": "abc1234", "machine": "a machine"}
MEMORY = {"gigabytes_per_second": {"copy": [10.0, 12.0, 11.0], "add": [9.0]}}


def figure(name: str, median: float, **other: object) -> Shown:
    return {"name": name, "min": median / 2, "median": median, "max": median * 2, "wrong": 0, **other}


def result(*figures: Shown, **other: object) -> Result:
    return {**ABOUT, **MEMORY, "figures": list(figures), **other}


def test_the_readme_shows_the_results_that_are_there() -> None:
    text, results = README.read_text(encoding="utf-8"), results_in(RESULTS)
    assert [mark[1] for mark in MARKED.finditer(text)] == ["goals", *SECTIONS]
    assert filled(text, results) == text, "python bench/readme.py"
    assert results.keys() <= SECTIONS.keys()
    assert all(ABOUT.keys() <= result.keys() for result in results.values())


def test_only_what_is_between_the_marks_is_written() -> None:
    text = (
        "Why.\n<!-- results: book -->\nold\n<!-- end -->\nBecause.\n<!-- results: arrow -->\n<!-- end -->\n"
    )
    book = result(figure("build", 1_500_000_000, workload="1 item"))
    once = filled(text, {"book": book})
    assert once.startswith("Why.\n<!-- results: book -->\n| 1 item |")
    assert "750 / 1,500 / 3,000" in once and "2026-03-10, commit abc1234" in once and "old" not in once
    assert once.endswith("<!-- end -->\nBecause.\n<!-- results: arrow -->\nNot measured yet.\n<!-- end -->\n")
    assert filled(once, {"book": book}) == once


def status_of(work: str, **results: Result) -> str:
    row = next(row for row in goals_table(results) if work in row)
    return re.split(r" *\| *", row)[4]


@pytest.mark.parametrize(
    ("work", "name", "figures", "reached"),
    [
        ("hot", "quote", [("ids_hot/100000", 50)], "met"),
        ("hot", "quote", [("ids_hot/100000", 50.1)], "**missed**"),
        ("open a saved one", "book", [("open", 1_000_000)], "met"),
        ("open a saved one", "book", [("open", 1_000_001)], "**missed**"),
        ("from 10 to", "curve", [("batch, AVX2, net, 1 thread", ns) for ns in (10, 12, 11)], "met"),
        ("from 10 to", "curve", [("batch, AVX2, net, 1 thread", ns) for ns in (10, 12.1)], "**missed**"),
        ("fastest peer", "peers", [("rabatt, AVX2", 2), ("slow", 90), ("fast", 30)], "met"),
        ("fastest peer", "peers", [("rabatt, AVX2", 2), ("slow", 90), ("fast", 29.9)], "**missed**"),
    ],
)
def test_goals_are_judged_by_the_median(
    work: str, name: str, figures: list[tuple[str, float]], reached: str
) -> None:
    assert status_of(work, **{name: result(*(figure(*one) for one in figures))}) == reached


def test_goals_of_what_was_not_measured() -> None:
    assert {goal.result for goal in GOALS} <= SECTIONS.keys()
    rows = list(goals_table({}))[2:]
    assert len(rows) == len(GOALS) and all("not measured yet" in row for row in rows)
    assert (
        status_of("AVX-512", batch=result(figure("batch, portable, net, 1 thread", 9, workload="other")))
        == ""
    )


def test_a_wrong_peer_is_not_the_fastest() -> None:
    wrong = {**figure("float", 3), "wrong": 1}
    peers = result(figure("rabatt, portable", 2), wrong, figure("right", 40))
    assert status_of("fastest peer", peers=peers) == "met"


def test_tables_are_aligned() -> None:
    figures = [
        figure(f"batch, {name}", 10, workload="w") for name in ("AVX2, net, 1 thread", "AVX2, all, 1 thread")
    ]
    head, line, row = table_of("batch", result(*figures))
    assert row == "| w, AVX2     | 5.00 / 10.0 / 20.0 | 5.00 / 10.0 / 20.0 |"
    assert len(head) == len(line) == len(row)


@pytest.mark.parametrize("answer", ["expected_net.i64", "expected_campaign.i32", "expected_dated_net.i64"])
def test_the_batch_bench_refuses_wrong_answers(answer: str, tmp_path: Path) -> None:
    if not (PROGRAMS / "batch").exists():
        pytest.skip(f"{PROGRAMS / 'batch'} is not built")
    workload = make_workload(replace(CROWDED, dates=365))
    write_files(workload, tmp_path)
    write_answers(workload, tmp_path)
    command = [str(PROGRAMS / "batch"), str(tmp_path), "1"]
    assert subprocess.run(command, capture_output=True).returncode == 0
    numbers = np.fromfile(tmp_path / answer, "<i8" if answer.endswith("i64") else "<i4")
    numbers[17] += 1
    numbers.tofile(tmp_path / answer)
    refused = subprocess.run(command, capture_output=True, text=True)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.endswith(": 1 lines are wrong\n")
