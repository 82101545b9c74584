"""Polars, lazily and on its streaming engine, in integers: its Decimal multiplies several times slower.

Rank and net are one number, so that one minimum finds the lowest net of the highest priority.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from bench.peers import THREADS
from bench.peers.day import day
from bench.peers.peer import Peer, nets_by_line
from bench.workload import Ints, Workload

RANK = 10**12  # above every net
OFFER = pl.Enum(["set_price", "greater", "add", "compound"])


@dataclass(frozen=True)
class Frames:
    items: pl.LazyFrame
    customers: pl.LazyFrame
    price_book_lines: pl.LazyFrame
    candidates: pl.LazyFrame
    lines: pl.LazyFrame


def prepare(workload: Workload) -> Frames:
    if pl.thread_pool_size() != THREADS:
        raise RuntimeError("Polars was imported before bench.peers, and runs on all cores")
    frames = {name: pl.LazyFrame(table) for name, table in vars(day(workload)).items()}
    with_offer = frames["candidates"].with_columns(pl.col("offer").cast(OFFER))
    listed = frames["price_book_lines"].rename({"price": "listed_price"})
    return Frames(**frames | {"candidates": with_offer.collect().lazy(), "price_book_lines": listed})


def run(frames: Frames) -> pl.DataFrame:
    priced = _without_campaign(frames)
    best = _best(_offers(priced, frames))
    net = pl.coalesce("net", "net_without") * pl.col("quantity").sign()
    nets = priced.join(best, on="line", how="left").select("line", net=net)
    return nets.collect(engine="streaming")


def _without_campaign(frames: Frames) -> pl.LazyFrame:
    lines = frames.lines.join(frames.items, on="item").join(frames.customers, on="customer")
    lines = lines.join(frames.price_book_lines, on=["price_book", "item"], how="left")
    lines = lines.with_columns(
        absolute=pl.col("quantity").abs(),
        list_price=pl.coalesce("listed_price", "price"),
        own=pl.when("discountable").then("discount").otherwise(0),
    )
    gross = pl.col("absolute") * pl.col("list_price")
    return lines.with_columns(net_without=gross - (gross * pl.col("own") + 50) // 100)


def _offers(priced: pl.LazyFrame, frames: Frames) -> pl.LazyFrame:
    offer, percent, own = pl.col("offer"), pl.col("percent"), pl.col("own")
    qualifying = priced.join(frames.candidates, on="item").filter(
        pl.col("only_for").is_null() | (pl.col("only_for") == pl.col("customer")),
        (offer == "set_price") | pl.col("discountable"),
        (offer != "greater") | (percent >= own),
    )
    return qualifying.with_columns(
        offered_price=pl.when(offer == "set_price").then("set_price").otherwise("list_price"),
        hundredths=pl.when(offer == "set_price")
        .then(0)
        .when(offer == "greater")
        .then(percent * 100)
        .when(offer == "add")
        .then(pl.min_horizontal(10_000, (own + percent) * 100))
        .otherwise(10_000 - (100 - own) * (100 - percent)),
    )


def _best(offers: pl.LazyFrame) -> pl.LazyFrame:
    price, hundredths, net = pl.col("offered_price"), pl.col("hundredths"), pl.col("net")
    gross = pl.col("absolute") * price
    with_net = offers.with_columns(net=gross - (gross * hundredths + 5_000) // 10_000)
    as_cheap = price * (10_000 - hundredths) <= pl.col("list_price") * (10_000 - pl.col("own") * 100)
    without = pl.col("net_without")
    not_dearer = with_net.filter((net < without) | ((net == without) & as_cheap))
    return not_dearer.group_by("line").agg(net=(pl.col("rank") * RANK + net).min() % RANK)


def nets(answer: pl.DataFrame) -> Ints:
    return nets_by_line(answer.to_arrow())


PEER = Peer("Polars, lazy", 1_000_000, prepare, run, nets)
