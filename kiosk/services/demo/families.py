"""What happens in the families of a village that lives for years, as a clerk writes it down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from sqlalchemy import select

from kiosk.core.clock import village_day
from kiosk.core.ids import new_touch_id
from kiosk.models.consent import Pause
from kiosk.services.access.offices import Signature
from kiosk.services.demo.hall import Hall, Villager
from kiosk.services.demo.names import name_book
from kiosk.services.demo.people import surname_of
from kiosk.services.demo.script import script
from kiosk.services.households import events
from kiosk.services.households.plans import NEEDS_TWO, Kind, Plan

A_YEAR: Final[Mapping[Kind, int]] = {
    "birth": 9,
    "death": 9,
    "arrival": 3,
    "marriage": 5,
    "move": 4,
    "split": 2,
    "move_out": 4,
    "away": 16,
    "back": 14,
}
"""How often each happens among 1,200. Births and deaths as in the country in 2021 (National Bureau
of Statistics: 7.52 and 7.18 in 1,000); the rest as a village office might guess."""
_MARRIED, _MIDDLE, _OLD = 20, 42, 62
_LARGE = 4
"""People of a household that may split."""


@dataclass
class Families:
    """Writes down what happens to the people of a hall."""

    hall: Hall
    clerk: Villager

    def __post_init__(self) -> None:
        self._random: Random = self.hall.random
        self._names = name_book(self._random)
        self._doors = 0

    def happens(self, kind: Kind, free: list[Villager], sign: Callable[[], Signature]) -> bool:
        """Write down that `kind` happens to one of `free`; whether there was anybody to whom.

        A second officer's card comes from `sign` where two are needed.
        """
        plan = self._plan(kind, free)
        if plan is None:
            return False
        village, session = self.hall.village, self.hall.seat(self.clerk, "clerk")
        preview = events.preview(village, session, plan)
        while preview.ask:
            first = preview.candidates[0][0]
            plan = (
                replace(plan, head=first)
                if preview.ask == "head"
                else replace(plan, head_left=first)
            )
            preview = events.preview(village, session, plan)
        signature = sign() if kind in NEEDS_TWO else None
        events.write_down(village, session, preview.plan, new_touch_id(), signature)
        return True

    def _plan(self, kind: Kind, free: list[Villager]) -> Plan | None:
        match kind:
            case "birth":
                return self._comes(kind, self._aged(free, _MARRIED, _MIDDLE), years=0)
            case "arrival" | "marriage":
                return self._comes(kind, self._aged(free, _MARRIED, _OLD), years=24)
            case "death":
                return self._of(kind, self._aged(free, _OLD, 120))
            case "move":
                grown = self._aged(free, _MARRIED, _MIDDLE)
                return self._of(kind, [each for each in grown if len(self._home(each)) > 1])
            case "split":
                grown = self._aged(free, _MARRIED, _MIDDLE)
                large = [each for each in grown if len(self._home(each)) >= _LARGE]
                return self._of(kind, large)
            case "move_out":
                return self._of(kind, self._aged(free, _MARRIED, _MIDDLE))
            case "away" | "back":
                resting = self._resting()
                wanted = [each for each in free if (each.id in resting) == (kind == "back")]
                return self._of(kind, wanted)
            case _:
                raise ValueError(kind)

    def _of(self, kind: Kind, people: list[Villager]) -> Plan | None:
        if not people:
            return None
        who, plate = self._random.choice(people), ""
        if kind in ("move", "split"):
            self._doors += 1
            plate = script()["new_house"].replace("%1", str(self._doors))
        return Plan(kind=kind, household_id=who.household_id, people=(who.id,), plate=plate)

    def _comes(self, kind: Kind, people: list[Villager], years: int) -> Plan | None:
        """Somebody who was not here: a child of the house, or somebody grown."""
        if not people:
            return None
        host = self._random.choice(people)
        born = self._today() - timedelta(days=365 * years + self._random.randint(2, 300))
        surname = self._names.surname() if years else surname_of(host.name)
        name = surname + self._names.given(self._random.choice("MF"), born.year)
        home = host.household_id
        return Plan(kind=kind, household_id=home, name=name, born_on=born.isoformat())

    def _aged(self, people: list[Villager], least: int, most: int) -> list[Villager]:
        today = self._today()
        return [
            each
            for each in people
            if each.born_on and least <= (today - each.born_on).days / 365.25 < most
        ]

    def _home(self, of: Villager) -> list[Villager]:
        return [each for each in self.hall.villagers if each.household_id == of.household_id]

    def _resting(self) -> frozenset[int]:
        with self.hall.village.read() as session:
            return frozenset(
                session.scalars(select(Pause.resident_id).where(Pause.ended_at.is_(None)))
            )

    def _today(self) -> date:
        return village_day(self.hall.village.clock.now())
