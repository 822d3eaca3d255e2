"""Putting a village back from a backup, and a signing key that has to be replaced."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kiosk.core import event_log
from kiosk.core.catalogue import catalogue
from kiosk.core.clock import Clock
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import DataDirectory, sync_folder, write_whole
from kiosk.core.settings import read_settings
from kiosk.models.database import Database, sqlite_url
from kiosk.services.access import peppers
from kiosk.services.ledger import last_head, log
from kiosk.services.signing.keys import (
    SIGNING_KEY,
    keep_earlier,
    make_keys,
    read_keys,
    replace_signing_key,
)
from kiosk.services.signing.signed_note import parse_verifier
from kiosk.services.upkeep import founding_notes, private_files
from kiosk.services.upkeep.backup import BackupHeader, check_copy, read_backup
from kiosk.services.upkeep.opening import bring_up_to_date, on_a_server, open_village
from kiosk.services.village import Village
from kiosk.services.work import Work, writing


@dataclass(frozen=True, kw_only=True)
class RestoreReport:
    """What was put back: entries in the backup, entries that the log it replaced had beyond it.

    `new_keys` is True on a machine that had none: papers are signed with a new key from now on.
    `locked_out` is True where PINs of before open nothing, since the pepper is in no backup: the
    officials need new cards first, and everybody else from a clerk.
    """

    entries: int
    lost: int
    new_keys: bool
    locked_out: bool
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


def require_same_village(directory: DataDirectory, header: BackupHeader) -> None:
    """Refuse the backup of another village than the one that is in `directory`.

    Raises:
        ExpectedError: ``backup_other_village``.
    """
    if not directory.settings.exists():
        return
    origin = parse_verifier(header.verifiers[0]).name  # a key is named for its village
    if read_settings(directory.settings).origin != origin:
        raise ExpectedError("backup_other_village", origin)


def restore(directory: DataDirectory, file: Path, key: bytes, clock: Clock) -> RestoreReport:
    """Put the village of a backup into `directory`; a database that is there is kept aside.

    The log gets an entry that says so: slips that are newer than the backup are recognised as
    "the machine lost entries", never as forged.

    Raises:
        ExpectedError: ``backup_unreadable``, ``backup_other_village``.
        EnvironmentFault: ``restore_not_here``, ``backup_differs``, ``no_permission``,
            ``keys_open``.
    """
    require_folder()
    founding_notes.sweep(directory)
    done = put_into(directory, file, key, clock)
    founding_notes.forget(directory)
    event_log.record("restored", entries=done.entries, lost=done.lost)
    return done


def require_folder() -> None:
    """Refuse where the village lies on a server: a file in its folder would put nothing back there.

    Raises:
        EnvironmentFault: ``restore_not_here``.
    """
    if on_a_server():
        raise EnvironmentFault("restore_not_here")


def put_into(directory: DataDirectory, file: Path, key: bytes, clock: Clock) -> RestoreReport:
    """As `restore`, without a word in the program's own log: a drill restores nothing in earnest.

    Raises:
        ExpectedError, EnvironmentFault: as `restore`.
    """
    with ExitStack() as stack:
        try:
            directory.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            shelf = stack.enter_context(private_files.plain_copy(directory, "restoring"))
            fresh = shelf / directory.database.name
            header = _unpack(file, key, fresh)
        except OSError as trouble:
            raise EnvironmentFault("no_permission", directory.root) from trouble
        require_same_village(directory, header)
        return _put_back(directory, header, fresh, key, clock)


def _put_back(
    directory: DataDirectory, header: BackupHeader, fresh: Path, key: bytes, clock: Clock
) -> RestoreReport:
    found = check_copy(fresh)
    if (found.size, found.root.hex()) != (header.entries, header.root):
        raise EnvironmentFault("backup_differs")
    size, until = _length_of_old(directory)
    lost = max(size - found.size, 0)
    new_keys = _complete(directory, header, key)
    told = {"from": found.size, "made_at": header.made_at}
    told = told if until is None else {**told, "until": until}
    locked_out = _say_restored(directory, fresh, clock, told, new_keys)
    aside = _keep_aside(directory, clock)
    fresh.replace(directory.database)
    sync_folder(directory.root)
    with open_village(directory, clock).closing() as village:
        last_head.begin(village)
    return RestoreReport(
        entries=found.size, lost=lost, new_keys=new_keys, locked_out=locked_out, kept_aside=aside
    )


def replace_key(village: Village) -> Village:
    """Sign with a new key from now on; papers of the old one stay genuine.

    The change is an entry of the log, signed for by the first paper of the new key.
    """
    keys = replace_signing_key(village.directory.keys, village.keys)
    changed = replace(village, keys=keys)
    with writing(changed) as work:
        content = {"old": village.keys.verifier.text(), "new": keys.verifier.text()}
        log.append(work, log.KEY_REPLACED, content)
    event_log.record("key_replaced")
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


def _length_of_old(directory: DataDirectory) -> tuple[int, int | None]:
    """How many entries the log has that is there, and at most had; None where nobody can tell."""
    if not directory.database.exists():
        return 0, None
    database = Database(sqlite_url(directory.database))
    try:
        with database.read() as session:
            return log.head(session).size, log.longest(session)
    except Exception:
        # Whatever is wrong with the old database is why somebody restores; it is kept aside.
        return 0, None
    finally:
        database.close()


def _say_restored(
    directory: DataDirectory, fresh: Path, clock: Clock, content: dict[str, Any], new_keys: bool
) -> bool:
    """Write into the log that it was restored, before it is anybody's log.

    Were it written afterwards, a power cut between the two would leave a log that is shorter than
    slips say and does not say why. True where PINs of before open nothing, which it says as well.
    """
    settings = read_settings(directory.settings)
    keys = read_keys(directory.keys, settings.origin)
    database = Database(sqlite_url(fresh))
    try:
        bring_up_to_date(database)
        village = Village(
            directory=directory,
            settings=settings,
            clock=clock,
            database=database,
            keys=keys,
            catalogue=catalogue(),
        )
        with writing(village) as work:
            log.append(work, log.RESTORED, content)
            _end_earlier_keys(work)
            locked_out = new_keys or peppers.is_another(work.session, keys.pepper)
            if locked_out:
                peppers.note_changed(work, keys.pepper)
    finally:
        database.close()
    for side in ("-wal", "-shm"):
        Path(f"{fresh}{side}").unlink(missing_ok=True)
    return locked_out


def _end_earlier_keys(work: Work) -> None:
    """Say again that a key was replaced, where the entry that said so was lost or never written."""
    keys, ended = work.village.keys, log.key_ends(work.session)
    for old in keys.earlier:
        if old != keys.verifier and old.text() not in ended:
            content = {"old": old.text(), "new": keys.verifier.text()}
            log.append(work, log.KEY_REPLACED, content)


def _keep_aside(directory: DataDirectory, clock: Clock) -> Path | None:
    """Give the database that is there a second name, under which it stays.

    It keeps its first name until the new one takes it in one step: at no moment is there no
    database. Its write-ahead log, which `_length_of_old` emptied unless it is damaged, goes for
    certain before that, or SQLite would take it for the new one's.
    """
    if not directory.database.exists():
        return None
    aside = directory.root / f"replaced-{clock.now():%Y%m%dT%H%M%SZ}"
    aside.mkdir()
    try:
        os.link(directory.database, aside / directory.database.name)
    except OSError:  # a file system without second names
        shutil.copy2(directory.database, aside / directory.database.name)
    for part in directory.root.glob(f"{directory.database.name}-*"):
        shutil.move(part, aside / part.name)
    sync_folder(aside)
    sync_folder(directory.root)
    return aside


def _complete(directory: DataDirectory, header: BackupHeader, key: bytes) -> bool:
    """Settings and keys, where the machine has none; True if keys had to be made."""
    for folder in (directory.spool, directory.backups, directory.log):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not directory.settings.exists():
        write_whole(directory.settings, header.settings.encode())
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
