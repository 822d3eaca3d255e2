"""Households and residents put straight into the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from kiosk.models.register import Household, Resident
from kiosk.services.register import entries
from kiosk.services.register.search_index import index_residents, reading_of
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.cases.conftest import hamlet

__all__ = ["hamlet"]

Settle = Callable[..., int]


@pytest.fixture
def settle(village: Village) -> Settle:
    """Put one person into a house, which is made if there is none; returns the resident's id."""

    def put(
        name: str,
        lane: str = "东街",
        number: str = "12",
        code: str = "",
        born_on: date | None = date(1960, 5, 1),
    ) -> int:
        code = code or f"{lane}{number}"
        with writing(village) as work:
            session = work.session
            house = session.scalar(select(Household).where(Household.code == code))
            house = house or Household(code=code, lane=lane, number=number)
            person = Resident(
                household=house,
                name=name,
                born_on=born_on,
                register_key=f"{code}|{name}|{born_on}|{session.query(Resident).count()}",
                **reading_of(name),
            )
            session.add(person)
            session.flush()
            index_residents(session, [person.id])
            said = (entries.of_household(house), entries.of_person(person))
            entries.imported(work, said, added=1)
            return person.id

    return put
