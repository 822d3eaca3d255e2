"""On which days the hall is open, as the village wrote it down; and the days that the law gives.

The law's days off that are fixed by the sun come with the program and are written into the log each
year by the machine (`law_days`). The others follow the moon, and every year's exchange of days is
announced by the State Council only in the autumn before: somebody at the hall writes them down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.open_days import LONGEST_DAYS, OpenDays, Span
from kiosk.models.hall import HallDay
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing

LONGEST: Final = timedelta(days=LONGEST_DAYS - 1)
"""From the first to the last day of a closing."""
DAY_WRITTEN, DAY_ENDED = "hall_day_written", "hall_day_ended"
_KEPT = "open_days"
"""What a session's `info` holds under this: the days that it has read."""


@dataclass(frozen=True)
class LawDay:
    """Days off that the law gives every year."""

    name: str
    month: int
    day: int
    days: int

    def span(self, year: int) -> Span:
        """They in a year."""
        first = date(year, self.month, self.day)
        last = first + timedelta(days=self.days - 1)
        return Span(what="holiday", first=first, last=last, name=self.name)


LAW_DAYS: Final = (
    LawDay("new_year", 1, 1, 1),
    LawDay("labour_day", 5, 1, 2),
    LawDay("national_day", 10, 1, 3),
)
"""全国年节及纪念日放假办法, article 2, as of 2025 (State Council order 795): the days that are
fixed by the sun; words at ``own.<name>``."""


def open_days(session: Session) -> OpenDays:
    """The village's days as they are written down now; read once a session."""
    known = session.info.get(_KEPT)
    if isinstance(known, OpenDays):
        return known
    standing = select(HallDay).where(HallDay.ended_at.is_(None)).order_by(HallDay.id)
    found = of_rows(session.scalars(standing))
    session.info[_KEPT] = found
    return found


def of_village(village: Village) -> OpenDays:
    """As `open_days`, in a unit of its own."""
    with reading(village) as work:
        return open_days(work.session)


def of_rows(rows: Iterable[Any]) -> OpenDays:
    """The days that these rows of the table say, in their order."""
    return OpenDays(tuple(_span(each) for each in rows))


def write(work: Work, span: Span, by: int | None) -> HallDay:
    """Write days down in the caller's transaction, which checked them."""
    row = HallDay(
        what=span.what,
        first_day=span.first,
        last_day=span.last,
        name=span.name,
        by_id=by,
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    content = {
        "day": row.id,
        "what": row.what,
        "first": row.first_day.isoformat(),
        "last": row.last_day and row.last_day.isoformat(),
        "name": row.name,
        "by": by,
    }
    log.append(work, DAY_WRITTEN, content)
    work.session.info.pop(_KEPT, None)
    return row


def end(work: Work, row: HallDay, by: int) -> None:
    """These days are as all others again, in the caller's transaction."""
    row.ended_at = work.now
    work.session.flush()
    log.append(work, DAY_ENDED, {"day": row.id, "by": by})
    work.session.info.pop(_KEPT, None)


def write_law_days(village: Village) -> int:
    """Write down the law's days of this year and the next that are still to come; how many.

    Called by the timer; calling it again changes nothing, also after somebody ended one of them.
    """
    with reading(village) as work:
        missing = _missing(work)
    if not missing:
        return 0
    with writing(village) as work:
        log.take_turn(work)
        missing = _missing(work)
        for each in missing:
            write(work, each, None)
    return len(missing)


def is_law_day(span: Span) -> bool:
    """Whether the law gives these days off."""
    return span in [each.span(span.first.year) for each in LAW_DAYS]


def _missing(work: Work) -> list[Span]:
    years = (work.today.year, work.today.year + 1)
    wanted = [each.span(year) for year in years for each in LAW_DAYS]
    rows = work.session.execute(select(HallDay.name, HallDay.first_day))
    there = {(name, first) for name, first in rows}
    return [
        each for each in wanted if each.first > work.today and (each.name, each.first) not in there
    ]


def span_of(what: Any, first_day: date, last_day: date | None, name: str) -> Span:
    """The days that the columns of a row say."""
    return Span(what=what, first=first_day, last=last_day, name=name)


def _span(row: Any) -> Span:
    return span_of(row.what, row.first_day, row.last_day, row.name)
