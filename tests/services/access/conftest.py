"""An officer and a clerk with their cards, for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kiosk.services.access.cards import IssuedCard
from kiosk.services.access.grants import founding
from kiosk.services.access.roles import Role
from kiosk.services.village import Village
from tests.services.conftest import Street


@pytest.fixture
def officials(village: Village, street: Street) -> tuple[IssuedCard, IssuedCard]:
    """An officer and a clerk of two households, with their cards."""
    officer, clerk = street.house(date(1970, 5, 6)), street.house(date(1981, 9, 2))
    roles: dict[int, frozenset[Role]] = {
        officer.people[0]: frozenset({"officer"}),
        clerk.people[0]: frozenset({"clerk"}),
    }
    first, second = founding(village, roles)
    return first, second


@pytest.fixture
def wrong_pin() -> Callable[[IssuedCard], str]:
    """A well-formed PIN that is not the card's."""

    def other(card: IssuedCard) -> str:
        return f"{(int(card.pin) + 1) % 10**6:06}"

    return other
