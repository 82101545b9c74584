"""What only attachments have, done."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from rabatt.command_line.csv_files import csv_rows, names_line
from rabatt.command_line.destinations import Destinations, StandardOutput
from rabatt.command_line.failures import SOME_NOT_PRICED, SUCCESS
from rabatt.command_line.messages import say_lines, shown
from rabatt.command_line.records.assignments import fields_of
from rabatt.command_line.records.change_run import answer_format, tell_records
from rabatt.command_line.records.columns import json_line
from rabatt.command_line.records.kinds import record_kinds
from rabatt.command_line.records.opening import found, opened
from rabatt.errors import Error
from rabatt.store import Attachment, ContentIds, StoreView

_RECORD = "attachment"


def put_run(
    campaign: str,
    file: str,
    assignments: Sequence[str],
    named: Mapping[str, str | None],
    form: str | None,
    store: str | None,
    by: str | None,
) -> int:
    """`named` are fields that have options. The exit status. Raises Error, Errors."""
    wanted = answer_format(form)
    fields = fields_of(record_kinds()[_RECORD], assignments)
    for name, text in named.items():
        if text is not None and name in fields:
            raise Error("duplicate_field", name)
    fields |= {name: text for name, text in named.items() if text is not None}
    if "campaign" in fields:
        raise Error("duplicate_field", "campaign")
    with opened(store, by) as at:
        attached = at.attachments.put(_campaign(at, campaign), Path(file), **fields)
    _tell("attached", attached, wanted)
    return SUCCESS


def replace_run(key: str, file: str, form: str | None, store: str | None, by: str | None) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        replaced = at.attachments.replace(found(at, record_kinds()[_RECORD], key).id, Path(file))
    _tell("replaced", replaced, wanted)
    return SUCCESS


def save_to_run(key: str, file: str, store: str | None, by: str | None) -> int:
    """The file appears whole or not at all. The exit status. Raises Error."""
    with opened(store, by) as at, Destinations() as places:
        content = at.attachments.open(found(at, record_kinds()[_RECORD], key).id)
        shutil.copyfileobj(content, places.open(file))
    if file != "-":
        say_lines(f"rabatt: {content.tell():,} bytes in {shown(file)}\n")
    return SUCCESS


def check_run(campaign: str, form: str | None, store: str | None, by: str | None) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        ids = at.attachments.check_content_ids(_campaign(at, campaign))
    if wanted == "json":
        StandardOutput().write(f"{json_line(dataclasses.asdict(ids))}\n".encode())
    elif wanted == "csv":
        codes = [(code, each) for code, several in dataclasses.asdict(ids).items() for each in several]
        columns = {"code": [code for code, _ in codes], "content_id": [each for _, each in codes]}
        StandardOutput().write(names_line(columns, "\n") + b"".join(csv_rows(columns, "\n")))
    else:
        StandardOutput().write(f"{shown(_told(ids))}\n".encode())
    return SOME_NOT_PRICED if ids.unresolved_content_id else SUCCESS


def _told(ids: ContentIds) -> str:
    """
    >>> _told(ContentIds(("logo", "tea"), ())), _told(ContentIds((), ("cup",))), _told(ContentIds((), ()))
    ('missing: logo, tea', 'not referred to: cup', 'nothing is missing')
    """
    missing = [f"missing: {', '.join(ids.unresolved_content_id)}"] if ids.unresolved_content_id else []
    unused = [f"not referred to: {', '.join(ids.unused_content_id)}"] if ids.unused_content_id else []
    return "; ".join([*missing, *unused]) or "nothing is missing"


def _tell(what: str, attachment: Attachment, form: str) -> None:
    if form != "table":
        tell_records(what, record_kinds()[_RECORD], [attachment], form)
        return
    told = f"{what} {attachment.file_name} (id {attachment.id}): {attachment.file_size:,} bytes"
    size = f", {attachment.image_width} × {attachment.image_height}" if attachment.image_width else ""
    StandardOutput().write(f"{shown(f'{told}, {attachment.file_type}{size}')}\n".encode())


def _campaign(store: StoreView, key: str) -> int:
    return found(store, record_kinds()["campaign"], key).id
