"""Random texts aimed at trouble: sizes spread over decades, values that tie, boundaries. No floats."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from random import Random
from typing import Any

from .dates import parse_date
from .decimals import Dec, add, fixed, parse_decimal, shortest

Tree = dict[str, Any]

EPOCH = datetime.date(2026, 3, 15)  # windows lie around this day
STEPS = ("0.05", "0.01", "1", "0.000001", "3", "0.25", "0.0001", "0.1", "10")
NICE_PRICES = (
    "10",
    "20",
    "40",
    "100",
    "9.99",
    "0.99",
    "19.99",
    "8",
    "12.50",
    "0.139",
    "1.35",
    "45",
    "47",
    "0",
)
NICE_PERCENTS = (
    "0",
    "5",
    "8",
    "10",
    "12",
    "15",
    "20",
    "30",
    "50",
    "70",
    "100",
    "33.33333",
    "12.34567",
    "0.00001",
)
TAX_RATES = ("19", "19.0", "7", "0", "21", "25", "8.875", "100", "250.5", "5.50000")


class Raw(str):
    """A piece of JSON to be written as it stands."""

    __slots__ = ()


class Pairs(list[tuple[str, Any]]):
    """An object that may repeat a field."""


def to_json(value: Any) -> str:
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict | Pairs):
        pairs = value.items() if isinstance(value, dict) else value
        return "{" + ", ".join(f"{json.dumps(key)}: {to_json(entry)}" for key, entry in pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(to_json(entry) for entry in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def chance(rng: Random, one_in: int) -> bool:
    return rng.randrange(one_in) == 0


def some(rng: Random, values: Sequence[Any], most: int) -> list[Any]:
    return rng.sample(list(values), rng.randint(0, min(most, len(values))))


def log_uniform(rng: Random, digits: int = 6, low: int = -5, high: int = 4) -> str:
    """Decades are equally likely; now and then with zeros in front or behind."""
    length = rng.randint(1, digits)
    value = shifted(rng.randrange(10 ** (length - 1), 10**length), rng.randint(low, high))
    if chance(rng, 8):
        value += "00" if "." in value else ".00"
    return "00" + value if chance(rng, 30) else value


def shifted(mantissa: int, exponent: int) -> str:
    return str(mantissa * 10**exponent) if exponent >= 0 else shortest(Dec(mantissa, -exponent))


def huge(rng: Random) -> str:
    """Near the limit of 38 digits or 38 places."""
    digits = rng.randint(30, 38)
    mantissa = rng.choice((10**digits - 1, 10 ** (digits - 1), rng.randrange(10 ** (digits - 1), 10**digits)))
    return fixed(mantissa, rng.choice((0, 0, 2, 20, digits - 1, min(38, digits + 2))))


def price(rng: Random, limits: bool) -> str:
    if limits and chance(rng, 12):
        return huge(rng)
    return rng.choice(NICE_PRICES) if rng.randrange(3) else log_uniform(rng)


def percent(rng: Random) -> str:
    if rng.randrange(4):
        return rng.choice(NICE_PERCENTS)
    return shortest(Dec(rng.randrange(0, 10_000_001), 5))


def as_json_decimal(rng: Random, text: str) -> Any:
    """A decimal that is an integer may also be written as one."""
    plain = text.lstrip("-").isdigit() and not text.lstrip("-").startswith("0")
    return Raw(text) if plain and chance(rng, 5) else text


def date(rng: Random, before: int, after: int) -> str:
    """Close to the epoch more often than not, so that windows begin and end where documents lie."""
    offset = rng.choice((0, 0, 1, -1, rng.randint(-before, after), rng.randint(-before, after)))
    return timed(rng, EPOCH + datetime.timedelta(days=offset))


def timed(rng: Random, on: datetime.date) -> str:
    time = rng.choice(("", "", "", "", "T00:00", "T23:59:59", "T12:30", "T12:30:01", "T08:00:00"))
    return on.isoformat() + time


def neighbour(rng: Random, bound: str) -> str:
    """At a bound, or one second or one day off it."""
    parsed = parse_date(bound)
    assert parsed is not None
    start = datetime.datetime.fromordinal(parsed.day)
    moment = start + datetime.timedelta(seconds=rng.choice((parsed.second or 0, 86_399)))
    moment += rng.choice(
        (
            datetime.timedelta(0),
            datetime.timedelta(seconds=1),
            datetime.timedelta(seconds=-1),
            datetime.timedelta(days=1),
            datetime.timedelta(days=-1),
        )
    )
    return moment.isoformat() if rng.randrange(2) else moment.date().isoformat()


def nudged(rng: Random, bound: str) -> str:
    """A quantity just below, at or above a minimum."""
    parsed = parse_decimal(bound)
    assert parsed is not None
    nudge = rng.choice((Dec(0, 0), Dec(1, 0), Dec(-1, 0), Dec(1, 3), Dec(-1, 3)))
    return shortest(add(parsed, nudge))


def blank_variant(rng: Random, code: str) -> str:
    """Another spelling of the same code."""
    spelled = rng.choice((code, code.upper(), code.lower(), code.title()))
    return rng.choice(("", " ", "\t", "\u00a0", "\u3000")) + spelled + rng.choice(("", " ", "\n", "\u2003"))
