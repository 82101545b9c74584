"""What can be loaded, by its extension or its type."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rabatt.errors import Error
from rabatt.store.files.csv_tables import csv_table
from rabatt.store.files.json_tables import dicts_table, json_lines_table
from rabatt.store.files.table import Places, Table

_CSV = (".csv", ".tsv", ".txt")


def table_of(
    source: Any, encoding: str, separator: str | None, header: Sequence[str] | None, places: Places
) -> Table:
    """Raises Error `file_not_readable`, `unknown_format`, `limit_exceeded`."""
    if isinstance(source, str | os.PathLike):
        return _file_table(os.fspath(source), encoding, separator, header, places)
    if hasattr(source, "__arrow_c_stream__"):
        from rabatt.store.files.arrow_rows import frame_table

        return frame_table(source, places)
    if isinstance(source, Iterable) and not isinstance(source, Mapping | bytes):
        return dicts_table(source)
    raise TypeError(f"a path, a frame or rows, not {type(source).__name__}")


def is_csv(source: Any) -> bool:
    return isinstance(source, str | os.PathLike) and Path(source).suffix.lower() in _CSV


def _file_table(
    path: str, encoding: str, separator: str | None, header: Sequence[str] | None, places: Places
) -> Table:
    suffix = Path(path).suffix.lower()
    if suffix in _CSV:
        return csv_table(path, encoding, separator, header)
    if suffix == ".jsonl":
        return json_lines_table(path, encoding)
    if suffix == ".parquet":
        from rabatt.store.files.arrow_rows import parquet_table

        return parquet_table(path, places)
    if suffix == ".xlsx":
        from rabatt.store.files.xlsx_tables import xlsx_table

        return xlsx_table(path, places, header)
    raise Error("unknown_format", f"{path}: one of .csv, .tsv, .txt, .xlsx, .jsonl, .parquet")
