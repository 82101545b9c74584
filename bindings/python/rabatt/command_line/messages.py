"""What is said to people beside the results: on standard error, one line each."""

from __future__ import annotations

import sys
import unicodedata
from contextlib import suppress

from rabatt.errors import Error

_LONGEST = 400

_ADVICE = {
    "damaged_book": "the file is cut or changed; compile the book again",
    "incompatible_book": "it is of another version of rabatt, or another kind of machine; "
    "compile the book again",
    "schema_too_old": "rabatt db migrate brings it up to date",
}


def say(code: str, subject: str = "") -> None:
    """`rabatt: CODE subject`. A standard error that is closed is no reason to stop."""
    say_lines(f"rabatt: {code} {shown(subject)}".rstrip() + "\n")


def say_lines(text: str) -> None:
    """What is whole lines, and shown, already."""
    with suppress(OSError, ValueError):
        if sys.stderr is not None:
            print(text, end="", file=sys.stderr, flush=True)


def told(error: Error) -> str:
    """The subject, and what is to be said beside it; it is empty where the document as a whole is of a wrong
    kind.

    >>> told(Error("invalid_value", "")), told(Error("invalid_value", "lines"))
    ('the document must be an object', 'lines')
    >>> told(Error("damaged_book", "shop.rabatt"))
    'shop.rabatt: the file is cut or changed; compile the book again'
    """
    if not error.subject:
        return "the document must be an object" if error.code == "invalid_value" else ""
    return ": ".join(part for part in (error.subject, _ADVICE.get(error.code)) if part)


def shown(text: str, longest: int = _LONGEST) -> str:
    r"""A text as it can stand in one line of a terminal: what does not print is escaped, and much is cut.

    >>> shown("two\nlines \x1b[31m"), shown("abcdefgh", 5)
    ('two\\nlines \\x1b[31m', 'ab…gh')
    """
    if len(text) > longest:
        half = (longest - 1) // 2
        text = f"{text[:half]}…{text[-half:]}"
    return text if text.isprintable() else "".join(map(_printable, text))


def _printable(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return character.encode("unicode_escape").decode()
