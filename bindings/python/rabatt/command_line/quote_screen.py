"""One priced document for people."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from rabatt.command_line.answers import Answer
from rabatt.command_line.messages import shown
from rabatt.command_line.order_screen import line_table
from rabatt.command_line.quote_rows import QuoteRows
from rabatt.command_line.screen import Column, aligned, heading, table
from rabatt.explanation import explain
from rabatt.quote import Quote

_IN_TITLE = ("order", "date", "customer", "currency")
_TOTALS = (Column(""), Column("", "right", style="bold"))


def quote(answer: Answer) -> list[RenderableType]:
    """Its lines, totals, warnings and terms of payment."""
    said = explain(Quote.from_json(answer.text))
    rows = QuoteRows()
    rows.add(answer)
    lines = {name: cells for name, cells in rows.lines.items() if name not in _IN_TITLE}
    labels, amounts = zip(*said.totals, strict=True)
    totals = list(zip(labels, aligned(f"{amount:f}" for amount in amounts), strict=True))
    parts: list[RenderableType] = [heading(said.title), "", line_table(lines), "", table(_TOTALS, totals)]
    for sentences in (said.warnings, said.payment):
        parts += ["", *(Text(shown(sentence)) for sentence in sentences)] if sentences else []
    return parts
