"""Identifiers, campaign codes and the natural order of numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MAX_BYTES = 200

# The Unicode property White_Space; Python's own strip() also takes U+001C..U+001F, which lack it.
WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)

_PLAIN = re.compile(r"[ -~]{1,200}")
_RUNS = re.compile(r"[0-9]+|[^0-9]", re.DOTALL)

NaturalKey = tuple[tuple[tuple[int, int], ...], str]


def identifier_fault(text: str) -> str | None:
    """`form` for an empty text or a control character, `long` beyond 200 bytes, None when fine."""
    if _PLAIN.fullmatch(text):
        return None
    if not text or any(unicodedata.category(char) in ("Cc", "Cs") for char in text):
        return "form"
    return "long" if len(text.encode()) > MAX_BYTES else None


def trimmed_code(text: str) -> str:
    return text.strip(WHITE_SPACE)


@lru_cache(maxsize=65_536)
def folded_code(text: str) -> str:
    """What two spellings of one code have in common; empty means no code at all."""
    composed = unicodedata.normalize("NFC", trimmed_code(text))
    return unicodedata.normalize("NFC", composed.casefold())


@lru_cache(maxsize=65_536)
def natural_key(text: str) -> NaturalKey:
    """Digit runs as numbers, standing where the character `0` stands; ties by code points."""
    runs = tuple((48, int(run)) if run[0] in "0123456789" else (ord(run), 0) for run in _RUNS.findall(text))
    return runs, text
