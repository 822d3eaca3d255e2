"""The day of an entry, which a service asked for a moment before it appended it."""

from __future__ import annotations

from datetime import date

from kiosk.core.clock import village_day
from kiosk.services.audit.fold.compare import SLACK
from kiosk.services.audit.fold.state import Entry


def days_of(entry: Entry) -> tuple[date, ...]:
    """The days on which what an entry says may have been reckoned: two, soon after midnight."""
    return tuple(dict.fromkeys((village_day(entry.at), village_day(entry.at - SLACK))))
