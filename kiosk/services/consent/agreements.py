"""A house and its sign: every adult of it agrees, or none hangs there."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from kiosk.core.ages import is_adult
from kiosk.models.register import Resident
from kiosk.services.consent.consents import standing_among


def must_agree(born_on: date | None, today: date) -> bool:
    """Whether a sign needs somebody's agreement: an adult's, and that of who may be one."""
    return born_on is None or is_adult(born_on, today)


_MEMBERS = (
    select(Resident.id, Resident.born_on)
    .where(Resident.household_id == bindparam("household_id"), Resident.active)
    .order_by(Resident.id)
)


def adults(session: Session, household_id: int, today: date) -> tuple[int, ...]:
    """The ids of everybody in the house who must agree to its sign."""
    members = session.execute(_MEMBERS, {"household_id": household_id})
    return tuple(each.id for each in members if must_agree(each.born_on, today))


def missing_agreements(session: Session, household_id: int, today: date) -> tuple[int, ...]:
    """The ids of those among `adults` who did not agree."""
    asked = adults(session, household_id, today)
    agreed = standing_among(session, asked, "household_sign")
    return tuple(each for each in asked if each not in agreed)


def household_agrees(session: Session, household_id: int, today: date) -> bool:
    """True when the household has members and every adult of it agreed to its sign."""
    inhabited = session.scalar(
        select(Resident.id).where(Resident.household_id == household_id, Resident.active).limit(1)
    )
    return inhabited is not None and not missing_agreements(session, household_id, today)


_INHABITED = select(Resident.household_id, Resident.id, Resident.born_on).where(Resident.active)
_AT_ONCE = 500


def agreeing_households(session: Session, today: date) -> frozenset[int]:
    """Every household with an adult, of which `household_agrees`: a few questions for them all."""
    asked: dict[int, list[int]] = {}
    for home, person, born_on in session.execute(_INHABITED):
        members = asked.setdefault(home, [])
        if must_agree(born_on, today):
            members.append(person)
    people = [person for members in asked.values() for person in members]
    agreed: set[int] = set()
    for start in range(0, len(people), _AT_ONCE):
        agreed |= standing_among(session, people[start : start + _AT_ONCE], "household_sign")
    return frozenset(
        home for home, members in asked.items() if members and agreed.issuperset(members)
    )
