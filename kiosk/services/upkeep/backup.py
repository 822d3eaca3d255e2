"""Backups of a SQLite village: copied online, checked, encrypted, read back, kept thirty deep."""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import text

from kiosk.core import event_log
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import sync_folder
from kiosk.models.database import Database, sqlite_url
from kiosk.services.access import sessions
from kiosk.services.ledger import log
from kiosk.services.signing.sealed_file import seal, unseal
from kiosk.services.signing.signed_note import parse_verifier
from kiosk.services.upkeep import backup_places, private_files
from kiosk.services.upkeep.backup_places import NAME
from kiosk.services.village import Village

DRAFTS = "village-*.new"
LEFT_AFTER = timedelta(hours=6)
"""A draft that nobody has written to for so long is no backup any more, and never becomes one."""
KEPT = 30
"""How many of the newest backups stay (design section 5)."""
_AT_THE_SECOND = {
    "disk_full": "second_full",
    "disk_trouble": "second_trouble",
    "no_permission": "second_read_only",
    "backup_differs": "second_trouble",
}
"""What a fault is called when it is the second place's: the keeper looks at the stick then."""
_LENGTH = 4
_ROOT = 32
_LONGEST_HEADER = 100_000


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A backup that was made and checked: its file, size in bytes and the log's head in it.

    `second` is its copy in the second place, and `trouble` why there is none where there should be.
    """

    file: Path
    size: int
    entries: int
    root: bytes
    second: Path | None = None
    trouble: EnvironmentFault | None = None


@dataclass(frozen=True, kw_only=True)
class BackupHeader:
    """What a backup says of itself, inside the encryption."""

    made_at: str
    entries: int
    root: str
    settings: str
    """The village's settings file, as it was."""
    verifiers: tuple[str, ...]
    """Public keys whose papers were the village's."""


def back_up(village: Village, folder: Path | None = None) -> Backup:
    """Copy the database into `folder`, or into the village's own and its second place.

    Trouble in the second place does not undo the first copy; it is in the answer, and is kept for
    the keeper, as every trouble of the regular backup is.

    Raises:
        EnvironmentFault: ``backup_not_here`` on PostgreSQL, ``backup_differs``, ``disk_full``,
            ``disk_trouble``, ``no_permission``.
    """
    if not village.database.is_sqlite:
        raise EnvironmentFault("backup_not_here")
    event_log.record("backup_started")
    try:
        made = _made(village, folder)
    except EnvironmentFault as fault:
        if folder is None:
            _note(village, fault)
        raise
    if folder is None:
        _note(village, made.trouble)
    event_log.record("backup_made", entries=made.entries)
    return made


def back_up_by(village: Village, session_id: str) -> Backup:
    """A backup that somebody at the screen asks for.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
        EnvironmentFault: as `back_up`.
    """
    sessions.holding(village, session_id, "back_up")
    return back_up(village)


def read_backup(file: Path, key: bytes) -> Iterator[BackupHeader | bytes]:
    """The header of a backup, then its database in pieces.

    Raises:
        ExpectedError: ``backup_unreadable``.
        EnvironmentFault: ``no_permission`` if the file cannot be opened.
    """
    try:
        stream = file.open("rb")
    except OSError as trouble:
        raise EnvironmentFault("no_permission", file) from trouble
    with stream:
        pieces = unseal(stream, key)
        first = next(pieces)
        length = int.from_bytes(first[:_LENGTH], "big")
        if length > min(_LONGEST_HEADER, len(first) - _LENGTH):
            raise ExpectedError("backup_unreadable")
        yield _header(first[_LENGTH : _LENGTH + length])
        yield first[_LENGTH + length :]
        yield from pieces


def _header(told: bytes) -> BackupHeader:
    """What stands in a header, each of the type that it must have.

    Raises:
        ExpectedError: ``backup_unreadable``: sealed with the right key, and something else.
    """
    try:
        known: dict[str, Any] = json.loads(told)
        header = BackupHeader(**{**known, "verifiers": tuple(known["verifiers"])})
        datetime.fromisoformat(header.made_at)
        if not isinstance(header.settings, str) or not header.verifiers:
            raise ExpectedError("backup_unreadable")
        for each in header.verifiers:
            parse_verifier(each)
        if type(header.entries) is not int or len(bytes.fromhex(header.root)) != _ROOT:
            raise ExpectedError("backup_unreadable")
    except (ValueError, AttributeError, LookupError, TypeError, RecursionError) as trouble:
        raise ExpectedError("backup_unreadable") from trouble
    return header


def _made(village: Village, folder: Path | None) -> Backup:
    with _copy(village) as (copy, header):
        made = _sealed(village, copy, header, folder or village.directory.backups)
        place = None if folder else backup_places.second_place(village)
        if place is None:
            return made
        try:
            _check_second(village, place)
            return replace(made, second=_sealed(village, copy, header, place).file)
        except EnvironmentFault as fault:
            # A stick that was pulled out meanwhile says so better than what writing to it said.
            code = backup_places.trouble_at(village, place)
            trouble = EnvironmentFault(code or _AT_THE_SECOND.get(fault.code, fault.code), place)
            return replace(made, trouble=trouble)


def _check_second(village: Village, place: Path) -> None:
    if trouble := backup_places.trouble_at(village, place):
        raise EnvironmentFault(trouble, place)


def _note(village: Village, fault: EnvironmentFault | None) -> None:
    """Leave a mark for the keeper; a disk that does not take even that is told by the backup."""
    with suppress(OSError):
        backup_places.note_try(village, *((fault.code, fault.values) if fault else ()))
    if fault is not None:
        event_log.record("backup_failed", code=fault.code)


@contextmanager
def _copy(village: Village) -> Iterator[tuple[Path, BackupHeader]]:
    """A plain copy in a folder of its own, checked against the log; gone afterwards."""
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(private_files.plain_copy(village.directory, "backup"))
        except OSError as trouble:
            raise _fault(trouble, village.directory.root) from trouble
        copy = folder / "village.sqlite3"
        with village.read() as session:
            session.connection().exec_driver_sql("ROLLBACK")  # VACUUM is no part of a transaction
            session.connection().exec_driver_sql("VACUUM INTO ?", (str(copy),))
            session.connection().exec_driver_sql("BEGIN")
        yield copy, _checked(village, copy)


def _checked(village: Village, copy: Path) -> BackupHeader:
    found = check_copy(copy)
    with village.read() as session:
        if log.root_at(session, found.size) != found.root:
            raise EnvironmentFault("backup_differs")
    return BackupHeader(
        made_at=village.clock.now().isoformat(),
        entries=found.size,
        root=found.root.hex(),
        settings=village.directory.settings.read_text("utf-8"),
        verifiers=tuple(each.text() for each in village.keys.verifiers),
    )


def check_copy(copy: Path) -> log.Head:
    """Open a copied database, check it whole, and return its log's head.

    Raises:
        EnvironmentFault: ``backup_differs`` if SQLite finds it damaged.
    """
    database = Database(sqlite_url(copy))
    try:
        with database.read() as session:
            if session.execute(text("PRAGMA integrity_check")).scalar_one() != "ok":
                raise EnvironmentFault("backup_differs")
            return log.head(session)
    finally:
        database.close()


def _sealed(village: Village, copy: Path, header: BackupHeader, folder: Path) -> Backup:
    target = folder / village.clock.now().strftime(NAME)
    draft = target.with_suffix(".new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _discard_left(village, folder)
        with copy.open("rb") as stream, draft.open("wb") as sealed:
            seal(_with_header(header, stream), sealed, village.keys.backup)
        if _digest(draft, village.keys.backup) != _plain_digest(copy):
            draft.unlink()
            raise EnvironmentFault("backup_differs")
        draft.replace(target)
        sync_folder(folder)
    except OSError as trouble:
        _discard(draft)
        raise _fault(trouble, folder) from trouble
    _keep_newest(folder, target)
    return Backup(
        file=target,
        size=target.stat().st_size,
        entries=header.entries,
        root=bytes.fromhex(header.root),
    )


def _fault(trouble: OSError, place: Path) -> EnvironmentFault:
    """The sentence for what the disk at `place` said."""
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return EnvironmentFault("disk_full")
    if trouble.errno == errno.EIO:
        return EnvironmentFault("disk_trouble")
    return EnvironmentFault("no_permission", place)


def _discard(draft: Path) -> None:
    """Take away what was begun, as far as the disk lets us: it is no backup."""
    with suppress(OSError):
        draft.unlink(missing_ok=True)


def _discard_left(village: Village, folder: Path) -> None:
    """Take away drafts that a power cut left; one that is being written is younger."""
    for each in folder.glob(DRAFTS):
        with suppress(OSError):
            written = datetime.fromtimestamp(each.stat().st_mtime, UTC)
            if village.clock.now() - written > LEFT_AFTER:
                each.unlink()


def _with_header(header: BackupHeader, database: BinaryIO) -> _Joined:
    told = json.dumps(vars(header), ensure_ascii=False).encode()
    return _Joined(len(told).to_bytes(_LENGTH, "big") + told, database)


class _Joined:
    """The header, and the database behind it."""

    def __init__(self, first: bytes, then: BinaryIO) -> None:
        self._first, self._then = first, then

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes of both."""
        piece, self._first = self._first[:size], self._first[size:]
        return piece + self._then.read(size - len(piece)) if len(piece) < size else piece


def _digest(sealed: Path, key: bytes) -> bytes:
    digest = hashlib.sha256()
    for piece in read_backup(sealed, key):
        if isinstance(piece, bytes):
            digest.update(piece)
    return digest.digest()


def _plain_digest(file: Path) -> bytes:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def _keep_newest(folder: Path, made: Path) -> None:
    """Names sort by age, unless a clock was wrong: what was just made stays in any case.

    What has another name is nobody's to delete.
    """
    others = [each.file for each in backup_places.kept_in(folder) if each.file != made]
    for old in others[: -(KEPT - 1)]:
        old.unlink()
