"""One person, one household, and who is related to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from kiosk.core.ages import is_adult
from kiosk.core.errors import ExpectedError
from kiosk.models.register import DeclaredRelative, Household, Resident, SearchTerm
from kiosk.services.consent.consents import enrolled_among
from kiosk.services.ledger import log
from kiosk.services.register.entries import RELATIVE_DECLARED, RELATIVE_ENDED
from kiosk.services.register.search import (
    MOST_ROWS,
    house_place,
    matching,
    name_place,
    sought_prefix,
)
from kiosk.services.village import Village
from kiosk.services.work import Work, reading


@dataclass(frozen=True, kw_only=True)
class Person:
    """A resident as the register has them."""

    resident_id: int
    name: str
    pinyin: str
    lane: str
    number: str
    household_id: int
    premises: str
    adult: bool
    enrolled: bool
    born_on_known: bool


@dataclass(frozen=True, kw_only=True)
class HouseholdView:
    """A household and the people in it."""

    household_id: int
    code: str
    lane: str
    number: str
    premises: str
    residents: tuple[Person, ...]


def resident(village: Village, resident_id: int) -> Person:
    """The active resident with this id.

    Raises:
        ExpectedError: ``resident_unknown``.
    """
    with reading(village) as work:
        found = work.session.get(Resident, resident_id)
        if found is None or not found.active:
            raise ExpectedError("resident_unknown")
        return _people(work, [found])[0]


def household(village: Village, household_id: int) -> HouseholdView:
    """The household with this id, with its active residents.

    Raises:
        ExpectedError: ``household_unknown``.
    """
    with reading(village) as work:
        found = work.session.get(Household, household_id)
        if found is None:
            raise ExpectedError("household_unknown")
        return _household_view(work, found)


def households(village: Village, typed: str) -> tuple[HouseholdView, ...]:
    """At most twenty households in which somebody is found by `typed`; by lane and number."""
    sought = sought_prefix(typed)
    if sought is None:
        return ()
    with reading(village) as work:
        ids = select(Resident.household_id).join(SearchTerm, SearchTerm.resident_id == Resident.id)
        places = work.session.execute(
            select(Household.id, Household.lane, Household.number).where(
                Household.id.in_(ids.where(*matching(sought)))
            )
        )
        first = sorted(places, key=lambda row: house_place(row.lane, row.number))[:MOST_ROWS]
        houses = (work.session.get_one(Household, row.id) for row in first)
        return tuple(_household_view(work, each) for each in houses)


def related(session: Session, a_id: int, b_id: int) -> bool:
    """Whether two people share a household or declared that they are related (or are one)."""
    if a_id == b_id:
        return True
    homes = [session.get_one(Resident, each).household_id for each in (a_id, b_id)]
    if homes[0] == homes[1]:
        return True
    return declared_among(session, a_id, (b_id,))


_ONE, _OTHER = DeclaredRelative.resident_id, DeclaredRelative.relative_id
_DECLARED = (
    select(_ONE)
    .where(
        or_(
            (bindparam("one") == _ONE) & _OTHER.in_(bindparam("others", expanding=True)),
            (bindparam("one") == _OTHER) & _ONE.in_(bindparam("others", expanding=True)),
        )
    )
    .limit(1)
)


def declared_among(session: Session, a_id: int, others: Collection[int]) -> bool:
    """Whether this person and one of `others` declared that they are related."""
    found = session.scalar(_DECLARED, {"one": a_id, "others": list(others)})
    return found is not None


def declare_relative(work: Work, resident_id: int, relative_id: int, by: int | None = None) -> None:
    """Keep that two people are related; saying it again, or the other way round, changes nothing.

    `by` is who wrote it down at the desk.

    Raises:
        ExpectedError: ``resident_unknown``, ``relative_is_self``.
    """
    if resident_id == relative_id:
        raise ExpectedError("relative_is_self")
    for each in (resident_id, relative_id):
        found = work.session.get(Resident, each)
        if found is None or not found.active:
            raise ExpectedError("resident_unknown")
    first, second = sorted((resident_id, relative_id))
    if work.session.get(DeclaredRelative, (first, second)) is None:
        work.session.add(DeclaredRelative(resident_id=first, relative_id=second))
        work.session.flush()
        log.append(work, RELATIVE_DECLARED, _pair(first, second, by))


def end_relative(work: Work, resident_id: int, relative_id: int, by: int | None = None) -> None:
    """Forget that two people are related, in whichever order; harmless if nobody said so."""
    first, second = sorted((resident_id, relative_id))
    found = work.session.get(DeclaredRelative, (first, second))
    if found is not None:
        work.session.delete(found)
        work.session.flush()
        log.append(work, RELATIVE_ENDED, _pair(first, second, by))


def _pair(first: int, second: int, by: int | None) -> dict[str, int]:
    said = {"resident": first, "relative": second}
    return said if by is None else {**said, "by": by}


def _household_view(work: Work, house: Household) -> HouseholdView:
    active = [each for each in house.residents if each.active]
    active.sort(key=lambda each: (not each.is_head, *name_place(each, house)))
    people = _people(work, active)
    return HouseholdView(
        household_id=house.id,
        code=house.code,
        lane=house.lane,
        number=house.number,
        premises=house.premises,
        residents=people,
    )


def _people(work: Work, found: Iterable[Resident]) -> tuple[Person, ...]:
    residents = list(found)
    enrolled = enrolled_among(work.session, [each.id for each in residents])
    today = work.today
    return tuple(
        Person(
            resident_id=each.id,
            name=each.name,
            pinyin=each.pinyin,
            lane=each.household.lane,
            number=each.household.number,
            household_id=each.household_id,
            premises=each.household.premises,
            adult=is_adult(each.born_on, today),
            enrolled=each.id in enrolled,
            born_on_known=each.born_on is not None,
        )
        for each in residents
    )
