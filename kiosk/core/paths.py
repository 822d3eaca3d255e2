"""Where things stand: the shipped assets, and the one directory in which a village lives."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[2] / "assets"
MANUAL = ASSETS.parent / "docs" / "manual"
"""The manual for each office, a folder for each language."""
DATA_VARIABLE = "KIOSK_DATA"


@dataclass(frozen=True)
class DataDirectory:
    """The directory of one village (``--data`` or ``KIOSK_DATA``)."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite database file."""
        return self.root / "village.sqlite3"

    @property
    def settings(self) -> Path:
        """The settings file that `kiosk init` writes and the keeper may edit."""
        return self.root / "village.toml"

    @property
    def keys(self) -> Path:
        """Signing key and pepper: apart from the database and never in a backup."""
        return self.root / "keys"

    @property
    def spool(self) -> Path:
        """Rendered papers on their way to a printer, and the file printer's output."""
        return self.root / "spool"

    @property
    def backups(self) -> Path:
        """Backups of the database."""
        return self.root / "backups"

    @property
    def log(self) -> Path:
        """The log, as JSON lines."""
        return self.root / "log"

    @property
    def printer_offset(self) -> Path:
        """How far this terminal's sheet printer is off."""
        return self.root / "printer_offset.json"

    @property
    def founding(self) -> Path:
        """What was said at a founding that is not over (`services.upkeep.founding_notes`)."""
        return self.root / "founding.json"

    @property
    def searches(self) -> Path:
        """How many names this terminal may still show; not whose were shown."""
        return self.root / "searches.json"


def data_directory(chosen: Path | None = None) -> DataDirectory:
    """The directory named by `chosen`, else by ``KIOSK_DATA``, else the user's data folder."""
    named = chosen or (Path(value) if (value := os.environ.get(DATA_VARIABLE)) else None)
    return DataDirectory((named or _users_data()).expanduser().resolve())


def _users_data() -> Path:
    from platformdirs import user_data_path  # a start that names its directory does without

    return user_data_path("village-kiosk")


def sync_folder(folder: Path) -> None:
    """Put a folder's own list of names on disk, after a file in it was made or renamed."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(file: Path, content: bytes) -> None:
    """Write a file whole or not at all: on disk, under its name, when this returns.

    Nobody else may read it.
    """
    draft = file.with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
    sync_folder(file.parent)
