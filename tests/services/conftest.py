"""Fixtures of the services' tests: a street of houses, made without a register file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count

import pytest

from kiosk.models.stars import Rating, StarRound
from kiosk.services.village import Village
from tests.worlds import stars
from tests.worlds.builder import GROWN_UP, Builder, Home, Person


@dataclass
class Street(Builder):
    """Houses by their number, and the stars at their doors."""

    _numbers: count[int] = field(default_factory=lambda: count(1))

    def house(self, *born: date | None, lane: str = "东街", premises: str = "home") -> Home:
        """A household with one resident per date of birth."""
        number = str(next(self._numbers))
        people = [
            Person(f"H{number}/{place}", f"林{'春夏秋冬'[place]}生", each)
            for place, each in enumerate(born or (GROWN_UP,))
        ]
        return self.home(people, code=f"H{number}", lane=lane, number=number, premises=premises)

    def sign_in(self, resident_id: int, *roles: str) -> str:
        """An open session of somebody who holds `roles`."""
        return self.open_session(resident_id, *roles)

    def agree(self, *resident_ids: int) -> None:
        """Each of them agrees to their household's sign."""
        self.consent(resident_ids, "household_sign")

    def rate(
        self, household_id: int, given: Mapping[str, int], year: int = 2026, quarter: int = 4
    ) -> None:
        """The stars of a household, as they stand in the tables."""
        stars.put(self.village, household_id, given, year, quarter)

    def contest(self, household_id: int, dimension: str) -> None:
        """Mark the stars of one dimension as contested."""
        with self.village.write() as session:
            session.query(Rating).filter_by(
                household_id=household_id, dimension=dimension
            ).one().contested = True

    def rounds(self) -> int:
        """How many rounds there are."""
        with self.village.read() as session:
            return session.query(StarRound).count()


@pytest.fixture
def street(village: Village) -> Street:
    """An empty street in the village."""
    return Street(village)
