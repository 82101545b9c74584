"""`rabatt price` for requests in JSON: quotes as the engine prints them, or as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rabatt.book import Book
from rabatt.command_line.answers import Answer, answers_of
from rabatt.command_line.failures import Failures
from rabatt.command_line.messages import told
from rabatt.command_line.quote_rows import QuoteRows
from rabatt.command_line.results import Outputs, as_json, write_orders, write_tables
from rabatt.command_line.tables import PricedRequests


def price_requests(
    book: Book, path: str, single: bool, outputs: Outputs, failures: Failures, show_progress: bool
) -> None:
    """Quotes are written as they are made, unless the first failure is to undo them all."""
    form = outputs.lines.form
    rows = None if form in ("json", "jsonl") and not outputs.orders else QuoteRows()
    priced = PricedRequests(rows or QuoteRows())
    answers: Iterable[Answer] = _noted(answers_of(book, path, single, show_progress), single, failures, rows)
    if outputs.any_parquet():
        answers = _fitted(answers, priced, single, failures)
    if failures.fail_fast or form not in ("json", "jsonl"):
        answers = list(answers)
    if form in ("json", "jsonl"):
        one = "jsonl" if single else form  # one quote is no array
        outputs.lines.write(as_json((answer.text for answer in answers), one))
        write_orders(outputs, priced)
    elif form == "table" and single:
        outputs.lines.write(_screen(answers))
        write_orders(outputs, priced)
    else:
        write_tables(outputs, priced)


def _noted(
    answers: Iterable[Answer], single: bool, failures: Failures, rows: QuoteRows | None
) -> Iterator[Answer]:
    for answer in answers:
        if answer.error:
            subject = told(answer.error)
            failures.add(answer.error.code, subject if single else f"line {answer.number}: {subject}")
        if rows:
            rows.add(answer)
        yield answer


def _fitted(
    answers: Iterable[Answer], priced: PricedRequests, single: bool, failures: Failures
) -> Iterator[Answer]:
    """After the last answer: what does not fit a decimal column is not priced."""
    yield from answers
    for number, subject in priced.decimals.refused.items():
        failures.add("overflow", subject if single else f"line {number}: {subject}")


def _screen(answers: Iterable[Answer]) -> Iterator[bytes]:
    from rabatt.command_line import quote_screen, screen

    return (screen.rendered(*quote_screen.quote(answer)) for answer in answers if not answer.error)
