"""The JSON Schemas (draft 2020-12) of books, requests and quotes."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

SchemaName: TypeAlias = Literal["book", "request", "quote"]


def schema(name: SchemaName) -> dict[str, Any]:
    """The schema of `name`, as a dict of the caller's own.

    It tells what can be told of a document alone: fields, types, formats and ranges. References between the
    parts of a book are checked by `rabatt.check`. Raises KeyError for another name.

    >>> schema("request")["required"]
    ['date', 'currency']
    """
    result: dict[str, Any] = json.loads(_text(name))
    return result


@cache
def _text(name: SchemaName) -> str:
    if name not in ("book", "request", "quote"):
        raise KeyError(name)
    return files("rabatt").joinpath("schema", f"{name}.schema.json").read_text(encoding="utf-8")
