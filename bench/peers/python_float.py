"""The same loop with floats, rounded as most would: half cents go either way, and wrong nets are counted.

It is about as fast as decimal, for `round` prints a float and reads it back.
"""

from __future__ import annotations

import numpy as np

from bench.peers.dicts import Dicts, Line, dicts
from bench.peers.peer import Peer
from bench.workload import Ints, Workload


def prepare(workload: Workload) -> Dicts[float]:
    return dicts(workload, float, lambda cents: cents / 100)


def run(book: Dicts[float]) -> list[float]:
    return [net_of(line, book) for line in book.lines]


def net_of(line: Line[float], book: Dicts[float]) -> float:
    list_price, discountable = book.items[line.item]
    own, price_book = book.customers[line.customer]
    if price_book is not None:
        list_price = book.listed.get((price_book, line.item), list_price)
    if not discountable:
        own = 0.0
    quantity = abs(line.quantity)
    without = net_at(quantity, list_price, own)
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
            percent = min(100.0, own + percent)
        else:
            percent = 100.0 - (100.0 - own) * (100.0 - percent) / 100.0
        net = net_at(quantity, price, percent)
        if net <= without and (best is None or (candidate.rank, net) < best):
            best = (candidate.rank, net)
    net = round(best[1] if best else without, 2)
    return -net if line.quantity < 0 else net


def net_at(quantity: float, price: float, percent: float) -> float:
    gross = quantity * price
    return gross - round(gross * percent / 100.0, 2)


def nets(answer: list[float]) -> Ints:
    cents: Ints = np.rint(np.array(answer) * 100).astype(np.int64)
    return cents


PEER = Peer("Python float", 100_000, prepare, run, nets, exact=False)
