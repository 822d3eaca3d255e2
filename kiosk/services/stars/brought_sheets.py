"""Visit sheets that come back on a stick: read, and held to the visits of the round.

Nothing is handed in here. What was read goes to `visits.score` under the card of whoever enters it,
once no line is in doubt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.core.errors import ExpectedError
from kiosk.devices import removable
from kiosk.services import on_stick
from kiosk.services.on_stick import OnStick
from kiosk.services.stars import checklists, rounds, sheet_reading, visits
from kiosk.services.stars.rubrics import Rubrics
from kiosk.services.stars.sheet_reading import SheetRead
from kiosk.services.stars.visits import VisitLine
from kiosk.services.village import Village
from kiosk.services.work import reading

Progress = Callable[[int, int], None]
"""Told how many pages are done, and of how many."""


@dataclass(frozen=True)
class FileRead:
    """What was on the pages of a file."""

    sheets: tuple[SheetRead, ...]
    refused: tuple[str, ...]
    """A code of an error for each page, or form, of which nothing could be read."""


@dataclass(frozen=True)
class Found:
    """A form and the look that it is for; `refused` is why it cannot be handed in, or empty."""

    sheet: SheetRead
    line: VisitLine | None
    refused: str


def on_sticks(setting: str) -> tuple[OnStick, ...]:
    """The pictures and PDFs on the drives that are in, as `setting` says where, the newest first.

    Raises:
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    return on_stick.on_sticks(setting, removable.scans)


def printed_by(village: Village) -> Rubrics:
    """The rubrics of the round that is under way, by which its sheets were printed."""
    with reading(village) as work:
        of = rounds.current(work.session)
        version = of.rubric if of else checklists.standing(work.session, work.today)
        return checklists.named(work.session, version)


def read(chosen: OnStick, by: Rubrics, progress: Progress = lambda _done, _of: None) -> FileRead:
    """Read a file from its drive, page by page; a page that shows no sheet is told and passed over.

    `by` is what the sheets were printed by.

    Raises:
        ExpectedError: ``sheet_file_too_large``, ``sheet_unreadable``; where no page has a sheet,
            the reason of the first.
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    most = sheet_reading.LARGEST_FILE
    raw = removable.read(chosen.drive, chosen.file, most, "sheet_file_too_large")
    sheets: list[SheetRead] = []
    refused: list[str] = []
    pages = sheet_reading.pages(raw)
    for page in range(1, pages + 1):
        try:
            found = sheet_reading.read(raw, page, by)
        except ExpectedError as refusal:
            if pages == 1:
                raise
            refused.append(refusal.code)
        else:
            sheets += found.sheets
            refused += ["sheet_hidden"] * len(found.hidden)
        progress(page, pages)
    if not sheets:
        raise ExpectedError(refused[0])
    return FileRead(tuple(sheets), tuple(refused))


def matched(village: Village, session_id: str, read: FileRead) -> tuple[Found, ...]:
    """The look that each form is for, as far as whoever is signed in may enter it.

    A form that cannot be handed in says why: a code of `visits.find`, ``visit_scored`` where this
    look is in already, ``sheet_other_kind``, ``sheet_twice``.

    Raises:
        ExpectedError: ``session_over``.
    """
    found: list[Found] = []
    seen: set[str] = set()
    for sheet in read.sheets:
        line, refused = _line(village, session_id, sheet)
        if sheet.name.code in seen:
            refused = "sheet_twice"
        seen.add(sheet.name.code)
        found.append(Found(sheet, line, refused))
    return tuple(found)


def _line(village: Village, session_id: str, sheet: SheetRead) -> tuple[VisitLine | None, str]:
    try:
        line = visits.find(village, session_id, sheet.name.code)
    except ExpectedError as refusal:
        if refusal.code == "session_over":
            raise
        return None, refusal.code
    if line.scored:
        return line, "visit_scored"
    return line, "" if line.premises == sheet.name.premises else "sheet_other_kind"
