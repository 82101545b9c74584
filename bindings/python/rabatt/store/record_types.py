"""The records of a store, as `_rabatt` describes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias

from rabatt import _rabatt

Kind: TypeAlias = Literal[
    "text", "decimal", "integer", "boolean", "day", "instant", "choice", "reference"
]  # fmt: skip

#: The stamps that every record has besides its id and revision.
STAMPS = ("created_at", "created_by", "changed_at", "changed_by")


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand in a field. `has_label`: what it refers to has a number, a code or a name; `is_given`:
    callers may give it, and must where it is `required`."""

    name: str
    kind: Kind
    has_label: bool = False
    required: bool = False
    is_given: bool = True
    has_default: bool = False


@dataclass(frozen=True, slots=True)
class ListField:
    """A list or a map inside a record: of values, or of objects. The first column of a map is its key."""

    name: str
    is_map: bool
    of_values: bool
    columns: tuple[Field, ...]
    is_given: bool = True

    @property
    def content(self) -> tuple[Field, ...]:
        """The columns without the key of a map."""
        return self.columns[1:] if self.is_map else self.columns


@dataclass(frozen=True, slots=True)
class Child:
    """Records that live and die with another: many, or one at most."""

    name: str
    record: str
    is_single: bool


@dataclass(frozen=True, slots=True)
class RecordType:
    """A kind of record. Its fields are those that are stored, and those that follow from them."""

    name: str
    plural: str
    fields: tuple[Field, ...]
    lists: tuple[ListField, ...]
    children: tuple[Child, ...]
    #: The field that says in which record this one lives; blank where it lives by itself.
    parent: str = ""


@cache
def record_types() -> dict[str, RecordType]:
    """All kinds of records by name, those that others refer to first.

    >>> list(record_types())[:3], record_types()["campaign"].plural
    (['settings', 'employee', 'numerator'], 'campaigns')
    """
    described = json.loads(_rabatt.record_types_json())
    labelled = {record["name"] for record in described if record["labels"]}
    return {record["name"]: _type_of(record, labelled) for record in described}


def _type_of(record: dict[str, Any], labelled: set[str]) -> RecordType:
    def fields_of(described: list[dict[str, Any]]) -> tuple[Field, ...]:
        return tuple(
            Field(
                each["name"],
                each["kind"],
                each.get("target") in labelled,
                each["required"] and not each["read_only"],
                not each["read_only"],
                each["default"] is not None,
            )
            for each in described
        )

    return RecordType(
        record["name"],
        record["plural"],
        fields_of([*record["fields"], *record.get("computed", [])]),
        tuple(
            ListField(
                each["name"],
                each["is_map"],
                each["of_values"],
                fields_of(each["columns"]),
                not each["read_only"],
            )
            for each in record["lists"]
        ),
        tuple(Child(each["name"], each["record"], each["is_single"]) for each in record["children"]),
        record["parent"],
    )
