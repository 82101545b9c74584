"""Why a price is what it is: every step from the list price to the net, who won, and who did not and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

from rabatt import explanation_text, sentences
from rabatt.quote import Quote, QuoteLine, Step

_EXACT = Context(prec=1000)  # steps have as many digits as they need


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """One row: what happens, the price or amount before (None at first) and after, and a note such as `15 %`,
    or of a rounding how much it adds or takes.

    `rounded`: digits were dropped."""

    what: str
    before: Decimal | None
    after: Decimal
    rounded: bool
    note: str


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """A line: its index from 0, a title, its steps (none where the request did not ask for them), sentences
    on who made the price, and (campaign, reason, sentence) for each campaign that did not apply."""

    line: int
    item: str
    title: str
    steps: tuple[ExplainedStep, ...]
    winner: tuple[str, ...]
    rejected: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is to be said of a quote, or of one line of it. `str()` is text; notebooks show tables.

    Of one line `totals`, `warnings` and `payment` are empty.
    """

    title: str
    lines: tuple[ExplainedLine, ...]
    totals: tuple[tuple[str, Decimal], ...]
    warnings: tuple[str, ...]
    payment: tuple[str, ...]

    def table(self) -> list[dict[str, Any]]:
        """A row per step, for a data frame: line, item, what, before, after, rounded, note."""
        return [
            {
                "line": line.line,
                "item": line.item,
                "what": step.what,
                "before": step.before,
                "after": step.after,
                "rounded": step.rounded,
                "note": step.note,
            }
            for line in self.lines
            for step in line.steps
        ]

    def __str__(self) -> str:
        return explanation_text.text_of(self)

    def _repr_html_(self) -> str:
        return explanation_text.html_of(self)


def explain(quote: Quote, line: int | None = None) -> Explanation:
    """Explains a quote, or its line with this index from 0. Raises IndexError where there is no such line,
    TypeError where `quote` is no Quote or `line` no index.

    >>> import rabatt
    >>> book = rabatt.Book.from_dict({
    ...     "items": [{"item": "TEA", "prices": {"EUR": 100}}],
    ...     "customers": [{"customer": "C1", "discount": 12}],
    ...     "campaigns": [{"campaign": "K1", "name": "", "pricing_type": "set_discount", "date": "2026-03-01",
    ...                    "lines": [{"item": "TEA", "discount": 10}]}],
    ... })
    >>> print(explain(rabatt.price(book, {"date": "2026-03-10", "currency": "EUR", "customer": "C1",
    ...                                   "lines": [{"item": "TEA", "quantity": 1}]})))
    Quote of 2026-03-10 for C1, in EUR
    <BLANKLINE>
    Line 0: 1 each TEA, net 88.00 EUR
      list price         100
      quantity           100     × 1
      customer discount   88.00  12 %
      The customer's discount of 12 % applies. It saves 12.00 against the list price.
      Not K1: the customer's own discount gives a lower price.
    <BLANKLINE>
    net    88.00
    total  88.00
    """
    if not isinstance(quote, Quote):
        raise TypeError(f"quote must be a rabatt.Quote, not {type(quote).__name__}")
    if line is not None:
        if type(line) is not int:
            raise TypeError(f"line must be an int, not {type(line).__name__}")
        if not 0 <= line < len(quote.lines):
            raise IndexError(f"there is no line {line}")
        explained = _line(quote, line, quote.lines[line])
        return Explanation(explained.title, (explained,), (), (), ())
    customer = f" for {quote.customer}" if quote.customer else ""
    return Explanation(
        f"Quote of {quote.date.isoformat()}{customer}, in {quote.currency}",
        tuple(_line(quote, index, line) for index, line in enumerate(quote.lines)),
        tuple(sentences.totals(quote)),
        tuple(sentences.warning(warned) for warned in quote.warnings),
        tuple(sentences.payment(quote.payment)),
    )


def _line(quote: Quote, index: int, line: QuoteLine) -> ExplainedLine:
    sold = f"{line.quantity:f} {line.unit} {line.item}"
    return ExplainedLine(
        index,
        line.item,
        f"Line {index}: {sold}, net {line.net:f} {quote.currency}",
        tuple(_steps(line)),
        tuple(sentences.winner(line)),
        tuple((entry.campaign, entry.reason, sentences.REASONS[entry.reason]) for entry in line.rejected),
    )


def _steps(line: QuoteLine) -> Iterator[ExplainedStep]:
    """The quote's steps, and the quantity where prices become amounts. The last is the net as printed."""
    times = f"× {line.quantity:f}"
    price: Decimal | None = None
    for step in line.steps:
        if step.what == "amount" and price is not None and step.before is not None:
            yield ExplainedStep("quantity", price, step.before, False, times)
        price = step.after if step.what == "unit_price" else None
        after = line.net if step.what == "amount" and step is line.steps[-1] else step.after
        note = _note(step, after, line)
        yield ExplainedStep(step.step.replace("_", " "), step.before, after, step.rounded, note)
    if price is not None:
        yield ExplainedStep("quantity", price, line.net, False, times)


def _note(step: Step, after: Decimal, line: QuoteLine) -> str:
    if step.step == "rounding" and step.before is not None:
        change = _EXACT.subtract(after, step.before)
        return f"{'+' if change > 0 else '−'}{change.copy_abs():f}"
    return ", ".join(text for text in (_reason(step, line), "rounded" if step.rounded else "") if text)


def _reason(step: Step, line: QuoteLine) -> str:
    if step.step == "list_price":
        return f"price book {line.applied_price_book}" if line.applied_price_book else ""
    if step.step == "unit_conversion":
        return f"per {line.unit}"
    if step.step == "set_price":
        return f"campaign {line.applied_campaign}"
    if step.step == "campaign_discount" and line.campaign_discount is not None:
        return f"{line.campaign_discount:f} %"
    if step.step == "customer_discount":
        return f"{line.customer_discount:f} %"
    if step.step == "combined_discount" or (step.step == "manual" and not _is_price(step, line)):
        return f"{line.discount:f} %"
    return "held between 0 and the gross amount" if step.step == "limit" else ""


def _is_price(step: Step, line: QuoteLine) -> bool:
    """Whether a manual step typed a price in; else it takes a percentage off."""
    return step.what == "unit_price" and step.after == line.unit_price
