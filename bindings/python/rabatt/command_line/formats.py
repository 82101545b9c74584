"""Which format a file has, and in which one results are written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeAlias, TypeGuard, get_args

from rabatt.errors import Error

#: What orders come in: a table with a row per line, or requests, one or one per line.
FileFormat: TypeAlias = Literal["csv", "parquet", "json", "jsonl"]
OutputFormat: TypeAlias = Literal["table", "csv", "json", "jsonl", "parquet"]

OUTPUT_FORMATS: Sequence[str] = get_args(OutputFormat)


def file_format(path: str) -> FileFormat:
    """By extension, in any case. Raises Error `unknown_format`.

    >>> file_format("orders/march.CSV")
    'csv'
    """
    found = _format_of_extension(path)
    if found is None:
        raise Error("unknown_format", f"{path}: orders are .csv or .parquet, requests .json or .jsonl")
    return found


def output_format(wanted: str | None, out: str | None, orders: FileFormat) -> OutputFormat:
    """What was asked for; else by the extension of the file that is written; else a table for people on a
    terminal, and the format of the orders for everything else. Raises Error `unknown_format`, also for an
    extension that is none of ours: nobody wants CSV that is named .xlsx.

    >>> output_format(None, "march.parquet", "csv"), output_format(None, "march", "csv")
    ('parquet', 'csv')
    """
    if wanted is not None:
        return named_format(wanted)
    if out is None:
        return "table" if on_terminal() else orders
    found = _format_of_extension(out)
    if found is None and Path(out).suffix:
        names = ", ".join(f".{form}" for form in get_args(FileFormat))
        raise Error("unknown_format", f"{out}: one of {names}, or --format")
    return found or orders


def second_format(wanted: OutputFormat | None, out: str, otherwise: FileFormat) -> OutputFormat:
    """The same for a second file: its own extension goes before what was asked for."""
    return _format_of_extension(out) or wanted or output_format(None, out, otherwise)


def named_format(name: str, among: Sequence[str] = OUTPUT_FORMATS) -> OutputFormat:
    """Raises Error `unknown_format` for what is not among the formats that a command can write."""
    if _is_output_format(name) and name in among:
        return name
    raise Error("unknown_format", f"{name}: one of {', '.join(among)}")


def on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _format_of_extension(path: str) -> FileFormat | None:
    suffix = Path(path).suffix.lower()
    return next((form for form in get_args(FileFormat) if suffix == f".{form}"), None)


def _is_output_format(name: str) -> TypeGuard[OutputFormat]:
    return name in OUTPUT_FORMATS
