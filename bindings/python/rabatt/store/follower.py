"""Follower: the current book of a store, for order entry."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rabatt.book import Book
from rabatt.store.view import Publication, StoreView


class Follower:
    """Keeps the book that `store.publish()` would give, and makes a new one when something that prices has
    changed, in a thread of its own: whoever prices takes `book` and never waits.

    >>> import rabatt
    >>> with rabatt.open("sqlite::memory:", by="ANN") as store, rabatt.follow(store) as follower:
    ...     before = follower.book
    ...     _ = store.items.add(number="TEA", prices={"EUR": "12.00"})
    ...     _ = follower.refresh()
    ...     before.summary().items, follower.book.summary().items
    (0, 1)
    """

    def __init__(self, store: StoreView, every: float, on_change: Callable[[Book], None] | None) -> None:
        self._store = store
        self._every = every
        self._on_change = on_change
        self._publication: Publication = store.publication()
        self._refreshing = threading.Lock()
        self._closing = threading.Event()
        #: What the last look at the store failed with; None when it went well. The former book stays.
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._follow, name="rabatt follower", daemon=True)
        self._thread.start()

    @property
    def book(self) -> Book:
        """The book of the store as it last was. A book never changes: take it once for each document."""
        return self._publication.book

    @property
    def sequence(self) -> int:
        """The last change of the store that is in the book."""
        return self._publication.sequence

    def refresh(self) -> bool:
        """Looks at the store now. True if there is another book."""
        with self._refreshing:
            former = self._publication
            if not self._store._open.store.has_priced_changes_after(former.sequence):
                return False
            self._publication = self._store.publication()
        if self._publication.book.hash == former.book.hash:
            return False
        if self._on_change is not None:
            self._on_change(self._publication.book)
        return True

    def _follow(self) -> None:
        while not self._closing.wait(self._every):
            try:
                self.refresh()
                self.error = None
            except Exception as error:  # the store may be back at the next look, and on_change may do better
                self.error = error
                if self._store._open.is_closed:
                    return

    def close(self) -> None:
        """Follows no longer; `book` stays as it is."""
        self._closing.set()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def follow(
    store: StoreView, *, every: float = 1.0, on_change: Callable[[Book], None] | None = None
) -> Follower:
    """Follows a store: looks every so many seconds whether something that prices has changed, and calls
    `on_change` with each new book, in the follower's thread. The actor of the store needs the permission
    `publish`.
    """
    return Follower(store, every, on_change)
