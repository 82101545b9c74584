"""The commands and their options."""

from __future__ import annotations

import json
from typing import Annotated, Optional

import typer

import rabatt
from rabatt.command_line.command_group import CommandGroup
from rabatt.command_line.destinations import StandardOutput
from rabatt.command_line.formats import OUTPUT_FORMATS, file_format, named_format
from rabatt.schemas import SchemaName

app = typer.Typer(
    cls=CommandGroup,
    add_completion=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)

BookPath = Annotated[str, typer.Argument(metavar="BOOK", help="The book: .json, .yaml or .yml.", show_default=False)]
OrdersPath = Annotated[
    str, typer.Argument(metavar="ORDERS", help="The orders: .csv, .parquet, .json or .jsonl.", show_default=False)
]


def _version(wanted: bool) -> None:
    if wanted:
        StandardOutput().write(_version_text().encode())
        raise typer.Exit


@app.callback(invoke_without_command=True)
def rabatt_command(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="The versions of rabatt and of its currencies.", callback=_version, is_eager=True)
    ] = False,
) -> int:
    """Exact, explainable prices.

    A book holds everything that prices: items, price books, customers, campaigns, payment terms. Orders come as tables
    (CSV, Parquet) or as requests (JSON).
    """
    if context.invoked_subcommand is None:
        StandardOutput().write(f"{context.get_help()}\n".encode())
    return 0


@app.command(epilog="Example: rabatt price shop.yaml march.csv --out priced.csv --orders totals.csv")
def price(
    book: BookPath,
    orders: OrdersPath,
    out: Annotated[Optional[str], typer.Option(metavar="FILE", help="Write the priced lines there.")] = None,
    orders_out: Annotated[
        Optional[str], typer.Option("--orders", metavar="FILE", help="Write a second table there: a row per order.")
    ] = None,
    format: Annotated[
        Optional[str],
        typer.Option(metavar="|".join(OUTPUT_FORMATS), help="By default that of --out or of the orders; a table on a terminal."),
    ] = None,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Price all or nothing: stop at the first error.")] = False,
) -> int:
    """Price orders.

    Every row of a table comes back with its price; every request is answered by a quote, or by an error.
    The exit status is 2 if some could not be priced.
    """
    from rabatt.command_line.price_run import PriceRun

    return PriceRun(book=book, orders=orders, out=out, orders_out=orders_out, format=format, fail_fast=fail_fast).run()


@app.command(epilog="Example: rabatt explain shop.yaml march.csv --order SO-26-0070 --line 0")
def explain(
    book: BookPath,
    orders: OrdersPath,
    order: Annotated[
        Optional[str], typer.Option(metavar="N", help="The order's number; in .jsonl the number of its line, from 1.")
    ] = None,
    line: Annotated[int, typer.Option(metavar="K", help="The line of the order, from 0.")] = 0,
    format: Annotated[str, typer.Option(metavar="table|json", help="For people, or the line of the quote.")] = "table",
) -> int:
    """Explain one price, step by step."""
    from rabatt.command_line.explain_run import explain_run

    return explain_run(book, orders, file_format(orders), order, line, named_format(format, ("table", "json")) == "json")


@app.command(epilog="Example: rabatt check shop.yaml")
def check(
    book: BookPath,
    format: Annotated[str, typer.Option(metavar="table|json", help="For people, or for programs.")] = "table",
) -> int:
    """Check a book: list all its problems, or tell what is in it."""
    from rabatt.command_line.check_run import check_run

    return check_run(book, named_format(format, ("table", "json")) == "json")


@app.command(epilog="Example: rabatt schema book > book.schema.json")
def schema(
    name: Annotated[SchemaName, typer.Argument(metavar="book|request|quote", show_default=False)],
) -> int:
    """Print the JSON Schema of books, requests or quotes."""
    text = json.dumps(rabatt.schema(name), ensure_ascii=False, indent=2)
    StandardOutput().write(f"{text}\n".encode())
    return 0


@app.command(epilog="Example: rabatt demo")
def demo() -> int:
    """Show what rabatt does, on the orders of a small shop."""
    from rabatt.command_line.demo_run import demonstration

    StandardOutput().write(demonstration())
    return 0


@app.command(epilog="Example: rabatt version")
def version() -> int:
    """Tell the versions of rabatt and of its currencies."""
    StandardOutput().write(_version_text().encode())
    return 0


def _version_text() -> str:
    return f"rabatt {rabatt.__version__}, currencies as of {rabatt.currency_edition} (ISO 4217)\n"
