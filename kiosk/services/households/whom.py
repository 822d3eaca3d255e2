"""Whom and which door a plan means, and of whom a new head is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import or_, select

from kiosk.core.catalogue import CHINESE
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.core.text import clean
from kiosk.models.register import Household, Resident
from kiosk.services.consent.agreements import must_agree
from kiosk.services.households.plans import GOES, MENDS, Plan
from kiosk.services.my_data.houses import living
from kiosk.services.register.importing.addresses import split_address
from kiosk.services.register.importing.dates import read_date
from kiosk.services.register.importing.matching import own_code
from kiosk.services.work import Work

_OLDEST = date(1900, 1, 1)
LONGEST_NAME: Final = 80
_LONGEST_LANE, _LONGEST_NUMBER = 40, 20


def here(work: Work, resident_id: int) -> Resident:
    """Somebody of the register.

    Raises:
        ExpectedError: ``resident_unknown``.
    """
    found = work.session.get(Resident, resident_id)
    if found is None or not found.active:
        raise ExpectedError("resident_unknown")
    return found


def household(work: Work, household_id: int) -> Household:
    """A household of the register.

    Raises:
        ExpectedError: ``household_unknown``.
    """
    found = work.session.get(Household, household_id)
    if found is None:
        raise ExpectedError("household_unknown")
    return found


def of_age(work: Work, people: Sequence[Resident]) -> list[Resident]:
    """Who of these is of age."""
    return [each for each in people if must_agree(each.born_on, work.today)]


def check_of_the_house(people: Sequence[Resident], plan: Plan) -> None:
    """Refuse people of another household than the plan's.

    Raises:
        ExpectedError: ``resident_unknown``.
    """
    if any(each.household_id != plan.household_id for each in people):
        raise ExpectedError("resident_unknown")


def is_namesake(one: Resident, other: Resident) -> bool:
    """Whether two people have one name and one day of birth."""
    same = (one.name, one.born_on, one.born_day_known)
    return same == (other.name, other.born_on, other.born_day_known)


def born_on(plan: Plan) -> date:
    """The birthday that is written in the plan.

    Raises:
        ExpectedError: ``life_birth_date``.
    """
    try:
        found = read_date(plan.born_on)
    except (ValueError, OverflowError) as trouble:
        raise ExpectedError("life_birth_date") from trouble
    if found is None or found < _OLDEST:
        raise ExpectedError("life_birth_date")
    return found


def door(work: Work, plan: Plan) -> House:
    """The door of the new household; the same one as before where nothing else is written.

    Raises:
        ExpectedError: ``house_unclear``, ``life_house_taken`` by another household.
    """
    home = household(work, plan.household_id)
    if not plan.plate.strip():
        return House(home.lane, home.number)
    lane, number = split_address(clean(plan.plate, _LONGEST_LANE + _LONGEST_NUMBER))
    if not number or len(lane) > _LONGEST_LANE or len(number) > _LONGEST_NUMBER:
        raise ExpectedError("house_unclear")
    found = House(lane or home.lane, number)
    taken = select(Household.id).where(
        Household.id != home.id,
        or_(
            Household.code == own_code(found.lane, found.number),
            (Household.lane == found.lane) & (Household.number == found.number),
        ),
    )
    if any(living(work.session.get_one(Household, each)) for each in work.session.scalars(taken)):
        raise ExpectedError("life_house_taken", found.words(CHINESE))
    return found


def heads(work: Work, plan: Plan) -> tuple[Sequence[Resident], Sequence[Resident]]:
    """Of whom a new head is chosen: of those who go to a new household, and of those who stay."""
    if plan.kind in MENDS - GOES:
        return (), ()
    people = [here(work, each) for each in plan.people]
    if plan.kind == "merge":
        return of_age(work, [*people, *living(household(work, plan.there))]), ()
    gone = people if plan.moves or plan.kind in GOES else ()
    goes = of_age(work, people) if plan.moves and not plan.there else ()
    homes = {each.household for each in gone if each.is_head}
    stays = [[one for one in living(home) if one not in gone] for home in homes]
    headless = [one for those in stays if not any(each.is_head for each in those) for one in those]
    return goes, of_age(work, headless)
