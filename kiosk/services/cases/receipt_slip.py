"""The receipt of a report: what was handed in, and what happens next."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from kiosk.core.catalogue import Language
from kiosk.models.reports import Case
from kiosk.services.cases import slips
from kiosk.services.cases.flow import due_dates
from kiosk.services.cases.flow.standing import track_of
from kiosk.services.cases.flow.table import Track
from kiosk.services.printing import addressed
from kiosk.services.village import Village

NEXT_KEYS: dict[Track, str] = {
    "own_deed": "reports.next_own_deed",
    "nomination": "reports.next_nomination",
    "concern": "reports.next_concern",
}


def queue(session: Session, village: Village, case: Case, covers: int, language: Language) -> int:
    """Queue the receipt for whoever handed it in, who stands before the screen; its job."""
    track = track_of(case)
    # Nobody's name stands on the receipt of a concern: lost, it would tell who raised it.
    named = None if track == "concern" else case.reporter_id
    return slips.queue_slip(
        session,
        village,
        case,
        "receipt",
        addressed.Reader((language,), named),
        lambda tongue: (
            slips.case_fact(village, case, tongue),
            *slips.points_fact(village, case, tongue),
            slips.submitted_fact(village, case, tongue),
        ),
        (slips.Step(NEXT_KEYS[track], (told_day(case),)), *_further_steps(track)),
        covers,
    )


def told_day(case: Case) -> date:
    """The day by which something happens to what was handed in."""
    if case.due_at is None:
        raise ValueError("a report that was handed in has a day by which it is looked at")
    return due_dates.last_day(case.due_at)


def _further_steps(track: Track) -> tuple[slips.Step, ...]:
    if track == "concern":
        return (slips.Step("reports.next_concern_private"),)
    return (slips.Step("reports.next_result_slip"),)
