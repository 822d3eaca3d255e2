"""The notice on paper: what somebody is told was reported, and what they can do."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.models.reports import Case
from kiosk.services.cases import slips
from kiosk.services.cases.flow import due_dates, table
from kiosk.services.printing import addressed
from kiosk.services.village import Village


def queue(session: Session, village: Village, case: Case, covers: int, _language: Language) -> int:
    """Queue what a clerk hands over, in the language of whom it is about; its job."""

    def facts(language: Language) -> tuple[str, ...]:
        words, day = village.catalogue, slips.day_words(village, case.happened_on, language)
        said = [
            slips.case_fact(village, case, language),
            *slips.points_fact(village, case, language),
            words.text("reports.slip_happened", language, day),
        ]
        said += [words.text("reports.slip_words", language, case.words)] if case.words else []
        return tuple(said)

    steps: tuple[slips.Step, ...] = (slips.Step("reports.next_accept_by", (_accept_by(case),)),)
    if case.kind == "concern":
        steps = (
            slips.Step("reports.next_reply_by", (_reply_by(village),)),
            slips.Step("reports.next_nothing_yet"),
            slips.Step("reports.next_put_right"),
        )
    who = addressed.reader(session, village, case.subject_id)
    return slips.queue_slip(session, village, case, "notice", who, facts, steps, covers)


def _reply_by(village: Village) -> date:
    """The day if it is handed over today; handed over later, there is more time."""
    return village_day(village.clock.now()) + timedelta(days=table.REPLY_DAYS)


def _accept_by(case: Case) -> date:
    if case.due_at is None:
        raise ValueError("a nomination waits for acceptance until a day")
    return due_dates.last_day(case.due_at)
