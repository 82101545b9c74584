"""How far a long run is: on standard error, and only where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

#: To be called with how much more is done.
Advance: TypeAlias = Callable[[int], None]


@contextmanager
def progress(label: str, size: int, shown: bool = True, unit: str = "", done: int = 0) -> Iterator[Advance]:
    """A bar with the time that is left, which vanishes at the end; with how much is done in a second, where
    there is a `unit`. So much is `done` already."""
    if not (shown and _stderr_is_terminal()):
        yield lambda more: None
        return
    from rich.console import Console
    from rich.progress import Progress, ProgressColumn, Task
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f} {unit}/s" if unit and task.speed else "")

    columns = (*Progress.get_default_columns(), Rate())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=size, completed=done)
        yield lambda more: bar.advance(task, more)


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
