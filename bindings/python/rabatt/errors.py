"""What can go wrong, as exceptions: one code, one subject.

>>> import rabatt
>>> try:
...     rabatt.allocate("1,5", ["1"], step="0.01")
... except rabatt.Error as error:
...     print(error.code, "/", error.subject)
invalid_decimal / 1,5
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rabatt import _rabatt

#: Every code that there is, in the order of their families; the same words in C++, C, Python and JSON.
error_codes: tuple[str, ...] = tuple(_rabatt.codes())

_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a book.

    `code` is one of `error_codes`, `path` the place of the faulty or missing field
    (`campaigns[3].lines[0].price`), `message` a sentence for people whose wording may change. `line` is the
    line of a YAML text, from 1; None elsewhere.
    """

    code: str
    path: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        """
        >>> print(Problem("no_lines", "campaigns[0].lines", "A posted campaign needs a line.", line=7))
        line 7: campaigns[0].lines: no_lines: A posted campaign needs a line.
        """
        place = [f"line {self.line}"] if self.line is not None else []
        return ": ".join(part for part in [*place, self.path, self.code, self.message] if part)


class Error(ValueError):
    """A refusal. It is a ValueError: the values that were given cannot be priced.

    `code` is one of `error_codes` and never changes; `subject` is the offending thing: a path, a blank and
    the offending text (`lines[2].item TEA`), or a part of that.

    >>> error = Error("unknown_item", "lines[2].item TEA")
    >>> str(error)
    'unknown_item: lines[2].item TEA'
    """

    code: str
    subject: str

    def __init__(self, code: str, subject: str = "") -> None:
        super().__init__(code, subject)
        self.code = code
        self.subject = subject

    def __str__(self) -> str:
        return f"{self.code}: {self.subject}" if self.subject else self.code


class Errors(Error):
    """Everything that is wrong with a book at once, sorted by path: `problems`, never empty.

    As an Error it has the code and the path of the first one.

    >>> print(Errors([Problem("no_lines", "campaigns[0].lines", "A posted campaign needs a line.")]))
    1 problem
      campaigns[0].lines: no_lines: A posted campaign needs a line.
    """

    problems: tuple[Problem, ...]

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(first.code, first.path)
        self.args = (self.problems,)  # so that it can be pickled

    def __str__(self) -> str:
        count = len(self.problems)
        shown = [f"  {problem}" for problem in self.problems[:_MOST_SHOWN]]
        if count > _MOST_SHOWN:
            shown.append(f"  … and {count - _MOST_SHOWN} more")
        return "\n".join([f"{count} problem{'s' if count > 1 else ''}", *shown])


def errors_of(problems: Iterable[tuple[str, str, str]]) -> Errors:
    """The exception for (code, path, message) tuples; what `_rabatt` raises."""
    return Errors(Problem(*problem) for problem in problems)
