"""What the options of files mean: those that `rabatt import` and `rabatt export` have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rabatt.errors import Error

_STATED = re.compile(r"(?:(.+)=)?([12]?[0-9]|3[0-8])")


def separator_of(text: str | None) -> str | None:
    return "\t" if text in ("tab", "\\t") else text


def places_stated(stated: Sequence[str]) -> int | Mapping[str, int] | None:
    """Raises Error `invalid_value`.

    >>> places_stated(["2"]), places_stated(["prices.EUR=2", "discount=4"]), places_stated([])
    (2, {'prices.EUR': 2, 'discount': 4}, None)
    """
    found: dict[str, int] = {}
    for text in stated:
        match = _STATED.fullmatch(text)
        if not match:
            raise Error("invalid_value", f"--places {text}: 0 to 38, or NAME=N")
        found[match[1] or ""] = int(match[2])
    if "" in found and len(found) > 1:
        raise Error("invalid_value", "--places N is for all columns")
    return found.get("", found or None)
