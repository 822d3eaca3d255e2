"""Where backups lie: the village's own folder and the second place, and what is amiss there.

The second place is a stick or a folder that the keeper named. It may be absent, or be the mount
point of a stick that is not in, which looks like an empty folder of this very disk.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kiosk.core.paths import write_whole
from kiosk.services.village import Village

NAME: Final = "village-%Y%m%dT%H%M%SZ.backup"
"""A backup's file name: the moment in UTC, so that names sort by age."""
PATTERN: Final = "village-*.backup"
LEAST_ROOM: Final = 20_000_000
"""Bytes that have to be free in the second place, or three times the newest backup."""
_SHAPE = re.compile(r"village-\d{8}T\d{6}Z\.backup")
_DRAFT = re.compile(r"village-\d{8}T\d{6}Z\.new")
_MOUNTED_UNDER = frozenset({"media", "mnt"})
_FSTAB = Path("/etc/fstab")
_STATE: Final = "last-backup"


@dataclass(frozen=True)
class Kept:
    """A backup by its name: its file, and the moment at which it was made."""

    file: Path
    made_at: datetime


@dataclass(frozen=True)
class LastTry:
    """How the last regular backup went; `trouble` is the code of its fault, empty when all is well.

    Its sentence is ``error.<trouble>`` with `values`.
    """

    at: datetime
    trouble: str = ""
    values: tuple[str, ...] = ()


def kept_in(folder: Path) -> tuple[Kept, ...]:
    """The backups in a folder, oldest first; a file with another name is none."""
    found = (_kept(each) for each in sorted(folder.glob(PATTERN)))
    return tuple(each for each in found if each is not None)


def newest_in(folder: Path, now: datetime) -> Kept | None:
    """The newest backup of a folder; one made by a clock that ran ahead only where no other is."""
    found = kept_in(folder)
    return next((each for each in reversed(found) if each.made_at <= now), None) or (
        found[-1] if found else None
    )


def strays(village: Village) -> tuple[str, ...]:
    """What lies among the backups and is none: it is named, and never deleted or counted."""
    own = village.directory.backups
    here = [each.name for each in own.iterdir()] if own.is_dir() else []
    second = second_place(village)
    there = [each.name for each in second.glob(PATTERN)] if second and second.is_dir() else []
    named = dict.fromkeys(sorted(here) + sorted(there))
    return tuple(name for name in named if moment_of(name) is None and not _DRAFT.fullmatch(name))


def second_place(village: Village) -> Path | None:
    """The stick or folder that the keeper named; None for none."""
    return Path(village.settings.backup_to) if village.settings.backup_to else None


def trouble_at(village: Village, place: Path) -> str:
    """Why no backup can be put into the second place now; an empty text when one can.

    ``second_absent``, ``second_not_mounted``, ``second_read_only``, ``second_full``,
    ``second_trouble``: each is the code of an environment fault with the place as its value.
    """
    try:
        return _trouble_at(village, place)
    except OSError:  # a stick that was pulled out while it was mounted, or is failing
        return "second_trouble"


def _trouble_at(village: Village, place: Path) -> str:
    if not place.is_dir():
        return "second_absent"
    if _is_unmounted(village, place):
        return "second_not_mounted"
    if not os.access(place, os.W_OK | os.X_OK):
        return "second_read_only"
    return "second_full" if shutil.disk_usage(place).free < _wanted(village) else ""


def _same_disk(village: Village, place: Path) -> bool:
    """Whether a place lies on the disk of the village, and is lost with it."""
    return place.stat().st_dev == village.directory.root.stat().st_dev


def note_try(village: Village, trouble: str = "", values: tuple[object, ...] = ()) -> None:
    """Keep how the regular backup went, for whoever looks after the machine."""
    told = {
        "at": village.clock.now().isoformat(),
        "trouble": trouble,
        "values": [str(each) for each in values],
    }
    write_whole(village.directory.root / _STATE, json.dumps(told, ensure_ascii=False).encode())


def last_try(village: Village) -> LastTry | None:
    """How the last regular backup went; None before the first, or where a hand has spoilt it."""
    try:
        told = json.loads((village.directory.root / _STATE).read_text("utf-8"))
        moment = datetime.fromisoformat(told["at"])
        return LastTry(moment, str(told["trouble"]), tuple(map(str, told["values"])))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def _kept(file: Path) -> Kept | None:
    moment = moment_of(file.name)
    return None if moment is None or not file.is_file() else Kept(file, moment)


def moment_of(name: str) -> datetime | None:
    """When a backup was made, by its name; None of a file with another name."""
    if not _SHAPE.fullmatch(name):
        return None
    try:
        return datetime.strptime(name, NAME).replace(tzinfo=UTC)
    except ValueError:  # no such day
        return None


def _wanted(village: Village) -> int:
    newest = newest_in(village.directory.backups, village.clock.now())
    return max(LEAST_ROOM, 3 * newest.file.stat().st_size if newest else 0)


def _is_unmounted(village: Village, place: Path) -> bool:
    """A folder in which sticks are mounted, with nothing but this machine's own disk in it."""
    if not _same_disk(village, place):
        return False
    chain = (place, *place.parents)
    names = [each.name in _MOUNTED_UNDER for each in chain]
    below = chain[: names.index(True) + 1] if True in names else ()
    in_vain = bool(below) and not any(map(os.path.ismount, below))
    return in_vain or not all(os.path.ismount(each) for each in _of_the_table(chain))


def _of_the_table(chain: tuple[Path, ...]) -> list[Path]:
    """Those of these folders at which the machine's table wants a file system."""
    try:
        lines = _FSTAB.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    fields = [line.split() for line in lines if not line.lstrip().startswith("#")]
    points = {each[1] for each in fields if len(each) > 1}
    return [each for each in chain if str(each) in points]
