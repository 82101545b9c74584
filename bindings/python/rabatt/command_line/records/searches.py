"""What is looked for, as `find` takes it: as it was typed, and as searches that are saved under a name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from rabatt.command_line.records.assignments import conditions_of, json_of
from rabatt.command_line.records.kinds import RecordKind
from rabatt.command_line.records.opening import collection_of
from rabatt.errors import Error
from rabatt.store import Rows, SavedSearch, StoreView

#: The arguments of `find`.
Query: TypeAlias = dict[str, Any]

_VIEW = "active"

#: What the criteria of a saved search may say, besides its view and letter.
_CRITERIA = ("where", "text", "tags", "custom", "created", "changed", "sort")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be listed, as it was typed; `search` is a saved one that it goes on from."""

    view: str | None = None
    where: Sequence[str] = ()
    text: str | None = None
    tags: Sequence[str] = ()
    letter: str | None = None
    sort: str | None = None
    limit: str | None = None
    search: str | None = None


def query_of(store: StoreView, kind: RecordKind, asked: Asked) -> Query:
    """Without a limit. Raises Error."""
    conditions, custom = conditions_of(kind, asked.where)
    given = {
        "where": [list(condition) for condition in conditions],
        "view": asked.view,
        "text": asked.text,
        "tags": list(asked.tags),
        "custom": custom,
        "letter": asked.letter,
        "sort": [name.strip() for name in asked.sort.split(",")] if asked.sort else None,
    }
    typed = {word: value for word, value in given.items() if value}
    saved = {} if asked.search is None else _saved_query(store, kind, asked.search)
    query = _by_parent(kind) | {"view": _VIEW} | saved | typed
    for word in ("where", "tags"):
        if word in saved and word in typed:
            query[word] = [*saved[word], *typed[word]]
    if "custom" in saved:
        query["custom"] = saved["custom"] | custom
    return query


def _by_parent(kind: RecordKind) -> Query:
    """Lines of many are shown record by record, unless another order is asked for."""
    return {"sort": [kind.parent, "line"]} if kind.parent and "line" in kind.fields else {}


def rows_of(store: StoreView, kind: RecordKind, query: Query, limit: str | None = None) -> Rows[Any]:
    """Raises Error `invalid_value`; others when the rows are read."""
    records: Any = collection_of(store, kind)
    rows: Rows[Any] = records.find(**query, limit=None if limit is None else _count(limit))
    return rows


def save_search(store: StoreView, kind: RecordKind, name: str, query: Query) -> None:
    """Under a name that is new, or has been one of a search for the same records. Raises Error
    `duplicate_name`, Errors, and what the search itself is refused with."""
    criteria = {word: query[word] for word in _CRITERIA if word in query}
    fields: dict[str, Any] = {
        "view": query["view"],
        "letter": query.get("letter"),
        "criteria": json.dumps(criteria, ensure_ascii=False) if criteria else None,
    }
    with store.transaction():
        rows_of(store, kind, query).first()
        before = _found(store, name)
        if before is None:
            store.saved_searches.add(name=name, record=kind.name, **fields)
        elif before.record != kind.name:
            raise Error("duplicate_name", f"saved_search {name}: it is one for {before.record} records")
        else:
            store.saved_searches.save(before, **fields)


def told(query: Query) -> str:
    """The criteria that are active, for people.

    >>> told({"view": "all", "where": [["budget", ">=", "60"], ["code", "=", None]], "tags": ["hot"]})
    'budget >= 60, code = nothing, tags hot'
    """
    return ", ".join(_parts(query))


def _parts(query: Query) -> Iterator[str]:
    for name, sign, value in query.get("where", ()):
        yield f"{name} {sign} {_text(value)}"
    for name, value in query.get("custom", {}).items():
        yield f"custom.{name} {_text(value)}"
    for word in ("text", "tags", "letter", "created", "changed"):
        if query.get(word):
            yield f"{word} {_text(query[word])}"


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(_text, value))
    return "nothing" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _saved_query(store: StoreView, kind: RecordKind, name: str) -> Query:
    """Raises Error `not_found`; `invalid_value` for one of other records, or no criteria at all."""
    search = _found(store, name)
    if search is None:
        raise Error("not_found", f"saved_search {name}")
    if search.record != kind.name:
        raise Error("invalid_value", f"--search {name}: it is one for {search.record} records")
    criteria = json_of(search.criteria or "{}", f"saved_search {name}: criteria")
    if not isinstance(criteria, Mapping):
        raise Error("invalid_value", f"saved_search {name}: its criteria are an object")
    for word in criteria:
        if word not in _CRITERIA:
            raise Error("unknown_field", f"saved_search {name}: criteria.{word}")
    own = {"view": search.view, "letter": search.letter}
    return {word: value for word, value in (dict(criteria) | own).items() if value}


def _found(store: StoreView, name: str) -> SavedSearch | None:
    return store.saved_searches.find(where=[("name", "=", name)]).first()


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    raise Error("invalid_value", f"--limit {text}")
