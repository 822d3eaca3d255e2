"""A year of the village, played in the order in which things happened."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from kiosk.core.clock import VILLAGE_ZONE, SettableClock

Happening = Callable[[], None]


OPEN_HOUR, CLOSE_HOUR = 8, 17
"""The hours of the hall, in the village's time."""


def _while_open(moment: datetime) -> datetime:
    """`moment`, or the same minute of the next hour in which somebody is at the hall."""
    there = moment.astimezone(VILLAGE_ZONE)
    if OPEN_HOUR <= there.hour < CLOSE_HOUR:
        return there
    opening = there + timedelta(days=there.hour >= CLOSE_HOUR)
    return opening.replace(hour=OPEN_HOUR)


@dataclass
class Calendar:
    """Happenings in the order of their moments; one may put others into the future."""

    clock: SettableClock
    until: datetime
    _waiting: list[tuple[datetime, int, Happening]] = field(default_factory=list)
    _order: count[int] = field(default_factory=count)

    def at(self, moment: datetime, happening: Happening) -> None:
        """Let `happening` happen at `moment`, if that is before the end."""
        whole = moment.astimezone(UTC).replace(microsecond=0)
        if whole <= self.until:
            heapq.heappush(self._waiting, (whole, next(self._order), happening))

    def after(self, hours: float, happening: Happening) -> None:
        """Let `happening` happen so many hours from now, or as soon as the hall is open then."""
        moment = self.clock.now() + timedelta(hours=hours)
        opened = _while_open(moment)
        self.at(opened if opened <= self.until else moment, happening)

    def play(self, progress: Callable[[float], None]) -> None:
        """Let everything happen; `progress` gets the part of the time that has passed."""
        began = self.clock.now()
        whole = (self.until - began).total_seconds() or 1.0
        while self._waiting:
            moment, _, happening = heapq.heappop(self._waiting)
            self.clock.moment = max(moment, self.clock.moment)
            happening()
            progress((self.clock.now() - began).total_seconds() / whole)
        self.clock.moment = self.until
