"""A workload as a folder for programs of any language: the book, and its order lines as plain numbers.

    python bench/workload_files.py build/workload --lines 10000000

`book.json`, and one number per order line, little-endian and without a header: `item.i32` and `customer.i32`,
indexes from 0 (0 is item I0000001); `quantity.i64`; and the right answers on 2026-03-10, `expected_net.i64`
in cents and `expected_campaign.i32`, -1 for none. Lines of several dates have `date.i32` besides, in days
since 1970-01-01, and the right answers on these, `expected_dated_net.i64` and `expected_dated_campaign.i32`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # when it runs as a script

from bench.expected import Expected, expected
from bench.workload import CURRENCY, Indexes, Workload, add_options, make_workload, parameters_from
from bench.workload_tables import campaign_code, campaign_lines, campaigns, customer_codes, item_codes


def write_files(workload: Workload, folder: Path) -> None:
    """Without the answers."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "book.json").write_text(book_json(workload), encoding="ascii")
    lines = workload.lines
    lines.item.astype("<i4").tofile(folder / "item.i32")
    lines.customer.astype("<i4").tofile(folder / "customer.i32")
    lines.quantity.astype("<i8").tofile(folder / "quantity.i64")
    if workload.parameters.dates > 1:
        lines.date.astype("<i8").astype("<i4").tofile(folder / "date.i32")


def write_answers(workload: Workload, folder: Path) -> None:
    _write_answer(expected(workload.on_the_day()), folder, "expected")
    if workload.parameters.dates > 1:
        _write_answer(expected(workload), folder, "expected_dated")


def _write_answer(answer: Expected, folder: Path, name: str) -> None:
    answer.net.astype("<i8").tofile(folder / f"{name}_net.i64")
    answer.campaign.astype("<i4").tofile(folder / f"{name}_campaign.i32")


def book_json(workload: Workload) -> str:
    """What `rabatt.Book.from_json` reads. Joined from texts, for dicts take twice as long."""
    items, customers = item_codes(workload), customer_codes(workload)
    fields = zip(items, workload.items.price.tolist(), workload.items.discountable.tolist(), strict=True)
    discounts = zip(customers, workload.customers.discount.tolist(), strict=True)
    parts = {
        "items": [
            f'{{"item":"{item}","prices":{{"{CURRENCY}":"{_euros(price)}"}}'
            f',"discountable":{"true" if discountable else "false"}}}'
            for item, price, discountable in fields
        ],
        "customers": [
            f'{{"customer":"{customer}","discount":{discount}}}' for customer, discount in discounts
        ],
        "price_books": _price_books(workload, items, customers),
        "campaigns": _campaigns(workload, items, customers),
    }
    return "{" + ",\n".join(f'"{name}":[\n{_joined(entries)}]' for name, entries in parts.items()) + "}\n"


def _price_books(workload: Workload, items: list[str], customers: list[str]) -> list[str]:
    count, listed = workload.parameters.price_books, workload.price_book_lines
    prices = [
        f'{{"item":"{items[item]}","price":"{_euros(price)}"}}'
        for item, price in zip(listed.item.tolist(), listed.price.tolist(), strict=True)
    ]
    by_book = np.argsort(workload.customers.price_book, kind="stable")
    accounts = [f'"{customers[customer]}"' for customer in by_book.tolist()]
    members = _rows_of_each(workload.customers.price_book[by_book], count)
    rows = _rows_of_each(listed.price_book, count)
    return [
        f'{{"price_book":"P{index + 1:04}","type":"account","currency":"{CURRENCY}",'
        f'"accounts":[{_joined(accounts[members[index]])}],\n"prices":[{_joined(prices[rows[index]])}]}}'
        for index in range(count)
    ]


def _campaigns(workload: Workload, items: list[str], customers: list[str]) -> list[str]:
    lines = [
        f'{{"item":"{items[item]}","discount":{discount}}}'
        if price is None
        else f'{{"item":"{items[item]}","price":"{_euros(price)}"}}'
        for item, discount, price in zip(*campaign_lines(workload).to_pydict().values(), strict=True)
    ]
    campaign_fields = campaigns(workload).to_pylist()
    rows = _rows_of_each(workload.campaign_lines.campaign, len(campaign_fields))
    as_json, texts = json.JSONEncoder(default=str).encode, []  # dates as text
    for index, fields in enumerate(campaign_fields):
        code = fields["campaign"] = campaign_code(index)
        fields["name"] = f"Campaign {code}"
        if fields["customer"] is not None:
            fields["customer"] = customers[fields["customer"]]
        text = as_json({name: value for name, value in fields.items() if value is not None})
        texts.append(f'{text[:-1]},\n"lines":[{_joined(lines[rows[index]])}]}}')
    return texts


def _joined(entries: Iterable[str]) -> str:
    return ",\n".join(entries)


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def _rows_of_each(keys: Indexes, count: int) -> list[slice]:
    """Where 0, 1, … up to `count` stand among rising keys."""
    return [slice(*pair) for pair in pairwise(np.searchsorted(keys, np.arange(count + 1)).tolist())]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    add_options(parser)
    arguments = parser.parse_args()
    workload = make_workload(parameters_from(arguments))
    write_files(workload, arguments.folder)
    write_answers(workload, arguments.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
