"""A day as a Python program would hold it: dicts by key, in numbers of the caller's choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from bench.peers.day import day
from bench.workload import Workload

Number = TypeVar("Number")


class Candidate(NamedTuple, Generic[Number]):
    only_for: int | None
    offer: str
    percent: Number
    set_price: Number
    rank: int


class Line(NamedTuple, Generic[Number]):
    item: int
    customer: int
    quantity: Number


@dataclass(frozen=True)
class Dicts(Generic[Number]):
    items: dict[int, tuple[Number, bool]]  # price, discountable
    customers: dict[int, tuple[Number, int | None]]  # discount, price book
    listed: dict[tuple[int, int], Number]  # price by price book and item
    candidates: dict[int, list[Candidate[Number]]]  # by item
    lines: list[Line[Number]]


def dicts(
    workload: Workload, number: Callable[[int], Number], euros: Callable[[int], Number]
) -> Dicts[Number]:
    """`number` makes one of an int, `euros` of cents."""
    tables = {name: table.to_pylist() for name, table in vars(day(workload)).items()}
    candidates: dict[int, list[Candidate[Number]]] = {}
    for row in tables["candidates"]:
        percent, set_price = number(row["percent"] or 0), euros(row["set_price"] or 0)
        candidate = Candidate(row["only_for"], row["offer"], percent, set_price, row["rank"])
        candidates.setdefault(row["item"], []).append(candidate)
    return Dicts(
        {row["item"]: (euros(row["price"]), row["discountable"]) for row in tables["items"]},
        {row["customer"]: (number(row["discount"]), row["price_book"]) for row in tables["customers"]},
        {(row["price_book"], row["item"]): euros(row["price"]) for row in tables["price_book_lines"]},
        candidates,
        [Line(row["item"], row["customer"], number(row["quantity"])) for row in tables["lines"]],
    )
