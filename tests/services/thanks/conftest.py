"""The hamlet of the cases, with the rule book that ships."""

from __future__ import annotations

import pytest

from kiosk.core.clock import SettableClock
from kiosk.services.rulebook import book
from kiosk.services.village import Village
from tests.services.cases.conftest import Hamlet
from tests.services.cases.conftest import furnish as furnish_for_cases
from tests.worlds.kept import grown


def furnish(hamlet: Hamlet) -> Hamlet:
    """A and a share a house, B, C, D and E live apart; the shipped rules hold from the next day."""
    furnish_for_cases(hamlet)
    book.install(hamlet.village)
    return hamlet


@pytest.fixture
def hamlet(village: Village, clock: SettableClock) -> Hamlet:
    """On both databases, a day later."""
    made = grown(Hamlet(village, clock), furnish)
    clock.advance(days=1)
    return made
