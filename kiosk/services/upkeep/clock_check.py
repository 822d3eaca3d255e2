"""Whether the clock can be trusted, so that no deadline fires on one that cannot.

A terminal without a network and with an empty battery wakes up in 1970; somebody sets the year
wrong; a battery is changed. Points would end, replies lapse and appeals run out on a day that is
not today. The clock is doubted when it stands before the newest entry of the log, before this
program was made, or more than `FARTHEST` ahead of the last moment at which it was trusted. A
keeper who has looked at it says so once, which is an entry of the log.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.core import event_log
from kiosk.core.paths import write_whole
from kiosk.models.ledger import LedgerEntry, of_kind
from kiosk.services.access import sessions
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import writing

ClockFault = Literal["before_log", "before_program", "far_ahead"]
CONFIRMED = "clock_confirmed"
"""The kind of entry with which a keeper says that the clock is right."""
BUILD_DATE = datetime(2026, 11, 1, tzinfo=UTC)
"""No clock of a machine that runs this program can stand before this."""
SLACK = timedelta(minutes=10)
"""How far a time server may put the clock back without anybody being called."""
FARTHEST = timedelta(days=45)
"""Longer than any hall is closed, shorter than any deadline that would do harm by the hundred."""
_KEPT_EVERY = timedelta(hours=1)
_FILE = "last-moment"


def doubt(village: Village) -> ClockFault | None:
    """Why the clock cannot be trusted now; None when it can."""
    now = village.clock.now()
    with village.read() as session:
        newest = _newest(session)
    if now < BUILD_DATE:
        return "before_program"
    if newest is not None and now < newest - SLACK:
        return "before_log"
    last = _last_trusted(village) or newest
    return "far_ahead" if last is not None and now - last > FARTHEST else None


def note_trusted(village: Village) -> None:
    """Keep the present moment as one at which the clock was trusted; once an hour is enough."""
    now, last = village.clock.now(), _last_trusted(village)
    if last is None or not timedelta(0) <= now - last < _KEPT_EVERY:
        write_whole(_file(village), now.isoformat().encode())


def confirm(village: Village) -> None:
    """A keeper has looked: the clock is right as it stands."""
    with writing(village) as work:
        log.append(work, CONFIRMED, {"moment": work.now.isoformat()})
    write_whole(_file(village), village.clock.now().isoformat().encode())
    event_log.record("clock_confirmed")


def confirm_by(village: Village, session_id: str) -> None:
    """As `confirm`, by the keeper at the screen.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    sessions.holding(village, session_id, "back_up")
    confirm(village)


def _newest(session: Session) -> datetime | None:
    """The latest moment in the log since the clock was last confirmed, that entry included."""
    confirmed = select(func.max(LedgerEntry.index)).where(of_kind(CONFIRMED))
    since = session.scalar(confirmed) or 0
    return session.scalar(select(func.max(LedgerEntry.at)).where(LedgerEntry.index >= since))


def _last_trusted(village: Village) -> datetime | None:
    try:
        found = datetime.fromisoformat(_file(village).read_text("ascii"))
    except (OSError, ValueError):
        return None  # the first start, or a file that a power cut or a hand has spoilt
    return found if found.tzinfo else None


def _file(village: Village) -> Path:
    return village.directory.root / _FILE
