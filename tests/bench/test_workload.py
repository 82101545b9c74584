"""The bench's workloads, and their expected answers beside rabatt's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rabatt import Book, price_orders

from bench.expected import expected
from bench.workload import DAY, NONE, Parameters, make_workload
from bench.workload_files import book_json, write_answers, write_files
from bench.workload_tables import campaign_code, orders, tables

# few items and customers: several campaigns on every line, many of them equal in net
CROWDED = Parameters(
    items=40,
    customers=25,
    price_books=4,
    items_per_price_book=15,
    campaigns=120,
    lines_per_campaign=8,
    lines=2000,
)
WIDE = Parameters(
    items=2000, customers=1500, price_books=20, items_per_price_book=90, campaigns=1500, lines=2000
)
EMPTY = Parameters(items=5, customers=5, price_books=0, campaigns=0, lines_per_campaign=5, lines=50)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "parameters", [CROWDED, replace(CROWDED, skew="zipf"), replace(CROWDED, dates=365), WIDE, EMPTY]
)
def test_expected_answers_are_those_of_rabatt(parameters: Parameters, seed: int) -> None:
    workload = make_workload(replace(parameters, seed=seed))
    answer = expected(workload)
    priced = price_orders(Book.from_json(book_json(workload)), orders(workload)).lines.to_pydict()
    assert set(priced["status"]) == {"ok"}
    assert [int(net * 100) for net in priced["net"]] == answer.net.tolist()
    codes = [None if index == NONE else campaign_code(index) for index in answer.campaign.tolist()]
    assert priced["applied_campaign"] == codes


def test_a_seed_gives_one_workload() -> None:
    one, again, other = (make_workload(replace(CROWDED, seed=seed)) for seed in (1, 1, 2))
    assert book_json(one) == book_json(again) != book_json(other)
    assert orders(one).equals(orders(again)) and not orders(one).equals(orders(other))


def test_more_campaigns_change_nothing_else() -> None:
    few, many = (make_workload(replace(WIDE, campaigns=campaigns)) for campaigns in (10, 1000))
    assert orders(few).equals(orders(many))
    assert tables(few).items.equals(tables(many).items)


def test_the_first_lines_have_the_same_answers() -> None:
    workload = make_workload(WIDE)
    np.testing.assert_array_equal(expected(workload.first(700)).net, expected(workload).net[:700])


def test_dates_change_nothing_else() -> None:
    one, many = (make_workload(replace(CROWDED, dates=dates)) for dates in (1, 365))
    assert orders(one).drop("date").equals(orders(many).drop("date"))
    assert orders(one).equals(orders(many.on_the_day()))
    assert len(np.unique(many.lines.date)) > 300


@pytest.mark.parametrize("dates", [1, 365])
def test_files_hold_the_lines_and_their_answers(tmp_path: Path, dates: int) -> None:
    workload = make_workload(replace(CROWDED, dates=dates))
    write_files(workload, tmp_path)
    write_answers(workload, tmp_path)
    answer, dated = expected(workload.on_the_day()), expected(workload)
    assert Book.load(tmp_path / "book.json") == Book.from_json(book_json(workload))
    files = {
        "item.i32": workload.lines.item,
        "customer.i32": workload.lines.customer,
        "quantity.i64": workload.lines.quantity,
        "expected_net.i64": answer.net,
        "expected_campaign.i32": answer.campaign,
    }
    if dates > 1:
        files |= {
            "date.i32": workload.lines.date.astype(np.int64),
            "expected_dated_net.i64": dated.net,
            "expected_dated_campaign.i32": dated.campaign,
        }
    for name, column in files.items():
        kind = {"i32": "<i4", "i64": "<i8"}[name.rpartition(".")[2]]
        np.testing.assert_array_equal(np.fromfile(tmp_path / name, kind), column)
    assert {path.name for path in tmp_path.iterdir()} == {"book.json", *files}


def test_the_workload_is_as_described() -> None:
    workload = make_workload(replace(Parameters(), lines=10_000))
    campaigns, lines = workload.campaigns, tables(workload).campaign_lines
    assert lines.num_rows == 1_000_000
    assert lines.group_by(["campaign", "item"]).aggregate([]).num_rows == lines.num_rows
    assert np.mean(workload.lines.quantity < 0) == pytest.approx(0.03, abs=0.01)
    assert np.mean(workload.customers.price_book != NONE) == pytest.approx(0.5, abs=0.01)
    live = (campaigns.first_day <= np.datetime64(DAY)) & ~(campaigns.last_day < np.datetime64(DAY))
    assert np.mean(live) == pytest.approx(0.2, abs=0.01)
