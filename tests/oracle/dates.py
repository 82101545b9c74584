"""Dates and moments without zones: a day number and, where written, a second of the day."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

DAY_SECONDS = 86_400
LAST_DAY = datetime.date.max.toordinal()  # 9999-12-31

_FORM = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)?")


class Date(NamedTuple):
    day: int
    second: int | None

    def start(self) -> int:
        """As a start bound, and as a request's date: without a time, 00:00:00."""
        return self.day * DAY_SECONDS + (self.second or 0)

    def end(self) -> int:
        """As an end bound: without a time, 23:59:59."""
        return self.day * DAY_SECONDS + (DAY_SECONDS - 1 if self.second is None else self.second)


@lru_cache(maxsize=65_536)
def parse_date(text: str) -> Date | None:
    form = _FORM.fullmatch(text)
    if form is None:
        return None
    year, month, day, hour, minute, second = form.groups()
    try:
        number = datetime.date(int(year), int(month), int(day)).toordinal()
    except ValueError:
        return None
    if hour is None:
        return Date(number, None)
    if int(hour) > 23 or int(minute) > 59 or int(second or "0") > 59:
        return None
    return Date(number, int(hour) * 3600 + int(minute) * 60 + int(second or "0"))


def day_text(day: int) -> str:
    """ISO text; isoformat pads years to four digits."""
    return datetime.date.fromordinal(day).isoformat()


def end_of_month(day: int) -> int:
    date = datetime.date.fromordinal(day)
    if date.year == 9999 and date.month == 12:
        return LAST_DAY
    first_of_next = datetime.date(date.year + date.month // 12, date.month % 12 + 1, 1)
    return first_of_next.toordinal() - 1
