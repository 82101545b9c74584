"""Fields: what they are called in Python, the types they have, and what a docstring says of them."""

from __future__ import annotations

import keyword
from typing import Any, TypeAlias

#: A record, a field, a list: as the module describes it.
Described: TypeAlias = dict[str, Any]

VALUES = {  # kind: as a record has it, as a caller may give it
    "text": ("str", "str"),
    "decimal": ("Decimal", "DecimalLike"),
    "integer": ("int", "int"),
    "boolean": ("bool", "bool"),
    "day": ("datetime.date", "DateLike"),
    "instant": ("datetime.datetime", "datetime.datetime | str"),
    "reference": ("str | int", "Key"),
}


def camel(*words: str) -> str:
    return "".join(word.capitalize() for name in words for word in name.split("_"))


def python_name(word: str, taken: tuple[str, ...] = ()) -> str:
    return f"{word}_" if keyword.iskeyword(word) or word in taken else word


def spoken(word: str) -> str:
    name = word.replace("_", " ")
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def value_type(field: Described, *, given: bool) -> str:
    if field["kind"] == "choice":
        return f"Literal[{', '.join(map(repr, field['choices']))}]"
    return VALUES[field["kind"]][given]


def literal(field: Described) -> str:
    """A default, as Python writes it."""
    value = field["default"]
    return f"Decimal({value!r})" if value is not None and field["kind"] == "decimal" else repr(value)


def annotated(field: Described) -> str:
    """How a class declares a field: it may be None unless it must be given, or has a default."""
    kind = value_type(field, given=False)
    name = python_name(field["name"])
    if field["default"] is not None:
        return f"{name}: {kind} = {literal(field)}"
    if field["required"]:
        return f"{name}: {kind}"
    return f"{name}: {kind} | None = None"


def note(field: Described) -> str:
    """What a docstring says of a field, beyond its type."""
    said = [name.replace("_", " ") for name in ("required", "read_only", "unique") if field[name]]
    if field["fixed"]:
        said.append("fixed when it is added")
    if field["personal"]:
        said.append("about a person")
    if field["kind"] == "text" and field.get("most_bytes"):
        said.append(
            f"{'several lines of ' if field['several_lines'] else ''}at most {field['most_bytes']} bytes"
        )
    if field["kind"] == "reference":
        said.append(f"refers to {spoken(field['target'])}")
    if field["kind"] == "choice":
        said.append("one of " + ", ".join(field["choices"]))
    elif field["default"] not in (None, False):
        said.append(f"by default {field['default']}")
    return f"`{python_name(field['name'])}`: {field['kind']}" + "".join(f"; {each}" for each in said)
