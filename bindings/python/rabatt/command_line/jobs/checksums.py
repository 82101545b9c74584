"""Whether a file is what was once read, or written."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path

from rabatt.command_line.destinations import Destination
from rabatt.command_line.file_faults import reading

_BYTES_AT_ONCE = 1 << 20


def content_of(path: str) -> str:
    """What tells one input from another. Raises Error `file_not_readable`."""
    with reading(path), open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(slots=True)
class Summed:
    """A destination, and the checksum of what was written to it."""

    to: Destination
    crc32: int = 0

    def write(self, content: bytes) -> None:
        self.crc32 = zlib.crc32(content, self.crc32)
        self.to.write(content)


def crc32_of(path: Path) -> int:
    """The same of a file. It finds what went wrong, faster than a digest, and not what somebody forged.
    Raises Error `file_not_readable`."""
    crc32 = 0
    with reading(path), open(path, "rb") as file:
        while content := file.read(_BYTES_AT_ONCE):
            crc32 = zlib.crc32(content, crc32)
    return crc32
