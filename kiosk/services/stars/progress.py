"""How a round stands: what waits for whom, as counts, and the houses that have to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from kiosk.core.clock import village_day
from kiosk.core.houses import House
from kiosk.models.register import Household, Resident
from kiosk.models.rounds import Inspector, Visit, VisitSeat
from kiosk.models.stars import StarRound
from kiosk.services.access import acting
from kiosk.services.access.roles import holders
from kiosk.services.open_days import open_days
from kiosk.services.register.search import house_place
from kiosk.services.stars import rounds, seating
from kiosk.services.stars.ratings import first_day
from kiosk.services.stars.terms import FIRST, MAY, OPEN, SEATS, TO_TELL, last_day
from kiosk.services.village import Village
from kiosk.services.work import Work, reading


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What of a round waits: nobody is named, and no household."""

    asked: int
    """Neighbours who have not said whether they inspect."""
    missing: int
    """Looks that are not in."""
    asked_anew: int
    """Households whose new look or appeal is under way."""
    without: int
    """Visits for which too few could be drawn."""
    by: date | None
    """The round's last day."""


@dataclass(frozen=True)
class HomeToTell:
    """A household that has to be told what was seen, since when."""

    visit_id: int
    house: House
    since: date


@dataclass(frozen=True)
class Missing:
    """A look that is not in: whose it is, and at which house."""

    visit_id: int
    number: int
    house: House
    name: str


@dataclass(frozen=True)
class Next:
    """The round that comes, or is under way: its quarter, and whether it was opened."""

    year: int
    quarter: int
    under_way: bool
    first_day: date


def standing_in(work: Work) -> Standing:
    """How the round that is under way stands."""
    of = rounds.current(work.session)
    asked = select(func.count()).where(Inspector.answer == "")
    open_ones = work.session.scalars(select(Visit).where(Visit.state == OPEN)).all()
    seats = {each.id: seating.sitting(work.session, each) for each in open_ones}
    return Standing(
        asked=(work.session.scalar(asked.where(Inspector.round_id == of.id)) or 0) if of else 0,
        missing=sum(seat.scored_at is None for found in seats.values() for seat in found),
        asked_anew=sum(each.look != FIRST for each in open_ones),
        without=sum(len(seats[each.id]) < SEATS[each.look] for each in open_ones),
        by=open_days(work.session).told(last_day(of.year, of.quarter)) if of else None,
    )


def to_tell_in(work: Work) -> tuple[HomeToTell, ...]:
    """The households that have to be told, by lane and house."""
    rows = work.session.execute(
        select(Visit.id, Household, func.max(VisitSeat.scored_at))
        .join(Household, Household.id == Visit.household_id)
        .join(VisitSeat, VisitSeat.visit_id == Visit.id)
        .where(Visit.state == TO_TELL)
        .group_by(Visit.id, Household.id)
    )
    found = [
        HomeToTell(visit, House(home.lane, home.number), village_day(at))
        for visit, home, at in rows
        if at is not None
    ]
    return tuple(sorted(found, key=lambda each: _place(each.house)))


def to_tell(village: Village, session_id: str) -> tuple[HomeToTell, ...]:
    """The households that have to be told, by lane and house, for who carries the slips.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *holders("tell_household")) as work:
        return to_tell_in(work)


def missing(village: Village, session_id: str) -> tuple[Missing, ...]:
    """The looks that are not in, by lane and house, for an officer who gives them to others.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        return missing_in(work)


def missing_in(work: Work) -> tuple[Missing, ...]:
    """As `missing`, in the caller's unit."""
    rows = work.session.execute(
        select(VisitSeat, Household, Resident.name)
        .join(Resident, Resident.id == VisitSeat.resident_id)
        .join(Visit, Visit.id == VisitSeat.visit_id)
        .join(Household, Household.id == Visit.household_id)
        .where(Visit.state == OPEN, VisitSeat.look == Visit.look)
        .where(VisitSeat.left_at.is_(None), VisitSeat.scored_at.is_(None))
    )
    found = [
        Missing(seat.visit_id, seat.number, House(home.lane, home.number), name)
        for seat, home, name in rows
    ]
    return tuple(sorted(found, key=lambda each: (_place(each.house), each.number)))


def _place(house: House) -> tuple[object, ...]:
    return house_place(house.lane, house.number)


def next_round(village: Village) -> Next:
    """What the start screen says of rounds: the one under way, or the one that comes next."""
    with reading(village) as work:
        of = rounds.current(work.session)
        if of is not None:
            return Next(of.year, of.quarter, True, first_day(of.year, of.quarter))
        year, quarter = work.today.year, (work.today.month + 2) // 3
        held = (StarRound.year == year, StarRound.quarter == quarter)
        if work.session.scalar(select(StarRound.id).where(*held)) is not None:
            year, quarter = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
        return Next(year, quarter, False, first_day(year, quarter))
