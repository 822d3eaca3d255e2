"""Visits: who looks at which household, what each saw, and the reveal once all looks are in.

Nobody sees another's answers before. The last look that is wanted and what follows from it are one
transaction: either all of it stands on disk, or nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.models.register import Household
from kiosk.models.rounds import Visit, VisitRound, VisitSeat
from kiosk.services.access import acting, roles
from kiosk.services.access.acting import Acting
from kiosk.services.ledger import log
from kiosk.services.open_days import open_days
from kiosk.services.register.search import house_place
from kiosk.services.stars import checklists, outcomes, recused, rubrics, seating
from kiosk.services.stars.ratings import PUT_FORWARD_ONLY
from kiosk.services.stars.rubrics import Answer, Rubric
from kiosk.services.stars.terms import (
    APPEAL,
    FIRST,
    GONE,
    HOUSEHOLD_LOOKED,
    MISSED,
    MISSING,
    OPEN,
    OWN,
    SEATS,
    THIRD,
    TO_TELL,
    VISIT_OVER,
    VISIT_SCORED,
    last_day,
)
from kiosk.services.village import Village
from kiosk.services.work import Work

Answers = Mapping[str, Answer]
_CODE: Final = re.compile(r"(V-\d{2}Q[1-4]-\d{4,6})-(\d{1,2})-([0-9A-F]{4})", re.ASCII)


@dataclass(frozen=True)
class SeatKey:
    """A look at a household: the visit, and the number of the seat; 0 is the household's own."""

    visit_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class VisitLine:
    """A household that somebody is to look at, or has looked at, in the order of the walk."""

    seat: SeatKey
    code: str
    """What finds it again from its sheet."""
    house: House
    household_id: int
    premises: str
    look: int
    scored: bool
    by: date
    """The last day of the round."""


def code_of(village: Village, visit_code: str, number: int) -> str:
    """What a sheet bears: the visit, the seat, and four digits that no other village has."""
    said = f"{visit_code}-{number}"
    own = hashlib.sha256(f"{village.settings.origin}/{said}".encode()).hexdigest()[:4].upper()
    return f"{said}-{own}"


def find(village: Village, session_id: str, code: str) -> VisitLine:
    """The visit and the seat whose sheet bears `code`.

    Raises:
        ExpectedError: ``session_over``; ``sheet_not_ours`` for a code of another village or none;
            ``visit_over`` for a visit or a seat that is over; ``not_allowed`` for a sheet of
            another inspector without an office to enter it; ``visit_too_near``,
            ``visit_one_hand`` where it is not theirs to enter.
    """
    with acting.reading(village, session_id) as work:
        visit, seat = _found(work, code)
        _check_enters(work, visit, seat.resident_id)
        return _line(work, visit, seat)


def my_visits(village: Village, session_id: str) -> tuple[VisitLine, ...]:
    """What the signed-in inspector is to look at, by lane and house; what is in comes last.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        return my_visits_in(work)


def my_visits_in(work: Acting) -> tuple[VisitLine, ...]:
    """As `my_visits`, in the caller's unit."""
    mine = work.session.execute(
        select(Visit, VisitSeat)
        .join(VisitSeat, VisitSeat.visit_id == Visit.id)
        .join(VisitRound, VisitRound.id == Visit.round_id)
        .where(VisitSeat.resident_id == work.who.resident_id, VisitSeat.left_at.is_(None))
        .where(VisitSeat.number != OWN, VisitSeat.look == Visit.look, Visit.state == OPEN)
    )
    lines = (_line(work, visit, seat) for visit, seat in mine)
    return tuple(sorted(lines, key=lambda each: (each.scored, _place(each.house))))


def own_looks_in(work: Work) -> tuple[VisitLine, ...]:
    """The households of open rounds that have not looked at themselves, by lane and house."""
    looked = select(VisitSeat.visit_id).where(VisitSeat.number == OWN)
    found = work.session.scalars(
        select(Visit).where(Visit.state == OPEN, Visit.look == FIRST, Visit.id.not_in(looked))
    )
    lines = (_line(work, each, seating.seat(each.id, OWN, OWN, 0)) for each in found)
    return tuple(sorted(lines, key=lambda each: _place(each.house)))


def rubric_of(village: Village, session_id: str, seat: SeatKey) -> Rubric:
    """The checklist by which a household is looked at.

    Raises:
        ExpectedError: ``session_over``, ``visit_over``.
    """
    with acting.reading(village, session_id) as work:
        return _rubric(work.session, _open(work.session, seat.visit_id))


def score(
    village: Village,
    session_id: str,
    seat: SeatKey,
    answers: Answers,
    put_forward: Sequence[str],
    touch: str,
) -> bool:
    """Enter what an inspector saw, oneself or from their sheet; whether all looks are in now.

    Raises:
        ExpectedError: ``session_over``; ``not_allowed`` for another's sheet without an office;
            ``visit_over``, ``visit_not_yours``, ``visit_scored`` where this look is in;
            ``visit_one_hand`` where who enters another's sheet looks there, too;
            ``visit_too_near`` where inspector or who enters is of the household, related or next
            door by now; ``visit_answers`` where the answers do not fit the checklist,
            ``scoring_unanswered`` where some are missing; ``not_put_forward``.
    """
    about = f"{seat.visit_id} {seat.number}"
    with acting.once(village, session_id, touch, VISIT_SCORED, about) as work:
        if work.known is not None:
            return bool(work.known["all"])
        log.take_turn(work)
        visit = _open(work.session, seat.visit_id)
        found = _seat(work.session, visit, seat.number)
        _check_enters(work, visit, found.resident_id)
        if recused.too_near(work.session, found.resident_id, visit.household_id):
            raise ExpectedError("visit_too_near")
        if found.scored_at is not None:
            raise ExpectedError("visit_scored")
        _check_answers(_rubric(work.session, visit), answers, put_forward)
        _keep(work, visit, found, answers, put_forward)
        all_in = reveal(work, visit)
        work.remember({"all": all_in})
        return all_in


def look_oneself(
    village: Village,
    session_id: str,
    visit_id: int,
    answers: Answers,
    put_forward: Sequence[str],
    touch: str,
) -> None:
    """A household looks at itself, by the same checklist; once, while the visit is open.

    Raises:
        ExpectedError: ``session_over``, ``visit_over``, ``visit_not_yours``, ``visit_scored``,
            ``visit_answers``, ``not_put_forward``.
    """
    with acting.once(village, session_id, touch, HOUSEHOLD_LOOKED, visit_id) as work:
        if work.known is not None:
            return
        log.take_turn(work)
        visit = _open(work.session, visit_id)
        if work.who.resident_id not in recused.replying(work, visit.household_id):
            raise ExpectedError("visit_not_yours")
        if work.session.get(VisitSeat, (visit_id, OWN)) is not None:
            raise ExpectedError("visit_scored")
        _check_answers(_rubric(work.session, visit), answers, put_forward)
        own = seating.seat(visit.id, OWN, OWN, work.who.resident_id)
        work.session.add(own)
        work.session.flush()
        _keep(work, visit, own, answers, put_forward)
        work.remember({"looked": visit_id})


def reveal(work: Work, visit: Visit) -> bool:
    """What follows once the looks are in: a third one, or what they give together.

    Whether the household is to be told now.
    """
    if why := lacks(work.session, visit):
        if why == THIRD:
            seating.fill(work, visit, why)
        return False
    looks = _looks(work.session, visit)
    if len(looks) < len(seating.sitting(work.session, visit)):
        return False
    stars = outcomes.together(looks)
    if not stars:
        over(work, visit, MISSED)
        return False
    visit.stars, visit.state, visit.due_at = stars, TO_TELL, None
    return True


def lacks(session: Session, visit: Visit) -> str:
    """Why a look needs one more to be drawn: ``missing``, or ``third``; empty when it does not."""
    seats, looks = seating.sitting(session, visit), _looks(session, visit)
    if len(seats) < SEATS[visit.look]:
        return MISSING
    alone = len(seats) == len(looks) == SEATS[visit.look]
    apart = alone and visit.look != APPEAL and outcomes.too_far_apart(looks)
    return THIRD if apart else ""


def _looks(session: Session, visit: Visit) -> list[dict[str, int]]:
    """What each of the present looks that is in gives by itself."""
    seats = seating.sitting(session, visit)
    return [stars_in(session, visit, each) for each in seats if each.scored_at is not None]


def stars_in(session: Session, visit: Visit, seat: VisitSeat) -> dict[str, int]:
    """What one look gives by itself."""
    return dict(rubrics.stars_of(_rubric(session, visit), seat.answers, seat.put_forward))


def over(work: Work, visit: Visit, state: str) -> None:
    """End a visit of which nothing follows, in the caller's transaction."""
    visit.state, visit.ended_at, visit.due_at = state, work.now, None
    log.append(work, VISIT_OVER, {"visit": visit.id, "state": state})


def end_if_gone(work: Work, visit: Visit) -> bool:
    """End a visit to a household in which nobody takes part any more; whether it was."""
    if recused.replying(work, visit.household_id):
        return False
    over(work, visit, GONE)
    return True


def _keep(
    work: Acting, visit: Visit, seat: VisitSeat, answers: Answers, put_forward: Sequence[str]
) -> None:
    seat.answers, seat.put_forward = dict(answers), sorted(put_forward)
    seat.scored_at, seat.entered_by = work.now, work.who.resident_id
    said = {"visit": visit.id, "number": seat.number, "by": seat.resident_id}
    more = {"entered_by": seat.entered_by, "answers": dict(seat.answers)}
    content = {**said, **more, "put_forward": list(seat.put_forward)}
    if seat.number == OWN:
        log.append(work, HOUSEHOLD_LOOKED, content)
    else:
        log.append(work, VISIT_SCORED, content)
    work.session.flush()


def _check_answers(rubric: Rubric, answers: Answers, put_forward: Sequence[str]) -> None:
    """Every item that can be looked at is answered, and nothing else."""
    if not set(put_forward) <= PUT_FORWARD_ONLY:
        raise ExpectedError("visit_answers")
    asked = {each.key for each in rubric.items if each.dimension not in PUT_FORWARD_ONLY}
    brought = {each.key for each in rubric.items if each.dimension in put_forward}
    if (answers.keys() - asked - brought) & {each.key for each in rubric.items}:
        raise ExpectedError("not_put_forward")
    if answers.keys() - asked - brought or not set(answers.values()) <= set(rubrics.ANSWERS):
        raise ExpectedError("visit_answers")
    if missing := (asked | brought) - answers.keys():
        raise ExpectedError("scoring_unanswered", len(missing))


def _check_enters(work: Acting, visit: Visit, inspector: int) -> None:
    """Whoever types a sheet in that is another's holds an office, and is not near the household.

    Nor one who looks there themselves: both looks would be by one hand.
    """
    me = work.who.resident_id
    if me == inspector:
        return
    if not roles.may("enter_sheet", work.who.roles):
        raise ExpectedError("not_allowed")
    if any(each.resident_id == me for each in seating.sitting(work.session, visit)):
        raise ExpectedError("visit_one_hand")
    if recused.too_near(work.session, me, visit.household_id):
        raise ExpectedError("visit_too_near")


def _found(work: Acting, code: str) -> tuple[Visit, VisitSeat]:
    read = _CODE.fullmatch(code)
    if read is None or code != code_of(work.village, read[1], int(read[2])):
        raise ExpectedError("sheet_not_ours")
    visit = work.session.scalar(select(Visit).where(Visit.code == read[1]))
    if visit is None:
        raise ExpectedError("sheet_not_ours")
    if visit.state != OPEN:
        raise ExpectedError("visit_over")
    return visit, _seat(work.session, visit, int(read[2]))


def _open(session: Session, visit_id: int) -> Visit:
    visit = session.get(Visit, visit_id, with_for_update=True)
    if visit is None or visit.state != OPEN:
        raise ExpectedError("visit_over")
    return visit


def _seat(session: Session, visit: Visit, number: int) -> VisitSeat:
    """A seat from which the present look is made."""
    found = session.get(VisitSeat, (visit.id, number))
    if found is None or number == OWN:
        raise ExpectedError("visit_not_yours")
    if found.left_at is not None or found.look != visit.look:
        raise ExpectedError("visit_over")
    return found


def _rubric(session: Session, visit: Visit) -> Rubric:
    of = session.get_one(VisitRound, visit.round_id)
    return checklists.named(session, of.rubric).of(visit.premises)


def _line(work: Work, visit: Visit, seat: VisitSeat) -> VisitLine:
    home = work.session.get_one(Household, visit.household_id)
    of = work.session.get_one(VisitRound, visit.round_id)
    return VisitLine(
        seat=SeatKey(visit.id, seat.number),
        code=code_of(work.village, visit.code, seat.number),
        house=House(home.lane, home.number),
        household_id=home.id,
        premises=visit.premises,
        look=seat.look,
        scored=seat.scored_at is not None,
        by=open_days(work.session).told(last_day(of.year, of.quarter)),
    )


def _place(house: House) -> tuple[object, ...]:
    return house_place(house.lane, house.number)
