"""Record: what the classes of `record_classes` have in common, and how what stands in a store gets its
types."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from typing import Any, ClassVar, TypeAlias, TypeVar

from rabatt.documents import json_text
from rabatt.errors import Error
from rabatt.store.frozen_map import FrozenMap
from rabatt.store.record_types import STAMPS, Child, Field, ListField, record_types
from rabatt.texts import decimal_text

AnyRecord = TypeVar("AnyRecord", bound="Record")

_Convert: TypeAlias = Callable[[Any, str], Any]  # a value that is not None, and its place

_MOST_SHOWN = 3  # entries of a list, by repr


def word_of(name: str) -> str:
    """The word of a store for a name of Python: `from` for `from_`, which Python keeps for itself."""
    return name.removesuffix("_")


class _Values:
    """Frozen values with names: they compare by all they hold, and show what is set."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name, _ in _words(type(self)))

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name, _ in _words(type(self))))

    def __post_init__(self) -> None:
        for name, convert in _converters(type(self)):
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, convert(value, name))

    def __repr__(self) -> str:
        kind: Any = type(self)
        values = [(field, getattr(self, field.name)) for field in dataclasses.fields(kind)]
        shown = [
            f"{field.name}={_shown(value)}"
            for field, value in values
            if value != field.default and field.name not in STAMPS
        ]
        return f"{kind.__name__}({', '.join(shown)})"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class ListEntry(_Values):
    """An object in a list or map of a record, such as the tier of a payment term."""

    #: The kind of record, and the list in it.
    list_of: ClassVar[tuple[str, str]]

    def __init_subclass__(cls) -> None:
        _entry_classes[cls.list_of] = cls


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Record(_Values):
    """A record as it was read. It stays what it is; `replace` makes another one.

    Decimals are `Decimal`, days `date`, instants `datetime` in UTC, lists tuples, maps read-only mappings,
    records that live in this one tuples of records: None where they were not read. References are the other
    record's number or code, or its id where it has neither. What is blank is None.

    Records compare by all they hold, stamps and revision included, and can be pickled.
    """

    #: The kind of record, in the words of the store.
    record_type: ClassVar[str]

    #: Within its kind, never given twice; 0 where the record is not stored.
    id: int = 0
    #: 1 when it was added, one more with each change; `save` names the one that was read.
    revision: int = 0
    created_at: datetime | None = None
    created_by: str | None = None
    changed_at: datetime | None = None
    changed_by: str | None = None

    def __init_subclass__(cls) -> None:
        _record_classes[cls.record_type] = cls

    def to_json(self) -> str:
        """The record as JSON, in the words of the store: decimals, days and instants are texts."""
        return json_text(content_of(self))

    def to_dict(self) -> dict[str, Any]:
        """The same as a dict of the caller's own."""
        content: dict[str, Any] = json.loads(self.to_json())
        return content


# A class with slots is made twice; the second one is the one that is used.
_record_classes: dict[str, type[Record]] = {}
_entry_classes: dict[tuple[str, str], type[ListEntry]] = {}


def replaced(record: AnyRecord, changes: Mapping[str, Any]) -> AnyRecord:
    """The record with other values. Raises Error `unknown_field`, and what its fields refuse."""
    names = {field.name for field in dataclasses.fields(record)}
    for name in changes:
        if name not in names:
            raise Error("unknown_field", name)
    return dataclasses.replace(record, **changes)


def read_record(kind: type[AnyRecord], content: Mapping[str, Any]) -> AnyRecord:
    """A record of what a store says of it."""
    return kind(**{name: content[word] for name, word in _words(kind) if word in content})


def content_of(record: Record | ListEntry) -> dict[str, Any]:
    """The words and values of a record, without children that were not read."""
    content = {word: _plain(getattr(record, name)) for name, word in _words(type(record))}
    if isinstance(record, Record):
        for child in record_types()[record.record_type].children:
            if content[child.name] is None:
                del content[child.name]
    return content


def plain_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Words and values as `_rabatt` reads them, of names and values as callers of the package write them."""
    return {word_of(name): _plain(value) for name, value in fields.items()}


def plain_content(record: Record | Mapping[str, Any]) -> dict[str, Any]:
    """A whole record as `_rabatt` reads it."""
    content: dict[str, Any] = content_of(record) if isinstance(record, Record) else _plain(record)
    return content


def _plain(value: Any) -> Any:
    """The value: records that live in another as mappings, those that are referred to by their id, instants
    with their zone."""
    if isinstance(value, Record) and value.record_type not in _living_in_others():
        return value.id
    if isinstance(value, Record | ListEntry):
        return content_of(value)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | bytearray | memoryview):
        return [_plain(entry) for entry in value]
    return value


@cache
def _living_in_others() -> frozenset[str]:
    return frozenset(child.record for described in record_types().values() for child in described.children)


def instant_text(moment: datetime) -> str:
    """In UTC with milliseconds; without a zone as it is, which a store refuses."""
    if moment.utcoffset() is None:
        return moment.isoformat()
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


# ---- what each field becomes ----


def _decimal(value: Any, place: str) -> Decimal:
    try:
        return value if type(value) is Decimal else Decimal(decimal_text(value, place))
    except InvalidOperation:
        raise Error("invalid_decimal", f"{place} {value}") from None


def _day(value: Any, place: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Error("invalid_date", f"{place} {value}") from None


def _instant(value: Any, place: str) -> datetime:
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Error("invalid_date", f"{place} {value}") from None
    if moment.utcoffset() is None:
        raise Error("invalid_date", f"{place} {value}: a time has a zone")
    return moment.astimezone(UTC)


_SIMPLE: dict[str, _Convert] = {"decimal": _decimal, "day": _day, "instant": _instant}


def _same(value: Any, place: str) -> Any:
    return value


def _each(entry: _Convert, values: Iterable[Any], place: str) -> tuple[Any, ...]:
    return tuple(entry(value, f"{place}[{index}]") for index, value in enumerate(values))


def _each_member(entry: _Convert, values: Mapping[str, Any], place: str) -> FrozenMap[Any]:
    return FrozenMap({key: entry(value, f"{place}.{key}") for key, value in values.items()})


def _values(kind: type[Any], content: Any, place: str) -> Any:
    """The values as an object of the class `kind`, unless they are one."""
    if isinstance(content, kind):
        return content
    names = {word: name for name, word in _words(kind)}
    for word in content:
        if word not in names:
            raise Error("unknown_field", f"{place}.{word}")
    return kind(**{names[word]: value for word, value in content.items()})


def _list_converter(kind: str, described: ListField) -> _Convert:
    if described.of_values:
        entry = _SIMPLE.get(described.content[0].kind, _same)
    else:
        entry = partial(_values, _entry_classes[kind, described.name])
    return partial(_each_member if described.is_map else _each, entry)


def _child_converter(child: Child) -> _Convert:
    of_one: _Convert = partial(_values, _record_classes[child.record])
    return of_one if child.is_single else partial(_each, of_one)


def _find_converters(kind: Any) -> tuple[tuple[str, _Convert], ...]:
    """By name, for what is not already what it has to be."""
    found: dict[str, _Convert] = {}
    if issubclass(kind, ListEntry):
        record, name = kind.list_of
        (described,) = (each for each in record_types()[record].lists if each.name == name)
        fields: tuple[Field, ...] = described.content
    else:
        of_record = record_types()[kind.record_type]
        fields = of_record.fields
        found |= {stamp: _instant for stamp in STAMPS if stamp.endswith("_at")}
        found |= {each.name: _list_converter(of_record.name, each) for each in of_record.lists}
        found |= {each.name: _child_converter(each) for each in of_record.children}
    found |= {field.name: _SIMPLE[field.kind] for field in fields if field.kind in _SIMPLE}
    return tuple((name, found[word]) for name, word in _words(kind) if word in found)


_converters: Callable[[Any], tuple[tuple[str, _Convert], ...]] = cache(_find_converters)


def _find_words(kind: Any) -> tuple[tuple[str, str], ...]:
    """Names in Python, and the words of the store for them."""
    return tuple((field.name, word_of(field.name)) for field in dataclasses.fields(kind))


_words: Callable[[Any], tuple[tuple[str, str], ...]] = cache(_find_words)


def _shown(value: Any) -> str:
    if not isinstance(value, tuple) or len(value) <= _MOST_SHOWN:
        return repr(value)
    shown = [repr(entry) for entry in value[:_MOST_SHOWN]]
    return f"({', '.join(shown)}, … {len(value) - _MOST_SHOWN} more)"
