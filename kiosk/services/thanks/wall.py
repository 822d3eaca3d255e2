"""The thank-you wall: whoever wants to be on it, and what they were thanked for, by the calendar.

Each person stands there once, with what they were thanked for last: how often somebody was thanked
is nobody's to count (article 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from kiosk.models.cases import Case
from kiosk.models.register import Resident
from kiosk.services.consent import consents
from kiosk.services.thanks import circle
from kiosk.services.village import Village
from kiosk.services.work import reading

SHOWN: Final = timedelta(days=92)
"""A quarter: nothing stands there for ever."""


@dataclass(frozen=True)
class WallLine:
    """Somebody who wants to be on the wall; words for the picture at ``thanks.for_…``."""

    name: str
    picture: str
    day: date


def wall(village: Village) -> tuple[WallLine, ...]:
    """What stands on the wall, the latest day first.

    Only what counts, that is what the person accepted and an officer looked at, of people who said
    that their name may stand there and say so still.
    """
    with reading(village) as work:
        found = (
            select(Case.subject_id, Resident.name, Case.thanks, Case.happened_on)
            .join(Resident, Resident.id == Case.subject_id)
            .where(circle.is_thanks(), Case.state == "effective", Resident.active)
            .where(Case.happened_on > work.today - SHOWN)
            .order_by(Case.happened_on.desc(), Case.id.desc())
        )
        rows = work.session.execute(found).all()
        wish = consents.standing_among(work.session, {each[0] for each in rows}, "thank_you_wall")
        latest: dict[int, WallLine] = {}
        for person, name, picture, day in rows:
            if person in wish:
                latest.setdefault(person, WallLine(name, picture, day))
        return tuple(latest.values())
