"""Whether a plan can be carried out, and who becomes head where it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import product
from typing import Final

from sqlalchemy import select

from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.core.text import clean
from kiosk.models.register import Household, Resident
from kiosk.services.access.offices import held
from kiosk.services.access.roles import ROLES
from kiosk.services.consent import pauses
from kiosk.services.consent.consents import enrolled
from kiosk.services.households import mending
from kiosk.services.households.plans import MENDS, Plan, households_of
from kiosk.services.households.whom import (
    LONGEST_NAME,
    born_on,
    check_of_the_house,
    door,
    here,
    household,
    is_namesake,
)
from kiosk.services.my_data.houses import living
from kiosk.services.register.importing.matching import register_key
from kiosk.services.register.people import related
from kiosk.services.work import Work

BIRTH_WITHIN: Final = timedelta(days=366)
"""How old a child may be whose birth is written down; who is older came to live here."""


def check(work: Work, plan: Plan, by: int) -> None:
    """Refuse what cannot be, before anything is changed.

    Raises:
        ExpectedError: ``household_unknown``, ``resident_unknown``, ``life_own_family``,
            ``life_nobody``; ``life_name``, ``life_birth_date``, ``life_birth_future``,
            ``life_birth_old``, ``namesake_there`` of who comes; ``same_house``, ``house_unclear``,
            ``life_house_taken``, ``life_lives_alone``, ``life_changed`` of who moves;
            ``life_office_first`` of who moves away; ``life_not_taking_part``,
            ``life_away_already``, ``life_not_away``; as `mending.check`.
    """
    for home in households_of(work.session, plan):
        _check_apart(work, household(work, home), by)
    if plan.kind in MENDS:
        mending.check(work, plan)
        return
    people = [here(work, each) for each in plan.people]
    if plan.comes:
        _check_newcomer(work, plan)
        return
    if not people:
        raise ExpectedError("life_nobody")
    if plan.kind != "marriage":
        check_of_the_house(people, plan)
    _check_who_is_here(work, plan, people)


def _check_who_is_here(work: Work, plan: Plan, people: Sequence[Resident]) -> None:
    if plan.moves:
        _check_move(work, plan, people)
    elif plan.kind in ("away", "back"):
        _check_rest(work, plan)
    elif plan.kind == "move_out":
        _check_no_office(work, plan)


def _check_apart(work: Work, home: Household, by: int) -> None:
    """Nobody writes down what happens in their own family (charter 4)."""
    own = work.session.get_one(Resident, by)
    if own.household_id == home.id or any(
        related(work.session, each.id, by) for each in living(home)
    ):
        raise ExpectedError("life_own_family")


def _check_newcomer(work: Work, plan: Plan) -> None:
    if not clean(plan.name, LONGEST_NAME):
        raise ExpectedError("life_name")
    born, home = born_on(plan), household(work, plan.household_id)
    if born > work.today:
        raise ExpectedError("life_birth_future")
    if plan.kind == "birth" and born < work.today - BIRTH_WITHIN:
        raise ExpectedError("life_birth_old")
    key = register_key(home.code, clean(plan.name, LONGEST_NAME), born)
    if work.session.scalar(select(Resident.id).where(Resident.register_key == key)) is not None:
        raise ExpectedError("namesake_there")


def _check_move(work: Work, plan: Plan, people: Sequence[Resident]) -> None:
    if plan.there:
        there = household(work, plan.there)
        if any(each.household_id == there.id for each in people):
            raise ExpectedError("same_house")
        if any(is_namesake(*pair) for pair in product(people, living(there))):
            raise ExpectedError("namesake_there")
        if plan.kind == "merge" and not _is_whole(work, plan):
            raise ExpectedError("life_changed")
        return
    if plan.kind == "merge":
        raise ExpectedError("household_unknown")
    home, found = household(work, plan.household_id), door(work, plan)
    whole = _is_whole(work, plan)
    if whole and found == House(home.lane, home.number):
        raise ExpectedError("same_house")
    if plan.kind == "split" and whole:
        raise ExpectedError("life_lives_alone")


def _is_whole(work: Work, plan: Plan) -> bool:
    """Whether everybody of the household goes."""
    return {each.id for each in living(household(work, plan.household_id))} <= {*plan.people}


def _check_rest(work: Work, plan: Plan) -> None:
    for each in plan.people:
        rests = pauses.standing_pause(work.session, each) is not None
        if plan.kind == "back" and not rests:
            raise ExpectedError("life_not_away")
        if plan.kind == "away" and rests:
            raise ExpectedError("life_away_already")
        if plan.kind == "away" and not enrolled(work.session, each):
            raise ExpectedError("life_not_taking_part")


def _check_no_office(work: Work, plan: Plan) -> None:
    """Who moves away lays down their office first, so that it does not end unseen."""
    for each in plan.people:
        if any(held(work.session, each, role) for role in ROLES):
            raise ExpectedError("life_office_first")
