"""Who may not decide on a case (charter 4), found without anybody having to say so."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from kiosk.models.cases import Case, CaseMove
from kiosk.models.register import Resident
from kiosk.services.access.sessions import SignedIn
from kiosk.services.cases.flow import table
from kiosk.services.cases.flow.standing import state_of, track_of
from kiosk.services.register.people import declared_among

BACK_AT_THE_DESK: Final = ("submitted", "accepted")
DECISIONS: Final = ("approve", "decline", "countersign")
_DECIDING: Final[tuple[tuple[str, table.Role], ...]] = (
    ("approve", "officer"),
    ("countersign", "second_officer"),
)
STATES_FOR_OFFICERS: Final = tuple(
    state
    for state in table.STATES
    if any(
        table.allowed(state, track, move, role)
        for track in table.TRACKS
        for move, role in _DECIDING
    )
)
_TELLING = ("own_household", "relative")
"""Who is told this of a concern could work out who reported it."""


def involved(session: Session, case: Case, officer: SignedIn) -> str:
    """Why `officer` must leave this case to others; empty when uninvolved.

    Codes: ``own_case``, ``own_report``, ``own_household`` (of the person or the reporter),
    ``relative`` (declared, of either), ``own_confirmation``, ``recused``, ``decided_before`` (a
    deed that they declined and that an appeal brought back).
    """
    return why_involved(session, case, officer.resident_id, officer.household_id)


def why_involved(session: Session, case: Case, me: int, household_id: int) -> str:
    """The same of anybody: resident `me` of household `household_id`."""
    concerned = (case.subject_id, case.reporter_id, *_merged_reporters(session, case))
    people = tuple(dict.fromkeys(concerned))
    if case.subject_id == me:
        return "own_case"
    if case.reporter_id == me:
        return "own_report"
    if household_id in _households(session, people):
        return "own_household"
    if declared_among(session, me, people):
        return "relative"
    if any(each.confirmer_id == me for each in case.confirmations):
        return "own_confirmation"
    if stepped_aside(case, me):
        return "recused"
    declined = any(each.move == "decline" and each.actor_id == me for each in case.moves)
    return "decided_before" if declined and case.state in BACK_AT_THE_DESK else ""


def stepped_aside(case: Case, officer_id: int) -> bool:
    """True while this officer stands aside: the last of their steps aside was not taken back."""
    steps = [each.move for each in case.moves if each.actor_id == officer_id]
    last = next((each for each in reversed(steps) if each in ("recuse", "return")), "")
    return last == "recuse"


def sealed_from(session: Session, case: Case, officer: SignedIn) -> bool:
    """True for a concern that this officer is not even to know of.

    That their household or a relative is part of it would tell whose it is, or who reported it.
    """
    return case.kind == "concern" and involved(session, case, officer) in _TELLING


def deciding_role(case: Case) -> table.Role | None:
    """Whose word the case waits for: an officer's, a second officer's, or neither's."""
    state, track = state_of(case), track_of(case)
    return next((role for move, role in _DECIDING if table.allowed(state, track, move, role)), None)


def decides(session: Session, case: Case, officer: SignedIn) -> bool:
    """True when the reporter of this case is this officer's to know: they decide it, or did."""
    if involved(session, case, officer):
        return False
    mine = any(
        each.actor_id == officer.resident_id and each.move in DECISIONS for each in case.moves
    )
    return mine or deciding_role(case) is not None


def first_officer(session: Session, case: Case) -> Resident | None:
    """Who decided a concern first, while it waits for a second officer."""
    return session.scalar(
        select(Resident)
        .join(CaseMove, CaseMove.actor_id == Resident.id)
        .where(CaseMove.case_id == case.id, CaseMove.to_state == "decided")
        .where(CaseMove.move == "approve")
        .order_by(CaseMove.id.desc())
        .limit(1)
    )


def second_pair_of_eyes(session: Session, case: Case, officer: SignedIn) -> str:
    """Why `officer` cannot be the second on this concern; empty when they can."""
    first = first_officer(session, case)
    if first is None or first.id == officer.resident_id:
        return "second_officer_same_person"
    if first.household_id == officer.household_id:
        return "second_officer_same_household"
    return ""


_MERGED = select(Case.reporter_id).where(Case.merged_into_id == bindparam("case_id"))
_HOUSEHOLDS = select(Resident.household_id).where(
    Resident.id.in_(bindparam("people", expanding=True))
)


def _merged_reporters(session: Session, case: Case) -> tuple[int, ...]:
    """Who handed in what turned out to be the same thing: they reported it as well."""
    return tuple(session.scalars(_MERGED, {"case_id": case.id}))


def _households(session: Session, people: tuple[int, ...]) -> set[int]:
    return set(session.scalars(_HOUSEHOLDS, {"people": people}))
