"""Reads case files; their grammar is at the top of README.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeAlias

from tests.cases.edits import Json, edited, edited_rows, expanded, input_value

# The blocks a verb runs on, and its own columns on the left beside the paths into those blocks.
BLOCKS: dict[str, tuple[str, ...]] = {
    "price": ("book", "request"),
    "settle": ("book", "request"),
    "orders": ("book", "rows"),
    "check": ("book",),
    "hash": ("book",),
    "set_for_all": ("book",),
    "allocate": (),
    "round": (),
    "decimal": (),
}
INPUTS: dict[str, tuple[str, ...]] = {
    "settle": ("payments",),
    "set_for_all": ("campaign", "percent"),
    "allocate": ("amount", "weights", "currency", "step"),
    "round": ("value", "step", "mode"),
    "decimal": ("op", "a", "b", "places", "mode"),
}


class CaseError(Exception):
    """A malformed case file; the message begins with file:line."""


@dataclass(frozen=True)
class Case:
    file: str
    line: int
    name: str
    verb: str
    book_text: str  # JSON, edits applied; "" where the verb takes no book
    request_text: str  # likewise; for `orders` the CSV text
    inputs: dict[str, Json]  # the verb's own columns, such as `payments`; for `hash` the `base` book
    expected: dict[str, str]  # path -> cell; empty cells are left out

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.name}"


def read(path: Path) -> list[Case]:
    return list(_File(path).cases())


_Cells: TypeAlias = tuple[list[str], list[str]]  # left and right of the arrow


class _File:
    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.lines = path.read_text(encoding="utf-8").split("\n")
        self.at = 0  # the line being read, from 0
        self.blocks: dict[str, str] = {}
        self.names: set[str] = set()

    def fail(self, why: str) -> NoReturn:
        raise CaseError(f"{self.name}:{self.at + 1}: {why}")

    def cases(self) -> Iterator[Case]:
        while self.at < len(self.lines):
            word = self.lines[self.at]
            if not word.strip() or word.startswith("#"):
                self.at += 1
            elif word in ("book", "request", "rows"):
                self.block(word)
            elif word in BLOCKS:
                yield from self.table(word)
            else:
                self.fail(f"neither a block nor a verb: {word!r}")

    def indented(self) -> Iterator[str]:
        self.at += 1
        while self.at < len(self.lines) and self.lines[self.at].startswith("  "):
            yield self.lines[self.at][2:]
            self.at += 1

    def block(self, word: str) -> None:
        text = "\n".join(self.indented())
        if not text:
            self.fail(f"the block {word} is empty")
        self.blocks[word] = expanded(text)

    def table(self, verb: str) -> Iterator[Case]:
        missing = [block for block in BLOCKS[verb] if block not in self.blocks]
        if missing:
            self.fail(f"a table {verb} before any block {missing[0]}")
        header: _Cells | None = None
        for text in self.indented():
            if text.lstrip().startswith("#"):
                continue
            cells = self.cells(text)
            if header is None:
                header = cells
                self.check_header(verb, header)
            else:
                yield self.case(verb, header, cells)
        if header is None:
            self.fail(f"a table {verb} without a header")

    def cells(self, text: str) -> _Cells:
        sides = re.split(r"\s=>(?=\s|$)", text)
        if len(sides) != 2:
            self.fail("a line of a table has one => between blanks")
        left, right = ([cell.strip() for cell in side.split("|")] for side in sides)
        return left, right

    def check_header(self, verb: str, header: _Cells) -> None:
        if header[0][0] != "name":
            self.fail("the first column is `name`")
        for columns in header:
            if "" in columns or len(set(columns)) < len(columns):
                self.fail("a column has no name, or one twice")
        for column in header[0][1:]:
            if column not in INPUTS.get(verb, ()) and self.target(verb, column) is None:
                self.fail(f"{verb} has no column {column!r}")

    def target(self, verb: str, column: str) -> tuple[str, str] | None:
        """The block that a column on the left edits, and the path in it."""
        block, _, path = column.partition(".") if column.startswith("book.") else (column, "", "")
        if block not in BLOCKS[verb]:
            block, path = ("rows" if column.startswith("rows[") else "request"), column
        return (block, path) if block in BLOCKS[verb] else None

    def case(self, verb: str, header: _Cells, cells: _Cells) -> Case:
        for side in (0, 1):
            if len(cells[side]) != len(header[side]):
                self.fail(f"{len(cells[side])} cells under {len(header[side])} columns")
        name = cells[0][0]
        if not re.fullmatch(r"[a-z0-9_]+", name) or name in self.names:
            self.fail(f"a name is snake_case and once in its file: {name!r}")
        self.names.add(name)
        given, expected = (
            {column: expanded(cell) for column, cell in zip(*side, strict=True) if cell}
            for side in zip(header, cells, strict=True)
        )
        del given["name"]
        if not expected:
            self.fail("the row expects nothing")
        texts = {block: self.blocks[block] for block in BLOCKS[verb]}
        inputs: dict[str, Json] = {"base": texts["book"]} if verb == "hash" else {}
        edits: dict[str, list[tuple[str, str]]] = {}
        try:
            for column, cell in given.items():
                if column in INPUTS.get(verb, ()):
                    inputs[column] = input_value(cell)
                elif target := self.target(verb, column):
                    edits.setdefault(target[0], []).append((target[1], cell))
            for block, changes in edits.items():
                texts[block] = (edited_rows if block == "rows" else edited)(texts[block], changes)
        except (ValueError, LookupError) as error:
            self.fail(str(error))
        request = texts.get("request", texts.get("rows", ""))
        return Case(self.name, self.at + 1, name, verb, texts.get("book", ""), request, inputs, expected)
