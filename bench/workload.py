"""A day's work of any size, the same for the same seed: a book, and order lines to be priced from it.

One day, or as many dates around it as `dates` says; one currency, the default policy. Amounts are integers in
cents, percentages whole numbers, keys are indexes from 0. In a book the keys are codes that count from 1, so
that both sort alike: item `I0000001`, customer `C0000001`, price book `P0001`, campaign `K000001`.

>>> workload = make_workload(Parameters(items=20, customers=10, price_books=2, campaigns=5, lines=3))
>>> workload.lines.quantity.shape
(3,)
"""

from __future__ import annotations

import argparse
import datetime
from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Indexes = NDArray[np.int32]
Flags = NDArray[np.bool_]
Days = NDArray[np.datetime64]

DAY = datetime.date(2026, 3, 10)
CURRENCY = "EUR"
NONE = -1  # the index of a customer, price book or campaign that is not there


class Offer(IntEnum):
    """What a campaign gives: a set price, or a percentage and how it meets the customer's."""

    SET_PRICE = 0
    GREATER = 1
    ADD = 2
    COMPOUND = 3


@dataclass(frozen=True)
class Parameters:
    items: int = 100_000
    customers: int = 100_000
    price_books: int = 1_000
    items_per_price_book: int = 476
    campaigns: int = 100_000
    lines_per_campaign: int = 10
    lines: int = 1_000_000
    skew: Literal["uniform", "zipf"] = "uniform"  # of the order lines over items and customers
    dates: int = 1  # of the order lines, uniform, the day in their middle
    seed: int = 1


def add_options(parser: argparse.ArgumentParser) -> None:
    """`--items`, `--lines-per-campaign` … for the parameters."""
    for field in fields(Parameters):
        name, default = f"--{field.name.replace('_', '-')}", field.default
        choices = ("uniform", "zipf") if field.name == "skew" else None
        parser.add_argument(name, type=type(default), default=default, choices=choices, help=f"{default}")


def parameters_from(arguments: argparse.Namespace) -> Parameters:
    return Parameters(**{field.name: getattr(arguments, field.name) for field in fields(Parameters)})


@dataclass(frozen=True)
class Items:
    price: Ints
    discountable: Flags


@dataclass(frozen=True)
class Customers:
    discount: Ints
    price_book: Indexes


@dataclass(frozen=True)
class PriceBookLines:
    """By price book, then item."""

    price_book: Indexes
    item: Indexes
    price: Ints


@dataclass(frozen=True)
class Campaigns:
    offer: NDArray[np.int8]
    first_day: Days
    last_day: Days  # NaT: open
    posted: Flags
    active: Flags
    code_required: Flags
    customer: Indexes
    priority: Ints


@dataclass(frozen=True)
class CampaignLines:
    """By campaign. A set price has no discount, a discount no price: 0."""

    campaign: Indexes
    item: Indexes
    discount: Ints
    price: Ints


@dataclass(frozen=True)
class Lines:
    item: Indexes
    customer: Indexes
    quantity: Ints  # below 0: a return
    date: Days

    def __len__(self) -> int:
        return len(self.item)


@dataclass(frozen=True)
class Workload:
    parameters: Parameters
    items: Items
    customers: Customers
    price_book_lines: PriceBookLines
    campaigns: Campaigns
    campaign_lines: CampaignLines
    lines: Lines

    def first(self, lines: int) -> Workload:
        """The same book with only the first order lines."""
        if lines >= len(self.lines):
            return self
        kept = Lines(*(column[:lines] for column in vars(self.lines).values()))
        return replace(self, parameters=replace(self.parameters, lines=lines), lines=kept)

    def on_the_day(self) -> Workload:
        """The same with all order lines on the one day."""
        date = np.full_like(self.lines.date, np.datetime64(DAY))
        return replace(
            self, parameters=replace(self.parameters, dates=1), lines=replace(self.lines, date=date)
        )


def make_workload(parameters: Parameters) -> Workload:
    """Every part has a generator of its own: more campaigns change no item and no order line."""
    part = iter(np.random.default_rng([parameters.seed, index]) for index in range(8))
    items = _items(next(part), parameters)
    customers = _customers(next(part), parameters)
    price_book_lines = _price_book_lines(next(part), parameters, items)
    campaigns = _campaigns(next(part), parameters)
    return Workload(
        parameters,
        items,
        customers,
        price_book_lines,
        campaigns,
        _campaign_lines(next(part), parameters, items, campaigns),
        _lines(next(part), next(part), next(part), parameters),
    )


def _items(rng: np.random.Generator, parameters: Parameters) -> Items:
    """Prices from 0.01 to 9,999.99, as many between 1 and 10 as between 10 and 100."""
    price = np.exp(rng.uniform(0, np.log(1_000_000), parameters.items)).astype(np.int64)
    return Items(np.clip(price, 1, 999_999), rng.random(parameters.items) >= 0.03)


def _customers(rng: np.random.Generator, parameters: Parameters) -> Customers:
    n = parameters.customers
    discount = np.where(rng.random(n) < 1 / 3, 0, rng.integers(1, 16, n))
    has_book = (rng.random(n) < 0.5) & (parameters.price_books > 0)
    price_book = np.where(has_book, rng.integers(0, max(1, parameters.price_books), n), NONE)
    return Customers(discount, price_book.astype(np.int32))


def _price_book_lines(rng: np.random.Generator, parameters: Parameters, items: Items) -> PriceBookLines:
    listed = min(parameters.items, parameters.items_per_price_book)
    books = [np.sort(rng.choice(parameters.items, listed, False)) for _ in range(parameters.price_books)]
    item = np.concatenate(books or [np.empty(0, np.int64)]).astype(np.int32)
    price_book = np.repeat(np.arange(parameters.price_books, dtype=np.int32), listed)
    return PriceBookLines(price_book, item, _near(rng, items.price[item], 0.75, 1.05))


def _near(rng: np.random.Generator, price: Ints, low: float, high: float) -> Ints:
    return np.maximum(1, np.rint(price * rng.uniform(low, high, len(price)))).astype(np.int64)


def _campaigns(rng: np.random.Generator, parameters: Parameters) -> Campaigns:
    """A fifth of the windows are open on the day, two fifths are over, two fifths are to come."""
    n = parameters.campaigns
    when, length = rng.random(n), rng.integers(0, 60, n)
    until_end = rng.integers(0, length + 1)  # the day itself may be the first, the last or both
    first = np.select(
        [when < 0.2, when < 0.6],
        [until_end - length, -1 - length - rng.integers(0, 300, n)],
        1 + rng.integers(0, 300, n),
    )
    last = (np.datetime64(DAY) + first + length).astype("datetime64[D]")
    last[(rng.random(n) < 0.05) & ((when < 0.2) | (when >= 0.6))] = np.datetime64("NaT")
    offers = np.array([Offer.SET_PRICE, Offer.GREATER, Offer.ADD, Offer.COMPOUND], np.int8)
    customer = np.where(rng.random(n) < 0.03, rng.integers(0, parameters.customers, n), NONE)
    return Campaigns(
        offer=rng.choice(offers, n, p=[0.1, 0.3, 0.3, 0.3]),
        first_day=np.datetime64(DAY) + first,
        last_day=last,
        posted=rng.random(n) >= 0.02,
        active=rng.random(n) >= 0.02,
        code_required=rng.random(n) < 0.03,
        customer=customer.astype(np.int32),
        priority=(rng.random(n) < 0.05).astype(np.int64),
    )


def _campaign_lines(
    rng: np.random.Generator, parameters: Parameters, items: Items, campaigns: Campaigns
) -> CampaignLines:
    campaign = np.repeat(np.arange(parameters.campaigns, dtype=np.int32), parameters.lines_per_campaign)
    item = _distinct(rng, parameters).astype(np.int32).reshape(-1)
    is_price = campaigns.offer[campaign] == Offer.SET_PRICE
    return CampaignLines(
        campaign,
        item,
        discount=np.where(is_price, 0, rng.integers(1, 41, len(item))),
        price=np.where(is_price, _near(rng, items.price[item], 0.6, 0.95), 0),
    )


def _distinct(rng: np.random.Generator, parameters: Parameters) -> Ints:
    """A row of items per campaign; a campaign lists an item once."""
    if parameters.lines_per_campaign > parameters.items:
        raise ValueError("a campaign cannot list more items than there are")
    rows = rng.integers(0, parameters.items, (parameters.campaigns, parameters.lines_per_campaign))
    while True:
        rows.sort(axis=1)
        again = np.zeros(rows.shape, np.bool_)
        again[:, 1:] = rows[:, 1:] == rows[:, :-1]
        if not again.any():
            return rows
        rows[again] = rng.integers(0, parameters.items, np.count_nonzero(again))


def _lines(
    rng: np.random.Generator, keys: np.random.Generator, dates: np.random.Generator, parameters: Parameters
) -> Lines:
    n = parameters.lines
    quantity = np.where(rng.random(n) < 0.03, -1, 1) * rng.integers(1, 101, n)
    item = _keys(keys, parameters.items, parameters)
    customer = _keys(keys, parameters.customers, parameters)
    day = dates.integers(0, parameters.dates, n) - parameters.dates // 2
    return Lines(item, customer, quantity, np.datetime64(DAY) + day)


def _keys(rng: np.random.Generator, count: int, parameters: Parameters) -> Indexes:
    """As many keys below `count` as there are lines."""
    if parameters.skew == "uniform":
        return rng.integers(0, count, parameters.lines, dtype=np.int32)
    weight = 1 / np.arange(1, count + 1) ** 1.1  # Zipf's law
    upto = np.cumsum(weight) / weight.sum()
    rank = np.minimum(np.searchsorted(upto, rng.random(parameters.lines), side="right"), count - 1)
    return rng.permutation(count).astype(np.int32)[rank]
