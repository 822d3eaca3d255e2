"""A photograph of a door, from a stick: the codes on it are checked, and it stands beside them.

It says what hung where it was taken, and no more: whoever photographs a photograph has the same
code. So the answer is the code's, the picture is shown beside it, and both are looked at by people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from kiosk.core.errors import ExpectedError
from kiosk.devices import removable
from kiosk.devices.photo_decoder import PictureTooLarge, PictureUnreadable
from kiosk.devices.photographed_codes import PhotographedCode, photographed
from kiosk.services import on_stick
from kiosk.services.check.papers import SIGNED_VERDICTS, check_paper
from kiosk.services.on_stick import OnStick
from kiosk.services.village import Village

Codes: TypeAlias = tuple[PhotographedCode, ...]
LARGEST: Final = 25_000_000
"""Bytes of a photograph."""


@dataclass(frozen=True)
class DoorPhotograph:
    """What a photograph showed: its codes, the first one's text, and the picture around it."""

    text: str
    picture: bytes
    """A fresh JPEG of the sign, or of the whole photograph."""
    codes: int
    """How many codes are on it."""


def on_sticks(setting: str) -> tuple[OnStick, ...]:
    """The photographs on the drives that are in, as `setting` says where, the newest first.

    Raises:
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    return on_stick.on_sticks(setting, lambda drive: removable.pictures(drive).newest)


def read(chosen: OnStick) -> Codes:
    """The codes on a photograph, the largest first.

    Raises:
        ExpectedError: ``photo_too_large`` (megabytes at most), ``photo_unreadable``;
            ``photo_no_code`` where no code can be read.
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    raw = removable.read(chosen.drive, chosen.file, LARGEST)
    try:
        found = photographed(raw)
    except PictureTooLarge as trouble:
        raise ExpectedError("photo_too_large", LARGEST >> 20) from trouble
    except PictureUnreadable as trouble:
        raise ExpectedError("photo_unreadable") from trouble
    if not found:
        raise ExpectedError("photo_no_code")
    return found


def chosen_of(village: Village, found: Codes) -> DoorPhotograph:
    """The code that is told of: what this village signed goes before what it did not."""

    def strange(each: PhotographedCode) -> bool:
        return check_paper(village, each.text).verdict not in SIGNED_VERDICTS

    first = min(found, key=strange)
    return DoorPhotograph(first.text, first.picture, len(found))
