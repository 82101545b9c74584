"""Table: what comes out of a file before anybody knows what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias


@dataclass(frozen=True, slots=True)
class LoadProblem:
    """What is wrong in a file: `line` is that of the file, from 1; of other sources the number of the row.

    `column` is the header, or the path within the record; `code` one of `error_codes`.
    """

    line: int
    column: str
    code: str
    message: str

    def __str__(self) -> str:
        place = [f"line {self.line}"] if self.line else []
        return ": ".join(part for part in [*place, self.column, self.code, self.message] if part)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many records were added and changed, or would be where nothing was applied, and what is wrong."""

    added: int
    updated: int
    problems: tuple[LoadProblem, ...] = ()
    #: Whether the store has them now.
    applied: bool = False


class SourceRow(NamedTuple):
    """A row by the names of its columns; None is blank. `problem` says why there is nothing to be read."""

    line: int
    cells: Mapping[str, Any]
    problem: LoadProblem | None = None


#: With how many places a column of floats is read: one number for all of them, or by column.
Places: TypeAlias = int | Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that are read while they are asked for, once. `names` is None where each row has its own.

    `is_text`: all its cells are texts that people wrote, with their own decimal mark.
    """

    names: list[str] | None
    rows: Iterator[SourceRow]
    header_line: int = 1
    problems: list[LoadProblem] = field(default_factory=list)
    is_text: bool = False


def places_of(places: Places, column: str) -> int | None:
    return places if isinstance(places, int) or places is None else places.get(column)
