"""Who inspects in a round: officers, and neighbours who are invited in the order of a lot."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.rounds import Inspector, VisitRound
from kiosk.services.access import acting
from kiosk.services.ledger import log, lot
from kiosk.services.stars import lots, recused
from kiosk.services.stars.terms import (
    INSPECTOR_ANSWERED,
    INSPECTORS_DRAWN,
    INSPECTORS_LISTED,
    NO,
    YES,
    invited_about,
)
from kiosk.services.village import Village
from kiosk.services.work import Work

ONE_IN: Final = 10
"""So many households to one neighbour who is invited to inspect."""
FEWEST_INVITED: Final = 6


def answer(
    village: Village,
    session_id: str,
    round_id: int,
    agrees: bool,
    touch: str,
    *,
    resident_id: int | None = None,
) -> None:
    """Say whether one inspects, oneself or, at the desk, for whom a clerk names.

    Who says no is followed by the next of the drawn list.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``round_over``, ``not_invited``.
    """
    with acting.once(village, session_id, touch, INSPECTOR_ANSWERED, round_id) as work:
        if work.known is not None:
            return
        log.take_turn(work)
        who = resident_id or work.who.resident_id
        if who != work.who.resident_id and "clerk" not in work.who.roles:
            raise ExpectedError("not_allowed")
        of = under_way(work.session, round_id)
        asked = work.session.get(Inspector, (round_id, who))
        if asked is None or asked.place == 0:
            raise ExpectedError("not_invited")
        _answer(work, of, asked, agrees)
        work.remember({"answered": round_id})


def under_way(session: Session, round_id: int) -> VisitRound:
    """A round that is not closed, held until the transaction ends.

    Raises:
        ExpectedError: ``round_over``.
    """
    of = session.get(VisitRound, round_id, with_for_update=True)
    if of is None or of.closed_at is not None:
        raise ExpectedError("round_over")
    return of


def invite(work: Work, of: VisitRound) -> None:
    """Officers inspect; so many neighbours are asked, in the order of the lot."""
    listed, serve = recused.can_be_invited(work.session), recused.officers(work.session)
    of.candidates = [list(each) for each in listed]
    log.append(
        work,
        INSPECTORS_LISTED,
        {"round": of.id, "candidates": of.candidates, "officers": serve},
    )
    head = log.head(work.session)
    of.invited_by = lot.seed_of(head.root, invited_about(of.id))
    wanted = max(FEWEST_INVITED, len(recused.taking_part(work.session)) // ONE_IN)
    invited = lot.ranked(of.invited_by, dict(listed))[:wanted]
    drawn = {"size": head.size, "seed": of.invited_by, "invited": invited}
    log.append(work, INSPECTORS_DRAWN, {"round": of.id, **drawn})
    for who in serve:
        _ask(work, of, who, 0, YES)
    for place, who in enumerate(invited, start=1):
        _ask(work, of, who, place)


def _ask(work: Work, of: VisitRound, who: int, place: int, said: str = "") -> None:
    at = work.now if said else None
    asked = Inspector(round_id=of.id, resident_id=who, place=place, answer=said, answered_at=at)
    work.session.add(asked)


def _answer(work: Work, of: VisitRound, asked: Inspector, agrees: bool) -> None:
    first = asked.answer == ""
    asked.answer, asked.answered_at = YES if agrees else NO, work.now
    work.session.flush()
    follows = None if agrees or not first else _next(work.session, of)
    log.append(
        work,
        INSPECTOR_ANSWERED,
        {
            "round": of.id,
            "inspector": asked.resident_id,
            "answer": asked.answer,
            "follows": follows,
        },
    )
    if follows is not None:
        _ask(work, of, follows, 1 + _last_place(work.session, of.id))


def _next(session: Session, of: VisitRound) -> int | None:
    """The next of the drawn list who could still be invited."""
    can = {who for who, _ in recused.can_be_invited(session)}
    asked = set(session.scalars(select(Inspector.resident_id).where(Inspector.round_id == of.id)))
    order = lot.ranked(of.invited_by, dict(lots.candidates(of.candidates)))
    return next((each for each in order if each in can and each not in asked), None)


def _last_place(session: Session, round_id: int) -> int:
    return (
        session.scalar(select(func.max(Inspector.place)).where(Inspector.round_id == round_id)) or 0
    )
