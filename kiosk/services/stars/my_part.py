"""What the round that is under way asks of somebody: to inspect, to visit, to be told."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from kiosk.models.rounds import Inspector, Visit
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.stars import recused, rounds
from kiosk.services.stars.terms import TO_TELL
from kiosk.services.stars.visits import VisitLine, my_visits_in
from kiosk.services.village import Village


@dataclass(frozen=True, kw_only=True)
class MyPart:
    """What a round asks of somebody."""

    invited: int
    """The round that asks whether they inspect; 0 where none does."""
    year: int
    quarter: int
    visits: tuple[VisitLine, ...]
    """In the order of the walk; what is in comes last."""
    told: bool
    """Whether their household is to be told what was seen."""

    @property
    def to_make(self) -> int:
        """How many visits wait for them."""
        return sum(not each.scored for each in self.visits)


def my_part(village: Village, session_id: str) -> MyPart:
    """What the round asks of whoever is signed in.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        return my_part_in(work)


def my_part_in(work: Acting) -> MyPart:
    """As `my_part`, in the caller's unit."""
    of, me = rounds.current(work.session), work.who.resident_id
    asked = work.session.get(Inspector, (of.id, me)) if of else None
    waits = asked is not None and asked.answer == ""
    return MyPart(
        invited=of.id if of and waits else 0,
        year=of.year if of else 0,
        quarter=of.quarter if of else 0,
        visits=my_visits_in(work),
        told=_is_to_be_told(work),
    )


def _is_to_be_told(work: Acting) -> bool:
    home = work.who.household_id
    waits = select(Visit.id).where(Visit.household_id == home, Visit.state == TO_TELL)
    if work.session.scalar(waits.limit(1)) is None:
        return False
    return work.who.resident_id in recused.replying(work, home)
