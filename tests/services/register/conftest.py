"""Households and residents put straight into the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count

import pytest

from kiosk.services.village import Village
from tests.services.cases.conftest import hamlet
from tests.worlds.builder import Builder, Person

__all__ = ["hamlet"]

Settle = Callable[..., int]


@pytest.fixture
def settle(village: Village) -> Settle:
    """Put one person into a house, which is made if there is none; returns the resident's id."""
    builder, numbers = Builder(village), count(1)

    def put(
        name: str,
        lane: str = "东街",
        number: str = "12",
        code: str = "",
        born_on: date | None = date(1960, 5, 1),
    ) -> int:
        person = Person(f"R{next(numbers)}", name, born_on)
        home = builder.home([person], code=code or f"{lane}{number}", lane=lane, number=number)
        return home.people[0]

    return put
