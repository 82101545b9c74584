"""`rabatt demo`: what it shows is what the orders come to."""

from __future__ import annotations

import csv
import subprocess
from collections import defaultdict
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import rabatt
from rabatt import demo

from tests.command_line.program import Ended, run


def shown() -> Ended:
    return run("demo", COLUMNS="100")


def quotes() -> list[rabatt.Quote]:
    """Every order of the shop as a request of its own: another way than that of the tables."""
    book = rabatt.Book.load(demo.book_path())
    with demo.orders_path().open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    made = []
    for _, of_order in groupby(rows, key=lambda row: row["order"]):
        lines = list(of_order)
        document = {name: lines[0][name] for name in ("date", "currency", "customer", "code", "campaign")}
        given = ("item", "quantity", "unit", "manual_price", "manual_discount", "tax_rate")
        request = {name: text for name, text in document.items() if text}
        request_lines = [{name: line[name] for name in given if line[name]} for line in lines]
        made.append(rabatt.price(book, {**request, "lines": request_lines}))
    return made


def test_it_ends_well_and_fits() -> None:
    done = shown()
    assert (done.status, done.messages) == (0, "")
    assert max(map(len, done.text.splitlines()[:-1])) <= 100  # the last is to be pasted
    assert not any("…" in line for line in done.text.splitlines())
    assert "\x1b" not in done.text


def test_its_last_line_brings_the_files_that_its_commands_need(tmp_path: Path) -> None:
    text = shown().text
    subprocess.run(["sh", "-c", text.splitlines()[-1]], cwd=tmp_path, check=True)
    commands = [line[2:].split()[1:] for line in text.splitlines() if line.startswith("$ rabatt ")]
    assert len(commands) == 2
    for command in commands:
        assert run(*command, cwd=tmp_path).status == 0


def test_totals_by_currency() -> None:
    found = shown().text.split()
    for currency in ("CHF", "EUR"):
        of_currency = [quote for quote in quotes() if quote.currency == currency]
        lines = [line for quote in of_currency for line in quote.lines]
        wanted = [
            currency,
            str(len(of_currency)),
            str(len(lines)),
            str(sum(line.list_amount or 0 for line in lines)),
            str(sum(line.saved or 0 for line in lines)),
            str(sum(quote.net for quote in of_currency)),
            str(sum(quote.tax for quote in of_currency)),
            str(sum(quote.total for quote in of_currency)),
        ]
        assert any(found[start : start + len(wanted)] == wanted for start in range(len(found))), wanted


def test_totals_by_campaign() -> None:
    wanted: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
    for quote in quotes():
        for total in quote.campaigns:
            count = sum(line.applied_campaign == total.campaign for line in quote.lines)
            sums = wanted[total.campaign, quote.currency]
            wanted[total.campaign, quote.currency] = [
                sums[0] + count,
                sums[1] + total.saved,
                sums[2] + total.net,
            ]
    section = shown().text.split("What the campaigns brought")[1].split("What paying early")[0]
    found: dict[tuple[str, str], list[Decimal]] = {}
    campaign = ""
    for row in (line.split() for line in section.splitlines() if line.rstrip().endswith(("EUR", "CHF"))):
        campaign = row[0] if row[0].startswith("CMP-") else campaign  # it is told once
        found[campaign, row[-1]] = [Decimal(text) for text in row[-4:-1]]
    assert found == dict(wanted)
    assert len(found) > 10


def test_what_early_payment_saves() -> None:
    section = shown().text.split("What paying early saves")[1]
    rows = {line.split()[0]: line.split() for line in section.splitlines() if line.startswith(("EUR", "CHF"))}
    for currency, row in rows.items():
        of_currency = [quote for quote in quotes() if quote.currency == currency]
        first_tiers = [
            quote.payment.early[0] for quote in of_currency if quote.payment and quote.payment.early
        ]
        assert row[1:] == [
            str(len(of_currency)),
            str(len(first_tiers)),
            str(sum(quote.total for quote in of_currency)),
            str(sum(tier.discount for tier in first_tiers)),
        ]
    assert len(rows) == 2
