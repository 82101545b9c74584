"""`make test`: every test on every face, then how many ran, which failed, and which were skipped and why."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "build" / "reports"
JOBS = str(os.cpu_count() or 1)


@dataclass
class Face:
    """What ran on one face: how many tests passed, which failed, why others were skipped."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


TRIED = re.compile(r"^(.*\bseed [^:,]*)([:,].*)$", re.MULTILINE)
VECTORS = re.compile(r"^ +(\d+)  (applicable|skipped: .*)$", re.MULTILINE)  # of decTest


@dataclass
class Run:
    """Commands that run one after the other until one fails. The last may write the JUnit file `report`,
    whose tests belong to the face that `face_of` names; without it the run is one test."""

    name: str
    commands: list[list[str]]
    report: Path | None = None
    environment: dict[str, str] = field(default_factory=dict)
    face_of: Callable[[str], str] | None = None
    seconds: float = 0
    faces: defaultdict[str, Face] = field(default_factory=lambda: defaultdict(Face))
    tried: dict[str, str] = field(default_factory=dict)  # what property tests say of their trials
    vectors: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        begin = time.monotonic()
        print(f"\n== {self.name}", flush=True)
        if tool := next((c[0] for c in self.commands if not shutil.which(c[0])), None):
            self.faces[self.name].skipped.append(f"{tool} is not installed")
            return
        if self.report:
            self.report.unlink(missing_ok=True)
        stopped = next((command for command in self.commands if not self.succeeds(command)), None)
        if self.report and self.report.exists():
            self.count(ElementTree.parse(self.report).getroot())
        elif not stopped:
            self.faces[self.name].passed += 1
        if stopped and not any(face.failed for face in self.faces.values()):
            self.faces[self.name].failed.append(" ".join(stopped[:4]).replace(f"{ROOT}/", ""))
        self.seconds = time.monotonic() - begin

    def succeeds(self, command: list[str]) -> bool:
        environment = {**os.environ, **self.environment}
        done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, env=environment, check=False)
        return done.returncode == 0

    def count(self, report: ElementTree.Element) -> None:
        for case in report.iter("testcase"):
            name = f"{case.get('classname')}.{case.get('name')}"
            face = self.faces[self.face_of(name) if self.face_of else self.name]
            printed = case.findtext("system-out") or ""
            self.tried.update(TRIED.findall(printed))
            self.vectors.update({what: int(count) for count, what in VECTORS.findall(printed)})
            outcomes = {child.tag for child in case}
            if outcomes & {"failure", "error"}:
                face.failed.append(name)
            elif outcomes & {"skipped", "disabled"}:
                face.skipped.append(reason(case))
            else:
                face.passed += 1


NAMES = {"book_files": "book files", "c": "C", "python": "Python", "command_line": "command line"}


def python_face_of(test: str) -> str:
    """`cases: engine` for a case through the engine, else the folder of the test."""
    if through := re.match(
        r"tests\.faces\.test_cases\.test_(engine|book_files|c|python|oracle|command_line)(\[|_in_)", test
    ):
        return f"cases: {NAMES.get(through[1], through[1])}"
    if test.startswith("tests.faces.test_store_cases"):
        return "cases: store"
    folder = test.split(".")[1]
    return NAMES.get(folder, folder)


def reason(case: ElementTree.Element) -> str:
    """Why a test was skipped: what GoogleTest printed below `Skipped`, or the report's message."""
    printed = (case.findtext("system-out") or "").splitlines()
    said = next((text for line, text in pairwise(printed) if line.endswith("Skipped")), None)
    skipped = case.find("skipped")
    if said or skipped is None:
        return said or f"{case.get('name')} is disabled"
    message = skipped.get("message", "")
    return (skipped.text or message) if message == "collection skipped" else message


def ctest(name: str, preset: str) -> Run:
    report = REPORTS / f"ctest-{preset}.xml"
    build = [["cmake", "--preset", preset], ["cmake", "--build", "--preset", preset]]
    run = ["ctest", "--preset", preset, "-j", JOBS, "--output-junit", str(report)]
    return Run(name, [*build, run], report)


def pytest(
    name: str,
    *arguments: str,
    face_of: Callable[[str], str] | None = None,
    environment: dict[str, str] | None = None,
) -> Run:
    report = REPORTS / f"pytest-{name.replace(' ', '-')}.xml"
    run = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-o",
        "junit_logging=system-out",
        f"--junit-xml={report}",
        *arguments,
    ]
    return Run(name, [run], report, environment or {}, face_of)


def cxx_files() -> list[str]:
    rooms = ("engine", "rules", "plugin", "bindings", "tests", "bench")
    found = chain.from_iterable((ROOT / room).rglob(f"*.{end}") for room in rooms for end in ("h", "cc", "c"))
    return sorted(str(path.relative_to(ROOT)) for path in found)


def runs() -> list[Run]:
    tools = Path(sys.executable).parent
    cases = [f"tests/faces/test_cases.py::test_{face}" for face in ("engine", "book_files", "c")]
    return [
        Run("ruff check", [[f"{tools}/ruff", "check"]]),
        Run("ruff format", [[f"{tools}/ruff", "format", "--check"]]),
        Run("mypy --strict", [[f"{tools}/mypy"]]),
        Run("clang-format", [["clang-format-19", "--dry-run", "-Werror", "--ferror-limit=1", *cxx_files()]]),
        ctest("C++ and C", "release"),
        pytest("everything from Python", "-n", JOBS, "--dist", "worksteal", face_of=python_face_of),
        pytest("docstrings", "--doctest-modules", "--pyargs", "rabatt"),
        ctest("C++ and C, ASan + UBSan", "asan"),
        pytest("cases, ASan + UBSan", "-n", JOBS, *cases, environment={"RABATT_BUILD": "build/asan"}),
    ]


def main() -> int:
    REPORTS.mkdir(parents=True, exist_ok=True)
    done = runs()
    for run in done:
        run.run()
    faces = [(name, face) for run in done for name, face in run.faces.items()]
    print(f"\n{'':32}{'passed':>8}{'failed':>8}{'skipped':>9}")
    for name, face in faces:
        print(f"{name:32}{face.passed:8}{len(face.failed):8}{len(face.skipped):9}")
    tried = {what: how for run in reversed(done) for what, how in run.tried.items()}
    for what, how in tried.items():
        print(f"tried {what}{how}")
    for what, count in next((run.vectors for run in done if run.vectors), Counter[str]()).items():
        print(f"decTest vectors, {what}: {count}")
    print("seconds:", ", ".join(f"{run.name} {run.seconds:.0f}" for run in done))
    for name, face in faces:
        for why, times in Counter(face.skipped).items():
            print(f"skipped {times} x, {name}: {why}")
        for test in face.failed:
            print(f"failed, {name}: {test}")
    failed = sum(len(face.failed) for _, face in faces)
    skipped = sum(len(face.skipped) for _, face in faces)
    print(f"{sum(face.passed for _, face in faces)} passed, {failed} failed, {skipped} skipped")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
