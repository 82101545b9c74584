"""`rabatt demo`: what rabatt does, on the shop that comes with it, kept in a store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from os import fsencode
from shlex import quote
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

import rabatt
from rabatt import demo
from rabatt.book import Book
from rabatt.command_line.csv_files import Columns, read_csv
from rabatt.command_line.explain_screen import explained_line
from rabatt.command_line.one_order import quote_of_row
from rabatt.command_line.order_screen import priced_lines
from rabatt.command_line.records.columns import listed_columns
from rabatt.command_line.records.kinds import record_kinds
from rabatt.command_line.records.opening import without_password
from rabatt.command_line.records.record_screen import legend, record_table
from rabatt.command_line.screen import Column, heading, remark, rendered, table
from rabatt.command_line.sums import by_campaign, by_currency
from rabatt.demo.records import SHOWN, add_campaign, add_shop, has_shop
from rabatt.errors import Error
from rabatt.order_tables import price_orders
from rabatt.store import Store

_BY = "DEMO"
_PRICE = "rabatt price shop.rabatt orders.csv"
_EXPLAIN = "rabatt explain shop.rabatt orders.csv"
_ORDER, _LINE = "SO-26-0070", 0
_LISTED = "flag,number,name,date,budget"
_SHOWN = (8, 4)  # of the order book, first and last lines

_CAMPAIGN_COLUMNS = (
    Column("campaign"),
    Column("name", rank=3),
    Column("lines", "right", rank=2),
    Column("saved", "right", rank=1),
    Column("net", "right", style="bold"),
    Column(""),
)
_EARLY_COLUMNS = (
    Column("currency"),
    Column("orders", "right", rank=2),
    Column("can pay early", "right", rank=3),
    Column("total", "right", rank=1),
    Column("saves", "right", style="bold"),
)


@dataclass(frozen=True, slots=True)
class _Shop:
    """What is in the store, and the book of it; `is_new` where it was put there just now."""

    book: Book
    counts: str
    campaigns: list[dict[str, Any]]
    is_new: bool


def demonstration(url: str) -> bytes:
    """The shop in its store, its orders, one price step by step, the campaigns, and what paying early saves.

    The store is made and filled; where one is there from before, it is priced from as it is now.
    Raises Error as rabatt.open, and `file_not_writable` for a store of something else.
    """
    shop, told = _shop_in(url), without_password(url)
    columns = read_csv(str(demo.orders_path())).columns
    priced = price_orders(shop.book, columns)
    store = f"--store {quote(told)}"
    parts: list[RenderableType] = [
        *_headed("A small shop, in a store", f"rabatt campaign list {store} --columns {_LISTED}"),
        *_list(shop),
        *_headed("Its orders, priced", f"rabatt publish {store} --out shop.rabatt", _PRICE),
        *priced_lines(priced.lines, priced.orders, *_SHOWN),
        *_headed("One price, step by step", f"{_EXPLAIN} --order {_ORDER} --line {_LINE}"),
        *explained_line(
            quote_of_row(shop.book, columns, _ORDER, _LINE, demo.orders_path().name),
            0,
            f"order {_ORDER}, line {_LINE}",
        ),
        *_headed("What the campaigns brought"),
        _campaigns(shop.book, priced.lines),
        *_headed("What paying early saves, if everybody pays in the first tier"),
        _early(priced.lines, priced.orders),
        *_headed("To look around, and to change what prices"),
    ]
    return rendered(*parts[1:]) + b"".join(fsencode(f"{line}\n") for line in _commands(told))


def _shop_in(url: str) -> _Shop:
    with rabatt.open(url, by=_BY) as store:
        with store.transaction():
            is_new = not has_shop(store)
            if is_new:
                if len(store.items.find()) or len(store.parties.find()) or len(store.campaigns.find()):
                    place = without_password(url)
                    raise Error(
                        "file_not_writable", f"{place}: there is another store; --store names a new one"
                    )
                add_shop(store)
                store.campaigns.post(add_campaign(store))
        campaigns = store.campaigns.find(view="active").to_dicts()
        return _Shop(store.publish(), _counts(store), campaigns, is_new)


def _counts(store: Store) -> str:
    kinds = ("items", "price books", "parties", "campaigns")
    counts = [f"{len(getattr(store, kind.replace(' ', '_')).find()):,} {kind}" for kind in kinds]
    return f"{', '.join(counts[:-1])} and {counts[-1]}"


def _list(shop: _Shop) -> Iterator[RenderableType]:
    kind = record_kinds()["campaign"]
    names = listed_columns(kind, _LISTED)
    yield record_table(kind, names, shop.campaigns)
    yield from legend(kind, names, shop.campaigns)
    yield ""
    if shop.is_new:
        yield Text(
            f"{shop.counts} were added. {SHOWN} came last, and was posted: only what is posted prices."
        )
    else:
        yield Text(f"{shop.counts}, as they are in the store from before.")


def _commands(url: str) -> list[str]:
    """Each in one line, or it could not be pasted."""
    files = f"{quote(str(demo.book_path()))} {quote(str(demo.orders_path()))}"
    return [
        f"export RABATT_STORE={quote(url)} RABATT_AS={_BY}",
        "rabatt campaign list",
        f"rabatt campaign show {SHOWN}",
        "rabatt item list --where category=coffee",
        f"cp {files} .  # the orders, and the shop as a book in YAML",
        f"rabatt campaign unpost {SHOWN}",
        f"rabatt publish --out shop.rabatt && {_PRICE}",
    ]


def _headed(title: str, *commands: str) -> list[RenderableType]:
    return ["", heading(title), *(remark(f"$ {command}") for command in commands), ""]


def _campaigns(book: Book, lines: Columns) -> Table:
    names = {campaign["campaign"]: campaign["name"] for campaign in book.to_dict()["campaigns"]}
    rows: list[list[str]] = []
    told = ""
    for (campaign, currency), of in by_campaign(lines).items():
        named = ["", ""] if campaign == told else [campaign, names[campaign]]
        rows.append([*named, f"{of.lines:,}", of.text("saved"), of.text("net"), currency])
        told = campaign
    return table(_CAMPAIGN_COLUMNS, rows)


def _early(lines: Columns, orders: Columns) -> Table:
    rows = [
        [currency, str(of.orders), str(of.early), of.text("total"), of.text("early_discount")]
        for currency, of in by_currency(lines, orders).items()
    ]
    return table(_EARLY_COLUMNS, rows)
