"""What a schema says of the places in a document: whether booleans, integers or texts stand there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from rabatt.schemas import SchemaName, schema


@dataclass(slots=True)
class SchemaPlace:
    """A place; `members` by field name, `any_member` of a map, `element` of a list."""

    kind: Literal["boolean", "integer", "text"] = "text"
    members: dict[str, SchemaPlace] = field(default_factory=dict)
    any_member: SchemaPlace | None = None
    element: SchemaPlace | None = None

    def member(self, name: str) -> SchemaPlace:
        return self.members.get(name) or self.any_member or NOWHERE


#: Where the schema has nothing to say.
NOWHERE = SchemaPlace()


@cache
def schema_place(name: SchemaName) -> SchemaPlace:
    """The whole document.

    >>> schema_place("book").member("campaigns").element.member("priority").kind
    'integer'
    """
    root = schema(name)
    return _place(root, root)


def _place(node: dict[str, Any], root: dict[str, Any]) -> SchemaPlace:
    place = SchemaPlace()
    types: set[str] = set()
    for part in _parts(node, root):
        said = part.get("type", [])
        types.update([said] if isinstance(said, str) else said)
        for name, member in part.get("properties", {}).items():
            place.members[name] = _place(member, root)
        if isinstance(part.get("additionalProperties"), dict):
            place.any_member = _place(part["additionalProperties"], root)
        if isinstance(part.get("items"), dict):
            place.element = _place(part["items"], root)
    if "boolean" in types:
        place.kind = "boolean"
    elif "integer" in types and "string" not in types:
        place.kind = "integer"
    return place


def _parts(node: dict[str, Any], root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schema itself and every schema that it refers to or has as an alternative."""
    yield node
    if "$ref" in node:
        yield from _parts(root["$defs"][node["$ref"].rpartition("/")[2]], root)
    for part in node.get("anyOf", []) + node.get("allOf", []):
        yield from _parts(part, root)
