"""A wish to leave: whole days in which it can be taken back before anything is erased."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.clock import start_of_day, village_day
from kiosk.models.consent import Leaving

DAYS: Final = 7
"""So many days after the day of the wish it can still be taken back, to their last minute."""
LEAVING_ASKED, LEAVING_TAKEN_BACK = "leaving_asked", "leaving_taken_back"


def standing_wish(session: Session, resident_id: int) -> Leaving | None:
    """The wish to leave that this person has said and not taken back."""
    mine = (Leaving.resident_id == resident_id, Leaving.ended_at.is_(None))
    return session.scalar(select(Leaving).where(*mine).limit(1))


def last_day(asked_at: datetime) -> date:
    """The last day on which a wish of `asked_at` can be taken back."""
    return village_day(asked_at) + timedelta(days=DAYS)


def takes_effect(asked_at: datetime) -> datetime:
    """The moment from which on a wish of `asked_at` is carried out."""
    return start_of_day(last_day(asked_at) + timedelta(days=1))


def asked_before(today: date) -> datetime:
    """Wishes of before this moment are to be carried out on the village's day `today`."""
    return start_of_day(today - timedelta(days=DAYS))
