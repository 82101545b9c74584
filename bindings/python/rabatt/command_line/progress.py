"""How far a long run is: on standard error, and only where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

#: To be called with how much more is done.
Advance: TypeAlias = Callable[[int], None]


@contextmanager
def progress(label: str, size: int, shown: bool = True) -> Iterator[Advance]:
    """A bar that vanishes at the end."""
    if not (shown and _stderr_is_terminal()):
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=size)
        yield lambda done: bar.advance(task, done)


@contextmanager
def waiting(label: str) -> Iterator[None]:
    """The same for work of which nobody knows how far it is."""
    if not _stderr_is_terminal():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(label):
        yield


def _stderr_is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()
