"""What of a workload depends on no line: all peers load these tables, as they are or sorted and indexed."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from bench.workload import CURRENCY, DAY, Workload
from bench.workload_tables import tables


@dataclass(frozen=True)
class Day:
    """Keys are int32 indexes from 0, prices int64 in cents, discounts whole percentages; null is absent."""

    items: pa.Table  # item, price, discountable
    customers: pa.Table  # customer, discount, price_book
    price_book_lines: pa.Table  # price_book, item, price
    candidates: pa.Table  # item, only_for, offer, percent, set_price, rank; by item
    lines: pa.Table  # line, item, customer, quantity


def day(workload: Workload) -> Day:
    all_tables = tables(workload)
    return Day(
        all_tables.items,
        all_tables.customers,
        all_tables.price_book_lines,
        _candidates(all_tables.campaign_lines),
        all_tables.lines,
    )


def _candidates(campaign_lines: pa.Table) -> pa.Table:
    """The campaign lines that count on the day, in the currency, without a code.

    `offer` is set_price, greater, add or compound, and a `rank` of 0 is the highest priority.
    """
    today, field = pa.scalar(DAY), pc.field
    live = campaign_lines.filter(
        field("posted")
        & field("active")
        & ~field("code_required")
        & (field("currency").is_null() | (field("currency") == CURRENCY))
        & (field("date") <= today)
        & (field("valid_until").is_null() | (field("valid_until") >= today))
    ).sort_by("item")
    rank = pc.rank(live["priority"], sort_keys="descending", tiebreaker="dense")
    return pa.table(
        {
            "item": live["item"],
            "only_for": live["customer"],
            "offer": pc.coalesce(live["combine"], live["pricing_type"]),
            "percent": live["discount"],
            "set_price": live["price"],
            "rank": pc.subtract(rank.cast(pa.int64()), 1),
        }
    )
