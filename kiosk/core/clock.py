"""One clock for every deadline, which tests can set."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

VILLAGE_ZONE = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """What the services ask for the time."""

    def now(self) -> datetime:
        """The moment, timezone-aware, in UTC, whole seconds."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The moment in UTC, cut to whole seconds so that it survives every database alike."""
        return datetime.now(UTC).replace(microsecond=0)


@dataclass
class SettableClock:
    """A clock that stands still until it is moved: for tests and for making the demo village."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 1, 0, tzinfo=UTC))

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def advance(self, **delta: float) -> None:
        """Move forward by the keyword arguments of `timedelta`, e.g. ``advance(days=7)``."""
        self.moment += timedelta(**delta)


def village_day(moment: datetime) -> date:
    """The calendar day in the village (Asia/Shanghai) at `moment`."""
    return moment.astimezone(VILLAGE_ZONE).date()


def start_of_day(day: date) -> datetime:
    """The UTC moment at which `day` begins in the village."""
    return datetime(day.year, day.month, day.day, tzinfo=VILLAGE_ZONE).astimezone(UTC)
