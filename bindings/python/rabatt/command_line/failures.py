"""Lines and requests that could not be priced: counted by code, and told at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from rabatt.command_line.messages import say, say_lines, shown
from rabatt.errors import Error

SUCCESS = 0
NOTHING_DONE = 1
SOME_NOT_PRICED = 2


@dataclass
class Failures:
    """`things` is what is counted, "rows" or "requests". Where a run is to fail fast the first ends it.
    `notes` are what else is to be told."""

    things: str
    fail_fast: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, code: str, subject: str) -> None:
        if self.fail_fast:
            raise Error(code, subject)
        self.counts[code] = self.counts.get(code, 0) + 1
        self.first.setdefault(code, subject)

    def note_warnings(self, orders: int, first: str) -> None:
        """Warnings are no failures, but a campaign that was named and gave nothing should not pass unseen."""
        self.notes.append(
            f"1 order has a warning: {first}"
            if orders == 1
            else f"{orders:,} orders have warnings, the first: {first}"
        )

    def tell(self) -> int:
        """One message per code, and the notes; the exit status."""
        for code, count in self.counts.items():
            subject = self.first[code]
            say(code, subject if count == 1 else f"{count} {self.things}, the first: {subject}")
        for note in self.notes:
            say_lines(f"rabatt: {shown(note)}\n")
        return SOME_NOT_PRICED if self.counts else SUCCESS
