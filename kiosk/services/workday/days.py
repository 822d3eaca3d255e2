"""The day is opened by one official, and closed by two of two households, with card and PIN.

It is a habit and no lock: whoever comes is served on a day that nobody opened, and one that nobody
closed is said the next morning and hinders nothing. A day that was opened before midnight can be
closed after it, until the next one is opened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from kiosk.core.errors import ExpectedError
from kiosk.models.register import Resident
from kiosk.models.workday import Workday
from kiosk.services.access import acting, offices
from kiosk.services.access.acting import Acting, Once
from kiosk.services.access.roles import Role, holders
from kiosk.services.access.sessions import Proven, accept
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work
from kiosk.services.workday import counting
from kiosk.services.workday.counting import Answer, Count, ToCount

DAY_OPENED, DAY_CLOSED, DAY_REOPENED = "workday_opened", "workday_closed", "workday_reopened"
TAKEN_BACK_WITHIN: Final = timedelta(minutes=10)
MAY: Final[tuple[Role, ...]] = holders("keep_day")


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of the office, as it stands."""

    day: date
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None = None
    closed_by: tuple[str, str] | None = None
    counts: tuple[Count, ...] = ()
    """What was counted last."""
    may_take_back: bool = False
    """Whether who asks signed for its end less than ten minutes ago."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where the office stands today."""

    today: date
    newest: Day | None
    """The day that was opened last."""
    items: tuple[ToCount, ...]

    @property
    def may_open(self) -> bool:
        """Whether today was not opened yet."""
        return self.newest is None or self.newest.day < self.today

    @property
    def may_close(self) -> bool:
        """Whether the newest day is open still."""
        return self.newest is not None and self.newest.closed_at is None


def desk(village: Village, session_id: str) -> Desk:
    """Where the office stands, and what is to be counted.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        return desk_in(work)


def desk_in(work: Acting) -> Desk:
    """As `desk`, in the caller's unit."""
    row = newest(work)
    day = None if row is None else _day(work, row)
    return Desk(today=work.today, newest=day, items=counting.to_count(work))


def open_day(village: Village, session_id: str, answers: Iterable[Answer], touch: str) -> None:
    """Begin the day with what is there.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``; ``workday_opened`` where today was opened
            already; as `counting.counted`.
    """
    with acting.once(village, session_id, touch, "open_day", roles=MAY) as work:
        if work.known is not None:
            return
        before = newest(work)
        if before is not None and before.day >= work.today:
            raise ExpectedError("workday_opened")
        counts = counting.written(counting.counted(work, answers))
        by = work.who.resident_id
        row = Workday(day=work.today, opened_at=work.now, opened_by_id=by, opened_with=counts)
        work.session.add(row)
        said = {"day": work.today.isoformat(), "by": by, "counts": counts}
        log.append(work, DAY_OPENED, said)
        work.remember({"opened": work.today.isoformat()})


def close_in(
    work: Once, day: date, answers: Iterable[Answer], second: Proven
) -> tuple[tuple[Count, ...], int, int]:
    """Close `day` in the caller's unit: what was counted, who signed too, and the entry.

    Raises:
        ExpectedError: ``workday_over`` where the day is closed, or a later one was opened;
            ``second_official``, ``second_household``; as `sessions.accept`, `counting.counted`.
    """
    log.take_turn(work)
    row = newest(work)
    if row is None or row.day != day or row.closed_at is not None:
        raise ExpectedError("workday_over")
    counts = counting.counted(work, answers)
    by, other = work.who.resident_id, _second(work, second)
    row.closed_at, row.closed_by_id, row.second_id = work.now, by, other
    row.closed_with = counting.written(counts)
    said = {"day": day.isoformat(), "by": by, "second": other, "counts": row.closed_with}
    return counts, other, log.append(work, DAY_CLOSED, said)


def take_back(village: Village, session_id: str, day: date, touch: str) -> None:
    """Take a closing back within ten minutes, as one of the two who signed: the day goes on.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``workday_stays``.
    """
    about = day.isoformat()
    with acting.once(village, session_id, touch, "undo_closing", about, MAY) as work:
        if work.known is not None:
            return
        row = newest(work)
        if row is None or row.day != day or not _may_take_back(work, row):
            raise ExpectedError("workday_stays")
        row.closed_at = row.closed_by_id = row.second_id = row.closed_with = None
        log.append(work, DAY_REOPENED, {"day": about, "by": work.who.resident_id})
        work.remember({"reopened": about})


def newest(work: Work) -> Workday | None:
    """The day that was opened last."""
    return work.session.scalar(select(Workday).order_by(Workday.id.desc()).limit(1))


def left_open(work: Work) -> date | None:
    """The day before today that nobody closed, if it is the newest; None where all is well."""
    row = newest(work)
    return row.day if row is not None and row.closed_at is None and row.day < work.today else None


def _second(work: Acting, proven: Proven) -> int:
    """Who signs too: in office, of another household, with a card that opens the office."""
    card = accept(work, proven)
    held = (offices.held(work.session, card.resident_id, each) for each in MAY)
    serves = any(each is not None and each.in_office for each in held)
    if card.vouched_at is None or not serves or card.resident_id == work.who.resident_id:
        raise ExpectedError("second_official")
    second = work.session.get_one(Resident, card.resident_id)
    if second.household_id == work.who.household_id:
        raise ExpectedError("second_household")
    return second.id


def _may_take_back(work: Acting, row: Workday) -> bool:
    """Whether who asks is one of the two, and the ten minutes are not over."""
    fresh = row.closed_at is not None and work.now < row.closed_at + TAKEN_BACK_WITHIN
    return fresh and work.who.resident_id in (row.closed_by_id, row.second_id)


def _day(work: Acting, row: Workday) -> Day:
    signed = None
    if row.closed_by_id is not None and row.second_id is not None:
        signed = (_name(work, row.closed_by_id), _name(work, row.second_id))
    return Day(
        day=row.day,
        opened_at=row.opened_at,
        opened_by=_name(work, row.opened_by_id),
        closed_at=row.closed_at,
        closed_by=signed,
        counts=counting.last_counts(work),
        may_take_back=_may_take_back(work, row),
    )


def _name(work: Work, resident_id: int) -> str:
    return work.session.get_one(Resident, resident_id).name
