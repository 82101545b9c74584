"""`--float-places NAME=N`: with how many places a column of floats is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

from rabatt.command_line.formats import FileFormat
from rabatt.errors import Error

FloatPlaces: TypeAlias = Mapping[str, int]

_STATED = re.compile("(.+)=([12]?[0-9]|3[0-8])")


def float_places(stated: Sequence[str], form: FileFormat) -> FloatPlaces:
    """Raises Error `invalid_value`.

    >>> float_places(["quantity=2", "tax_rate=0"], "parquet")
    {'quantity': 2, 'tax_rate': 0}
    """
    if stated and form not in ("csv", "parquet"):
        raise Error("invalid_value", "--float-places is for tables, not for requests")
    places = {}
    for text in stated:
        found = _STATED.fullmatch(text)
        if not found:
            raise Error("invalid_value", f"--float-places {text}: NAME=N, a column and 0 to 38 places")
        places[found[1]] = int(found[2])
    return places


def check_columns(stated: FloatPlaces, columns: Collection[str]) -> None:
    """Raises Error `invalid_value` where there is no such column."""
    for name in stated:
        if name not in columns:
            raise Error("invalid_value", f"--float-places {name}: there is no such column")
