"""Looking for a neighbour: one throttle for each terminal, whichever screen asks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kiosk.ui.shell.kiosk import Kiosk

if TYPE_CHECKING:
    from kiosk.services.residents.search import SearchResult, Throttle
    from kiosk.services.village import Village

_throttles: WeakKeyDictionary[Kiosk, Throttle] = WeakKeyDictionary()
"""Leaving a screen and coming back does not begin anew."""


def search_neighbours(village: Village, terminal: Kiosk, typed: str) -> SearchResult:
    """Find residents by what was `typed`; call it on the database thread.

    Raises:
        ExpectedError: ``search_throttled`` (seconds).
    """
    from kiosk.services.residents.search import Throttle, search

    _throttles.setdefault(terminal, Throttle()).admit(typed)
    return search(village, typed)
