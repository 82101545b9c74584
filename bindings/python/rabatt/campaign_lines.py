"""Change % and *Set for all*: fills the lines of a campaign from one percentage."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rabatt import _rabatt
from rabatt.book import Book, compiled
from rabatt.documents import json_text
from rabatt.records import record_of
from rabatt.texts import DecimalLike, decimal_text, whole_text


@dataclass(frozen=True, slots=True)
class Remark:
    """A line (its index from 0) that was left alone; `code` is `no_base_price`."""

    line: int
    item: str
    code: str


@dataclass(frozen=True, slots=True)
class SetForAll:
    """The campaign's lines with new prices or discounts, as they stand in a book, and what is to be said."""

    lines: tuple[dict[str, Any], ...]
    report: tuple[Remark, ...]


def set_for_all(campaign: str | Mapping[str, Any], percent: DecimalLike, book: Book) -> SetForAll:
    """Fills all lines of a campaign, given by its number in the book or as a mapping that is in no book yet.

    A `set_discount` campaign gets `percent` on every line. A `set_price` campaign gets the list price less
    `percent`: on its date, in its currency and the line's unit, for its customer if it has one, at the
    quantity max(1, quantity_min), rounded to the currency's unit step. Always from the list price, so doing
    it twice gives the same lines. `percent` is −100 … 100 with at most 5 places, negative only for
    `set_price`. Raises Error `invalid_discount`, `unknown_campaign`, `invalid_decimal`, `missing_field` (a
    mapping needs `pricing_type`, for `set_price` `date` too), `overflow`; Errors for what a mapping's fields
    cannot hold. TypeError where `book` is no Book.

    >>> from decimal import Decimal
    >>> book = Book.from_dict({"items": [{"item": "TEA", "prices": {"EUR": "20.00"}}, {"item": "OLD"}]})
    >>> campaign = {"campaign": "K1", "name": "", "pricing_type": "set_price", "currency": "EUR",
    ...             "date": "2026-03-01", "lines": [{"item": "TEA"}, {"item": "OLD"}]}
    >>> filled = set_for_all(campaign, 15, book)
    >>> Decimal(filled.lines[0]["price"])
    Decimal('17')
    >>> filled.report
    (Remark(line=1, item='OLD', code='no_base_price'),)
    """
    engine_book = compiled(book)
    share = decimal_text(percent, "percent")
    if isinstance(campaign, str):
        answer = _rabatt.set_for_all(engine_book, whole_text(campaign), share)
    else:
        answer = _rabatt.set_for_all_draft(engine_book, json_text({"campaigns": [campaign]}).encode(), share)
    return record_of(SetForAll, json.loads(answer))
