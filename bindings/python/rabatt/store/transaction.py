"""Transactions: which one a verb belongs to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from rabatt import _rabatt
from rabatt.store.clock import Actor, milliseconds_of


class OpenStore:
    """The store that all views share, and the transaction that each thread is in."""

    def __init__(self, store: _rabatt.Store) -> None:
        self._store: _rabatt.Store | None = store
        self._threads = threading.local()

    def close(self) -> None:
        """Waits for nobody: a transaction that is open goes on until it is left."""
        self._store = None

    @property
    def is_closed(self) -> bool:
        """Whether it was."""
        return self._store is None

    @property
    def store(self) -> _rabatt.Store:
        """Raises ValueError where the store was closed."""
        if self._store is None:
            raise ValueError("the store is closed")
        return self._store

    @property
    def in_transaction(self) -> bool:
        """Whether this thread is in one."""
        return getattr(self._threads, "open", None) is not None

    @contextmanager
    def writing(self, actor: Actor, at: datetime | None) -> Iterator[_rabatt.Transaction]:
        """The thread's transaction, or one that is committed where the block ends without an exception."""
        if joined := self._joined(actor, at):
            yield joined
            return
        work = self.store.begin(*actor.at(at))
        self._threads.open = work, actor, at
        try:
            yield work
            work.commit()
        finally:
            self._threads.open = None
            work.undo()  # of what was committed there is nothing to undo

    @contextmanager
    def reading(self, actor: Actor, at: datetime | None) -> Iterator[_rabatt.Transaction]:
        """The thread's transaction, or one that reads one state of the store."""
        if joined := self._joined(actor, at):
            yield joined
            return
        work = self.store.read(*actor.at(at))
        try:
            yield work
        finally:
            work.undo()

    def _joined(self, actor: Actor, at: datetime | None) -> _rabatt.Transaction | None:
        """Raises RuntimeError where the thread is in a transaction of somebody else, or of another time."""
        held: tuple[_rabatt.Transaction, Actor, datetime | None] | None = getattr(self._threads, "open", None)
        if held is None:
            return None
        work, by, since = held
        if by != actor:
            raise RuntimeError(f"this thread is in a transaction of {by.initials}, not of {actor.initials}")
        if at is not None and (since is None or milliseconds_of(at) != milliseconds_of(since)):
            raise RuntimeError("a transaction is at one time: give `at` to transaction()")
        return work
