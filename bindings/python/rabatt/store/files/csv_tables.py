"""CSV in any encoding, with any separator, row by row."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence

from rabatt.command_line.file_faults import reading
from rabatt.errors import Error
from rabatt.store.files.table import LoadProblem, SourceRow, Table

_SEPARATORS = ";,\t|"

csv.field_size_limit(sys.maxsize)  # of all readers there are


def csv_table(path: str, encoding: str, separator: str | None, header: Sequence[str] | None) -> Table:
    """`header` names the columns of a file that does not. A separator that is not given is the one that
    stands in the first line most often. Raises Error `file_not_readable`, `invalid_value`."""
    try:
        "".encode(encoding)
    except LookupError:
        raise Error("invalid_value", f"encoding {encoding}") from None
    if separator is not None and len(separator) != 1:
        raise Error("invalid_value", f"separator {separator}: one character")
    with (
        reading(path, (OSError, UnicodeError)),
        open(path, encoding=_with_mark(encoding), newline="") as file,
    ):
        first = file.readline()
    rows = _rows(path, encoding, separator or _separator_of(first))
    names, line = (list(header), 0) if header is not None else (None, 1)
    if names is None:
        line, names = next(rows, (1, []))
    return Table(names, _source_rows(rows, names), line, is_text=True)


def _with_mark(encoding: str) -> str:
    """A byte order mark is none of the first column's name."""
    return "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding


def _separator_of(line: str) -> str:
    counts = dict.fromkeys(_SEPARATORS, 0)
    quoted = False
    for character in line:
        if character == '"':
            quoted = not quoted
        elif not quoted and character in counts:
            counts[character] += 1
    found = max(counts, key=counts.__getitem__)
    return found if counts[found] else ","


def _rows(path: str, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line in which it begins; a line without any character is no row."""
    with (
        reading(path, (OSError, UnicodeError)),
        open(path, encoding=_with_mark(encoding), newline="") as file,
    ):
        reader = csv.reader(file, delimiter=separator, strict=True)
        begin = 1
        try:
            for row in reader:
                if row:
                    yield begin, row
                begin = reader.line_num + 1
        except csv.Error as error:
            raise Error("file_not_readable", f"{path} line {reader.line_num}: {error}") from None


def _source_rows(rows: Iterator[tuple[int, list[str]]], names: Sequence[str]) -> Iterator[SourceRow]:
    for line, cells in rows:
        if len(cells) == len(names):
            yield SourceRow(line, dict(zip(names, cells, strict=True)))
        elif any(cells):
            said = f"{len(cells)} cells, and there are {len(names)} columns"
            yield SourceRow(line, {}, LoadProblem(line, "", "bad_row", said))
