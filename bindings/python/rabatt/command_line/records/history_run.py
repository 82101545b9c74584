"""`rabatt item history TEA`: what was done with a record, by whom and when."""

from __future__ import annotations

import dataclasses
from typing import Any

from rabatt.command_line.csv_files import csv_rows, names_line
from rabatt.command_line.destinations import StandardOutput
from rabatt.command_line.failures import SUCCESS
from rabatt.command_line.records.change_run import answer_format
from rabatt.command_line.records.columns import json_line
from rabatt.command_line.records.kinds import RecordKind
from rabatt.command_line.records.opening import collection_of, found, opened
from rabatt.command_line.records.record_screen import moment
from rabatt.errors import Error
from rabatt.store import Change, StoreView
from rabatt.store.record import instant_text

_COLUMNS = ("at", "by", "verb", "field", "was", "is")


def history_run(kind: RecordKind, key: str, form: str | None, store: str | None, by: str | None) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        changes = _changes(at, kind, key)
    if wanted == "json":
        lines = (
            json_line(dataclasses.asdict(change) | {"at": instant_text(change.at)}) for change in changes
        )
        StandardOutput().write("".join(f"{line}\n" for line in lines).encode())
        return SUCCESS
    rows = [row for change in changes for row in _rows(change, whole=wanted == "csv")]
    if wanted == "csv":
        columns = {name: [row[i] for row in rows] for i, name in enumerate(_COLUMNS)}
        StandardOutput().write(names_line(_COLUMNS, "\n") + b"".join(csv_rows(columns, "\n")))
        return SUCCESS
    from rabatt.command_line.screen import Column, rendered, table

    columns_shown = [Column(name, whole=name != "was" and name != "is", wraps=True) for name in _COLUMNS]
    StandardOutput().write(rendered(table(columns_shown, rows)))
    return SUCCESS


def _changes(at: StoreView, kind: RecordKind, key: str) -> tuple[Change, ...]:
    """Those of a record that is there, or by its id of one that is gone."""
    try:
        return collection_of(at, kind).history(found(at, kind, key).id)
    except Error as error:
        if error.code != "not_found" or not (key.isascii() and key.isdigit()):
            raise
    return collection_of(at, kind).history(int(key))


def _rows(change: Change, *, whole: bool) -> list[list[str]]:
    """A row for each field. What all have stands in the first alone, unless rows are to be whole."""
    fields = [[name, _text(was), _text(becomes)] for name, (was, becomes) in change.changes.items()]
    fields += [[name, "(erased)", "(erased)"] for name in change.erased]
    start = [moment(change.at), change.by or "", change.verb]
    first, *others = fields or [["", "", ""]]
    return [[*start, *first], *([*(start if whole else [""] * len(start)), *other] for other in others)]


def _text(value: Any) -> str:
    """
    >>> _text(None), _text("Tea"), _text([["EUR", "12"], ["NOK", None]])
    ('', 'Tea', 'EUR 12, NOK')
    """
    if isinstance(value, list):
        return ", ".join(_row_text(row) for row in value)
    return "" if value is None else str(value)


def _row_text(row: Any) -> str:
    return " ".join(cell for cell in row if cell is not None) if isinstance(row, list) else _text(row)
