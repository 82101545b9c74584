"""Loading: a table becomes records, all of them or none, or those that are right."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from rabatt import _rabatt
from rabatt.errors import Error
from rabatt.store.files.columns import BadCell, CellReader, Column, Content, column_of
from rabatt.store.files.mapping import Mapping, mapping_of
from rabatt.store.files.sources import table_of
from rabatt.store.files.table import Loaded, LoadProblem, Places, SourceRow, Table
from rabatt.store.record_types import RecordType, record_types

if TYPE_CHECKING:
    from rabatt.store.collection import Collection

#: A path, a frame with `__arrow_c_stream__`, or rows: mappings, or records.
Source: TypeAlias = str | os.PathLike[str] | Iterable[Any]

#: What stands in a mapping, or the path of one.
GivenMapping: TypeAlias = str | os.PathLike[str] | AnyMapping[str, Any] | Mapping | None

#: Rows that the store gets at a time.
CHUNK = 2000

_KEYS_AT_ONCE = 200  # that one query looks for


@dataclass(frozen=True, slots=True)
class LoadOptions:
    match: str | None
    mapping: Mapping
    apply: bool
    keep_good: bool
    reader: CellReader


class _Undone(Exception):
    """Leaves the transaction of a load of which nothing is to stay."""


def load(
    collection: Collection[Any],
    source: Source,
    match: str | None,
    mapping: GivenMapping,
    apply: bool,
    keep_good: bool,
    decimal_mark: str | None,
    encoding: str | None,
    separator: str | None,
    places: Places,
    at: datetime | None,
) -> Loaded:
    """What `Collection.load` does."""
    meant = mapping_of(mapping)
    mark = decimal_mark or meant.decimal_mark or "."
    if mark not in (".", ","):
        raise Error("invalid_value", f"decimal_mark {mark}: . or ,")
    described = record_types()[collection.record_class.record_type]
    if meant.record not in (None, described.plural, described.name):
        raise Error("invalid_value", f"mapping: record {meant.record}, and these are {described.plural}")
    table = table_of(
        source, encoding or meant.encoding or "utf-8", separator or meant.separator, meant.header, places
    )
    reader = CellReader(mark, True) if table.is_text else CellReader()
    options = LoadOptions(match or meant.match, meant, apply, keep_good, reader)
    return _Loading(collection, described, table, options).run(at)


class _Loading:
    def __init__(
        self, collection: Collection[Any], described: RecordType, table: Table, options: LoadOptions
    ) -> None:
        self.collection = collection
        self.described = described
        self.table = table
        self.options = options
        self.columns: dict[str, Column | None] = {}
        self.problems: list[LoadProblem] = list(table.problems)
        self.added = self.updated = 0
        self.lines: list[int] = []

    def run(self, at: datetime | None) -> Loaded:
        self.check_header()
        if self.problems:
            return Loaded(0, 0, tuple(self.problems))
        opened, actor = self.collection._view._open, self.collection._view.actor
        inside = opened.in_transaction
        if inside and not self.options.apply:
            raise RuntimeError("a dry run is a transaction of its own")
        try:
            with opened.writing(actor, at) as work:
                for chunk in self.chunks(None if inside else CHUNK):
                    self.load_chunk(work, chunk, inside)
                stays = self.options.apply and (self.options.keep_good or not self.problems)
                if not stays and not inside:
                    raise _Undone
        except _Undone:
            pass
        if self.problems and not self.options.keep_good:
            self.added = self.updated = 0
        self.problems.sort(key=lambda problem: problem.line)
        return Loaded(self.added, self.updated, tuple(self.problems), stays)

    # ---- columns ----

    def check_header(self) -> None:
        """Problems of the header go to `problems`; nothing is read where there are any."""
        meant, names = self.options.mapping, self.table.names
        asked = {*meant.constants, *meant.values, *meant.shift, *(meant.columns or {})}
        for name in sorted(asked):
            if self.column(name) is None:
                self.say(0, name, "unknown_column", f"The mapping has it, but {self.plural} do not.")
        if names is None:
            return
        for name in dict.fromkeys(names):
            if names.count(name) > 1 and (name or meant.columns is None):
                self.say(self.table.header_line, name, "duplicate_field", "There are two of this name.")
        for name in sorted({*(meant.columns or {}).values(), *meant.skip} - set(names)):
            self.say(self.table.header_line, name, "missing_column", "The mapping needs it.")
        if meant.columns is None:
            for name in dict.fromkeys(names):
                if self.column(name) is None:
                    said = f"There is no such field in {self.plural}."
                    self.say(self.table.header_line, name, "unknown_column", said)
        self.check_required({*(names if meant.columns is None else meant.columns), *meant.constants})

    def check_required(self, given: set[str]) -> None:
        match = self.options.match
        if match:
            needed = [match]
        else:
            needed = [
                field.name for field in self.described.fields if field.required and not field.has_default
            ]
            if self.described.parent and self.described.parent not in needed:
                needed.insert(0, self.described.parent)
        for name in needed:
            if name not in given:
                self.say(self.table.header_line, name, "missing_column", "Every row needs it.")

    def column(self, name: str) -> Column | None:
        if name not in self.columns:
            self.columns[name] = column_of(self.described, name, self.options.reader)
        return self.columns[name]

    @property
    def plural(self) -> str:
        return self.described.plural.replace("_", " ")

    # ---- rows ----

    def chunks(self, size: int | None) -> Iterator[list[Content]]:
        """Records of so many rows; their lines go to `lines`."""
        rows = (row for row in self.table.rows if not self.is_left_out(row))
        while block := list(islice(rows, size)):
            self.lines = []
            chunk = []
            for row in block:
                content = self.record(row)
                if content is not None:
                    chunk.append(content)
                    self.lines.append(row.line)
            yield chunk

    def is_left_out(self, row: SourceRow) -> bool:
        if row.problem:
            return False
        is_blank = all(cell is None or cell == "" for cell in row.cells.values())
        return is_blank or self.options.mapping.skips(row.cells)

    def record(self, row: SourceRow) -> Content | None:
        """None where the row is no record, which `problems` then has."""
        if row.problem:
            self.problems.append(row.problem)
            return None
        content: Content = {}
        good = True
        for name, theirs, cell in self.cells(row):
            column = self.column(name)
            if column is None:
                self.say(row.line, theirs, "unknown_column", f"There is no such field in {self.plural}.")
                good = False
                continue
            try:
                column.put(content, self.options.mapping.cell(name, cell))
            except BadCell as error:
                self.say(row.line, theirs, error.code, error.message)
                good = False
        return content if good else None

    def cells(self, row: SourceRow) -> Iterator[tuple[str, str, Any]]:
        """Our name, theirs, and the cell."""
        meant = self.options.mapping
        for name, text in meant.constants.items():
            yield name, name, text
        if meant.columns is None:
            yield from ((name, name, cell) for name, cell in row.cells.items())
        else:
            yield from ((name, theirs, row.cells.get(theirs)) for name, theirs in meant.columns.items())

    # ---- the store ----

    def load_chunk(self, work: _rabatt.Transaction, chunk: list[Content], inside: bool) -> None:
        if not chunk and self.table.names is not None:
            return
        if self.options.match:
            self.keep_other_entries(work, chunk)
        # Alone the whole transaction is undone, so that a bad row is no reason for others to be bad.
        keep_good = self.options.keep_good or not inside
        if inside and self.problems and not self.options.keep_good:
            return
        how = {"match": self.options.match or "", "keep_good": keep_good, "as_text": True}
        answer = json.loads(work.load(self.described.name, _text(chunk), json.dumps(how)))
        self.added += answer["added"]
        self.updated += answer["updated"]
        for problem in answer["problems"]:
            self.say(self.lines[problem["row"]], problem["path"], problem["code"], problem["message"])

    def keep_other_entries(self, work: _rabatt.Transaction, chunk: list[Content]) -> None:
        """A column `prices.EUR` says nothing of other currencies, while the store takes maps as a whole."""
        maps = {column.entry_of for column in self.columns.values() if column and column.entry_of}
        match = self.options.match or ""
        keys = [content[match] for content in chunk if content.get(match)]
        if not maps or not keys:
            return
        found = [
            row
            for start in range(0, len(keys), _KEYS_AT_ONCE)
            for row in self.found(work, keys[start : start + _KEYS_AT_ONCE])
        ]
        present = {str(row[match]).casefold(): row for row in found}
        for content in chunk:
            row = present.get(str(content.get(match)).casefold())
            for name in maps if row else ():
                if name in content and row:
                    content[name] = {**row[name], **content[name]}

    def found(self, work: _rabatt.Transaction, keys: list[Any]) -> list[dict[str, Any]]:
        """The records with these keys; a key that cannot be one has none, which the load then tells."""
        query = {"where": [[self.options.match, "in", keys]], "limit": 2 * len(keys)}
        try:
            rows: list[dict[str, Any]] = json.loads(work.find(self.described.name, json.dumps(query)))["rows"]
        except Error:
            half = len(keys) // 2
            return self.found(work, keys[:half]) + self.found(work, keys[half:]) if half else []
        return rows

    def say(self, line: int, column: str, code: str, message: str) -> None:
        self.problems.append(LoadProblem(line, column, code, message))


def _text(chunk: list[Content]) -> str:
    return json.dumps(chunk, ensure_ascii=False)
