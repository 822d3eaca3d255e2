"""The days that can be chosen, as whole weeks, and how they are said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.core.days import Say, said_day_of_week, said_short_month
from kiosk.ui.parts.rows import DayRow

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


def month_rows(say: Say, month: date, least: date, most: date, chosen: date | None) -> list[DayRow]:
    """The fields of the month that begins on `month`; what lies from `least` to `most` is free."""
    monday = month - timedelta(days=month.weekday())
    after = (month + timedelta(days=31)).replace(day=1)
    length = (after - monday).days
    days = (monday + timedelta(days=ahead) for ahead in range(length + -length % WEEK))
    return [
        _row(say, Day(day, month <= day < after and least <= day <= most), chosen) for day in days
    ]


def weekdays(say: Say) -> list[str]:
    """The headings of a calendar."""
    return [say(f"report_screen.weekday_{number}") for number in range(1, WEEK + 1)]


def day_rows(say: Say, today: date, oldest: int, chosen: date | None) -> list[DayRow]:
    """The fields of a calendar: whole weeks back to `oldest` days ago."""
    return [_row(say, each, chosen) for each in calendar(today, oldest)]


def _row(say: Say, each: Day, chosen: date | None) -> DayRow:
    return DayRow(
        iso=each.day.isoformat(),
        number=str(each.day.day),
        month=said_short_month(say, each.day),
        free=each.free,
        chosen=each.day == chosen,
        spoken=said_day_of_week(say, each.day),
    )
