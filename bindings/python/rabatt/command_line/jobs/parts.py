"""Results as parts in folders, and a journal of them, so that a run that was stopped can be gone on with.

A part appears under its name when it is whole, and in the journal when it is on the disk for good. The
journal, `_rabatt.jsonl`, has a line for the run (what it prices, and how), one for what is known of the whole
table, one for each part, and one at the end. Readers of datasets pass over it, for its name.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from rabatt import _rabatt
from rabatt.command_line.destinations import NewFile, not_writable
from rabatt.command_line.jobs.findings import Counts, Findings
from rabatt.command_line.jobs.job import Prepared, PricedPiece
from rabatt.command_line.jobs.single_files import COUNTS, SingleFiles, TableOutput
from rabatt.command_line.jobs.writers import Style, TableFormat
from rabatt.command_line.progress import Advance
from rabatt.errors import Error

JOURNAL = "_rabatt.jsonl"
_WORK = ".rabatt"  # a folder for what is needed until the end
_PIECES_OF_PART = 16
_BYTES_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class PartFolders:
    """Where parts go: by lines and, where they are wanted, orders; and the file of rejects."""

    form: TableFormat
    lines: Path
    orders: Path | None
    rejects: Path | None

    def path(self, name: str, part: int) -> Path:
        if name == "rejects":
            return self.work / f"rejects-{part:05}.csv"
        folder = self.orders if name == "orders" and self.orders else self.lines
        return folder / f"part-{part:05}.{self.form}"

    @property
    def work(self) -> Path:
        return self.lines / _WORK

    def to_json(self) -> dict[str, Any]:
        """The folder of the lines may be moved."""
        others = {"orders": self.orders, "rejects": self.rejects}
        return {"format": self.form} | {name: path and str(path) for name, path in others.items()}

    @property
    def names(self) -> list[str]:
        wanted = {"lines": self.lines, "orders": self.orders, "rejects": self.rejects}
        return [name for name, path in wanted.items() if path]


@dataclass
class PartRun:
    """A run whose parts are in `folders`; `next_row` is the first that is in none of them."""

    folders: PartFolders
    style: Style
    journal: BinaryIO
    prepared: Prepared | None = None
    parts: int = 0
    next_row: int = 0
    is_finished: bool = False
    counts: Counts = field(default_factory=Counts)
    findings: Findings = field(default_factory=Findings)

    @classmethod
    @contextmanager
    def open(
        cls, folders: PartFolders, run: Mapping[str, Any], style: Style, resume: bool
    ) -> Iterator[PartRun]:
        """`run` is what has to be the same when it is gone on with. Raises Error `file_not_writable` where
        the folder is not empty, or has the parts of another run, or another process writes them."""
        for folder in filter(None, (folders.lines, folders.orders)):
            _make(folder)
        path = folders.lines / JOURNAL
        if not path.exists():
            _refuse_other_files(folders)
        elif not resume:
            raise _refused(folders.lines, "it has parts already; --resume goes on with them")
        with _opened(path) as journal:
            _lock(journal, folders.lines)
            opened = cls(folders, style, journal)
            with _told(path):
                opened._read(run)
                folders.work.mkdir(exist_ok=True)
            yield opened

    def begin(self, prepared: Prepared) -> None:
        """Before the first part."""
        if prepared.scattered:
            with _told(self.folders.work), open(self._scattered, "wb") as file:
                file.write(prepared.scattered.finished())
                _to_disk(file)
        self.prepared = prepared
        self.findings.add(prepared.findings)
        is_scattered = prepared.scattered is not None
        known = {"rows": prepared.rows, "places": prepared.places, "scattered": is_scattered}
        self._note({"table": known, "findings": prepared.findings.to_json()})

    def add(self, pieces: Iterator[PricedPiece], advance: Advance) -> None:
        """The rest of the parts. What is raised in between leaves the parts that are whole."""
        piece = next(pieces, None)
        while piece:
            with _Part(self, self.parts) as part:
                for _ in range(_PIECES_OF_PART):
                    part.add(piece)
                    advance(piece.counts.rows)
                    piece = next(pieces, None)
                    if not piece:
                        break
            self._note(part.noted())
            self._count(part.counts, part.findings)

    def finish(self) -> None:
        if self.folders.rejects:
            new = NewFile.open(str(self.folders.rejects))
            for part in range(self.parts):
                with _told(self.folders.work), open(self.folders.path("rejects", part), "rb") as file:
                    if part:
                        file.readline()  # the names again
                    while content := file.read(_BYTES_AT_ONCE):
                        new.write(content)
            new.finish()
            new.publish()
        self._note({"finished": {"parts": self.parts, "rows": self.counts.rows}})
        shutil.rmtree(self.folders.work, ignore_errors=True)

    def _count(self, counts: Counts, findings: Findings) -> None:
        self.parts += 1
        self.next_row += counts.rows
        self.counts.add(counts)
        self.findings.add(findings)

    def _note(self, line: Mapping[str, Any]) -> None:
        with _told(self.folders.lines / JOURNAL):
            self.journal.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            _to_disk(self.journal)

    def _read(self, run: Mapping[str, Any]) -> None:
        """What the journal says, as far as it is true; it is cut behind that."""
        self.journal.seek(0)
        texts = [text for text in self.journal if text.endswith(b"\n")]  # the last may be half-written
        lines = [json.loads(text) for text in texts]
        if lines:
            _check_same(run, lines[0], self.folders.lines)
        self.is_finished = bool(lines) and "finished" in lines[-1]
        false = (number for number, line in enumerate(lines) if not self._is_true(line))
        true = next(false, len(lines))
        if self.is_finished and true < len(lines):
            self.is_finished = False
            true = 1  # what it worked with is gone
        for line in lines[1:true]:
            self._take(line)
        self.journal.truncate(sum(map(len, texts[:true])))
        if not lines:
            self._note(run)
        if not self.is_finished:
            self._remove_what_is_not_whole()

    def _is_true(self, line: Mapping[str, Any]) -> bool:
        """Whether what the line speaks of is there; at the end the rejects are in their own file."""
        if "table" in line:
            return self.is_finished or not line["table"]["scattered"] or self._scattered.exists()
        if "finished" in line:
            return not self.folders.rejects or self.folders.rejects.exists()
        sizes = {
            self.folders.path(name, line["part"]): size
            for name, size in line.get("bytes", {}).items()
            if not (self.is_finished and name == "rejects")
        }
        return all(path.exists() and path.stat().st_size == size for path, size in sizes.items())

    def _take(self, line: Mapping[str, Any]) -> None:
        if "table" in line:
            self.findings = Findings.from_json(line["findings"])
            scattered = None
            if line["table"]["scattered"] and not self.is_finished:
                scattered = _rabatt.ScatteredOrders.of_finished(self._scattered.read_bytes())
            self.prepared = Prepared(line["table"]["rows"], line["table"]["places"], scattered, self.findings)
        elif "part" in line:
            self._count(Counts.from_json(line["counts"]), Findings.from_json(line["findings"]))

    @property
    def _scattered(self) -> Path:
        return self.folders.work / "scattered"

    def _remove_what_is_not_whole(self) -> None:
        for folder in filter(None, (self.folders.lines, self.folders.orders, self.folders.work)):
            if folder.exists():
                for path in folder.glob(".*.part"):
                    path.unlink()
        if not self.prepared and self.folders.work.exists():
            shutil.rmtree(self.folders.work)


class _Part:
    """Its files; they get their names when all is well with them."""

    def __init__(self, run: PartRun, number: int) -> None:
        self.number = number
        self.files = {name: NewFile.open(str(run.folders.path(name, number))) for name in run.folders.names}
        outputs = {
            name: TableOutput(
                file, "csv" if name == "rejects" else run.folders.form, COUNTS.get(name, frozenset())
            )
            for name, file in self.files.items()
        }
        self.tables = SingleFiles(outputs, run.style)
        self.counts = Counts()
        self.findings = Findings()

    def __enter__(self) -> _Part:
        return self

    def __exit__(self, kind: type[BaseException] | None, *exception: object) -> None:
        try:
            self.tables.__exit__(kind)
            if kind is None:
                for file in self.files.values():
                    file.finish()
                for file in self.files.values():
                    file.publish()
                    _folder_to_disk(Path(file.final).parent)
        finally:
            for file in self.files.values():
                file.discard()

    def add(self, piece: PricedPiece) -> None:
        self.tables.add(piece)
        self.counts.add(piece.counts)
        self.findings.add(piece.findings)

    def noted(self) -> dict[str, Any]:
        """What the journal says of it."""
        sizes = {name: Path(file.final).stat().st_size for name, file in self.files.items()}
        about = {"counts": self.counts.to_json(), "findings": self.findings.to_json()}
        return {"part": self.number, "bytes": sizes, **about}


def content_of(path: str) -> str:
    """What tells one input from another. Raises Error `file_not_readable`."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Error("file_not_readable", f"{path}: {error.strerror}") from None


def _check_same(run: Mapping[str, Any], noted: Mapping[str, Any], folder: Path) -> None:
    for what, value in run.items():
        if noted.get(what) != value:
            raise _refused(folder, f"--resume: it was begun with another {what}: {noted.get(what)}")


def _refuse_other_files(folders: PartFolders) -> None:
    for folder in filter(None, (folders.lines, folders.orders)):
        if any(folder.iterdir()):
            raise _refused(folder, "the folder is not empty")


def _refused(folder: Path, why: str) -> Error:
    return Error("file_not_writable", f"{folder}: {why}")


def _make(folder: Path) -> None:
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)


def _opened(path: Path) -> BinaryIO:
    with _told(path):
        return open(path, "ab+")


def _lock(journal: BinaryIO, folder: Path) -> None:
    try:
        fcntl.flock(journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _refused(folder, "another process is writing it") from None


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _folder_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise not_writable(str(path), error) from None
