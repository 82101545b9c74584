"""`rabatt demo`: what it shows is what the orders come to."""

from __future__ import annotations

import csv
import os
import subprocess
from collections import defaultdict
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest
import rabatt
from rabatt import demo
from rabatt.command_line.csv_files import read_csv
from rabatt.demo import records

from tests.command_line.program import COMMAND, Ended, environment, run

STORE = "sqlite:rabatt-demo.db"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `shown` was run: its store is there."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shown(folder: Path) -> Ended:
    return run("demo", cwd=folder, COLUMNS="100")


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


def commands_at_the_end(text: str) -> list[str]:
    return text.split("To look around, and to change what prices\n\n")[1].splitlines()


def test_it_ends_well_and_fits(shown: Ended, folder: Path) -> None:
    assert (shown.status, shown.messages) == (0, "")
    lines = shown.text.splitlines()
    assert max(map(len, lines[: -len(commands_at_the_end(shown.text))])) <= 100  # the others are to be pasted
    assert not any("…" in line for line in lines)
    assert "\x1b" not in shown.text
    assert [path.name for path in folder.iterdir()] == ["rabatt-demo.db"]


def test_its_commands_can_be_typed(tmp_path: Path) -> None:
    """Those above its parts work; those at the end can be pasted, and do something to the prices."""

    def typed(script: str) -> str:
        path = environment(PATH=f"{tmp_path}:{os.environ['PATH']}")
        done = subprocess.run(
            ["sh", "-e", "-c", script], cwd=tmp_path, env=path, capture_output=True, check=True
        )
        return done.stdout.decode()

    text = run("demo", cwd=tmp_path, COLUMNS="100").text
    (tmp_path / "rabatt").write_text(f'#!/bin/sh\nexec {" ".join(COMMAND)} "$@"\n', encoding="utf-8")
    (tmp_path / "rabatt").chmod(0o755)
    at_the_end = commands_at_the_end(text)
    typed(next(command for command in at_the_end if command.startswith("cp ")))
    commands = [line[2:] for line in text.splitlines() if line.startswith("$ rabatt ")]
    assert len(commands) == 4
    assert "TEA-DARJ" in typed("\n".join(commands))
    (tmp_path / "orders.csv").unlink()
    told = typed("\n".join(at_the_end))
    assert "Terrace season" in told
    assert "unposted campaign CMP-26-03" in told
    again = run("demo", cwd=tmp_path, COLUMNS="100").text
    assert "as they are in the store from before" in again
    assert "CMP-26-03" not in again.split("What the campaigns brought")[1].split("What paying early")[0]


def test_the_store_prices_as_the_book_does(tmp_path: Path) -> None:
    orders = read_csv(str(demo.orders_path())).columns
    with rabatt.open(f"sqlite:{tmp_path}/shop.db", by="ANN", zone="UTC") as store:
        records.add_shop(store)
        store.campaigns.post(records.add_campaign(store))
        assert store.check() == ()
        published = rabatt.price_orders(store.publish(), orders)
    of_file = rabatt.price_orders(rabatt.Book.load(demo.book_path()), orders)
    assert published.lines == of_file.lines
    assert published.orders == of_file.orders


def test_a_store_of_something_else_is_left_alone(tmp_path: Path) -> None:
    with rabatt.open(f"sqlite:{tmp_path}/rabatt-demo.db", by="ANN", zone="UTC") as store:
        store.items.add(number="TEA")
        sequence = store.sequence
        refused = run("demo", cwd=tmp_path)
        assert (refused.status, refused.text) == (1, "")
        assert refused.messages.startswith(f"rabatt: file_not_writable {STORE}: ")
        assert store.sequence == sequence


def test_an_empty_store_takes_the_shop(tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path}/other.db"
    assert run("db", "init", "--store", url, "--as", "ANN").status == 0
    done = run("demo", "--store", url, cwd=tmp_path)
    assert (done.status, done.messages) == (0, "")
    assert f"RABATT_STORE={url} " in done.text
    assert [path.name for path in tmp_path.iterdir()] == ["other.db"]


def test_totals_by_currency(shown: Ended) -> None:
    found = shown.text.split()
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


def test_totals_by_campaign(shown: Ended) -> None:
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
    section = shown.text.split("What the campaigns brought")[1].split("What paying early")[0]
    found: dict[tuple[str, str], list[Decimal]] = {}
    campaign = ""
    for row in (line.split() for line in section.splitlines() if line.rstrip().endswith(("EUR", "CHF"))):
        campaign = row[0] if row[0].startswith("CMP-") else campaign  # it is told once
        found[campaign, row[-1]] = [Decimal(text) for text in row[-4:-1]]
    assert found == dict(wanted)
    assert len(found) > 10


def test_what_early_payment_saves(shown: Ended) -> None:
    section = shown.text.split("What paying early saves")[1]
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
