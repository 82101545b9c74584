"""What was measured of one thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Figure:
    """Nanoseconds, one time a round: of a line, or of the whole where there are no lines."""

    name: str
    times: list[float] = field(default_factory=list)
    wrong: int = 0  # lines, of who need not be exact
    workload: str = ""
    lines: int = 0

    def to_json(self) -> dict[str, object]:
        spread = {"min": min(self.times), "median": median(self.times), "max": max(self.times)}
        return {
            **({"workload": self.workload} if self.workload else {}),
            "name": self.name,
            **({"lines": self.lines} if self.lines else {}),
            **{key: round(value, 3) for key, value in spread.items()},
            "wrong": self.wrong,
        }


def to_json(figures: Iterable[Figure]) -> list[dict[str, object]]:
    return [figure.to_json() for figure in figures]
