"""The village's calendar, month by month: what concerns everybody, and what those in office see.

It names who holds an office, and nobody else: of what is kept for people it has counts alone. The
poster has what concerns everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import func, select

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.days import Say, plain, said_day_of_week, said_month, said_short_day
from kiosk.core.lunar_festivals import festivals
from kiosk.core.solar_terms import solar_term
from kiosk.core.texts import NO_TEXT, Texts
from kiosk.models.perks import Redemption
from kiosk.services import open_days
from kiosk.services.access import acting, offices, roles
from kiosk.services.access.acting import Acting
from kiosk.services.check import kinds
from kiosk.services.printing import queue
from kiosk.services.printing.papers import payload_of
from kiosk.services.printing.weekly_checkpoint import newest_whole_entry
from kiosk.services.rule_changes import showing
from kiosk.services.stars import rounds
from kiosk.services.stars.terms import last_day
from kiosk.services.upkeep import backup_places, fire_drill
from kiosk.services.upkeep.scheduler import BACKUP_EVERY
from kiosk.services.village import Village
from kiosk.services.work import reading

if TYPE_CHECKING:  # drawing is slow to import
    from kiosk.documents.rule_poster import RulePart, RulePoster

Size = Literal["A3", "A4"]
MAY: Final = roles.holders("see_what_waits")
ICONS: Final = {
    "holiday": "confetti",
    "closed": "lock",
    "weekly": "rotate",
    "open": "sun",
    "festival": "moon",
    "term": "leaf",
    "rule_decided": "scale",
    "rule_begins": "books",
    "round_ends": "home-star",
    "office_ends": "briefcase",
    "office_rests": "player-pause",
    "kept": "gift",
    "drill": "shield-check",
    "backup": "copy",
    "next_backup": "copy",
}
"""What can stand in it, and its picture; words at ``calendar.what_<what>``."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something on a day, or from it to another one."""

    day: date
    last: date | None = None
    what: str
    told: int = 0
    """How many; of a solar term which."""
    name: str = ""
    """In the village's own words, or who holds an office."""
    role: str = ""
    title: Texts = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month: what is on its days, in their order, and when the hall is closed."""

    first: date
    today: date
    marks: tuple[Mark, ...] = ()
    closed: frozenset[date] = field(default_factory=frozenset)


def for_everybody(village: Village, first: date) -> Month:
    """The month that begins on `first`, as anybody may see it."""
    marks = tuple(_of_all(village, first))
    with reading(village) as work:
        hall = open_days.open_days(work.session)
        closed = frozenset(each for each in days_of(first) if not hall.is_open(each))
        return _month(first, work.today, marks, closed)


def for_officials(village: Village, session_id: str, first: date) -> Month:
    """The same, and the ends of offices, what is kept for people as counts, and the next drill.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    seen = for_everybody(village, first)
    with acting.reading(village, session_id, *MAY) as work:
        more = tuple(_of_offices(work, first))
    machine = [each for each in _of_machine(village, seen.today) if each.day in days_of(first)]
    return _month(first, seen.today, (*seen.marks, *more, *machine), seen.closed)


def print_poster(
    village: Village,
    session_id: str,
    first: date,
    touch: str,
    language: Language,
    size: Size = "A4",
) -> int:
    """Print the month for the notice board, with what concerns everybody; the print job.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``unprintable``.
    """
    seen = for_everybody(village, first)
    about = f"{first.isoformat()} {language} {size}"
    with acting.once(village, session_id, touch, "print_calendar", about, MAY) as work:
        if work.known is not None:
            return int(work.known["job"])
        covers = newest_whole_entry(work.session)
        if covers is None:
            raise ValueError("whoever is signed in stands in the log")
        job = queue.enqueue(
            work,
            paper="calendar",
            reference=f"C{first:%Y%m}",
            media=size,
            payload=payload_of(_poster(village, seen, language)),
            covers=covers,
            note_lines=kinds.CALENDAR.write(day=first.isoformat()),
        )
        work.remember({"job": job})
        return job


def days_of(first: date) -> tuple[date, ...]:
    """Every day of the month that begins on `first`."""
    after = (first + timedelta(days=31)).replace(day=1)
    return tuple(first + timedelta(days=ahead) for ahead in range((after - first).days))


def said(say: Say, mark: Mark, language: Language) -> str:
    """What is on that day, in one sentence without the day."""
    if mark.what == "term":
        return say(f"home.term_{mark.told}")
    if mark.what == "festival":
        return say(f"calendar.festival_{mark.name}")
    if mark.what in ("holiday", "closed", "weekly", "open"):
        named = say(f"own.{mark.name}") if mark.name else ""
        return say(f"calendar.named_{mark.what}", named) if named else say(f"hall.what_{mark.what}")
    who = say("calendar.who", mark.name, say(f"access.role_{mark.role}")) if mark.role else ""
    return say(f"calendar.what_{mark.what}", mark.title.said(language) or who or mark.told)


def said_days(say: Say, mark: Mark) -> str:
    """The day, or the days from the first to the last."""
    if mark.last is None or mark.last == mark.day:
        return said_day_of_week(say, mark.day)
    return say("calendar.days", said_short_day(say, mark.day), said_short_day(say, mark.last))


def _month(first: date, today: date, marks: tuple[Mark, ...], closed: frozenset[date]) -> Month:
    order = sorted(marks, key=lambda each: (each.day, list(ICONS).index(each.what), each.name))
    return Month(first=first, today=today, marks=tuple(order), closed=closed)


def _of_all(village: Village, first: date) -> Iterator[Mark]:
    days = days_of(first)
    yield from _of_the_sky(days)
    with reading(village) as work:
        for span in open_days.open_days(work.session).spans:
            covered = [each for each in days if span.covers(each)]
            if covered:
                last = None if span.what == "weekly" else covered[-1]
                yield Mark(day=covered[0], last=last, what=span.what, name=span.name)
        of = rounds.current(work.session)
        if of is not None and (ends := last_day(of.year, of.quarter)) in days:
            yield Mark(day=ends, what="round_ends")
    for change in showing.shown(village):
        begins = change.begins
        on = begins or _plain_day(change.days.decided_from)
        if on in days:
            what = "rule_begins" if begins else "rule_decided"
            yield Mark(day=on, what=what, title=change.title)


def _of_the_sky(days: tuple[date, ...]) -> Iterator[Mark]:
    """What the sun and the moon say."""
    for day in days:
        term = solar_term(day)
        if term.days_since == 0:
            yield Mark(day=day, what="term", told=term.number)
    for day, name in festivals(days[0], days[-1]):
        yield Mark(day=day, what="festival", name=name)


def _plain_day(day: date) -> date:
    """A day that says nothing else: the calendar says beside it whether the hall is closed."""
    return date(day.year, day.month, day.day)


def _of_offices(work: Acting, first: date) -> Iterator[Mark]:
    days = days_of(first)
    for line in offices.offices_in(work):
        name, role = line.name, line.role
        if line.until is not None and line.until in days:
            yield Mark(day=line.until, what="office_ends", name=name, role=role)
        if line.pause is not None and line.pause.first <= days[-1] and line.pause.last >= first:
            begins, ends = max(first, line.pause.first), min(days[-1], line.pause.last)
            yield Mark(day=begins, last=ends, what="office_rests", name=name, role=role)
    kept = (
        select(Redemption.collect_by, func.count())
        .where(Redemption.state == "reserved", Redemption.collect_by.between(first, days[-1]))
        .group_by(Redemption.collect_by)
    )
    for day, count in work.session.execute(kept):
        yield Mark(day=day, what="kept", told=count)


def _of_machine(village: Village, today: date) -> Iterator[Mark]:
    """The next drill; the newest backup, and by when the next one is made."""
    if (drill := fire_drill.last_drill(village)) is not None:
        yield Mark(day=village_day(drill.at + fire_drill.EVERY), what="drill")
    if not village.database.is_sqlite:
        return  # a server has its own
    newest = backup_places.newest_in(village.directory.backups, village.clock.now())
    if newest is not None:
        yield Mark(day=village_day(newest.made_at), what="backup")
        due = village_day(newest.made_at + BACKUP_EVERY)
        yield Mark(day=max(due, today), what="next_backup")


def _poster(village: Village, seen: Month, language: Language) -> RulePoster:
    from kiosk.documents.rule_poster import RulePoster

    def say(key: str, *values: object) -> str:
        return village.catalogue.text(key, language, *values)

    month = say("hall.month", seen.first.year, said_month(say, seen.first))
    return RulePoster(
        village=village.settings.name,
        language=language,
        title=month,
        subtitle="",
        lead=(say("calendar.poster_lead" if seen.marks else "calendar.nothing"),),
        parts=tuple(_part(say, each, language) for each in seen.marks),
        foot=say("calendar.poster_foot"),
        qr_text="",
    )


def _part(say: Say, mark: Mark, language: Language) -> RulePart:
    from kiosk.documents.rule_poster import RulePart

    return RulePart(
        icon=ICONS[mark.what],
        heading=plain(said_days(say, mark)),
        points="",
        lines=(plain(said(say, mark, language)),),
    )
