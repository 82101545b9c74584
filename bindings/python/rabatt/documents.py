"""Books and requests of Python values as the JSON text that the engine reads.

The engine does the refusing: a float becomes a JSON number with a fraction, which it refuses where it stands.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from math import isfinite
from numbers import Integral, Real
from typing import Any

from rabatt.errors import Error
from rabatt.texts import integer_text, is_whole, spelled_out, whole_text

_DEEPEST = 32  # the engine reads no deeper; a structure that holds itself would never end


def json_text(document: Any, path: str = "") -> str:
    """JSON with decimals and dates as texts.

    Takes mappings with text keys, lists and tuples, request dataclasses, text, Decimal, int, bool, date,
    datetime and None. Raises Error `invalid_value`, with the path, for anything else, for half of a character
    and for what is nested too deep.

    >>> json_text({"item": "TEA", "quantity": Decimal("2.50"), "lines": [True, None]})
    '{"item": "TEA", "quantity": "2.50", "lines": [true, null]}'
    """
    return _written(document, path, 0)


def _written(value: Any, path: str, depth: int) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        if not is_whole(value):
            raise Error("invalid_value", path)
        return json.dumps(value)
    if isinstance(value, Decimal):
        return json.dumps(spelled_out(value))
    if isinstance(value, Integral):
        text = integer_text(int(value))
        return text if text[0] != "(" else json.dumps(text)
    if isinstance(value, Real):
        return json.dumps(float(value) if isfinite(value) else str(value))
    if isinstance(value, date):
        return json.dumps(value.isoformat())
    return _structure(value, path, depth + 1)


def _structure(value: Any, path: str, depth: int) -> str:
    if depth > _DEEPEST:
        raise Error("invalid_value", path)
    if is_dataclass(value) and not isinstance(value, type):
        value = {
            field.name: entry for field in fields(value) if (entry := getattr(value, field.name)) is not None
        }
    if isinstance(value, Mapping):
        members = [
            f"{_key(key, path)}: {_written(entry, _member(path, key), depth)}" for key, entry in value.items()
        ]
        return "{" + ", ".join(members) + "}"
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        elements = [_written(entry, f"{path}[{index}]", depth) for index, entry in enumerate(value)]
        return "[" + ", ".join(elements) + "]"
    raise Error("invalid_value", path)


def _key(key: Any, path: str) -> str:
    if not isinstance(key, str) or not is_whole(key):
        raise Error("invalid_value", _member(path, key))
    return json.dumps(key)


def _member(path: str, key: Any) -> str:
    name = whole_text(str(key))
    return f"{path}.{name}" if path else name
