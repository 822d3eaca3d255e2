"""Files of a village that nobody else may read, and plain copies that no crash may leave behind."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.core.paths import DataDirectory

_NAMES = (".backup-", ".restoring-", ".drill-")
_NOBODY_ELSE = 0o077


@contextmanager
def plain_copy(directory: DataDirectory, what: str) -> Iterator[Path]:
    """A folder for a copy that is not encrypted; gone when the block ends.

    The kernel gives the lock on it back when the process dies, however it dies: that is how
    `sweep` tells a folder that is in use from one that was left.

    Raises:
        OSError: there is no room, or no permission.
    """
    made = Path(tempfile.mkdtemp(dir=directory.root, prefix=".new-"))
    handle = os.open(made, os.O_RDONLY | os.O_DIRECTORY)
    folder = made.with_name(made.name.replace(".new-", f".{what}-"))
    try:
        # It has its name once it is locked, so that nobody sweeps it away in between.
        fcntl.flock(handle, fcntl.LOCK_EX)
        made.rename(folder)
        yield folder
    finally:
        for each in (made, folder):
            shutil.rmtree(each, ignore_errors=True)
        os.close(handle)


def sweep(directory: DataDirectory) -> int:
    """Remove the plain copies that a crash or a power cut left; how many there were."""
    left = [
        each
        for name in _NAMES
        for each in directory.root.glob(f"{name}*")
        if each.is_dir() and not each.is_symlink() and not _in_use(each)
    ]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    # So was the copy of a restore called by the versions before this one.
    for file in directory.root.glob("village.restoring*"):
        with suppress(OSError):
            file.unlink()
    return len(left)


def tighten(directory: DataDirectory) -> None:
    """Take from all others what they may do with the village's folder and what stands in it.

    A file that belongs to somebody else keeps its mode: the folder above it is closed.
    """
    database = directory.database
    journals = (database.with_name(f"{database.name}{end}") for end in ("-wal", "-shm"))
    folders = (directory.root, directory.spool, directory.backups, directory.log)
    for each in (*folders, database, *journals, directory.settings):
        with suppress(OSError):
            mode = each.stat().st_mode
            if mode & _NOBODY_ELSE:
                each.chmod(mode & ~_NOBODY_ELSE & 0o7777)


def _in_use(folder: Path) -> bool:
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
