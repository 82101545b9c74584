"""One line of a quote for people: what happened step by step, who made the price, and who did not."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from rabatt import sentences
from rabatt.command_line.messages import shown
from rabatt.command_line.screen import Column, aligned, heading, table
from rabatt.explanation import explain
from rabatt.quote import Quote

_COLUMNS = (Column("step"), Column("price or amount", "right"), Column(""))


def explained_line(quote: Quote, index: int, place: str) -> list[RenderableType]:
    """Line `index` of the quote; `place` names it in what the reader has, such as `order SO-1, line 3`."""
    (line,) = explain(quote, index).lines
    sold = line.title.partition(": ")[2]
    asked = ", ".join(text for text in (quote.date.isoformat(), quote.customer) if text)
    parts: list[RenderableType] = [heading(f"{place[:1].upper()}{place[1:]}: {sold} ({asked})"), ""]
    if line.steps:
        places = max(-int(quote.lines[index].net.as_tuple().exponent), 0)
        amounts = aligned((f"{step.after:f}" for step in line.steps), places)
        rows = [[step.what, amount, step.note] for step, amount in zip(line.steps, amounts, strict=True)]
        parts += [table(_COLUMNS, rows), ""]
    parts += [Text(shown(sentence)) for sentence in line.winner]
    rejected = [f"Not {campaign}: {sentence}." for campaign, _, sentence in line.rejected]
    told = {campaign for campaign, _, _ in line.rejected}
    rejected += [
        f"Not {warning.campaign}: {sentences.NOT_TAKEN}."
        for warning in quote.warnings
        if warning.reason == "campaign_not_used" and warning.campaign not in told
    ]
    return [*parts, *(Text(shown(sentence), style="dim") for sentence in rejected)]
