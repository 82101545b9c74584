"""Order tables that are data frames: their columns through Arrow, themselves through narwhals.

Only the columns that pricing reads are converted; the others stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import narwhals as nw
import pyarrow as pa
from narwhals.exceptions import DuplicateError

from rabatt.errors import Error


def frame_of(orders: Any) -> ArrowTable:
    """Raises TypeError for what is no data frame, Error `duplicate_field` for a column that stands twice."""
    frame = _eager_frame(orders)
    if isinstance(frame, nw.DataFrame):
        return ArrowTable(frame)
    table = _eager_frame(_arrow_table(orders))
    if hasattr(orders, "query") and type(orders).__name__ == "DuckDBPyRelation":
        return ArrowTable(table, lambda priced: _relation(orders, priced))
    return ArrowTable(table)


def _eager_frame(orders: Any) -> Any:
    """The frame in narwhals, or `orders` itself where narwhals knows no eager frame of its kind."""
    try:
        return nw.from_native(orders, eager_only=True, pass_through=True)
    except DuplicateError:
        names = list(orders.column_names if isinstance(orders, pa.Table) else orders.columns)
        twice = next(name for index, name in enumerate(names) if name in names[:index])
        raise Error("duplicate_field", str(twice)) from None


def _arrow_table(orders: Any) -> pa.Table:
    if hasattr(orders, "__arrow_c_stream__") or hasattr(orders, "__arrow_c_array__"):
        with suppress(pa.ArrowInvalid):  # a single column, perhaps
            return pa.table(orders)
    raise no_table(orders)


def no_table(value: Any) -> TypeError:
    """Of a lazy frame with what to do."""
    hint = ": give what its collect() gives" if hasattr(value, "collect") else ""
    return TypeError(f"{type(value).__name__} is no table with an Arrow PyCapsule interface{hint}")


def _relation(orders: Any, __rabatt_priced: pa.Table) -> Any:
    """A relation of the same connection: DuckDB finds the table by the name of the variable."""
    return orders.query("__rabatt_orders", "SELECT * FROM __rabatt_priced")


def _pandas_type(kind: pa.DataType) -> Any:
    import pandas as pd

    return pd.ArrowDtype(kind) if pa.types.is_decimal(kind) else None


class ArrowTable:
    """A narwhals frame; `finish` gives results the kind that the caller brought."""

    def __init__(
        self, frame: nw.DataFrame[Any], finish: Callable[[Any], Any] = lambda native: native
    ) -> None:
        self.frame = frame
        self.finish = finish
        self.names = list(frame.columns)

    def column(self, name: str) -> pa.ChunkedArray:
        """Raises Error for a column of Python objects that have no common type."""
        try:
            return self.frame.select(nw.col(name)).to_arrow().column(name)
        except pa.ArrowException:  # Python objects of several kinds
            raise Error("invalid_value", name) from None

    def with_columns(self, columns: Mapping[str, pa.Array]) -> Any:
        """The table with its columns replaced in their places, and new ones behind them."""
        native = self._native(columns)
        return self.finish(self.frame.with_columns(*(native[name] for name in columns)).to_native())

    def table_of(self, columns: Mapping[str, pa.Array | pa.ChunkedArray]) -> Any:
        """Another table of this kind."""
        return self.finish(self._native(columns).to_native())

    def arrow(self, names: Sequence[str] | None = None) -> pa.Table:
        """The table, or some of its columns."""
        frame = self.frame if names is None else self.frame.select(*names)
        try:
            return frame.to_arrow()
        except pa.ArrowException:  # Python objects of several kinds: which column is it?
            for name in self.names if names is None else names:
                self.column(name)
            raise

    def with_arrow_columns(self, results: pa.Table) -> Any:
        """The table with these columns in the places of its own, or behind them."""
        if self.frame.implementation.is_pandas():
            # Arrow's own decimals: objects of Python take far longer to make than to price
            native = nw.from_native(results.to_pandas(types_mapper=_pandas_type), eager_only=True)
        else:
            native = nw.from_arrow(results, backend=self.frame.implementation)
        columns = [native[name] for name in results.column_names]
        return self.finish(self.frame.with_columns(*columns).to_native())

    def _native(self, columns: Mapping[str, Any]) -> nw.DataFrame[Any]:
        return nw.from_arrow(pa.table(dict(columns)), backend=self.frame.implementation)
