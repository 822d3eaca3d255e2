"""Thanks that go round in a ring, which do not count (design section 3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from kiosk.models.cases import Case

WITHIN: Final = timedelta(days=90)
LONGEST: Final = 4
"""People in the longest ring that is looked for: me, who I thank, and two between."""
_NO_LONGER: Final = ("withdrawn", "declined", "lapsed", "overturned")


def closes(session: Session, giver_id: int, subject_id: int, now: datetime) -> bool:
    """Whether thanks of `giver_id` to `subject_id` would close a ring of thanks of 90 days.

    Thanks that were taken back, or not accepted, are no link of it.
    """
    reached = {subject_id}
    for _ in range(LONGEST - 1):
        reached |= set(session.scalars(_thanked_by(reached, now)))
        if giver_id in reached:
            return True
    return False


def _thanked_by(people: set[int], now: datetime) -> Select[int]:
    return (
        select(Case.subject_id)
        .where(Case.reporter_id.in_(people), is_thanks(), Case.submitted_at > now - WITHIN)
        .where(Case.state.not_in(_NO_LONGER))
        .distinct()
    )


def is_thanks() -> ColumnElement[bool]:
    """The condition that a case was handed in as thanks."""
    return Case.thanks != ""
