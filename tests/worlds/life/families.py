"""What happens in families: births, deaths, moves; and nobody gone is waited for."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from kiosk.core.ids import new_touch_id
from kiosk.models.access import Card, RoleGrant
from kiosk.models.cases import Case, ConfirmationRequest, PanelSeat
from kiosk.models.households import LifeEvent
from kiosk.models.register import Resident, SearchTerm
from kiosk.services.access.offices import Signature
from kiosk.services.access.roles import Role
from kiosk.services.cases import panel
from kiosk.services.consent import consents
from kiosk.services.households import desk, events
from kiosk.services.households.plans import Kind, Plan, read_plan
from kiosk.services.record.number import number_of
from kiosk.services.work import reading
from tests.worlds.life.frame import Life, NothingToDoError, step

LEAST_PEOPLE = 22
"""Nobody dies in a village that is smaller."""
LEAST_OFFICERS = 4
"""No officer dies where there are fewer."""


def home_of(life: Life, resident_id: int) -> int:
    return int(life.look(lambda session: session.get_one(Resident, resident_id).household_id))


def write_down(life: Life, plan: Plan) -> None:
    """Open the household, see what would change, and write it down at the desk."""
    role: Role = (
        "clerk" if plan.kind in events.NEEDS_TWO else life.dice.choice(("clerk", "officer"))
    )
    seat = life.desk(role)
    desk.open_household(life.village, seat, plan.household_id, life.dice.choice(desk.PURPOSES))
    preview = events.preview(life.village, seat, plan)
    while preview.ask:
        head, _ = life.one(preview.candidates)
        of_those_who_go = preview.ask == "head"
        plan = replace(plan, head=head) if of_those_who_go else replace(plan, head_left=head)
        preview = events.preview(life.village, seat, plan)
    signature = None
    if plan.kind in events.NEEDS_TWO:
        second = life.holder("officer", but=plan.people[0])
        life.seat(second, official=True)  # with a card that opens the office
        signature = Signature(*life.hamlet.cards[second])
    events.write_down(life.village, seat, preview.plan, new_touch_id(), signature)


@step(0.5)
def a_birth(life: Life) -> None:
    born = life.hamlet.today.isoformat()
    name = f"林{life.dice.choice('春夏秋冬山水')}{life.dice.randint(1, 999)}"
    home = home_of(life, life.person())
    write_down(life, Plan(kind="birth", household_id=home, name=name, born_on=born))


@step(0.4)
def somebody_comes(life: Life) -> None:
    kind: Kind = life.dice.choice(("arrival", "marriage"))
    name = f"林来{life.dice.randint(1, 999)}"
    home = home_of(life, life.person())
    born = f"19{life.dice.randint(60, 99)}-03-04"
    write_down(life, Plan(kind=kind, household_id=home, name=name, born_on=born))


@step(0.5)
def moving_house(life: Life) -> None:
    home = home_of(life, life.person())
    there = home_of(life, life.person())
    everybody = life.ids(Resident.household_id == home)
    people = tuple(each for each in everybody if life.chance(0.6)) or tuple(everybody)
    door = "" if life.chance(0.6) else f"新街{life.dice.randint(1, 99)}号"
    to = 0 if door else there
    write_down(life, Plan(kind="move", household_id=home, people=people, to=to, plate=door))


@step(0.3)
def a_household_splits(life: Life) -> None:
    home = home_of(life, life.person())
    everybody = life.ids(Resident.household_id == home)
    people = tuple(everybody[: len(everybody) // 2])
    write_down(life, Plan(kind="split", household_id=home, people=people))


@step(0.3)
def a_wedding(life: Life) -> None:
    home, who = home_of(life, life.person()), life.person()
    write_down(life, Plan(kind="marriage", household_id=home, people=(who,)))


@step(0.4)
def away_or_back(life: Life) -> None:
    kind: Kind = life.dice.choice(("away", "back"))
    who = life.person()
    write_down(life, Plan(kind=kind, household_id=home_of(life, who), people=(who,)))


@step(0.5)
def a_death(life: Life) -> None:
    if len(life.ids()) < LEAST_PEOPLE:
        raise NothingToDoError
    who = life.person()
    held = select(RoleGrant.resident_id).where(
        RoleGrant.role == "officer", RoleGrant.ended_at.is_(None)
    )
    officers = set(life.look(lambda session: list(session.scalars(held))))
    if who in officers and len(officers) < LEAST_OFFICERS:
        raise NothingToDoError
    write_down(life, Plan(kind="death", household_id=home_of(life, who), people=(who,)))


@step(0.4)
def taking_it_back(life: Life) -> None:
    seat = life.desk("clerk")
    line = life.one(events.waiting(life.village, seat))
    events.take_back(life.village, seat, line.event_id, new_touch_id())


@step(0.4)
def relatives(life: Life) -> None:
    seat, one, other = life.desk("officer"), life.person(), life.person()
    act = desk.declare if life.chance(0.7) else desk.end
    act(life.village, seat, one, other, new_touch_id())


def carry_out(life: Life) -> None:
    """What is due takes effect; nobody's number moves but of those whom it is about."""
    waits = select(LifeEvent.plan).where(LifeEvent.state == events.WAITING)
    plans = life.look(lambda session: [read_plan(each) for each in session.scalars(waits)])
    if not plans:
        return
    about = {each for plan in plans for each in plan.people}
    before = numbers(life, about)
    if events.carry_out_due(life.village):
        after = numbers(life, about)
        assert before == {who: after.get(who) for who in before}, "another number moved"
        assert_nobody_gone_is_waited_for(life)


def numbers(life: Life, but: set[int]) -> dict[int, int]:
    """Everybody's number, as it is now."""
    with reading(life.village) as work:
        enrolled = consents.enrolled_among(work.session, life.ids()) - but
        sums = {who: number_of(work, who, work.today) for who in enrolled}
    return {who: each.number for who, each in sums.items() if each is not None}


def assert_nobody_gone_is_waited_for(life: Life) -> None:
    """Nobody who is gone is found, asked, drawn, in office, or has a card or a case."""
    gone = select(Resident.id).where(Resident.active.is_(False))
    waiting = {
        "found": select(SearchTerm.resident_id).where(SearchTerm.resident_id.in_(gone)),
        "asked": select(ConfirmationRequest.case_id).where(
            ConfirmationRequest.witness_id.in_(gone)
        ),
        "in office": select(RoleGrant.id).where(
            RoleGrant.resident_id.in_(gone), RoleGrant.ended_at.is_(None)
        ),
        "with a card": select(Card.id).where(Card.resident_id.in_(gone), Card.ended_at.is_(None)),
        "with a case": select(Case.id).where(Case.subject_id.in_(gone)),
    }
    seats = (
        select(Case)
        .join(PanelSeat, PanelSeat.case_id == Case.id)
        .where(PanelSeat.resident_id.in_(gone), PanelSeat.left_at.is_(None))
        .where(PanelSeat.uphold.is_(None))
    )
    with reading(life.village) as work:
        for how, question in waiting.items():
            assert work.session.execute(question).first() is None, how
        heard = [panel.is_open(work, case) for case in work.session.scalars(seats)]
        assert not any(heard), "seated"
