"""The commands of a store, run in this process on a database of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rabatt.command_line.commands import app
from typer.testing import CliRunner, Result

LINES = json.dumps([{"item": "TEA", "discount": "10"}])


@dataclass(frozen=True)
class Shop:
    """A store that is there; `by` does everything."""

    url: str
    by: str = "ANN"

    def run(self, *arguments: str | Path, typed: str = "") -> Result:
        """A command; `typed` comes on standard input."""
        options = ["--store", self.url, "--as", self.by]
        return CliRunner().invoke(app, [*map(str, arguments), *options], input=typed)

    def done(self, *arguments: str | Path) -> str:
        """What a command printed that worked and said nothing else."""
        done = self.run(*arguments)
        assert (done.exit_code, done.stderr) == (0, ""), done.stderr
        return done.stdout

    def json(self, *arguments: str | Path) -> Any:
        return json.loads(self.done(*arguments, "--format", "json"))

    def refused(self, *arguments: str | Path) -> str:
        """The messages of a command that did nothing."""
        done = self.run(*arguments)
        assert (done.exit_code, done.stdout) == (1, ""), done.stdout
        return done.stderr


def made(shop: Shop) -> Shop:
    """With an item and a campaign."""
    shop.done("item", "add", "number=TEA", "name=Tea", "prices.EUR=12.50", "tags=hot,green")
    shop.done(
        "campaign", "add", "name=AS Spring", "pricing_type=set_discount", "date=2026-03-01",
        "plan.budget=60000", "plan.recipients=2000", f"lines={LINES}", "custom.season=spring",
    )  # fmt: skip
    return shop
