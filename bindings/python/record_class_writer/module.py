"""The module: what it imports, the classes of every kind of record, and `Collections`."""

from __future__ import annotations

from collections.abc import Iterator

from record_class_writer.fields import Described, camel
from record_class_writer.records import RecordWriter
from record_class_writer.verbs import VERBS

HEAD = '''\
"""The records of a store as classes, and their verbs. Made of what `_rabatt` says, not to be edited."""

# ruff: noqa
from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, TypedDict, Unpack

from rabatt.store.collection import Collection, Criterion, Days, Key, ViewName
from rabatt.store.frozen_map import FrozenMap
from rabatt.store.record import ListEntry, Record, replaced
from rabatt.store.rows import Rows
from rabatt.texts import DateLike, DecimalLike
'''


def public_names(records: list[Described]) -> Iterator[str]:
    """The classes that `rabatt.store` shows."""
    for record in records:
        name = camel(record["name"])
        yield from (name, f"{name}Fields", f"{name}Collection")
        for each in record["lists"]:
            if not each["of_values"]:
                entry = camel(record["name"], each["name"]) + "Entry"
                yield from (entry, f"{entry}Fields")


def module_text(records: list[Described]) -> Iterator[str]:
    yield HEAD
    for module, verbs in VERBS.values():
        yield f"from rabatt.store.{module} import {verbs}"
    yield ""
    yield "if TYPE_CHECKING:"
    yield "    from rabatt.store.view import StoreView"
    yield ""
    yield ""
    yield f"__all__ = {sorted(public_names(records))!r}"
    yield ""
    for record in records:
        yield from RecordWriter(record).lines()
    yield "class Collections:"
    yield '    """The kinds of records of a store, an attribute each."""'
    yield ""
    yield "    if TYPE_CHECKING:"
    yield ""
    yield "        def _of_this(self) -> StoreView: ..."
    for record in records:
        kind = f"{camel(record['name'])}Collection"
        yield ""
        yield "    @property"
        yield f"    def {record['plural']}(self) -> {kind}:"
        yield f'        """The {record["plural"].replace("_", " ")}."""'
        yield f"        return {kind}(self._of_this())"
