"""A round of visits, as far as a flow needs it: opened, drawn, looked at, told."""

from __future__ import annotations

from sqlalchemy import select

from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.models.rounds import Inspector, Visit, VisitSeat
from kiosk.services.access import offices
from kiosk.services.stars import inspectors, rounds, rubrics, visits
from kiosk.services.stars.visits import SeatKey
from tests.ui.beginnings import ME
from tests.ui.neighbours import OFFICER, SECOND_OFFICER, Neighbours
from tests.ui.walking import Walk
from tests.worlds.a_round import answers_to
from tests.worlds.kept import grown

MORE = tuple(f"何阿{each}" for each in "春夏秋冬梅兰竹菊")
"""Households of lanes of their own, beside those, where enough has to be seen."""
INSPECTOR = "the first inspector"
OTHERS = {"单小红": "北巷", "何大山": "南巷", "陈桂香": "塘边", "杨二妹": "桥头"}
"""Four of lanes of their own, who have joined; with the two of the lane they are all that can be
invited."""


def round_opened(walk: Walk) -> None:
    """Two officers opened it; nobody who was invited has answered."""
    walk.lane = grown(walk.lane, _opened)


def round_ready(walk: Walk) -> None:
    """Everybody who was invited agreed."""
    round_opened(walk)
    _agree(walk.lane, but="")


def invited(walk: Walk) -> None:
    """Everybody agreed but me."""
    round_opened(walk)
    _agree(walk.lane, but=ME)


def round_drawn(walk: Walk) -> None:
    """It is drawn; one of those who look is called so from here on."""
    round_ready(walk)
    _draw(walk.lane)
    with walk.village.read() as session:
        who = session.scalar(select(VisitSeat.resident_id).limit(1))
    name = next(name for name, number in walk.lane.people.items() if number == who)
    walk.lane.cards[INSPECTOR] = walk.lane.cards[name]


def seen_at_home(walk: Walk) -> None:
    """Two looked at my household."""
    round_drawn(walk)
    _look(walk.lane, ME)


def seen_everywhere(walk: Walk) -> None:
    """Two looked at each of ten and more households."""
    walk.lane = grown(walk.lane, _seen_everywhere)


def _seen_everywhere(lane: Neighbours) -> None:
    for name in MORE:
        lane.settle(name, f"{name[-1]}弄", "1")
        lane.enrol(name)
    _opened(lane)
    _agree(lane, but="")
    _draw(lane)
    with lane.village.read() as session:
        seats = session.execute(select(VisitSeat.visit_id, VisitSeat.number, VisitSeat.resident_id))
        found = [(SeatKey(visit, number), who) for visit, number, who in seats]
    rubric = rubrics.rubric(rubrics.CURRENT, "home")
    for place, (key, who) in enumerate(found):
        given = answers_to(rubric, (1.0, 0.8, 0.8)[place % 3])
        visits.score(lane.village, lane.open_session(who), key, given, (), new_touch_id())


def _opened(lane: Neighbours) -> None:
    for name, where in OTHERS.items():
        lane.settle(name, where, "1")
        lane.card_for(name)
        lane.enrol(name)
    second = lane.cards[SECOND_OFFICER]
    signature = offices.Signature(second.number, second.pin)
    quarter = (lane.today.month + 2) // 3
    officer = lane.at_work(OFFICER)
    rounds.open_round(lane.village, officer, lane.today.year, quarter, signature, new_touch_id())


def _agree(lane: Neighbours, but: str) -> None:
    with lane.village.read() as session:
        asked = select(Inspector.round_id, Inspector.resident_id).where(Inspector.answer == "")
        invited_ones = [(of, who) for of, who in session.execute(asked)]
    for of, who in invited_ones:
        if who != lane.people.get(but):
            seat = lane.open_session(who)
            inspectors.answer(lane.village, seat, of, True, new_touch_id())


def _draw(lane: Neighbours) -> None:
    with lane.village.read() as session:
        of = rounds.current(session)
        assert of is not None
        number = of.id
    rounds.draw(lane.village, lane.at_work(OFFICER), number, new_touch_id())


def _look(lane: Neighbours, at: str) -> None:
    with lane.village.read() as session:
        home = session.get_one(Resident, lane.people[at]).household_id
        visit = session.scalars(select(Visit).where(Visit.household_id == home)).one()
        seats = select(VisitSeat).where(VisitSeat.visit_id == visit.id)
        found = [
            (each.resident_id, SeatKey(visit.id, each.number)) for each in session.scalars(seats)
        ]
    given = answers_to(rubrics.rubric(rubrics.CURRENT, "home"), 0.8)
    for who, key in found:
        visits.score(lane.village, lane.open_session(who), key, given, (), new_touch_id())
