"""Putting a village back from a backup, and a signing key that has to be replaced."""

from __future__ import annotations

import os
import shutil
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.core import journal
from kiosk.core.clock import Clock
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.places import DataDirectory, sync_folder
from kiosk.core.settings import read_settings
from kiosk.models.database import Database, sqlite_url
from kiosk.services.backup import BackupHeader, check_copy, read_backup
from kiosk.services.ledger import log
from kiosk.services.ledger.keys import (
    SIGNING_KEY,
    keep_earlier,
    make_keys,
    read_keys,
    replace_signing_key,
)
from kiosk.services.ledger.notes import parse_verifier
from kiosk.services.upkeep import open_village
from kiosk.services.village import Village


@dataclass(frozen=True)
class Restored:
    """What was put back: entries in the backup, entries that the log it replaced had beyond it.

    `new_keys` is True on a machine that had none: papers are signed with a new key from now on,
    and every card needs a new PIN, since the pepper is in no backup.
    """

    entries: int
    lost: int
    new_keys: bool
    kept_aside: Path | None


def look(file: Path, key: bytes) -> BackupHeader:
    """What a backup says of itself.

    Raises:
        ExpectedError: ``backup_unreadable``.
    """
    header = next(iter(read_backup(file, key)))
    if not isinstance(header, BackupHeader):
        raise ExpectedError("backup_unreadable")
    return header


def restore(directory: DataDirectory, file: Path, key: bytes, clock: Clock) -> Restored:
    """Put the village of a backup into `directory`; a database that is there is kept aside.

    The log gets an entry that says so: slips that are newer than the backup are recognised as
    "the machine lost entries", never as forged.

    Raises:
        ExpectedError: ``backup_unreadable``, ``backup_other_village``.
        EnvironmentFault: ``backup_differs``, ``no_permission``, ``keys_open``.
    """
    try:
        directory.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = directory.database.with_suffix(".restoring")
        header = _unpack(file, key, fresh)
    except OSError as trouble:
        raise EnvironmentFault("no_permission", directory.root) from trouble
    _check_same_village(directory, header)
    found = check_copy(fresh)
    if (found.size, found.root.hex()) != (header.entries, header.root):
        raise EnvironmentFault("backup_differs")
    lost = _entries_beyond(directory, found.size)
    aside = _keep_aside(directory, clock)
    for side in ("-wal", "-shm"):
        Path(f"{fresh}{side}").unlink(missing_ok=True)
    fresh.replace(directory.database)
    sync_folder(directory.root)
    new_keys = _complete(directory, header, key)
    with open_village(directory, clock).closing() as village, village.write() as session:
        log.append(session, village, log.RESTORED, {"from": found.size, "made_at": header.made_at})
    journal.record("restored", entries=found.size, lost=lost)
    return Restored(found.size, lost, new_keys, aside)


def replace_key(village: Village) -> Village:
    """Sign with a new key from now on; papers of the old one stay genuine.

    The change is an entry of the log, signed for by the first paper of the new key.
    """
    keys = replace_signing_key(village.directory.keys, village.keys)
    changed = replace(village, keys=keys)
    with changed.write() as session:
        content = {"old": village.keys.verifier.text(), "new": keys.verifier.text()}
        log.append(session, changed, "key_replaced", content)
    journal.record("key_replaced")
    return changed


def _unpack(file: Path, key: bytes, target: Path) -> BackupHeader:
    header: BackupHeader | None = None
    with target.open("wb") as stream:
        for piece in read_backup(file, key):
            if isinstance(piece, bytes):
                stream.write(piece)
            else:
                header = piece
        stream.flush()
        os.fsync(stream.fileno())
    if header is None:
        raise ExpectedError("backup_unreadable")
    return header


def _check_same_village(directory: DataDirectory, header: BackupHeader) -> None:
    if not directory.settings.exists():
        return
    origin = tomllib.loads(header.settings)["origin"]
    if read_settings(directory.settings).origin != origin:
        raise ExpectedError("backup_other_village", origin)


def _entries_beyond(directory: DataDirectory, size: int) -> int:
    """How many entries the log that is there has beyond the backup; 0 if it cannot be read."""
    if not directory.database.exists():
        return 0
    database = Database(sqlite_url(directory.database))
    try:
        with database.read() as session:
            return max(log.head(session).size - size, 0)
    except Exception:
        # Whatever is wrong with the old database is why somebody restores; it is kept aside.
        return 0
    finally:
        database.close()


def _keep_aside(directory: DataDirectory, clock: Clock) -> Path | None:
    if not directory.database.exists():
        return None
    aside = directory.root / f"replaced-{clock.now():%Y%m%dT%H%M%SZ}"
    aside.mkdir()
    for part in directory.root.glob(f"{directory.database.name}*"):
        shutil.move(part, aside / part.name)
    return aside


def _complete(directory: DataDirectory, header: BackupHeader, key: bytes) -> bool:
    """Settings and keys, where the machine has none; True if keys had to be made."""
    for folder in (directory.spool, directory.backups, directory.log):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not directory.settings.exists():
        directory.settings.write_text(header.settings, "utf-8")
    origin = read_settings(directory.settings).origin
    missing = not (directory.keys / SIGNING_KEY).exists()
    keys = (
        make_keys(directory.keys, origin, backup=key)
        if missing
        else read_keys(directory.keys, origin)
    )
    known = {each.text() for each in keys.verifiers}
    earlier = [parse_verifier(each) for each in header.verifiers if each not in known]
    if earlier:
        keep_earlier(directory.keys, earlier)
    return missing
