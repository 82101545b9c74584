"""Answers beside what a case expects of them."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from tests.cases.edits import ALL, Json, path_steps
from tests.cases.read import Case

CODE_ONLY = ("allocate", "round", "decimal", "set_for_all")  # their errors compare by code
BY_VALUE = ("allocate", "round", "decimal", "set_for_all", "orders")  # their decimals compare as numbers
ANY = "any"  # as an expected error or list of problems: one there must be, whichever


class Refused(NamedTuple):
    """An error as an answer."""

    code: str
    subject: str


def check_answer(case: Case, answer: Json | Refused) -> list[str]:
    """What differs from the expected cells, a line each."""
    wanted = case.expected.get("error", "none")
    if isinstance(answer, Refused) or wanted != "none":
        return _check_error(case, wanted, answer)
    differences = []
    for path, want in case.expected.items():
        if path == "error":
            continue
        try:
            found = _find(answer, path_steps(path))
        except LookupError:
            differences.append(f"{case}: {path} is not in the answer")
            continue
        if path.endswith("#keys") and isinstance(found, list):
            found = [key for key in found if key in json.loads(want)]
        if want == ANY and path == "problems" and found:
            continue
        by_value = case.verb in BY_VALUE or "steps" in path
        if _text(found, want, by_value) != _text(
            json.loads(want) if want[0] in '{["' else want, want, by_value
        ):
            differences.append(f"{case}: {path} is {json.dumps(found, ensure_ascii=False)}, not {want}")
    return differences


def _check_error(case: Case, wanted: str, answer: Json | Refused) -> list[str]:
    if not isinstance(answer, Refused):
        return [f"{case}: answered, not refused with {wanted}"]
    code, _, subject = wanted.partition(" ")
    same = code == ANY or (
        code == answer.code and (subject in ("*", answer.subject) or case.verb in CODE_ONLY)
    )
    return [] if same else [f"{case}: refused with {answer.code} {answer.subject}, not {wanted}"]


def _find(node: Json, steps: list[str | int]) -> Json:
    """[*] is the list over all entries, a+b two values joined by a blank, #keys an object's field names."""
    if not steps:
        return node
    head, rest = steps[0], steps[1:]
    if isinstance(head, str) and isinstance(node, dict):
        if head == "#keys":
            return list(node)
        if "+" in head and not rest:
            return " ".join(_bare(node[part]) for part in head.split("+"))
        return _find(node[head], rest)
    if isinstance(head, int) and isinstance(node, list):
        return [_find(entry, rest) for entry in node] if head == ALL else _find(node[head], rest)
    raise LookupError(head)


def _text(value: Json, want: str, by_value: bool) -> str:
    """The value as text to compare: as JSON where the cell is JSON, else bare."""
    if want[0] not in '{["':
        return _by_value(_bare(value)) if by_value else _bare(value)
    return json.dumps(_normal(value) if by_value else value, sort_keys=True)


def _bare(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _normal(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _normal(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_normal(entry) for entry in value]
    return _by_value(value) if isinstance(value, str) else value


def _by_value(text: str) -> str:
    """2.50 is 2.5 and -0.0 is 0, in each word of the text."""
    return re.sub(r"(?<!\S)-?\d+(\.\d+)?(?!\S)", lambda m: _shortest(m[0]), text)


def _shortest(number: str) -> str:
    text = number.rstrip("0").rstrip(".") if "." in number else number
    return "0" if re.fullmatch(r"-?0+", text) else text
