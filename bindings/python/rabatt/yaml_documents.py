"""Books and requests in YAML 1.2, as the JSON text that the engine reads.

Every scalar is its text as it stands (`1.50` stays `1.50`, `007` stays `007`), except where the JSON Schema
has a boolean or an integer: there plain `true`, `false` and integers become what they look like. Plain
`null`, `~` and nothing after a colon are absent. A quoted scalar is always text. Repeated keys go on into the
JSON, where the engine refuses them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from rabatt.errors import Problem
from rabatt.schema_places import NOWHERE, SchemaPlace, schema_place
from rabatt.schemas import SchemaName
from rabatt.texts import is_whole, whole_text
from rabatt.yaml_nodes import DEEPEST, NoYaml, composed, decoded

_MOST_REPEATED = 1_000_000  # characters that aliases may add: a few lines can stand for billions
_STANDARD = "tag:yaml.org,2002:"
_TAGS = {
    _STANDARD + name for name in ("str", "null", "bool", "int", "float", "timestamp", "map", "seq", "merge")
}
_HALF = "This is half of a character."
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")


@dataclass(slots=True)
class YamlDocument:
    """A document as JSON, the problems that only YAML can have, and the line of each path, from 1.

    It is not complete where there is no document to speak of."""

    json: str = "null"
    complete: bool = True
    problems: list[Problem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """The same problems with their lines, sorted by path; for what is missing, the line of its object."""
        found = [
            problem if problem.line else replace(problem, line=self._line(problem.path))
            for problem in problems
        ]
        return sorted(found, key=lambda problem: (problem.path, problem.code))

    def _line(self, path: str) -> int | None:
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get(path)


def read_yaml(text: str | bytes, name: SchemaName) -> YamlDocument:
    """The document of a text, in UTF-8 where it is bytes. Never raises for what stands in the text.

    >>> read_yaml("items: [{item: 007, discountable: no, prices: {EUR: 1.50}}]", "book").json
    '{"items": [{"item": "007", "discountable": "no", "prices": {"EUR": "1.50"}}]}'
    """
    try:
        text = decoded(text)
        root = composed(text)
    except NoYaml as error:
        problem = Problem("invalid_value", "", f"This is no YAML: {error}.", error.line)
        return YamlDocument(problems=[problem], complete=False)
    return _Writer(text).run(root, schema_place(name))


class _TooMuchRepeated(Exception):
    """Aliases stand for more than anybody means."""


class _Writer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.document = YamlDocument()
        self.seen: set[int] = set()  # nodes with an anchor
        self.open: set[int] = set()  # those that are being written
        self.repeated = 0

    def run(self, root: Node | None, place: SchemaPlace) -> YamlDocument:
        try:
            self.document.json = "null" if root is None else self.write(root, place, "", 0, False)
        except _TooMuchRepeated:
            message = f"Aliases add more than {_MOST_REPEATED} characters."
            self.document.problems.append(Problem("limit_exceeded", "", message))
            self.document.complete = False
        return self.document

    def write(self, node: Node, place: SchemaPlace, path: str, depth: int, repeating: bool) -> str:
        """JSON of a node at a place of the schema; `repeating` inside what an alias stands for."""
        self.document.lines[path] = node.start_mark.line + 1
        if node.tag not in _TAGS:
            return self.refuse(node, path, "Tags have no meaning here.")
        if id(node) in self.open or (depth == DEEPEST and not isinstance(node, ScalarNode)):
            return self.refuse(node, path, "This is nested too deep.")
        if node.anchor:
            repeating = repeating or id(node) in self.seen
            self.seen.add(id(node))
            self.open.add(id(node))
        written = self.write_value(node, place, path, depth, repeating)
        self.open.discard(id(node))
        return written

    def write_value(self, node: Node, place: SchemaPlace, path: str, depth: int, repeating: bool) -> str:
        if isinstance(node, ScalarNode):
            if repeating:
                self.charge(len(node.value))
            return _scalar(node, place) if is_whole(node.value) else self.refuse(node, path, _HALF)
        if repeating:
            self.charge(1)
        if isinstance(node, MappingNode):
            return self.mapping(node, place, path, depth + 1, repeating)
        assert isinstance(node, SequenceNode)
        return self.sequence(node, place, path, depth + 1, repeating)

    def mapping(self, node: MappingNode, place: SchemaPlace, path: str, depth: int, repeating: bool) -> str:
        members = []
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.refuse(key, path, "A field has a name of plain text.")
                continue
            name = whole_text(key.value)
            below = f"{path}.{name}" if path else name
            if not is_whole(key.value):
                self.refuse(key, below, _HALF)
                continue
            if self.has_no_colon(key, value):  # `{EUR: 1,5}` has a field `5`
                self.refuse(key, below, "A field without a colon: does a comma stand for a point?")
                continue
            entry = self.write(value, place.member(name), below, depth, repeating)
            members.append(f"{json.dumps(name)}: {entry}")
        return "{" + ", ".join(members) + "}"

    def has_no_colon(self, key: Node, value: Node) -> bool:
        """What an alias stands for is written before its key."""
        end, start = key.end_mark.index, value.start_mark.index
        return end <= start and ":" not in self.text[end:start]

    def sequence(self, node: SequenceNode, place: SchemaPlace, path: str, depth: int, repeating: bool) -> str:
        element = place.element or NOWHERE
        entries = [
            self.write(entry, element, f"{path}[{index}]", depth, repeating)
            for index, entry in enumerate(node.value)
        ]
        return "[" + ", ".join(entries) + "]"

    def refuse(self, node: Node, path: str, message: str) -> str:
        self.document.problems.append(Problem("invalid_value", path, message, node.start_mark.line + 1))
        return "null"

    def charge(self, characters: int) -> None:
        self.repeated += 10 + characters
        if self.repeated > _MOST_REPEATED:
            raise _TooMuchRepeated


def _scalar(node: Any, place: SchemaPlace) -> str:
    text: str = node.value
    plain = not node.style
    if plain and node.tag == _STANDARD + "null":
        return "null"
    if (
        plain
        and place.kind == "boolean"
        and node.tag == _STANDARD + "bool"
        and text.lower() in ("true", "false")
    ):
        return text.lower()
    if plain and place.kind == "integer" and _INTEGER.fullmatch(text):
        return text
    return json.dumps(text)
