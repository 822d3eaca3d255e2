"""Leaving: the personal data are erased, and every proof in the ledger stays valid (charter 10).

What is about the person goes: name, birth date, telephone, card, consents, cases, entries, wallet,
looks, and the content of every ledger entry that is about them. What they did in an office, or
confirmed for others, belongs to those others and keeps a number behind which no name stands.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.access import Card, RecordView, RoleGrant, SignInSession
from kiosk.models.perks import WalletMovement
from kiosk.models.reports import (
    Case,
    CaseMove,
    CasePhoto,
    Confirmation,
    ConfirmationRequest,
    HandOver,
    NoticeSlip,
    PanelDraw,
    PanelSeat,
    PointEntry,
    ReportingPause,
    SecondReading,
)
from kiosk.models.residents import DeclaredRelative, Resident
from kiosk.models.rights import Consent, CorrectionRequest, EnrolmentTalk, Pause
from kiosk.services.access import answered_requests, sessions
from kiosk.services.cases import panel
from kiosk.services.consent.consents import PURPOSES
from kiosk.services.ledger import log
from kiosk.services.my_data.consent_choices import take_back
from kiosk.services.perks import redemptions
from kiosk.services.printing import queue
from kiosk.services.register.search_index import index_residents
from kiosk.services.village import Village

_OF_A_CASE = (
    CaseMove,
    CasePhoto,
    Confirmation,
    ConfirmationRequest,
    HandOver,
    NoticeSlip,
    PanelDraw,
    PanelSeat,
    PointEntry,
    ReportingPause,
    SecondReading,
)
_OF_A_PERSON = (
    HandOver,
    PointEntry,
    WalletMovement,
    Consent,
    EnrolmentTalk,
    Pause,
    CorrectionRequest,
    ReportingPause,
    Card,
    SignInSession,
)
_ABOUT = ("resident", "subject")


@dataclass(frozen=True)
class Left:
    """What leaving erased."""

    erased_cases: int
    erased_entries: int


def leave(village: Village, session_id: str, touch: str) -> Left:
    """Leave for good: everything about the signed-in person is erased, and the session ends.

    Raises:
        ExpectedError: ``session_over``, ``office_first`` while they hold an office: it is laid
            down first, so that cases do not lose their officer unseen.
    """
    with village.write() as session:
        if (known := answered_requests.answered(session, touch, "leave", session_id)) is not None:
            return Left(**known)  # the session went with everything else
        me = sessions.require(session, village, session_id).resident_id
        if session.scalar(
            select(RoleGrant.id).where(RoleGrant.resident_id == me, RoleGrant.ended_at.is_(None))
        ):
            raise ExpectedError("office_first")
        left = erase_person(session, village, me)
        answered_requests.remember(session, village, touch, asdict(left))
        return left


def erase_person(session: Session, village: Village, resident_id: int) -> Left:
    """Erase a person in the caller's transaction."""
    for purpose in PURPOSES:
        take_back(session, village, resident_id, purpose)
    _leave_panels(session, village, resident_id)
    cases = session.execute(
        select(Case.id, Case.reference).where(Case.subject_id == resident_id)
    ).all()
    about = {case_id for case_id, _ in cases}
    erased = _erase_content(session, village, resident_id, about)
    cards = session.scalars(select(Card.number).where(Card.resident_id == resident_id)).all()
    vouchers = redemptions.erase(session, village, resident_id)
    for reference in (*(reference for _, reference in cases), *cards, *vouchers):
        queue.erase(session, reference)
    queue.erase_copies(session, village, resident_id)
    queue.erase_slips(session, resident_id)
    _erase_cases(session, about)
    _erase_rows(session, resident_id)
    _erase_resident(session, resident_id)
    log.append(session, village, "left", {"resident": resident_id})
    return Left(len(cases), erased)


def _leave_panels(session: Session, village: Village, resident_id: int) -> None:
    """The next in the draw takes each seat from which no vote was given."""
    seats = session.execute(
        select(PanelSeat, Case)
        .join(Case, Case.id == PanelSeat.case_id)
        .where(PanelSeat.resident_id == resident_id, PanelSeat.left_at.is_(None))
        .where(PanelSeat.uphold.is_(None), Case.state.in_(("appealed", "effective")))
    ).all()
    for seat, case in seats:
        panel.replace_member(session, village, case, seat)


def _erase_content(session: Session, village: Village, resident_id: int, cases: set[int]) -> int:
    def is_about(content: dict[str, Any]) -> bool:
        if any(content.get(key) == resident_id for key in _ABOUT):
            return True
        return content.get("case") in cases

    found = log.indexes_of(session, is_about)
    for index in found:
        log.erase_content(session, village, index)
    return len(found)


def _erase_cases(session: Session, cases: set[int]) -> None:
    if not cases:
        return
    session.execute(
        update(WalletMovement).where(WalletMovement.case_id.in_(cases)).values(case_id=None)
    )
    session.execute(update(Case).where(Case.merged_into_id.in_(cases)).values(merged_into_id=None))
    for table in _OF_A_CASE:
        session.execute(delete(table).where(table.case_id.in_(cases)))
    session.execute(delete(Case).where(Case.id.in_(cases)))


def _erase_rows(session: Session, resident_id: int) -> None:
    for table in _OF_A_PERSON:
        session.execute(delete(table).where(table.resident_id == resident_id))
    session.execute(delete(RecordView).where(RecordView.subject_id == resident_id))
    asked = ConfirmationRequest.witness_id == resident_id
    session.execute(delete(ConfirmationRequest).where(asked))
    either = (DeclaredRelative.resident_id, DeclaredRelative.relative_id)
    session.execute(delete(DeclaredRelative).where(or_(*(each == resident_id for each in either))))


def _erase_resident(session: Session, resident_id: int) -> None:
    person = session.get_one(Resident, resident_id)
    person.register_key = f"left/{resident_id}"
    person.name = person.pinyin = person.relation = person.phone = person.language = ""
    person.sex, person.born_on, person.is_head, person.name_order = None, None, False, 0
    person.born_day_known, person.active = True, False
    index_residents(session, [resident_id])
