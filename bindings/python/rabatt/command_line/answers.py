"""Requests as JSON, one in a file or one on each line, and what is answered: a quote, or an error."""

from __future__ import annotations

import json
import os
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rabatt import _rabatt
from rabatt.book import Book
from rabatt.command_line.file_faults import reading
from rabatt.command_line.progress import progress
from rabatt.errors import Error


@dataclass(frozen=True, slots=True)
class Answer:
    """`number` is the request's line in its file, from 1; `text` is JSON, a quote as the engine prints it."""

    number: int
    text: str
    error: Error | None

    def quote(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.text)
        return content


def answers_of(book: Book, path: str, single: bool, show_progress: bool = False) -> Iterator[Answer]:
    """Of a single request, or of one on each line, in their order. A blank line is no request and is answered
    so: the answers of a file are as many as its lines. A newline at the end begins no further line.

    Raises Error `file_not_readable`; `damaged_book`, where the book turns out to be.
    """
    with (
        reading(path),
        open(path, "rb") as file,
        progress("pricing", os.path.getsize(path), show_progress) as advance,
    ):
        if single:
            yield answer_of(book, 1, file.read().removeprefix(BOM_UTF8))
            return
        for number, line in enumerate(file, 1):
            request = line.removeprefix(BOM_UTF8 if number == 1 else b"").rstrip(b"\r\n")
            yield answer_of(book, number, request)
            advance(len(line))


def answer_of(book: Book, number: int, request: bytes) -> Answer:
    try:
        return Answer(number, _rabatt.price(book._compiled, request), None)
    except Error as error:
        if error.code == "damaged_book":
            raise  # no fault of the request
        return Answer(number, error_json(error), error)


def error_json(error: Error) -> str:
    """
    >>> error_json(Error("unknown_item", "lines[0].item TEA"))
    '{"error":{"code":"unknown_item","subject":"lines[0].item TEA"}}'
    """
    content = {"error": {"code": error.code, "subject": error.subject}}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
