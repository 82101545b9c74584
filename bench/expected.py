"""The right answer to every line of a workload, from the rules of pricing, in integers alone.

Written to be read. All lines go through the rules side by side: first the price without a campaign, then the
first campaign of each line's item, the second, and so on, and the best so far is kept.

A percentage is counted in hundredths, 10,000 being all of it: compound percentages have two places.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.workload import NONE, Days, Flags, Indexes, Ints, Offer, Workload

ALL = 10_000
BELOW_ALL_PRIORITIES = -(2**31) - 1
LINES_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class Expected:
    """By line: the net in cents and the index of the applied campaign, -1 for none."""

    net: Ints
    campaign: Indexes


def expected(workload: Workload) -> Expected:
    """Date by date."""
    count = len(workload.lines)
    answer = Expected(np.empty(count, np.int64), np.empty(count, np.int32))
    for day, lines in _by_date(workload.lines.date):
        candidates = _Candidates.of(workload, day)
        for start in range(0, len(lines), LINES_AT_ONCE):
            which = lines[start : start + LINES_AT_ONCE]
            part = _answer(workload, candidates, which)
            answer.net[which], answer.campaign[which] = part.net, part.campaign
    return answer


def _by_date(date: Days) -> Iterator[tuple[np.datetime64, Ints]]:
    """Each date that there is, and its lines."""
    order = np.argsort(date, kind="stable")
    days, first = np.unique(date[order], return_index=True)
    return zip(days, np.split(order, first[1:]), strict=False)  # no date: one empty part


@dataclass(frozen=True)
class _Candidates:
    """The campaign lines that count on a day without a code, by item: `first[i]` up to `first[i + 1]`."""

    line: Ints
    first: Ints

    @classmethod
    def of(cls, workload: Workload, day: np.datetime64) -> _Candidates:
        campaigns, lines = workload.campaigns, workload.campaign_lines
        begun = campaigns.first_day <= day
        open_end = np.isnat(campaigns.last_day)
        live = begun & (open_end | (campaigns.last_day >= day))
        live &= campaigns.posted & campaigns.active & ~campaigns.code_required
        chosen = np.flatnonzero(live[lines.campaign])
        by_item = chosen[np.argsort(lines.item[chosen], kind="stable")]
        items = np.arange(len(workload.items.price) + 1)
        return cls(by_item, np.searchsorted(lines.item[by_item], items))


def _answer(workload: Workload, candidates: _Candidates, which: Ints) -> Expected:
    item, customer = workload.lines.item[which], workload.lines.customer[which]
    quantity = np.abs(workload.lines.quantity[which])
    list_price = _list_price(workload, item, customer)
    discountable = workload.items.discountable[item]
    own_discount = np.where(discountable, workload.customers.discount[customer], 0)

    without_net, without_worth = _amounts(quantity, list_price, own_discount * 100)
    zeros = np.zeros(len(item), np.int64)
    best = [zeros - BELOW_ALL_PRIORITIES, without_net.copy(), without_worth.copy(), zeros, zeros - NONE]

    first, count = candidates.first[item], np.diff(candidates.first)[item]
    for nth in range(count.max(initial=0)):
        row = np.flatnonzero(count > nth)
        line = candidates.line[first[row] + nth]
        campaign = workload.campaign_lines.campaign[line]
        offer = workload.campaigns.offer[campaign]
        discount = workload.campaign_lines.discount[line]

        only_for = workload.campaigns.customer[campaign]
        qualifies = (only_for == NONE) | (only_for == customer[row])
        qualifies &= discountable[row] | (offer == Offer.SET_PRICE)
        qualifies &= (offer != Offer.GREATER) | (discount >= own_discount[row])

        unit_price = np.where(offer == Offer.SET_PRICE, workload.campaign_lines.price[line], list_price[row])
        net, worth = _amounts(quantity[row], unit_price, _hundredths(offer, discount, own_discount[row]))
        qualifies &= ~_less([without_net[row], without_worth[row]], [net, worth])  # equal is not dearer

        day = workload.campaigns.first_day[campaign].astype(np.int64)
        # the lowest of these wins: highest priority, lowest net, lowest worth, latest day, highest number
        keys = [-workload.campaigns.priority[campaign], net, worth, -day, -campaign.astype(np.int64)]
        wins = qualifies & _less(keys, [key[row] for key in best])
        for key, of_winner in zip(best, keys, strict=True):
            key[row[wins]] = of_winner[wins]
    sign = np.sign(workload.lines.quantity[which])
    return Expected(sign * best[1], (-best[4]).astype(np.int32))


def _list_price(workload: Workload, item: Indexes, customer: Indexes) -> Ints:
    """The customer's price book where it lists the item, else the item's own price."""
    listed, items = workload.price_book_lines, len(workload.items.price)
    price = workload.items.price[item]
    if len(listed.price):
        keys = listed.price_book.astype(np.int64) * items + listed.item  # rising
        wanted = workload.customers.price_book[customer].astype(np.int64) * items + item
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        price = np.where(keys[place] == wanted, listed.price[place], price)
    return price


def _hundredths(offer: NDArray[np.int8], discount: Ints, own_discount: Ints) -> Ints:
    """The percentage that a campaign's and the customer's come to."""
    added = np.minimum(ALL, (own_discount + discount) * 100)
    compound = ALL - (100 - own_discount) * (100 - discount)
    kinds = [offer == Offer.SET_PRICE, offer == Offer.GREATER, offer == Offer.ADD]
    return np.select(kinds, [np.zeros_like(discount), discount * 100, added], compound)


def _amounts(quantity: Ints, unit_price: Ints, hundredths: Ints) -> tuple[Ints, Ints]:
    """The net, its discount rounded half up, and what the net was before, by which equal nets differ."""
    gross = quantity * unit_price
    net = gross - (gross * hundredths + ALL // 2) // ALL
    return net, gross * (ALL - hundredths)


def _less(left: list[Ints], right: list[Ints]) -> Flags:
    """Compares as tuples do: the first difference decides."""
    less, equal = np.zeros(len(left[0]), np.bool_), np.ones(len(left[0]), np.bool_)
    for a, b in zip(left, right, strict=True):
        less |= equal & (a < b)
        equal &= a == b
    return less
