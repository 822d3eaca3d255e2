"""A rest: while it lasts somebody counts as not enrolled, and nothing is lost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.rights import Pause
from kiosk.services.access import answered_requests, sessions
from kiosk.services.ledger import log
from kiosk.services.village import Village


def pause(village: Village, session_id: str, touch: str) -> datetime:
    """Take a rest: nobody reports about the person, no number is shown, nothing is lost.

    Harmless while a pause stands; since when it does.

    Raises:
        ExpectedError: ``session_over``.
    """
    with village.write() as session:
        me = sessions.require(session, village, session_id).resident_id
        standing = standing_pause(session, me)
        if (
            answered_requests.answered(session, touch, "pause", me) is not None
            or standing is not None
        ):
            return standing.since if standing else village.clock.now()
        session.add(Pause(resident_id=me, since=village.clock.now()))
        log.append(session, village, "paused", {"resident": me})
        answered_requests.remember(session, village, touch, {"paused": True})
        return village.clock.now()


def resume(village: Village, session_id: str, touch: str) -> None:
    """Come back: everything is as it was, less what time has ended.

    Raises:
        ExpectedError: ``session_over``.
    """
    with village.write() as session:
        me = sessions.require(session, village, session_id).resident_id
        standing = standing_pause(session, me)
        if answered_requests.answered(session, touch, "resume", me) is not None or standing is None:
            return
        standing.ended_at = village.clock.now()
        log.append(session, village, "resumed", {"resident": me})
        answered_requests.remember(session, village, touch, {"paused": False})


def paused(village: Village, session_id: str) -> datetime | None:
    """Since when the signed-in person pauses, or None."""
    with village.read() as session:
        me = sessions.require(session, village, session_id).resident_id
        standing = standing_pause(session, me)
        return standing.since if standing else None


def standing_pause(session: Session, resident_id: int) -> Pause | None:
    """The pause that this person took and has not ended."""
    return session.scalar(
        select(Pause).where(Pause.resident_id == resident_id, Pause.ended_at.is_(None)).limit(1)
    )
