"""`FIELD=VALUE` and `FIELD>=VALUE` of a command line, as what the store takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from rabatt.command_line.records.kinds import Field, RecordKind, column_of, record_kinds
from rabatt.errors import Error

#: Field, operator and value.
Condition: TypeAlias = tuple[str, str, Any]

_BOOLEANS = {"true": True, "false": False}
_SIGNS = "== != < <= > >= in"
_REVISION = Field("revision", "integer")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_CONDITION = re.compile(
    r"\s*([a-z][a-z0-9_]*(?:\.[^=<>!]+)?)\s*(==|>=|<=|!=|=|<|>|\sin\s)\s*(.*?)\s*", re.DOTALL
)


def fields_of(kind: RecordKind, assignments: Iterable[str]) -> dict[str, Any]:
    """What is to be set. `prices.EUR=12` is a member of a map, `plan.budget=60000` a field of the one record
    that lives in another; the members are in a mapping. Raises Error `invalid_value`, `duplicate_field`,
    `unknown_field`.

    >>> item = record_kinds()["item"]
    >>> fields_of(item, ["number=TEA", "name=", "discountable=false", "prices.EUR=12.5", "tags=a,b"])
    {'number': 'TEA', 'name': None, 'discountable': False, 'prices': {'EUR': '12.5'}, 'tags': ['a', 'b']}
    """
    fields: dict[str, Any] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals or not name:
            raise Error("invalid_value", f"{assignment}: this is FIELD=VALUE")
        name, dot, member = name.partition(".")
        if not dot:
            if name in fields:
                raise Error("duplicate_field", name)
            fields[name] = _value(kind, name, text)
            continue
        members = fields.setdefault(name, {})
        if not isinstance(members, dict) or member in members:
            raise Error("duplicate_field", f"{name}.{member}")
        members[member] = _member(kind, name, member, text)
    return fields


def conditions_of(kind: RecordKind, criteria: Iterable[str]) -> tuple[list[Condition], dict[str, Any]]:
    """What is looked for: in fields, and in fields of the company's own. Raises Error `invalid_value`.

    >>> conditions_of(record_kinds()["campaign"], ["budget>=60", "name=AS%", "code=", "custom.season=spring"])
    ([('budget', '>=', '60'), ('name', 'like', 'AS%'), ('code', '=', None)], {'season': 'spring'})
    """
    conditions: list[Condition] = []
    custom: dict[str, Any] = {}
    for criterion in criteria:
        found = _CONDITION.fullmatch(criterion)
        if not found:
            raise Error("invalid_value", f"{criterion}: this is FIELD=VALUE, or with {_SIGNS}")
        name, sign, text = found.groups()
        own, dot, member = name.partition(".")
        if dot:
            if own != "custom" or sign != "=":
                raise Error("invalid_value", f"{criterion}: this is custom.NAME=VALUE")
            custom[member] = text
            continue
        conditions.append(_condition(kind, name, sign.strip(), text))
    return conditions, custom


def changed_members(kind: RecordKind, before: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, where those with members keep the others that they had; a member without a value goes."""
    whole = dict(fields)
    for name, members in fields.items():
        old = before.get(name)
        if not isinstance(members, dict) or not isinstance(old, dict):
            continue
        if name in kind.children:
            known = record_kinds()[kind.children[name].record]
            kept = {word: old[word] for word in _writable(known) if word in old}
            whole[name] = kept | members
        else:
            whole[name] = {key: value for key, value in (old | members).items() if value is not None}
    return whole


def _writable(kind: RecordKind) -> list[str]:
    own = [name for name, field in kind.fields.items() if not field.computed and name != kind.parent]
    return ["id", "revision", *own, *kind.lists]


def _condition(kind: RecordKind, name: str, sign: str, text: str) -> Condition:
    field = column_of(kind, name)
    if sign == "in":
        return name, "in", [_typed(field, part.strip()) for part in text.split(",")]
    if sign == "==":
        return name, "=", text
    if text == "":
        return name, sign, None
    return name, "like" if sign == "=" else sign, _typed(field, text)


def _typed(field: Field | None, text: str) -> Any:
    """A decimal, a day or a word of a choice is a text here too; records without a label have just an id."""
    if field is None:
        return text
    if field.kind == "boolean":
        return _BOOLEANS.get(text, text)
    has_id = field.kind == "reference" and not record_kinds()[field.target or ""].labels
    return int(text) if (has_id or field.kind == "integer") and _INTEGER.fullmatch(text) else text


def _value(kind: RecordKind, name: str, text: str) -> Any:
    """Raises Error `unknown_field` for what is not set by hand."""
    if text == "" and not (name in kind.fields and kind.fields[name].computed):
        return [] if name in kind.lists and not kind.lists[name].is_map else None
    if name in kind.lists or name in kind.children:
        return _list(kind, name, text)
    field = _REVISION if name == "revision" else kind.fields.get(name)
    if field and field.computed:
        raise Error("unknown_field", f"{name}: {_instead(kind, name)}")
    return _typed(field, text)


def _instead(kind: RecordKind, name: str) -> str:
    """Where what follows from something else is set."""
    children = [child for child in kind.children.values() if child.is_single]
    has_it = [child.name for child in children if name in record_kinds()[child.record].fields]
    return f"it is {has_it[0]}.{name} that is set" if has_it else "nobody sets this"


def _list(kind: RecordKind, name: str, text: str) -> Any:
    """JSON, or values with commas between them."""
    if text[0] in "[{":
        return json_of(text, name)
    described = kind.lists.get(name)
    if described is None or described.is_map or not described.of_values:
        raise Error("invalid_value", f"{name} {text}: this is JSON")
    return [part.strip() for part in text.split(",")]


def _member(kind: RecordKind, name: str, member: str, text: str) -> Any:
    if name in kind.children and kind.children[name].is_single:
        return _value(record_kinds()[kind.children[name].record], member, text)
    if name in kind.lists and kind.lists[name].is_map:
        described = kind.lists[name]
        if text == "":
            return None
        return json_of(text, f"{name}.{member}") if not described.of_values else text
    raise Error("unknown_field", f"{name}.{member}")


def json_of(text: str, place: str) -> Any:
    """Raises Error `invalid_value`. Numbers with a point stay numbers, which the store refuses by name."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Error("invalid_value", f"{place}: this is no JSON: {error}") from None


def words_of(kind: RecordKind) -> Sequence[str]:
    """What can stand before `=`, for the completion of a shell."""
    words = [name for name, field in kind.fields.items() if not field.computed]
    return [*words, *kind.lists, *kind.children]
