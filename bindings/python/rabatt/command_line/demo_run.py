"""`rabatt demo`: what rabatt does, on the shop that comes with it."""

from __future__ import annotations

from os import fsencode
from shlex import quote

from rich.console import RenderableType
from rich.table import Table

from rabatt import demo
from rabatt.book import Book
from rabatt.command_line.csv_files import Columns, read_csv
from rabatt.command_line.explain_screen import explained_line
from rabatt.command_line.one_order import quote_of_row
from rabatt.command_line.order_screen import priced_lines
from rabatt.command_line.screen import Column, heading, remark, rendered, table
from rabatt.command_line.sums import by_campaign, by_currency
from rabatt.order_tables import price_orders

_PRICE = "rabatt price shop.yaml orders.csv"
_EXPLAIN = "rabatt explain shop.yaml orders.csv"
_ORDER, _LINE = "SO-26-0070", 0
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


def demonstration() -> bytes:
    """The order book, one price step by step, the campaigns, and what paying early saves."""
    book = Book.load(demo.book_path())
    columns = read_csv(str(demo.orders_path())).columns
    priced = price_orders(book, columns)
    parts: list[RenderableType] = [
        *_headed("The orders of a small shop, priced", _PRICE),
        *priced_lines(priced.lines, priced.orders, *_SHOWN),
        *_headed("One price, step by step", f"{_EXPLAIN} --order {_ORDER} --line {_LINE}"),
        *explained_line(
            quote_of_row(book, columns, _ORDER, _LINE, demo.orders_path().name),
            0,
            f"order {_ORDER}, line {_LINE}",
        ),
        *_headed("What the campaigns brought"),
        _campaigns(book, priced.lines),
        *_headed("What paying early saves, if everybody pays in the first tier"),
        _early(priced.lines, priced.orders),
        "",
        remark("The files, for the commands above:"),
    ]
    copy = f"cp {quote(str(demo.book_path()))} {quote(str(demo.orders_path()))} .\n"
    return rendered(*parts[1:]) + fsencode(copy)  # in one line, or it could not be pasted


def _headed(title: str, command: str = "") -> list[RenderableType]:
    return ["", heading(title), *([remark(f"$ {command}")] if command else []), ""]


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
