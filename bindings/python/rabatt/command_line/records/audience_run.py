"""What only target groups, recipients, actions and e-mail permissions have, done."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rabatt.command_line.failures import SUCCESS
from rabatt.command_line.records.assignments import conditions_of
from rabatt.command_line.records.change_run import answer_format, tell, tell_records
from rabatt.command_line.records.columns import listed_columns
from rabatt.command_line.records.kinds import Field, counted, record_kinds
from rabatt.command_line.records.list_run import list_format, write_records
from rabatt.command_line.records.opening import found, opened
from rabatt.store import StoreView


def refresh_run(key: str, form: str | None, store: str | None, by: str | None) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        done = at.target_groups.refresh(_id(at, "target_group", key))
    told = f"{done.members:,} members, {done.added:,} came and {done.removed:,} went"
    tell("refreshed:", dataclasses.asdict(done), told, wanted)
    return SUCCESS


def add_from_run(
    campaign: str,
    target_group: str | None,
    parties: Sequence[str],
    leads: Sequence[str],
    where: Sequence[str],
    form: str | None,
    store: str | None,
    by: str | None,
) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at, at.transaction():
        chosen: Iterable[Any] = [_id(at, "party", party) for party in parties]
        if where:
            conditions, custom = conditions_of(record_kinds()["party"], where)
            met = at.parties.find(view="active", where=conditions, custom=custom or None)
            chosen = [*chosen, *(party.id for party in met)] if parties else met
        done = at.recipients.add_from(
            _id(at, "campaign", campaign),
            parties=chosen,
            leads=[_id(at, "lead", lead) for lead in leads],
            target_group=None if target_group is None else _id(at, "target_group", target_group),
        )
    skipped = f"{done.skipped_duplicate_source:,} were there, {done.skipped_duplicate_email:,} by e-mail"
    told = f"{counted(record_kinds()['recipient'], done.added)}; skipped: {skipped}"
    tell("added", dataclasses.asdict(done), told, wanted)
    return SUCCESS


def outbox_run(
    campaign: str, since_template: bool, form: str | None, store: str | None, by: str | None
) -> int:
    """The exit status. Raises Error."""
    wanted = list_format(form)
    kind = record_kinds()["recipient"]
    reason = {"reason": Field("reason", "text", computed=True)}
    with_reason = dataclasses.replace(kind, fields=reason | dict(kind.fields))
    names = [*listed_columns(kind)[:5], "reason", *listed_columns(kind)[5:]]
    with opened(store, by) as at:
        outgoing = at.recipients.outbox(_id(at, "campaign", campaign), since_template=since_template)
        contents: Iterator[Mapping[str, Any]] = (
            each.recipient.to_dict() | {"reason": each.reason} for each in outgoing
        )
        write_records(with_reason, names, contents, wanted)
    return SUCCESS


def mark_run(
    verb: str,
    campaign: str,
    recipients: Sequence[str] | None,
    form: str | None,
    store: str | None,
    by: str | None,
) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at, at.transaction():
        chosen = None if recipients is None else [_id(at, "recipient", key) for key in recipients]
        marked: int = getattr(at.recipients, verb)(_id(at, "campaign", campaign), chosen)
    what = verb.removeprefix("mark_")
    tell("marked", {"marked": marked}, f"{counted(record_kinds()['recipient'], marked)} as {what}", wanted)
    return SUCCESS


def add_target_group_run(
    key: str, target_group: str, form: str | None, store: str | None, by: str | None
) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        group = _id(at, "target_group", target_group)
        done = at.actions.add_target_group(_id(at, "action", key), group)
    _tell_contacts(done, wanted)
    return SUCCESS


def copy_contacts_run(key: str, other: str, form: str | None, store: str | None, by: str | None) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        done = at.actions.copy_contacts(_id(at, "action", key), _id(at, "action", other))
    _tell_contacts(done, wanted)
    return SUCCESS


def generate_run(key: str, form: str | None, store: str | None, by: str | None) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        done = at.actions.generate(_id(at, "action", key))
    answer = {"items": done.items, "excluded": dict(done.excluded)}
    without = "".join(f", {count:,} without: {reason}" for reason, count in done.excluded.items())
    tell("generated", answer, f"{counted(record_kinds()['dossier_item'], done.items)}{without}", wanted)
    return SUCCESS


def request_run(email: str, form: str | None, store: str | None, by: str | None) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        asked = at.email_permissions.request(email)
    answer = {"email": asked.permission.email, "status": asked.permission.status, "token": asked.token}
    tell("requested:", answer, f"{asked.permission.email}, token {asked.token}", wanted)
    return SUCCESS


def confirm_run(
    email: str, token: str | None, proof: str | None, form: str | None, store: str | None, by: str | None
) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        permission = at.email_permissions.confirm(email, token=token, proof=proof)
    tell_records("confirmed", record_kinds()["email_permission"], [permission], wanted)
    return SUCCESS


def withdraw_run(
    verb: str, email: str, reason: str | None, form: str | None, store: str | None, by: str | None
) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        permission = getattr(at.email_permissions, verb)(email, reason=reason)
    tell_records(permission.status, record_kinds()["email_permission"], [permission], wanted)
    return SUCCESS


def _id(store: StoreView, record: str, key: str) -> int:
    return found(store, record_kinds()[record], key).id


def _tell_contacts(done: Any, form: str) -> None:
    told = (
        f"{done.added:,} contacts; {done.already_there:,} were there, {done.skipped_used:,} in other actions"
    )
    tell("added", dataclasses.asdict(done), told, form)
