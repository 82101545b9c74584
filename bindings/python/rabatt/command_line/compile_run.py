"""`rabatt compile`: a book as one file that opens at once."""

from __future__ import annotations

import os

from rabatt.book import Book, check_book_file_name
from rabatt.command_line.book_files import load_book
from rabatt.command_line.destinations import StandardOutput, spare_what_is_read
from rabatt.command_line.failures import SUCCESS
from rabatt.command_line.messages import shown


def compile_run(path: str, out: str) -> int:
    """The exit status. Raises FaultyBook, Error; then no file was written."""
    check_book_file_name(out)
    spare_what_is_read((path,), (out,))
    return save_book(load_book(path), out)


def save_book(book: Book, out: str) -> int:
    """Writes the file, and tells what is in it."""
    book.save(out)
    summary = book.summary()
    counts = f"{_counted(summary.items, 'item')}, {_counted(summary.campaigns, 'campaign')}"
    told = f"{out}: {counts}, hash {summary.hash}, {os.path.getsize(out):,} bytes"
    StandardOutput().write(f"{shown(told)}\n".encode())
    return SUCCESS


def _counted(count: int, thing: str) -> str:
    """
    >>> _counted(1, "item"), _counted(1200, "item")
    ('1 item', '1,200 items')
    """
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
