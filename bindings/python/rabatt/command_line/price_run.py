"""`rabatt price`: orders in, prices out."""

from __future__ import annotations

from dataclasses import dataclass, field

from rabatt.book import Book
from rabatt.command_line.book_files import load_book
from rabatt.command_line.destinations import Destinations, spare_what_is_read
from rabatt.command_line.failures import Failures
from rabatt.command_line.float_places import FloatPlaces
from rabatt.command_line.formats import FileFormat, file_format, on_terminal, output_format, second_format
from rabatt.command_line.price_requests import price_requests
from rabatt.command_line.progress import waiting
from rabatt.command_line.results import Output, Outputs, write_tables
from rabatt.command_line.row_messages import note_rows
from rabatt.command_line.tables import PricedFile, read_orders
from rabatt.errors import Error


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

    def run(self) -> int:
        """The exit status. Raises Error where nothing could be done; then no file was written."""
        given = file_format(self.orders)
        with Destinations() as places:
            outputs = self._outputs(places, given)
            book = load_book(self.book)
            if given in ("csv", "parquet"):
                failures = self._price_table(book, given, outputs)
            else:
                failures = Failures("requests", self.fail_fast)
                show_progress = self.out is not None or not on_terminal()
                price_requests(book, self.orders, given == "json", outputs, failures, show_progress)
        return failures.tell()

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

    def _price_table(self, book: Book, given: FileFormat, outputs: Outputs) -> Failures:
        failures = Failures("rows", self.fail_fast)
        with waiting("pricing"):
            priced = PricedFile(book, read_orders(self.orders, given, self.float_places))
            note_rows(priced, outputs.lines.form == "parquet", failures)
        write_tables(outputs, priced)
        return failures
