"""The kinds of records, as commands need them: without the classes of `rabatt.store`, which take long."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rabatt import _rabatt
from rabatt.errors import Error

#: The record that there is one of, which needs no key.
SETTINGS = "settings"

#: What every record has besides its fields.
STAMPS = ("created_at", "created_by", "changed_at", "changed_by")


@dataclass(frozen=True, slots=True)
class Field:
    """`target` is the kind that a reference refers to; what is `computed` is never written by hand, what is
    `required` has to be."""

    name: str
    kind: str
    target: str | None = None
    choices: tuple[str, ...] = ()
    computed: bool = False
    several_lines: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class ListField:
    """A list or a map in a record, of values or of objects."""

    name: str
    is_map: bool
    of_values: bool
    value_kind: str


@dataclass(frozen=True, slots=True)
class Child:
    """Records that live in another one: many, or one at most."""

    name: str
    record: str
    is_single: bool


@dataclass(frozen=True, slots=True)
class RecordKind:
    name: str
    plural: str
    labels: tuple[str, ...]
    parent: str | None
    fields: Mapping[str, Field]
    lists: Mapping[str, ListField]
    children: Mapping[str, Child]
    by_hand: bool  # people may add, change and remove them

    @property
    def command(self) -> str:
        """`price-book`."""
        return self.name.replace("_", "-")

    @property
    def title(self) -> str:
        """`price book`."""
        return self.name.replace("_", " ")

    @property
    def title_of_many(self) -> str:
        return self.plural.replace("_", " ")

    def label_of(self, content: Mapping[str, Any]) -> str:
        """What a record is called: its number, code or name, else its id."""
        return next((str(content[label]) for label in self.labels if content.get(label)), str(content["id"]))


@cache
def record_kinds() -> dict[str, RecordKind]:
    """By name, those first that others refer to.

    >>> kinds = record_kinds()
    >>> kinds["price_book"].command, kinds["campaign"].labels, kinds["campaign_line"].parent
    ('price-book', ('number', 'code'), 'campaign')
    """
    return {record["name"]: _kind_of(record) for record in json.loads(_rabatt.record_types_json())}


def kind_of_command(command: str) -> RecordKind | None:
    return record_kinds().get(command.replace("-", "_")) if "_" not in command else None


def kind_named(name: str) -> RecordKind:
    """Of `items`, `item`, `price-book-lines`. Raises Error `unknown_record`."""
    word = name.replace("-", "_")
    for kind in record_kinds().values():
        if word in (kind.plural, kind.name):
            return kind
    raise Error("unknown_record", name)


def counted(kind: RecordKind, count: int) -> str:
    """
    >>> counted(record_kinds()["price_book"], 1), counted(record_kinds()["price_book"], 1200)
    ('1 price book', '1,200 price books')
    """
    return f"{count:,} {kind.title if count == 1 else kind.title_of_many}"


def column_of(kind: RecordKind, name: str) -> Field | None:
    """The field of that name, stamps and id included; None for lists, which are no columns of their own.

    Raises Error `unknown_field`.
    """
    if name in ("id", "revision"):
        return Field(name, "integer", computed=True)
    if name in STAMPS:
        return Field(name, "instant" if name.endswith("_at") else "text", computed=True)
    if name not in kind.fields and name not in kind.lists:
        raise Error("unknown_field", name)
    return kind.fields.get(name)


def _kind_of(record: Mapping[str, Any]) -> RecordKind:
    fields = [_field(each) for each in record["fields"]]
    fields += [_field(each, computed=True) for each in record.get("computed", [])]
    lists = [
        ListField(each["name"], each["is_map"], each["of_values"], each["columns"][-1]["kind"])
        for each in record["lists"]
    ]
    children = [Child(each["name"], each["record"], each["is_single"]) for each in record["children"]]
    return RecordKind(
        record["name"],
        record["plural"],
        tuple(record["labels"]),
        record["parent"] or None,
        {field.name: field for field in fields},
        {each.name: each for each in lists},
        {child.name: child for child in children},
        bool(record.get("by_hand")),
    )


def _field(described: Mapping[str, Any], computed: bool = False) -> Field:
    return Field(
        described["name"],
        described["kind"],
        described.get("target"),
        tuple(described.get("choices", ())),
        computed or bool(described.get("read_only")),
        bool(described.get("several_lines")),
        bool(described.get("required")),
    )
