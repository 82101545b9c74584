"""What a store holds about a person, and forgetting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rabatt.store.collection import Key, key_of, performed

if TYPE_CHECKING:
    from rabatt.store.view import StoreView


@dataclass(frozen=True, slots=True)
class Held:
    """What is held about somebody: the ids of `records` by kind, and how many `changes` in the log have
    something personal."""

    records: dict[str, tuple[int, ...]]
    changes: int


@dataclass(frozen=True, slots=True)
class Erased:
    """How many `records` of each kind are blanked, and of how many `changes` the log has nothing personal any
    more."""

    records: dict[str, int]
    changes: int


class Persons:
    """What the records of a store say about people: `store.persons`.

    A person is an e-mail address, a party or a lead, which may be gone. By address it is every record with
    that address, and what refers to a party or lead with it; by party or lead that one, what refers to it,
    and, unless another party has the same address, records with its address that refer to nobody else; and
    of all these what the log has, also of records that are gone or have come to be about somebody else. Tags,
    custom fields and texts about something else, such as the note of a campaign, are not looked at.

    >>> import rabatt
    >>> with rabatt.open("sqlite::memory:", by="ANN") as store:
    ...     kari = store.parties.add(name="Kari", email="kari@x.no", is_customer=True)
    ...     store.persons.find("KARI@x.no")
    ...     store.persons.erase("kari@x.no")
    ...     store.parties.get(kari.id).name
    ...     try:
    ...         store.email_permissions.request("kari@x.no")
    ...     except rabatt.Error as error:
    ...         print(error)
    Held(records={'party': (1,)}, changes=1)
    Erased(records={'party': 1}, changes=1)
    '(erased)'
    erased: email_permission #1
    """

    __slots__ = ("_view",)

    def __init__(self, view: StoreView) -> None:
        self._view = view

    def find(
        self,
        email: str | None = None,
        *,
        party: Key | None = None,
        lead: Key | None = None,
        at: datetime | None = None,
    ) -> Held:
        """What is held about one person. Needs the permission `person.export`."""
        answer = self._perform("find", _asked(email, party, lead), at, writes=False)
        return Held({name: tuple(ids) for name, ids in answer["records"].items()}, answer["changes"])

    def export(
        self,
        email: str | None = None,
        *,
        party: Key | None = None,
        lead: Key | None = None,
        at: datetime | None = None,
    ) -> dict[str, Any]:
        """All of it, as JSON has it: `records`, lists of them by kind, and `changes`, what is logged of them.
        Of records that are about something else and refer to the person, it is what they are called by.

        Needs the permission `person.export`. Raises Error `not_found` where there is nothing.
        """
        return self._perform("export", _asked(email, party, lead), at, writes=False)

    def erase(
        self,
        email: str | None = None,
        *,
        party: Key | None = None,
        lead: Key | None = None,
        at: datetime | None = None,
    ) -> Erased:
        """Blanks all that is about one person, in records and in the log; this cannot be undone.

        A name that a record must have becomes `(erased)`. Records stay, with their counts and money, and of
        the address a hash, as a blocked permission: what asks for another one is refused with `erased`.
        What backups and, with PostgreSQL, its own log have is not reached; what somebody is reading from an
        SQLite file meanwhile stays in the file beside it (`-wal`) until that is written to again.

        Needs the permission `person.erase`. Raises Error `not_found` where there is nothing.
        """
        return Erased(**self._perform("erase", _asked(email, party, lead), at))

    def expired(self, *, at: datetime | None = None) -> Erased:
        """How much `erase_expired` would erase. Needs the permission `person.erase`."""
        return Erased(**self._perform("expired", {}, at, writes=False))

    def erase_expired(self, *, at: datetime | None = None) -> Erased:
        """Erases what nobody has changed for `retention` months, a field of the settings; without it nothing.

        Employees, e-mail permissions, and parties who are customers or suppliers stay as they are; of the log
        all goes that is personal and older. Needs the permission `person.erase`.

        >>> import datetime, rabatt
        >>> then = datetime.datetime(2024, 1, 31, tzinfo=datetime.UTC)
        >>> with rabatt.open("sqlite::memory:", by="ANN", at=then) as store:
        ...     _ = store.settings.save(retention=24, at=then)
        ...     _ = store.leads.add(name="Ola", at=then)
        ...     store.persons.erase_expired(at=then.replace(year=2026))
        ...     store.persons.erase_expired(at=then.replace(year=2026, month=2, day=1))
        Erased(records={}, changes=0)
        Erased(records={'lead': 1}, changes=1)
        """
        return Erased(**self._perform("erase_expired", {}, at))

    def _perform(
        self, verb: str, arguments: dict[str, Any], at: datetime | None, *, writes: bool = True
    ) -> dict[str, Any]:
        return performed(self._view, f"persons.{verb}", arguments, at, writes=writes)


def _asked(email: str | None, party: Key | None, lead: Key | None) -> dict[str, Any]:
    given = {"party": party, "lead": lead}
    return {"email": email} | {name: key_of(key) for name, key in given.items() if key is not None}
