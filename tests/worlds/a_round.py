"""A round of visits on the full day: everything that can happen in one, once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import select

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.open_days import Span
from kiosk.models.register import Resident
from kiosk.models.rounds import Inspector, Visit, VisitSeat
from kiosk.services.calendar import closing_days
from kiosk.services.stars import (
    brought_sheets,
    fairness,
    inspectors,
    my_household,
    my_part,
    progress,
    replies,
    results,
    rounds,
    rubrics,
    seating,
    timely,
    visit_sheets,
    visits,
)
from kiosk.services.stars.brought_sheets import FileRead
from kiosk.services.stars.ratings import PUT_FORWARD_ONLY
from kiosk.services.stars.rubrics import Answer, Rubric
from kiosk.services.stars.terms import REPLY_DAYS
from kiosk.services.stars.visits import SeatKey
from tests.services.cases.conftest import Hamlet

GOOD, BAD = 1.0, 0.0
"""Shares of what is in order."""


def answers_to(rubric: Rubric, share: float, put_forward: Iterable[str] = ()) -> dict[str, Answer]:
    """So much of every dimension is in order."""
    given: dict[str, Answer] = {}
    for dimension in rubric.dimensions:
        if dimension in PUT_FORWARD_ONLY and dimension not in put_forward:
            continue
        items = rubric.of(dimension)
        good = round(share * len(items))
        given |= {each.key: "yes" if n < good else "no" for n, each in enumerate(items)}
    return given


def live_a_round(hamlet: Hamlet) -> None:
    """Opened and drawn; agreed to, looked at anew, appealed, told on paper, and closed."""
    round_id = _begin(hamlet)
    appeals, again, agrees, ill = _by_how_many_can_look(hamlet)[:4]
    _looks_again(hamlet, again)
    _look(hamlet, "N", GOOD, GOOD)
    _read(hamlet, "N")
    _agree(hamlet, "N")
    _look(hamlet, agrees, GOOD, BAD)
    _look(hamlet, agrees, GOOD)
    _look(hamlet, appeals, BAD, BAD)
    _falls_ill(hamlet, ill)
    clerk = hamlet.sign("Z", "clerk")
    assert progress.to_tell(hamlet.village, clerk)
    for letter in (agrees, appeals):
        results.print_result(hamlet.village, clerk, _visit(hamlet, letter).id, new_touch_id())
        replies.handed_over(hamlet.village, clerk, _visit(hamlet, letter).id, new_touch_id())
    _agree(hamlet, agrees)
    last = hamlet.today + timedelta(days=REPLY_DAYS)
    closed = Span(what="closed", first=last, last=last, name="停电 / No power")
    assert closing_days.write_down(hamlet.village, clerk, closed, new_touch_id())
    hamlet.clock.advance(days=9)
    timely.move_due(hamlet.village)
    visit = _visit(hamlet, appeals).id
    replies.ask(hamlet.village, hamlet.sign(appeals), visit, "appeal", new_touch_id())
    _look(hamlet, appeals, GOOD, GOOD, GOOD)
    _read(hamlet, appeals)
    _close(hamlet, round_id)


def _looks_again(hamlet: Hamlet, letter: str) -> None:
    _look(hamlet, letter, BAD, BAD)
    _read(hamlet, letter)
    visit = _visit(hamlet, letter).id
    replies.ask(hamlet.village, hamlet.sign(letter), visit, "again", new_touch_id())
    _look(hamlet, letter, GOOD, GOOD)


def _falls_ill(hamlet: Hamlet, letter: str) -> None:
    """One who was to look cannot; the household looks at itself meanwhile."""
    village, visit = hamlet.village, _visit(hamlet, letter)
    for left in _waiting(hamlet, visit)[:1]:
        seat = hamlet.open_session(left.resident_id)
        seating.reassign(village, seat, visit.id, left.number, "ill", new_touch_id())
    own = answers_to(rubrics.rubric(rubrics.CURRENT, visit.premises), GOOD)
    visits.look_oneself(village, hamlet.sign(letter), visit.id, own, (), new_touch_id())


def _by_how_many_can_look(hamlet: Hamlet) -> list[str]:
    """Whom the most can look at first: of a small hamlet many live next door."""
    return sorted("ABCDE", key=lambda each: len(_visit(hamlet, each).barred))


def _close(hamlet: Hamlet, round_id: int) -> None:
    village, officer = hamlet.village, hamlet.officer("Y")
    with suppress(ExpectedError):  # another number of visits is missing
        rounds.close(village, officer, round_id, 0, new_touch_id())
    with village.read() as session:
        missing = rounds.missing_in(session, round_id)
    rounds.close(village, officer, round_id, missing, new_touch_id())
    assert rounds.rounds(village, officer)[0].closed
    fairness.fairness(village, officer)


def _begin(hamlet: Hamlet) -> int:
    village = hamlet.village
    hamlet.officer("X")
    year, quarter = hamlet.today.year, (hamlet.today.month + 2) // 3
    signature = hamlet.signature("Z")
    round_id = rounds.open_round(
        village, hamlet.officer("Y"), year, quarter, signature, new_touch_id()
    )
    clerk = hamlet.sign("Z", "clerk")
    first = _invited(hamlet)[0]
    inspectors.answer(village, clerk, round_id, False, new_touch_id(), resident_id=first)
    assert brought_sheets.printed_by(village).version == rubrics.CURRENT
    for who in _invited(hamlet):
        inspectors.answer(village, hamlet.open_session(who), round_id, True, new_touch_id())
    rounds.draw(village, hamlet.officer("Y"), round_id, new_touch_id())
    assert progress.next_round(village).under_way
    assert progress.missing(village, hamlet.officer("Y"))
    _sheets(hamlet)
    return round_id


def _sheets(hamlet: Hamlet) -> None:
    """The sheets of a walk, and those that are left at the doors; a page that shows none."""
    village = hamlet.village
    with village.read() as session:
        inspector = session.scalars(select(VisitSeat.resident_id)).first()
    assert inspector is not None
    walk = hamlet.open_session(inspector)
    assert visit_sheets.print_mine(village, walk, 2, new_touch_id())
    assert visit_sheets.print_own_looks(village, hamlet.sign("Z", "clerk"), new_touch_id())
    assert brought_sheets.matched(village, walk, FileRead((), ("sheet_none",))) == ()


def _invited(hamlet: Hamlet) -> list[int]:
    """Who was asked and has not answered, in the order of the draw."""
    with hamlet.village.read() as session:
        asked = select(Inspector.resident_id).where(Inspector.answer == "")
        return list(session.scalars(asked.order_by(Inspector.place)))


def _home(hamlet: Hamlet, letter: str) -> int:
    with hamlet.village.read() as session:
        return session.get_one(Resident, hamlet.people[letter]).household_id


def _visit(hamlet: Hamlet, letter: str) -> Visit:
    home = _home(hamlet, letter)
    with hamlet.village.read() as session:
        found = session.scalars(select(Visit).where(Visit.household_id == home)).one()
        session.expunge_all()
        return found


def _waiting(hamlet: Hamlet, visit: Visit) -> list[VisitSeat]:
    with hamlet.village.read() as session:
        found = session.scalars(
            select(VisitSeat)
            .where(VisitSeat.visit_id == visit.id, VisitSeat.scored_at.is_(None))
            .where(VisitSeat.left_at.is_(None))
            .order_by(VisitSeat.number)
        ).all()
        session.expunge_all()
        return list(found)


def _look(hamlet: Hamlet, letter: str, *shares: float) -> None:
    """Those who look say what they saw."""
    village, visit = hamlet.village, _visit(hamlet, letter)
    for waits, share in zip(_waiting(hamlet, visit), shares, strict=False):
        inspector = hamlet.open_session(waits.resident_id)
        for line in visits.my_visits(village, inspector):
            visits.find(village, inspector, line.code)
        key = SeatKey(visit.id, waits.number)
        given = answers_to(visits.rubric_of(village, inspector, key), share)
        visits.score(village, inspector, key, given, (), new_touch_id())


def _read(hamlet: Hamlet, letter: str) -> None:
    visit = _visit(hamlet, letter).id
    assert my_part.my_part(hamlet.village, hamlet.sign(letter)).told
    assert my_household.my_household(hamlet.village, hamlet.sign(letter)).may_read
    replies.read(hamlet.village, hamlet.sign(letter), visit, new_touch_id())


def _agree(hamlet: Hamlet, letter: str) -> None:
    replies.agree(hamlet.village, hamlet.sign(letter), _visit(hamlet, letter).id, new_touch_id())
