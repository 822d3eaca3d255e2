"""A plan is checked, and carried out: one transaction for the whole family."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Final

from sqlalchemy import or_, select

from kiosk.core.catalogue import CHINESE
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.core.text import clean
from kiosk.models.register import Household, Resident
from kiosk.services.consent import pauses
from kiosk.services.consent.agreements import must_agree
from kiosk.services.consent.consents import enrolled
from kiosk.services.households.plans import Kind, Plan, households_of
from kiosk.services.my_data import erasure
from kiosk.services.my_data.houses import living, settle_in, settle_signs
from kiosk.services.register.entries import household_changed, newcomer, person_changed
from kiosk.services.register.importing.addresses import split_address
from kiosk.services.register.importing.dates import read_date
from kiosk.services.register.importing.matching import own_code, register_key
from kiosk.services.register.people import declare_relative, related
from kiosk.services.register.search_index import index_residents, reading_of
from kiosk.services.stars import door_signs
from kiosk.services.work import Work

BIRTH_WITHIN: Final = timedelta(days=366)
"""How old a child may be whose birth is written down; who is older came to live here."""
_OLDEST = date(1900, 1, 1)
_LONGEST_NAME, _LONGEST_LANE, _LONGEST_NUMBER = 80, 40, 20


def check(work: Work, plan: Plan, by: int) -> None:
    """Refuse what cannot be, before anything is changed.

    Raises:
        ExpectedError: ``household_unknown``, ``resident_unknown``, ``life_own_family``,
            ``life_nobody``; ``life_name``, ``life_birth_date``, ``life_birth_future``,
            ``life_birth_old``, ``namesake_there`` of who comes; ``same_house``, ``house_unclear``,
            ``life_house_taken``, ``life_lives_alone`` of who moves; ``life_not_taking_part``,
            ``life_away_already``, ``life_not_away``.
    """
    people = [_here(work, each) for each in plan.people]
    for home in households_of(work.session, plan):
        _check_apart(work, _household(work, home), by)
    if plan.comes:
        _check_newcomer(work, plan)
    elif not people:
        raise ExpectedError("life_nobody")
    if not plan.comes and plan.kind != "marriage":
        _check_of_the_house(people, plan)
    if plan.moves:
        _check_move(work, plan, people)
    elif plan.kind in ("away", "back"):
        _check_rest(work, plan)


def carry_out(work: Work, plan: Plan, by: int) -> None:
    """Change what the plan says, in the caller's transaction; it was checked in the same one."""
    _CARRIED_OUT[plan.kind](work, plan, by)


def born_on(plan: Plan) -> date:
    """The birthday of who comes.

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
    home = _household(work, plan.household_id)
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
    people = [_here(work, each) for each in plan.people]
    gone = people if plan.moves or plan.kind == "death" else ()
    goes = _of_age(work, people) if plan.moves and not plan.there else ()
    homes = {each.household for each in gone if each.is_head}
    stay = [one for home in homes for one in living(home) if one not in gone]
    return goes, _of_age(work, stay)


def _here(work: Work, resident_id: int) -> Resident:
    found = work.session.get(Resident, resident_id)
    if found is None or not found.active:
        raise ExpectedError("resident_unknown")
    return found


def _household(work: Work, household_id: int) -> Household:
    found = work.session.get(Household, household_id)
    if found is None:
        raise ExpectedError("household_unknown")
    return found


def _of_age(work: Work, people: Sequence[Resident]) -> list[Resident]:
    return [each for each in people if must_agree(each.born_on, work.today)]


def _check_apart(work: Work, home: Household, by: int) -> None:
    """Nobody writes down what happens in their own family (charter 4)."""
    own = work.session.get_one(Resident, by)
    if own.household_id == home.id or any(
        related(work.session, each.id, by) for each in living(home)
    ):
        raise ExpectedError("life_own_family")


def _check_newcomer(work: Work, plan: Plan) -> None:
    if not clean(plan.name, _LONGEST_NAME):
        raise ExpectedError("life_name")
    born, home = born_on(plan), _household(work, plan.household_id)
    if born > work.today:
        raise ExpectedError("life_birth_future")
    if plan.kind == "birth" and born < work.today - BIRTH_WITHIN:
        raise ExpectedError("life_birth_old")
    key = register_key(home.code, clean(plan.name, _LONGEST_NAME), born)
    if work.session.scalar(select(Resident.id).where(Resident.register_key == key)) is not None:
        raise ExpectedError("namesake_there")


def _check_of_the_house(people: Sequence[Resident], plan: Plan) -> None:
    if any(each.household_id != plan.household_id for each in people):
        raise ExpectedError("resident_unknown")


def _check_move(work: Work, plan: Plan, people: Sequence[Resident]) -> None:
    if plan.there:
        there = _household(work, plan.there)
        if any(each.household_id == there.id for each in people):
            raise ExpectedError("same_house")
        if any(_is_namesake(*pair) for pair in product(people, living(there))):
            raise ExpectedError("namesake_there")
        return
    whole = {each.id for each in living(_household(work, plan.household_id))} <= {*plan.people}
    home, found = _household(work, plan.household_id), door(work, plan)
    if whole and found == House(home.lane, home.number):
        raise ExpectedError("same_house")
    if plan.kind == "split" and whole:
        raise ExpectedError("life_lives_alone")


def _is_namesake(one: Resident, other: Resident) -> bool:
    same = (one.name, one.born_on, one.born_day_known)
    return same == (other.name, other.born_on, other.born_day_known)


def _check_rest(work: Work, plan: Plan) -> None:
    for each in plan.people:
        rests = pauses.standing_pause(work.session, each) is not None
        if plan.kind == "back" and not rests:
            raise ExpectedError("life_not_away")
        if plan.kind == "away" and rests:
            raise ExpectedError("life_away_already")
        if plan.kind == "away" and not enrolled(work.session, each):
            raise ExpectedError("life_not_taking_part")


# --- what happens


def _come(work: Work, plan: Plan, by: int) -> None:
    """Somebody is in the register from now on; nobody takes part by that alone."""
    home, name, born = _household(work, plan.household_id), plan.name, born_on(plan)
    person = Resident(
        household=home,
        name=clean(name, _LONGEST_NAME),
        born_on=born,
        is_head=not living(home),
        register_key=register_key(home.code, clean(name, _LONGEST_NAME), born),
        **reading_of(clean(name, _LONGEST_NAME)),
    )
    work.session.add(person)
    work.session.flush()
    index_residents(work.session, [person.id])
    newcomer(work, person, by)
    if must_agree(person.born_on, work.today):
        door_signs.end_outdated(work, home.id, by)


def _move(work: Work, plan: Plan, by: int) -> None:
    people = [_here(work, each) for each in plan.people]
    before = {each.household for each in people}
    stay = [one for home in before for one in living(home) if one not in people]
    _new_head(work, plan, by)
    there = _household(work, plan.there) if plan.there else _new_household(work, plan, by)
    for person in sorted(people, key=lambda each: (each.id != plan.head, each.id)):
        home = person.household
        settle_in(work, person, there, by)
        settle_signs(work, person, home, by)
    for one, other in product(people, stay):  # whoever was one household does not decide on it
        declare_relative(work, one.id, other.id, by)


def _new_household(work: Work, plan: Plan, by: int) -> Household:
    found = door(work, plan)
    code, place = own_code(found.lane, found.number), 1
    while work.session.scalar(select(Household.id).where(Household.code == code)) is not None:
        place += 1
        code = f"{own_code(found.lane, found.number)}/{place}"
    home = Household(code=code, lane=found.lane, number=found.number, premises="home")
    work.session.add(home)
    household_changed(work, home, by)
    return home


def _die(work: Work, plan: Plan, by: int) -> None:
    (person,) = (_here(work, each) for each in plan.people)
    home = person.household
    _new_head(work, plan, by)
    erasure.erase_the_dead(work, person.id, by)
    work.session.refresh(home)
    if not living(home):
        door_signs.end_outdated(work, home.id, by)


def _new_head(work: Work, plan: Plan, by: int) -> None:
    """Of those who stay behind when their head goes; where one alone is of age, it is they."""
    _, stay = heads(work, plan)
    chosen = [each for each in stay if each.id == plan.head_left] or (
        stay if len(stay) == 1 else ()
    )
    for person in chosen:
        person.is_head = True
        person_changed(work, person, by)


def _rest(work: Work, plan: Plan, by: int) -> None:
    change = pauses.begin if plan.kind == "away" else pauses.end
    for each in plan.people:
        change(work, each, by)


_CARRIED_OUT: Final[Mapping[Kind, Callable[[Work, Plan, int], None]]] = {
    "birth": _come,
    "arrival": _come,
    "marriage": lambda work, plan, by: (_come if plan.comes else _move)(work, plan, by),
    "move": _move,
    "split": _move,
    "death": _die,
    "away": _rest,
    "back": _rest,
}
