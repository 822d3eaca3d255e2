"""A street of households for rounds of visits, and the shortest way to each step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.models.rounds import Inspector, Visit, VisitSeat
from kiosk.services.audit.log import Finding
from kiosk.services.audit.tables import check_tables
from kiosk.services.stars import inspectors, ratings, replies, rounds, rubrics, timely, visits
from kiosk.services.stars.visits import SeatKey
from kiosk.services.work import reading
from tests.services.cases.conftest import Hamlet
from tests.worlds.a_round import answers_to
from tests.worlds.builder import Home, Person

OF_ROUNDS = ("visit", "inspector", "rating", "star_round")
"""How the names of their tables begin."""
GOOD, WELL, MIDDLING, BAD = 1.0, 0.8, 0.6, 0.0
"""Shares of what is in order."""


@dataclass
class Street(Hamlet):
    """A hamlet in which every household has a lane of its own, unless a test says else."""

    def home(
        self,
        people: Iterable[Person],
        *,
        code: str,
        lane: str,
        number: str,
        premises: str = "home",
        found_by_name: bool = True,
    ) -> Home:
        return super().home(
            people,
            code=code,
            lane=f"{code}弄",
            number=number,
            premises=premises,
            found_by_name=found_by_name,
        )

    def household(self, letter: str) -> int:
        with self.village.read() as session:
            return session.get_one(Resident, self.people[letter]).household_id

    def letter(self, resident_id: int) -> str:
        return next(name for name, number in self.people.items() if number == resident_id)

    # --- a round

    def open_round(self, year: int = 2026, quarter: int = 4) -> int:
        """Y and Z open it; X is the third officer."""
        for letter in "XYZ":
            self.officer(letter)
        return rounds.open_round(
            self.village, self.officer("Y"), year, quarter, self.signature("Z"), new_touch_id()
        )

    def volunteer(self, round_id: int) -> None:
        """Whoever was invited says yes."""
        with self.village.read() as session:
            asked = select(Inspector.resident_id).where(
                Inspector.round_id == round_id, Inspector.answer == ""
            )
            invited = list(session.scalars(asked))
        for who in invited:
            seat = self.open_session(who)
            inspectors.answer(self.village, seat, round_id, True, new_touch_id())

    def drawn_round(self) -> int:
        """A round whose visits are drawn."""
        round_id = self.open_round()
        self.volunteer(round_id)
        rounds.draw(self.village, self.officer("Y"), round_id, new_touch_id())
        return round_id

    def visit(self, letter: str) -> Visit:
        home = self.household(letter)
        with self.village.read() as session:
            newest = select(Visit).where(Visit.household_id == home).order_by(Visit.id.desc())
            found = session.scalars(newest).first()
            assert found is not None
            session.expunge_all()
            return found

    def seats(self, letter: str) -> list[VisitSeat]:
        """Whoever looks now, in the order of the draw."""
        visit = self.visit(letter)
        with self.village.read() as session:
            found = session.scalars(
                select(VisitSeat)
                .where(VisitSeat.visit_id == visit.id, VisitSeat.left_at.is_(None))
                .where(VisitSeat.look == visit.look)
                .order_by(VisitSeat.number)
            ).all()
            session.expunge_all()
            return list(found)

    def score(self, letter: str, *shares: float, put_forward: Sequence[str] = ()) -> bool:
        """Those who look and have not yet say what they saw; whether all looks are in."""
        done = False
        waits = [each for each in self.seats(letter) if each.scored_at is None]
        for seat, share in zip(waits, shares, strict=False):
            rubric = rubrics.rubric(rubrics.CURRENT, self.visit(letter).premises)
            given = answers_to(rubric, share, put_forward)
            done = visits.score(
                self.village,
                self.open_session(seat.resident_id),
                SeatKey(seat.visit_id, seat.number),
                given,
                put_forward,
                new_touch_id(),
            )
        return done

    def told(self, letter: str) -> int:
        """The household of `letter` reads what was seen; its visit."""
        visit = self.visit(letter)
        replies.read(self.village, self.sign(letter), visit.id, new_touch_id())
        return visit.id

    def rated(self, letter: str) -> dict[str, int]:
        """What the household holds today; contested stars with a minus."""
        with reading(self.village) as work:
            views = ratings.current(work, self.household(letter))
        return {
            each.dimension: -each.stars if each.contested else each.stars
            for each in views
            if each.stars
        }

    def tick(self) -> int:
        return timely.move_due(self.village)

    def misfits(self) -> list[Finding]:
        """What of the round is not as the log gives it, and what it does not allow."""
        with reading(self.village) as work:
            findings = check_tables(work).findings
        mine = [each for each in findings if each.name.startswith(OF_ROUNDS)]
        return mine + [each for each in findings if each.code == "not_allowed" and each not in mine]


def furnish(street: Street) -> Street:
    """Aa, B, C, D, E are households; X, Yy and Z those of the officers."""
    street.install(date(2026, 1, 1))
    for letters in ("Aa", "B", "C", "D", "E", "X", "Yy", "Z"):
        street.add(letters)
    for letter in "XYZ":
        street.officer(letter)
    return street


def begun(street: Street) -> Street:
    """The same with a round that is drawn."""
    furnish(street)
    street.drawn_round()
    return street
