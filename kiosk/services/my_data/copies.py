"""How a copy of one's data gets into one's own hand: on paper, or onto a drive that one brings.

A slip fetches the drive's copy: once, within a week, and only for the person who asked for it and
is signed in with card and PIN. The slip itself says whose it is and nothing else about them; lost,
it gives nothing away. Whether it was used stands in the log, so that no other terminal takes it
again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kiosk.core.catalogue import CHINESE, Language
from kiosk.core.clock import village_day
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.ids import VillageTouch
from kiosk.devices import removable
from kiosk.devices.removable import Drive
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.cases.slip_parts import day_words
from kiosk.services.check import kinds, phone_page
from kiosk.services.check.papers import SlipFacts, check_paper
from kiosk.services.ledger import log
from kiosk.services.my_data.data_copy import DataCopy, copy_json, copy_pdf, data_copy
from kiosk.services.open_days import open_days
from kiosk.services.printing import addressed, queue
from kiosk.services.village import Village

if TYPE_CHECKING:
    from kiosk.documents.slip import Said, Slip

SLIP_DAYS = 7
"""How many days a slip fetches a copy, the day it was printed not counted."""
_SPARE = 1 << 16
"""Bytes that a drive's own bookkeeping may take beside the files."""


@dataclass(frozen=True)
class OnDrive:
    """What was written, and the drive's own name, which may be empty."""

    files: tuple[str, ...]
    label: str


def print_copy(village: Village, session_id: str, touch: str, language: Language = CHINESE) -> int:
    """Print the copy on A4; the print job. Nothing of it is kept once it is out.

    Raises:
        ExpectedError: ``session_over``.
    """
    copy = data_copy(village, session_id)
    pdf = copy_pdf(village, copy, language)
    with acting.once(village, session_id, touch, "print_copy") as work:
        me = work.who.resident_id
        if work.known is not None:
            return int(work.known["job"])
        index = log.append(work, "copy_taken", {"resident": me, "road": "paper"})
        job = queue.enqueue_copy(work, _reference(index), me, pdf)
        work.remember({"job": job})
        return job


def print_slip(village: Village, session_id: str, touch: str, language: Language = CHINESE) -> int:
    """Print the slip that fetches a copy onto a drive; the print job.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.once(village, session_id, touch, "print_slip") as work:
        me = work.who.resident_id
        if work.known is not None:
            return int(work.known["job"])
        until = open_days(work.session).next_open(work.today + timedelta(days=SLIP_DAYS))
        content = {"resident": me, "until": until.isoformat()}
        index = log.append(work, "copy_asked", content)
        slip = _slip(village, me, index, until, language)
        lines = kinds.COPY.write(entry=index, day=until)
        job = queue.enqueue_slip(work, slip, index, lines)
        work.remember({"job": job})
        return job


def check_slip(village: Village, session_id: str, scanned: str) -> date:
    """Whether what was held to the scanner fetches the signed-in person's copy; its last day.

    Raises:
        ExpectedError: ``session_over``, ``copy_slip_unknown`` for another paper,
            ``copy_slip_other`` for another person's, ``copy_slip_late``, ``copy_slip_used``.
    """
    index = _index(village, scanned)
    with acting.reading(village, session_id) as work:
        return _until(work, index)


def slip_until(lines: tuple[str, ...]) -> date | None:
    """The last day of a slip that fetches a copy, from its signed lines; None on any other."""
    found = kinds.COPY.read(lines)
    return date.fromisoformat(found["day"]) if found else None


def copy_onto_drive(
    village: Village, session_id: str, scanned: str, language: Language = CHINESE
) -> OnDrive:
    """Write the copy, to read and for other programs, onto the drive that is in.

    The slip is used up once both files are on the drive, and not before.

    Raises:
        ExpectedError: as `check_slip`; ``drive_missing``, ``drive_several``.
        EnvironmentFault: ``drive_full``, ``drive_read_only``, ``drive_gone``, ``drive_trouble``.
    """
    index = _index(village, scanned)
    with acting.reading(village, session_id) as work:
        _until(work, index)
    drive = removable.the_one(village.settings.drives)
    names = _written(drive, _files(village, data_copy(village, session_id), language))
    with acting.once(village, session_id, *_touch(index)) as work:
        if work.known is None:
            taken = {"resident": work.who.resident_id, "road": "drive", "asked": index}
            log.append(work, "copy_taken", taken)
            work.remember({"taken": index})
    return OnDrive(names, drive.label)


def _files(village: Village, copy: DataCopy, language: Language) -> dict[str, bytes]:
    """By their names, which carry no name of a person."""
    stem = f"good-deed-book-{village_day(copy.taken_at).isoformat()}"
    return {
        f"{stem}.pdf": copy_pdf(village, copy, language),
        f"{stem}.json": copy_json(copy).encode(),
        phone_page.FILE_NAME: phone_page.page(village),
    }


def _written(drive: Drive, files: dict[str, bytes]) -> tuple[str, ...]:
    if drive.free < sum(map(len, files.values())) + _SPARE:
        raise EnvironmentFault("drive_full")
    return tuple(removable.write(drive, name, content) for name, content in files.items())


def _index(village: Village, scanned: str) -> int:
    """The entry with which the copy was asked for, from a slip that this village signed."""
    found = check_paper(village, scanned)
    lines = found.facts.lines if isinstance(found.facts, SlipFacts) else ()
    told = kinds.COPY.read(lines)
    if found.verdict != "genuine" or told is None:
        raise ExpectedError("copy_slip_unknown")
    return int(told["entry"])


def _until(work: Acting, index: int) -> date:
    asked = log.content_of(work.session, index)
    if asked is None or asked.get("resident") != work.who.resident_id or "until" not in asked:
        raise ExpectedError("copy_slip_other")
    if acting.is_answered(work, *_touch(index)):
        raise ExpectedError("copy_slip_used")
    hall = open_days(work.session)
    until = hall.next_open(date.fromisoformat(asked["until"]))
    if work.today > until:
        raise ExpectedError("copy_slip_late")
    return until


def _touch(index: int) -> tuple[VillageTouch, str, int]:
    """One slip is one touch, whoever holds it to which terminal: its act and entry."""
    return VillageTouch("copy", index), "copy_onto_drive", index


def _reference(index: int) -> str:
    return f"C{index}"


def _slip(village: Village, me: int, index: int, until: date, language: Language) -> Slip:
    def told(tongue: Language) -> Said:
        from kiosk.documents.slip import Said, SlipLine

        def words(name: str, *values: object) -> str:
            return village.catalogue.text(f"rights.copy_slip_{name}", tongue, *values)

        facts = (words("fact"), words("until", day_words(village, until, tongue)))
        steps = tuple(SlipLine(words(each)) for each in ("bring", "how", "safe"))
        return Said(tongue, facts, steps)

    who = addressed.Reader((language,), me)
    return addressed.slip_for(village, who, "copy", _reference(index), told, keep_why=False)
