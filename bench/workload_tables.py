"""A workload as Arrow tables: with keys as numbers for the peers, with codes as an order table of rabatt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from bench.workload import CURRENCY, NONE, Indexes, Offer, Workload

PRICING_TYPE = ("set_price", "set_discount")
COMBINE = {Offer.GREATER: "greater", Offer.ADD: "add", Offer.COMPOUND: "compound"}


@dataclass(frozen=True)
class Tables:
    """Keys are int32 indexes from 0, prices int64 in cents, discounts whole percentages; null is absent."""

    items: pa.Table  # item, price, discountable
    customers: pa.Table  # customer, discount, price_book
    price_book_lines: pa.Table  # price_book, item, price
    campaign_lines: pa.Table  # item, discount, price, and the fields of the campaign
    lines: pa.Table  # line, item, customer, quantity


def tables(workload: Workload) -> Tables:
    items, customers, listed = workload.items, workload.customers, workload.price_book_lines
    lines, line = workload.lines, _indexes(len(workload.lines))
    price_book = _or_null(customers.price_book)
    return Tables(
        _table(item=_indexes(len(items.price)), price=items.price, discountable=items.discountable),
        _table(customer=_indexes(len(price_book)), discount=customers.discount, price_book=price_book),
        _table(price_book=listed.price_book, item=listed.item, price=listed.price),
        _campaign_lines_with_fields(workload),
        _table(line=line, item=lines.item, customer=lines.customer, quantity=lines.quantity),
    )


def _campaign_lines_with_fields(workload: Workload) -> pa.Table:
    lines, fields = campaign_lines(workload), campaigns(workload)
    fields = fields.take(pa.array(workload.campaign_lines.campaign))
    return pa.table([*fields.columns, *lines.columns], [*fields.column_names, *lines.column_names])


def campaign_lines(workload: Workload) -> pa.Table:
    lines = workload.campaign_lines
    is_price = workload.campaigns.offer[lines.campaign] == Offer.SET_PRICE
    return _table(
        item=lines.item,
        discount=pa.array(lines.discount, mask=is_price),
        price=pa.array(lines.price, mask=~is_price),
    )


def campaigns(workload: Workload) -> pa.Table:
    """The campaigns without their lines, in the words of a book."""
    campaigns = workload.campaigns
    offers, code_required = campaigns.offer.tolist(), campaigns.code_required.tolist()
    codes = [f"CODE-{number}" if needed else None for number, needed in enumerate(code_required, 1)]
    return _table(
        campaign=_indexes(len(offers)),
        pricing_type=pa.array([PRICING_TYPE[offer in COMBINE] for offer in offers], pa.string()),
        combine=pa.array([COMBINE.get(offer) for offer in offers], pa.string()),
        currency=pa.array([None if offer in COMBINE else CURRENCY for offer in offers], pa.string()),
        date=campaigns.first_day,
        valid_until=campaigns.last_day,
        posted=campaigns.posted,
        active=campaigns.active,
        code=pa.array(codes, pa.string()),
        code_required=campaigns.code_required,
        customer=_or_null(campaigns.customer),
        priority=campaigns.priority,
    )


def orders(workload: Workload) -> pa.Table:
    """What `rabatt.price_orders` prices. Every line is an order, for each has a customer of its own."""
    lines, count = workload.lines, len(workload.lines)
    return _table(
        order=pa.array(_indexes(count)).cast(pa.string()),
        date=lines.date,
        currency=pa.repeat(CURRENCY, count),
        item=pa.array(item_codes(workload)).take(pa.array(lines.item)),
        customer=pa.array(customer_codes(workload)).take(pa.array(lines.customer)),
        quantity=lines.quantity,
    )


def item_codes(workload: Workload) -> list[str]:
    return [f"I{number:07}" for number in range(1, len(workload.items.price) + 1)]


def customer_codes(workload: Workload) -> list[str]:
    return [f"C{number:07}" for number in range(1, len(workload.customers.discount) + 1)]


def campaign_code(index: int) -> str:
    return f"K{index + 1:06}"


def _table(**columns: object) -> pa.Table:
    return pa.table(columns)


def _indexes(count: int) -> Indexes:
    return np.arange(count, dtype=np.int32)


def _or_null(indexes: Indexes) -> pa.Array:
    return pa.array(indexes, mask=indexes == NONE)
