"""When a state ends: whole days of the village, the day itself included."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from kiosk.core.clock import start_of_day, village_day
from kiosk.core.open_days import OpenDays
from kiosk.services.cases.flow.table import Deadline, State

OWN: Final[frozenset[State]] = frozenset({"noticed", "told", "declined"})
"""States in which the days are a person's, to answer or to appeal: the last one is an open day."""


def due_at(
    now: datetime, to_state: State, deadline: Deadline, standing: datetime | None, hall: OpenDays
) -> datetime | None:
    """The moment at which `to_state`, reached at `now`, ends by itself.

    "Seven days" runs to the end of the seventh day after today, so that a person never has less
    time than they were told. Points count exactly `deadline` days, today being the first. Where
    the days are the person's own and the last one is no open day, they run to the end of the next
    one (民法典, article 203).
    """
    if deadline is None:
        return None
    if deadline == "kept":
        return standing
    if deadline == 0:
        return now
    today = village_day(now)
    if to_state == "effective":
        return start_of_day(today + timedelta(days=deadline))
    last = today + timedelta(days=deadline)
    if to_state in OWN:
        last = hall.next_open(last)
    return start_of_day(last + timedelta(days=1))


def last_day(due: datetime, hall: OpenDays) -> date:
    """The last day before `due`: the one that a person is told; it says where it is no open day."""
    return hall.told(ends_on(due))


def ends_on(due: datetime) -> date:
    """The last day before `due`, to be reckoned with."""
    return village_day(due - timedelta(seconds=1))
