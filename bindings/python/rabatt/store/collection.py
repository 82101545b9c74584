"""Collection: the verbs of one kind of record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeAlias, TypeVar

from rabatt import _rabatt
from rabatt.documents import json_text
from rabatt.errors import Error
from rabatt.store.history import Change, change_of
from rabatt.store.record import Record, plain_content, plain_fields, read_record, word_of
from rabatt.store.record_types import record_types
from rabatt.store.record_warnings import RecordWarning
from rabatt.store.rows import Rows
from rabatt.texts import DateLike, whole_text

if TYPE_CHECKING:
    from rabatt.store.files.loading import GivenMapping, Source
    from rabatt.store.files.table import Loaded, Places
    from rabatt.store.view import StoreView

AnyRecord = TypeVar("AnyRecord", bound=Record)
Value = TypeVar("Value")
Answer = TypeVar("Answer")

#: What a verb calls a record by: its id, its number, code or name, or the record itself.
Key: TypeAlias = int | str | Record

#: Which records `find` looks among. Templates are in `all` alone, `mine` are those of the actor.
ViewName: TypeAlias = Literal["all", "active", "mine", "not_mine", "inactive"]

Operator: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">=", "in", "like"]

#: A value, or an operator and what it compares with; `in` takes several. None alone asks for nothing, while
#: `("=", None)` finds what is blank.
Criterion: TypeAlias = Value | tuple[Operator, Value | Iterable[Value] | None] | None

#: First and last day, either of which may be None.
Days: TypeAlias = tuple[DateLike | None, DateLike | None]


class Collection(Generic[AnyRecord]):
    """The records of one kind in a store, such as `store.items`.

    Every verb happens or does not: what it refuses it raises, and has changed nothing. `at` is a datetime
    with a zone, by default now. What every verb may raise: Error `permission_denied` with the permission,
    `busy` where others hold the store too long, `connection_lost`, `store_full`, `store_read_only`,
    `store_corrupt`; RuntimeError where the thread is in a transaction of another actor.

    >>> import rabatt
    >>> with rabatt.open("sqlite::memory:", by="ANN") as store:
    ...     tea = store.items.add(number="TEA", prices={"EUR": "12.00"})
    ...     store.items.save(tea.replace(name="Tea"))
    ...     try:
    ...         store.items.save(tea, name="Green tea")
    ...     except rabatt.Error as error:
    ...         print(error)
    ...     store.items.get("tea").name, store.items.remove("TEA")
    Item(id=1, revision=2, number='TEA', name='Tea', prices={'EUR': Decimal('12')})
    conflict: item #1
    ('Tea', {'item': 1})
    """

    __slots__ = ("_view",)

    #: The class of the records.
    record_class: ClassVar[type[Record]]

    def __init__(self, view: StoreView) -> None:
        self._view = view

    def __repr__(self) -> str:
        return f"<{self._name} records of {self._view!r}>"

    def get(self, key: Key, *, at: datetime | None = None) -> AnyRecord:
        """The record with this id, or this number or code, and the records that live in it.

        Raises Error `not_found`.
        """
        return self._reading(lambda work: self._read(work.get(self._name, key_of(key))), at)

    def warnings(self, key: Key, /, *, at: datetime | None = None) -> tuple[RecordWarning, ...]:
        """What is odd in the record, and may stay. Raises Error `not_found`.

        >>> import rabatt
        >>> with rabatt.open("sqlite::memory:", by="ANN") as store:
        ...     party = store.parties.add(name="Teahouse", organisation_number="923609017", country="NO")
        ...     [warning.code for warning in store.parties.warnings(party)]
        ['organisation_number_checksum']
        """
        asked = {"record": self._name, "key": key_of(key)}
        answer = performed(self._view, "find.warnings", asked, at, writes=False)
        return tuple(RecordWarning(**warning) for warning in answer["warnings"])

    def history(self, key: Key, /, *, at: datetime | None = None) -> tuple[Change, ...]:
        """What was done with a record, the oldest first; with one that is gone by its id.

        Records that live in it have a history of their own. Needs the permission `log.read`, and that to read
        the record. Raises Error `not_found`.

        >>> import rabatt
        >>> with rabatt.open("sqlite::memory:", by="ANN") as store:
        ...     tea = store.items.add(number="TEA", name="Tea")
        ...     _ = store.items.save(tea.replace(name="Green tea"))
        ...     [(change.by, change.verb, change.changes["name"]) for change in store.items.history("TEA")]
        [('ANN', 'add', (None, 'Tea')), ('ANN', 'save', ('Tea', 'Green tea'))]
        """
        asked = {"record": self._name, "key": key_of(key)}
        answer = performed(self._view, "find.history", asked, at, writes=False)
        return tuple(map(change_of, answer["changes"]))

    def remove(self, *keys: Key, at: datetime | None = None) -> dict[str, int]:
        """Removes records and those that live in them: all or none. Gives how many of each kind went.

        A number that was taken is never given again. Raises Error `not_found`; `in_use` with the kinds of
        records that refer to it, and how many.
        """
        plain = [key_of(key) for key in keys]
        counts: dict[str, int] = self._writing(lambda work: json.loads(work.remove(self._name, plain)), at)
        return counts

    def load(
        self,
        source: Source,
        match: str | None = None,
        mapping: GivenMapping = None,
        apply: bool = False,
        keep_good: bool = False,
        decimal_mark: str | None = None,
        encoding: str | None = None,
        separator: str | None = None,
        places: Places = None,
        *,
        at: datetime | None = None,
    ) -> Loaded:
        """Adds the rows of a table, or changes the records that have the same value in the field `match`.

        `source` is the path of a .csv, .xlsx, .jsonl or .parquet file, a frame, or rows that are mappings.
        Nothing is stored unless `apply`; nor then where a row is wrong, unless `keep_good`: the others are.
        Columns are named by fields, `prices.EUR` by entries of maps; `mapping` tells of other names (see
        `rabatt.store.files.mapping`). Text is read as `decimal_mark` (by default `.`), `encoding` (UTF-8) and
        `separator` (what the first line has most of) say; a column of floats only with `places`, a number or
        one by column. A blank cell makes a field blank, but one that has a default keeps what it has.

        What is wrong with rows is in the answer: `unknown_column`, `missing_column` and `float_column` of the
        header, `bad_row`, `ambiguous_match`, and what a save is refused with. Raises Error
        `file_not_readable`, `unknown_format`, `limit_exceeded`; RuntimeError for a dry run inside a
        transaction, in which all rows are held at once. Needs the permission `import` and that to write the
        record.

        >>> import rabatt
        >>> with rabatt.open("sqlite::memory:", by="ANN") as store:
        ...     loaded = store.items.load([{"number": "TEA", "prices.EUR": "12.50"}], apply=True)
        ...     loaded.added, store.items.get("TEA").prices
        (1, {'EUR': Decimal('12.5')})
        """
        from rabatt.store.files.loading import load

        return load(
            self, source, match, mapping, apply, keep_good, decimal_mark, encoding, separator, places, at
        )

    @property
    def _name(self) -> str:
        return self.record_class.record_type

    # What the typed verbs of the subclasses do.

    def _add(self, record: Any, fields: Mapping[str, Any], at: datetime | None) -> AnyRecord:
        self._check_named(fields)
        content = {} if record is None else _given(record)
        text = json_text({**content, **plain_fields(fields)})
        return self._writing(lambda work: self._read(work.add(self._name, text)), at)

    def _save(
        self, record: Any, fields: Mapping[str, Any], at: datetime | None, force: bool = False
    ) -> AnyRecord:
        self._check_named(fields)
        content = _given(record)
        if fields:
            stamps = ("id", "revision")
            content = {name: content[name] for name in stamps if name in content} | plain_fields(fields)
        text = json_text(content | {"force": True} if force else content)
        return self._writing(lambda work: self._read(work.save(self._name, text)), at)

    def _check_named(self, fields: Mapping[str, Any]) -> None:
        """Raises Error `unknown_field` for what follows from something else: a record that was read has it,
        but nobody names it to set it."""
        named = {word_of(name) for name in fields}
        for field in record_types()[self._name].fields if named else ():
            if not field.is_given and field.name in named:
                raise Error("unknown_field", f"{field.name}: nobody sets this")

    def _find(
        self, asked: Mapping[str, Any], criteria: Mapping[str, Any], at: datetime | None
    ) -> Rows[AnyRecord]:
        limit = asked.get("limit")
        if limit is not None and limit < 0:
            raise ValueError("a limit is 0 or more")
        given = {word: value for word, value in plain_fields(asked).items() if value is not None}
        given.pop("limit", None)
        given["where"] = [*map(_checked, given["where"]), *map(_condition, criteria.items())]
        counted = json_text(given)

        def page(size: int, after: Any) -> tuple[list[Mapping[str, Any]], Any]:
            text = json_text({**given, "limit": size, "after": after})
            answer = json.loads(self._reading(lambda work: work.find(self._name, text), at))
            return answer["rows"], answer["next"]

        def count() -> int:
            return self._reading(lambda work: work.count(self._name, counted), at)

        def totals(fields: Sequence[str]) -> list[dict[str, Any]]:
            asked = {"record": self._name, "by": fields, "query": given}
            rows: list[dict[str, Any]] = performed(self._view, "find.totals", asked, at, writes=False)["rows"]
            return rows

        query = given if limit is None else None
        return Rows(self._name, page, count, partial(read_record, self._class), limit, query, totals)

    def _perform(
        self, verb: str, arguments: Mapping[str, Any], at: datetime | None, *, writes: bool = True
    ) -> dict[str, Any]:
        """What only this kind of record can do."""
        name = f"{record_types()[self._name].plural}.{verb}"
        return performed(self._view, name, arguments, at, writes=writes)

    # ---- how a verb happens ----

    @property
    def _class(self) -> type[AnyRecord]:
        kind: Any = self.record_class
        found: type[AnyRecord] = kind
        return found

    def _read(self, text: str) -> AnyRecord:
        return read_record(self._class, json.loads(text))

    def _reading(self, verb: Callable[[_rabatt.Transaction], Answer], at: datetime | None) -> Answer:
        with self._view._open.reading(self._view.actor, at) as work:
            return verb(work)

    def _writing(self, verb: Callable[[_rabatt.Transaction], Answer], at: datetime | None) -> Answer:
        with self._view._open.writing(self._view.actor, at) as work:
            return verb(work)


def performed(
    view: StoreView, verb: str, arguments: Mapping[str, Any], at: datetime | None, *, writes: bool
) -> dict[str, Any]:
    """What a verb answers that is none of every record."""
    text = json_text(arguments)
    happen = view._open.writing if writes else view._open.reading
    with happen(view.actor, at) as work:
        answer: dict[str, Any] = json.loads(work.perform(verb, text))
        return answer


def key_of(key: Key) -> int | str:
    """An id or a label. Raises TypeError for what is neither, and no record."""
    if isinstance(key, Record):
        return key.id
    if isinstance(key, str):
        return whole_text(key)
    if isinstance(key, int) and not isinstance(key, bool):
        return key if -(2**63) <= key < 2**63 else 0  # nothing has such an id
    raise TypeError(f"a key is an id, a text or a record, not {type(key).__name__}")


def keys_of(keys: Key | Iterable[Key]) -> tuple[list[int | str], bool]:
    """The keys, and whether they were several."""
    if isinstance(keys, int | str | Record):
        return [key_of(keys)], False
    return [key_of(key) for key in keys], True


def _given(record: Any) -> dict[str, Any]:
    if not isinstance(record, Record | Mapping):
        raise TypeError(f"a record or a mapping, not {type(record).__name__}")
    return plain_content(record)


def _condition(criterion: tuple[str, Any]) -> Sequence[Any]:
    """Field, operator and value, of a criterion as `find` takes it."""
    name, value = criterion
    if not isinstance(value, tuple):
        value = ("like", value)  # where there are no texts the same as "="
    if len(value) != 2:
        raise Error("invalid_value", f"{name}: a criterion is a value, or an operator and a value")
    return _checked((word_of(name), *value))


def _checked(condition: Sequence[Any]) -> Sequence[Any]:
    """The condition as JSON has it. Raises Error `invalid_decimal` for a float: its text is not known."""
    (plain,) = plain_fields({"where": condition}).values()
    for value in plain[-1] if isinstance(plain[-1], list) else plain[-1:]:
        if isinstance(value, float):
            raise Error("invalid_decimal", f"{plain[0]} {value}")
    found: Sequence[Any] = plain
    return found
