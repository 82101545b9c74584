"""Who does something, when, and where that is: the store has no clock of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

from rabatt.errors import Error

_START = datetime(1970, 1, 1, tzinfo=UTC)
_ZONES = "/zoneinfo/"

#: Initials, permissions (None is every one), milliseconds since 1970 in UTC, zone: as `_rabatt` takes it.
At: TypeAlias = tuple[str, set[str] | None, int, str]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a store does something for: initials, permissions (None is every one), a zone whose days count."""

    initials: str
    permissions: frozenset[str] | None
    zone: str

    @classmethod
    def of(cls, initials: str, permissions: Collection[str] | None, zone: str | None) -> Actor:
        if isinstance(permissions, str):
            raise TypeError("permissions are a set of texts, or None")
        granted = None if permissions is None else frozenset(permissions)
        return cls(initials, granted, zone or system_zone())

    def at(self, moment: datetime | None) -> At:
        """`moment`, or now."""
        granted = None if self.permissions is None else set(self.permissions)
        milliseconds = time.time_ns() // 1_000_000 if moment is None else milliseconds_of(moment)
        return self.initials, granted, milliseconds, self.zone


def milliseconds_of(moment: datetime) -> int:
    """Since 1970 in UTC; what is less than a millisecond is dropped.

    Raises Error `invalid_date` for a time without a zone, TypeError for what is no datetime.

    >>> milliseconds_of(datetime(1970, 1, 1, 1, tzinfo=UTC))
    3600000
    >>> milliseconds_of(datetime(1970, 1, 1, 1))
    Traceback (most recent call last):
    rabatt.errors.Error: invalid_date: at 1970-01-01 01:00:00: a time has a zone
    """
    if not isinstance(moment, datetime):
        raise TypeError(f"a time is a datetime with a zone, not {type(moment).__name__}")
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise Error("invalid_date", f"at {moment}: a time has a zone")
    return (moment - _START) // timedelta(milliseconds=1)


@cache
def system_zone() -> str:
    """The name of this computer's zone in the tz database; UTC where it has none."""
    told = os.environ.get("TZ", "").lstrip(":")
    named = [told, *(place.partition(_ZONES)[2] for place in (told, os.path.realpath("/etc/localtime")))]
    with_name = Path("/etc/timezone")
    if with_name.is_file():
        named.append(with_name.read_text(encoding="utf-8").strip())
    return next((name for name in named if _is_zone(name)), "UTC")


def _is_zone(name: str) -> bool:
    try:
        return bool(name) and bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return False
