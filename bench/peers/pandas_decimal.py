"""pandas with object columns of Decimal, the one exact decimal type that it has of its own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd

from bench.peers.day import day
from bench.peers.peer import Peer
from bench.workload import Ints, Workload

CENT = Decimal("0.01")
ZERO = Decimal(0)
HUNDRED: Any = Decimal(100)  # for the stubs of pandas know no Decimal

DECIMALS = {  # and by what cents become euros
    "items": {"price": 100},
    "customers": {"discount": 1},
    "price_book_lines": {"price": 100},
    "candidates": {"percent": 1, "set_price": 100},
    "lines": {"quantity": 1},
}


@dataclass(frozen=True)
class Frames:
    items: pd.DataFrame
    customers: pd.DataFrame
    price_book_lines: pd.DataFrame
    candidates: pd.DataFrame
    lines: pd.DataFrame


def prepare(workload: Workload) -> Frames:
    frames = {name: table.to_pandas() for name, table in vars(day(workload)).items()}
    for name, columns in DECIMALS.items():
        for column, divisor in columns.items():
            numbers = frames[name][column].fillna(0).astype("int64")
            decimals = [Decimal(number) / divisor for number in numbers]
            frames[name][column] = pd.Series(decimals, dtype=object)
    return Frames(**frames)


def run(frames: Frames) -> pd.Series:
    priced = _without_campaign(frames)
    offers = _offers(priced, frames.candidates)
    worth = offers["price"] * (HUNDRED - offers["taken"])
    worth_without = offers["list_price"] * (HUNDRED - offers["own"])
    equal = (offers["net"] == offers["net_without"]) & (worth <= worth_without)
    not_dearer = offers[(offers["net"] < offers["net_without"]) | equal]
    best = not_dearer.sort_values(["line", "rank", "net"]).drop_duplicates("line").set_index("line")["net"]
    net = priced.set_index("line")["net_without"]
    net.update(best)
    return net.where(~priced["is_return"].to_numpy(), -net)


def _without_campaign(frames: Frames) -> pd.DataFrame:
    priced = frames.lines.merge(frames.items, on="item").merge(frames.customers, on="customer")
    listed = frames.price_book_lines.rename(columns={"price": "listed_price"})
    priced = priced.merge(listed, on=["price_book", "item"], how="left")
    priced["list_price"] = priced["listed_price"].where(priced["listed_price"].notna(), priced["price"])
    priced["own"] = priced["discount"].where(priced["discountable"], ZERO)
    priced["is_return"] = priced["quantity"] < ZERO
    priced["quantity"] = priced["quantity"].abs()
    priced["net_without"] = _net(priced["quantity"] * priced["list_price"], priced["own"])
    columns = ["line", "item", "customer", "quantity", "is_return", "discountable", "list_price", "own"]
    return priced[[*columns, "net_without"]]


def _offers(priced: pd.DataFrame, candidates: pd.DataFrame) -> pd.DataFrame:
    offers = priced.merge(candidates, on="item")
    is_for = offers["only_for"].isna() | (offers["only_for"] == offers["customer"])
    offers = offers[is_for & (offers["discountable"] | (offers["offer"] == "set_price"))]
    offers = offers[(offers["offer"] != "greater") | (offers["percent"] >= offers["own"])].copy()
    own, percent, offer = offers["own"], offers["percent"], offers["offer"]
    add, compound = offer == "add", offer == "compound"
    offers["taken"] = percent  # 0 for a set price
    offers.loc[add, "taken"] = (own[add] + percent[add]).map(lambda both: min(HUNDRED, both))
    kept = (HUNDRED - own[compound]) * (HUNDRED - percent[compound]) / HUNDRED
    offers.loc[compound, "taken"] = HUNDRED - kept
    offers["price"] = offers["set_price"].where(offer == "set_price", offers["list_price"])
    offers["net"] = _net(offers["quantity"] * offers["price"], offers["taken"])
    return offers


def _net(gross: pd.Series, percent: pd.Series) -> pd.Series:
    exact: pd.Series = gross * percent / HUNDRED
    return gross - exact.map(lambda amount: amount.quantize(CENT, ROUND_HALF_UP))


def nets(answer: pd.Series) -> Ints:
    return np.array([int(net * 100) for net in answer.sort_index()], np.int64)


PEER = Peer("pandas, Decimal", 100_000, prepare, run, nets)
