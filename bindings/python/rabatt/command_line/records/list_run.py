"""`rabatt campaign list` and those of all other records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from rabatt.command_line.csv_files import csv_rows, names_line
from rabatt.command_line.destinations import StandardOutput
from rabatt.command_line.failures import SUCCESS
from rabatt.command_line.formats import named_format, on_terminal
from rabatt.command_line.messages import shown
from rabatt.command_line.records.columns import cells_of, json_line, listed_columns
from rabatt.command_line.records.kinds import RecordKind
from rabatt.command_line.records.opening import opened
from rabatt.command_line.records.searches import Asked, query_of, rows_of, save_search, told

_FORMATS = ("table", "json", "csv")
_ROWS_AT_ONCE = 1000

Content = Mapping[str, Any]


def list_run(
    kind: RecordKind,
    asked: Asked,
    save_as: str | None,
    columns: str | None,
    form: str | None,
    store: str | None,
    by: str | None,
) -> int:
    """The exit status. Raises Error."""
    names = listed_columns(kind, columns)
    wanted = list_format(form)
    with opened(store, by) as at:
        query = query_of(at, kind, asked)
        rows = rows_of(at, kind, query, asked.limit)
        if save_as is not None:
            save_search(at, kind, save_as, query)
        write_records(kind, names, rows.iter_dicts(), wanted)
    if wanted == "table" and (criteria := told(query)):
        from rabatt.command_line.screen import remark, rendered

        StandardOutput().write(rendered(remark(f"! {shown(criteria)}")))
    return SUCCESS


def list_format(form: str | None) -> str:
    """A table on a terminal, and CSV elsewhere, unless something else was asked for."""
    if form is not None:
        return named_format(form, _FORMATS)
    return "table" if on_terminal() else "csv"


def write_records(kind: RecordKind, names: Sequence[str], records: Iterator[Content], form: str) -> None:
    {"table": _write_table, "csv": _write_csv, "json": _write_json}[form](kind, names, records)


def _write_json(kind: RecordKind, names: Sequence[str], records: Iterator[Content]) -> None:
    """Whole records: one array, one record a line."""
    to = StandardOutput()
    joint = "[\n"
    for record in records:
        to.write(f"{joint}{json_line(record)}".encode())
        joint = ",\n"
    to.write(b"[]\n" if joint == "[\n" else b"\n]\n")


def _write_csv(kind: RecordKind, names: Sequence[str], records: Iterator[Content]) -> None:
    to = StandardOutput()
    head = names_line(names, "\n")
    while page := list(islice(records, _ROWS_AT_ONCE)):
        to.write(head)
        head = b""
        rows = [cells_of(names, record) for record in page]
        for block in csv_rows(dict(zip(names, zip(*rows, strict=True), strict=True)), "\n"):
            to.write(block)
    to.write(head)


def _write_table(kind: RecordKind, names: Sequence[str], records: Iterator[Content]) -> None:
    """A table for each page: what is in the last row decides nothing about the first."""
    from rabatt.command_line.records.record_screen import legend, record_table
    from rabatt.command_line.screen import remark, rendered

    to = StandardOutput()
    count = 0
    while page := list(islice(records, _ROWS_AT_ONCE)):
        count += len(page)
        to.write(rendered(record_table(kind, names, page), *legend(kind, names, page)))
    if not count:
        to.write(rendered(remark(f"no {kind.title_of_many}")))
    elif count > _ROWS_AT_ONCE:
        to.write(rendered(remark(f"{count:,} {kind.title_of_many}")))
