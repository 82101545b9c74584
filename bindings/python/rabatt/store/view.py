"""Store: opened, acted for, published, closed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from rabatt import _rabatt
from rabatt.book import Book
from rabatt.errors import Error
from rabatt.store.clock import Actor, milliseconds_of
from rabatt.store.inspection import Finding, Inspection, inspection_of
from rabatt.store.persons import Persons
from rabatt.store.record_classes import Collections
from rabatt.store.transaction import OpenStore


@dataclass(frozen=True, slots=True)
class Publication:
    """A book, and what it was made from: the change `sequence` is the last one that is in it.

    `members_skipped` counts members of target groups who are no customers, `left_out` has the numbers of
    campaigns that are for somebody who is none.
    """

    book: Book
    sequence: int
    members_skipped: int
    left_out: tuple[str, ...]


class StoreView(Collections):
    """A store as somebody: `store.acting("OLA")`. Views of a store share it, and cost nothing.

    Each kind of record has an attribute: `campaigns`, `items`, `parties`, … A view may be used by many
    threads at once.
    """

    def __init__(self, opened: OpenStore, actor: Actor) -> None:
        self._open = opened
        #: Who does what the verbs do.
        self.actor = actor

    def acting(
        self, initials: str, permissions: Collection[str] | None = None, zone: str | None = None
    ) -> StoreView:
        """The store as somebody else; None is every permission, and the zone of this view.

        Permissions are `campaign.write`, `campaign.post`, `publish`, …: `RECORD.read`, `RECORD.write` and
        `RECORD.remove` of any record, and what errors `permission_denied` name. `marketing`, `sales`,
        `finance` and `admin` stand for what these do: they read all, and write their own; `admin` is
        everything.

        >>> import rabatt
        >>> with rabatt.open("sqlite::memory:", by="ANN") as store:
        ...     try:
        ...         store.acting("MIA", {"marketing"}).items.add(number="TEA")
        ...     except rabatt.Error as error:
        ...         print(error)
        permission_denied: item.write
        """
        return StoreView(self._open, Actor.of(initials, permissions, zone or self.actor.zone))

    @property
    def persons(self) -> Persons:
        """What the records say about people, and forgetting it."""
        return Persons(self)

    def _of_this(self) -> StoreView:
        return self

    @contextmanager
    def transaction(self, *, at: datetime | None = None) -> Iterator[Self]:
        """Makes the verbs inside one: all of them happened, or, where an exception leaves the block, none.

        It is the thread's: what other threads do is not in it, and they see nothing of it before it ends. A
        transaction inside another one joins it. Everything in it has one time, `at` or now. While it is open
        nobody else can change the store, so keep it short.

        >>> import rabatt
        >>> with rabatt.open("sqlite::memory:", by="ANN") as store:
        ...     try:
        ...         with store.transaction():
        ...             _ = store.items.add(number="TEA")
        ...             _ = store.items.add(number="TEA")
        ...     except rabatt.Error as error:
        ...         print(error)
        ...     store.items.add(number="TEA").id
        number_taken: number TEA
        1
        """
        with self._open.writing(self.actor, at):
            yield self

    def publication(
        self,
        as_of: datetime | None = None,
        *,
        drafts: bool = False,
        finished: bool = False,
        at: datetime | None = None,
    ) -> Publication:
        """What `publish` gives, and what is to be said of it."""
        moment = None if as_of is None else milliseconds_of(as_of)
        with self._open.reading(self.actor, at) as work:
            compiled, sequence, skipped, left_out = work.publish(moment, drafts, finished)
        return Publication(Book._with(compiled), sequence, skipped, tuple(left_out))

    def publish(
        self,
        as_of: datetime | None = None,
        *,
        drafts: bool = False,
        finished: bool = False,
        at: datetime | None = None,
    ) -> Book:
        """The book of all that prices, as it is or as it was at `as_of`, a datetime with a zone.

        Campaigns that are not posted come with `drafts`, those that are completed or cancelled with
        `finished`. The same content gives the same book, in whatever database it is. Raises Error
        `invalid_as_of` for a time to come.

        >>> import rabatt
        >>> with rabatt.open("sqlite::memory:", by="ANN") as store:
        ...     _ = store.items.add(number="TEA", prices={"EUR": "12.00"})
        ...     store.publish()
        <Book 6fb675488a01: 1 item, 0 customers, 0 campaigns>
        """
        return self.publication(as_of, drafts=drafts, finished=finished, at=at).book

    def inspection(self, *, at: datetime | None = None) -> Inspection:
        """What `check` gives, and how much was looked at."""
        with self._open.reading(self.actor, at) as work:
            return inspection_of(work.check())

    def check(self, *, at: datetime | None = None) -> tuple[Finding, ...]:
        """Everything that is wrong with the store: nothing, unless the database was damaged or written to by
        others. All of it is read: each value, what refers to what, numbers, former versions, and whether the
        log leads to what stands there.

        >>> import rabatt
        >>> with rabatt.open("sqlite::memory:", by="ANN") as store:
        ...     _ = store.items.add(number="TEA", prices={"EUR": "12.00"})
        ...     store.check(), store.inspection()
        ((), Inspection(findings=(), records=10, changes=10))
        """
        return self.inspection(at=at).findings

    def back_up(self, url: str) -> int:
        """Copies the whole store, as it is now, to a place where there is none yet: a file, or the other
        database. Gives how many rows there were. It is all there is: only who may do everything may do this.
        Raises Error `store_read_only` where there is a store.
        """
        if self.actor.permissions is not None and "admin" not in self.actor.permissions:
            raise Error("permission_denied", "admin")
        rows: int = self._open.store.back_up(url)
        return rows

    @property
    def sequence(self) -> int:
        """How many changes the store has had: that of the last one. It tells whether a book is still true."""
        sequence: int = self._open.store.sequence()
        return sequence

    def __repr__(self) -> str:
        return f"<{type(self).__name__} as {self.actor.initials}>"


class Store(StoreView):
    """A store that `open` opened. It may be left by `close`, or be the context of a `with`."""

    def close(self) -> None:
        """The store and all views of it are of no use any more: verbs raise ValueError."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open(
    url: str,
    *,
    by: str,
    permissions: Collection[str] | None = None,
    zone: str | None = None,
    currency: str = "EUR",
    create: bool = True,
    at: datetime | None = None,
) -> Store:
    """A store: `sqlite:PATH`, `sqlite::memory:`, or `postgresql://…`.

    An empty database becomes a store of a company with this currency, unless `create` is False. `by` are the
    initials of whoever does what the verbs do, `permissions` what they may do (None: everything), `zone` a
    name of the tz database, by default the system's: a new campaign's date is the day there.

    Raises Error `invalid_url`, `unknown_currency`, `store_missing`, `store_corrupt`, `store_read_only`,
    `schema_too_old` (see `migrate`), `schema_too_new`, `busy`, `connection_lost`.

    >>> import rabatt
    >>> with rabatt.open("sqlite::memory:", by="ANN", currency="NOK") as store:
    ...     tea = store.items.add(number="TEA", prices={"NOK": "120.00"})
    ...     spring = store.campaigns.add(
    ...         name="Spring", pricing_type="set_discount", date="2026-03-01",
    ...         lines=[{"item": "TEA", "discount": 10}],
    ...     )
    ...     store.campaigns.post(spring).number
    'CMP-0001'
    """
    actor = Actor.of(by, permissions, zone)
    _, _, time, zone_name = actor.at(at)
    return Store(OpenStore(_rabatt.Store.open(url, create, currency, by, time, zone_name)), actor)


def migrate(url: str) -> None:
    """Brings the schema of an older store up to date. Raises Error as `open` does."""
    _rabatt.Store.migrate(url)
