"""Leaving for good: the wish, the days in which it can be taken back, and what the timer does."""

from __future__ import annotations

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.services.consent.leaving import DAYS
from kiosk.services.my_data import erasure
from kiosk.services.my_data.erasure import Erased
from kiosk.services.village import Village
from kiosk.services.work import writing


def leave(village: Village, session_id: str) -> Erased:
    """Who is signed in wants to leave, and takes it back on none of the days: what was erased.

    Others whose days are over leave before.
    """
    erasure.ask(village, session_id, new_touch_id())
    *_others, erased = let_the_days_pass(village)
    return erased


def erase(village: Village, resident_id: int) -> Erased:
    """As `leave`, for who is not signed in; others whose days are over leave before."""
    with writing(village) as work:
        erasure.write_wish(work, resident_id, None)
    *_others, erased = let_the_days_pass(village)
    return erased


def let_the_days_pass(village: Village) -> tuple[Erased, ...]:
    """The clock goes on until the days of every wish are over: what was erased."""
    assert isinstance(village.clock, SettableClock)
    village.clock.advance(days=DAYS + 1)
    return erasure.carry_out_wishes(village)
