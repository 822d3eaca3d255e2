"""Files on the drives that are in, of whichever kind a desk looks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from kiosk.core.text import clean
from kiosk.devices import removable
from kiosk.devices.removable import Drive, DriveFile

_LONGEST_NAME: Final = 80


@dataclass(frozen=True)
class OnStick:
    """A file on a drive that is in."""

    drive: Drive
    file: DriveFile

    @property
    def name(self) -> str:
        """The file's own name, fit to be shown."""
        return clean(PurePosixPath(self.file.path).name, _LONGEST_NAME)


def on_sticks(setting: str, kind: Callable[[Drive], Sequence[DriveFile]]) -> tuple[OnStick, ...]:
    """What `kind` finds on each drive that is in, as `setting` says where, the newest first.

    Raises:
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    found = [OnStick(drive, file) for drive in removable.drives(setting) for file in kind(drive)]
    return tuple(sorted(found, key=lambda each: (-each.file.at, each.file.path)))
