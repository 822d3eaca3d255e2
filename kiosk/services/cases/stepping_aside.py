"""Stepping aside from a case: what it leaves behind, and whether it can be taken back."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.access import RoleGrant
from kiosk.models.cases import Case
from kiosk.models.register import Resident
from kiosk.services.access import roles
from kiosk.services.access.sessions import SignedIn
from kiosk.services.cases.conflict_of_interest import (
    DECISIONS,
    first_officer,
    stepped_aside,
    why_involved,
)
from kiosk.services.cases.flow import table
from kiosk.services.cases.flow.standing import state_of, track_of


def may_return(case: Case, officer_id: int) -> bool:
    """True while this officer can take a step aside back: nobody has decided since."""
    if not stepped_aside(case, officer_id):
        return False
    if not table.allowed(state_of(case), track_of(case), "return", "officer"):
        return False
    aside = max(
        place
        for place, each in enumerate(case.moves)
        if each.move == "recuse" and each.actor_id == officer_id
    )
    return not any(each.move in DECISIONS for each in case.moves[aside:])


def leaves_enough(session: Session, case: Case, officer: SignedIn) -> bool:
    """Whether the others could still decide, if this officer stepped aside.

    A good deed takes one officer; a concern two of different households, of whom one may have
    decided already.
    """
    homes = {each.household_id for each in _others(session, case, officer)}
    first = first_officer(session, case) if case.state == "decided" else None
    if first is not None:
        return bool(homes - {first.household_id})
    return len(homes) >= (2 if case.kind == "concern" else 1)


def _others(session: Session, case: Case, officer: SignedIn) -> Iterator[Resident]:
    """The other officers who have no part in the case."""
    in_office = select(RoleGrant.resident_id).where(
        RoleGrant.role.in_(roles.holders("decide_case")), RoleGrant.in_office
    )
    found = select(Resident).where(Resident.id.in_(in_office), Resident.active)
    for person in session.scalars(found.where(Resident.id != officer.resident_id)):
        if not why_involved(session, case, person.id, person.household_id):
            yield person
