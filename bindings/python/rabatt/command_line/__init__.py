"""The command line: `rabatt price BOOK ORDERS` and the rest; `rabatt --help` tells them all.

Results go to standard output, messages to standard error, one line each: `rabatt: CODE subject`. The exit
status is 0, 1 where nothing could be done, 2 where some lines could not be priced and all others were.
"""

from __future__ import annotations

import signal
import sys
from importlib.abc import MetaPathFinder
from types import FrameType
from typing import Any, NoReturn

__all__ = ["main"]


def main() -> NoReturn:
    """Runs the command of `sys.argv`. What takes long to load is loaded by the command that needs it."""
    signal.signal(signal.SIGTERM, _end)
    sys.meta_path.insert(0, _WithoutPandas())
    try:
        from rabatt.command_line.commands import app

        app()
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)


class _WithoutPandas(MetaPathFinder):
    """PyArrow loads pandas where it is installed, which takes long and much memory; no command needs it."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """An end by signal that still removes what is half-written."""
    sys.exit(128 + number)
