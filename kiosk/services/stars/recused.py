"""Who may look at which household, as the tables say it."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from kiosk.models.access import RoleGrant
from kiosk.models.consent import Consent, Pause
from kiosk.models.register import DeclaredRelative, Household, Resident
from kiosk.models.rounds import Inspector, Visit, VisitRound, VisitSeat
from kiosk.services.access.roles import holders
from kiosk.services.consent.agreements import must_agree
from kiosk.services.consent.consents import enrolled_among, standing_consent
from kiosk.services.stars import lots
from kiosk.services.stars.lots import Candidate, Door
from kiosk.services.stars.terms import FIRST, YES
from kiosk.services.work import Work


class Tables:
    """What the register says of who is near a household."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def doors(self, household_id: int) -> list[int]:
        """The households next door."""
        home = self._session.get_one(Household, household_id)
        lane = self._session.scalars(select(Household).where(Household.lane == home.lane))
        doors = {each.id: Door(each.id, each.lane, each.number) for each in lane}
        return lots.next_door(doors[home.id], doors.values())

    def relatives(self, household_id: int) -> Collection[int]:
        """Whom somebody who lives there declared as a relative."""
        people = set(self._session.scalars(_living(household_id)))
        one, other = DeclaredRelative.resident_id, DeclaredRelative.relative_id
        rows = self._session.execute(
            select(one, other).where(or_(one.in_(people), other.in_(people)))
        )
        return {each for row in rows for each in row} - people


class WholeVillage:
    """The same of everybody, in three questions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def _doors(self) -> dict[int, Door]:
        rows = self._session.execute(select(Household.id, Household.lane, Household.number))
        return {each.id: Door(each.id, each.lane, each.number) for each in rows}

    @cached_property
    def _lanes(self) -> dict[str, list[Door]]:
        found: dict[str, list[Door]] = {}
        for each in self._doors.values():
            found.setdefault(each.lane, []).append(each)
        return found

    @cached_property
    def _kin(self) -> dict[int, set[int]]:
        """By household."""
        people = select(Resident.id, Resident.household_id).where(Resident.active)
        homes: dict[int, int] = {
            each.id: each.household_id for each in self._session.execute(people)
        }
        found: dict[int, set[int]] = {}
        pairs = select(DeclaredRelative.resident_id, DeclaredRelative.relative_id)
        for one, other in self._session.execute(pairs):
            for here, there in ((one, other), (other, one)):
                if here in homes:
                    found.setdefault(homes[here], set()).add(there)
        return found

    def doors(self, household_id: int) -> list[int]:
        """The households next door."""
        home = self._doors[household_id]
        return lots.next_door(home, self._lanes[home.lane])

    def relatives(self, household_id: int) -> Collection[int]:
        """Whom somebody who lives there declared as a relative."""
        return self._kin.get(household_id, set())


def too_near(session: Session, resident_id: int, household_id: int) -> bool:
    """Whether somebody may not look at a household, as the register stands now."""
    near, person = Tables(session), session.get_one(Resident, resident_id)
    who = [(person.id, person.household_id)]
    kin = near.relatives(household_id)
    return bool(lots.barred(household_id, near.doors(household_id), kin, who))


def serving(session: Session, round_id: int) -> list[Candidate]:
    """Who agreed to inspect, is here and does not pause, by id; of officers, who is one still."""
    agreed = session.execute(
        select(Inspector.resident_id, Inspector.place).where(
            Inspector.round_id == round_id, Inspector.answer == YES
        )
    ).all()
    lay = enrolled_among(session, [who for who, place in agreed if place])
    in_office = set(officers(session))
    may = {who for who, place in agreed if (who in lay if place else who in in_office)}
    return _at_home(session, may)


def officers(session: Session) -> list[int]:
    """Who may inspect by office, is here and does not pause."""
    resting = select(Pause.resident_id).where(Pause.ended_at.is_(None))
    held = select(RoleGrant.resident_id).where(
        RoleGrant.role.in_(holders("inspect_household")), RoleGrant.in_office
    )
    people = select(Resident.id).where(
        Resident.id.in_(held), Resident.active, Resident.id.not_in(resting)
    )
    return list(session.scalars(people.order_by(Resident.id)))


def can_be_invited(session: Session) -> list[Candidate]:
    """Enrolled adults who hold no office, by id."""
    asked = select(Consent.resident_id).where(
        Consent.purpose == "number", Consent.withdrawn_at.is_(None)
    )
    held = set(session.scalars(select(RoleGrant.resident_id).where(RoleGrant.ended_at.is_(None))))
    return _at_home(session, enrolled_among(session, session.scalars(asked).all()) - held)


def _at_home(session: Session, people: Collection[int]) -> list[Candidate]:
    found = session.execute(
        select(Resident.id, Resident.household_id)
        .where(Resident.id.in_(people), Resident.active)
        .order_by(Resident.id)
    )
    return [(who, house) for who, house in found]


def replying(work: Work, household_id: int) -> list[int]:
    """The adults of a household who take part: they have a number, or agreed to its sign."""
    session, today = work.session, work.today
    people = session.scalars(
        select(Resident).where(Resident.household_id == household_id, Resident.active)
    ).all()
    adults = [each.id for each in people if must_agree(each.born_on, today)]
    joined = enrolled_among(session, adults)
    return sorted(
        each
        for each in adults
        if each in joined or standing_consent(session, each, "household_sign") is not None
    )


def taking_part(session: Session) -> list[int]:
    """The households in which somebody takes part: nobody else's is looked at (charter 1)."""
    given = select(Consent.resident_id).where(
        Consent.purpose.in_(("number", "household_sign")), Consent.withdrawn_at.is_(None)
    )
    gave = session.scalars(given.distinct()).all()
    joined = enrolled_among(session, gave) | {
        each for each in gave if standing_consent(session, each, "household_sign")
    }
    homes = select(Resident.household_id).where(Resident.id.in_(joined), Resident.active)
    return list(session.scalars(homes.distinct().order_by(Resident.household_id)))


def the_two_before(session: Session, of: VisitRound) -> dict[int, list[int]]:
    """By household, the two who looked at it in the round before."""
    last = session.scalar(select(func.max(VisitRound.id)).where(VisitRound.id < of.id))
    earlier = session.execute(
        select(Visit.household_id, VisitSeat.resident_id)
        .join(VisitSeat, VisitSeat.visit_id == Visit.id)
        .where(Visit.round_id == last, VisitSeat.look == FIRST, VisitSeat.scored_at.is_not(None))
        .order_by(VisitSeat.number)
    )
    found: dict[int, list[int]] = {}
    for house, who in earlier:
        found.setdefault(house, []).append(who)
    return {house: looked[:2] for house, looked in found.items()}


def _living(household_id: int) -> Select[int]:
    return select(Resident.id).where(Resident.household_id == household_id, Resident.active)
