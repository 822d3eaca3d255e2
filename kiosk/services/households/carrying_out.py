"""A plan that was checked is carried out: one transaction for the whole family."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Final

from kiosk.core.text import clean
from kiosk.models.register import Household, Resident
from kiosk.services.consent import pauses
from kiosk.services.consent.agreements import must_agree
from kiosk.services.households import mending
from kiosk.services.households.gone import WHY_GONE
from kiosk.services.households.plans import Kind, Plan
from kiosk.services.households.whom import (
    LONGEST_NAME,
    born_on,
    door,
    heads,
    here,
    household,
)
from kiosk.services.my_data import erasure
from kiosk.services.my_data.houses import free_code, living, settle_in, settle_signs
from kiosk.services.register.entries import household_changed, newcomer, person_changed
from kiosk.services.register.importing.matching import register_key
from kiosk.services.register.people import declare_relative
from kiosk.services.register.search_index import index_residents, reading_of
from kiosk.services.stars import door_signs
from kiosk.services.work import Work


def carry_out(work: Work, plan: Plan, by: int) -> None:
    """Change what the plan says, in the caller's transaction; it was checked in the same one."""
    _CARRIED_OUT[plan.kind](work, plan, by)


# --- what happens


def _come(work: Work, plan: Plan, by: int) -> None:
    """Somebody is in the register from now on; nobody takes part by that alone."""
    home, name, born = household(work, plan.household_id), plan.name, born_on(plan)
    person = Resident(
        household=home,
        name=clean(name, LONGEST_NAME),
        born_on=born,
        is_head=not living(home),
        register_key=register_key(home.code, clean(name, LONGEST_NAME), born),
        **reading_of(clean(name, LONGEST_NAME)),
    )
    work.session.add(person)
    work.session.flush()
    index_residents(work.session, [person.id])
    newcomer(work, person, by)
    if must_agree(person.born_on, work.today):
        door_signs.end_outdated(work, home.id, by)


def _move(work: Work, plan: Plan, by: int) -> None:
    people = [here(work, each) for each in plan.people]
    before = {each.household for each in people}
    stay = [one for home in before for one in living(home) if one not in people]
    _new_head(work, plan, by)
    there = household(work, plan.there) if plan.there else _new_household(work, plan, by)
    for person in sorted(people, key=lambda each: (each.id != plan.head, each.id)):
        home = person.household
        settle_in(work, person, there, by)
        settle_signs(work, person, home, by)
    for one, other in product(people, stay):  # whoever was one household does not decide on it
        declare_relative(work, one.id, other.id, by)


def _merge(work: Work, plan: Plan, by: int) -> None:
    """Two households are one, with one head: who was chosen, or who alone is of age."""
    goes, _ = heads(work, plan)
    alone = goes[0].id if len(goes) == 1 else plan.head
    _move(work, plan, by)
    there = household(work, plan.there)
    work.session.refresh(there)
    mending.set_head(work, there, alone, by)


def _new_household(work: Work, plan: Plan, by: int) -> Household:
    found = door(work, plan)
    code = free_code(work.session, found)
    home = Household(code=code, lane=found.lane, number=found.number, premises="home")
    work.session.add(home)
    household_changed(work, home, by)
    return home


def _go(work: Work, plan: Plan, by: int) -> None:
    """They are not in the register any more; what is about them is erased."""
    home = household(work, plan.household_id)
    _new_head(work, plan, by)
    for person in [here(work, each) for each in plan.people]:
        erasure.erase_who_is_gone(work, person.id, WHY_GONE[plan.kind], by)
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
    "merge": _merge,
    "move_out": _go,
    "death": _go,
    "twice": _go,
    "away": _rest,
    "back": _rest,
    **mending.MENDED,
}
