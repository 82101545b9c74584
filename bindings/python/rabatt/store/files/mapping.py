"""Mapping: how the table of somebody else becomes records. As YAML or JSON:

record: items                 # which records; the command line's --into goes before
separator: "\\t"              # of the file: also encoding, decimal_mark, match
header: [id, title, price]    # names of the columns of a file that has none
columns:                      # our column: theirs; theirs that are not named are left alone
  number: id
  name: title
  prices.EUR: price
constants: {unit: each}       # our column: the same in every row
values:                       # our column: their value: ours; what is not named stays as it is
  kind: {S: service, "": inventory}
shift: {discount: 2}          # our column: places that the decimal point goes to the right: 0.15 is 15
skip: {title: ["", "test"]}   # their column: rows with one of these values are left out
"""

from __future__ import annotations

import os
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from rabatt.command_line.file_faults import reading
from rabatt.errors import Error
from rabatt.store.files.columns import BadCell
from rabatt.texts import spelled_out
from rabatt.yaml_nodes import NoYaml, composed, decoded

_TEXTS = ("record", "match", "separator", "encoding", "decimal_mark")
_MAPS = ("columns", "constants", "values", "shift", "skip")
_FURTHEST = 38


@dataclass(frozen=True, slots=True)
class Mapping:
    record: str | None = None
    match: str | None = None
    separator: str | None = None
    encoding: str | None = None
    decimal_mark: str | None = None
    header: tuple[str, ...] | None = None
    columns: AnyMapping[str, str] | None = None
    constants: AnyMapping[str, str] = field(default_factory=dict)
    values: AnyMapping[str, AnyMapping[str, str]] = field(default_factory=dict)
    shift: AnyMapping[str, int] = field(default_factory=dict)
    skip: AnyMapping[str, frozenset[str]] = field(default_factory=dict)

    def skips(self, cells: AnyMapping[str, Any]) -> bool:
        return any(_text(cells.get(name)) in values for name, values in self.skip.items())

    def cell(self, name: str, cell: Any) -> Any:
        """The cell of our column of this name. Raises BadCell."""
        meant = self.values.get(name)
        if meant is not None:
            cell = meant.get(_text(cell), cell)
        places = self.shift.get(name)
        return cell if places is None or cell in (None, "") else _shifted(cell, places)


def mapping_of(given: str | os.PathLike[str] | AnyMapping[str, Any] | Mapping | None) -> Mapping:
    """A mapping as it is given: nothing, a file, or what would stand in one.

    Raises Error `file_not_readable`; `unknown_field`, `invalid_value` with the place in it.
    """
    if given is None or isinstance(given, Mapping):
        return given or Mapping()
    if not isinstance(given, str | os.PathLike):
        return _checked(given, "mapping")
    with reading(given), open(given, "rb") as file:
        content = file.read()
    try:
        root = composed(decoded(content))
    except NoYaml as error:
        raise Error("file_not_readable", f"{given} line {error.line}: this is no YAML: {error}") from None
    return _checked({} if root is None else _content(root, str(given), 0), str(given))


def _content(node: Node, place: str, depth: int) -> Any:
    """Texts, lists and mappings of them; a mapping has no use for more, nor for aliases."""
    if isinstance(node, ScalarNode):
        is_null = not node.style and node.value in ("", "~", "null")
        return None if is_null else str(node.value)
    if node.anchor or depth > 3:
        raise Error("invalid_value", f"{place}: this is nested too deep")
    if isinstance(node, SequenceNode):
        return [_content(entry, place, depth + 1) for entry in node.value]
    assert isinstance(node, MappingNode)
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in found:
            raise Error("duplicate_field", f"{place}: {name}")
        found[name] = _content(value, f"{place}: {name}", depth + 1)
    return found


def _checked(content: Any, place: str) -> Mapping:
    given = _dict(content, place)
    for name in given:
        if name not in (*_TEXTS, *_MAPS, "header"):
            raise Error("unknown_field", f"{place}: {name}")
    stated = {name: given[name] for name in _MAPS if given.get(name) is not None}
    maps = {name: _dict(stated.get(name, {}), f"{place}: {name}") for name in _MAPS}
    header = given.get("header")
    if header is not None and not isinstance(header, list | tuple):
        raise Error("invalid_value", f"{place}: header is a list")
    return Mapping(
        **{name: None if given.get(name) is None else _scalar(given[name], place, name) for name in _TEXTS},
        header=None if header is None else tuple(_scalar(name, place, "header") for name in header),
        columns=None if given.get("columns") is None else _texts(maps["columns"], f"{place}: columns"),
        constants=_texts(maps["constants"], f"{place}: constants"),
        values={
            name: _texts(_dict(meant, f"{place}: values.{name}"), f"{place}: values.{name}")
            for name, meant in maps["values"].items()
        },
        shift={name: _places(places, f"{place}: shift.{name}") for name, places in maps["shift"].items()},
        skip={name: _several(values, f"{place}: skip.{name}") for name, values in maps["skip"].items()},
    )


def _dict(content: Any, place: str) -> dict[str, Any]:
    if not isinstance(content, AnyMapping):
        raise Error("invalid_value", f"{place}: names and what they stand for")
    return {str(name): value for name, value in content.items()}


def _texts(content: dict[str, Any], place: str) -> dict[str, str]:
    return {name: _scalar(value, place, name) for name, value in content.items()}


def _scalar(value: Any, place: str, name: str) -> str:
    if isinstance(value, AnyMapping | list | tuple | float):
        raise Error("invalid_value", f"{place}: {name} is a text")
    return _text(value)


def _several(values: Any, place: str) -> frozenset[str]:
    several = values if isinstance(values, list | tuple | set | frozenset) else [values]
    return frozenset(_scalar(value, place, "a value") for value in several)


def _places(value: Any, place: str) -> int:
    try:
        places = int(value)
    except (TypeError, ValueError):
        places = _FURTHEST + 1
    if abs(places) > _FURTHEST:
        raise Error("invalid_value", f"{place}: a number of places")
    return places


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(cell)


def _shifted(cell: Any, places: int) -> str:
    """
    >>> _shifted(".1500", 2), _shifted("0", 2), _shifted("7", -2)
    ('15.00', '0', '0.07')
    """
    try:
        value = Decimal(_text(cell))
    except InvalidOperation:
        raise BadCell("invalid_decimal", "The point of what is no decimal cannot be moved.") from None
    if not value.is_finite():
        raise BadCell("invalid_decimal", "The point of what is no decimal cannot be moved.")
    return spelled_out(value.scaleb(places) if value else Decimal(0))
