"""`rabatt publish`: the book of a store as a file."""

from __future__ import annotations

from datetime import datetime

from rabatt.book import check_book_file_name
from rabatt.command_line.compile_run import save_book
from rabatt.command_line.messages import say_lines, shown
from rabatt.command_line.records.opening import opened
from rabatt.errors import Error


def publish_run(
    out: str, as_of: str | None, drafts: bool, finished: bool, store: str | None, by: str | None
) -> int:
    """The exit status. Raises Error; then no file was written."""
    check_book_file_name(out)
    moment = None if as_of is None else _moment(as_of)
    with opened(store, by) as at:
        made = at.publication(moment, drafts=drafts, finished=finished)
    status = save_book(made.book, out)
    if made.left_out:
        numbers = ", ".join(made.left_out)
        say_lines(f"rabatt: {shown(f'for somebody who is no customer, and left out: {numbers}')}\n")
    if made.members_skipped:
        members = "1 member" if made.members_skipped == 1 else f"{made.members_skipped:,} members"
        say_lines(f"rabatt: {members} of target groups left out: no customers\n")
    return status


def _moment(text: str) -> datetime:
    """Raises Error `invalid_date`."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Error("invalid_date", f"--as-of {text}") from None
    if moment.utcoffset() is None:
        raise Error("invalid_date", f"--as-of {text}: a time has a zone, such as 2026-03-01T00:00:00Z")
    return moment
