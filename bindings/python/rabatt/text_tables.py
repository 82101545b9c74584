"""Order tables of lists: text in, text out. What is no text already gets the text of the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from rabatt.errors import Error
from rabatt.texts import integer_text, spelled_out, whole_text

_NOISE_BITS = 3  # at the end of a float: a few sums and products leave no more


class TextTable:
    """A mapping of column names to lists of equal length."""

    def __init__(self, columns: Mapping[str, Sequence[Any]]) -> None:
        self.columns = {name: list(cells) for name, cells in columns.items()}
        self.names = list(self.columns)
        lengths = {len(cells) for cells in self.columns.values()}
        for name, cells in self.columns.items():
            if len(cells) != max(lengths):
                raise Error("invalid_value", name)

    def cells(self, name: str, float_places: int | None) -> list[str | None]:
        """A column as text; raises Error with the column where it is none of decimals, dates and texts."""
        return [cell_text(cell, name, float_places) for cell in self.columns[name]]

    def with_columns(self, columns: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
        """The table with its columns replaced in their places, and new ones behind them."""
        return self.columns | {name: list(cells) for name, cells in columns.items()}

    def order_table(
        self, first_rows: Sequence[int], columns: Mapping[str, Sequence[str | None]]
    ) -> dict[str, list[Any]]:
        """The table of orders; its `order` column is the input's, at these rows."""
        orders = [self.columns["order"][row] for row in first_rows]
        return {name: list(cells) for name, cells in columns.items()} | {"order": orders}


def cell_text(cell: Any, name: str, float_places: int | None) -> str | None:
    """The text of one cell; None is blank. Raises Error with the column's name.

    >>> cell_text(Decimal("1E+1"), "quantity", None), cell_text(0.1 + 0.2, "quantity", 2)
    ('10', '0.30')
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        return whole_text(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int):
        return integer_text(cell)
    if isinstance(cell, Decimal):
        return spelled_out(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return float_text(cell, name, float_places)
    raise Error("invalid_value", name)


def float_text(value: float, name: str, places: int | None, bits: int = 53) -> str:
    """A float, of so many bits, read with a stated number of places, 0 to 38: the decimal that it is but for
    the last bits. Where it is none of so many places the text is no decimal, and the engine refuses the row.

    >>> float_text(0.1 + 0.2, "quantity", 2), float_text(0.125, "quantity", 2)
    ('0.30', '0.125 (not of 2 places)')
    """
    if places is None:
        raise floats_refused(name)
    text = f"{value:.{places}f}"
    noise = abs(value) * 2.0 ** (_NOISE_BITS - bits)
    return f"{float(value)!r} (not of {places} places)" if abs(value - float(text)) > noise else text


def floats_refused(name: str) -> Error:
    """For a column of floats without stated places."""
    error = Error("invalid_decimal", name)
    error.add_note(
        f"a column of floats: float_places={{{name!r}: N}} reads it with N places, or read it as text"
    )
    return error
