"""A rest: while it lasts somebody counts as not enrolled, and nothing is lost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.consent import Pause
from kiosk.services.access import acting
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work


def pause(village: Village, session_id: str, touch: str) -> datetime:
    """Take a rest: nobody reports about the person, no number is shown, nothing is lost.

    Harmless while a pause stands; since when it does.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.once(village, session_id, touch, "pause") as work:
        me = work.who.resident_id
        standing = standing_pause(work.session, me)
        if standing is not None:
            return standing.since
        if work.known is None:
            begin(work, me)
            work.remember({"paused": True})
        return work.now


def resume(village: Village, session_id: str, touch: str) -> None:
    """Come back: everything is as it was, less what time has ended.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.once(village, session_id, touch, "resume") as work:
        me = work.who.resident_id
        standing = standing_pause(work.session, me)
        if work.known is not None or standing is None:
            return
        end(work, me)
        work.remember({"paused": False})


def begin(work: Work, resident_id: int, by: int | None = None) -> None:
    """Let somebody rest, in the caller's transaction; `by` is who wrote it down at the desk."""
    # The entry first: it waits for the log's turn, so the rows come in its order.
    log.append(work, "paused", _said(resident_id, by))
    work.session.add(Pause(resident_id=resident_id, since=work.now))


def end(work: Work, resident_id: int, by: int | None = None) -> None:
    """End the rest that somebody takes, in the caller's transaction; harmless where none stands."""
    standing = standing_pause(work.session, resident_id)
    if standing is not None:
        standing.ended_at = work.now
        log.append(work, "resumed", _said(resident_id, by))


def _said(resident_id: int, by: int | None) -> dict[str, int]:
    return {"resident": resident_id} if by is None else {"resident": resident_id, "by": by}


def paused(village: Village, session_id: str) -> datetime | None:
    """Since when the signed-in person pauses, or None."""
    with acting.reading(village, session_id) as work:
        standing = standing_pause(work.session, work.who.resident_id)
        return standing.since if standing else None


def standing_pause(session: Session, resident_id: int) -> Pause | None:
    """The pause that this person took and has not ended."""
    return session.scalar(
        select(Pause).where(Pause.resident_id == resident_id, Pause.ended_at.is_(None)).limit(1)
    )
