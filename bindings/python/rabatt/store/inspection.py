"""What `check` finds in a store."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a store that no verb has made: somebody wrote into the database, or it is damaged.

    `code` is one of `damaged_file`, `wrong_schema` (nothing else is looked at then), `wrong_value`,
    `wrong_key` (what a text is searched and sorted by), `lost_reference`, `wrong_numerator`, `free_number`,
    `wrong_id`, `wrong_sequence`, `wrong_log`, `wrong_version`. `record` is `campaign #3`, or the table or
    file that it is about; `message` says what is wrong, and never what stands in a field: that may be
    personal. Of each code there are at most a hundred; a last one, without a record, says how many more.
    """

    code: str
    record: str
    message: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found, and how many `records` and `changes` of the log were looked at: none of them where the
    file or the schema is wrong."""

    findings: tuple[Finding, ...]
    records: int
    changes: int


def inspection_of(text: str) -> Inspection:
    """What the store answers."""
    content = json.loads(text)
    findings = tuple(Finding(**problem) for problem in content["problems"])
    return Inspection(findings, content["records"], content["log"])
