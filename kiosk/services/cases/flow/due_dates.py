"""When a state ends: whole days of the village, the day itself included."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from kiosk.core.clock import start_of_day, village_day
from kiosk.services.cases.flow.table import Deadline, State


def due_at(
    now: datetime, to_state: State, deadline: Deadline, standing: datetime | None
) -> datetime | None:
    """The moment at which `to_state`, reached at `now`, ends by itself.

    "Seven days" runs to the end of the seventh day after today, so that a person never has less
    time than they were told. Points count exactly `deadline` days, today being the first.
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
    return start_of_day(today + timedelta(days=deadline + 1))


def last_day(due: datetime) -> date:
    """The last day before `due`: the one that a person is told."""
    return village_day(due - timedelta(seconds=1))
