"""Results as one file for the lines, and one for the orders."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from rabatt.command_line.destinations import Destination
from rabatt.command_line.jobs.job import PricedPiece
from rabatt.command_line.jobs.writers import Style, TableFormat, TableWriter, table_format, table_writer
from rabatt.command_line.results import Outputs, count_columns


@dataclass(frozen=True, slots=True)
class TableOutput:
    to: Destination
    form: TableFormat
    with_names: bool = True  # of columns, where it is CSV


@dataclass
class SingleFiles:
    """Where the tables of all pieces go; each file is begun by the first piece."""

    outputs: dict[str, TableOutput]  # by lines, orders, rejects
    style: Style
    writers: dict[str, TableWriter] = field(default_factory=dict)

    def add(self, piece: PricedPiece) -> None:
        for name, table in tables_of(piece).items():
            if name in self.outputs and table is not None:
                self._writer(name, table.schema).add(table)

    def __enter__(self) -> SingleFiles:
        return self

    def __exit__(self, kind: type[BaseException] | None, *exception: object) -> None:
        for writer in self.writers.values():
            writer.close() if kind is None else writer.drop()

    def _writer(self, name: str, schema: pa.Schema) -> TableWriter:
        if name not in self.writers:
            to = self.outputs[name]
            counts = count_columns(schema.names) if name == "orders" else frozenset()
            self.writers[name] = table_writer(to.form, to.to, schema, self.style, counts, to.with_names)
        return self.writers[name]


def tables_of(piece: PricedPiece) -> dict[str, pa.Table | None]:
    return {"lines": piece.lines, "orders": piece.orders, "rejects": piece.rejects}


def table_outputs(
    outputs: Outputs, lines: Destination, rejects: Destination | None
) -> dict[str, TableOutput]:
    found = {"lines": TableOutput(lines, table_format(outputs.lines.form))}
    if outputs.orders:
        found["orders"] = TableOutput(outputs.orders.to, table_format(outputs.orders.form))
    if rejects:
        found["rejects"] = TableOutput(rejects, "csv")
    return found
