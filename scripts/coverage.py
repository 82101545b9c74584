"""`make coverage`: which branches of the arithmetic the tests take, as llvm-cov sees them.

Fails when a side of a branch of COMPLETE was never taken (a template counts once for all its instances).
MC/DC stands beside it; every line is in build/coverage/report.txt.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "coverage"
COMPLETE = [
    *(
        "decimal",
        "scaled",
        "exact",
        "int128",
        "rounding",
        "rounder",
        "money",
        "price",
        "price_line",
        "payment",
    ),
    *("early_payment", "total", "choice", "candidates", "list_price", "amounts"),
]  # .cc and .h of engine/
SWITCH = re.compile(r"^ *(\d+)\|[^|]*\|(.*\bswitch \()")
FILE_OR_BRANCH = re.compile(r"^(?P<file>/.*):$|Branch \((?P<place>\d+:\d+)\): \[True: (.+?), False: (.+?)\]")

Sides = dict[str, dict[str, set[str]]]  # file → place → sides taken


def run(*command: str | Path, **environment: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, **environment})


def printed(*command: str | Path) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def sides_taken(report: str) -> Sides:
    taken: Sides = defaultdict(lambda: defaultdict(set))
    file = switch = ""
    for line in report.splitlines():
        if match := SWITCH.match(line):
            switch = f"{match[1]}:{len(match[2]) + 1}"
        match = FILE_OR_BRANCH.search(line)
        if match and match["file"]:
            file = Path(match["file"]).name
        elif match and match["place"] != switch:  # every enumerator has its case: past them there is no way
            counts = {"true": match[3], "false": match[4]}
            taken[file][match["place"]] |= {side for side, count in counts.items() if count != "0"}
    return taken


def main() -> int:
    run("cmake", "--preset", "coverage")
    run("cmake", "--build", "--preset", "coverage")
    profiles = BUILD / "profiles"
    shutil.rmtree(profiles, ignore_errors=True)
    profile = str(profiles / "%m-%p.profraw")
    run("ctest", "--preset", "coverage", LLVM_PROFILE_FILE=profile)
    cases = [f"tests/faces/test_cases.py::test_{face}" for face in ("engine", "c")]
    run(sys.executable, "-m", "pytest", "-q", *cases, LLVM_PROFILE_FILE=profile, RABATT_BUILD=str(BUILD))
    merged = BUILD / "all.profdata"
    run("llvm-profdata-19", "merge", "-sparse", "-o", merged, profiles)

    engine = sorted((ROOT / "engine").rglob("*.cc")) + sorted((ROOT / "engine").rglob("*.h"))
    files = [path for path in engine if path.stem in COMPLETE]
    # the static library has every function once, whichever program ran it; the tests have all of the headers
    library, tests = BUILD / "engine/librabatt_engine.a", BUILD / "tests/engine/rabatt_engine_tests"
    data: list[str | Path] = [library, "-object", tests, f"-instr-profile={merged}", *files]
    report = printed("llvm-cov-19", "show", "-show-branches=count", "-show-mcdc", *data)
    (BUILD / "report.txt").write_text(report, encoding="utf-8")
    summary = json.loads(printed("llvm-cov-19", "export", "-summary-only", "-show-mcdc-summary", *data))

    taken = sides_taken(report)
    never: list[str] = []
    print(f"\n{'':24}{'branches':>16}{'MC/DC':>16}{'lines':>16}")
    for entry in summary["data"][0]["files"]:
        name = Path(entry["filename"]).name
        places = taken[name]
        counts = [(sum(map(len, places.values())), 2 * len(places))]
        parts = (entry["summary"][kind] for kind in ("mcdc", "lines"))
        counts += [(part["covered"], part["count"]) for part in parts]
        print(f"{name:24}" + "".join(f"{covered:>9} of {count:>3}" for covered, count in counts))
        for place, sides in places.items():
            never += [f"{name}:{place}: never {side}" for side in ("true", "false") if side not in sides]
    print(*never, f"{len(never)} branches never taken; all lines: build/coverage/report.txt", sep="\n")
    return bool(never)


if __name__ == "__main__":
    sys.exit(main())
