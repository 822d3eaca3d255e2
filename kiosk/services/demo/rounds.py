"""A round of stars at work in the demo: some looked at, some told, one that is contested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from kiosk.core.clock import start_of_day, village_day
from kiosk.core.ids import new_touch_id
from kiosk.models.rounds import Inspector, Visit, VisitSeat
from kiosk.services.access.offices import Signature
from kiosk.services.demo.calendar import Calendar
from kiosk.services.demo.hall import Hall, Villager
from kiosk.services.stars import inspectors, recused, replies, rounds, rubrics, visits
from kiosk.services.stars.ratings import PUT_FORWARD_ONLY, first_day
from kiosk.services.stars.rubrics import Answer, Rubric
from kiosk.services.stars.terms import OPEN, TO_TELL
from kiosk.services.stars.visits import SeatKey
from kiosk.services.work import reading

_BEGAN = timedelta(days=10)
_LOOKED_AT = 0.6
"""So many of the households were looked at by now."""
_TOLD = 0.5
"""And so many of these were told."""
_IN_ORDER, _DIFFERS = (0.6, 0.8, 0.9, 1.0), 0.06


@dataclass(frozen=True)
class RoundAtWork:
    """Who does what in it; at the household of `main` nobody has looked yet."""

    hall: Hall
    officer: Villager
    second: Signature
    main: Villager

    def write(self, calendar: Calendar) -> None:
        """Enter it into the calendar: the last ten days, or since the quarter began."""
        until = calendar.until
        today = village_day(until)
        quarter = (today.month + 2) // 3
        began = max(until - _BEGAN, start_of_day(first_day(today.year, quarter)))
        part = (until - began) / 10

        def at(place: int) -> datetime:
            return began + place * part

        calendar.at(at(0), lambda: self._open(today.year, quarter))
        calendar.at(at(1), self._agree)
        calendar.at(at(2), self._draw)
        for place in range(3, 9):
            calendar.at(at(place), self._look_somewhere)
        calendar.at(at(9), self._reply)

    def _open(self, year: int, quarter: int) -> None:
        seat = self.hall.seat(self.officer, "officer")
        village = self.hall.village
        rounds.open_round(village, seat, year, quarter, self.second, new_touch_id())

    def _agree(self) -> None:
        """Everybody but the main one, who is asked at the first sign-in."""
        with self.hall.village.read() as session:
            asked = select(Inspector.round_id, Inspector.resident_id).where(Inspector.answer == "")
            invited = list(session.execute(asked.order_by(Inspector.place)))
        for of, who in invited:
            if who != self.main.id:
                seat = self._seat(who)
                inspectors.answer(self.hall.village, seat, of, True, new_touch_id())

    def _draw(self) -> None:
        seat = self.hall.seat(self.officer, "officer")
        of = rounds.rounds(self.hall.village, seat)[0].round_id
        rounds.draw(self.hall.village, seat, of, new_touch_id())

    def _look_somewhere(self) -> None:
        """A few households of a day, by both who were drawn."""
        with self.hall.village.read() as session:
            found = session.scalars(select(Visit).where(Visit.state == OPEN).order_by(Visit.id))
            waiting = [each for each in found if each.household_id != self.main.household_id]
            session.expunge_all()
        count = max(1, round(_LOOKED_AT * len(waiting) / 6))
        for visit in self.hall.random.sample(waiting, min(count, len(waiting))):
            self._look_at(visit)

    def _look_at(self, visit: Visit) -> None:
        rubric = rubrics.rubric(rubrics.CURRENT, visit.premises)
        forward = [each for each in sorted(PUT_FORWARD_ONLY) if self.hall.random.random() < 0.2]
        there = self._there(rubric, forward)
        with self.hall.village.read() as session:
            seats = select(VisitSeat.number, VisitSeat.resident_id).where(
                VisitSeat.visit_id == visit.id, VisitSeat.scored_at.is_(None)
            )
            found = [(number, who) for number, who in session.execute(seats)]
        for number, who in found:
            seen = {key: self._seen(said) for key, said in there.items()}
            key = SeatKey(visit.id, number)
            visits.score(self.hall.village, self._seat(who), key, seen, forward, new_touch_id())

    def _there(self, rubric: Rubric, forward: list[str]) -> dict[str, Answer]:
        """How it is there, as far as it is looked at."""
        share = self.hall.random.choice(_IN_ORDER)
        return {
            each.key: "yes" if self.hall.random.random() < share else "no"
            for each in rubric.items
            if each.dimension not in PUT_FORWARD_ONLY or each.dimension in forward
        }

    def _seen(self, said: Answer) -> Answer:
        """Two people do not see quite the same."""
        if self.hall.random.random() >= _DIFFERS:
            return said
        return "no" if said == "yes" else "yes"

    def _reply(self) -> None:
        """Some were told; of these one wants a new look, and one appeals."""
        village = self.hall.village
        with reading(village) as work:
            found = work.session.scalars(
                select(Visit).where(Visit.state == TO_TELL).order_by(Visit.id)
            ).all()
            homes = [(each.id, recused.replying(work, each.household_id)) for each in found]
        told = homes[: round(_TOLD * len(homes))]
        for place, (visit, adults) in enumerate(told):
            seat = self._seat(adults[0])
            replies.read(village, seat, visit, new_touch_id())
            if place == 0:
                replies.ask(village, seat, visit, "appeal", new_touch_id())
            elif place == 1:
                replies.ask(village, seat, visit, "again", new_touch_id())

    def _seat(self, resident_id: int) -> str:
        who = next(each for each in self.hall.villagers if each.id == resident_id)
        return self.hall.seat(who)
