"""`make coverage`: which branches of the arithmetic the C++ tests take, as llvm-cov counts them.

Fails when a branch of COMPLETE was never taken. MC/DC stands beside it; the lines: build/coverage/report.txt
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "coverage"
SOURCES = ROOT / "engine" / "src"
COMPLETE = [
    *("decimal.cc", "exact.cc", "money.cc", "price*.cc", "payment.cc", "early_payment.cc"),
    *("total.cc", "choice.cc", "candidates.cc", "list_price.cc", "amounts.cc"),
]


def run(*command: str | Path, **environment: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, **environment})


def printed(*command: str | Path) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def main() -> int:
    profiles = BUILD / "profiles"
    shutil.rmtree(profiles, ignore_errors=True)
    run("cmake", "--preset", "coverage")
    run("cmake", "--build", "--preset", "coverage")
    profile = str(profiles / "%m-%p.profraw")
    run("ctest", "--preset", "coverage", LLVM_PROFILE_FILE=profile)
    cases = (sys.executable, "-m", "pytest", "-q", "tests/faces")
    run(*cases, LLVM_PROFILE_FILE=profile, RABATT_BUILD=str(BUILD))
    merged = BUILD / "all.profdata"
    run("llvm-profdata-19", "merge", "-sparse", "-o", merged, profiles)

    files = [path for pattern in COMPLETE for path in sorted(SOURCES.glob(pattern))]
    # the static library has every function once, whichever program ran it
    data: list[str | Path] = [BUILD / "engine" / "librabatt_engine.a", f"-instr-profile={merged}", *files]
    lines = printed("llvm-cov-19", "show", "-show-branches=count", "-show-mcdc", *data)
    (BUILD / "report.txt").write_text(lines)
    report = json.loads(printed("llvm-cov-19", "export", "-summary-only", "-show-mcdc-summary", *data))

    print(f"\n{'':24}{'branches':>16}{'MC/DC':>16}{'lines':>16}")
    missed = 0
    for entry in report["data"][0]["files"]:
        counts = [entry["summary"][kind] for kind in ("branches", "mcdc", "lines")]
        missed += counts[0]["count"] - counts[0]["covered"]
        cells = "".join(f"{part['covered']:>9} of {part['count']:>3}" for part in counts)
        print(f"{Path(entry['filename']).name:24}{cells}")
    print(f"{missed} branches never taken; the lines are in {BUILD.relative_to(ROOT)}/report.txt")
    return missed > 0


if __name__ == "__main__":
    sys.exit(main())
