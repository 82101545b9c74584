"""What only target groups, recipients and e-mail permissions can do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from rabatt.store.collection import AnyRecord, Collection, Key, key_of
from rabatt.store.record import read_record
from rabatt.store.rows import Rows

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many parties came into a group, how many left it, and how many are in it and linked."""

    added: int
    removed: int
    members: int


@dataclass(frozen=True, slots=True)
class RecipientsAdded:
    """How many recipients a campaign got. Those who are in it already, or were chosen twice, are skipped; by
    their e-mail address unless the campaign allows duplicates."""

    added: int
    skipped_duplicate_source: int
    skipped_duplicate_email: int


@dataclass(frozen=True, slots=True)
class Outgoing(Generic[AnyRecord]):
    """Somebody who has not got a campaign, and why not: `deactivated`, `no_email`, `no_permission`; None is
    who is to get it."""

    recipient: AnyRecord
    reason: str | None


@dataclass(frozen=True, slots=True)
class PermissionRequest(Generic[AnyRecord]):
    """A permission that was asked for, and the token that the e-mail to its address has to bring."""

    permission: AnyRecord
    token: str


class TargetGroupVerbs(Collection[AnyRecord]):
    """Target groups are filled by their conditions, when somebody says so."""

    __slots__ = ()

    def refresh(self, target_group: Key, /, *, at: datetime | None = None) -> Refreshed:
        """Brings the members in line with the conditions, as the mode of the group says.

        Raises Error `frozen` for a frozen group that has been filled already.
        """
        return Refreshed(**self._perform("refresh", {"target_group": key_of(target_group)}, at))


class RecipientVerbs(Collection[AnyRecord]):
    """Recipients come from the address book; the host sends to them and says what became of it."""

    __slots__ = ()

    def add_from(
        self,
        campaign: Key,
        /,
        *,
        parties: Iterable[Key] = (),
        leads: Iterable[Key] = (),
        target_group: Key | None = None,
        at: datetime | None = None,
    ) -> RecipientsAdded:
        """Copies parties and leads into a campaign, and the linked members of a target group.

        Rows of `store.parties.find` without a limit are copied without being read. Raises Error `not_found`.
        """
        arguments: dict[str, Any] = {"campaign": key_of(campaign)}
        if isinstance(parties, Rows) and parties.query is not None:
            arguments["query"] = parties.query
        else:
            arguments["parties"] = [key_of(party) for party in parties]
        arguments["leads"] = [key_of(lead) for lead in leads]
        if target_group is not None:
            arguments["target_group"] = key_of(target_group)
        return RecipientsAdded(**self._perform("add_from", arguments, at))

    def outbox(
        self, campaign: Key, /, *, since_template: bool = False, at: datetime | None = None
    ) -> Iterator[Outgoing[AnyRecord]]:
        """Who has not got the campaign yet, read page by page: who is to get it, and who not and why.

        With `since_template` just those who were added after the campaign got its e-mail template: whom a
        host mails at once.
        """
        place: int | None = 0
        while place is not None:
            asked = {"campaign": key_of(campaign), "since_template": since_template}
            arguments = asked | {"after": place, "limit": _PAGE}
            page = self._perform("outbox", arguments, at, writes=False)
            for row in page["rows"]:
                reason = row.pop("reason")
                yield Outgoing(read_record(self._class, row), reason)
            place = page["next"]

    def mark_sent(
        self, campaign: Key, /, recipients: Iterable[Key] | None = None, *, at: datetime | None = None
    ) -> int:
        """Marks recipients as sent to, by default all whom `outbox` gives without a reason. Gives how many
        were not marked before."""
        arguments: dict[str, Any] = {"campaign": key_of(campaign)}
        if recipients is not None:
            arguments["recipients"] = [key_of(recipient) for recipient in recipients]
        marked: int = self._perform("mark_sent", arguments, at)["marked"]
        return marked

    def mark_undeliverable(
        self, campaign: Key, /, recipients: Iterable[Key], *, at: datetime | None = None
    ) -> int:
        """Marks recipients whom nothing reached. Gives how many were not marked before."""
        keys = [key_of(recipient) for recipient in recipients]
        arguments = {"campaign": key_of(campaign), "recipients": keys}
        marked: int = self._perform("mark_undeliverable", arguments, at)["marked"]
        return marked


class EmailPermissionVerbs(Collection[AnyRecord]):
    """Permissions are asked for, confirmed and withdrawn by address, which is folded and trimmed."""

    __slots__ = ()

    def request(self, email: str, /, *, at: datetime | None = None) -> PermissionRequest[AnyRecord]:
        """Asks for the permission: the host sends the token to the address, and nobody else has it.

        Raises Error `invalid_transition`, `no_email`.
        """
        answer = self._perform("request", {"email": email}, at)
        return PermissionRequest(read_record(self._class, answer["permission"]), answer["token"])

    def confirm(
        self, email: str, /, *, token: str | None = None, proof: str | None = None, at: datetime | None = None
    ) -> AnyRecord:
        """Confirms the permission by the token that was sent, or by hand with what proves it.

        Raises Error `invalid_value` for another token, `field_required` without either,
        `invalid_transition`.
        """
        return self._changed("confirm", {"email": email, "token": token, "proof": proof}, at)

    def cancel(self, email: str, /, *, reason: str | None = None, at: datetime | None = None) -> AnyRecord:
        """Takes a confirmed permission back. Raises Error `invalid_transition`."""
        return self._changed("cancel", {"email": email, "reason": reason}, at)

    def stop(self, email: str, /, *, reason: str | None = None, at: datetime | None = None) -> AnyRecord:
        """Withdraws the request for a permission. Raises Error `invalid_transition`."""
        return self._changed("stop", {"email": email, "reason": reason}, at)

    def block(self, email: str, /, *, reason: str | None = None, at: datetime | None = None) -> AnyRecord:
        """The address gets no bulk e-mail any more, whatever the permission was."""
        return self._changed("block", {"email": email, "reason": reason}, at)

    def _changed(self, verb: str, arguments: dict[str, Any], at: datetime | None) -> AnyRecord:
        return read_record(self._class, self._perform(verb, arguments, at))
