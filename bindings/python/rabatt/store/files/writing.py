"""Writing: rows that were found become a file, in the format that its name tells."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from rabatt.command_line.destinations import NewFile
from rabatt.command_line.file_faults import writing
from rabatt.errors import Error
from rabatt.store.files.cells import spooled
from rabatt.store.record_types import record_types


def write_rows(
    record: str,
    contents: Iterable[Mapping[str, Any]],
    path: str | os.PathLike[str],
    columns: Sequence[str] | None,
    separator: str,
    decimal_mark: str,
    title: str | None,
) -> int:
    """What `Rows.write` does."""
    name = os.fspath(path)
    if isinstance(columns, str):
        raise TypeError("columns are several texts, or None")
    described = record_types()[record]
    title = title or described.plural.replace("_", " ").capitalize()
    form = Path(name).suffix.lower()
    if form not in (".csv", ".xlsx", ".pdf"):
        raise Error("unknown_format", f"{name}: one of .csv, .xlsx, .pdf")
    if len(separator) != 1 or separator in '"\r\n':
        raise Error("invalid_value", f"separator {separator!r}: one character")
    if decimal_mark not in (".", ","):
        raise Error("invalid_value", f"decimal_mark {decimal_mark}: . or ,")
    with spooled(described, contents, columns) as rows, _new_file(name) as file:
        if form == ".csv":
            from rabatt.store.files.csv_export import write_csv

            write_csv(rows, file, separator, decimal_mark)
        elif form == ".xlsx":
            from rabatt.store.files.xlsx_export import write_xlsx

            write_xlsx(rows, file, name, described.plural, title)
        else:
            from rabatt.store.files.pdf_export import write_pdf

            write_pdf(rows, file, name, title, date.today(), decimal_mark, columns is None)
    return rows.count


@contextmanager
def _new_file(path: str) -> Iterator[BinaryIO]:
    """It appears whole, or not at all. Raises Error `file_not_writable`."""
    new = NewFile.open(path)
    try:
        with writing(path):
            yield new.file
        new.finish()
        new.publish()
    finally:
        new.discard()
