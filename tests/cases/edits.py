"""What the cells of a case file do to its documents: values, paths, edits."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TypeAlias

Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None

ALL = -1  # the index [*]


class _Raw(str):
    """JSON text to be written as it stands."""


_Tree: TypeAlias = bool | int | str | _Raw | list["_Tree"] | dict[str, "_Tree"] | None
_REMOVE = _Raw("~")


def expanded(cell: str) -> str:
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


def input_value(cell: str) -> Json:
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


def path_steps(path: str) -> list[str | int]:
    """'lines[0].rejected[*].reason' -> ['lines', 0, 'rejected', ALL, 'reason']"""
    step = re.compile(r"\.?([^.\[\]]+)|\[(\d+|\*)\]")
    steps: list[str | int] = []
    at = 0
    while at < len(path):
        found = step.match(path, at)
        if not found:
            raise ValueError(f"not a path: {path!r}")
        name, index = found.groups()
        steps.append(name if name is not None else ALL if index == "*" else int(index))
        at = found.end()
    return steps


def edited(document: str, edits: list[tuple[str, str]]) -> str:
    """Sets each path of a JSON document to its cell; missing objects and lists on the way are made."""
    root: _Tree = None if any(path == "" for path, _ in edits) else _parse(document)
    for path, cell in edits:
        root = _set(root, path_steps(path), _value(cell))
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


def edited_rows(table: str, edits: list[tuple[str, str]]) -> str:
    """Sets `rows[i].column` of a CSV text; a new column is added at the end, so is a row."""
    header, *rows = list(csv.reader(io.StringIO(table)))
    for path, cell in edits:
        _, index, *field = path_steps(path)
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
        rows[index][header.index(column)] = "" if cell == "~" else str(input_value(cell))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()
