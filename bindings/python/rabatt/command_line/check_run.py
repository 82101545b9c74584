"""`rabatt check`: everything that is wrong with a book, or what is in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rabatt.book import BookSummary
from rabatt.command_line.book_files import listed, open_book
from rabatt.command_line.destinations import StandardOutput
from rabatt.command_line.failures import NOTHING_DONE, SUCCESS
from rabatt.errors import Errors, Problem
from rabatt.sources import Source

_COUNTED = ("items", "price_books", "customers", "target_groups", "campaigns", "payment_terms")


def check_run(path: str, as_json: bool) -> int:
    """The exit status. Raises Error for a file that cannot be read."""
    to = StandardOutput()
    try:
        book = open_book(path)
    except Errors as errors:
        found = _object(None, _counts(path), errors.problems) if as_json else listed(path, errors.problems)
        to.write(found.encode())
        return NOTHING_DONE
    book.verify()
    summary = book.summary()
    if as_json:
        counts = {name: getattr(summary, name) for name in _COUNTED}
        to.write(_object(summary.hash, counts, ()).encode())
    else:
        to.write(_screen(path, summary))
    return SUCCESS


def _object(hash: str | None, counts: dict[str, int], problems: Sequence[Problem]) -> str:
    listed = [
        {"code": problem.code, "path": problem.path, "message": problem.message} for problem in problems
    ]
    content = {"hash": hash, "counts": counts, "problems": listed}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def _counts(path: str) -> dict[str, int]:
    """How many entries the lists of a faulty book have, as far as they are lists."""
    try:
        content: Any = json.loads(Source.of_file(path, "book").json)
    except (ValueError, RecursionError):
        content = None
    lists = content if isinstance(content, dict) else {}
    return {name: len(lists[name]) if isinstance(lists.get(name), list) else 0 for name in _COUNTED}


def _screen(path: str, summary: BookSummary) -> bytes:
    from rabatt.command_line.screen import Column, heading, rendered, table

    rows = [[name.replace("_", " "), f"{getattr(summary, name):,}", ""] for name in _COUNTED]
    statuses = [f"{count:,} {status}" for status, count in summary.campaigns_by_status.items() if count]
    if summary.campaigns_not_posted:
        statuses.append(f"{summary.campaigns_not_posted:,} not posted")
    rows[_COUNTED.index("campaigns")][2] = ", ".join(statuses)
    counts = table((Column(""), Column("", "right", style="bold"), Column("")), rows)
    return rendered(heading(f"{path}: no problems"), f"hash {summary.hash}", counts)
