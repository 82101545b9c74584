"""Whether a step of a case of the store answered what it should."""

from __future__ import annotations

from collections.abc import Iterator

from tests.cases.edits import Json
from tests.cases.read_steps import Refusal

Problems = tuple[tuple[str, str], ...]


def differences(expected: Json | Refusal, answer: Json | Refusal, place: str = "") -> Iterator[str]:
    """Each place where the answer is not as expected; an object may have more fields."""
    if isinstance(expected, Refusal) or isinstance(answer, Refusal):
        yield from _refusal_differences(expected, answer)
    elif isinstance(expected, dict) and isinstance(answer, dict):
        for key, value in expected.items():
            inside = f"{place}.{key}".lstrip(".")
            if key in answer:
                yield from differences(value, answer[key], inside)
            else:
                yield f"{inside} is missing"
    elif isinstance(expected, list) and isinstance(answer, list):
        if len(expected) != len(answer):
            yield f"{place or 'the answer'} has {len(answer)} entries, not {len(expected)}: {answer}"
            return
        for index, (wanted, entry) in enumerate(zip(expected, answer, strict=True)):
            yield from differences(wanted, entry, f"{place}[{index}]")
    elif expected == "*" and answer is not None:
        return
    elif (type(expected), expected) != (type(answer), answer):
        yield f"{place or 'the answer'} is {answer!r}, not {expected!r}"


def _refusal_differences(expected: Json | Refusal, answer: Json | Refusal) -> Iterator[str]:
    if not isinstance(answer, Refusal):
        yield f"this was not refused: {answer}"
    elif not isinstance(expected, Refusal):
        yield f"refused: {_shown(answer)}"
    elif not _same(expected.problems, answer.problems):
        yield f"refused with {_shown(answer)}, not with {_shown(expected)}"


def _same(expected: Problems, found: Problems) -> bool:
    return len(expected) == len(found) and all(
        code == found_code and subject in ("*", found_subject)
        for (code, subject), (found_code, found_subject) in zip(expected, found, strict=True)
    )


def _shown(refusal: Refusal) -> str:
    return "; ".join(f"{code} {subject}".strip() for code, subject in refusal.problems)
