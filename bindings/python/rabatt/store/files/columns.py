"""What the columns of a table mean: fields of a record, or entries of its lists and maps.

`name`, `prices.EUR`, `units.BOX`, `custom.season`, `currencies.NOK.unit`; in a column of a whole list its
values stand with semicolons between them, and a list of objects or a whole map is JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from rabatt.store.record import instant_text
from rabatt.store.record_types import STAMPS, Field, ListField, RecordType
from rabatt.texts import integer_text, spelled_out, whole_text

_IDENTITY = {"id": Field("id", "integer"), "revision": Field("revision", "integer")}
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(:00(\.0+)?)?")
_WITHOUT_WHOLE = re.compile(r"^(-?)\.(?=[0-9])")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")

Content: TypeAlias = dict[str, Any]


class BadCell(Exception):
    """Why a cell cannot be what its column says."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Column:
    """`put` puts a cell where it belongs in a record."""

    put: Callable[[Content, Any], None]
    field: Field | None = None
    #: The map whose entry it is.
    entry_of: str | None = None


@dataclass(frozen=True, slots=True)
class CellReader:
    """How texts stand for values. `is_csv`: an apostrophe keeps a text from being run as a formula."""

    decimal_mark: str = "."
    is_csv: bool = False

    def value(self, field: Field, cell: Any) -> Any:
        """What the store reads; None is blank. Raises BadCell."""
        if cell is None or isinstance(cell, bool):
            return cell if cell is None or field.kind == "boolean" else str(cell).lower()
        if isinstance(cell, str):
            return self.text(field, whole_text(cell))
        if isinstance(cell, int):
            return integer_text(cell)
        if isinstance(cell, Decimal):
            return spelled_out(cell)
        if isinstance(cell, float):
            raise BadCell("float_column", "Floats are read only with stated places.")
        if isinstance(cell, datetime):
            return cell.date().isoformat() if field.kind == "day" else instant_text(cell)
        if isinstance(cell, date):
            return cell.isoformat()
        raise BadCell("invalid_value", f"This is a value, not {type(cell).__name__}.")

    def text(self, field: Field, text: str) -> str | None:
        if field.kind == "text":
            return self.unescaped(text) or None
        text = text.strip()
        if field.kind == "decimal":
            return self.decimal(text) or None
        if field.kind == "day":
            return _MIDNIGHT.sub(r"\1", text) or None
        if field.kind == "boolean" and text.lower() in ("true", "false"):
            return text.lower()
        return self.unescaped(text) or None

    def decimal(self, text: str) -> str:
        """
        >>> CellReader(",").decimal("1,50"), CellReader().decimal("-.5")
        ('1.50', '-0.5')
        """
        if self.decimal_mark != ".":
            if "." in text:
                raise BadCell("invalid_decimal", f"The decimal mark is {self.decimal_mark}")
            text = text.replace(self.decimal_mark, ".")
        return _WITHOUT_WHOLE.sub(r"\g<1>0.", text)

    def unescaped(self, text: str) -> str:
        """Without what an export puts before a text that a spreadsheet would run."""
        return text[1:] if self.is_csv and _ESCAPED.match(text) else text


def column_of(described: RecordType, name: str, read: CellReader) -> Column | None:
    """None where there is none. What a record says of itself, and may not be told, is left alone."""
    if name in STAMPS:
        return Column(_ignore)
    if name in _IDENTITY:
        return _field_column(_IDENTITY[name], read)
    for field in described.fields:
        if field.name == name:
            return _field_column(field, read) if field.is_given else Column(_ignore)
    for child in described.children:
        if child.name == name:
            return Column(_child_put(name))
    for each in described.lists:
        if name == each.name or (each.is_map and name.startswith(f"{each.name}.")):
            return _list_column(each, name, read) if each.is_given else Column(_ignore)
    return None


def _field_column(field: Field, read: CellReader) -> Column:
    def put(content: Content, cell: Any) -> None:
        value = read.value(field, cell)
        if value is not None or not field.has_default:  # blank is the default, or what is there
            content[field.name] = value

    return Column(put, field)


def _list_column(each: ListField, name: str, read: CellReader) -> Column | None:
    if name == each.name:
        return Column(_whole_put(each, read))
    key = name.removeprefix(f"{each.name}.")
    field, inner = each.content[0], ""
    if not each.of_values:
        key, _, inner = key.rpartition(".")
        matching = [one for one in each.content if one.name == inner]
        if not matching:
            return None
        (field,) = matching
    if not key:
        return None

    def put(content: Content, cell: Any) -> None:
        value = read.value(field, cell)
        entries = content.setdefault(each.name, {})
        if each.of_values:
            entries[key] = value
        elif value is not None:
            entries.setdefault(key, {})[inner] = value

    return Column(put, field, each.name)


def _whole_put(each: ListField, read: CellReader) -> Callable[[Content, Any], None]:
    def put(content: Content, cell: Any) -> None:
        if isinstance(cell, str):
            cell = _parsed(each, read.unescaped(cell))
        if cell is None:
            content[each.name] = {} if each.is_map else []
        elif not each.of_values:
            content[each.name] = _plain(cell)
        elif each.is_map and isinstance(cell, Mapping):
            content[each.name] = {key: read.value(each.content[0], value) for key, value in cell.items()}
        elif not each.is_map and not isinstance(cell, Mapping) and hasattr(cell, "__iter__"):
            content[each.name] = [read.value(each.content[0], value) for value in cell]
        else:
            raise BadCell("invalid_value", "This is an object." if each.is_map else "This is a list.")

    return put


def _parsed(each: ListField, text: str) -> Any:
    stripped = text.strip()
    if stripped[:1] in ("{", "["):
        try:
            return json.loads(stripped, parse_float=Decimal)
        except (ValueError, RecursionError):
            raise BadCell("invalid_value", "This is no JSON.") from None
    if not stripped:
        return None
    if each.is_map or not each.of_values:
        raise BadCell("invalid_value", "This is JSON.")
    return [part for part in map(str.strip, text.split(";")) if part]


def _child_put(name: str) -> Callable[[Content, Any], None]:
    def put(content: Content, cell: Any) -> None:
        if isinstance(cell, str) and cell.strip():
            raise BadCell(
                "invalid_value", "Records that live in this one are imported as records of their own."
            )
        if cell is not None and cell != "":
            content[name] = _plain(cell)

    return put


def _plain(value: Any) -> Any:
    """Numbers as texts. Raises BadCell."""
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, bool):
        return value
    return CellReader().value(Field("", "text"), value)


def _ignore(content: Content, cell: Any) -> None:
    pass
