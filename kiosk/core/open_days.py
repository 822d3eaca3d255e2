"""On which days the village hall is open, and a day that says of itself that it is closed.

A deadline that falls on a day on which the hall is closed says so wherever it is said, since the
day itself knows: `DayAtTheHall` is a day for everything else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal, get_args

What = Literal["holiday", "closed", "weekly", "open"]
KINDS: Final[tuple[What, ...]] = get_args(What)
"""A holiday; days on which the hall is closed; one weekday in every week; open all the same."""
LONGEST_DAYS: Final = 15
"""So many days at most a holiday or a closing has."""
_FARTHEST: Final = 60
"""So far ahead an open day is looked for."""
_ONE: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days of one kind, the last one included; of a weekly one, every such weekday from the first.

    `name` is in the village's own words, ``中文 / English``; it may be empty.
    """

    what: What
    first: date
    last: date | None
    name: str = ""

    def covers(self, day: date) -> bool:
        """Whether `day` is one of these."""
        if self.what == "weekly":
            return day >= self.first and day.isoweekday() == self.first.isoweekday()
        return self.last is not None and self.first <= day <= self.last


class DayAtTheHall(date):
    """A day that knows why the hall is closed on it; reckoned with, it is a day as any other."""

    closing: Span | None

    def __new__(cls, year: int, month: int, day: int, closing: Span | None = None) -> DayAtTheHall:
        """A day, on which the hall is closed if `closing` is given."""
        made = super().__new__(cls, year, month, day)
        made.closing = closing
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy knows it, too."""
        return type(self), (self.year, self.month, self.day, self.closing)


@dataclass(frozen=True)
class OpenDays:
    """What a village wrote down of its days; what was written last decides."""

    spans: tuple[Span, ...] = ()

    def closing(self, day: date) -> Span | None:
        """Why the hall is closed on `day`; None where it is open."""
        written = (each for each in reversed(self.spans) if each.covers(day))
        found = min(written, key=_weekly_last, default=None)
        return None if found is None or found.what == "open" else found

    def is_open(self, day: date) -> bool:
        """Whether the hall is open on `day`."""
        return self.closing(day) is None

    def next_open(self, day: date) -> date:
        """`day`, or the first one after it on which the hall is open."""
        days = (day + timedelta(days=ahead) for ahead in range(_FARTHEST))
        return next((each for each in days if self.is_open(each)), day)

    def told(self, day: date) -> date:
        """`day`, which says of itself where the hall is closed on it."""
        found = self.closing(day)
        return day if found is None else DayAtTheHall(day.year, day.month, day.day, found)


ALWAYS_OPEN: Final = OpenDays()


def _weekly_last(span: Span) -> bool:
    """Days that were named go before a weekday that is always the same."""
    return span.what == "weekly"


def one_is_left(spans: Iterable[Span]) -> bool:
    """Whether there is a weekday on which the hall is not closed every week."""
    return len({each.first.isoweekday() for each in spans if each.what == "weekly"}) < 7
