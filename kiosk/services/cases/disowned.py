"""“Was it you who reported this?”: asked once, beside the reporter's own book.

Nothing is handed in without a PIN, but a card can be borrowed or found together with it. Whoever it
belongs to is shown what was handed in with it at an earlier visit, once, and can say: that was not
me. The report is then withdrawn, what it gave or took is reversed, and the officers are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.core.texts import Texts
from kiosk.models.cases import Case
from kiosk.services.access import acting, roles
from kiosk.services.access.acting import Acting
from kiosk.services.cases.flow import table
from kiosk.services.cases.flow.advance import advance
from kiosk.services.cases.flow.standing import load, name_of, state_of, time_is_over, track_of
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work

SAME_VISIT = timedelta(hours=1)
"""Who signs in again this soon has only just handed it in, and is not asked about it yet."""
TOLD_DAYS = 30
"""How long the officers' start screen tells of a report that was made with somebody else's card."""


@dataclass(frozen=True, kw_only=True)
class AskedLine:
    """A report about somebody else that was handed in with this person's card."""

    case_id: int
    reference: str
    kind: str
    title: Texts
    subject_name: str
    submitted_at: datetime


@dataclass(frozen=True)
class DisownedReport:
    """A report that the owner of the card says was not theirs; for the officers."""

    case_id: int
    reference: str
    kind: str
    submitted_at: datetime


def asked(village: Village, session_id: str) -> tuple[AskedLine, ...]:
    """What to ask the signed-in person about: what was handed in at an earlier visit."""
    with acting.reading(village, session_id) as work:
        return asked_in(work)


def asked_in(work: Acting) -> tuple[AskedLine, ...]:
    """As `asked`, in the caller's unit."""
    me = work.who.resident_id
    found = work.session.scalars(
        select(Case)
        .where(Case.reporter_id == me, Case.subject_id != me)
        .where(Case.reporter_answer == "", Case.handed_in_session != "")
        .where(Case.handed_in_session != work.who.id)
        .where(Case.submitted_at <= work.now - SAME_VISIT)
        .where(Case.state.not_in(("withdrawn", "ended", "lapsed")))
        .order_by(Case.id)
    )
    return tuple(_line(work.session, case) for case in found)


def answer(village: Village, session_id: str, case_id: int, mine: bool, touch: str) -> str:
    """The person says whether the report was theirs; the reference.

    Raises:
        ExpectedError: ``unknown_case`` for a report that is not asked about.
    """
    with acting.once(village, session_id, touch, "answer_asked", case_id) as work:
        me = work.who.resident_id
        if work.known is not None:
            return str(work.known["reference"])
        case = load(work.session, case_id, to_move=True)
        if case.reporter_id != me or case.subject_id == me or case.reporter_answer:
            raise ExpectedError("unknown_case")
        case.reporter_answer = "mine" if mine else "not_mine"
        content = {"case": case.id, "reference": case.reference, "mine": mine}
        log.append(work, "reporter_asked", content)
        if not mine:
            _disown(work, case, me)
        work.remember({"reference": case.reference})
        return case.reference


def not_theirs(village: Village, session_id: str) -> tuple[DisownedReport, ...]:
    """The reports of the last 30 days that were made with somebody else's card, newest first.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *roles.holders("decide_case")) as work:
        found = work.session.scalars(
            select(Case)
            .where(Case.reporter_answer == "not_mine")
            .where(Case.submitted_at > work.now - timedelta(days=TOLD_DAYS))
            .order_by(Case.id.desc())
        )
        return tuple(
            DisownedReport(case.id, case.reference, case.kind, case.submitted_at) for case in found
        )


def _disown(work: Work, case: Case, me: int) -> None:
    """Withdraw it wherever it stands; where it is over already, only the answer is kept."""
    state, track = state_of(case), track_of(case)
    over = time_is_over(case, work.now)
    if over or not table.allowed(state, track, "disown", "reporter"):
        return
    advance(work, case, "disown", "reporter", actor_id=me)


def _line(session: Session, case: Case) -> AskedLine:
    return AskedLine(
        case_id=case.id,
        reference=case.reference,
        kind=case.kind,
        title=case.rule_version.title,
        subject_name=name_of(session, case.subject_id),
        submitted_at=case.submitted_at,
    )
