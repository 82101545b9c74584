"""What only files of some formats need: loaded when one is read or written."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from rabatt.errors import Error


def needed(module: str, path: str, needs: str) -> Any:
    """A module of the extra `files`. Raises Error `unknown_format` where it is not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError:
        said = f"{path}: {needs} needs the package {module}: pip install 'rabatt[files]'"
        raise Error("unknown_format", said) from None
