"""The sign at one's own door: who agreed, and what hangs there. Nobody else's screen shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from kiosk.models.stars import DoorSign
from kiosk.services.access.acting import Acting
from kiosk.services.consent import agreements, consents


@dataclass(frozen=True, kw_only=True)
class MySign:
    """How a household stands with its sign."""

    mine: bool
    """Whether who is signed in agreed."""
    may_agree: bool
    """Whether their agreement is asked for: they are of age, or may be."""
    agreed: int
    adults: int
    shown: Mapping[str, int] | None
    """What the sign shows that hangs there, by dimension; None where none does."""
    until: date | None


def my_sign_in(work: Acting) -> MySign:
    """The sign of the household of whoever is signed in, in the caller's unit."""
    session, home, me = work.session, work.who.household_id, work.who.resident_id
    adults = agreements.adults(session, home, work.today)
    missing = agreements.missing_agreements(session, home, work.today)
    hangs = session.scalar(
        select(DoorSign).where(DoorSign.household_id == home, DoorSign.ended_at.is_(None))
    )
    valid = hangs is not None and hangs.valid_until >= work.today
    return MySign(
        mine=consents.standing_consent(session, me, "household_sign") is not None,
        may_agree=me in adults,
        agreed=len(adults) - len(missing),
        adults=len(adults),
        shown=dict(hangs.shown) if hangs and valid else None,
        until=hangs.valid_until if hangs and valid else None,
    )
