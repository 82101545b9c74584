"""The book: everything that prices, as one immutable value."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from rabatt import _rabatt
from rabatt.errors import Error, Errors, Problem
from rabatt.sources import Format, Source, Text

#: What the name of a compiled book ends with.
BOOK_FILE = ".rabatt"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSummary:
    """How much is in a book. `campaigns_by_status` counts posted campaigns; every status is there."""

    hash: str
    items: int
    price_books: int
    customers: int
    target_groups: int
    campaigns: int
    campaigns_by_status: Mapping[str, int]
    campaigns_not_posted: int
    payment_terms: int


class Book:
    """Everything that prices: items, price books, customers, campaigns, payment terms and the policy.

    A book is immutable, equal to every book of the same content, and may be priced from by many threads at
    once; copies share it. One that builds can always be priced from. Its fields are those of
    `schema("book")`.

    >>> book = Book.from_dict({"items": [{"item": "TEA", "prices": {"EUR": "12.00"}}]})
    >>> book
    <Book 6fb675488a01: 1 item, 0 customers, 0 campaigns>
    >>> Book.from_dict({"items": [{"item": "TEA", "prices": {"EUR": 12.0}}]})
    Traceback (most recent call last):
    rabatt.errors.Errors: 1 problem
      items[0].prices.EUR: invalid_decimal: Write decimals as strings.
    """

    __slots__ = ("_batch", "_compiled", "_summary")

    _batch: _rabatt.BatchPricer | None
    _compiled: _rabatt.Book
    _summary: BookSummary | None

    #: The statuses that a campaign can have.
    statuses: ClassVar[tuple[str, ...]] = tuple(_rabatt.words()["status"])

    def __init__(self) -> None:
        raise TypeError("a Book is made by from_json, from_yaml, from_dict or load")

    @classmethod
    def from_json(cls, text: Text) -> Book:
        """A book from JSON; bytes are UTF-8. Raises Errors with everything that is wrong."""
        return cls._of(Source.of_text(text, "book", "json"))

    @classmethod
    def from_yaml(cls, text: Text) -> Book:
        """A book from YAML 1.2, where prices are written as people do: `price: 1.50`.

        Scalars are text as they stand; booleans are `true` and `false`. Raises Errors, with line numbers.

        >>> Book.from_yaml("items: [{item: TEA, prices: {EUR: 1.50}, discountable: yes}]")
        Traceback (most recent call last):
        rabatt.errors.Errors: 1 problem
          line 1: items[0].discountable: invalid_value: This must be true or false.
        """
        return cls._of(Source.of_text(text, "book", "yaml"))

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Book:
        """A book from Python values; decimals are text, Decimal or int, never float. Raises Errors."""
        return cls._of(Source.of_value(content))

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Book:
        """A book from a .json, .yaml or .yml file in UTF-8, or from a .rabatt file that `save` wrote.

        A .rabatt file is mapped, not parsed: the book is there at once, however large it is, and all
        processes that load it share its memory. A page of it is checked when it is first read; what reads a
        damaged one raises Error `damaged_book`, and `verify` reads all. Load such files only from those whom
        you trust: the checks find accidents, not forgeries. A file in use may be replaced, as `save` does it,
        but never be written into.

        Raises Errors for what is wrong with a text; Error `unknown_format`, `file_not_readable`,
        `damaged_book` (cut, or changed), `incompatible_book` (of an older or newer rabatt, or another kind of
        machine), with the path.
        """
        if _is_book_file(path):
            return cls._with(_rabatt.Book.open(os.fsencode(path)))
        return cls._of(Source.of_file(path, "book"))

    @classmethod
    def _of(cls, source: Source) -> Book:
        if source.problems:
            raise Errors(_found(source))
        try:
            compiled = _rabatt.Book.from_json(source.json)
        except Errors as errors:
            raise Errors(source.with_problems(errors.problems)) from None
        return cls._with(compiled)

    @classmethod
    def _with(cls, compiled: _rabatt.Book) -> Book:
        book = cls.__new__(cls)
        book._batch = None
        book._compiled = compiled
        book._summary = None
        return book

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the compiled book as a .rabatt file: once, for all programs that `load` it.

        The file is written beside `path` and then takes its name: there is the old file or the new one,
        whatever happens, and who has the old one loaded keeps it. Links stay, and so does the mode of a file
        that is replaced. The same content gives the same bytes.

        Raises Error `unknown_format` for another extension, `file_not_writable` with the path and the reason.

        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> book = Book.from_dict({"items": [{"item": "TEA", "prices": {"EUR": "12.00"}}]})
        >>> with TemporaryDirectory() as folder:
        ...     book.save(Path(folder, "shop.rabatt"))
        ...     Book.load(Path(folder, "shop.rabatt")) == book
        True
        """
        check_book_file_name(path)
        self._compiled.save(os.fsencode(path))

    def verify(self) -> None:
        """Reads all of the .rabatt file that the book was loaded from; raises Error `damaged_book`, with the
        path, where it is not as it was written. Of other books there is nothing to verify."""
        self._compiled.verify()

    @property
    def hash(self) -> str:
        """SHA-256 in 64 hex digits over the content. Neither the order of entries nor the spelling of
        decimals matters. Every quote carries it."""
        return self._compiled.hash

    def to_json(self) -> str:
        """The content as JSON, defaults included; what is not given is left out."""
        return self._compiled.to_json()

    def to_dict(self) -> dict[str, Any]:
        """The same as a dict of the caller's own: decimals and dates are text."""
        content: dict[str, Any] = json.loads(self.to_json())
        return content

    def summary(self) -> BookSummary:
        """How much is in the book."""
        if self._summary is None:
            self._summary = _summary(self._compiled)
        return self._summary

    def __repr__(self) -> str:
        counts = self.summary()
        counted = [(counts.items, "item"), (counts.customers, "customer"), (counts.campaigns, "campaign")]
        parts = [f"{count} {thing}{'' if count == 1 else 's'}" for count, thing in counted]
        return f"<Book {self.hash[:12]}: {', '.join(parts)}>"

    def __eq__(self, other: object) -> bool:
        return self.hash == other.hash if isinstance(other, Book) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.hash)

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return Book.from_json, (self.to_json(),)

    def __copy__(self) -> Book:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Book:
        return self


def compiled(book: Book) -> _rabatt.Book:
    """What the engine prices from. Raises TypeError where `book` is none."""
    if not isinstance(book, Book):
        raise TypeError(f"book must be a rabatt.Book, not {type(book).__name__}")
    return book._compiled


def batch_pricer(book: Book) -> _rabatt.BatchPricer:
    """What the engine prices tables of lines from: the book with the days that it was last asked for."""
    if book._batch is None:
        book._batch = _rabatt.BatchPricer(book._compiled)
    return book._batch


def check(book: Text | Mapping[str, Any] | os.PathLike[str], *, format: Format = "json") -> list[Problem]:
    """Everything that is wrong with a book, sorted by path; empty if it builds.

    `book` is text (`format` says in what), a mapping, or the path of a .json, .yaml, .yml or .rabatt file as
    `pathlib.Path`. Raises Error only for a file that cannot be read. A .rabatt file is read as a whole, as
    `Book.verify` does it, and has no problems where that raises nothing.

    >>> for problem in check({"items": [{"item": "TEA", "prices": {"EUR": "-1", "ABC": "2"}}]}):
    ...     print(problem.code, problem.path)
    unknown_currency items[0].prices.ABC
    negative_price items[0].prices.EUR
    """
    if isinstance(book, Text):
        return _found(Source.of_text(book, "book", format))
    if isinstance(book, os.PathLike):
        if _is_book_file(book):
            Book.load(book).verify()
            return []
        return _found(Source.of_file(book, "book"))
    return _found(Source.of_value(book))


def check_book_file_name(path: str | os.PathLike[str]) -> None:
    """Raises Error `unknown_format` where a compiled book would not be found again.

    >>> check_book_file_name("shop.bin")
    Traceback (most recent call last):
    rabatt.errors.Error: unknown_format: shop.bin: a compiled book is a .rabatt file
    """
    if not _is_book_file(path):
        raise Error("unknown_format", f"{os.fspath(path)}: a compiled book is a {BOOK_FILE} file")


def _is_book_file(path: str | os.PathLike[str]) -> bool:
    return Path(path).suffix.lower() == BOOK_FILE


def _found(source: Source) -> list[Problem]:
    return source.with_problems(Problem(*found) for found in _rabatt.check(source.json))


def _summary(compiled: _rabatt.Book) -> BookSummary:
    lists, by_status = compiled.counts()
    return BookSummary(
        hash=compiled.hash,
        campaigns_by_status={status: by_status[status] for status in Book.statuses},
        campaigns_not_posted=lists["campaigns"] - sum(by_status.values()),
        **lists,
    )
