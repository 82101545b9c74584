"""What was done with a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a record: the `sequence` of it in the whole store, when and by whom it was made.

    `verb` is what was done (`add`, `save`, `post`, `lines`: those of a campaign, …), and `revision` the one
    that the record got. `changes` has the fields that became something else, each with what it was and what
    it is, as texts: references are ids, lists are lists of rows. `erased` names those that are about a person
    and of which this is not known any more.
    """

    sequence: int
    at: datetime
    by: str | None
    record: str
    id: int
    revision: int
    verb: str
    changes: Mapping[str, tuple[Any, Any]]
    erased: tuple[str, ...]


def change_of(content: Mapping[str, Any]) -> Change:
    """A change as the store tells it."""
    return Change(
        **{
            **content,
            "at": datetime.fromisoformat(content["at"]),
            "changes": {name: (was, becomes) for name, (was, becomes) in content["changes"].items()},
            "erased": tuple(content["erased"]),
        }
    )
