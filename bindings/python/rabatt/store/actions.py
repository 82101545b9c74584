"""What only actions can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rabatt.store.collection import AnyRecord, Collection, Key, key_of


@dataclass(frozen=True, slots=True)
class ContactsAdded:
    """How many contacts an action got, and how many it had; `skipped_used` are in another action of the
    campaign, where the action leaves these out."""

    added: int
    already_there: int
    skipped_used: int


@dataclass(frozen=True, slots=True)
class Generated:
    """How many dossier items were made, and how many linked contacts got none, by reason: `no_email`,
    `no_permission`."""

    items: int
    excluded: Mapping[str, int]


class ActionVerbs(Collection[AnyRecord]):
    """Actions get their contacts, and dossier items for them."""

    __slots__ = ()

    def add_target_group(
        self, action: Key, /, target_group: Key, *, at: datetime | None = None
    ) -> ContactsAdded:
        """Copies the linked members of a target group, as they are now, to an action.

        Raises Error `duplicate_selection`.
        """
        arguments = {"action": key_of(action), "target_group": key_of(target_group)}
        return ContactsAdded(**self._perform("add_target_group", arguments, at))

    def copy_contacts(self, action: Key, /, other: Key, *, at: datetime | None = None) -> ContactsAdded:
        """Copies the contacts of another action, linked and unlinked as they are."""
        arguments = {"action": key_of(action), "from": key_of(other)}
        return ContactsAdded(**self._perform("copy_contacts", arguments, at))

    def generate(self, action: Key, /, *, at: datetime | None = None) -> Generated:
        """Makes a dossier item for each linked contact that has none of this action yet, or one for the whole
        action. By e-mail only those with a confirmed permission get one.

        Raises Error `no_linked_contacts`, `field_required` (`dossier_type`).
        """
        return Generated(**self._perform("generate", {"action": key_of(action)}, at))
