"""The lines of a register that were not taken: on paper, and as a file onto the stick.

So that a clerk can carry them to whoever wrote them, put them right there, and read the register
again. They are the office's own lines and stand in no entry of the log; they go with the reading.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from kiosk.core.catalogue import Language
from kiosk.core.days import Say
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.devices import removable
from kiosk.models.differences import RegisterReading
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.access.languages import languages_of
from kiosk.services.access.roles import holders
from kiosk.services.check import kinds
from kiosk.services.households.doctor import MOST_ON_PAPER, PAPER
from kiosk.services.ledger import log
from kiosk.services.printing import addressed, queue
from kiosk.services.register.exporting import SPARE
from kiosk.services.register.importing.plan import refused_as_csv
from kiosk.services.register.importing.rows import RefusedRow
from kiosk.services.village import Village

if TYPE_CHECKING:  # drawing is slow to import and not needed to read them
    from kiosk.documents.slip import Said

MAY = holders("keep_register")
MOST_KEPT: Final = 2_000
"""So many are kept; a register with more is another table, and is looked at as a whole."""


@dataclass(frozen=True)
class Saved:
    """The file's name on the stick, the stick's own, and how many lines are in it."""

    file: str
    label: str
    lines: int


def kept(rows: Iterable[RefusedRow]) -> str:
    """The lines as the reading keeps them, in the order of the file; as much as a page can say."""
    ordered = sorted(rows, key=lambda row: (row.sheet, row.line))[:MOST_KEPT]
    told = [
        [row.sheet, row.line, row.reason_code, [str(each) for each in row.values]]
        for row in ordered
    ]
    return json.dumps(told, ensure_ascii=False)


def refused(village: Village, session_id: str) -> tuple[RefusedRow, ...]:
    """The lines of the register that was read which were not taken, in the order of the file.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        return _rows(work)


def save(village: Village, session_id: str) -> Saved:
    """Write them onto the stick that is in, for a spreadsheet, in both languages.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``nothing_refused``; ``drive_missing``,
            ``drive_several``.
        EnvironmentFault: ``drive_full``, ``drive_read_only``, ``drive_gone``, ``drive_trouble``.
    """
    drive = removable.the_one(village.settings.drives)
    with acting.reading(village, session_id, *MAY) as work:
        rows = _some(work)
        name = f"not-taken-{work.today.isoformat()}.csv"
    content = refused_as_csv(rows)
    if drive.free < len(content) + SPARE:
        raise EnvironmentFault("drive_full")
    return Saved(removable.write(drive, name, content), drive.label, len(rows))


def print_out(village: Village, session_id: str, touch: str) -> int:
    """Print them, line by line with the reason; the print job.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``nothing_refused``.
    """
    with acting.once(village, session_id, touch, "print_refused", "", MAY) as work:
        if work.known is not None:
            return int(work.known["job"])
        rows = _some(work)
        index = log.append(work, PAPER, {"by": work.who.resident_id, "count": len(rows)})

        def say(language: Language) -> Said:
            return _said(village, rows, language)

        who = addressed.Reader(languages_of(work, work.who.resident_id))
        slip = addressed.slip_for(village, who, PAPER, f"R{index}", say, keep_why=False)
        job = queue.enqueue_slip(work, slip, index, kinds.QUESTIONS.write(entry=index))
        work.remember({"job": job})
        return job


def line(say: Say, row: RefusedRow) -> str:
    """A line that was not taken, as one sentence."""
    return say("differences.refused_line", where(say, row), reason(say, row))


def where(say: Say, row: RefusedRow) -> str:
    """Where a line stands: of a book of several sheets, on which."""
    if row.sheet:
        return say("differences.line_of_sheet", row.sheet, row.line)
    return say("differences.line", row.line)


def reason(say: Say, row: RefusedRow) -> str:
    """Why a line was not taken, and what to do."""
    return say(f"residents.{row.reason_code}", *row.values)


def _said(village: Village, rows: tuple[RefusedRow, ...], language: Language) -> Said:
    from kiosk.documents.slip import Said, SlipLine

    def say(key: str, *values: object) -> str:
        return village.catalogue.text(key, language, *values)

    shown = rows[:MOST_ON_PAPER]
    facts = [say("differences.refused_fact", len(rows))]
    if len(rows) > len(shown):
        facts.append(say("differences.refused_more", len(rows) - len(shown)))
    lines = tuple(SlipLine(reason(say, row), where(say, row)) for row in shown)
    return Said(language, tuple(facts), lines)


def _some(work: Acting) -> tuple[RefusedRow, ...]:
    if rows := _rows(work):
        return rows
    raise ExpectedError("nothing_refused")


def _rows(work: Acting) -> tuple[RefusedRow, ...]:
    told = work.session.scalar(select(RegisterReading.lines)) or "[]"
    return tuple(
        RefusedRow(line, code, tuple(values), sheet)
        for sheet, line, code, values in json.loads(told)
    )
