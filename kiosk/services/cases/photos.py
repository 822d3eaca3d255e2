"""Photographs that go with a report: drawn anew, without metadata, small, in the database.

Only the picture that comes out of here is kept: no place, no time, no camera, no thumbnail that
shows what was cut away. In the database it is in every backup, and it goes when a case is erased.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.devices import photo_decoder, removable
from kiosk.devices.photo_decoder import PictureTooLarge, PictureUnreadable
from kiosk.devices.removable import Drive, DriveFile
from kiosk.models.cases import Case, CasePhoto
from kiosk.services.access import acting, roles, views
from kiosk.services.access.acting import Acting
from kiosk.services.cases import panel
from kiosk.services.cases.conflict_of_interest import involved
from kiosk.services.cases.flow.standing import load
from kiosk.services.village import Village
from kiosk.services.work import Work

MOST_PHOTOS = 3
LONGEST_FILE = 12 * 1024 * 1024
"""Bytes; a telephone's photograph has three to six million."""
LONGEST_SIDE = 1600
THUMBNAIL_SIDE = 360


@dataclass(frozen=True)
class BroughtPhoto:
    """A picture on a drive that somebody brought."""

    drive: Drive
    picture: DriveFile


@dataclass(frozen=True)
class PhotosOnDrives:
    """What is on the drives that are in, newest first."""

    drives: tuple[Drive, ...]
    photos: tuple[BroughtPhoto, ...]
    more: int
    """How many older ones are not listed."""
    unread: int
    """How many are of kinds that are not read here, such as HEIC."""


def brought(setting: str) -> PhotosOnDrives:
    """Look for drives, as `setting` says where, and for the pictures on them.

    Raises:
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    drives = removable.drives(setting)
    shelves = [(drive, removable.pictures(drive)) for drive in drives]
    found = [BroughtPhoto(drive, each) for drive, shelf in shelves for each in shelf.newest]
    found.sort(key=lambda each: (each.picture.at, each.picture.path), reverse=True)
    return PhotosOnDrives(
        drives,
        tuple(found),
        sum(shelf.more for _, shelf in shelves),
        sum(shelf.unread for _, shelf in shelves),
    )


def drives_in(setting: str) -> tuple[tuple[int, int], ...]:
    """What tells whether somebody put a drive in or pulled one out since the last look."""
    return tuple(each.identity for each in removable.drives(setting))


def thumbnail(photo: BroughtPhoto) -> bytes:
    """A small JPEG of it; empty when it is too large, or not a photograph that can be read.

    Raises:
        EnvironmentFault: ``drive_gone``.
    """
    try:
        raw = removable.read(photo.drive, photo.picture, LONGEST_FILE)
        return _drawn(raw, THUMBNAIL_SIDE)
    except ExpectedError:
        return b""
    except EnvironmentFault as trouble:
        if trouble.code == "drive_gone":
            raise
        return b""


def taken(photo: BroughtPhoto) -> bytes:
    """Read it from its drive, drawn anew: from then on the drive is not needed.

    Raises:
        ExpectedError: ``photo_too_large``, ``photo_unreadable``.
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    return prepared(removable.read(photo.drive, photo.picture, LONGEST_FILE))


def prepared(raw: bytes) -> bytes:
    """The picture of a file as a fresh JPEG, upright, at most 1600 pixels long.

    Raises:
        ExpectedError: ``photo_too_large`` (megabytes at most) by file or by pixels,
            ``photo_unreadable`` for whatever is not a JPEG, PNG or WebP picture.
    """
    if len(raw) > LONGEST_FILE:
        raise ExpectedError("photo_too_large", LONGEST_FILE // 1024 // 1024)
    return _drawn(raw, LONGEST_SIDE)


def _drawn(raw: bytes, side: int) -> bytes:
    try:
        return photo_decoder.drawn(raw, side)
    except PictureTooLarge as trouble:
        raise ExpectedError("photo_too_large", LONGEST_FILE // 1024 // 1024) from trouble
    except PictureUnreadable as trouble:
        raise ExpectedError("photo_unreadable") from trouble


def keep(work: Work, case: Case, pictures: tuple[bytes, ...]) -> None:
    """Keep prepared pictures with a case, in the caller's transaction."""
    for each in pictures:
        work.session.add(CasePhoto(case_id=case.id, jpeg=each, digest=digest_of(each), at=work.now))
    work.session.flush()


def digest_of(picture: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(picture).hexdigest()


def photos_of(village: Village, session_id: str, case_id: int) -> tuple[bytes, ...]:
    """The pictures of a case, for those who may see it.

    They are the person concerned, the reporter, an officer who may handle the case, and its panel.
    For these two it is a look, which the person reads, unless they opened the case in this session.

    Raises:
        ExpectedError: ``session_over``, ``unknown_case``.
    """
    with acting.writing(village, session_id) as work:
        case = load(work.session, case_id)
        if work.who.resident_id not in (case.subject_id, case.reporter_id):
            _look(work, case)
        found = select(CasePhoto.jpeg).where(CasePhoto.case_id == case.id).order_by(CasePhoto.id)
        return tuple(work.session.scalars(found))


def _look(work: Acting, case: Case) -> None:
    """Let an officer or the panel look; it is written down once for a case and a session.

    Raises:
        ExpectedError: ``unknown_case``.
    """
    person = work.who
    by_lot = not _may_handle(work, case)
    if by_lot and not _has_a_seat(work, case):
        raise ExpectedError("unknown_case")
    if not views.has_looked(work, person, case.subject_id, case.reference):
        purpose = "hear_appeal" if by_lot else "decide_case"
        views.record_view(
            work, person, case.subject_id, purpose, reference=case.reference, by_lot=by_lot
        )


def _may_handle(work: Acting, case: Case) -> bool:
    if case.kind == "concern" and case.state == "ended":
        return False  # it vanished from view
    if not roles.may("decide_case", work.who.roles):
        return False
    return not involved(work.session, case, work.who)


def _has_a_seat(work: Acting, case: Case) -> bool:
    seats = panel.seats_of(work.session, case.id)
    return any(each.resident_id == work.who.resident_id for each in seats)
