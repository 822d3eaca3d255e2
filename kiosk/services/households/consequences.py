"""What would change, for whom, and what would not: said before anybody agrees to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from kiosk.core.houses import House
from kiosk.models.access import RoleGrant
from kiosk.models.perks import Redemption
from kiosk.models.register import Household, Resident
from kiosk.services.consent.agreements import must_agree
from kiosk.services.households import whom
from kiosk.services.households.plans import Plan
from kiosk.services.my_data.houses import has_sign, living
from kiosk.services.work import Work


@dataclass(frozen=True)
class Line:
    """A sentence at ``register.<code>``, about people, houses and days, in this order."""

    code: str
    names: tuple[str, ...] = ()
    houses: tuple[House, ...] = ()
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class Consequences:
    """What a plan changes, and what stays as it is."""

    changes: tuple[Line, ...]
    stays: tuple[Line, ...]


def consequences(work: Work, plan: Plan) -> Consequences:
    """What follows from a plan that was checked."""
    changes = _KINDS[plan.kind if not plan.comes else "come"](work, plan)
    return Consequences(tuple(changes), tuple(_stays(work, plan)))


def _come(work: Work, plan: Plan) -> Iterator[Line]:
    home = work.session.get_one(Household, plan.household_id)
    of_age = must_agree(whom.born_on(plan), work.today)
    yield Line("will_come", (plan.name,), (_house(home),))
    if of_age and has_sign(work.session, home):
        yield Line("will_end_sign", (), (_house(home),))
    yield Line("will_ask" if of_age else "will_ask_at_18", (plan.name,))


def _move(work: Work, plan: Plan) -> Iterator[Line]:
    people = _people(work, plan)
    before = {each.household for each in people}
    there = work.session.get(Household, plan.there) if plan.there else None
    after = _house(there) if there else whom.door(work, plan)
    names = _names(people)
    first = next(iter(before))
    yield Line("will_move", names, (_house(first), after))
    of_age = [each for each in people if must_agree(each.born_on, work.today)]
    if there is not None and of_age and has_sign(work.session, there):
        yield Line("will_end_sign", (), (after,))
    for home in before:
        if not set(living(home)) - set(people) and has_sign(work.session, home):
            yield Line("will_end_sign", (), (_house(home),))
    if of_age:
        yield Line("will_ask_sign", _names(of_age))
    yield from _heads(work, plan, first, after)
    stay = [one for home in before for one in living(home) if one not in people]
    if stay:
        yield Line("will_be_kin", (*names, *_names(stay)))
    if there is not None and living(there):
        yield Line("will_not_decide", names, (after,))


def _die(work: Work, plan: Plan) -> Iterator[Line]:
    (person,) = _people(work, plan)
    name = (person.name,)
    yield Line("will_rest", name)
    held = select(func.count()).select_from(RoleGrant)
    if work.session.scalar(
        held.where(RoleGrant.resident_id == person.id, RoleGrant.ended_at.is_(None))
    ):
        yield Line("will_end_office", name)
    kept = select(func.count()).select_from(Redemption)
    if work.session.scalar(
        kept.where(Redemption.resident_id == person.id, Redemption.state == "reserved")
    ):
        yield Line("will_give_back", name)
    yield Line("will_end_reports", name)
    yield from _heads(work, plan, person.household, None)
    if len(living(person.household)) == 1 and has_sign(work.session, person.household):
        yield Line("will_end_sign", (), (_house(person.household),))


def _move_out(work: Work, plan: Plan) -> Iterator[Line]:
    people = _people(work, plan)
    home = work.session.get_one(Household, plan.household_id)
    yield Line("will_leave", _names(people))
    yield Line("will_end", _names(people))
    yield Line("will_copy")
    yield from _heads(work, plan, home, None)
    if not set(living(home)) - set(people) and has_sign(work.session, home):
        yield Line("will_end_sign", (), (_house(home),))


def _new_head(work: Work, plan: Plan) -> Iterator[Line]:
    home = work.session.get_one(Household, plan.household_id)
    yield Line("will_be_head", _names(_people(work, plan)), (_house(home),))


def _plate(work: Work, plan: Plan) -> Iterator[Line]:
    home = work.session.get_one(Household, plan.household_id)
    yield Line("will_have_plate", (), (_house(home), whom.door(work, plan)))
    if has_sign(work.session, home):
        yield Line("will_end_sign", (), (_house(home),))


def _birthday(work: Work, plan: Plan) -> Iterator[Line]:
    (person,), born = _people(work, plan), whom.born_on(plan)
    yield Line("will_be_born", (person.name,), (), (born,))
    if not must_agree(born, work.today):
        yield Line("will_ask_at_18", (person.name,))
    elif not must_agree(person.born_on, work.today):
        if has_sign(work.session, person.household):
            yield Line("will_end_sign", (), (_house(person.household),))
        yield Line("will_ask", (person.name,))


def _twice(work: Work, plan: Plan) -> Iterator[Line]:
    (person,) = _people(work, plan)
    yield Line("will_be_once", (person.name,), (_house(person.household),))
    yield from _heads(work, plan, person.household, None)


def _still_here(work: Work, plan: Plan) -> Iterator[Line]:
    home = work.session.get_one(Household, plan.household_id)
    yield Line("will_be_here", (plan.name,), (_house(home),))
    yield Line("will_not_return", (plan.name,))
    if must_agree(whom.born_on(plan), work.today) and has_sign(work.session, home):
        yield Line("will_end_sign", (), (_house(home),))


def _heads(work: Work, plan: Plan, before: Household, after: House | None) -> Iterator[Line]:
    goes, stay = whom.heads(work, plan)
    if after and (head := _chosen(goes, plan.head)):
        yield Line("will_be_head", (head,), (after,))
    if head := _chosen(stay, plan.head_left):
        yield Line("will_be_head", (head,), (_house(before),))


def _chosen(people: Iterable[Resident], head: int) -> str:
    listed = list(people)
    alone = len(listed) == 1
    return next((each.name for each in listed if alone or each.id == head), "")


def _rest(work: Work, plan: Plan) -> Iterator[Line]:
    yield Line(f"will_be_{plan.kind}", _names(_people(work, plan)))


def _stays(work: Work, plan: Plan) -> Iterator[Line]:
    home = work.session.get_one(Household, plan.household_id)
    if plan.kind in ("death", "move_out"):
        if len(living(home)) > len(plan.people):
            yield Line("stays_living", (), (_house(home),))
        yield Line("stays_done")
    elif plan.kind == "birth" and has_sign(work.session, home):
        yield Line("stays_sign", (), (_house(home),))
    elif plan.moves or plan.kind in ("new_head", "birthday"):
        yield Line("stays_own", _names(_people(work, plan)))
    elif plan.kind in ("away", "back"):
        yield Line("stays_all")
    elif plan.kind == "twice":
        yield Line("stays_other", _names(_people(work, plan)))
    if plan.kind not in ("away", "back"):
        yield Line("stays_numbers")


def _people(work: Work, plan: Plan) -> list[Resident]:
    return [work.session.get_one(Resident, each) for each in plan.people]


def _names(people: Iterable[Resident]) -> tuple[str, ...]:
    return tuple(each.name for each in people)


def _house(home: Household) -> House:
    return House(home.lane, home.number)


_KINDS = {
    "come": _come,
    "marriage": _move,
    "move": _move,
    "split": _move,
    "merge": _move,
    "move_out": _move_out,
    "death": _die,
    "new_head": _new_head,
    "plate": _plate,
    "birthday": _birthday,
    "twice": _twice,
    "still_here": _still_here,
    "away": _rest,
    "back": _rest,
}
