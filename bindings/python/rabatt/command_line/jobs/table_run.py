"""`rabatt price` for tables: into files, or into parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

import rabatt
from rabatt.arrow_orders import Fit
from rabatt.book import Book
from rabatt.command_line.failures import Failures
from rabatt.command_line.float_places import FloatPlaces
from rabatt.command_line.jobs.checksums import content_of
from rabatt.command_line.jobs.findings import Counts, Findings, failures_of, refuse_first
from rabatt.command_line.jobs.input_tables import InputTable, open_input
from rabatt.command_line.jobs.job import TableJob
from rabatt.command_line.jobs.part_folders import PartFolders
from rabatt.command_line.jobs.parts import PartRun
from rabatt.command_line.jobs.single_files import SingleFiles, TableOutput
from rabatt.command_line.jobs.writers import Style
from rabatt.command_line.parquet_files import check_has_text
from rabatt.command_line.progress import progress


class Stopped(Exception):
    """By somebody, while parts were written; the rows up to `row` are in them."""

    def __init__(self, row: int) -> None:
        self.row = row


@dataclass(frozen=True, slots=True)
class TableRun:
    """What is priced, and how. `fail_fast` is for files alone."""

    book: Book
    path: str
    form: str
    float_places: FloatPlaces
    threads: int
    fail_fast: bool
    show_progress: bool

    def into_files(self, outputs: Mapping[str, TableOutput]) -> Failures:
        """`outputs` by lines, orders and rejects. Amounts are texts or decimals, as the format of a file has
        them: where two differ in that the table is priced for each. Raises Error."""
        fits = {name: _fit(output.form) for name, output in outputs.items()}
        fits["rejects"] = fits["lines"]
        found = [
            self._into_files(fit, {name: output for name, output in outputs.items() if fits[name] == fit})
            for fit in dict.fromkeys(fits.values())
        ]
        return found[0]

    def into_parts(self, folders: PartFolders, resume: bool) -> Failures:
        """Raises Error, Stopped."""
        rejects = folders.rejects is not None
        as_text = rejects or folders.form != "parquet"
        job = self._job(_fit(folders.form), folders.work, rejects, as_text, in_parts=True)
        with PartRun.open(folders, self._identity(folders), self._style(job.table), resume) as run:
            try:
                if not run.is_finished:
                    self._go_on(run, job)
            except KeyboardInterrupt:
                raise Stopped(run.next_row) from None
            return failures_of(run.counts, run.findings)

    def _into_files(self, fit: Fit, outputs: dict[str, TableOutput]) -> Failures:
        counts, findings = Counts(), Findings()
        as_text = any(output.form != "parquet" for name, output in outputs.items() if name != "orders")
        with TemporaryDirectory(prefix="rabatt-") as folder:
            job = self._job(fit, Path(folder), "rejects" in outputs, as_text, in_parts=False)
            prepared = job.prepare(self.show_progress)
            findings.add(prepared.findings)
            with (
                SingleFiles(outputs, self._style(job.table)) as files,
                progress("pricing", prepared.rows, self.show_progress, "rows") as advance,
            ):
                for piece in job.pieces(prepared, 0):
                    counts.add(piece.counts)
                    findings.add(piece.findings)
                    if self.fail_fast:
                        refuse_first(piece.counts, findings)
                    files.add(piece)
                    advance(piece.counts.rows)
                    del piece  # not to be kept while the next is made
        return failures_of(counts, findings)

    def _go_on(self, run: PartRun, job: TableJob) -> None:
        prepared = run.prepared
        if not prepared:
            prepared = job.prepare(self.show_progress)
            run.begin(prepared)
        with progress("pricing", prepared.rows, self.show_progress, "rows", done=run.next_row) as advance:
            if run.next_row < prepared.rows or not run.parts:
                run.add(job.pieces(prepared, run.next_row), advance)
        run.finish()

    def _job(self, fit: Fit, folder: Path, rejects: bool, as_text: bool, in_parts: bool) -> TableJob:
        """`as_text` tells whether cells that are carried through become text."""
        pa.set_memory_pool(pa.system_memory_pool())  # the others keep what they once had
        table = open_input(self.path, self.form, self.float_places)
        if as_text:
            check_has_text(table.schema)
        return TableJob(self.book, table, fit, self.threads, in_parts, rejects, folder)

    def _style(self, table: InputTable) -> Style:
        about = {"rabatt.version": rabatt.__version__, "rabatt.book": self.book.hash}
        return Style(table.line_end, self.float_places, about)

    def _identity(self, folders: PartFolders) -> dict[str, Any]:
        """What has to be the same when a run is gone on with; not how many threads do it."""
        return {
            "version": rabatt.__version__,
            "book": self.book.hash,
            "input": content_of(self.path),
            "input format": self.form,
            "float places": dict(self.float_places),
            "output format": folders.form,
            "tables": folders.names,
        }


def _fit(form: str) -> Fit:
    return "decimal" if form == "parquet" else "text"
