"""Seats of a visit: who follows in the draw, and who looks in another's place."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.register import Resident
from kiosk.models.rounds import Visit, VisitRound, VisitSeat
from kiosk.services.access import acting
from kiosk.services.ledger import log
from kiosk.services.stars import lots, recused
from kiosk.services.stars.terms import (
    FIRST,
    LEFT_WHY,
    MAY,
    OPEN,
    OWN,
    SEATS,
    THIRD,
    VISIT_SEATED,
)
from kiosk.services.village import Village
from kiosk.services.work import Work


def seat(visit_id: int, number: int, look: int, resident_id: int) -> VisitSeat:
    """A place from which somebody looks, still empty."""
    return VisitSeat(
        visit_id=visit_id,
        number=number,
        look=look,
        resident_id=resident_id,
        answers={},
        put_forward=[],
    )


def sitting(session: Session, visit: Visit) -> Sequence[VisitSeat]:
    """The seats of the present look that nobody left."""
    return session.scalars(
        select(VisitSeat)
        .where(VisitSeat.visit_id == visit.id, VisitSeat.look == visit.look)
        .where(VisitSeat.left_at.is_(None), VisitSeat.number != OWN)
        .order_by(VisitSeat.number)
    ).all()


def reassign(
    village: Village, session_id: str, visit_id: int, number: int, why: str, touch: str
) -> bool:
    """Let the next in the draw look in somebody's place; whether there was one.

    The inspector can say so, or an officer who is not near the household.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``visit_over``, ``visit_not_yours``,
            ``visit_scored``, ``reason_missing``, ``visit_too_near``.
    """
    about = f"{visit_id} {number}"
    with acting.once(village, session_id, touch, VISIT_SEATED, about) as work:
        if work.known is not None:
            return bool(work.known["seated"])
        log.take_turn(work)
        visit = work.session.get(Visit, visit_id, with_for_update=True)
        if visit is None or visit.state != OPEN:
            raise ExpectedError("visit_over")
        left = next((each for each in sitting(work.session, visit) if each.number == number), None)
        if left is None:
            raise ExpectedError("visit_not_yours")
        _check_may(work, visit, left)
        if left.scored_at is not None:
            raise ExpectedError("visit_scored")
        if why not in LEFT_WHY:
            raise ExpectedError("reason_missing")
        seated = fill(work, visit, why, left)
        work.remember({"seated": seated})
        return seated > 0


def fill(work: Work, visit: Visit, why: str, left: VisitSeat | None = None) -> int:
    """Seat whom the draw gives where a look lacks somebody, in the caller's transaction.

    `left` is a seat that is emptied first. How many were seated; where nobody was and nobody left,
    nothing is booked.
    """
    if left is not None:
        left.left_at, left.left_why = work.now, why
        work.session.flush()
    of = work.session.get_one(VisitRound, visit.round_id)
    beside = [(each.resident_id, _home(work, each)) for each in sitting(work.session, visit)]
    free = free_for(work, visit)
    doors = recused.Tables(work.session).doors(visit.household_id)
    wanted = lots.wanted(SEATS[visit.look], len(beside), why == THIRD or left is not None)
    order = lots.seats(of.seed, visit.code, free, beside, wanted, _before(work, of, visit))
    if not order and left is None:
        return 0
    first = 1 + (work.session.scalar(_last_number(visit.id)) or 0)
    seats = [[first + place, who] for place, who in enumerate(order)]
    log.append(
        work,
        VISIT_SEATED,
        {
            "visit": visit.id,
            "look": visit.look,
            "left": left.number if left else None,
            "why": why,
            "doors": doors,
            "free": [list(each) for each in free],
            "beside": [list(each) for each in beside],
            "seats": seats,
        },
    )
    work.session.add_all(seat(visit.id, number, visit.look, who) for number, who in seats)
    work.session.flush()
    return len(seats)


def free_for(work: Work, visit: Visit) -> list[lots.Candidate]:
    """Who could look at a household now: who serves, had no seat at it, and is not near it."""
    had = set(
        work.session.scalars(
            select(VisitSeat.resident_id).where(
                VisitSeat.visit_id == visit.id, VisitSeat.number != OWN
            )
        )
    )
    pool = recused.serving(work.session, visit.round_id)
    near, home = recused.Tables(work.session), visit.household_id
    barred = lots.barred(home, near.doors(home), near.relatives(home), pool)
    return [each for each in pool if each[0] not in had and each[0] not in barred]


def _before(work: Work, of: VisitRound, visit: Visit) -> Sequence[int]:
    if visit.look != FIRST:
        return ()
    return recused.the_two_before(work.session, of).get(visit.household_id, ())


def _home(work: Work, of: VisitSeat) -> int:
    return work.session.get_one(Resident, of.resident_id).household_id


def _last_number(visit_id: int) -> Select[int]:
    return select(func.max(VisitSeat.number)).where(VisitSeat.visit_id == visit_id)


def _check_may(work: acting.Acting, visit: Visit, left: VisitSeat) -> None:
    if left.resident_id == work.who.resident_id:
        return
    if not set(MAY) & set(work.who.roles):
        raise ExpectedError("not_allowed")
    if recused.too_near(work.session, work.who.resident_id, visit.household_id):
        raise ExpectedError("visit_too_near")
