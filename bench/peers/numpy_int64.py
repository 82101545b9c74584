"""NumPy: every look-up a gather from dense arrays, the price books one sorted array of keys.

All lines go side by side through the first candidate of their items, then the second, and so on. Rank and net
are one number, so that the lowest kept is the lowest net of the highest priority.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.peers.day import day
from bench.peers.peer import Peer
from bench.workload import NONE, Customers, Flags, Indexes, Ints, Items, Lines, Workload

RANK = 1 << 44  # above every net
WITHOUT_CAMPAIGN = 1 << 18  # a rank below all candidates
UNQUALIFIED = WITHOUT_CAMPAIGN + 1


@dataclass(frozen=True)
class Candidates:
    """Those of item i begin at `first[i]`. Each takes percent + per_own × the customer's own discount."""

    first: Ints
    count: Ints
    only_for: Indexes
    set_price: Ints  # NONE: a discount
    percent: Ints  # in hundredths
    per_own: Ints
    own_at_most: Ints
    rank: Ints


@dataclass(frozen=True)
class Arrays:
    items: Items
    customers: Customers
    listed: Ints  # price book and item as one rising number
    listed_price: Ints
    candidates: Candidates
    lines: Lines


def prepare(workload: Workload) -> Arrays:
    table, items = day(workload).candidates, len(workload.items.price)
    bounds = np.searchsorted(table["item"].to_numpy(), np.arange(items + 1))
    offer, percent = table["offer"].to_numpy(), table["percent"].fill_null(0).to_numpy()
    candidates = Candidates(
        first=bounds[:-1],
        count=np.diff(bounds),
        only_for=table["only_for"].fill_null(NONE).to_numpy(),
        set_price=table["set_price"].fill_null(NONE).to_numpy(),
        percent=percent * 100,
        per_own=np.select([offer == "add", offer == "compound"], [100, 100 - percent]),
        own_at_most=np.where(offer == "greater", percent, 100),
        rank=table["rank"].to_numpy() * RANK,
    )
    books = workload.price_book_lines
    listed = books.price_book.astype(np.int64) * items + books.item
    return Arrays(workload.items, workload.customers, listed, books.price, candidates, workload.lines)


def run(arrays: Arrays) -> Ints:
    item, customer, candidates = arrays.lines.item, arrays.lines.customer, arrays.candidates
    quantity, price = np.abs(arrays.lines.quantity), _list_price(arrays)
    discountable = arrays.items.discountable[item]
    own = np.where(discountable, arrays.customers.discount[customer], 0)
    gross = quantity * price
    net_without = gross - (gross * own + 50) // 100
    best = WITHOUT_CAMPAIGN * RANK + net_without
    first, count = candidates.first[item], candidates.count[item]
    line, nth = np.flatnonzero(count), 0
    while len(line):
        which = first[line] + nth
        net, qualifies = _offers(candidates, which, quantity[line], price[line], own[line], net_without[line])
        only_for = candidates.only_for[which]
        qualifies &= (only_for == NONE) | (only_for == customer[line])
        qualifies &= discountable[line] | (candidates.set_price[which] != NONE)
        ranked = np.where(qualifies, candidates.rank[which] + net, UNQUALIFIED * RANK)
        best[line] = np.minimum(best[line], ranked)
        nth += 1
        line = line[count[line] > nth]
    best &= RANK - 1
    return np.where(arrays.lines.quantity < 0, -best, best)


def _list_price(arrays: Arrays) -> Ints:
    item = arrays.lines.item
    price = arrays.items.price[item]
    price_book = arrays.customers.price_book[arrays.lines.customer]
    line = np.flatnonzero(price_book != NONE)
    wanted = price_book[line].astype(np.int64) * len(arrays.items.price) + item[line]
    order = np.argsort(wanted)  # rising keys are found several times as fast
    line, wanted = line[order], wanted[order]
    place = np.searchsorted(arrays.listed, wanted)
    place[place == len(arrays.listed)] = 0
    found = np.flatnonzero(arrays.listed[place] == wanted)
    price[line[found]] = arrays.listed_price[place[found]]
    return price


def _offers(
    candidates: Candidates, which: Ints, quantity: Ints, list_price: Ints, own: Ints, net_without: Ints
) -> tuple[Ints, Flags]:
    """Their nets, and whether they are at least the customer's own discount and not dearer than none."""
    set_price = candidates.set_price[which]
    price = np.where(set_price != NONE, set_price, list_price)
    percent = np.minimum(10_000, candidates.percent[which] + candidates.per_own[which] * own)
    gross = quantity * price
    net = gross - (gross * percent + 5_000) // 10_000
    equal = (net == net_without) & (price * (10_000 - percent) <= list_price * (10_000 - 100 * own))
    return net, (own <= candidates.own_at_most[which]) & ((net < net_without) | equal)


PEER = Peer("NumPy, int64", 1_000_000, prepare, run)
