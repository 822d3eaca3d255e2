"""The last days of a case as people are told them: each says of itself where the hall is closed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import object_session

from kiosk.core.open_days import OpenDays
from kiosk.models.cases import Case
from kiosk.services.cases.flow import due_dates
from kiosk.services.open_days import open_days


def hall_of(case: Case) -> OpenDays:
    """The village's open days, in the unit in which a case was read."""
    session = object_session(case)
    assert session is not None
    return open_days(session)


def last_day(case: Case) -> date | None:
    """The last day of the state in which it stands; None where that does not end by itself."""
    return told(case, case.due_at)


def told(case: Case, until: datetime | None) -> date | None:
    """The last day before `until`, a moment of this case; None for none."""
    return None if until is None else due_dates.last_day(until, hall_of(case))
