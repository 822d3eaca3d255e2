"""The decisions on a case as the person concerned reads them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from kiosk.models.cases import Case
from kiosk.services.cases.flow.standing import name_of
from kiosk.services.cases.views.officer_view import MoveLine

DECIDED_BY_OFFICERS = ("approve", "decline", "countersign")
_DECIDED_BY_PANEL = ("uphold", "overturn", "correct")


def decisions_of(session: Session, case: Case) -> Iterator[MoveLine]:
    """The officers' by name, oldest first; of a panel only what it said."""
    for made in case.moves:
        if made.move in DECIDED_BY_OFFICERS and made.actor_id is not None:
            name = name_of(session, made.actor_id)
            yield MoveLine(
                move=made.move,
                actor_name=name,
                at=made.at,
                reason=made.reason,
                sentence=made.sentence,
            )
        elif made.move in _DECIDED_BY_PANEL:
            yield MoveLine(
                move=made.move,
                actor_name="",
                at=made.at,
                reason=made.reason,
                sentence=made.sentence,
            )
