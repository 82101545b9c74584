"""The commands and their options. What a command needs beyond that is loaded when it runs."""

from __future__ import annotations

import json
from typing import TypeGuard, get_args

import typer

import rabatt
from rabatt.command_line.command_group import Command, print_help
from rabatt.command_line.database_commands import db
from rabatt.command_line.destinations import StandardOutput
from rabatt.command_line.file_commands import add_file_commands
from rabatt.command_line.float_places import float_places
from rabatt.command_line.formats import file_format, named_format
from rabatt.command_line.options import (
    AnyFormat,
    AsOf,
    BookFile,
    CompiledFile,
    DemoStore,
    Drafts,
    FailFast,
    Finished,
    FloatColumns,
    LineIndex,
    Name,
    OrderFile,
    OrderNumber,
    OrdersFile,
    OutFile,
    RejectsFile,
    Resume,
    TableOrJson,
    Threads,
    Version,
    thread_count,
)
from rabatt.command_line.person_commands import person
from rabatt.command_line.records.examples import examples_of
from rabatt.command_line.records.groups import CommandsAndRecords
from rabatt.command_line.records.options import By, StoreUrl
from rabatt.schemas import SchemaName

app = typer.Typer(
    cls=CommandsAndRecords,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples_of("rabatt demo", "rabatt campaign list --store sqlite:rabatt-demo.db"),
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(db)
app.add_typer(person)

_TABLE_OR_JSON = ("table", "json")


@app.callback(invoke_without_command=True)
def rabatt_command(context: typer.Context, version: Version = False) -> int:
    """Exact, explainable prices.

    A book holds everything that prices: items, price books, customers, campaigns, payment terms.
    Orders come as tables (CSV, Parquet) or as requests (JSON). A store keeps records that books are
    published from.
    """
    if version:
        tell_version()
        raise typer.Exit
    print_help(context)
    return 0


@app.command(
    cls=Command,
    epilog="""\b
    Examples:
      rabatt price shop.yaml march.csv
      rabatt price shop.yaml march.csv --out priced.csv --orders totals.csv
      rabatt price shop.rabatt march.csv
      rabatt price shop.yaml requests.jsonl > quotes.jsonl
      rabatt price shop.yaml march.parquet --float-places quantity=3
      rabatt price shop.rabatt year.parquet --out priced/ --threads 2 --resume""",
)
def price(
    book: BookFile,
    orders: OrderFile,
    out: OutFile = None,
    orders_out: OrdersFile = None,
    format: AnyFormat = None,
    fail_fast: FailFast = False,
    floats: FloatColumns = [],  # noqa: B006
    rejects: RejectsFile = None,
    threads: Threads = "1",
    resume: Resume = False,
) -> int:
    """Price orders.

    Every row of a table comes back with its price; every line of a .jsonl file, also a blank one, is answered
    in its place by a quote, or by an error.
    The exit status is 2 if some could not be priced.

    A table may be of any size. With --out FOLDER/ the results come in parts, each of them whole, and --resume
    goes on with a run that was stopped: the parts are then the same, byte for byte.
    """
    from rabatt.command_line.price_run import PriceRun

    run = PriceRun(
        book,
        orders,
        None if out == "-" else out,
        orders_out,
        format,
        fail_fast,
        float_places(floats, file_format(orders)),
        rejects,
        thread_count(threads),
        resume,
    )
    return run.run()


@app.command(
    cls=Command,
    epilog="""\b
    Examples:
      rabatt explain shop.yaml march.csv --order SO-26-0070 --line 0
      rabatt explain shop.yaml request.json --format json""",
)
def explain(
    book: BookFile,
    orders: OrderFile,
    order: OrderNumber = None,
    line: LineIndex = "0",
    format: TableOrJson = "table",
    floats: FloatColumns = [],  # noqa: B006
) -> int:
    """Explain one price, step by step."""
    from rabatt.command_line.explain_run import explain_run

    as_json = named_format(format, _TABLE_OR_JSON) == "json"
    places = float_places(floats, file_format(orders))
    return explain_run(book, orders, file_format(orders), order, line, as_json, places)


@app.command(
    cls=Command,
    epilog="""\b
    Examples:
      rabatt check shop.yaml
      rabatt check shop.rabatt
      rabatt check shop.yaml --format json""",
)
def check(book: BookFile, format: TableOrJson = "table") -> int:
    """Check a book: list all its problems, or tell what is in it.

    All of a .rabatt file is read, and refused if a single bit is not as it was written.
    """
    from rabatt.command_line.check_run import check_run

    return check_run(book, named_format(format, _TABLE_OR_JSON) == "json")


@app.command(
    cls=Command,
    name="compile",
    epilog="""\b
    Examples:
      rabatt compile shop.yaml --out shop.rabatt
      rabatt price shop.rabatt march.csv""",
)
def compile_book(book: BookFile, out: CompiledFile) -> int:
    """Compile a book into a file that opens at once, however large.

    Every command takes the file in the place of the book. It is written beside the old one and then takes its
    name, so that programs that have the old one open keep it.
    """
    from rabatt.command_line.compile_run import compile_run

    return compile_run(book, out)


@app.command(
    cls=Command,
    epilog="""\b
    Examples:
      rabatt publish --out shop.rabatt
      rabatt publish --out march.rabatt --as-of 2026-03-01T00:00:00Z
      rabatt price shop.rabatt march.csv""",
)
def publish(
    out: CompiledFile,
    as_of: AsOf = None,
    drafts: Drafts = False,
    finished: Finished = False,
    store: StoreUrl = None,
    by: By = None,
) -> int:
    """Write the book of all that prices in a store.

    It is a file as `rabatt compile` writes it.
    """
    from rabatt.command_line.records.publish_run import publish_run

    return publish_run(out, as_of, drafts, finished, store, by)


@app.command(
    cls=Command,
    epilog="""\b
    Example:
      rabatt schema book > book.schema.json""",
)
def schema(name: Name) -> int:
    """Print the JSON Schema of books, requests or quotes."""
    if not _is_schema_name(name):
        raise rabatt.Error("invalid_value", f"{name}: one of {', '.join(get_args(SchemaName))}")
    text = json.dumps(rabatt.schema(name), ensure_ascii=False, indent=2)
    StandardOutput().write(f"{text}\n".encode())
    return 0


@app.command(
    cls=Command,
    epilog="""\b
    Examples:
      rabatt demo
      rabatt demo --store sqlite:/tmp/shop.db""",
)
def demo(store: DemoStore = "sqlite:rabatt-demo.db") -> int:
    """Show what rabatt does, on the orders of a small shop.

    The shop is put into a store, by default the file rabatt-demo.db in this folder, where the other commands
    can look at it. Where it is there already, it is priced from as it is now: delete the file to begin again.
    """
    from rabatt.command_line.demo_run import demonstration

    StandardOutput().write(demonstration(store))
    return 0


@app.command(
    cls=Command,
    name="version",
    epilog="""\b
    Example:
      rabatt version""",
)
def tell_version() -> int:
    """Tell the versions of rabatt and its currencies."""
    text = f"rabatt {rabatt.__version__}, currencies as of {rabatt.currency_edition} (ISO 4217)\n"
    StandardOutput().write(text.encode())
    return 0


add_file_commands(app)


def _is_schema_name(name: str) -> TypeGuard[SchemaName]:
    return name in get_args(SchemaName)
