"""A mapping that stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value")


class FrozenMap(Mapping[str, Value]):
    """A mapping from texts that cannot be changed; equal to every mapping of the same content.

    >>> prices = FrozenMap({"EUR": 12})
    >>> prices, prices["EUR"], prices == {"EUR": 12}
    ({'EUR': 12}, 12, True)
    """

    __slots__ = ("_content",)

    _content: dict[str, Value]

    def __init__(self, content: Mapping[str, Value]) -> None:
        self._content = dict(content)

    def __getitem__(self, key: str) -> Value:
        return self._content[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)

    def __hash__(self) -> int:
        return hash(frozenset(self._content))

    def __repr__(self) -> str:
        return repr(self._content)
