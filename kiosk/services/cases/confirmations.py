"""Somebody of another household says: yes, I saw that.

Only somebody whom the person concerned asked by name sees the deed and can confirm it: who may
confirm is not a way to look through other people's cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.core.texts import Texts
from kiosk.models.cases import Case, Confirmation, ConfirmationRequest
from kiosk.models.register import Resident
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.access.sessions import SignedIn
from kiosk.services.cases.flow.standing import load, name_of
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work

CONFIRMABLE = ("submitted", "noticed", "accepted")
"""A deed is confirmed while it waits, so that the officer sees who confirmed it."""
APART_DAYS = 30
"""One counted entry per confirmer and person in 30 days (design section 3)."""


@dataclass(frozen=True, kw_only=True)
class ConfirmLine:
    """A good deed that somebody asked the signed-in person to confirm."""

    case_id: int
    reference: str
    title: Texts
    subject_name: str
    happened_on: date
    part_of_day: str
    place: str
    hours: int
    words: str


def confirmable(village: Village, session_id: str) -> tuple[ConfirmLine, ...]:
    """The deeds that the signed-in person was asked to confirm and has not yet, oldest first."""
    with acting.reading(village, session_id) as work:
        return confirmable_in(work)


def confirmable_in(work: Acting) -> tuple[ConfirmLine, ...]:
    """As `confirmable`, in the caller's unit."""
    me = work.who.resident_id
    mine = select(Confirmation.case_id).where(Confirmation.confirmer_id == me)
    question = (
        select(Case)
        .join(ConfirmationRequest, ConfirmationRequest.case_id == Case.id)
        .where(
            ConfirmationRequest.witness_id == me,
            Case.state.in_(CONFIRMABLE),
            Case.id.not_in(mine),
        )
        .order_by(Case.submitted_at, Case.id)
    )
    return tuple(_line(work.session, case) for case in work.session.scalars(question))


def ask_to_confirm(
    village: Village, session_id: str, case_id: int, witness_id: int, touch: str
) -> str:
    """Ask somebody of another household to confirm one's own deed; the reference.

    Raises:
        ExpectedError: ``unknown_case``, ``resident_unknown``, ``confirm_own_household``,
            ``case_moved_on``.
    """
    with acting.once(
        village, session_id, touch, "ask_to_confirm", f"{case_id} {witness_id}"
    ) as work:
        person = work.who
        if work.known is not None:
            return str(work.known["reference"])
        case = load(work.session, case_id, to_move=True)
        if case.subject_id != person.resident_id or case.kind != "deed":
            raise ExpectedError("unknown_case")
        if case.state not in CONFIRMABLE:
            raise ExpectedError("case_moved_on")
        if ask_witness(work, case, witness_id):
            content = {"case": case.id, "reference": case.reference, "witness": witness_id}
            log.append(work, "confirmation_asked", content)
        work.remember({"reference": case.reference})
        return case.reference


def check_witness(village: Village, session_id: str, witness_id: int) -> None:
    """Refuse, before the form is filled in further, somebody who cannot confirm one's own deed.

    Raises:
        ExpectedError: ``resident_unknown``, ``confirm_own_household``.
    """
    with acting.reading(village, session_id) as work:
        person = work.who
        _check_witness(work.session, witness_id, person.household_id)


def _check_witness(session: Session, witness_id: int, household_id: int) -> None:
    witness = session.get(Resident, witness_id)
    if witness is None or not witness.active:
        raise ExpectedError("resident_unknown")
    if witness.household_id == household_id:
        raise ExpectedError("confirm_own_household")


def ask_witness(work: Work, case: Case, witness_id: int) -> bool:
    """Note that `witness_id` is asked; False, and harmless, where they were asked before.

    Whoever calls it writes it into the log.
    """
    household_id = work.session.get_one(Resident, case.subject_id).household_id
    _check_witness(work.session, witness_id, household_id)
    if work.session.get(ConfirmationRequest, (case.id, witness_id)) is not None:
        return False
    work.session.add(ConfirmationRequest(case_id=case.id, witness_id=witness_id, at=work.now))
    work.session.flush()
    return True


def confirm(village: Village, session_id: str, case_id: int, touch: str) -> str:
    """Confirm a deed that one was asked to confirm; the reference.

    Raises:
        ExpectedError: ``unknown_case``, ``confirm_own_household``, ``case_moved_on``,
            ``confirmed_lately`` (the day of the deed that one confirmed for the same person).
    """
    with acting.once(village, session_id, touch, "confirm", case_id) as work:
        person = work.who
        if work.known is not None:
            return str(work.known["reference"])
        case = load(work.session, case_id, to_move=True)
        _check(work.session, case, person)
        if not _confirmed_already(case, person):
            _book(work, case, person)
        work.remember({"reference": case.reference})
        return case.reference


def _check(session: Session, case: Case, person: SignedIn) -> None:
    if session.get(ConfirmationRequest, (case.id, person.resident_id)) is None:
        raise ExpectedError("unknown_case")
    if session.get_one(Resident, case.subject_id).household_id == person.household_id:
        raise ExpectedError("confirm_own_household")
    if case.state not in CONFIRMABLE:
        raise ExpectedError("case_moved_on")
    lately = _confirmed_lately(session, case, person.resident_id)
    if lately is not None:
        raise ExpectedError("confirmed_lately", lately)


def _confirmed_lately(session: Session, case: Case, confirmer_id: int) -> date | None:
    """The day of another deed of this person within 30 days that one confirmed and that stands."""
    days = session.scalars(
        select(Case.happened_on)
        .join(Confirmation, Confirmation.case_id == Case.id)
        .where(
            Confirmation.confirmer_id == confirmer_id,
            Case.subject_id == case.subject_id,
            Case.id != case.id,
            Case.state.in_((*CONFIRMABLE, "effective")),
        )
        .order_by(Case.happened_on)
    )
    return next((day for day in days if abs((day - case.happened_on).days) < APART_DAYS), None)


def _confirmed_already(case: Case, person: SignedIn) -> bool:
    return any(each.confirmer_id == person.resident_id for each in case.confirmations)


def _book(work: Work, case: Case, person: SignedIn) -> None:
    content = {
        "case": case.id,
        "reference": case.reference,
        "by": person.resident_id,
        "household": person.household_id,
    }
    work.session.add(
        Confirmation(
            case_id=case.id,
            confirmer_id=person.resident_id,
            household_id=person.household_id,
            at=work.now,
            ledger_index=log.append(work, "confirmation", content),
        )
    )
    work.session.flush()


def _line(session: Session, case: Case) -> ConfirmLine:
    return ConfirmLine(
        case_id=case.id,
        reference=case.reference,
        title=case.rule_version.title,
        subject_name=name_of(session, case.subject_id),
        happened_on=case.happened_on,
        part_of_day=case.part_of_day,
        place=case.place,
        hours=case.hours,
        words=case.words,
    )
