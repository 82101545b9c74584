"""The journal of a run in parts: lines of JSON, each of them on the disk for good before it counts.

The first line is `run` (what is priced, and how), the second `table` (what is known of the whole of it), then
come `part` after `part`, and `finished`.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from rabatt.command_line.file_faults import writing
from rabatt.errors import Error

_KINDS = ("run", "table", "part", "finished")


class Journal:
    """Open and locked; `lines` are those that it has, `sizes` their bytes in the file."""

    def __init__(self, path: Path) -> None:
        """Raises Error `file_not_writable`, also where another process has it; `file_not_readable` where it
        is no journal."""
        self.path = path
        self.lines: list[Mapping[str, Any]] = []
        self.sizes: list[int] = []
        with writing(path):
            self.file: BinaryIO = open(path, "ab+")  # noqa: SIM115
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._read()
        except BlockingIOError:
            self.file.close()
            raise Error("file_not_writable", f"{path.parent}: another process is writing it") from None
        except BaseException:
            self.file.close()
            raise

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *exception: object) -> None:
        self.file.close()

    def add(self, line: Mapping[str, Any]) -> None:
        text = json.dumps(line, ensure_ascii=False).encode() + b"\n"
        with writing(self.path):
            self.file.write(text)
            to_disk(self.file)
        self._note(line, text)

    def keep(self, count: int) -> None:
        """The first lines alone."""
        with writing(self.path):
            self.file.truncate(sum(self.sizes[:count]))
        del self.lines[count:], self.sizes[count:]

    def of(self, kind: str) -> Sequence[Any]:
        return [line[kind] for line in self.lines if kind in line]

    def _note(self, line: Mapping[str, Any], text: bytes) -> None:
        self.lines.append(line)
        self.sizes.append(len(text))

    def _read(self) -> None:
        self.file.seek(0)
        for number, text in enumerate(self.file, 1):
            if not text.endswith(b"\n"):
                break  # it was being written
            try:
                line = json.loads(text)
            except ValueError:
                line = None
            kinds = ["run"] if number == 1 else _KINDS[1:]
            if not isinstance(line, dict) or not any(kind in line for kind in kinds):
                why = "this is no journal of parts"
                raise Error("file_not_readable", f"{self.path} line {number}: {why}")
            self._note(line, text)
        self.file.truncate(sum(self.sizes))


def to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def folder_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
