"""Fixtures of the services' tests: a street of houses, made without a register file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count

import pytest

from kiosk.core.ids import new_session_id, new_touch_id
from kiosk.models.access import RoleGrant, SignInSession
from kiosk.models.residents import Household, Resident
from kiosk.models.rights import Consent
from kiosk.models.stars import Rating, StarRound
from kiosk.services.consent.consents import CONSENT_TEXT_VERSION
from kiosk.services.register.search_index import index_residents, reading_of
from kiosk.services.stars import ratings
from kiosk.services.village import Village
from kiosk.services.work import writing


@dataclass
class Street:
    """Builds houses, people, offices and stars straight into the tables."""

    village: Village
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def house(self, *born: date | None, lane: str = "东街", premises: str = "home") -> Home:
        """A household with one resident per date of birth."""
        with self.village.write() as session:
            number = str(next(self._numbers))
            household = Household(code=f"H{number}", lane=lane, number=number, premises=premises)
            household.residents = [
                Resident(
                    register_key=f"H{number}/{place}",
                    name=(name := f"林{'春夏秋冬'[place]}生"),
                    born_on=each,
                    **reading_of(name),
                )
                for place, each in enumerate(born or (date(1956, 3, 1),))
            ]
            session.add(household)
            session.flush()
            index_residents(session, [each.id for each in household.residents])
            return Home(household.id, tuple(each.id for each in household.residents))

    def sign_in(self, resident_id: int, *roles: str) -> str:
        """An open session of somebody who holds `roles`."""
        now = self.village.clock.now()
        with self.village.write() as session:
            for role in roles:
                session.add(RoleGrant(resident_id=resident_id, role=role, granted_at=now))
            row = SignInSession(
                id=new_session_id(),
                resident_id=resident_id,
                roles=",".join(roles),
                opened_at=now,
                seen_at=now,
            )
            session.add(row)
            return row.id

    def agree(self, *resident_ids: int) -> None:
        """Each of them agrees to their household's sign."""
        with writing(self.village) as work:
            for each in resident_ids:
                work.session.add(
                    Consent(
                        resident_id=each,
                        purpose="household_sign",
                        text_version=CONSENT_TEXT_VERSION,
                        given_at=work.now,
                        ledger_index=0,
                    )
                )

    def rate(
        self, household_id: int, given: Mapping[str, int], year: int = 2026, quarter: int = 4
    ) -> None:
        """Publish stars for one household, all of them put forward by it."""
        officer = self.sign_in(self.house().people[0], "officer")
        rating = ratings.HouseholdRating(household_id, given, ratings.PUT_FORWARD_ONLY)
        ratings.publish_round(self.village, officer, year, quarter, [rating], new_touch_id())

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


@dataclass(frozen=True)
class Home:
    """A household's id and the ids of its residents."""

    id: int
    people: tuple[int, ...]


@pytest.fixture
def street(village: Village) -> Street:
    """An empty street in the village."""
    return Street(village)
