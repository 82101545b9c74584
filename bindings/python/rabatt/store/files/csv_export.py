"""CSV as RFC 4180 has it, in UTF-8 with a byte order mark, without which spreadsheets guess."""

from __future__ import annotations

import csv
import io
import re
from typing import Any, BinaryIO

from rabatt.store.files.cells import OutColumn, SpooledRows

_RUN = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"-[0-9]+([.,][0-9]+)?")


def write_csv(rows: SpooledRows, file: BinaryIO, separator: str, decimal_mark: str) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(escaped(column.name) for column in rows.columns)
    for row in rows:
        cells = zip(rows.columns, row, strict=True)
        writer.writerow([csv_text(column, cell, decimal_mark) for column, cell in cells])
    text.detach()


def csv_text(column: OutColumn, cell: Any, decimal_mark: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if column.kind == "decimal":
        return str(cell).replace(".", decimal_mark)
    return escaped(str(cell))


def escaped(text: str) -> str:
    """A text that a spreadsheet would run as a formula, with an apostrophe before it; `load` takes it away.

    >>> escaped("=1+1"), escaped("-5"), escaped("-5+A1"), escaped("'=1"), escaped("tea")
    ("'=1+1", '-5', "'-5+A1", "''=1", 'tea')
    """
    return f"'{text}" if _RUN.match(text) and not _NUMBER.fullmatch(text) else text
