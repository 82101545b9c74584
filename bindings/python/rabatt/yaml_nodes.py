"""YAML 1.2 text as nodes: what stands where, with nothing resolved yet."""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import Node
from ruamel.yaml.scanner import Scanner, ScannerError

#: Lists and mappings in each other. No book or request nests deeper, and the engine reads no deeper.
DEEPEST = 32


class NoYaml(Exception):
    """The text is no YAML; `line` is from 1, None where the place is not known."""

    def __init__(self, why: str, line: int | None = None) -> None:
        super().__init__(why)
        self.line = line


class _ShallowScanner(Scanner):
    """Ends where it gets deep: time grows with the square of the depth, and composing recurses."""

    def fetch_flow_collection_start(self, TokenClass: Any, to_push: str) -> None:  # noqa: N803
        self._check_depth(self.flow_level)
        super().fetch_flow_collection_start(TokenClass, to_push)

    def add_indent(self, column: int) -> bool:
        self._check_depth(len(self.indents))
        return bool(super().add_indent(column))

    def _check_depth(self, depth: int) -> None:
        if depth > DEEPEST:
            raise ScannerError(None, None, "it is nested too deep", self.reader.get_mark())


def decoded(text: str | bytes) -> str:
    """Bytes are UTF-8. Raises NoYaml."""
    try:
        return text if isinstance(text, str) else text.decode()
    except UnicodeDecodeError as error:
        raise NoYaml(str(error)) from None


def composed(text: str) -> Node | None:
    """The root node; None of an empty text. Raises NoYaml."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Scanner = _ShallowScanner
    yaml.composer.warn_double_anchors = False
    try:
        root: Node | None = yaml.compose(io.StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark
        raise NoYaml(str(error.problem or error.context), None if mark is None else mark.line + 1) from None
    except YAMLError as error:
        raise NoYaml(str(error).partition("\n")[0]) from None
    return root
