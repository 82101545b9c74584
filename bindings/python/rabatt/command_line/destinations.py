"""Where results go: standard output, or files that appear whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Protocol

from rabatt.command_line.file_faults import not_writable, temporary_file, writing
from rabatt.errors import Error

_MOST_IN_MEMORY = 1 << 20


class PipeClosed(Exception):
    """Nobody reads on: `rabatt … | head`."""


class Destination(Protocol):
    def write(self, content: bytes) -> None:
        """Raises Error `file_not_writable`, or PipeClosed."""


class StandardOutput:
    def write(self, content: bytes) -> None:
        self._do(lambda file: file.write(content))

    def flush(self) -> None:
        self._do(lambda file: file.flush())

    def _do(self, act: Act) -> None:
        if sys.stdout is None:
            raise Error("file_not_writable", "standard output: it is closed")
        try:
            act(sys.stdout.buffer)
        except OSError as error:
            self._forget()
            if isinstance(error, BrokenPipeError):
                raise PipeClosed from None
            raise not_writable("standard output", error) from None

    @staticmethod
    def _forget() -> None:
        """What is left in the buffer would be a second complaint at the end of the program."""
        with suppress(OSError, ValueError):
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, sys.stdout.fileno())


class Held:
    """What is to be written to another place, or not at all."""

    def __init__(self) -> None:
        self.file = tempfile.SpooledTemporaryFile(_MOST_IN_MEMORY)  # noqa: SIM115

    def __enter__(self) -> Held:
        return self

    def __exit__(self, *exception: object) -> None:
        with suppress(OSError):  # of what could not be written
            self.file.close()

    def write(self, content: bytes) -> None:
        with writing(temporary_file()):
            self.file.write(content)

    def release(self, to: Destination) -> None:
        with writing(temporary_file()):
            self.file.seek(0)
            while content := self.file.read(_MOST_IN_MEMORY):
                to.write(content)


class Act(Protocol):
    def __call__(self, file: BinaryIO, /) -> object: ...


@dataclass
class NewFile:
    """A file beside the one that it is to become; what is no file is written to as it stands."""

    path: str
    final: str
    file: BinaryIO
    beside: str | None

    @classmethod
    def open(cls, path: str) -> NewFile:
        final = os.path.realpath(path)
        try:
            mode = _mode_of(final)
            if not stat.S_ISREG(mode) or path.startswith("/dev/"):
                return cls(path, final, open(path, "ab"), None)
            folder, name = os.path.split(final)
            descriptor, beside = tempfile.mkstemp(prefix=f".{name[:100]}.", suffix=".part", dir=folder)
            os.fchmod(descriptor, stat.S_IMODE(mode))
            return cls(path, final, os.fdopen(descriptor, "wb"), beside)
        except (OSError, ValueError) as error:
            raise not_writable(path, error) from None

    def write(self, content: bytes) -> None:
        try:
            self.file.write(content)
        except OSError as error:
            raise not_writable(self.path, error) from None

    def finish(self) -> None:
        try:
            self.file.flush()
            if self.beside:
                os.fsync(self.file.fileno())
            self.file.close()
        except OSError as error:
            raise not_writable(self.path, error) from None

    def publish(self) -> None:
        if self.beside:
            try:
                os.replace(self.beside, self.final)
            except OSError as error:
                raise not_writable(self.path, error) from None
            self.beside = None

    def discard(self) -> None:
        with suppress(OSError):
            self.file.close()
        if self.beside:
            with suppress(OSError):
                os.unlink(self.beside)


class Destinations:
    """The places of one run: `with Destinations() as places: places.open("out.csv").write(b"…")`.

    When the block ends without an exception all files get their names; otherwise none does.
    """

    def __init__(self) -> None:
        self.files: list[NewFile] = []

    def __enter__(self) -> Destinations:
        return self

    def open(self, path: str | None) -> Destination:
        """Standard output where there is no path, or a dash. Raises Error `file_not_writable`."""
        if path is None or path == "-":
            return StandardOutput()
        new = NewFile.open(path)
        if any(file.final == new.final and file.beside for file in self.files):
            new.discard()
            raise Error("file_not_writable", f"{path}: it is written already")
        self.files.append(new)
        return new

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                for file in self.files:
                    file.finish()
                for file in self.files:
                    file.publish()
        finally:
            for file in self.files:
                file.discard()


def spare_what_is_read(read: Iterable[str], written: Iterable[str | None]) -> None:
    """Raises Error `file_not_writable` where a command would write over what it reads."""
    spared = {os.path.realpath(path) for path in read}
    for path in written:
        if path is not None and os.path.realpath(path) in spared:
            raise Error("file_not_writable", f"{path}: it is read here")


def _mode_of(path: str) -> int:
    """Of the file that is there; else what a new one would get."""
    with suppress(FileNotFoundError):
        return os.stat(path).st_mode
    mask = os.umask(0)
    os.umask(mask)
    return stat.S_IFREG | (0o666 & ~mask)
