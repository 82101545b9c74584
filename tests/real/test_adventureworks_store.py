"""AdventureWorks as records of a store, by the mappings of examples/adventureworks, and its orders priced."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import rabatt

from tests.command_line.program import run
from tests.real.order_books import DATA, Row, rows_of

EXAMPLE = Path(__file__).parents[2] / "examples" / "adventureworks"
SHIFT = timedelta(days=4017)  # the offers are of an edition whose dates begin later than those of the orders

IMPORTS = [  # as the README of the example has them
    (EXAMPLE / "settings.jsonl", ["--into", "settings", "--match", "id"], 1),
    (DATA / "adventureworks/Product.csv", ["--map", "items.yaml"], 504),
    (EXAMPLE / "price_books.csv", ["--into", "price_books"], 3),
    (DATA / "adventureworks/ProductListPriceHistory.csv", ["--map", "list_prices.yaml"], 395),
    (EXAMPLE / "customers.csv", ["--into", "parties"], 2),
    (DATA / "adventureworks/SpecialOffer.csv", ["--map", "offers.yaml"], 15),
    (DATA / "adventureworks/SpecialOfferProduct.csv", ["--map", "offer_products.yaml"], 243),
]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (DATA / "adventureworks").is_dir():
        pytest.skip(f"no adventureworks in {DATA}: set RABATT_DATA to the folder of order books")
    folder = tmp_path_factory.mktemp("adventureworks")
    url = f"sqlite:{folder / 'shop.db'}"
    with rabatt.open(url, by="ANN", currency="USD", zone="UTC") as store:
        for path, options, count in IMPORTS:
            done = run(
                "import", path.resolve(), *options, "--apply", "--store", url, "--as", "ANN", cwd=EXAMPLE
            )
            added = "0 added, 1 changed" if count == 1 else f"{count} added, 0 changed"
            assert (done.status, done.messages, done.text) == (0, "", f"{added}\n")
        for campaign in store.campaigns.find():
            store.campaigns.set_for_all(campaign)
            if store.campaigns.get(campaign).lines:
                store.campaigns.post(campaign)
        store.publish().save(folder / "shop.rabatt")
        shown = store.campaigns.find(posted=True)
        assert sorted(int(campaign.number or 0) for campaign in shown) == [2, 3, 4, 5, *range(7, 17)]
    return folder / "shop.rabatt"


def order_rows() -> list[tuple[Row, Row]]:
    """Lines of orders with a header, and what is asked of us: no price, just who buys what, and when."""
    headers = {row["salesorderid"]: row for row in rows_of("adventureworks_oltp_sample/salesorderheader.csv")}
    found = []
    for row in rows_of("adventureworks_oltp_sample/salesorderdetail.csv"):
        header = headers.get(row["salesorderid"])
        if header:
            day = date.fromisoformat(header["orderdate"][:10]) + SHIFT
            asked = {
                "order": row["salesorderid"],
                "date": day.isoformat(),
                "currency": "USD",
                "customer": "ONLINE" if header["onlineorderflag"] == "t" else "RESELLER",
                "item": row["productid"],
                "quantity": row["orderqty"],
            }
            found.append((row, asked))
    return found


def test_the_prices_of_its_orders(book: Path, tmp_path: Path, show: Callable[[str], None]) -> None:
    """All lines without an offer are what they were; a volume discount is another price there."""
    rows = order_rows()
    with (tmp_path / "orders.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0][1]))
        writer.writeheader()
        writer.writerows(asked for _, asked in rows)
    done = run("price", book, tmp_path / "orders.csv", "--out", tmp_path / "priced.csv")
    assert (done.status, done.messages) == (0, "")
    with (tmp_path / "priced.csv").open(encoding="utf-8", newline="") as file:
        priced = list(csv.DictReader(file))
    right: Counter[tuple[str, bool]] = Counter()
    for (row, _), line in zip(rows, priced, strict=True):
        theirs = Decimal(row["unitprice"]) * int(row["orderqty"]) * (1 - Decimal(row["unitpricediscount"]))
        right[row["specialofferid"], Decimal(line["net"]) == theirs] += 1
    show(f"AdventureWorks from a store: {dict(right)}")
    assert right == {("1", True): 5641, ("2", False): 26, ("3", False): 7, ("4", False): 1}
