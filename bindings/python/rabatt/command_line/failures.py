"""Lines and requests that could not be priced: counted by code, and told at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from rabatt.command_line.messages import say
from rabatt.errors import Error

SUCCESS = 0
NOTHING_DONE = 1
SOME_NOT_PRICED = 2


@dataclass
class Failures:
    """`things` is what is counted, "lines" or "requests". Where a run is to fail fast the first ends it."""

    things: str
    fail_fast: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, code: str, subject: str) -> None:
        if self.fail_fast:
            raise Error(code, subject)
        self.counts[code] = self.counts.get(code, 0) + 1
        self.first.setdefault(code, subject)

    def tell(self) -> int:
        """One message per code; the exit status."""
        for code, count in self.counts.items():
            subject = self.first[code]
            say(code, subject if count == 1 else f"{count} {self.things}, the first: {subject}")
        return SOME_NOT_PRICED if self.counts else SUCCESS
