"""Rows of a table, cut between orders: each piece has all rows of its orders that are adjacent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import pyarrow.compute as pc

from rabatt.command_line.jobs.decoded_sizes import decoded_bytes
from rabatt.command_line.jobs.input_tables import Rows, order_texts

#: Of a piece; where one order has more, the piece has them too.
ROWS_OF_PIECE = 16_384

_BYTES_OF_PIECE = 4 << 20  # where a single order has more, the piece has them too


def whole_orders(pieces: Iterable[Rows], float_places: int | None = None) -> Iterator[Rows]:
    """The same rows. Where they are cut depends on the rows alone, from the first one on, and not on how they
    come; `float_places` are those of the column `order`."""
    pending: Rows | None = None
    for piece in chain(pieces, (None,)):
        is_last = piece is None
        if piece is not None:
            pending = pending + piece if pending else piece
        while pending and (count := _whole(pending, float_places, is_last)):
            yield pending.slice(0, count)
            pending = pending.slice(count)


def _whole(rows: Rows, float_places: int | None, is_last: bool) -> int:
    """How many rows are the next piece; 0 where more have to be read to know."""
    size = _rows_of_size(rows)
    while size < len(rows):
        if cut := _last_order(rows.slice(0, size + 1), float_places):
            return cut
        size *= 2  # one order is longer than a piece
    return len(rows) if is_last else 0


def _rows_of_size(rows: Rows) -> int:
    size = ROWS_OF_PIECE
    while min(size, len(rows)) > 1 and decoded_bytes(rows.slice(0, size).table) > _BYTES_OF_PIECE:
        size //= 2
    return size


def _last_order(rows: Rows, float_places: int | None) -> int:
    """Where the order of the last row begins; 0 where it is that of all rows."""
    texts = order_texts(rows.table.column("order"), float_places)
    last = texts[-1]
    if not last.as_py():  # in no order
        return len(rows) - 1
    others = pc.indices_nonzero(pc.fill_null(pc.not_equal(texts, last), True))
    return int(others[-1].as_py()) + 1 if len(others) else 0
