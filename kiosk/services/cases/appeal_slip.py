"""The slip of an appeal: that it was handed in, and that it suspends the effect."""

from __future__ import annotations

from sqlalchemy.orm import Session

from kiosk.core.catalogue import Language
from kiosk.models.reports import Case
from kiosk.services.cases import slips
from kiosk.services.cases.flow import due_dates
from kiosk.services.printing import addressed
from kiosk.services.village import Village


def queue(session: Session, village: Village, case: Case, covers: int, language: Language) -> int:
    """Queue the slip for whoever appealed, who stands before the screen; its job."""
    day = due_dates.last_day(case.due_at) if case.due_at else None
    return slips.queue_slip(
        session,
        village,
        case,
        "appeal",
        addressed.Reader((language,), case.subject_id),
        lambda tongue: (slips.case_fact(village, case, tongue),),
        (slips.Step("reports.next_appeal", (day,)), slips.Step("reports.next_suspended")),
        covers,
    )
