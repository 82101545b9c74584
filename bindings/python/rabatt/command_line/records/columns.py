"""The columns of lists of records, and their cells as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rabatt.command_line.records.kinds import RecordKind, column_of

#: What a list of these begins with, and has no more.
_LISTED = {
    "campaign": (
        "flag", "symbol", "id", "sort_index", "code", "name", "planned_start", "planned_end", "budget",
        "recipients", "responsible",
    ),
    "attachment": (
        "flag", "id", "title", "file_name", "file_size", "file_type", "content_id", "changed_at",
        "changed_by", "archive_reference",
    ),
    "recipient": (
        "symbol", "flag", "id", "company_name", "contact_name", "email", "phone_work", "phone_mobile",
    ),
}  # fmt: skip

#: What a person asks for first: of these kinds, and of all where a record has it.
_FIRST_OF = {
    "item": ("name", "prices", "unit", "category"),
    "party": ("name", "discount", "email", "phone_work", "city"),
    "price_book": ("name", "type", "currency", "valid_from", "valid_until", "discount"),
    "campaign_line": ("line", "item", "unit", "price", "discount", "quantity_min"),
    "target_group": ("name", "mode", "refreshed_at"),
}
_FIRST = ("name", "description", "subject", "title", "email", "active", "status", "date")


def has_own_list(kind: RecordKind) -> bool:
    """Whether its list shows some columns, and not all that there are."""
    return kind.name in _LISTED


def listed_columns(kind: RecordKind, asked: str | None = None) -> list[str]:
    """Those that were asked for, or those of a list of this kind. Raises Error `unknown_field`."""
    if asked is not None:
        names = [name.strip() for name in asked.split(",")]
        for name in names:
            column_of(kind, name)
        return names
    if kind.name in _LISTED:
        return list(_LISTED[kind.name])
    fields = [name for name, field in kind.fields.items() if not field.several_lines]
    first = ["id", *kind.labels, *_FIRST_OF.get(kind.name, ()), *(name for name in _FIRST if name in fields)]
    return list(dict.fromkeys([*first, *fields, *kind.lists]))


def cells_of(names: Iterable[str], content: Mapping[str, Any]) -> list[str]:
    return [cell_of(content.get(name)) for name in names]


def cell_of(value: Any) -> str:
    """Lists and maps are JSON.

    >>> [cell_of(value) for value in (None, True, 7, "12.50", [], ["a"], {"EUR": "1"})]
    ['', 'true', '7', '12.50', '', '["a"]', '{"EUR":"1"}']
    """
    if value is None or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def short_cell(value: Any) -> str:
    """For people: the same without brackets.

    >>> short_cell(["a", "b"]), short_cell({"EUR": "12"}), short_cell([{"days": 8, "discount": "2"}])
    ('a, b', 'EUR 12', 'days 8 discount 2')
    """
    if isinstance(value, list):
        return ", ".join(
            _members(entry, " ") if isinstance(entry, dict) else cell_of(entry) for entry in value
        )
    return _members(value, ", ") if isinstance(value, dict) else cell_of(value)


def _members(members: Mapping[str, Any], joint: str) -> str:
    there = {key: value for key, value in members.items() if value is not None}
    return joint.join(f"{key} {short_cell(value)}" for key, value in there.items())


def has_numbers(kind: RecordKind, name: str) -> bool:
    field = column_of(kind, name)
    return field is not None and field.kind in ("integer", "decimal")


def json_line(content: Mapping[str, Any] | Sequence[Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
