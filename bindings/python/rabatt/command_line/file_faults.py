"""Files that cannot be read or written: an Error that names the file and says why."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

from rabatt.errors import Error

Faults: TypeAlias = tuple[type[Exception], ...]


@contextmanager
def reading(path: str | os.PathLike[str], faults: Faults = (OSError,)) -> Iterator[None]:
    """What fails is Error `file_not_readable`."""
    try:
        yield
    except faults as error:
        raise Error("file_not_readable", f"{path}: {_first_line(_reason(error))}") from None


def check_is_file(path: str) -> None:
    """For what is opened more than once: a pipe has what it has once. Raises Error `file_not_readable`."""
    with reading(path):
        mode = os.stat(path).st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # of a folder the system says it
        raise Error("file_not_readable", f"{path}: not a regular file")


@contextmanager
def writing(path: str | os.PathLike[str], faults: Faults = (OSError,)) -> Iterator[None]:
    """What fails is Error `file_not_writable`, also where a file that we wrote is read again."""
    try:
        yield
    except faults as error:
        raise not_writable(path, error) from None


@contextmanager
def telling_columns(path: str) -> Iterator[None]:
    """A table without its columns is Error `missing_field` that names its file too."""
    try:
        yield
    except Error as error:
        if error.code != "missing_field":
            raise
        there_is_no = "there are no columns" if ", " in error.subject else "there is no column"
        raise Error(error.code, f"{path}: {there_is_no} {error.subject}") from None


def temporary_file() -> str:
    """As it is told: it has no name, and its folder is what has to have room."""
    return f"{os.environ.get('TMPDIR') or tempfile.gettempdir()}: temporary file"


def not_writable(name: str | os.PathLike[str], error: Exception) -> Error:
    return Error("file_not_writable", f"{name}: {_reason(error)}")


def _reason(error: Exception) -> str:
    """Without the path: `No such file or directory`."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _first_line(text: str) -> str:
    return next(iter(text.splitlines()), "")
