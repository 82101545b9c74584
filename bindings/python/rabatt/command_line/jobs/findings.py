"""What is to be told of rows and orders when all is priced: the first of each kind, and how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rabatt.command_line.failures import Failures
from rabatt.errors import Error


class Finding(NamedTuple):
    """The number of a row in its file, from 0, and what is told of it."""

    row: int
    told: str


@dataclass(slots=True)
class Findings:
    """The first bad row of each code, and the first order with a warning, in some rows."""

    bad: dict[str, Finding] = field(default_factory=dict)
    warned: Finding | None = None

    def add(self, more: Findings) -> None:
        """Where both found something the earlier row counts."""
        for code, finding in more.bad.items():
            self.bad[code] = min(finding, self.bad.get(code, finding))
        self.warned = min(filter(None, (self.warned, more.warned)), default=None)

    def to_json(self) -> dict[str, Any]:
        return {"bad": self.bad, "warned": self.warned}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Findings:
        bad = {code: Finding(*finding) for code, finding in found["bad"].items()}
        return cls(bad, Finding(*found["warned"]) if found["warned"] else None)


@dataclass(slots=True)
class Counts:
    """How many rows there are, how many of them have each code, and how many orders have warnings."""

    rows: int = 0
    bad: Counter[str] = field(default_factory=Counter)
    warned: int = 0

    def add(self, more: Counts) -> None:
        self.rows += more.rows
        self.bad += more.bad
        self.warned += more.warned

    def to_json(self) -> dict[str, Any]:
        return {"rows": self.rows, "bad": self.bad, "warned": self.warned}

    @classmethod
    def from_json(cls, counted: Mapping[str, Any]) -> Counts:
        return cls(counted["rows"], Counter(counted["bad"]), counted["warned"])


def refuse_first(counts: Counts, findings: Findings) -> None:
    """Raises the Error of the first bad row, if there is one: of the codes that these rows have."""
    found = [(findings.bad[code], code) for code in counts.bad]
    if found:
        finding, code = min(found)
        raise Error(code, finding.told)


def failures_of(counts: Counts, findings: Findings) -> Failures:
    """By the rows at which the codes appear."""
    failures = Failures("rows")
    for code in sorted(counts.bad, key=lambda code: findings.bad[code].row):
        failures.counts[code] = counts.bad[code]
        failures.first[code] = findings.bad[code].told
    if counts.warned and findings.warned:
        failures.note_warnings(counts.warned, findings.warned.told)
    return failures
