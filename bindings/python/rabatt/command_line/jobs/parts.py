"""Results as parts in folders, so that a run that was stopped can be gone on with.

A part appears under its name when it is whole, and in the journal when it is on the disk for good. The
journal is `_rabatt.jsonl` in the folder of the lines; readers of datasets pass over it, for its name.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rabatt import _rabatt
from rabatt.command_line.destinations import NewFile
from rabatt.command_line.file_faults import writing
from rabatt.command_line.jobs.checksums import Summed, crc32_of
from rabatt.command_line.jobs.findings import Counts, Findings
from rabatt.command_line.jobs.job import Prepared, PricedPiece
from rabatt.command_line.jobs.journal import Journal, folder_to_disk, to_disk
from rabatt.command_line.jobs.part_folders import JOURNAL, PartFolders, refused, remove_folders
from rabatt.command_line.jobs.single_files import SingleFiles, TableOutput
from rabatt.command_line.jobs.writers import Style
from rabatt.command_line.progress import Advance
from rabatt.errors import Error

_PIECES_OF_PART = 16
_BYTES_AT_ONCE = 1 << 20

#: What is said of a run that goes on as another than was begun; in braces what the journal has.
_DIFFERENCES = {
    "version": "it was begun by rabatt {}",
    "book": "the book has changed",
    "input": "the input has changed",
    "input format": "it was begun with input in {}",
    "float places": "it was begun with other --float-places: {}",
    "output format": "it was begun with --format {}",
    "tables": "it was begun with other outputs: {}",
}


@dataclass
class PartRun:
    """A run whose parts are in `folders`; `next_row` is the first that is in none of them."""

    folders: PartFolders
    style: Style
    journal: Journal
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
        """`run` is what has to be the same when it is gone on with. What fails before the table is known
        leaves nothing. Raises Error `file_not_writable` where a folder is not empty, or another process
        writes there, `invalid_value` where the run that is to be gone on with was another."""
        made = folders.make()
        with Journal(folders.lines / JOURNAL) as journal:
            opened = cls(folders, style, journal)
            opened._take_up(run, resume)
            try:
                yield opened
            finally:
                if not opened.prepared:
                    opened._leave_nothing(made)

    def begin(self, prepared: Prepared) -> None:
        """Before the first part."""
        work = self.folders.work
        with writing(work):
            if prepared.scattered:
                (work / "scattered").write_bytes(prepared.scattered.finished())
            for path in work.iterdir():
                with path.open("rb") as file:
                    to_disk(file)
            folder_to_disk(work)
        known = {
            "rows": prepared.rows,
            "places": prepared.places,
            "findings": prepared.findings.to_json(),
            "work": {path.name: path.stat().st_size for path in sorted(work.iterdir())},
        }
        self.journal.add({"table": known})
        self.prepared = prepared
        self.findings.add(prepared.findings)

    def add(self, pieces: Iterator[PricedPiece], advance: Advance) -> None:
        """The rest of the parts. What is raised in between leaves the parts that are whole."""
        piece = next(pieces, None)
        while piece:
            with _Part(self, self.parts) as part:
                for _ in range(_PIECES_OF_PART):
                    part.add(piece)
                    advance(piece.counts.rows)
                    piece = None  # not to be kept while the next is made
                    piece = next(pieces, None)
                    if not piece:
                        break
            self.journal.add({"part": part.noted()})
            self._count(part.counts, part.findings)

    def finish(self) -> None:
        if self.folders.rejects:
            self._write_rejects(NewFile.open(str(self.folders.rejects)))
        self.journal.add({"finished": {"parts": self.parts, "rows": self.counts.rows}})
        shutil.rmtree(self.folders.work, ignore_errors=True)

    def _write_rejects(self, new: NewFile) -> None:
        try:
            for part in range(self.parts):
                path = self.folders.path("rejects", part)
                with writing(path), path.open("rb") as file:
                    while content := file.read(_BYTES_AT_ONCE):
                        new.write(content)
            new.finish()
            new.publish()
        finally:
            new.discard()

    def _take_up(self, run: Mapping[str, Any], resume: bool) -> None:
        """What the journal says, as far as it is true; it is cut behind that."""
        if len(self.journal.lines) > 1:
            if not resume:
                raise refused(self.folders.lines, "it has parts already; --resume goes on with them")
            _check_same(run, self.journal.lines[0]["run"], self.folders.lines)
        self.journal.keep(self._true_lines())
        for table in self.journal.of("table"):
            self._take_up_table(table)
        for part in self.journal.of("part"):
            self._count(Counts.from_json(part["counts"]), Findings.from_json(part["findings"]))
        if not self.journal.lines:
            self.journal.add({"run": run})
        if not self.is_finished:
            self._remove_what_is_not_whole()

    def _true_lines(self) -> int:
        """How many lines are true. Of a run that did not come to know its table none is; when one is finished
        that is not all there any more, what it worked with is gone."""
        lines = self.journal.lines
        self.is_finished = bool(self.journal.of("finished"))
        false = (number for number, line in enumerate(lines) if not self._is_true(line))
        true = next(false, len(lines))
        if self.is_finished and true < len(lines):
            self.is_finished = False
            return 0
        return true if true > 1 else 0

    def _is_true(self, line: Mapping[str, Any]) -> bool:
        """Whether what the line speaks of is there; at the end the rejects are in their own file."""
        if "finished" in line:
            return not self.folders.rejects or self.folders.rejects.exists()
        if "table" in line:
            sizes = {self.folders.work / name: size for name, size in line["table"]["work"].items()}
            return self.is_finished or _are_there(sizes)
        if "part" in line:
            return self._is_whole(line["part"])
        return True

    def _is_whole(self, part: Mapping[str, Any]) -> bool:
        """A part that was noted without checksums is not known to be."""
        names = [name for name in part["bytes"] if not (self.is_finished and name == "rejects")]
        paths = {name: self.folders.path(name, part["number"]) for name in names}
        return _are_there({path: part["bytes"][name] for name, path in paths.items()}) and all(
            crc32_of(path) == part.get("crc32", {}).get(name) for name, path in paths.items()
        )

    def _take_up_table(self, table: Mapping[str, Any]) -> None:
        scattered = None
        if "scattered" in table["work"] and not self.is_finished:
            content = (self.folders.work / "scattered").read_bytes()
            scattered = _rabatt.ScatteredOrders.of_finished(content)
        self.findings = Findings.from_json(table["findings"])
        self.prepared = Prepared(table["rows"], table["places"], scattered, self.findings)

    def _count(self, counts: Counts, findings: Findings) -> None:
        self.parts += 1
        self.next_row += counts.rows
        self.counts.add(counts)
        self.findings.add(findings)

    def _remove_what_is_not_whole(self) -> None:
        work = self.folders.work
        with writing(work):
            if not self.prepared and work.exists():
                shutil.rmtree(work)
            work.mkdir(exist_ok=True)
            for folder in (*self.folders.folders, work):
                for path in folder.glob(".*.part"):
                    path.unlink()

    def _leave_nothing(self, made: list[Path]) -> None:
        """But folders that were there."""
        with suppress(OSError):
            shutil.rmtree(self.folders.work)
            self.journal.path.unlink()
            remove_folders(made)


class _Part:
    """Its files; they get their names when all is well with them."""

    def __init__(self, run: PartRun, number: int) -> None:
        self.number = number
        self.files = {name: NewFile.open(str(run.folders.path(name, number))) for name in run.folders.names}
        self.summed = {name: Summed(file) for name, file in self.files.items()}
        outputs = {name: TableOutput(to, run.folders.form) for name, to in self.summed.items()}
        if "rejects" in outputs:  # those of all parts are one file
            outputs["rejects"] = TableOutput(self.summed["rejects"], "csv", with_names=number == 0)
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
                    folder_to_disk(Path(file.final).parent)
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
        sums = {name: summed.crc32 for name, summed in self.summed.items()}
        about = {"counts": self.counts.to_json(), "findings": self.findings.to_json()}
        return {"number": self.number, "bytes": sizes, "crc32": sums, **about}


def _are_there(sizes: Mapping[Path, int]) -> bool:
    return all(path.exists() and path.stat().st_size == size for path, size in sizes.items())


def _check_same(run: Mapping[str, Any], noted: Mapping[str, Any], folder: Path) -> None:
    for what, value in run.items():
        if (before := noted.get(what)) != value:
            raise Error("invalid_value", f"--resume {folder}: {_DIFFERENCES[what].format(_listed(before))}")


def _listed(noted: object) -> str:
    if isinstance(noted, dict):
        return _listed([f"{name}={value}" for name, value in noted.items()])
    return (", ".join(map(str, noted)) if isinstance(noted, list) else str(noted)) or "none"
