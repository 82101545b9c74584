"""Python's decimal in a loop over dicts."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from bench.peers.dicts import Dicts, Line, dicts
from bench.peers.peer import Peer
from bench.workload import Ints, Workload

CENT = Decimal("0.01")
ZERO = Decimal(0)
HUNDRED = Decimal(100)


def prepare(workload: Workload) -> Dicts[Decimal]:
    return dicts(workload, Decimal, lambda cents: Decimal(cents) / 100)


def run(book: Dicts[Decimal]) -> list[Decimal]:
    return [net_of(line, book) for line in book.lines]


def net_of(line: Line[Decimal], book: Dicts[Decimal]) -> Decimal:
    list_price, discountable = book.items[line.item]
    own, price_book = book.customers[line.customer]
    if price_book is not None:
        list_price = book.listed.get((price_book, line.item), list_price)
    if not discountable:
        own = ZERO
    quantity = abs(line.quantity)
    without = net_and_worth(quantity, list_price, own)
    best = None
    for candidate in book.candidates.get(line.item, ()):
        if candidate.only_for is not None and candidate.only_for != line.customer:
            continue
        price, percent = list_price, candidate.percent
        if candidate.offer == "set_price":
            price = candidate.set_price
        elif not discountable:
            continue
        elif candidate.offer == "greater":
            if percent < own:
                continue
        elif candidate.offer == "add":
            percent = min(HUNDRED, own + percent)
        else:
            percent = HUNDRED - (HUNDRED - own) * (HUNDRED - percent) / HUNDRED
        offer = net_and_worth(quantity, price, percent)
        if offer <= without and (best is None or (candidate.rank, offer[0]) < best):
            best = (candidate.rank, offer[0])
    net = best[1] if best else without[0]
    return -net if line.quantity < 0 else net


def net_and_worth(quantity: Decimal, price: Decimal, percent: Decimal) -> tuple[Decimal, Decimal]:
    """Offers of equal nets differ by what they are worth unrounded."""
    gross = quantity * price
    discount = (gross * percent / HUNDRED).quantize(CENT, ROUND_HALF_UP)
    return gross - discount, price * (HUNDRED - percent)


def nets(answer: list[Decimal]) -> Ints:
    return np.array([int(net * 100) for net in answer], np.int64)


PEER = Peer("Python decimal", 100_000, prepare, run, nets)
