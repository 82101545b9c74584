"""Instructions per quote, as valgrind counts them, against the figures of this folder: a change of more than
2 % must be meant.

    check.py PROGRAM COMPILER            compares; ctest -R instructions -V shows how it is called
    check.py PROGRAM COMPILER --renew    writes what it counted into figures.json

Counts depend on the compiler, so each has its figures; where this one has none the test is skipped. Times are
the bench's; instructions do not change with what else the machine does.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FIGURES = Path(__file__).with_name("figures.json")
KINDS = {"document": "price() of one line", "ids": "LinePricer, by ids", "batch": "batch, portable, a line"}
MOST_CHANGE = 0.02
SKIPPED = 77  # for ctest


def skip(reason: str) -> int:
    print(f"Skipped\n{reason}")
    return SKIPPED


def instructions_per_quote(program: str, kind: str) -> float:
    """Of what runs inside measured(), and nothing around it."""
    # glibc chooses by the machine how it copies memory; no machine has less than this
    environment = os.environ | {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX,-AVX2,-AVX512F,-ERMS,-FSRM"}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [
                "valgrind",
                "--tool=callgrind",
                "--toggle-collect=measured",
                f"--callgrind-out-file={folder}/counts",
                program,
                kind,
            ],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    counted = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not counted:
        sys.exit(f"{kind}: {done.stdout}{done.stderr}")
    return int(counted[1]) / int(done.stdout)


def main(program: str, compiler: str, *options: str) -> int:
    figures: dict[str, dict[str, float]] = json.loads(FIGURES.read_text(encoding="utf-8"))
    renew = options == ("--renew",)
    if options and not renew:
        sys.exit(f"{options[0]}: only --renew is known; is the name of the compiler one argument?")
    if not shutil.which("valgrind"):
        return skip("valgrind is not installed")
    if compiler not in figures and not renew:
        return skip(f"no figures for {compiler}, only for {', '.join(figures)}")
    known = figures.get(compiler, {})
    counted = {kind: round(instructions_per_quote(program, kind), 1) for kind in KINDS}
    failed = 0
    for kind, count in counted.items():
        change = count / known[kind] - 1 if kind in known else 0
        failed += abs(change) > MOST_CHANGE
        print(f"{KINDS[kind]:28}{count:12,.1f} instructions, {change:+.2%}")
    if renew:
        figures[compiler] = counted
        FIGURES.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
        return 0
    print(f"instructions per quote: seed none, {len(counted)} tried, {failed} off by over {MOST_CHANGE:.0%}")
    if failed:
        print("If this is meant, the same command with --renew writes new figures; commit them and say why.")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
