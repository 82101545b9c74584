"""Reads case files (their grammar is at the top of README.md) and checks answers against them.

    for case in read(Path("tests/cases/section_7.case")):
        mismatches = check_answer(case, my_face(case))      # [] when every expected cell holds

A face gives the decoded result, or Refused(code, subject) where the call was refused.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, NoReturn, TypeAlias

Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None

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
    "decimal": ("op", "a", "b"),
}
CODE_ONLY = ("allocate", "round", "decimal", "set_for_all")  # their errors compare by code
BY_VALUE = ("allocate", "round", "decimal", "set_for_all", "orders")  # their decimals compare as numbers
ANY = "any"  # as an expected error or list of problems: one there must be, whichever


class CaseError(Exception):
    """A malformed case file; the message begins with file:line."""


class Refused(NamedTuple):
    """An error as an answer."""

    code: str
    subject: str


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


# --- cells and paths ----------------------------------------------------------------------------------------


class _Raw(str):
    """JSON text to be written as it stands."""


_Tree: TypeAlias = bool | int | str | _Raw | list["_Tree"] | dict[str, "_Tree"] | None
_REMOVE = _Raw("~")
_ALL = -1  # the index [*]


def _expand(cell: str) -> str:
    """{{3 ab}} is ababab."""
    return re.sub(r"\{\{(\d+) (.*?)\}\}", lambda m: m[2] * int(m[1]), cell)


def _value(cell: str) -> _Tree:
    if cell == "~":
        return _REMOVE
    if cell.startswith("!"):
        return _Raw(cell[1:])
    if cell[0] in '{["':
        return _parse(cell)
    if cell in ("true", "false", "null") or re.fullmatch(r"-?(0|[1-9][0-9]*)", cell):
        return _Raw(cell)
    return cell


def _input(cell: str) -> Json:
    """An input of the verb itself is a text, unless it is written as JSON."""
    value: Json = json.loads(cell) if cell[0] in '{["' else cell
    return value


def _parse(text: str) -> _Tree:
    def pairs(fields: list[tuple[str, _Tree]]) -> _Tree:
        if len(dict(fields)) != len(fields):
            raise ValueError("a repeated field; only an unedited document or a !text may have one")
        return dict(fields)

    reader = json.JSONDecoder(object_pairs_hook=pairs, parse_int=_Raw, parse_float=_Raw, parse_constant=_Raw)
    tree: _Tree = reader.decode(text)
    return tree


def _dump(tree: _Tree) -> str:
    if isinstance(tree, _Raw):
        return str(tree)
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{_dump(key)}: {_dump(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(_dump(value) for value in tree) + "]"
    return json.dumps(tree, ensure_ascii=False)


def _steps(path: str) -> list[str | int]:
    """'lines[0].rejected[*].reason' -> ['lines', 0, 'rejected', ALL, 'reason']"""
    step = re.compile(r"\.?([^.\[\]]+)|\[(\d+|\*)\]")
    steps: list[str | int] = []
    at = 0
    while at < len(path):
        found = step.match(path, at)
        if not found:
            raise ValueError(f"not a path: {path!r}")
        name, index = found.groups()
        steps.append(name if name is not None else _ALL if index == "*" else int(index))
        at = found.end()
    return steps


def _edit(document: str, edits: list[tuple[str, str]]) -> str:
    """Sets each path of a JSON document to its cell; missing objects and lists on the way are made."""
    root: _Tree = None if any(path == "" for path, _ in edits) else _parse(document)
    for path, cell in edits:
        root = _set(root, _steps(path), _value(cell))
    return _dump(root)


def _set(node: _Tree, steps: list[str | int], value: _Tree) -> _Tree:
    if not steps:
        return value
    head, rest = steps[0], steps[1:]
    if isinstance(head, str):
        fields = {} if node is None else node
        if not isinstance(fields, dict):
            raise ValueError(f"{head!r} is set in something that is no object")
        if value is _REMOVE and not rest:
            if head not in fields:
                raise ValueError(f"there is no {head!r} to remove")
            del fields[head]
        else:
            fields[head] = _set(fields.get(head), rest, value)
        return fields
    entries = [] if node is None else node
    end = len(entries) if isinstance(entries, list) else -1
    removed = value is _REMOVE and not rest
    if not isinstance(entries, list) or head < 0 or head > end - removed:
        raise ValueError(f"[{head}] is beyond the end of the list, or in something that is no list")
    if removed:
        del entries[head]
    elif head == end:
        entries.append(_set(None, rest, value))
    else:
        entries[head] = _set(entries[head], rest, value)
    return entries


def _edit_rows(table: str, edits: list[tuple[str, str]]) -> str:
    """Sets `rows[i].column` of a CSV text; a new column is added at the end, so is a row."""
    header, *rows = list(csv.reader(io.StringIO(table)))
    for path, cell in edits:
        _, index, *field = _steps(path)
        if not isinstance(index, int) or not 0 <= index <= len(rows):
            raise ValueError(f"no such row: {path!r}")
        if not field:
            del rows[index]
            continue
        column = str(field[0])
        if column not in header:
            header.append(column)
        if index == len(rows):
            rows.append([])
        for row in rows:
            row.extend([""] * (len(header) - len(row)))
        rows[index][header.index(column)] = "" if cell == "~" else str(_input(cell))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


# --- files --------------------------------------------------------------------------------------------------

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
        self.blocks[word] = _expand(text)

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
            {column: _expand(cell) for column, cell in zip(*side, strict=True) if cell}
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
                    inputs[column] = _input(cell)
                elif target := self.target(verb, column):
                    edits.setdefault(target[0], []).append((target[1], cell))
            for block, changes in edits.items():
                texts[block] = (_edit_rows if block == "rows" else _edit)(texts[block], changes)
        except (ValueError, LookupError) as error:
            self.fail(str(error))
        request = texts.get("request", texts.get("rows", ""))
        return Case(self.name, self.at + 1, name, verb, texts.get("book", ""), request, inputs, expected)


# --- answers ------------------------------------------------------------------------------------------------


def check_answer(case: Case, answer: Json | Refused) -> list[str]:
    """What differs from the expected cells, a line each."""
    wanted = case.expected.get("error", "none")
    if isinstance(answer, Refused) or wanted != "none":
        return _check_error(case, wanted, answer)
    differences = []
    for path, want in case.expected.items():
        if path == "error":
            continue
        try:
            found = _find(answer, _steps(path))
        except LookupError:
            differences.append(f"{case}: {path} is not in the answer")
            continue
        if path.endswith("#keys") and isinstance(found, list):
            found = [key for key in found if key in json.loads(want)]
        if want == ANY and path == "problems" and found:
            continue
        by_value = case.verb in BY_VALUE or "steps" in path
        if _text(found, want, by_value) != _text(
            json.loads(want) if want[0] in '{["' else want, want, by_value
        ):
            differences.append(f"{case}: {path} is {json.dumps(found, ensure_ascii=False)}, not {want}")
    return differences


def _check_error(case: Case, wanted: str, answer: Json | Refused) -> list[str]:
    if not isinstance(answer, Refused):
        return [f"{case}: answered, not refused with {wanted}"]
    code, _, subject = wanted.partition(" ")
    same = code == ANY or (
        code == answer.code and (subject in ("*", answer.subject) or case.verb in CODE_ONLY)
    )
    return [] if same else [f"{case}: refused with {answer.code} {answer.subject}, not {wanted}"]


def _find(node: Json, steps: list[str | int]) -> Json:
    """[*] is the list over all entries, a+b two values joined by a blank, #keys an object's field names."""
    if not steps:
        return node
    head, rest = steps[0], steps[1:]
    if isinstance(head, str) and isinstance(node, dict):
        if head == "#keys":
            return list(node)
        if "+" in head and not rest:
            return " ".join(_bare(node[part]) for part in head.split("+"))
        return _find(node[head], rest)
    if isinstance(head, int) and isinstance(node, list):
        return [_find(entry, rest) for entry in node] if head == _ALL else _find(node[head], rest)
    raise LookupError(head)


def _text(value: Json, want: str, by_value: bool) -> str:
    """The value as text to compare: as JSON where the cell is JSON, else bare."""
    if want[0] not in '{["':
        return _by_value(_bare(value)) if by_value else _bare(value)
    return json.dumps(_normal(value) if by_value else value, sort_keys=True)


def _bare(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _normal(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _normal(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_normal(entry) for entry in value]
    return _by_value(value) if isinstance(value, str) else value


def _by_value(text: str) -> str:
    """2.50 is 2.5 and -0.0 is 0, in each word of the text."""
    return re.sub(r"(?<!\S)-?\d+(\.\d+)?(?!\S)", lambda m: _shortest(m[0]), text)


def _shortest(number: str) -> str:
    text = number.rstrip("0").rstrip(".") if "." in number else number
    return "0" if re.fullmatch(r"-?0+", text) else text
