"""The two ways the oracle says no: one error (a request), or all problems at once (a book)."""

from __future__ import annotations

from collections.abc import Callable

# Called with code, path and offending text. It may raise (a request) or take note (a book).
Report = Callable[[str, str, str], None]


class OracleError(Exception):
    """A stable code and the offending place: `unknown_item`, `lines[2].item TEA`."""

    def __init__(self, code: str, subject: str) -> None:
        super().__init__(f"{code}: {subject}")
        self.code = code
        self.subject = subject


class BookErrors(Exception):
    """Every problem of a book, sorted."""

    def __init__(self, problems: list[dict[str, str]]) -> None:
        super().__init__("; ".join(f"{p['path']}: {p['code']}" for p in problems))
        self.problems = problems


def subject_of(path: str, text: str) -> str:
    """Path, blank, offending text; whichever is empty is left out."""
    return f"{path} {text}" if path and text else path or text


def raise_first(code: str, path: str, text: str) -> None:
    """The report of a request: the first fault met in document order is the error."""
    raise OracleError(code, subject_of(path, text))


class Problems:
    """The report of a book: collects, forgets exact repetitions, sorts by path."""

    def __init__(self) -> None:
        self._found: set[tuple[str, str]] = set()

    def __call__(self, code: str, path: str, text: str = "") -> None:
        self._found.add((path, code))

    def listed(self) -> list[dict[str, str]]:
        return [{"code": code, "path": path} for path, code in sorted(self._found)]
