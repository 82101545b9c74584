"""`rabatt price`: orders in, prices out."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rabatt.book import Book
from rabatt.command_line.book_files import load_book
from rabatt.command_line.destinations import Destination, Destinations, Held, spare_what_is_read
from rabatt.command_line.failures import Failures
from rabatt.command_line.float_places import FloatPlaces
from rabatt.command_line.formats import (
    FileFormat,
    file_format,
    named_format,
    on_terminal,
    output_format,
    second_format,
)
from rabatt.command_line.messages import say_lines
from rabatt.command_line.price_requests import price_requests
from rabatt.command_line.progress import waiting
from rabatt.command_line.results import Output, Outputs, write_tables
from rabatt.command_line.row_messages import note_rows
from rabatt.command_line.tables import PricedFile, read_orders
from rabatt.errors import Error

if TYPE_CHECKING:  # PyArrow takes a while to load
    from rabatt.command_line.jobs.table_run import TableRun

_INTERRUPTED = 130  # as a program that Ctrl-C ends
_BYTES_OF_SHORT = 1 << 20


@dataclass(frozen=True, slots=True)
class PriceRun:
    """What was asked for: paths, None for standard output, and a format where one was named."""

    book: str
    orders: str
    out: str | None = None
    orders_out: str | None = None
    format: str | None = None
    fail_fast: bool = False
    float_places: FloatPlaces = field(default_factory=dict)
    rejects: str | None = None
    threads: int = 1
    resume: bool = False

    def run(self) -> int:
        """The exit status. Raises Error where nothing could be done; then no file was written."""
        given = file_format(self.orders)
        is_table = given in ("csv", "parquet")
        if not is_table and (self.rejects or self.resume or self.threads > 1 or _is_folder(self.out)):
            said = "--rejects, --resume, --threads and parts are for tables, not for requests"
            raise Error("invalid_value", said)
        if self.rejects:
            _check_rejects_name(self.rejects)
        if _is_folder(self.out):
            return self._into_parts(given)
        if self.resume:
            raise Error("invalid_value", "--resume is for parts: --out FOLDER/")
        if _is_folder(self.orders_out):
            raise Error("invalid_value", f"--orders {self.orders_out}: a folder is for parts: --out FOLDER/")
        with Destinations() as places:
            outputs = self._outputs(places, given)
            rejects = self._rejects(places)
            book = load_book(self.book)
            if is_table and outputs.lines.form == "table" and rejects:
                raise Error("invalid_value", "--rejects is for results in a file: --out FILE")
            if is_table and (outputs.lines.form == "table" or self._is_short(given, outputs, rejects)):
                failures = self._as_texts(book, given, outputs)
            elif is_table:
                failures = self._into_files(book, given, outputs, rejects)
            else:
                failures = Failures("requests", self.fail_fast)
                price_requests(book, self.orders, given == "json", outputs, failures, self._shows_progress())
        return failures.tell()

    def _into_parts(self, given: FileFormat) -> int:
        from rabatt.command_line.jobs.part_folders import PartFolders
        from rabatt.command_line.jobs.table_run import Stopped
        from rabatt.command_line.jobs.writers import TABLE_FORMATS, table_format

        if self.fail_fast:
            raise Error("invalid_value", "--fail-fast is for one file: parts that are whole stay")
        form = table_format(named_format(self.format or given, TABLE_FORMATS))
        if self.orders_out and not _is_folder(self.orders_out):
            raise Error("invalid_value", f"--orders {self.orders_out}: beside parts it is a folder: FOLDER/")
        assert self.out
        folders = PartFolders(form, Path(self.out), _path(self.orders_out), _path(self.rejects))
        spare_what_is_read((self.book, self.orders), (self.rejects,))
        book = load_book(self.book)
        try:
            return self._table_run(book, given).into_parts(folders, self.resume).tell()
        except Stopped as stopped:
            say_lines(f"rabatt: stopped behind row {stopped.row:,}; --resume goes on from there\n")
            return _INTERRUPTED

    def _table_run(self, book: Book, given: FileFormat) -> TableRun:
        from rabatt.command_line.jobs.table_run import TableRun

        stated, shown = self.float_places, self._shows_progress()
        return TableRun(book, self.orders, given, stated, self.threads, self.fail_fast, shown)

    def _shows_progress(self) -> bool:
        return self.out is not None or not on_terminal()

    def _rejects(self, places: Destinations) -> Destination | None:
        if self.rejects is None:
            return None
        spare_what_is_read((self.book, self.orders), (self.rejects,))
        return places.open(self.rejects)

    def _outputs(self, places: Destinations, given: FileFormat) -> Outputs:
        form = output_format(self.format, self.out, given)
        if form == "parquet" and self.out is None and on_terminal():
            raise Error("unknown_format", "parquet is not for a terminal: --out FILE")
        spare_what_is_read((self.book, self.orders), (self.out, self.orders_out))
        if self.orders_out == "-" and self.out is None:
            raise Error("file_not_writable", "--orders -: standard output has the priced lines")
        lines = Output(places.open(self.out), form)
        if self.orders_out is None:
            return Outputs(lines, None)
        otherwise = given if form == "table" else form
        orders_form = second_format(otherwise if self.format else None, self.orders_out, otherwise)
        return Outputs(lines, Output(places.open(self.orders_out), orders_form))

    def _into_files(
        self, book: Book, given: FileFormat, outputs: Outputs, rejects: Destination | None
    ) -> Failures:
        from rabatt.command_line.jobs.single_files import table_outputs

        run = self._table_run(book, given)
        if self.fail_fast and self.out is None:
            with Held() as held:  # a pipe takes nothing back
                failures = run.into_files(table_outputs(outputs, held, rejects))
                held.release(outputs.lines.to)
                return failures
        return run.into_files(table_outputs(outputs, outputs.lines.to, rejects))

    def _is_short(self, given: FileFormat, outputs: Outputs, rejects: Destination | None) -> bool:
        """Whether all of it is text and little: PyArrow takes longer to load than that to price."""
        is_text = given == "csv" and not outputs.any_parquet() and rejects is None
        try:
            return is_text and os.path.getsize(self.orders) < _BYTES_OF_SHORT
        except OSError:
            return True  # whoever opens it says why

    def _as_texts(self, book: Book, given: FileFormat, outputs: Outputs) -> Failures:
        failures = Failures("rows", self.fail_fast)
        with waiting("pricing"):
            priced = PricedFile(book, read_orders(self.orders, given, self.float_places))
            note_rows(priced, failures)
        write_tables(outputs, priced)
        return failures


def _check_rejects_name(path: str) -> None:
    """What is mended is priced again, and has to be known for CSV then; a device keeps nothing."""
    if path == "-":
        raise Error("file_not_writable", "--rejects -: they go to a file")
    if not path.lower().endswith(".csv") and not path.startswith("/dev/"):
        raise Error("unknown_format", f"--rejects {path}: they are CSV: FILE.csv")


def _is_folder(path: str | None) -> bool:
    return path is not None and (path.endswith("/") or os.path.isdir(path))


def _path(path: str | None) -> Path | None:
    return None if path is None else Path(path)
