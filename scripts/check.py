"""`make test`: every test on every face, then how many ran, which failed, and which were skipped and why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "build" / "reports"
JOBS = str(os.cpu_count() or 1)


@dataclass
class Face:
    """Commands that run one after the other until one fails. The last may write the JUnit file `report`."""

    name: str
    commands: list[list[str]]
    report: Path | None = None
    environment: dict[str, str] = field(default_factory=dict)
    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)  # the reasons
    seconds: float = 0

    def run(self) -> None:
        begin = time.monotonic()
        print(f"\n== {self.name}", flush=True)
        if tool := next((c[0] for c in self.commands if not shutil.which(c[0])), None):
            self.skipped.append(f"{tool} is not installed")
            return
        if self.report:
            self.report.unlink(missing_ok=True)
        stopped = next((command for command in self.commands if not self.succeeds(command)), None)
        if self.report and self.report.exists():
            self.count(ElementTree.parse(self.report).getroot())
        elif not stopped:
            self.passed += 1
        if stopped and not self.failed:
            self.failed.append(" ".join(stopped[:4]).replace(f"{ROOT}/", ""))
        self.seconds = time.monotonic() - begin

    def succeeds(self, command: list[str]) -> bool:
        environment = {**os.environ, **self.environment}
        done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, env=environment, check=False)
        return done.returncode == 0

    def count(self, report: ElementTree.Element) -> None:
        for case in report.iter("testcase"):
            outcomes = {child.tag for child in case}
            if outcomes & {"failure", "error"}:
                self.failed.append(f"{case.get('classname')}.{case.get('name')}")
            elif outcomes & {"skipped", "disabled"}:
                self.skipped.append(reason(case))
            else:
                self.passed += 1


def reason(case: ElementTree.Element) -> str:
    """Why a test was skipped: what GoogleTest printed below `Skipped`, or the report's message."""
    printed = (case.findtext("system-out") or "").splitlines()
    said = next((text for line, text in pairwise(printed) if line.endswith("Skipped")), None)
    skipped = case.find("skipped")
    if said or skipped is None:
        return said or f"{case.get('name')} is disabled"
    message = skipped.get("message", "")
    return (skipped.text or message) if message == "collection skipped" else message


def ctest(name: str, preset: str) -> Face:
    report = REPORTS / f"ctest-{preset}.xml"
    build = [["cmake", "--preset", preset], ["cmake", "--build", "--preset", preset]]
    run = ["ctest", "--preset", preset, "-j", JOBS, "--output-junit", str(report)]
    return Face(name, [*build, run], report)


def pytest(name: str, *arguments: str, **environment: str) -> Face:
    report = REPORTS / f"pytest-{name.replace(' ', '-')}.xml"
    run = [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", *arguments]
    return Face(name, [run], report, environment)


def cxx_files() -> list[str]:
    rooms = ("engine", "rules", "plugin", "bindings", "tests", "bench")
    found = chain.from_iterable((ROOT / room).rglob(f"*.{end}") for room in rooms for end in ("h", "cc", "c"))
    return sorted(str(path.relative_to(ROOT)) for path in found)


def faces() -> list[Face]:
    tools = Path(sys.executable).parent
    cases = [f"tests/faces/test_cases.py::test_{face}" for face in ("engine", "c")]
    return [
        Face("ruff check", [[f"{tools}/ruff", "check"]]),
        Face("ruff format", [[f"{tools}/ruff", "format", "--check"]]),
        Face("mypy --strict", [[f"{tools}/mypy"]]),
        Face("clang-format", [["clang-format-19", "--dry-run", "-Werror", "--ferror-limit=1", *cxx_files()]]),
        ctest("C++ and C", "release"),
        pytest("Python", "-n", JOBS),
        pytest("docstrings", "--doctest-modules", "--pyargs", "rabatt"),
        ctest("C++ and C with ASan + UBSan", "asan"),
        pytest("cases with ASan + UBSan", "-n", JOBS, *cases, RABATT_BUILD="build/asan"),
    ]


def main() -> int:
    REPORTS.mkdir(parents=True, exist_ok=True)
    done = faces()
    for face in done:
        face.run()
    print(f"\n{'':32}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}")
    for face in done:
        counts = f"{face.passed:8}{len(face.failed):8}{len(face.skipped):9}{face.seconds:9.0f}"
        print(f"{face.name:32}{counts}")
    for face in done:
        for why, times in Counter(face.skipped).items():
            print(f"skipped {times} x, {face.name}: {why}")
        for name in face.failed:
            print(f"failed, {face.name}: {name}")
    failed = sum(len(face.failed) for face in done)
    skipped = sum(len(face.skipped) for face in done)
    print(f"{sum(face.passed for face in done)} passed, {failed} failed, {skipped} skipped")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
