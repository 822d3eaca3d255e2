"""What happens in families: births, deaths, moves; and nobody gone is waited for."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from kiosk.core.ages import is_adult
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.access import Card, RoleGrant
from kiosk.models.cases import Case, ConfirmationRequest, PanelSeat
from kiosk.models.consent import Leaving
from kiosk.models.households import LifeEvent
from kiosk.models.register import Resident, SearchTerm
from kiosk.services.access import cards, offices
from kiosk.services.access.offices import Change, Signature
from kiosk.services.access.roles import Role
from kiosk.services.cases import panel
from kiosk.services.consent import consents
from kiosk.services.households import desk, events, past_cases
from kiosk.services.households.plans import NEEDS_TWO, Kind, Plan, read_plan
from kiosk.services.record.number import number_of
from kiosk.services.work import reading, writing
from tests.worlds.life.frame import Life, NothingToDoError, step

LEAST_PEOPLE = 22
"""Nobody dies in a village that is smaller."""


def home_of(life: Life, resident_id: int) -> int:
    return int(life.look(lambda session: session.get_one(Resident, resident_id).household_id))


def write_down(life: Life, plan: Plan) -> None:
    """Open the household, see what would change, and write it down at the desk."""
    role: Role = "clerk" if plan.kind in NEEDS_TWO else life.dice.choice(("clerk", "officer"))
    seat = life.desk(role)
    desk.open_household(life.village, seat, plan.household_id, life.dice.choice(desk.PURPOSES))
    preview = events.preview(life.village, seat, plan)
    while preview.ask:
        head, _ = life.one(preview.candidates)
        of_those_who_go = preview.ask == "head"
        plan = replace(plan, head=head) if of_those_who_go else replace(plan, head_left=head)
        preview = events.preview(life.village, seat, plan)
    signature = None
    if plan.kind in NEEDS_TWO:
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
    write_down(life, Plan(kind="death", household_id=home_of(life, who), people=(who,)))


@step(0.3)
def two_become_one(life: Life) -> None:
    home, there = home_of(life, life.person()), home_of(life, life.person())
    people = tuple(life.ids(Resident.household_id == home))
    write_down(life, Plan(kind="merge", household_id=home, people=people, to=there))


@step(0.25)
def moving_away(life: Life) -> None:
    if len(life.ids()) < LEAST_PEOPLE:
        raise NothingToDoError
    home = home_of(life, life.person())
    everybody = life.ids(Resident.household_id == home)
    people = tuple(each for each in everybody if life.chance(0.5)) or tuple(everybody[:1])
    write_down(life, Plan(kind="move_out", household_id=home, people=people))


@step(0.3)
def putting_right(life: Life) -> None:
    """A head, a plate or a day of birth was written wrongly; or an entry is one too many."""
    who = life.person()
    kind: Kind = life.dice.choice(("new_head", "plate", "birthday", "twice"))
    people = () if kind == "plate" else (who,)
    born = f"19{life.dice.randint(50, 99)}-05-06"
    door = f"后街{life.dice.randint(1, 99)}号"
    home = home_of(life, who)
    write_down(life, Plan(kind=kind, household_id=home, people=people, born_on=born, plate=door))


@step(0.4)
def somebody_is_still_here(life: Life) -> None:
    gone = select(Resident.id, Resident.household_id).where(Resident.active.is_(False))
    who, home = life.one(life.look(lambda session: session.execute(gone).all()))
    name, born = f"林归{life.dice.randint(1, 999)}", f"19{life.dice.randint(50, 99)}-07-08"
    plan = Plan(kind="still_here", household_id=home, people=(who,), name=name, born_on=born)
    write_down(life, plan)


@step(0.2)
def past_cases_looked_at(life: Life) -> None:
    past_cases.past_cases(life.village, life.desk("officer"), life.person())


@step(1)
def an_office_is_filled_in_an_emergency(life: Life) -> None:
    """Where no two officers are left who could appoint, the machine does."""
    who = life.person()
    change = Change(who, "officer", "vacant", life.hamlet.today)
    try:
        offices.require_emergency(life.village)
    except ExpectedError as refusal:
        raise NothingToDoError from refusal
    drawn = cards.draw_card(life.village, who)
    with writing(life.village) as work:
        offices.grant_in_an_emergency(work, change)
        cards.write_card(work, drawn, None)
    life.hamlet.cards[who] = (drawn.issued.number, drawn.issued.pin)


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


def assert_an_office_can_be_filled(life: Life) -> None:
    """Two officers of two households can appoint somebody of a third, or the machine somebody."""
    today, officers = life.hamlet.today, set[int]()
    with reading(life.village) as work:
        try:
            offices.check_nobody_can_appoint(work)
        except ExpectedError:
            held = select(RoleGrant.resident_id).where(
                RoleGrant.role == "officer", RoleGrant.ended_at.is_(None)
            )
            officers = set(work.session.scalars(held))
        people = work.session.scalars(select(Resident).where(Resident.active)).all()
        homes = {each.household_id for each in people if each.id in officers}
        leaving = set(
            work.session.scalars(select(Leaving.resident_id).where(Leaving.ended_at.is_(None)))
        )
        free = [
            each
            for each in people
            if is_adult(each.born_on, today) and each.id not in leaving | officers
        ]
        assert any(len(homes - {each.household_id}) > 1 or not officers for each in free), "office"


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
