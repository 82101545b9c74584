"""`rabatt explain`: one line of an order, step by step."""

from __future__ import annotations

import json

from rabatt.command_line.book_files import load_book
from rabatt.command_line.destinations import StandardOutput
from rabatt.command_line.failures import SUCCESS
from rabatt.command_line.float_places import FloatPlaces
from rabatt.command_line.formats import FileFormat
from rabatt.command_line.one_order import quote_of_line
from rabatt.errors import Error


def explain_run(
    book: str,
    orders: str,
    form: FileFormat,
    order: str | None,
    line: str,
    as_json: bool,
    float_places: FloatPlaces,
) -> int:
    """The exit status. Raises Error where the line cannot be priced."""
    if not line.isdecimal():
        raise Error("invalid_value", f"--line {line}")
    quote, index = quote_of_line(load_book(book), orders, form, order, int(line), float_places)
    if as_json:
        content = json.dumps(quote.to_dict()["lines"][index], ensure_ascii=False, separators=(",", ":"))
        StandardOutput().write(f"{content}\n".encode())
        return SUCCESS
    from rabatt.command_line.explain_screen import explained_line
    from rabatt.command_line.screen import rendered

    place = f"line {line}" if order is None else f"order {order}, line {line}"
    StandardOutput().write(rendered(*explained_line(quote, index, place)))
    return SUCCESS
