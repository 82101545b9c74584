"""What is being done, on the standard error, with the seconds since the program began."""

from __future__ import annotations

import sys
import time

_BEGIN = time.monotonic()


def say(text: str) -> None:
    print(f"{time.monotonic() - _BEGIN:>6.0f} s  {text}", file=sys.stderr, flush=True)
