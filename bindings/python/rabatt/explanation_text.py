"""Explanations as plain text and as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rabatt.explanation import ExplainedLine, Explanation


def text_of(explanation: Explanation) -> str:
    blocks = [_line_text(line) for line in explanation.lines]
    if explanation.totals:
        blocks = [explanation.title, *blocks, _totals_text(explanation.totals)]
    blocks += ["\n".join(sentences) for sentences in (explanation.warnings, explanation.payment) if sentences]
    return "\n\n".join(blocks)


def html_of(explanation: Explanation) -> str:
    lines = "".join(map(_line_html, explanation.lines))
    if not explanation.totals:
        return f'<div class="rabatt">{lines}</div>'
    totals = _table((label, f"{amount:f}") for label, amount in explanation.totals)
    remarks = "".join(f"<p>{escape(sentence)}</p>" for sentence in explanation.warnings + explanation.payment)
    return f'<div class="rabatt"><p><b>{escape(explanation.title)}</b></p>{lines}{totals}{remarks}</div>'


def aligned(values: Sequence[Decimal]) -> list[str]:
    """Texts of equal width with the points below each other.

    >>> aligned([Decimal("9.99"), Decimal("100"), Decimal("-0.5")])
    ['  9.99', '100   ', ' -0.5 ']
    """
    parts = [f"{value:f}".partition(".") for value in values]
    left = max((len(whole) for whole, _, _ in parts), default=0)
    right = max((len(point + digits) for _, point, digits in parts), default=0)
    return [whole.rjust(left) + (point + digits).ljust(right) for whole, point, digits in parts]


def _line_text(line: ExplainedLine) -> str:
    width = max((len(step.what) for step in line.steps), default=0)
    amounts = aligned([step.after for step in line.steps])
    rows = [
        f"  {step.what.ljust(width)}  {amount}  {step.note}".rstrip()
        for step, amount in zip(line.steps, amounts, strict=True)
    ]
    rejected = [f"  Not {campaign}: {sentence}." for campaign, _, sentence in line.rejected]
    return "\n".join([line.title, *rows, "  " + " ".join(line.winner), *rejected])


def _totals_text(totals: Sequence[tuple[str, Decimal]]) -> str:
    width = max(len(label) for label, _ in totals)
    amounts = aligned([amount for _, amount in totals])
    return "\n".join(
        f"{label.ljust(width)}  {amount}".rstrip() for (label, _), amount in zip(totals, amounts, strict=True)
    )


def _line_html(line: ExplainedLine) -> str:
    steps = _table((step.what, f"{step.after:f}", step.note) for step in line.steps)
    said = escape(" ".join(line.winner))
    rejected = "".join(
        f"<li>Not <b>{escape(campaign)}</b>: {escape(sentence)}.</li>"
        for campaign, _, sentence in line.rejected
    )
    return f"<p><b>{escape(line.title)}</b></p>{steps}<p>{said}</p>" + (
        f"<ul>{rejected}</ul>" if rejected else ""
    )


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    """The second column holds numbers."""
    cells = [
        "".join(
            f'<td style="text-align:{"right" if index == 1 else "left"}">{escape(cell)}</td>'
            for index, cell in enumerate(row)
        )
        for row in rows
    ]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>" if cells else ""
