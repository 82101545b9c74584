"""Rows: what `find` found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Row = TypeVar("Row")
_Content = Mapping[str, Any]

#: Rows that are asked for at a time.
PAGE = 1000


class Rows(Generic[Row]):
    """Records that were found, in their order, without the records that live in them.

    Nothing is read before it is asked for, and no more than that; each iteration reads anew, page by page,
    so that memory does not grow with their number. Pages follow each other by key: a record that stays is
    given once, whatever is added or removed meanwhile; within a transaction they are all of one state.

    >>> import rabatt
    >>> with rabatt.open("sqlite::memory:", by="ANN") as store:
    ...     for number in ("TEA", "CUP"):
    ...         _ = store.items.add(number=number)
    ...     rows = store.items.find(sort=["number"])
    ...     len(rows), [row.number for row in rows[:20]], rows.first()
    (2, ['CUP', 'TEA'], Item(id=2, revision=1, number='CUP'))
    """

    __slots__ = ("_count", "_limit", "_page", "_read", "_record", "_totals", "query")

    def __init__(
        self,
        record: str,
        page: Callable[[int, Any], tuple[list[_Content], Any]],
        count: Callable[[], int],
        read: Callable[[_Content], Row],
        limit: int | None,
        query: _Content | None,
        totals: Callable[[Sequence[str]], list[dict[str, Any]]],
    ) -> None:
        """`page` gives so many rows after a place, and the place after them; None begins, and ends."""
        self._record = record
        self._page = page
        self._count = count
        self._read = read
        self._limit = limit
        #: What was asked for, as JSON has it; None where there is a limit.
        self.query = query
        self._totals = totals

    def __iter__(self) -> Iterator[Row]:
        return map(self._read, self._contents(self._limit))

    def __len__(self) -> int:
        """How many there are, without reading them."""
        count = self._count()
        return count if self._limit is None else min(count, self._limit)

    def __bool__(self) -> bool:
        return any(True for _ in self._contents(1))

    def first(self) -> Row | None:
        """The first one, or None."""
        return next(iter(self[:1]), None)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        """`rows[3]`, `rows[:20]`, `rows[20:40]`: counted from the front, so ValueError below 0."""
        if isinstance(index, slice):
            bounds = (index.start or 0, index.stop, index.step or 1)
            if min(bound for bound in bounds if bound is not None) < 0:
                raise ValueError("rows are counted from the front")
            return list(map(self._read, islice(self._contents(self._least(index.stop)), *bounds)))
        if index < 0:
            raise ValueError("rows are counted from the front")
        for row in self[index : index + 1]:
            return row
        raise IndexError("there are no so many rows")

    def __repr__(self) -> str:
        return f"<Rows of {self._record}>"

    def totals(self, *fields: str) -> list[dict[str, Any]]:
        """How many there are of each combination of values: `[{"status": "active", "count": 3}, …]`.

        Of all that were found, so ValueError where there is a limit.
        """
        if self._limit is not None:
            raise ValueError("totals are of all rows, without a limit")
        return self._totals(fields)

    def to_dicts(self) -> list[dict[str, Any]]:
        """All rows as dicts in the words of the store; decimals, days and instants are texts."""
        return [dict(content) for content in self._contents(self._limit)]

    def iter_dicts(self) -> Iterator[dict[str, Any]]:
        """The same one by one, read page by page."""
        return map(dict, self._contents(self._limit))

    def to_arrow(self) -> pa.Table:
        """All rows as a table: a column a field.

        Decimals are decimal128 of as many places as the column needs (text where 38 digits do not hold them),
        days date32, instants timestamp[ms, UTC], lists and maps lists and maps, references text.
        """
        from rabatt.store.frames import table_of

        return table_of(self._record, self._contents(self._limit))

    def to_pandas(self) -> pd.DataFrame:
        """The same as a DataFrame of pandas; decimals stay Arrow's."""
        from rabatt.store.frames import pandas_frame_of

        return pandas_frame_of(self.to_arrow())

    def to_polars(self) -> pl.DataFrame:
        """The same as a DataFrame of Polars."""
        import polars

        frame = polars.from_arrow(self.to_arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table of `to_arrow`, for everything that takes Arrow: Polars, DuckDB, PyArrow."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def write(
        self,
        path: str | os.PathLike[str],
        columns: Sequence[str] | None = None,
        separator: str = ",",
        decimal_mark: str = ".",
        title: str | None = None,
    ) -> int:
        """Writes all rows to a .csv, .xlsx or .pdf file, and gives how many there were.

        `columns` are fields, lists and maps, by default all of them; a map gets a column for each of its
        keys (`prices.EUR`). CSV is UTF-8 with a byte order mark; a text that a spreadsheet would run as a
        formula has an apostrophe before it, which `load` takes away. In XLSX a number of more than 15 digits
        is text, and times are UTC. PDF has a title and page numbers, at most 5,000 rows, and unless
        `columns` are named no blank ones, nor more than there is room for.

        Raises Error `unknown_column`, `unknown_format`, `limit_exceeded`, `file_not_writable`.
        """
        from rabatt.store.files.writing import write_rows

        contents = self._contents(self._limit)
        return write_rows(self._record, contents, path, columns, separator, decimal_mark, title)

    def _least(self, stop: int | None) -> int | None:
        return min((limit for limit in (stop, self._limit) if limit is not None), default=None)

    def _contents(self, limit: int | None) -> Iterator[_Content]:
        place: Any = None
        while limit is None or limit > 0:
            size = PAGE if limit is None else min(limit, PAGE)
            rows, place = self._page(size, place)
            yield from rows
            if place is None or not rows:
                return
            if limit is not None:
                limit -= len(rows)
