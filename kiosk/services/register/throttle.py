"""Keeping a terminal from being used to page through the village.

A terminal shows so many names to whoever stands before it, and few more in each hour; when they are
spent, a whole name is still found, and whoever signs in has names of their own. Somebody who looks
for a neighbour knows the name, or has a card; somebody who copies the village has neither.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.core.errors import ExpectedError
from kiosk.services.register.search import FEW, SearchResult, sought_prefix

_HOUR = 3600
_DAY = 24 * _HOUR
_TINY = 1e-6


@dataclass(frozen=True)
class Allowance:
    """So many at once, and so many more in each hour until there are as many again."""

    most: int
    an_hour: int


SEARCHES = Allowance(300, 900)
"""A name typed in pinyin is about eight searches; so a queue of villagers passes, and trying all
that could be a name takes weeks."""
OF_ALL = Allowance(200, 16)
"""New names for everybody who is not signed in: 360 a day, some 120 searches."""
OF_RESIDENT = Allowance(40, 4)
OF_OFFICIAL = Allowance(600, 150)
"""Enough for a day on which a clerk enrols people from morning to evening."""


class Throttle:
    """What one terminal may still show.

    The same text, and somebody who was shown before, is free for a day. What is left, not what was
    looked for, is kept in `file`: whoever starts the kiosk anew has no more than before. Where the
    file cannot be read or written, it is kept in memory alone.
    """

    def __init__(self, seconds: Callable[[], float] = time.time, file: Path | None = None) -> None:
        self._seconds, self._file = seconds, file
        kept = _kept(file)
        self._left = kept or {}
        self._begun = seconds() if kept is None else -math.inf
        self._before: dict[str | int, float] = {}

    def admit(self, typed: str) -> None:
        """Let a search for `typed` pass, and count it.

        Raises:
            ExpectedError: ``search_throttled`` with the seconds to wait.
        """
        sought = sought_prefix(typed)
        now = self._seconds()
        self._forget(now - _DAY)
        if sought is None or sought in self._before:
            return
        wait = self._wait("searches", SEARCHES, 1)
        if wait > 0:
            raise ExpectedError("search_throttled", wait)
        self._take("searches", 1)
        self._before[sought] = now

    def shown(
        self, found: SearchResult, resident_id: int | None = None, *, official: bool = False
    ) -> SearchResult:
        """What of `found` may be shown to who is signed in, if anybody: counted as shown.

        While fewer than `FEW` names are left, those who cost none: whose whole name was typed, or
        who was shown today.

        Raises:
            ExpectedError: ``names_spent`` or, to who is signed in, ``own_names_spent``, with the
                minutes to wait: nobody is called so. Whether anybody's name begins so is not told.
        """
        if found.too_short:
            return found
        key = "names" if resident_id is None else f"names of {resident_id}"
        allowance = OF_ALL if resident_id is None else OF_OFFICIAL if official else OF_RESIDENT
        wait = self._wait(key, allowance, FEW)
        before = self._before.keys()
        free = tuple(row for row in found.rows if row.called_so or row.resident_id in before)
        if wait > 0:
            if free:
                return replace(found, rows=free, total=len(free))
            spent = "names_spent" if resident_id is None else "own_names_spent"
            raise ExpectedError(spent, math.ceil(wait / 60))
        new = [row.resident_id for row in found.rows if row not in free]
        if new:
            self._take(key, len(new))
            self._before |= dict.fromkeys(new, self._seconds())
        return found

    def _forget(self, a_day_ago: float) -> None:
        """What was used a day ago is there again in full, whoever it was that used it."""
        while self._before and next(iter(self._before.values())) <= a_day_ago:
            del self._before[next(iter(self._before))]
        self._left = {key: (left, at) for key, (left, at) in self._left.items() if at > a_day_ago}

    def _wait(self, key: str, allowance: Allowance, amount: int) -> int:
        """Seconds until there is room for `amount`; 0 if there is now."""
        now = self._seconds()
        left, at = self._left.get(key, (0, self._begun))
        left = min(allowance.most, left + max(0, now - at) * allowance.an_hour / _HOUR)
        self._left[key] = left, now
        short = amount - left
        return math.ceil(short / allowance.an_hour * _HOUR) if short > _TINY else 0

    def _take(self, key: str, amount: int) -> None:
        left, at = self._left[key]
        self._left[key] = left - amount, at
        self._keep()

    def _keep(self) -> None:
        if self._file is None:
            return
        with suppress(OSError):
            self._file.touch(mode=0o600)
            self._file.write_text(json.dumps(self._left), "utf-8")


def _kept(file: Path | None) -> dict[str, tuple[float, float]] | None:
    """What a `Throttle` kept in `file`; None if it says something else, spoilt by hand.

    Then there is nothing left of anything, and spoiling it gains nothing.
    """
    if file is None or not file.exists():
        return {}
    try:
        told = json.loads(file.read_text("utf-8"), parse_constant=_refuse)
        return {str(key): (float(left), float(at)) for key, (left, at) in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _refuse(constant: str) -> None:
    raise ValueError(constant)
