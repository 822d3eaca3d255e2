"""What is written wrongly is put right: a head, a plate, a birthday, somebody written down as gone.

Nothing of it happened in the family, so that nothing moves by it but what it says. Who was written
down twice goes as `carrying_out` says; who is still here comes back under the same number, and
nothing that was erased comes back with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from sqlalchemy import select

from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.core.text import clean
from kiosk.models.access import Card
from kiosk.models.cases import Case
from kiosk.models.perks import WalletMovement
from kiosk.models.register import Household, Resident
from kiosk.services.access.offices import held
from kiosk.services.access.roles import ROLES
from kiosk.services.consent.agreements import must_agree
from kiosk.services.consent.consents import standing_purposes
from kiosk.services.households.gone import gone_from
from kiosk.services.households.plans import Kind, Plan
from kiosk.services.households.whom import (
    LONGEST_NAME,
    born_on,
    check_of_the_house,
    door,
    here,
    household,
    is_namesake,
    of_age,
)
from kiosk.services.my_data.corrections import rekey
from kiosk.services.my_data.houses import living, put_up
from kiosk.services.register.entries import person_changed
from kiosk.services.register.importing.matching import register_key
from kiosk.services.register.search_index import index_residents, reading_of
from kiosk.services.stars import door_signs
from kiosk.services.work import Work


def check(work: Work, plan: Plan) -> None:
    """Refuse what cannot be put right so.

    Raises:
        ExpectedError: ``household_unknown``, ``resident_unknown``, ``life_nobody``;
            ``life_head_already``, ``life_head_age``; ``house_unclear``, ``same_house``,
            ``life_house_taken``; ``life_birth_date``, ``life_birth_future``,
            ``life_birth_same``, ``namesake_there``; ``life_not_twice``, ``life_other_entry``;
            ``life_not_gone``, ``life_name``.
    """
    _CHECKED[plan.kind](work, plan)


def set_head(work: Work, home: Household, resident_id: int, by: int) -> None:
    """One head of a household, and no other; harmless if it is so."""
    for each in sorted(living(home), key=lambda one: one.id):
        if each.is_head != (each.id == resident_id):
            each.is_head = each.id == resident_id
            person_changed(work, each, by)


def _one(work: Work, plan: Plan) -> Resident:
    if len(plan.people) != 1:
        raise ExpectedError("life_nobody")
    person = here(work, plan.people[0])
    check_of_the_house([person], plan)
    return person


# --- what is refused


def _check_head(work: Work, plan: Plan) -> None:
    person = _one(work, plan)
    if [each for each in living(person.household) if each.is_head] == [person]:
        raise ExpectedError("life_head_already")
    if of_age(work, living(person.household)) and not of_age(work, [person]):
        raise ExpectedError("life_head_age")


def _check_plate(work: Work, plan: Plan) -> None:
    home = household(work, plan.household_id)
    if door(work, plan) == House(home.lane, home.number):
        raise ExpectedError("same_house")


def _check_birthday(work: Work, plan: Plan) -> None:
    person, born = _one(work, plan), born_on(plan)
    if born > work.today:
        raise ExpectedError("life_birth_future")
    if (person.born_on, person.born_day_known) == (born, True):
        raise ExpectedError("life_birth_same")
    _check_no_namesake(work, person, person.name, born)


def _check_twice(work: Work, plan: Plan) -> None:
    """Of two entries the one goes of which nothing hangs; the person loses nothing by it."""
    person = _one(work, plan)
    namesakes = select(Resident).where(
        Resident.name == person.name, Resident.active, Resident.id != person.id
    )
    if not any(is_namesake(person, each) for each in work.session.scalars(namesakes)):
        raise ExpectedError("life_not_twice")
    if _has_something(work, person.id):
        raise ExpectedError("life_other_entry")


def _has_something(work: Work, who: int) -> bool:
    """Whether a consent, an office, a card, a case or points are this entry's."""
    rows = (
        select(Card.id).where(Card.resident_id == who, Card.ended_at.is_(None)),
        select(Case.id).where((Case.subject_id == who) | (Case.reporter_id == who)),
        select(WalletMovement.id).where(WalletMovement.resident_id == who),
    )
    return (
        bool(standing_purposes(work.session, who))
        or any(held(work.session, who, role) for role in ROLES)
        or any(work.session.scalar(each.limit(1)) is not None for each in rows)
    )


def _check_still_here(work: Work, plan: Plan) -> None:
    gone = {each.resident_id for each in gone_from(work, plan.household_id)}
    if len(plan.people) != 1 or not gone.issuperset(plan.people):
        raise ExpectedError("life_not_gone")
    name, born = clean(plan.name, LONGEST_NAME), born_on(plan)
    if not name:
        raise ExpectedError("life_name")
    if born > work.today:
        raise ExpectedError("life_birth_future")
    _check_no_namesake(work, work.session.get_one(Resident, plan.people[0]), name, born)


def _check_no_namesake(work: Work, person: Resident, name: str, born: date) -> None:
    """Nobody else of the household is called so and was born then."""
    key = register_key(person.household.code, name, born)
    there = select(Resident.id).where(Resident.register_key == key, Resident.id != person.id)
    others = (each for each in living(person.household) if each.id != person.id)
    if work.session.scalar(there) is not None or any(
        (each.name, each.born_on, each.born_day_known) == (name, born, True) for each in others
    ):
        raise ExpectedError("namesake_there")


# --- what is done


def _new_head(work: Work, plan: Plan, by: int) -> None:
    set_head(work, household(work, plan.household_id), plan.people[0], by)


def _plate(work: Work, plan: Plan, by: int) -> None:
    """For all who live there; the sign at the door shows the old plate, and ends."""
    home = household(work, plan.household_id)
    put_up(work, home, door(work, plan), by)
    door_signs.end_outdated(work, home.id, by)


def _birthday(work: Work, plan: Plan, by: int) -> None:
    """Who turns out to be of age has to agree to the sign that was agreed to without them."""
    person = here(work, plan.people[0])
    was_asked = must_agree(person.born_on, work.today)
    person.born_on, person.born_day_known = born_on(plan), True
    rekey(work.session, person)
    person_changed(work, person, by)
    if must_agree(person.born_on, work.today) and not was_asked:
        door_signs.end_outdated(work, person.household_id, by)


def _still_here(work: Work, plan: Plan, by: int) -> None:
    person = work.session.get_one(Resident, plan.people[0])
    name = clean(plan.name, LONGEST_NAME)
    person.active, person.name, person.born_on = True, name, born_on(plan)
    for column, reading in reading_of(name).items():
        setattr(person, column, reading)
    person.is_head = not [each for each in living(person.household) if each.id != person.id]
    rekey(work.session, person)
    index_residents(work.session, [person.id])
    person_changed(work, person, by)
    if must_agree(person.born_on, work.today):
        door_signs.end_outdated(work, person.household_id, by)


_CHECKED: Final[Mapping[Kind, Callable[[Work, Plan], None]]] = {
    "new_head": _check_head,
    "plate": _check_plate,
    "birthday": _check_birthday,
    "twice": _check_twice,
    "still_here": _check_still_here,
}
MENDED: Final[Mapping[Kind, Callable[[Work, Plan, int], None]]] = {
    "new_head": _new_head,
    "plate": _plate,
    "birthday": _birthday,
    "still_here": _still_here,
}
"""What each of them does but for an entry too many."""
