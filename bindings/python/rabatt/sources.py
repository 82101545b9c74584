"""Where books and requests come from: JSON or YAML text, Python values, files."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from rabatt.documents import json_text
from rabatt.errors import Error, Problem
from rabatt.schemas import SchemaName

if TYPE_CHECKING:
    from rabatt.yaml_documents import YamlDocument

Format: TypeAlias = Literal["json", "yaml"]

#: A document as text; bytes of any kind are UTF-8. It may begin with a byte order mark.
Text: TypeAlias = str | bytes | bytearray | memoryview

FORMATS: dict[str, Format] = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}


def without_bom(text: Text) -> str | bytes:
    r"""
    >>> without_bom("\ufeff{}"), without_bom(bytearray(b"\xef\xbb\xbf{}"))
    ('{}', b'{}')
    """
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    if not isinstance(text, Text):
        raise TypeError(f"a text must be str or bytes, not {type(text).__name__}")
    return bytes(text).removeprefix(codecs.BOM_UTF8)


@dataclass(frozen=True, slots=True)
class Source:
    """A document as JSON for the engine, and what is wrong with it already; it is not complete where there is
    nothing for the engine to look at."""

    json: bytes
    complete: bool = True
    yaml: YamlDocument | None = None
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of_text(cls, text: Text, name: SchemaName, format: Format) -> Source:
        """Raises Error `unknown_format`, TypeError where `text` is none."""
        text = without_bom(text)
        if format == "json":
            return cls(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
        if format == "yaml":
            from rabatt.yaml_documents import read_yaml  # YAML takes a while to load

            document = read_yaml(text, name)
            problems = tuple(document.problems)
            return cls(document.json.encode(), document.complete, document, problems)
        raise Error("unknown_format", format)

    @classmethod
    def of_value(cls, value: Any) -> Source:
        try:
            return cls(json_text(value).encode())
        except Error as error:
            problem = Problem(error.code, error.subject, "This is no value of a book or a request.")
            return cls(b"null", complete=False, problems=(problem,))

    @classmethod
    def of_file(cls, path: str | os.PathLike[str], name: SchemaName) -> Source:
        """By extension: .json, .yaml, .yml. Raises Error `unknown_format` with the path, and
        `file_not_readable` with the path and the reason."""
        file = Path(path)
        format = FORMATS.get(file.suffix.lower())
        if format is None:
            raise Error("unknown_format", str(file))
        try:
            content = file.read_bytes()
        except OSError as error:
            raise Error("file_not_readable", f"{file}: {error.strerror or error}") from error
        return cls.of_text(content, name, format)

    def with_problems(self, found: Iterable[Problem]) -> list[Problem]:
        """All problems, sorted by path: those of the source, and what the engine found elsewhere."""
        places = {problem.path for problem in self.problems}
        elsewhere = [problem for problem in found if self.complete and problem.path not in places]
        problems = [*self.problems, *elsewhere]
        if self.yaml is not None:
            return self.yaml.located(problems)
        return sorted(problems, key=lambda problem: (problem.path, problem.code))
