"""The command `rabatt` as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

#: The same as the installed `rabatt`, of the package that is being tested.
COMMAND = [sys.executable, "-m", "rabatt.command_line"]


@dataclass(frozen=True)
class Ended:
    status: int
    out: bytes
    messages: str  # standard error

    @property
    def text(self) -> str:
        return self.out.decode()


def environment(**changes: str) -> dict[str, str]:
    """Without what would colour or widen the output of some machines."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")
    }
    return kept | {"TERM": "xterm-256color"} | changes


def run(*arguments: str | Path, cwd: Path | None = None, **changes: str) -> Ended:
    """Runs it to its end, with nothing on standard input; `changes` are of the environment."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=cwd,
        env=environment(**changes),
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr.decode())
