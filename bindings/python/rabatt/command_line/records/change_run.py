"""Records added, changed and removed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rabatt.command_line.csv_files import csv_rows, names_line
from rabatt.command_line.destinations import StandardOutput
from rabatt.command_line.failures import NOTHING_DONE, SUCCESS
from rabatt.command_line.file_faults import reading
from rabatt.command_line.formats import named_format
from rabatt.command_line.messages import say_lines, shown
from rabatt.command_line.records.assignments import changed_members, fields_of, json_of
from rabatt.command_line.records.columns import cell_of, json_line
from rabatt.command_line.records.kinds import RecordKind, counted, record_kinds
from rabatt.command_line.records.opening import collection_of, found, opened, with_ids
from rabatt.errors import Error
from rabatt.store import Record, StoreView

_FORMATS = ("table", "json", "csv")


def add_run(
    kind: RecordKind,
    assignments: Sequence[str],
    file: str | None,
    form: str | None,
    store: str | None,
    by: str | None,
) -> int:
    """The exit status. Raises Error, Errors; then nothing was added."""
    wanted = answer_format(form)
    fields = fields_of(kind, assignments)
    contents = [{}] if file is None else _contents(file)
    if fields and len(contents) != 1:
        raise Error("invalid_value", f"{file}: fields can be set of one record, and this has {len(contents)}")
    with opened(store, by) as at, at.transaction():
        records: Any = collection_of(at, kind)
        given = with_ids(at, kind, fields)
        added = [records.add(content | given) for content in contents]
        warnings = warnings_of(at, kind, added)
    tell_records("added", kind, added, wanted)
    say_lines(warnings)
    return SUCCESS


def edit_run(
    kind: RecordKind,
    key: str,
    assignments: Sequence[str],
    file: str | None,
    form: str | None,
    store: str | None,
    by: str | None,
    force: bool = False,
) -> int:
    """`force` is of campaigns. The exit status. Raises Error, Errors; then nothing was changed."""
    wanted = answer_format(form)
    fields = fields_of(kind, assignments)
    given = {} if file is None else _only(file)
    if not fields and not given:
        raise Error("missing_field", "FIELD=VALUE, or --json FILE")
    with opened(store, by) as at, at.transaction():
        before = found(at, kind, key)
        if given.get("id", before.id) != before.id:
            raise Error("conflict", f"{kind.name} {key}: its id is {before.id}, and not {given['id']}")
        members = changed_members(kind, before.to_dict() | given, with_ids(at, kind, fields))
        changed: Any = collection_of(at, kind)
        content = {"id": before.id, "revision": before.revision} | given | members
        saved = changed.save(content, force=True) if force else changed.save(content)
        warnings = warnings_of(at, kind, [saved])
    tell_records("changed", kind, [saved], wanted)
    say_lines(warnings)
    return SUCCESS


def delete_run(
    kind: RecordKind, keys: Sequence[str], yes: bool, form: str | None, store: str | None, by: str | None
) -> int:
    """The exit status. Nothing is removed before somebody agreed to all that goes, unless `yes`."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        ids = list(dict.fromkeys(found(at, kind, key).id for key in keys))
        if not yes:
            would_go = _would_go(at, kind, ids)
            if not agreed(f"Delete {counted_kinds(would_go)}?"):
                say_lines("rabatt: nothing was deleted\n")
                return NOTHING_DONE
        with at.transaction():
            gone = collection_of(at, kind).remove(*ids)
            if not yes and gone != would_go:
                raise Error("conflict", f"{kind.name} {keys[0]}: it is {counted_kinds(gone)} now")
    tell("deleted", gone, counted_kinds(gone), wanted)
    return SUCCESS


def answer_format(form: str | None) -> str:
    return "table" if form is None else named_format(form, _FORMATS)


def warnings_of(at: StoreView, kind: RecordKind, records: Sequence[Record]) -> str:
    """What is odd in records that were stored: a line each."""
    lines = [
        f"rabatt: warning: {kind.title} {_called(kind, record.to_dict())}, {warning.path}: {warning.message}"
        for record in records
        for warning in collection_of(at, kind).warnings(record)
    ]
    return "".join(f"{shown(line)}\n" for line in lines)


def tell_records(what: str, kind: RecordKind, records: Sequence[Record], form: str) -> None:
    """What became of records: a line each, or the records themselves."""
    contents = [record.to_dict() for record in records]
    if form == "table":
        lines = [f"{what} {kind.title} {_called(kind, content)}" for content in contents]
        StandardOutput().write("".join(f"{shown(line)}\n" for line in lines).encode())
    elif form == "json":
        StandardOutput().write("".join(f"{json_line(content)}\n" for content in contents).encode())
    else:
        names = ["id", "revision", *kind.labels]
        columns = {name: [cell_of(content.get(name)) for content in contents] for name in names}
        StandardOutput().write(names_line(names, "\n") + b"".join(csv_rows(columns, "\n")))


def tell(what: str, answer: Mapping[str, Any], told: str, form: str) -> None:
    """What a verb did, in one line, or as its answer."""
    if form == "table":
        StandardOutput().write(f"{shown(f'{what} {told}')}\n".encode())
    elif form == "json":
        StandardOutput().write(f"{json_line(answer)}\n".encode())
    else:
        columns = {name: [cell_of(value)] for name, value in answer.items()}
        StandardOutput().write(names_line(columns, "\n") + b"".join(csv_rows(columns, "\n")))


def _called(kind: RecordKind, content: Mapping[str, Any]) -> str:
    label = kind.label_of(content)
    name = content.get("name") if "name" in kind.fields and "name" not in kind.labels else None
    place = f" (id {content['id']})" if label != str(content["id"]) else ""
    return f"{label}{place}{f': {name}' if name else ''}"


def _only(file: str) -> dict[str, Any]:
    contents = _contents(file)
    if len(contents) != 1:
        raise Error("invalid_value", f"{file}: this is one record")
    return contents[0]


def _contents(file: str) -> list[dict[str, Any]]:
    """One record, or a list of them. Raises Error `file_not_readable`, `invalid_value`."""
    place = "standard input" if file == "-" else file
    with reading(place, (OSError, UnicodeDecodeError)):
        content = json_of(_text(file), place)
    contents = content if isinstance(content, list) else [content]
    if not contents or not all(isinstance(each, dict) for each in contents):
        raise Error("invalid_value", f"{place}: this is a record, or a list of records")
    return contents


def _text(file: str) -> str:
    if file == "-":
        return sys.stdin.buffer.read().decode("utf-8-sig")
    with open(file, encoding="utf-8-sig") as opened_file:
        return opened_file.read()


class _OnlyAsked(Exception):
    """Nothing of a transaction is to stay."""


def _would_go(store: StoreView, kind: RecordKind, ids: Sequence[int]) -> dict[str, int]:
    """How many records of each kind, by removing them and taking it back."""
    gone: dict[str, int] = {}
    try:
        with store.transaction():
            gone = collection_of(store, kind).remove(*ids)
            raise _OnlyAsked
    except _OnlyAsked:
        return gone


def counted_kinds(counts: Mapping[str, int]) -> str:
    """
    >>> counted_kinds({"campaign": 1, "campaign_line": 3, "plan": 0})
    '1 campaign, 3 campaign lines'
    """
    kinds = record_kinds()
    return ", ".join(counted(kinds[name], count) for name, count in counts.items() if count)


def agreed(question: str) -> bool:
    """The question is a message; the answer comes from standard input, and its end is a no."""
    say_lines(f"{shown(question)} [y/N] ")
    answer = sys.stdin.readline() if sys.stdin is not None else ""
    return answer.strip().lower() in ("y", "yes")
