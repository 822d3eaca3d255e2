"""What officers, inspectors, households and time do with rounds of visits."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.models.rounds import Inspector, Visit, VisitRound, VisitSeat
from kiosk.services.stars import (
    inspectors,
    my_household,
    my_part,
    progress,
    replies,
    results,
    rounds,
    rubrics,
    seating,
    timely,
    visits,
)
from kiosk.services.stars.ratings import PUT_FORWARD_ONLY
from kiosk.services.stars.terms import EFFECTIVE, LEFT_WHY, OPEN, TO_TELL, TOLD
from kiosk.services.stars.visits import SeatKey
from tests.worlds.a_round import answers_to
from tests.worlds.life.frame import WILD, Life, step


@step(1.5)
def a_round_opens(life: Life) -> None:
    officer = life.holder("officer")
    today = life.hamlet.today
    quarter = (today.year, (today.month + 2) // 3)
    signature = life.signature("officer", but=officer)
    seat = life.seat(officer, official=True)
    rounds.open_round(life.village, seat, *quarter, signature, new_touch_id())


@step(4)
def somebody_says_whether_they_inspect(life: Life) -> None:
    answer = () if life.chance(WILD) else (Inspector.answer == "",)
    with life.village.read() as session:
        asked = select(Inspector.round_id, Inspector.resident_id).where(*answer)
        of, who = life.one(session.execute(asked).all())
    given = (of, life.chance(0.85), new_touch_id())
    if life.chance(0.3):
        desk = life.desk("clerk", but=who)
        inspectors.answer(life.village, desk, *given, resident_id=who)
    else:
        inspectors.answer(life.village, life.seat(who), *given)


@step(2)
def the_visits_are_drawn(life: Life) -> None:
    of = _round(life, VisitRound.closed_at.is_(None), VisitRound.seed == "")
    rounds.draw(life.village, life.desk("officer"), of, new_touch_id())


@step(14)
def an_inspector_looks(life: Life) -> None:
    seat = _seat(life)
    visit = _visit(life, Visit.id == seat.visit_id)
    chosen = [each for each in sorted(PUT_FORWARD_ONLY) if life.chance(0.4)]
    rubric = rubrics.rubric(rubrics.CURRENT, visit.premises)
    given = answers_to(rubric, life.dice.choice((0.4, 0.8, 0.8, 1.0, 1.0)), chosen)
    if life.chance(WILD):
        given.pop(next(iter(given)))
    who = life.mine_or_not(seat.resident_id)
    at = life.desk("clerk") if life.chance(0.2) else life.seat(who)
    if who == seat.resident_id:
        my_part.my_part(life.village, life.seat(who))
    key = SeatKey(seat.visit_id, seat.number)
    visits.score(life.village, at, key, given, chosen, new_touch_id())


@step(1)
def a_household_looks_at_itself(life: Life) -> None:
    visit = _visit(life, Visit.state == OPEN)
    given = answers_to(rubrics.rubric(rubrics.CURRENT, visit.premises), 0.8)
    who = life.seat(_at_home(life, visit))
    visits.look_oneself(life.village, who, visit.id, given, (), new_touch_id())


@step(1.5)
def somebody_else_looks(life: Life) -> None:
    seat, why = _seat(life), life.dice.choice(LEFT_WHY)
    at = life.seat(seat.resident_id) if life.chance(0.5) else life.desk("officer")
    progress.missing(life.village, life.desk("officer"))
    seating.reassign(life.village, at, seat.visit_id, seat.number, why, new_touch_id())


@step(5)
def a_household_is_told(life: Life) -> None:
    visit = _visit(life, Visit.state == TO_TELL)
    if life.chance(0.5):
        who = life.seat(_at_home(life, visit))
        my_household.my_household(life.village, who)
        replies.read(life.village, who, visit.id, new_touch_id())
        return
    clerk = life.desk("clerk")
    results.print_result(life.village, clerk, visit.id, new_touch_id())
    replies.handed_over(life.village, clerk, visit.id, new_touch_id())


@step(4)
def a_household_agrees(life: Life) -> None:
    visit = _visit(life, Visit.state == TOLD)
    replies.agree(life.village, life.seat(_at_home(life, visit)), visit.id, new_touch_id())


@step(2)
def a_household_wants_a_look(life: Life) -> None:
    visit = _visit(life, Visit.state.in_((TOLD, EFFECTIVE)))
    looks: tuple[replies.Look, ...] = ("again", "appeal")
    look = life.dice.choice(looks)
    who = life.seat(_at_home(life, visit))
    replies.ask(life.village, who, visit.id, look, new_touch_id())


@step(0.4)
def a_round_is_closed(life: Life) -> None:
    of = _round(life, VisitRound.closed_at.is_(None), VisitRound.seed != "")
    with life.village.read() as session:
        missing = rounds.missing_in(session, of)
    if missing > 6 and life.chance(0.7):
        return
    missing += life.chance(WILD)
    rounds.close(life.village, life.desk("officer"), of, missing, new_touch_id())


@step(3)
def days_of_a_round_go_by(life: Life) -> None:
    life.later(days=life.dice.choice((1, 1, 3, 8)))
    timely.move_due(life.village)


def _round(life: Life, *where: ColumnElement[bool]) -> int:
    with life.village.read() as session:
        return int(life.one(session.scalars(select(VisitRound.id).where(*where))))


def _visit(life: Life, *where: ColumnElement[bool]) -> Visit:
    """One of them; now and then any other."""
    chosen = () if life.chance(WILD / 2) else where
    with life.village.read() as session:
        newest = select(Visit).where(*chosen).order_by(Visit.id.desc()).limit(40)
        found: Visit = life.one(session.scalars(newest))
        session.expunge(found)
        return found


def _seat(life: Life) -> VisitSeat:
    """A look that is not in; now and then any."""
    waits = () if life.chance(WILD) else (VisitSeat.scored_at.is_(None), Visit.state == OPEN)
    with life.village.read() as session:
        newest = (
            select(VisitSeat)
            .join(Visit, Visit.id == VisitSeat.visit_id)
            .where(VisitSeat.number > 0, *waits)
            .order_by(VisitSeat.visit_id.desc())
            .limit(60)
        )
        found: VisitSeat = life.one(session.scalars(newest))
        session.expunge(found)
        return found


def _at_home(life: Life, visit: Visit) -> int:
    """Somebody of the household; now and then of another."""
    if life.chance(WILD):
        return life.person()
    return life.person(Resident.household_id == visit.household_id)
