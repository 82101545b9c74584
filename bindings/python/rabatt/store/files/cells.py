"""The columns of an export: which ones, what stands in them, and how wide they are.

A map gets a column for each of its keys, so that the columns are known when all rows have been seen: they
are kept in a file meanwhile.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any

from rabatt.command_line.file_faults import temporary_file, writing
from rabatt.errors import Error
from rabatt.store.record_types import STAMPS, Field, ListField, RecordType

_MOST_IN_MEMORY = 1 << 20


@dataclass(slots=True)
class OutColumn:
    """A column, and what was seen in it: the longest text, the most places behind a decimal point."""

    name: str
    kind: str
    path: tuple[str, ...]
    longest: int = 0
    places: int = 0
    #: Whether there is anything in it but blanks, no and nought.
    tells: bool = False

    @property
    def is_number(self) -> bool:
        return self.kind in ("decimal", "integer")

    def cell(self, content: Mapping[str, Any]) -> Any:
        """A text, a bool, an integer, or None."""
        value: Any = content
        for step in self.path:
            value = value.get(step) if isinstance(value, Mapping) else None
        return _listed(value) if isinstance(value, list | Mapping) else value

    def see(self, cell: Any) -> None:
        if cell is None or cell == "":
            return
        text = str(cell)
        self.longest = max(self.longest, min(len(text), max(map(len, text.splitlines() or [""]))))
        self.tells = self.tells or text not in ("False", "0")
        if self.kind == "decimal":
            self.places = max(self.places, len(text.partition(".")[2]))


def _listed(value: Any) -> str | None:
    """Values with semicolons between them; JSON where that would not tell them apart."""
    if not value:
        return None
    if isinstance(value, list) and not any(isinstance(entry, list | dict) for entry in value):
        texts = [str(entry) for entry in value]
        if not any(";" in text or text != text.strip() or not text for text in texts):
            joined = ";".join(texts)
            if joined[0] not in "[{":
                return joined
    return json.dumps(value, ensure_ascii=False)


@dataclass(slots=True)
class Wanted:
    """A column that was asked for: one of a field, or as many as a map has keys."""

    name: str
    kind: str
    path: tuple[str, ...]
    map: ListField | None = None
    found: dict[tuple[str, ...], OutColumn] = field(default_factory=dict)

    def see(self, content: Mapping[str, Any]) -> None:
        for path, kind in self.paths(content):
            if path not in self.found:
                self.found[path] = OutColumn(".".join(path), kind, path)
            column = self.found[path]
            column.see(column.cell(content))

    def paths(self, content: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
        if self.map is None:
            yield self.path, self.kind
            return
        for key in content.get(self.path[0]) or {}:
            if self.map.of_values:
                yield (*self.path, key), self.map.content[0].kind
            else:
                yield from (((*self.path, key, each.name), each.kind) for each in self.map.content)

    def columns(self) -> list[OutColumn]:
        if self.map is None and not self.found:
            return [OutColumn(self.name, self.kind, self.path)]
        return [self.found[path] for path in sorted(self.found)]


def wanted_columns(described: RecordType, names: Sequence[str] | None) -> list[Wanted]:
    """Those that are named, else all that the record has. Raises Error `unknown_column`."""
    fields = {each.name: each for each in described.fields}
    known = {**fields, **{name: Field(name, "integer") for name in ("id", "revision")}}
    known |= {name: Field(name, "instant" if name.endswith("_at") else "text") for name in STAMPS}
    lists = {each.name: each for each in described.lists}
    found = []
    for name in [*fields, *lists] if names is None else dict.fromkeys(names):
        base, _, key = name.partition(".")
        if name in known:
            found.append(Wanted(name, known[name].kind, (name,)))
        elif name in lists:
            each = lists[name]
            found.append(Wanted(name, "list", (name,), each if each.is_map else None))
        elif key and base in lists and lists[base].is_map:
            found.append(_entry(lists[base], name, key))
        else:
            raise Error("unknown_column", f"{name}: there is no such field in {described.plural}")
    return found


def _entry(each: ListField, name: str, key: str) -> Wanted:
    if each.of_values:
        return Wanted(name, each.content[0].kind, (each.name, key))
    key, _, inner = key.rpartition(".")
    kinds = {one.name: one.kind for one in each.content}
    if not key or inner not in kinds:
        raise Error("unknown_column", name)
    return Wanted(name, kinds[inner], (each.name, key, inner))


class SpooledRows:
    """Rows that have all been seen, and are read again from a file."""

    def __init__(self, file: IO[bytes], columns: list[OutColumn], count: int) -> None:
        self._file = file
        self.columns = columns
        self.count = count

    def __iter__(self) -> Iterator[list[Any]]:
        """The cells of each row."""
        with writing(temporary_file()):
            self._file.seek(0)
            for line in self._file:
                content = json.loads(line)
                yield [column.cell(content) for column in self.columns]


@contextmanager
def spooled(
    described: RecordType, contents: Iterable[Mapping[str, Any]], names: Sequence[str] | None
) -> Iterator[SpooledRows]:
    """Raises Error `unknown_column`, `file_not_writable`."""
    wanted = wanted_columns(described, names)
    with writing(temporary_file()), tempfile.SpooledTemporaryFile(_MOST_IN_MEMORY) as file:
        count = 0
        for content in contents:
            for each in wanted:
                each.see(content)
            kept = {each.path[0]: content.get(each.path[0]) for each in wanted}
            file.write(json.dumps(kept).encode() + b"\n")
            count += 1
        yield SpooledRows(file, [column for each in wanted for column in each.columns()], count)
