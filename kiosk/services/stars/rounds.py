"""A quarter's round: opened by two officers, its inspectors invited and its visits drawn by lot.

What is drawn can be drawn again by anybody from the log (`lots`). An unfinished round changes
nothing: where nobody came, a household keeps what it had.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.register import Household
from kiosk.models.rounds import Inspector, Visit, VisitRound
from kiosk.models.stars import StarRound
from kiosk.services.access import acting
from kiosk.services.access.offices import Signature, second_officer
from kiosk.services.access.sessions import prove
from kiosk.services.ledger import log, lot
from kiosk.services.open_days import open_days
from kiosk.services.stars import checklists, inspectors, lots, recused, seating
from kiosk.services.stars.ratings import first_day
from kiosk.services.stars.terms import (
    AGAIN,
    EFFECTIVE,
    FIRST,
    MAY,
    MISSED,
    OPEN,
    ROUND_CLOSED,
    ROUND_OPENED,
    SEATS,
    TOLD,
    UNDER_WAY,
    VISITS_DRAWN,
    VISITS_LISTED,
    YES,
    last_day,
    reply_ends,
    visits_about,
)
from kiosk.services.village import Village
from kiosk.services.work import Work

FEWEST_HOMES: Final = 3
"""Of so many households the inspectors are: two look, and a third where they are too far apart."""


@dataclass(frozen=True, kw_only=True)
class RoundView:
    """A round as officers see it: counts, and nobody's stars."""

    round_id: int
    year: int
    quarter: int
    drawn: bool
    closed: bool
    invited: int
    """Neighbours who have not answered."""
    agreed: int
    """Inspectors, officers among them."""
    visits: int
    looked: int
    """Of how many all looks are in."""
    told: int
    over: int
    missing: int
    """At how many households a look is missing that the round's end would leave out."""


def open_round(
    village: Village,
    session_id: str,
    year: int,
    quarter: int,
    signature: Signature,
    touch: str,
) -> int:
    """Open a quarter's round with another officer's card and PIN, and invite inspectors; its id.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``; ``quarter_to_come``, ``quarter_over``,
            ``round_there`` where it was opened, ``round_before`` where the one before is not
            closed; as `sessions.prove` and `offices.second_officer`.
    """
    second = prove(village, signature.card, signature.pin)
    about = f"{year} {quarter}"
    with acting.once(village, session_id, touch, ROUND_OPENED, about, MAY) as work:
        if work.known is not None:
            return int(work.known["round"])
        log.take_turn(work)
        _check_quarter(work, year, quarter)
        agreed = second_officer(work, second, work.who.resident_id)
        opened = _open(work, year, quarter, (work.who.resident_id, agreed))
        inspectors.invite(work, opened)
        work.remember({"round": opened.id})
        return opened.id


def draw(village: Village, session_id: str, round_id: int, touch: str) -> int:
    """Draw the pairs for every household that takes part; how many visits there are.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``round_over``, ``round_drawn``,
            ``too_few_inspectors`` (households that they are of, needed).
    """
    with acting.once(village, session_id, touch, VISITS_DRAWN, round_id, MAY) as work:
        if work.known is not None:
            return int(work.known["visits"])
        log.take_turn(work)
        of = inspectors.under_way(work.session, round_id)
        if of.seed:
            raise ExpectedError("round_drawn")
        pool = recused.serving(work.session, of.id)
        homes = {house for _, house in pool}
        if len(homes) < FEWEST_HOMES:
            raise ExpectedError("too_few_inspectors", len(homes), FEWEST_HOMES)
        count = _draw(work, of, pool)
        work.remember({"visits": count})
        return count


def close(village: Village, session_id: str, round_id: int, missing: int, touch: str) -> None:
    """End a round; households where nobody came keep what they had.

    `missing` is of how many visits the looks are missing, as it was shown.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``round_over``; ``round_missing`` with
            the number of visits that are missing, where it is another one.
    """
    with acting.once(village, session_id, touch, ROUND_CLOSED, round_id, MAY) as work:
        if work.known is not None:
            return
        log.take_turn(work)
        of = inspectors.under_way(work.session, round_id)
        found = missing_in(work.session, round_id)
        if found != missing:
            raise ExpectedError("round_missing", found)
        end(work, of, work.who.resident_id)
        work.remember({"closed": round_id})


def end(work: Work, of: VisitRound, by: int | None) -> None:
    """Close a round in the caller's transaction: what was not looked at is over.

    A new look that was asked for and not made leaves what was seen before.
    """
    of.closed_at, of.closed_by = work.now, by
    log.append(work, ROUND_CLOSED, {"round": of.id, "by": by})
    for visit in _visits(work.session, of.id, OPEN):
        if visit.look == FIRST:
            visit.state, visit.ended_at = MISSED, work.now
        elif visit.look == AGAIN:
            visit.look = FIRST
            visit.state = TOLD if visit.effective_at is None else EFFECTIVE
            ends = reply_ends(open_days(work.session), work.today)
            visit.due_at = ends if visit.state == TOLD else None


def rounds(village: Village, session_id: str) -> tuple[RoundView, ...]:
    """Every round, the newest first, as counts.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        return rounds_in(work)


def rounds_in(work: Work) -> tuple[RoundView, ...]:
    """As `rounds`, in the caller's unit."""
    found = work.session.scalars(select(VisitRound).order_by(VisitRound.id.desc()))
    return tuple(_view(work.session, each) for each in found)


def current(session: Session) -> VisitRound | None:
    """The round that is under way, if one is."""
    return session.scalars(select(VisitRound).where(VisitRound.closed_at.is_(None))).first()


def missing_in(session: Session, round_id: int) -> int:
    """Of how many visits of a round a look is missing; appeals are heard beyond its end."""
    looks = (FIRST, AGAIN)
    question = select(func.count()).where(
        Visit.round_id == round_id, Visit.state == OPEN, Visit.look.in_(looks)
    )
    return session.scalar(question) or 0


def _check_quarter(work: Work, year: int, quarter: int) -> None:
    if quarter not in (1, 2, 3, 4) or first_day(year, quarter) > work.today:
        raise ExpectedError("quarter_to_come", year, quarter)
    if work.today > last_day(year, quarter):
        raise ExpectedError("quarter_over", year, quarter)
    of_quarter = (VisitRound.year == year, VisitRound.quarter == quarter)
    published = (StarRound.year == year, StarRound.quarter == quarter)
    there = (select(VisitRound.id).where(*of_quarter), select(StarRound.id).where(*published))
    if any(work.session.scalar(each) is not None for each in there):
        raise ExpectedError("round_there", year, quarter)
    if current(work.session) is not None:
        raise ExpectedError("round_before")


def _open(work: Work, year: int, quarter: int, both: tuple[int, int]) -> VisitRound:
    looked_at = checklists.named(work.session, checklists.standing(work.session, work.today))
    opened = VisitRound(
        year=year,
        quarter=quarter,
        rubric=looked_at.version,
        digest=looked_at.digest,
        first_id=both[0],
        second_id=both[1],
        opened_at=work.now,
        candidates=[],
        invited_by="",
        pool=[],
    )
    work.session.add(opened)
    work.session.flush()
    said = {"round": opened.id, "year": year, "quarter": quarter}
    checklist = {"rubric": opened.rubric, "digest": opened.digest}
    log.append(work, ROUND_OPENED, {**said, **checklist, "by": both[0], "second": both[1]})
    return opened


def _draw(work: Work, of: VisitRound, pool: Sequence[lots.Candidate]) -> int:
    near, before = recused.WholeVillage(work.session), recused.the_two_before(work.session, of)
    homes = recused.taking_part(work.session)
    visits = [
        _visit(work.session, of, place, home, near, pool)
        for place, home in enumerate(homes, start=1)
    ]
    work.session.add_all(visits)
    work.session.flush()
    of.pool = [list(each) for each in pool]
    listed = [[*_told(each), near.doors(each.household_id)] for each in visits]
    log.append(work, VISITS_LISTED, {"round": of.id, "pool": of.pool, "visits": listed})
    head = log.head(work.session)
    of.seed, of.drawn_at = lot.seed_of(head.root, visits_about(of.id)), work.now
    seated = [[each.id, *_pair(of, pool, each, before)] for each in visits]
    drawn = {"size": head.size, "seed": of.seed, "seats": seated}
    log.append(work, VISITS_DRAWN, {"round": of.id, **drawn})
    for visit, *pair in seated:
        for number, who in enumerate(pair, start=1):
            work.session.add(seating.seat(visit, number, FIRST, who))
    work.session.flush()
    return len(visits)


def _pair(
    of: VisitRound,
    pool: Sequence[lots.Candidate],
    visit: Visit,
    before: dict[int, list[int]],
) -> list[int]:
    free = [each for each in pool if each[0] not in visit.barred]
    twice = before.get(visit.household_id, ())
    return lots.seats(of.seed, visit.code, free, (), SEATS[FIRST], twice)


def _told(visit: Visit) -> list[object]:
    """What the log says of a visit before it is drawn; the households next door follow."""
    return [visit.id, visit.household_id, visit.code, visit.premises, visit.barred]


def _visit(
    session: Session,
    of: VisitRound,
    place: int,
    household_id: int,
    near: recused.WholeVillage,
    pool: Sequence[lots.Candidate],
) -> Visit:
    doors, kin = near.doors(household_id), near.relatives(household_id)
    return Visit(
        round_id=of.id,
        household_id=household_id,
        code=f"V-{of.year % 100:02}Q{of.quarter}-{place:04}",
        premises=session.get_one(Household, household_id).premises,
        barred=lots.barred(household_id, doors, kin, pool),
        look=FIRST,
        state=OPEN,
        stars={},
    )


def _visits(session: Session, round_id: int, state: str) -> Sequence[Visit]:
    question = select(Visit).where(Visit.round_id == round_id, Visit.state == state)
    return session.scalars(question.order_by(Visit.id)).all()


def _view(session: Session, of: VisitRound) -> RoundView:
    states = Counter(session.scalars(select(Visit.state).where(Visit.round_id == of.id)))
    said = select(Inspector.answer).where(Inspector.round_id == of.id)
    answers = Counter(session.scalars(said))
    visits = states.total()
    return RoundView(
        round_id=of.id,
        year=of.year,
        quarter=of.quarter,
        drawn=bool(of.seed),
        closed=of.closed_at is not None,
        invited=answers[""],
        agreed=answers[YES],
        visits=visits,
        looked=visits - states[OPEN] - states[MISSED],
        told=states[TOLD] + states[EFFECTIVE],
        over=visits - sum(states[each] for each in UNDER_WAY),
        missing=missing_in(session, of.id),
    )
