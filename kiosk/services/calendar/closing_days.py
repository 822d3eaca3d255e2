"""Days on which the hall is closed, kept on the screen; who has a deadline then has a later one.

Deadlines never become shorter. Whoever has to answer, to appeal, or to fetch what was kept for them
until a day on which the hall turns out to be closed has the next open day as well: an entry of the
log says so, and no earlier entry changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from kiosk.core.clock import start_of_day
from kiosk.core.errors import ExpectedError
from kiosk.core.open_days import KINDS, Span, What, one_is_left
from kiosk.models.cases import Case
from kiosk.models.hall import HallDay
from kiosk.models.perks import Redemption
from kiosk.models.rounds import Visit
from kiosk.services import open_days
from kiosk.services.access import acting
from kiosk.services.access.acting import Once
from kiosk.services.cases.flow import due_dates
from kiosk.services.hall import words
from kiosk.services.ledger import log
from kiosk.services.stars.terms import TOLD
from kiosk.services.village import Village
from kiosk.services.work import Work

DUE_MOVED, KEPT_LONGER, VISIT_MOVED = "due_moved", "perk_kept_longer", "visit_due_moved"
AHEAD: Final = timedelta(days=400)
"""So far ahead days can be written down."""
LONGEST_NAME: Final = 60
_SPRING: Final = (date(2000, 1, 20), date(2000, 2, 22))
"""Between these days of a year the Spring Festival begins, its eve included."""


@dataclass(frozen=True, kw_only=True)
class DayLine:
    """Days that are written down; `ours` is False for those that the law gives."""

    day_id: int
    span: Span
    ours: bool


def days(village: Village, session_id: str) -> tuple[DayLine, ...]:
    """What is written down of today and later, in its order.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *words.MAY) as work:
        standing = select(HallDay).where(HallDay.ended_at.is_(None))
        rows = work.session.scalars(standing.order_by(HallDay.first_day, HallDay.id))
        lines = [
            DayLine(
                day_id=row.id,
                span=open_days.span_of(row.what, row.first_day, row.last_day, row.name),
                ours=row.by_id is not None,
            )
            for row in rows
        ]
        return tuple(each for each in lines if not _is_over(each.span, work.today))


def write_down(village: Village, session_id: str, span: Span, touch: str) -> int:
    """Write days down; how many deadlines became later by it.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``hall_days`` for days that begin before
            today, end before they begin, or are too many or too far away; ``hall_never_open``
            where no weekday would be left; as `words.checked_name` for the name.
    """
    chinese, _, english = span.name.partition(words.BETWEEN)
    name = words.checked_name(chinese, english, LONGEST_NAME)
    about = f"{span.what} {span.first.isoformat()}"
    with acting.once(village, session_id, touch, "write_day", about, words.MAY) as work:
        if work.known is not None:
            return int(work.known["moved"])
        _check(work, span)
        written = Span(what=span.what, first=span.first, last=span.last, name=name)
        open_days.write(work, written, work.who.resident_id)
        moved = sum(move(work) for move in _MOVES)
        work.remember({"moved": moved})
        return moved


def end(village: Village, session_id: str, day_id: int, touch: str) -> None:
    """These days are as all others again; a deadline that became later stays so.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``hall_day_over``.
    """
    with acting.once(village, session_id, touch, "end_day", day_id, words.MAY) as work:
        if work.known is not None:
            return
        row = work.session.get(HallDay, day_id, with_for_update=True)
        if row is None or row.ended_at is not None:
            raise ExpectedError("hall_day_over")
        open_days.end(work, row, work.who.resident_id)
        work.remember({"ended": day_id})


def spring_festival_missing(work: Work) -> int | None:
    """The year whose Spring Festival nobody wrote down yet, from December before it on."""
    year = work.today.year + (work.today.month == 12)
    first, last = (each.replace(year=year) for each in _SPRING)
    if work.today > last:
        return None
    hall = open_days.open_days(work.session)
    named = (each for each in hall.spans if each.what == "holiday" and each.last is not None)
    there = any(first <= each.first <= last for each in named)
    return None if there else year


def move_deadlines(work: Work) -> int:
    """Days of persons that end on a closed day, as it is now known, end later; how many."""
    hall, moved = open_days.open_days(work.session), 0
    theirs = select(Case).where(Case.state.in_(due_dates.OWN), Case.due_at > work.now)
    for case in work.session.scalars(theirs.order_by(Case.id)):
        if case.due_at is None or hall.is_open(ends := due_dates.ends_on(case.due_at)):
            continue
        case.due_at = start_of_day(hall.next_open(ends) + timedelta(days=1))
        said = {"case": case.id, "reference": case.reference, "due": case.due_at.isoformat()}
        log.append(work, DUE_MOVED, said)
        moved += 1
    return moved


def keep_longer(work: Work) -> int:
    """What is kept for people until a closed day is kept longer; how many."""
    hall, moved = open_days.open_days(work.session), 0
    kept = select(Redemption).where(
        Redemption.state == "reserved", Redemption.collect_by >= work.today
    )
    for each in work.session.scalars(kept.order_by(Redemption.id)):
        until = hall.next_open(each.collect_by)
        if until == each.collect_by:
            continue
        each.collect_by = until
        about = {"redemption": each.id, "reference": each.reference, "resident": each.resident_id}
        log.append(work, KEPT_LONGER, {**about, "until": until.isoformat()})
        moved += 1
    return moved


def move_replies(work: Work) -> int:
    """Households that were told what was seen reply until an open day; how many became later."""
    hall, moved = open_days.open_days(work.session), 0
    told = select(Visit).where(Visit.state == TOLD, Visit.due_at > work.now)
    for visit in work.session.scalars(told.order_by(Visit.id)):
        if visit.due_at is None or hall.is_open(ends := due_dates.ends_on(visit.due_at)):
            continue
        visit.due_at = start_of_day(hall.next_open(ends) + timedelta(days=1))
        log.append(work, VISIT_MOVED, {"visit": visit.id, "due": visit.due_at.isoformat()})
        moved += 1
    return moved


_MOVES: Final[tuple[Callable[[Work], int], ...]] = (move_deadlines, keep_longer, move_replies)


def _check(work: Once, span: Span) -> None:
    last = span.last if span.what != "weekly" else span.first
    known = span.what in KINDS and last is not None
    if not known or not work.today <= span.first <= work.today + AHEAD:
        raise ExpectedError("hall_days")
    assert last is not None
    if not span.first <= last <= span.first + open_days.LONGEST:
        raise ExpectedError("hall_days")
    if not one_is_left((*open_days.open_days(work.session).spans, span)):
        raise ExpectedError("hall_never_open")


def _is_over(span: Span, today: date) -> bool:
    return span.last is not None and span.last < today


def kind_of(what: str) -> What:
    """`what` as one of the kinds.

    Raises:
        ExpectedError: ``hall_days`` where it is none.
    """
    found = next((each for each in KINDS if each == what), None)
    if found is None:
        raise ExpectedError("hall_days")
    return found
