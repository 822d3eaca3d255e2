"""What a round does by itself: stars take effect, appeals lapse, somebody looks in another's place.

Called by the timer; calling it again changes nothing.
"""

from __future__ import annotations

from sqlalchemy import select

from kiosk.models.rounds import Visit, VisitRound, VisitSeat
from kiosk.services.ledger import log
from kiosk.services.retry import one_by_one
from kiosk.services.stars import recused, replies, rounds, seating, visits
from kiosk.services.stars.ratings import valid_until
from kiosk.services.stars.terms import LAPSED, OPEN, TO_TELL, TOLD, UNDER_WAY, last_day
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing


def move_due(village: Village) -> int:
    """Make every move whose time has come, one transaction each; how many."""
    with reading(village) as work:
        under_way = select(Visit.id).where(Visit.state.in_(UNDER_WAY)).order_by(Visit.id)
        found = list(work.session.scalars(under_way))
        open_rounds = list(
            work.session.scalars(select(VisitRound).where(VisitRound.closed_at.is_(None)))
        )
        late = [each.id for each in open_rounds if _is_over(work, each)]
    closed = one_by_one(_close, village, late)
    return sum(closed) + sum(one_by_one(_move, village, found))


def _close(village: Village, round_id: int) -> bool:
    with writing(village) as work:
        log.take_turn(work)
        of = work.session.get_one(VisitRound, round_id, with_for_update=True)
        if of.closed_at is not None:
            return False  # somebody was faster
        rounds.end(work, of, None)
        return True


def _move(village: Village, visit_id: int) -> bool:
    with reading(village) as work:
        if not _is_due(work, work.session.get_one(Visit, visit_id)):
            return False
    with writing(village) as work:
        log.take_turn(work)
        visit = work.session.get_one(Visit, visit_id, with_for_update=True)
        if not _is_due(work, visit):
            return False  # somebody was faster
        if visits.end_if_gone(work, visit):
            return True
        if visit.state == TOLD:
            replies.take_effect(work, visit)
        elif visit.state == TO_TELL:
            visits.over(work, visit, LAPSED)
        elif _time_is_over(work, visit):
            replies.lapse(work, visit)
        else:
            return _mend(work, visit)
        return True


def _is_due(work: Work, visit: Visit) -> bool:
    """Whether there may be something to do, by what is read alone."""
    if visit.state not in UNDER_WAY:
        return False
    if not recused.replying(work, visit.household_id):
        return True
    if visit.state == TO_TELL:
        of = work.session.get_one(VisitRound, visit.round_id)
        return work.today > valid_until(of.year, of.quarter)
    return _time_is_over(work, visit) or (visit.state == OPEN and _lacks(work, visit))


def _time_is_over(work: Work, visit: Visit) -> bool:
    return visit.due_at is not None and work.now >= visit.due_at


def _lacks(work: Work, visit: Visit) -> bool:
    """Whether a look lacks somebody who could be drawn, or waits for nobody."""
    seats = seating.sitting(work.session, visit)
    waits = [each for each in seats if each.scored_at is None]
    if any(_cannot(work, visit, each) for each in waits):
        return True
    return visits.lacks(work.session, visit) != "" and bool(seating.free_for(work, visit))


def _mend(work: Work, visit: Visit) -> bool:
    done = 0
    for each in seating.sitting(work.session, visit):
        if each.scored_at is None and (why := _cannot(work, visit, each)):
            seating.fill(work, visit, why, each)
            done += 1
    if visits.lacks(work.session, visit):
        done += seating.fill(work, visit, visits.lacks(work.session, visit))
    return done > 0


def _cannot(work: Work, visit: Visit, seat: VisitSeat) -> str:
    """Why somebody cannot look any more; empty when they can."""
    serving = {who for who, _ in recused.serving(work.session, visit.round_id)}
    if seat.resident_id not in serving:
        return "gone"
    near = recused.too_near(work.session, seat.resident_id, visit.household_id)
    return "too_near" if near else ""


def _is_over(work: Work, of: VisitRound) -> bool:
    return work.today > last_day(of.year, of.quarter)
