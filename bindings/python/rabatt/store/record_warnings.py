"""What is odd in a record, and may stay."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordWarning:
    """Something that is probably a mistake, and was stored all the same.

    `code` is one of `organisation_number_checksum`, and of campaigns `responses_exceed_recipients`,
    `undeliverable_exceed_recipients`, `unresolved_content_id`, `unused_content_id` and, where it is posted,
    `price_above_list`. `path` is the field (`lines[0].price`), `message` a sentence for people.
    """

    code: str
    path: str
    message: str
