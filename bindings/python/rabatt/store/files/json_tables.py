"""JSON lines, and rows that a program has: each names its columns itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from rabatt.command_line.file_faults import reading
from rabatt.errors import Error
from rabatt.store.files.table import LoadProblem, SourceRow, Table
from rabatt.store.record import Record, plain_content


def json_lines_table(path: str, encoding: str) -> Table:
    """An object a line; blank lines are no rows. Raises Error `file_not_readable`, `invalid_value`."""
    try:
        "".encode(encoding)
    except LookupError:
        raise Error("invalid_value", f"encoding {encoding}") from None
    return Table(None, _json_rows(path, encoding))


def dicts_table(rows: Iterable[Any]) -> Table:
    return Table(None, _dict_rows(rows))


def _json_rows(path: str, encoding: str) -> Iterator[SourceRow]:
    with reading(path, (OSError, UnicodeError)), open(path, encoding=encoding) as file:
        for line, text in enumerate(file, 1):
            if text.strip("\ufeff \t\r\n"):
                yield _json_row(line, text.lstrip("\ufeff"))


def _json_row(line: int, text: str) -> SourceRow:
    try:
        found = json.loads(
            text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_without_repeats
        )
    except (ValueError, RecursionError, ArithmeticError) as error:
        return SourceRow(line, {}, LoadProblem(line, "", "bad_row", f"This is no JSON: {error}"))
    if not isinstance(found, dict):
        return SourceRow(line, {}, LoadProblem(line, "", "bad_row", "A row is an object."))
    return SourceRow(line, found)


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")


def _without_repeats(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) < len(members):
        raise ValueError("a name stands in an object twice")
    return found


def _dict_rows(rows: Iterable[Any]) -> Iterator[SourceRow]:
    for number, row in enumerate(rows, 1):
        if isinstance(row, Record | Mapping):
            yield SourceRow(number, plain_content(row))
        else:
            said = f"A row is a mapping, not {type(row).__name__}."
            yield SourceRow(number, {}, LoadProblem(number, "", "bad_row", said))
