"""Backups of a SQLite village: copied online, opened, checked, and compared with the log's head."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from kiosk.core import journal
from kiosk.core.errors import EnvironmentFault
from kiosk.models.database import Database, sqlite_url
from kiosk.services.ledger import log
from kiosk.services.village import Village

NAME = "village-%Y%m%dT%H%M%SZ.sqlite3"
"""A backup's file name: the moment in UTC, so that names sort by age."""
KEPT = 30
"""How many of the newest backups stay (design section 5)."""


@dataclass(frozen=True)
class Backup:
    """A backup that was made and checked: its file, size in bytes and the log's head in it."""

    file: Path
    size: int
    entries: int
    root: bytes


def back_up(village: Village, folder: Path | None = None) -> Backup:
    """Copy the database into `folder` (the village's own by default) and check the copy.

    Raises:
        EnvironmentFault: ``backup_not_here`` on PostgreSQL, ``backup_differs``, ``disk_full``,
            ``no_permission``.
    """
    if not village.database.is_sqlite:
        raise EnvironmentFault("backup_not_here")
    journal.record("backup_started")
    target = (folder or village.directory.backups) / _name(village)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        with village.read() as session:
            session.connection().exec_driver_sql("ROLLBACK")  # VACUUM cannot run in a transaction
            session.connection().exec_driver_sql("VACUUM INTO ?", (str(target),))
            session.connection().exec_driver_sql("BEGIN")
    except OSError as trouble:
        raise EnvironmentFault("no_permission", target.parent) from trouble
    made = _checked(village, target)
    _sync(target)
    _sync(target.parent)
    _keep_newest(target.parent)
    journal.record("backup_made", entries=made.entries)
    return made


def _name(village: Village) -> str:
    return village.clock.now().strftime(NAME)


def _checked(village: Village, file: Path) -> Backup:
    copy = Database(sqlite_url(file))
    try:
        with copy.read() as session:
            sound = session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
            found = log.head(session)
        with village.read() as session:
            same = log.root_at(session, found.size) == found.root
    finally:
        copy.close()
    for side in ("-wal", "-shm"):
        Path(f"{file}{side}").unlink(missing_ok=True)
    if not (sound and same):
        file.unlink()
        raise EnvironmentFault("backup_differs")
    return Backup(file, file.stat().st_size, found.size, found.root)


def _sync(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _keep_newest(folder: Path) -> None:
    for old in sorted(folder.glob("village-*.sqlite3"))[:-KEPT]:
        old.unlink()
