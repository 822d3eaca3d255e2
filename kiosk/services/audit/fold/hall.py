"""The days of the hall and the village's own words, as the log gives them; and days moved by them.

What was written last decides of a day, as `core.open_days` has it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from kiosk.core.clock import start_of_day
from kiosk.core.open_days import KINDS, OpenDays, one_is_left
from kiosk.models.cases import Case
from kiosk.models.hall import HallDay, OwnWord
from kiosk.models.perks import Redemption
from kiosk.models.rounds import Visit
from kiosk.services import open_days
from kiosk.services.access.roles import holders
from kiosk.services.audit.fold import access
from kiosk.services.audit.fold.days import days_of
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.calendar import closing_days
from kiosk.services.cases.flow import due_dates
from kiosk.services.hall import words
from kiosk.services.ledger.contents import Told
from kiosk.services.stars.terms import TOLD


def open_days_of(state: State, at: datetime | None = None) -> OpenDays:
    """The open days as they stand, or stood at a moment."""
    rows = state.rows(HallDay) if at else state.rows(HallDay, ended_at=None)
    return open_days.of_rows(each for each in rows if at is None or _stood(each, at))


def was_closed(state: State, day: date) -> bool:
    """Whether it was ever written down that the hall is closed on `day`."""
    return any(
        span.what != "open" and span.covers(day)
        for span in open_days.of_rows(state.rows(HallDay)).spans
    )


def _stood(row: Any, at: datetime) -> bool:
    return bool(row.at <= at and (row.ended_at is None or at < row.ended_at))


@takes(open_days.DAY_WRITTEN)
def day_written(state: State, entry: Entry, told: Told) -> None:
    """Days on which the hall is closed, or not; the machine writes the law's alone."""
    last = told["last"] and date.fromisoformat(told["last"])
    first = date.fromisoformat(told["first"])
    row = {"what": told["what"], "first_day": first, "last_day": last, "name": told["name"]}
    span = open_days.span_of(**row)
    if told["by"] is None and not open_days.is_law_day(span):
        state.not_allowed("not a day off that the law gives")
    _in_office(state, told["by"])
    if told["what"] not in KINDS or (last is None) != (told["what"] == "weekly"):
        state.not_allowed("no days")
    if last is not None and not first <= last <= first + open_days.LONGEST:
        state.not_allowed("no days")
    if all(first < day for day in days_of(entry)):
        state.not_allowed("reaches back")
    if not one_is_left((*open_days_of(state).spans, span)):
        state.not_allowed("leaves no day")
    state.put(HallDay, id=told["day"], by_id=told["by"], at=entry.at, **row)


@takes(open_days.DAY_ENDED)
def day_ended(state: State, entry: Entry, told: Told) -> None:
    """These days are as all others again."""
    _in_office(state, told["by"])
    if not state.change(HallDay, {"id": told["day"], "ended_at": None}, ended_at=entry.at):
        state.not_allowed("no such days")


@takes(closing_days.DUE_MOVED)
def due_moved(state: State, _entry: Entry, told: Told) -> None:
    """A closing that was written down gives who has to answer or to appeal the next open day."""
    case, due = state.get(Case, id=told["case"]), datetime.fromisoformat(told["due"])
    ends = open_days_of(state).next_open(due_dates.ends_on(case.due_at))
    if case.state not in due_dates.OWN or due != start_of_day(ends + timedelta(days=1)):
        state.not_allowed("not the next open day")
    if due <= case.due_at:
        state.not_allowed("not later")
    state.change(Case, {"id": case.id}, due_at=due)


@takes(closing_days.KEPT_LONGER)
def kept_longer(state: State, _entry: Entry, told: Told) -> None:
    """A closing that was written down keeps a reserved perk until the next open day."""
    kept, until = state.get(Redemption, id=told["redemption"]), date.fromisoformat(told["until"])
    if kept.state != "reserved" or until != open_days_of(state).next_open(kept.collect_by):
        state.not_allowed("not the next open day")
    if until <= kept.collect_by:
        state.not_allowed("not later")
    state.change(Redemption, {"id": kept.id}, collect_by=until)


@takes(closing_days.VISIT_MOVED)
def visit_moved(state: State, _entry: Entry, told: Told) -> None:
    """A closing that was written down gives a household that was told the next open day."""
    visit, due = state.get(Visit, id=told["visit"]), datetime.fromisoformat(told["due"])
    ends = open_days_of(state).next_open(due_dates.ends_on(visit.due_at))
    if visit.state != TOLD or due != start_of_day(ends + timedelta(days=1)):
        state.not_allowed("not the next open day")
    if due <= visit.due_at:
        state.not_allowed("not later")
    state.change(Visit, {"id": visit.id}, due_at=due)


@takes(words.WORD_WRITTEN)
def word_written(state: State, entry: Entry, told: Told) -> None:
    """A place, or a sentence, that reports are offered."""
    _in_office(state, told["by"])
    if told["what"] not in words.KINDS:
        state.not_allowed("no such words")
    row = {"id": told["word"], "what": told["what"], "name": told["name"]}
    state.put(OwnWord, by_id=told["by"], at=entry.at, **row)


@takes(words.WORD_CHANGED)
def word_changed(state: State, _entry: Entry, told: Told) -> None:
    """In other words."""
    _in_office(state, told["by"])
    standing = {"id": told["word"], "ended_at": None}
    if not state.change(OwnWord, standing, name=told["name"], by_id=told["by"]):
        state.not_allowed("no such words")


@takes(words.WORD_ENDED)
def word_ended(state: State, entry: Entry, told: Told) -> None:
    """No form offers it any more."""
    _in_office(state, told["by"])
    if not state.change(OwnWord, {"id": told["word"], "ended_at": None}, ended_at=entry.at):
        state.not_allowed("no such words")


def _in_office(state: State, by: int | None) -> None:
    if by is not None and access.held(state, by).isdisjoint(holders("keep_hall")):
        state.not_allowed("without the office")
