"""Records of a store become a file: `export_rows` for every command that finds some, and `rabatt export`."""

from __future__ import annotations

from typing import Any

from rabatt.command_line.failures import SUCCESS
from rabatt.command_line.messages import say_lines, shown
from rabatt.command_line.records.columns import has_own_list, listed_columns
from rabatt.command_line.records.kinds import RecordKind
from rabatt.command_line.records.opening import opened
from rabatt.command_line.records.searches import Asked, query_of, rows_of
from rabatt.command_line.records.table_options import separator_of
from rabatt.store import Rows


def export_rows(
    rows: Rows[Any],
    path: str,
    columns: str | None = None,
    separator: str | None = None,
    decimal_mark: str | None = None,
    title: str | None = None,
) -> int:
    """Writes rows that were found, all pages of them, and says how many; the exit status.

    `columns` are names with commas between them. Raises Error as Rows.write.
    """
    names = None if columns is None else [name.strip() for name in columns.split(",") if name.strip()]
    count = rows.write(path, names, separator_of(separator) or ",", decimal_mark or ".", title)
    say_lines(f"rabatt: {count:,} row{'' if count == 1 else 's'} in {shown(path)}\n")
    return SUCCESS


def export_run(
    kind: RecordKind,
    asked: Asked,
    path: str,
    columns: str | None,
    separator: str | None,
    decimal_mark: str | None,
    title: str | None,
    store: str | None,
    by: str | None,
) -> int:
    """What `list` would show of the same question: all pages, its order, its columns. The exit status."""
    with opened(store, by) as at:
        rows = rows_of(at, kind, query_of(at, kind, asked), asked.limit)
        return export_rows(rows, path, _columns(kind, columns), separator, decimal_mark, title)


def _columns(kind: RecordKind, asked: str | None) -> str | None:
    """Of kinds whose list shows everything, a PDF chooses what there is room for."""
    if asked is None and has_own_list(kind):
        return ",".join(listed_columns(kind))
    return None if asked == "all" else asked
