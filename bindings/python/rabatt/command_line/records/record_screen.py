"""Records as tables for people: the signs of campaigns and recipients in their colours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from rich.text import Text

from rabatt.command_line.formats import on_terminal
from rabatt.command_line.messages import shown
from rabatt.command_line.records.columns import has_numbers, short_cell
from rabatt.command_line.records.kinds import Field, RecordKind, column_of
from rabatt.command_line.screen import Column, align_columns, remark, table
from rabatt.store.clock import system_zone

#: The flags of statuses: a sign that is told from the others without its colour too.
FLAGS = {"blue": "○", "yellow": "◐", "green": "●", "red": "✕"}
_MEANINGS = {
    "campaign": {"blue": "planned", "yellow": "active", "green": "completed", "red": "cancelled"},
    "recipient": {"yellow": "unconfirmed", "green": "confirmed", "red": "deactivated"},
    "attachment": {"green": "included", "red": "not included"},
}
_SYMBOLS = {
    "envelope": "✉", "documents": "▤", "fax": "⎙", "globe": "⊕", "phone": "☎", "radio": "◉", "tv": "▣",
    "green factory": "▲", "blue factory": "▼", "blue-green factory": "◆", "yellow person": "☺",
}  # fmt: skip
_TITLES = {"planned_start": "start", "planned_end": "end", "sort_index": "sort"}  # where there is little room
_LONGEST_FIELD = 2000
_FIRST_TO_GO = 1000
_LEAST_OF_TEXT = 16
_LEAST_OF_NAME = 24
_SYMBOL_STYLES = {"▲": "green", "▼": "blue", "◆": "cyan", "☺": "yellow"}
_STYLES = {FLAGS[colour]: colour for colour in FLAGS}


def record_table(
    kind: RecordKind, names: Sequence[str], records: Iterable[Mapping[str, Any]]
) -> RenderableType:
    """A row each; on a terminal flags and symbols are signs, elsewhere words."""
    rows = [[shown_cell(kind, name, record.get(name)) for name in names] for record in records]
    places = {index: 0 for index, name in enumerate(names) if _is_decimal(kind, name)}
    align_columns(rows, places)
    return table([_column(kind, name, index) for index, name in enumerate(names)], rows)


def legend(kind: RecordKind, names: Sequence[str], records: Sequence[Mapping[str, Any]]) -> list[Text]:
    """What the flags that are there mean, where they are signs."""
    meanings = _MEANINGS.get(kind.name, {})
    if not on_terminal() or "flag" not in names or not meanings:
        return []
    there = {record.get("flag") for record in records}
    return [
        remark("   ".join(f"{FLAGS[flag]} {meaning}" for flag, meaning in meanings.items() if flag in there))
    ]


def shown_cell(kind: RecordKind, name: str, value: Any) -> str:
    if on_terminal() and name == "flag":
        return FLAGS.get(str(value), "")
    if on_terminal() and name == "symbol":
        return _SYMBOLS.get(str(value), "")
    return _value_text(column_of(kind, name), value)


def _column(kind: RecordKind, name: str, index: int) -> Column:
    """Columns go from the right where a terminal is too narrow; the first ones and the labels stay."""
    styles = _STYLES if name == "flag" else _SYMBOL_STYLES if name == "symbol" else {}
    stays = index < 3 or name in kind.labels or name == "name"
    rank = 0 if stays else _FIRST_TO_GO if name == "sort_index" else index
    align: Any = "right" if has_numbers(kind, name) else "left"
    is_sign = name in ("flag", "symbol") and on_terminal()
    title = "" if is_sign else _TITLES.get(name, name.replace("_", " "))
    whole = is_sign or name in kind.labels
    least = 0 if whole or align == "right" else _LEAST_OF_NAME if name == "name" else _LEAST_OF_TEXT
    return Column(title, align, rank, whole=whole, least=least, styles=styles)


def _is_decimal(kind: RecordKind, name: str) -> bool:
    field = column_of(kind, name)
    return field is not None and field.kind == "decimal"


def shown_field(kind: RecordKind, name: str, value: Any) -> Text:
    """The value of a field by itself, with all its lines: of a flag its sign and its word."""
    field = kind.fields.get(name)
    text = _value_text(field, value)
    if name == "flag" and text in FLAGS:
        return Text(f"{FLAGS[text]} {_MEANINGS.get(kind.name, {}).get(text, text)}", style=text)
    if len(text) > _LONGEST_FIELD:
        text = f"{text[:_LONGEST_FIELD]}…"
    lines = text.split("\n") if field and field.several_lines else [text]
    return Text("\n".join(shown(line.removesuffix("\r"), len(line) + 1) for line in lines))


def moment(time: str | datetime | None) -> str:
    """A time to the minute, in the zone of this computer."""
    if time is None:
        return ""
    instant = datetime.fromisoformat(time) if isinstance(time, str) else time
    return f"{instant.astimezone(ZoneInfo(system_zone())):%Y-%m-%d %H:%M}"


def _value_text(field: Field | None, value: Any) -> str:
    return moment(value) if field and field.kind == "instant" else short_cell(value)
