"""A household is told what was seen, and has its time: it agrees, wants a new look, or appeals.

Stars take effect when all adults who take part agreed, or when the time to reply is over; after an
appeal was heard, when the household is told. Nothing takes effect before it was told (charter 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.rounds import Visit, VisitReply, VisitRound, VisitSeat
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting, Once
from kiosk.services.access.roles import holders
from kiosk.services.ledger import log
from kiosk.services.open_days import open_days
from kiosk.services.stars import door_signs, ratings, recused, seating
from kiosk.services.stars.ratings import PUT_FORWARD_ONLY
from kiosk.services.stars.terms import (
    AGAIN,
    APPEAL,
    APPEAL_DAYS,
    APPEALS_WITHIN,
    ASKED,
    EFFECTIVE,
    LAPSED,
    LOOK_ASKED,
    OPEN,
    TO_TELL,
    TOLD,
    VISIT_AGREED,
    VISIT_TOLD,
    end_of,
    reply_ends,
)
from kiosk.services.stars.visits import over
from kiosk.services.village import Village
from kiosk.services.work import Work

Look = Literal["again", "appeal"]
_LOOKS: Final[dict[Look, int]] = {"again": AGAIN, "appeal": APPEAL}
_HANDS_OVER = holders("tell_household")


def read(village: Village, session_id: str, visit_id: int, touch: str) -> None:
    """An adult of the household has read on the screen what was seen.

    Raises:
        ExpectedError: ``session_over``, ``visit_over``, ``visit_not_yours``.
    """
    with acting.once(village, session_id, touch, VISIT_TOLD, visit_id) as work:
        if work.known is not None:
            return
        log.take_turn(work)
        visit = _of(work, visit_id, TO_TELL, TOLD, EFFECTIVE)
        _check_lives_there(work, visit)
        if visit.state == TO_TELL:
            _tell(work, visit, None)
        work.remember({"told": visit_id})


def handed_over(village: Village, session_id: str, visit_id: int, touch: str) -> None:
    """An official wrote down that the household has its slip in hand.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``visit_over``.
    """
    with acting.once(village, session_id, touch, VISIT_TOLD, visit_id, _HANDS_OVER) as work:
        if work.known is not None:
            return
        log.take_turn(work)
        visit = _of(work, visit_id, TO_TELL)
        _tell(work, visit, work.who.resident_id)
        work.remember({"told": visit_id})


def agree(village: Village, session_id: str, visit_id: int, touch: str) -> bool:
    """An adult of the household agrees; whether that was the last, and the stars are in effect.

    Raises:
        ExpectedError: ``session_over``, ``visit_over``, ``visit_not_yours``.
    """
    with acting.once(village, session_id, touch, VISIT_AGREED, visit_id) as work:
        if work.known is not None:
            return bool(work.known["effective"])
        log.take_turn(work)
        visit = _of(work, visit_id, TOLD)
        adults = _check_lives_there(work, visit)
        me = work.who.resident_id
        if work.session.get(VisitReply, (visit.id, me, visit.look)) is None:
            said = VisitReply(visit_id=visit.id, resident_id=me, look=visit.look, at=work.now)
            work.session.add(said)
            work.session.flush()
            log.append(work, VISIT_AGREED, {"visit": visit.id, "by": me, "look": visit.look})
        effective = set(adults) <= agreed(work.session, visit)
        if effective:
            take_effect(work, visit)
        work.remember({"effective": effective})
        return effective


def ask(village: Village, session_id: str, visit_id: int, look: Look, touch: str) -> int:
    """Ask for a new look, or appeal; by how many it is made who were drawn at once.

    Who looks was not there before. Stars in effect that are appealed count for nothing until then.

    Raises:
        ExpectedError: ``session_over``, ``visit_over`` also where its time is over,
            ``visit_not_yours``, ``look_was`` where there was one already, ``round_over`` for a new
            look in a round that is closed.
    """
    with acting.once(village, session_id, touch, f"{LOOK_ASKED} {look}", visit_id) as work:
        if work.known is not None:
            return int(work.known["seated"])
        log.take_turn(work)
        visit = _of(work, visit_id, TOLD, EFFECTIVE)
        _check_lives_there(work, visit)
        _check_may_ask(work, visit, _LOOKS[look])
        seated = _ask(work, visit, _LOOKS[look])
        work.remember({"seated": seated})
        return seated


def take_effect(work: Work, visit: Visit) -> None:
    """The stars of a visit are the household's, in the caller's transaction."""
    of = work.session.get_one(VisitRound, visit.round_id)
    given = ratings.HouseholdRating(
        visit.household_id, dict(visit.stars), PUT_FORWARD_ONLY & visit.stars.keys()
    )
    visit.state, visit.effective_at, visit.due_at = EFFECTIVE, work.now, None
    ratings.publish_visit(work, of.year, of.quarter, given, visit.id)
    door_signs.end_overstated(work, visit.household_id)


def lapse(work: Work, visit: Visit) -> None:
    """An appeal that nobody heard in time: what was seen counts no more (charter 5)."""
    of = work.session.get_one(VisitRound, visit.round_id)
    over(work, visit, LAPSED)
    ratings.forget_visit(work, of.year, of.quarter, visit.household_id)
    door_signs.end_overstated(work, visit.household_id)


def agreed(session: Session, visit: Visit) -> set[int]:
    """Who agreed to what the present look gave."""
    said = (VisitReply.visit_id == visit.id, VisitReply.look == visit.look)
    return set(session.scalars(select(VisitReply.resident_id).where(*said)))


def may_ask(work: Work, visit: Visit, look: int) -> str:
    """Why a household cannot ask for a look now; empty when it can."""
    of = work.session.get_one(VisitRound, visit.round_id)
    if visit.look >= look:
        return "look_was"
    if look == AGAIN and of.closed_at is not None:
        return "round_over"
    late = visit.effective_at is not None and work.now >= end_of(
        village_day(visit.effective_at), APPEALS_WITHIN
    )
    return "visit_over" if look == APPEAL and visit.state == EFFECTIVE and late else ""


def _check_may_ask(work: Work, visit: Visit, look: int) -> None:
    if why := may_ask(work, visit, look):
        raise ExpectedError(why)


def _ask(work: Once, visit: Visit, look: int) -> int:
    of = work.session.get_one(VisitRound, visit.round_id)
    contested = look == APPEAL and visit.state == EFFECTIVE
    visit.look, visit.state = look, OPEN
    visit.due_at = end_of(work.today, APPEAL_DAYS) if look == APPEAL else None
    content = {"visit": visit.id, "look": look, "by": work.who.resident_id}
    log.append(work, LOOK_ASKED, content)
    work.session.flush()
    if contested:
        ratings.contest(work, of.year, of.quarter, visit.household_id)
    return seating.fill(work, visit, ASKED)


def _tell(work: Work, visit: Visit, by: int | None) -> None:
    visit.told_at, visit.state = work.now, TOLD
    visit.due_at = reply_ends(open_days(work.session), work.today)
    who = work.who.resident_id if isinstance(work, Acting) else None
    log.append(work, VISIT_TOLD, {"visit": visit.id, "to": None if by else who, "by": by})
    work.session.flush()
    if visit.look == APPEAL:
        take_effect(work, visit)


def _of(work: Work, visit_id: int, *states: str) -> Visit:
    visit = work.session.get(Visit, visit_id, with_for_update=True)
    if visit is None or visit.state not in states:
        raise ExpectedError("visit_over")
    return visit


def _check_lives_there(work: Acting, visit: Visit) -> Sequence[int]:
    """The adults who reply for the household; the one at the screen is one of them."""
    adults = recused.replying(work, visit.household_id)
    if work.who.resident_id not in adults:
        raise ExpectedError("visit_not_yours")
    return adults


def looks_at(session: Session, visit: Visit) -> Sequence[VisitSeat]:
    """Every look at a household that is in, the household's own first."""
    question = select(VisitSeat).where(
        VisitSeat.visit_id == visit.id, VisitSeat.scored_at.is_not(None)
    )
    return session.scalars(question.order_by(VisitSeat.number)).all()
