"""The one builder of villages: how houses, offices, sessions and consents get into the tables.

Every world of the tests stands on it. A world says what its people are called, what they live
through, and which steps it takes through the services; it writes no row of these tables itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from kiosk.core.clock import village_day
from kiosk.core.ids import new_session_id, new_touch_id, session_digest
from kiosk.models.access import RoleGrant, SignInSession
from kiosk.models.register import Household, Resident
from kiosk.services.access import offices
from kiosk.services.cases.submit import Submission
from kiosk.services.consent.consents import Purpose, give
from kiosk.services.register import entries
from kiosk.services.register.search_index import index_residents, reading_of
from kiosk.services.village import Village
from kiosk.services.work import writing

GROWN_UP = date(1956, 3, 1)


@dataclass(frozen=True)
class Person:
    """Somebody of a house; `key` is theirs in the register's file."""

    key: str
    name: str
    born_on: date | None = GROWN_UP


@dataclass(frozen=True)
class Home:
    """A household's id and the ids of its residents."""

    id: int
    people: tuple[int, ...]


@dataclass
class Builder:
    """Builds in `village`. Of offices nothing has an entry in the log."""

    village: Village

    @property
    def today(self) -> date:
        """The village's day."""
        return village_day(self.village.clock.now())

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
        """More people in the house `code`, which is made if there is none."""
        with writing(self.village) as work:
            session = work.session
            house = session.scalar(select(Household).where(Household.code == code))
            house = house or Household(code=code, lane=lane, number=number, premises=premises)
            residents = [
                Resident(
                    household=house,
                    register_key=each.key,
                    name=each.name,
                    born_on=each.born_on,
                    **(reading_of(each.name) if found_by_name else {}),
                )
                for each in people
            ]
            # The people first: a house that is there already would look for its own among them.
            session.add_all([*residents, house])
            session.flush()
            if found_by_name:
                index_residents(session, [each.id for each in residents])
            said: list[entries.Facts] = [
                entries.of_household(house),
                *map(entries.of_person, residents),
            ]
            entries.imported(work, said, added=len(residents))
            return Home(house.id, tuple(each.id for each in residents))

    def open_session(self, resident_id: int, *roles: str) -> str:
        """A session of somebody who holds `roles`, as card and PIN would open it."""
        with writing(self.village) as work:
            session, now, session_id = work.session, work.now, new_session_id()
            for role in roles:
                held = session.query(RoleGrant).filter_by(resident_id=resident_id, role=role)
                if held.first() is None:
                    said = {"by": None, "reason": offices.IN_AN_EMERGENCY}
                    offices.grant(work, resident_id, role, said)  # type: ignore[arg-type]
            row = SignInSession(
                id=session_digest(session_id),
                resident_id=resident_id,
                roles=",".join(roles),
                opened_at=now,
                seen_at=now,
            )
            session.add(row)
            return session_id

    def consent(self, resident_ids: Iterable[int], purpose: Purpose) -> None:
        """Each of them consents to `purpose`."""
        with writing(self.village) as work:
            for each in resident_ids:
                give(work, None, each, purpose)

    def written(
        self,
        session_id: str,
        about: int,
        rule_version: int,
        words: str = "",
        *,
        days_ago: int = 0,
        touch: str = "",
        place: str = "docks_south",
        concerned: bool = False,
        witnesses: Iterable[int] = (),
    ) -> Submission:
        """A report as its form sends it, of something in the afternoon, so many days ago."""
        return Submission(
            touch=touch or new_touch_id(),
            session_id=session_id,
            subject_id=about,
            rule_version_id=rule_version,
            happened_on=self.today - timedelta(days=days_ago),
            part_of_day="afternoon",
            place=place,
            words=words,
            concerned=concerned,
            witnesses=tuple(witnesses),
        )
