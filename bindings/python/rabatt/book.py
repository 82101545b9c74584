"""The book: everything that prices, as one immutable value."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from rabatt import _rabatt
from rabatt.errors import Errors, Problem
from rabatt.sources import Format, Source, Text


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
        """A book from a .json, .yaml or .yml file in UTF-8.

        Raises Errors, and Error `unknown_format` or `file_not_readable` with the path.
        """
        return cls._of(Source.of_file(path, "book"))

    @classmethod
    def _of(cls, source: Source) -> Book:
        if source.problems:
            raise Errors(_found(source))
        try:
            compiled = _rabatt.Book.from_json(source.json)
        except Errors as errors:
            raise Errors(source.with_problems(errors.problems)) from None
        book = cls.__new__(cls)
        book._batch = None
        book._compiled = compiled
        book._summary = None
        return book

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
            self._summary = _summary(self.hash, self.to_dict())
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

    `book` is text (`format` says in what), a mapping, or the path of a .json, .yaml or .yml file as
    `pathlib.Path`. Raises Error only for a path that cannot be read.

    >>> for problem in check({"items": [{"item": "TEA", "prices": {"EUR": "-1", "ABC": "2"}}]}):
    ...     print(problem.code, problem.path)
    unknown_currency items[0].prices.ABC
    negative_price items[0].prices.EUR
    """
    if isinstance(book, Text):
        return _found(Source.of_text(book, "book", format))
    if isinstance(book, os.PathLike):
        return _found(Source.of_file(book, "book"))
    return _found(Source.of_value(book))


def _found(source: Source) -> list[Problem]:
    return source.with_problems(Problem(*found) for found in _rabatt.check(source.json))


def _summary(hash: str, content: Mapping[str, Any]) -> BookSummary:
    counts = {name: len(content.get(name, ())) for name in BookSummary.__dataclass_fields__ if name in _LISTS}
    campaigns = content.get("campaigns", ())
    posted = Counter(campaign["status"] for campaign in campaigns if campaign["posted"])
    return BookSummary(
        hash=hash,
        campaigns_by_status={status: posted[status] for status in Book.statuses},
        campaigns_not_posted=counts["campaigns"] - posted.total(),
        **counts,
    )


_LISTS = ("items", "price_books", "customers", "target_groups", "campaigns", "payment_terms")
