"""Readers of objects, lists and maps, built from the readers of single values.

Faults are reported in document order, missing fields at the end of their object.
"""

from __future__ import annotations

from typing import Any

from .faults import Report
from .field_readers import FAULTY, Reader
from .json_text import JsonObject, shown

LIST_LIMIT = 10_000_000
CAMPAIGN_LINES_LIMIT = 1_000_000


class Shape:
    """An object: its fields with their readers, and the names of those that must be there."""

    def __init__(self, **fields: Reader) -> None:
        self.fields = fields
        self.required: tuple[str, ...] = ()

    def requires(self, *names: str) -> Shape:
        self.required = names
        return self

    def __call__(self, value: Any, path: str, report: Report) -> Any:
        """A dict of the fields that are there; faulty ones hold FAULTY, absent ones are absent."""
        if type(value) is not JsonObject:
            report("invalid_value", path, shown(value))
            return FAULTY
        prefix = f"{path}." if path else ""
        found: dict[str, Any] = {}
        seen: set[str] = set()
        for name, entry in value:
            reader = self.fields.get(name)
            if name in seen:
                report("duplicate_field", prefix + name, "")
            elif reader is None:
                report("unknown_field", prefix + name, "")
            elif entry is not None:
                result = reader(entry, prefix + name, report)
                if result is not None:
                    found[name] = result
            seen.add(name)
        for name in self.required:
            if name not in found:
                report("missing_field", prefix + name, "")
        return found


def list_of(entry_reader: Reader, limit: int = LIST_LIMIT) -> Reader:
    """A list keeps its faulty entries, so that indexes in paths stay true."""

    def read(value: Any, path: str, report: Report) -> Any:
        if type(value) is not list:
            report("invalid_value", path, shown(value))
            return FAULTY
        if len(value) > limit:
            report("limit_exceeded", path, "")
            return FAULTY
        return [entry_reader(entry, f"{path}[{index}]", report) for index, entry in enumerate(value)]

    return read


def map_of(entry_reader: Reader, key_reader: Reader | None = None) -> Reader:
    """A map keeps the keys of its faulty entries: the key itself is known."""

    def read(value: Any, path: str, report: Report) -> Any:
        if type(value) is not JsonObject:
            report("invalid_value", path, shown(value))
            return FAULTY
        found: dict[str, Any] = {}
        seen: set[str] = set()
        for key, entry in value:
            where = f"{path}.{key}"
            if key in seen:
                report("duplicate_field", where, "")
            elif entry is not None and (key_reader is None or key_reader(key, where, report) is not FAULTY):
                found[key] = entry_reader(entry, where, report)
            seen.add(key)
        return found

    return read
