"""The command line: `rabatt price BOOK ORDERS` and the rest; `rabatt --help` tells them all.

Results go to standard output, messages to standard error, one line each: `rabatt: CODE subject`. The exit
status is 0, 1 where nothing could be done, 2 where some lines could not be priced and all others were.
"""

from __future__ import annotations

import signal
import sys
from types import FrameType, ModuleType
from typing import NoReturn, cast

__all__ = ["main"]


def main() -> NoReturn:
    """Runs the command of `sys.argv`. What takes long to load is loaded by the command that needs it."""
    signal.signal(signal.SIGTERM, _end)
    sys.modules.setdefault("pandas", cast(ModuleType, None))  # PyArrow would load it, where it is installed
    try:
        from rabatt.command_line.commands import app

        app()
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """An end by signal that still removes what is half-written."""
    sys.exit(128 + number)
