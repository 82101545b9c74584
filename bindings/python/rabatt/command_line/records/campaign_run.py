"""What only campaigns have, done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rabatt.command_line.failures import SUCCESS
from rabatt.command_line.messages import say, say_lines
from rabatt.command_line.records.change_run import answer_format, tell_records, warnings_of
from rabatt.command_line.records.columns import listed_columns
from rabatt.command_line.records.kinds import RecordKind, record_kinds
from rabatt.command_line.records.list_run import list_format, write_records
from rabatt.command_line.records.opening import found, opened


def post_run(
    kind: RecordKind, keys: Sequence[str], form: str | None, store: str | None, by: str | None
) -> int:
    """The exit status. Raises Error, Errors; then none was posted."""
    wanted = answer_format(form)
    with opened(store, by) as at, at.transaction():
        posted = at.campaigns.post([found(at, kind, key).id for key in keys])
        warnings = warnings_of(at, kind, posted)
    tell_records("posted", kind, posted, wanted)
    say_lines(warnings)
    return SUCCESS


def unpost_run(
    kind: RecordKind, keys: Sequence[str], form: str | None, store: str | None, by: str | None
) -> int:
    """The exit status. Raises Error; then none was unposted."""
    wanted = answer_format(form)
    with opened(store, by) as at, at.transaction():
        unposted = at.campaigns.unpost([found(at, kind, key).id for key in keys])
    tell_records("unposted", kind, unposted, wanted)
    return SUCCESS


def refreeze_run(kind: RecordKind, key: str, form: str | None, store: str | None, by: str | None) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at, at.transaction():
        refrozen = at.campaigns.refreeze(found(at, kind, key).id)
    tell_records("refrozen", kind, [refrozen], wanted)
    return SUCCESS


def copy_run(
    kind: RecordKind, key: str, recipients: bool, form: str | None, store: str | None, by: str | None
) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        copied = at.campaigns.copy(found(at, kind, key).id, copy_recipients=recipients)
    tell_records("added", kind, [copied], wanted)
    return SUCCESS


def lines_run(kind: RecordKind, key: str, form: str | None, store: str | None, by: str | None) -> int:
    """The exit status. Raises Error."""
    wanted = list_format(form)
    with opened(store, by) as at:
        lines: list[dict[str, Any]] = found(at, kind, key).to_dict()["lines"]
    lines_kind = record_kinds()["campaign_line"]
    names = [name for name in listed_columns(lines_kind) if name != "campaign"]
    write_records(lines_kind, names, iter(lines), wanted)
    return SUCCESS


def set_for_all_run(
    kind: RecordKind, key: str, percent: str | None, form: str | None, store: str | None, by: str | None
) -> int:
    """The exit status; lines that were left alone are told. Raises Error."""
    wanted = list_format(form)
    with opened(store, by) as at, at.transaction():
        campaign = found(at, kind, key).id
        remarks = at.campaigns.set_for_all(campaign, percent)
        lines: list[dict[str, Any]] = at.campaigns.get(campaign).to_dict()["lines"]
    for remark in remarks:
        say(remark.code, f"lines[{remark.line}].item {remark.item}")
    lines_kind = record_kinds()["campaign_line"]
    names = [name for name in listed_columns(lines_kind) if name != "campaign"]
    write_records(lines_kind, names, iter(lines), wanted)
    return SUCCESS
