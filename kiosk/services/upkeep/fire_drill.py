"""The fire drill: once a month the newest backup is restored for real, beside the village.

Three questions are put to what comes out of it: does it open and restore, is its log the one that
today's log was at that length, and do its tables say what its log says. The answer is an entry of
the log, and stands on the keeper's screen. A backup that nobody ever restored is a hope.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from sqlalchemy import func, select

from kiosk.core import event_log
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.models.database import UNREADABLE
from kiosk.models.ledger import LedgerEntry, of_kind
from kiosk.services.access import sessions
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger import log
from kiosk.services.upkeep import backup_places, private_files
from kiosk.services.upkeep.backup import BackupHeader
from kiosk.services.upkeep.opening import open_village
from kiosk.services.upkeep.restore import look, put_into
from kiosk.services.village import Village
from kiosk.services.work import writing

FIRE_DRILL: Final = "fire_drill"
"""The kind of entry that says how a drill went."""
EVERY: Final = timedelta(days=30)
AGAIN: Final = timedelta(days=1)
"""How soon another one follows a drill that failed."""
_RESTS: Final = timedelta(minutes=30)
"""How old a backup is when it is tried by itself: not while the hall opens, which made it."""
_ROOM: Final = 4
"""So many times the backup's size has to be free: the copy, its state anew, and some."""

Failed = Literal["", "room", "opens", "log", "tables"]
"""What went wrong, empty when nothing did; words at ``machine.drill_<failed>``."""


@dataclass(frozen=True)
class Drill:
    """When a drill was, of which backup, and what went wrong."""

    at: datetime
    made_at: datetime
    failed: Failed = ""


def last_drill(village: Village) -> Drill | None:
    """How the newest drill went; None before the first."""
    newest = select(func.max(LedgerEntry.index)).where(of_kind(FIRE_DRILL))
    with village.read() as session:
        index = session.scalar(newest)
        told = None if index is None else log.content_of(session, index)
        if index is None or told is None:
            return None
        at = session.get_one(LedgerEntry, index).at
        return Drill(at, datetime.fromisoformat(told["backup"]), told["failed"])


def hold_if_due(village: Village) -> Drill | None:
    """Hold the drill of this month on the newest backup; None where none is due, or possible."""
    last, now = last_drill(village), village.clock.now()
    wait = AGAIN if last and last.failed else EVERY
    newest = backup_places.newest_in(village.directory.backups, now)
    if newest is None or now - newest.made_at < _RESTS:
        return None
    if last and timedelta(0) <= now - last.at < wait:
        return None
    return hold(village)


def hold_by(village: Village, session_id: str) -> Drill:
    """A drill that the keeper asks for at the screen.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``no_backup_to_try``.
    """
    sessions.holding(village, session_id, "back_up")
    held = hold(village)
    if held is None:
        raise ExpectedError("no_backup_to_try")
    return held


def hold(village: Village) -> Drill | None:
    """Restore the newest backup, ask it, and write down how it went; None without a backup."""
    newest = backup_places.newest_in(village.directory.backups, village.clock.now())
    if newest is None or not village.database.is_sqlite:
        return None
    event_log.record("fire_drill_started")
    failed = rehearse(village, newest.file)
    made_at = newest.made_at.isoformat()
    with writing(village) as work:
        log.append(work, FIRE_DRILL, {"backup": made_at, "failed": failed})
        at = work.now
    event_log.record("fire_drill_held", failed=failed)
    return Drill(at, newest.made_at, failed)


def rehearse(village: Village, file: Path) -> Failed:
    """Restore a backup into a folder of its own, gone afterwards, and ask it the three questions.

    Nothing of the village changes.
    """
    if shutil.disk_usage(village.directory.root).free < _ROOM * file.stat().st_size:
        return "room"
    with private_files.plain_copy(village.directory, "drill") as folder:
        return _asked(village, file, DataDirectory(folder / "village"))


def _asked(village: Village, file: Path, scratch: DataDirectory) -> Failed:
    try:
        header = look(file, village.keys.backup)
        put_into(scratch, file, village.keys.backup, village.clock)
        restored = open_village(scratch, village.clock)
    except (ExpectedError, EnvironmentFault, *UNREADABLE):
        return "opens"
    if not _was_todays(village, header):
        return "log"
    with restored.closing():
        try:
            return "" if verify_village(restored).consistent else "tables"
        except (EnvironmentFault, *UNREADABLE):
            return "tables"


def _was_todays(village: Village, header: BackupHeader) -> bool:
    with village.read() as session:
        if header.entries > log.log_size(session):
            return False
        return log.root_at(session, header.entries).hex() == header.root
