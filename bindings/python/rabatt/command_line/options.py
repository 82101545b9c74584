"""The arguments and options of the commands."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from rabatt.command_line.formats import OUTPUT_FORMATS
from rabatt.errors import Error

_FORMAT_HELP = (
    f"{', '.join(OUTPUT_FORMATS[:-1])} or {OUTPUT_FORMATS[-1]}; "
    "by default that of --out or of ORDERS, and a table on a terminal."
)
_ORDER_HELP = "The order's number; in a .jsonl file the number of its line, from 1."
_FLOAT_HELP = "A Parquet column of floats is read only with this, once per column: quantity=2."

DemoStore: TypeAlias = Annotated[
    str, typer.Option("--store", metavar="URL", help="Where the shop is kept: sqlite:PATH or postgresql://….")
]
BookFile: TypeAlias = Annotated[
    str, typer.Argument(metavar="BOOK", help="The book: .json, .yaml, .yml, or .rabatt: a compiled one.")
]
OrderFile: TypeAlias = Annotated[
    str, typer.Argument(metavar="ORDERS", help="The orders: .csv, .parquet, .json or .jsonl.")
]
OutFile: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help="Write the priced lines there; FOLDER/ for parts, - for standard output.",
    ),
]
RejectsFile: TypeAlias = Annotated[
    str | None,
    typer.Option("--rejects", metavar="FILE.csv", help="Write the rows without a price there too, as CSV."),
]
Threads: TypeAlias = Annotated[
    str, typer.Option("--threads", metavar="N", help="How many threads price a table.")
]
Resume: TypeAlias = Annotated[
    bool, typer.Option("--resume", help="Go on with the parts of a run that was stopped, if there are any.")
]
CompiledFile: TypeAlias = Annotated[
    str, typer.Option("--out", metavar="FILE", help="The .rabatt file that is written, or replaced.")
]
OrdersFile: TypeAlias = Annotated[
    str | None, typer.Option("--orders", metavar="FILE", help="Write a second table there, a row per order.")
]
AnyFormat: TypeAlias = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=_FORMAT_HELP)]
TableOrJson: TypeAlias = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="table, or json for programs.")
]
FailFast: TypeAlias = Annotated[
    bool, typer.Option("--fail-fast", help="All or nothing: stop at the first line without a price.")
]
OrderNumber: TypeAlias = Annotated[str | None, typer.Option("--order", metavar="N", help=_ORDER_HELP)]
LineIndex: TypeAlias = Annotated[
    str, typer.Option("--line", metavar="K", help="The line of the order, from 0.")
]
FloatColumns: TypeAlias = Annotated[
    list[str], typer.Option("--float-places", metavar="NAME=N", help=_FLOAT_HELP)
]
AsOf: TypeAlias = Annotated[
    str | None, typer.Option("--as-of", metavar="TIME", help="As the store was then: a time with its zone.")
]
Drafts: TypeAlias = Annotated[bool, typer.Option("--drafts", help="With campaigns that are not posted.")]
Finished: TypeAlias = Annotated[
    bool, typer.Option("--finished", help="With campaigns that are completed or cancelled.")
]
Name: TypeAlias = Annotated[str, typer.Argument(metavar="NAME", help="book, request or quote.")]
Version: TypeAlias = Annotated[bool, typer.Option("--version", help="Tell the versions and end.")]

_MOST_THREADS = 256


def thread_count(text: str) -> int:
    """Raises Error `invalid_value`."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST_THREADS:
        return int(text)
    raise Error("invalid_value", f"--threads {text}: 1 to {_MOST_THREADS}")
