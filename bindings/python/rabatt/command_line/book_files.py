"""The book of a command, and its problems as they are told wherever it does not build."""

from __future__ import annotations

from collections.abc import Sequence

from rabatt.book import BOOK_FILE, Book
from rabatt.command_line.messages import shown
from rabatt.errors import Error, Errors, Problem
from rabatt.sources import FORMATS


class FaultyBook(Exception):
    """A book that does not build; its text is what `rabatt check` prints."""


def load_book(path: str) -> Book:
    """Raises FaultyBook, Error for a file that cannot be read."""
    try:
        return open_book(path)
    except Errors as errors:
        raise FaultyBook(listed(path, errors.problems)) from None


def open_book(path: str) -> Book:
    """Raises Errors, Error as Book.load, which says of an unknown format only where it was found."""
    try:
        return Book.load(path)
    except Error as error:
        if error.code != "unknown_format":
            raise
        known = f"{', '.join(FORMATS)} or {BOOK_FILE}"
        said = "this is no compiled book" if path.lower().endswith(BOOK_FILE) else f"a book is {known}"
        raise Error(error.code, f"{error.subject}: {said}") from None


def listed(path: str, problems: Sequence[Problem]) -> str:
    """One per line, with the line of the file where it is known, as compilers do: editors find the place."""
    lines = []
    for problem in problems:
        place = f"{path}:{problem.line}" if problem.line else path
        lines.append(": ".join(part for part in (place, problem.path, problem.code, problem.message) if part))
    count = f"{len(problems):,} problem{'s' if len(problems) > 1 else ''}"
    return "".join(f"{shown(line)}\n" for line in [*lines, count])
