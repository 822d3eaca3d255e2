"""After a round: the signs of every household that agreed to one, in one go."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from kiosk.core.clock import village_day
from kiosk.core.ids import new_touch_id
from kiosk.models.stars import DoorSign, Rating, StarRound
from kiosk.services.access import sessions
from kiosk.services.consent import agreements
from kiosk.services.retry import retry_on_conflict
from kiosk.services.stars import door_signs
from kiosk.services.village import Village


def issue_due(
    village: Village,
    session_id: str,
    media: door_signs.Media,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> tuple[door_signs.IssuedSign, ...]:
    """Issue the newest round's sign, where all adults of a household agreed to one.

    It shows the stars that the household last chose to show. A household that had a sign of this
    round, or took its last one down, is left alone. Each look is recorded like any other.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    sessions.holding(village, session_id, "print_sign")
    households, issued = _due(village), []
    for done, household_id in enumerate(households):
        progress(done, len(households))
        view = door_signs.sign_view(village, session_id, household_id)
        issued.append(
            retry_on_conflict(
                door_signs.issue,
                village,
                session_id,
                household_id,
                view.shown,
                media,
                new_touch_id(),
            )
        )
    return tuple(issued)


def _due(village: Village) -> list[int]:
    today = village_day(village.clock.now())
    newest = (
        select(StarRound.id)
        .order_by(StarRound.year.desc(), StarRound.quarter.desc())
        .limit(1)
        .scalar_subquery()
    )
    rated = (
        select(Rating.household_id)
        .where(Rating.round_id == newest, Rating.contested.is_(False))
        .where(
            ~exists().where(
                DoorSign.household_id == Rating.household_id, DoorSign.round_id == newest
            )
        )
        .distinct()
        .order_by(Rating.household_id)
    )
    with village.read() as session:
        return [
            household_id
            for household_id in session.scalars(rated)
            if agreements.household_agrees(session, household_id, today)
            and not _took_down(session, household_id)
        ]


def _took_down(session: Session, household_id: int) -> bool:
    """Whether the household's last sign ended because it wished so."""
    newest = DoorSign.ledger_index.desc(), DoorSign.id.desc()
    last = select(DoorSign.ended_why).where(DoorSign.household_id == household_id)
    return session.scalar(last.order_by(*newest).limit(1)) == "taken_down"
