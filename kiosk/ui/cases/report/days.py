"""The days that can be chosen, as whole weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WEEK = 7


@dataclass(frozen=True)
class Day:
    """A field of the calendar; `free` if it can be chosen."""

    day: date
    free: bool


def calendar(today: date, oldest: int) -> tuple[Day, ...]:
    """Whole weeks, each from Monday, from the one `oldest` days ago to today's."""
    earliest = today - timedelta(days=oldest)
    monday = earliest - timedelta(days=earliest.weekday())
    length = (today - monday).days // WEEK * WEEK + WEEK
    days = (monday + timedelta(days=ahead) for ahead in range(length))
    return tuple(Day(day, earliest <= day <= today) for day in days)
