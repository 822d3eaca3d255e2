"""What stands on the notice board today, and its poster.

Nothing here is of a person, except who asked to be on the thank-you wall. Totals come from services
that let none out of fewer than ten (article 7) and none that can still change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from sqlalchemy import select

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.days import Say, plain, said_day
from kiosk.models.printing import PrintJob
from kiosk.services.perks import catalogue as shelf
from kiosk.services.perks import floor
from kiosk.services.perks.catalogue import PerkLine
from kiosk.services.perks.floor import HandOutLine
from kiosk.services.printing.weekly_checkpoint import WEEKLY
from kiosk.services.rule_changes import showing
from kiosk.services.rule_changes.showing import ChangeLine
from kiosk.services.stars.progress import Next, next_round
from kiosk.services.stars.round_totals import Band, RoundTotals, round_totals
from kiosk.services.thanks.wall import WallLine, wall
from kiosk.services.upkeep import fire_drill
from kiosk.services.upkeep.fire_drill import Drill
from kiosk.services.village import Village
from kiosk.services.waiting import living_calendar
from kiosk.services.waiting.living_calendar import Mark
from kiosk.services.work import reading

Size = Literal["A3", "A4"]
COMING: Final = timedelta(days=31)
HOW: Final = (
    ("deed", "heart-handshake"),
    ("yes", "user-check"),
    ("sum", "plus"),
    ("stars", "home-star"),
    ("wallet", "wallet"),
    ("wrong", "scale"),
)
"""How it works, in six pictures; words at ``board.how_<name>``."""
TENS: Final = 10
"""Households are told in so many at a time (article 7)."""
MOST_NAMES: Final = 24
"""On the wall; the latest."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One matter of the board, in words that are ready."""

    name: str
    icon: str
    heading: str
    lines: tuple[str, ...] = ()
    bars: tuple[tuple[str, int], ...] = ()
    """So many of something, all held to one measure."""


@dataclass(frozen=True)
class WeekPaper:
    """The newest weekly checkpoint that came out, for anybody to take a picture of."""

    reference: str
    day: date
    entries: int
    """How many entries of the log it covers."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """Everything that stands on the board."""

    today: date
    perks: tuple[PerkLine, ...]
    """Of which some are left."""
    for_all: tuple[HandOutLine, ...]
    coming: tuple[Mark, ...]
    changes: tuple[ChangeLine, ...]
    round: RoundTotals | None
    wall: tuple[WallLine, ...]
    drill: Drill | None
    paper: WeekPaper | None
    next_round: Next


def board(village: Village) -> Board:
    """What stands on it today."""
    today = village_day(village.clock.now())
    return Board(
        today=today,
        perks=tuple(each for each in shelf.perks(village) if each.stock > 0),
        for_all=floor.open_hand_outs(village),
        coming=tuple(_coming(village, today)),
        changes=showing.on_the_start_screen(village),
        round=round_totals(village),
        wall=wall(village)[:MOST_NAMES],
        drill=fire_drill.last_drill(village),
        paper=_newest_paper(village),
        next_round=next_round(village),
    )


def said(village: Village, language: Language) -> tuple[Part, ...]:
    """What stands on it today, in words; nobody need be signed in."""
    return tuple(_parts(village, language, board(village)))


def poster(village: Village, language: Language, size: Size = "A4") -> bytes:
    """The board as a PDF.

    Raises:
        ExpectedError: ``unprintable``.
    """
    from kiosk.documents.board_poster import Bar, BoardPart, BoardPoster, board_poster_pdf

    def say(key: str, *values: object) -> str:
        return village.catalogue.text(key, language, *values)

    seen = board(village)
    parts = (
        BoardPart(
            icon=each.icon,
            heading=each.heading,
            lines=each.lines,
            bars=tuple(Bar(*bar) for bar in each.bars),
        )
        for each in _parts(village, language, seen)
    )
    told = BoardPoster(
        village=village.settings.name,
        language=language,
        title=say("board.title"),
        parts=tuple(parts),
        foot=plain(say("board.foot", said_day(say, seen.today))),
    )
    return board_poster_pdf(told, size)


def _coming(village: Village, today: date) -> Iterator[Mark]:
    """What is on from today, this month and the next, for a month ahead."""
    this = today.replace(day=1)
    for first in (this, (this + COMING).replace(day=1)):
        for mark in living_calendar.for_everybody(village, first).marks:
            if today <= (mark.last or mark.day) and mark.day <= today + COMING:
                yield mark


def _parts(village: Village, language: Language, seen: Board) -> Iterator[Part]:
    def say(key: str, *values: object) -> str:
        return plain(village.catalogue.text(key, language, *values))

    def part(name: str, icon: str, *lines: str) -> Part:
        return Part(name=name, icon=icon, heading=say(f"board.{name}"), lines=lines)

    for name, icon in HOW:
        yield Part(name=f"how_{name}", icon=icon, heading=say(f"board.how_{name}"))
    yield part("coming", "calendar-event", *_said_coming(say, seen, language))
    if seen.changes:
        changes = (
            say("board.change", each.title.said(language), said_day(say, each.days.decided_from))
            for each in seen.changes
        )
        yield part("changes", "books", *changes)
    perks = [say("board.perk", e.title.said(language), e.price, e.stock) for e in seen.perks]
    yield part("perks", "gift", *(perks or [say("board.no_perks")]))
    if seen.for_all:
        given = (
            say("board.gift", each.title.said(language), said_day(say, each.last_day))
            for each in seen.for_all
        )
        yield part("for_all", "users-group", *given)
    for each in seen.round.dimensions if seen.round else ():
        heading = say("board.round", say(f"stars.{each.dimension}"))
        bars = tuple((_said_band(say, band), about(band.homes)) for band in each.bands)
        yield Part(name=f"round_{each.dimension}", icon="star", heading=heading, bars=bars)
    thanks = [
        say("board.thanked", each.name, say(f"thanks.for_{each.picture}")) for each in seen.wall
    ]
    yield part("wall", "heart-handshake", *(thanks or [say("board.no_thanks")]))
    yield part("trust", "shield-check", _said_paper(say, seen), _drill(say, seen))


def _said_coming(say: Say, seen: Board, language: Language) -> tuple[str, ...]:
    """The round of stars, and what the calendar has."""
    coming = seen.next_round
    if coming.under_way or coming.first_day <= seen.today:
        key = "board.round_now" if coming.under_way else "board.round_soon"
        stars = say(key, coming.year, coming.quarter)
    else:
        stars = say("board.round_from", said_day(say, coming.first_day))
    return (stars, *(_said_mark(say, each, language) for each in seen.coming))


def _said_mark(say: Say, mark: Mark, language: Language) -> str:
    day, what = living_calendar.said_days(say, mark), living_calendar.said(say, mark, language)
    return plain(say("board.on_day", day, what))


def about(homes: int) -> int:
    """So many in tens: what one total has more than another is then nobody's household."""
    return round(homes / TENS) * TENS


def _said_band(say: Say, band: Band) -> str:
    homes = about(band.homes)
    if band.least == band.most:
        return say("board.band_one", band.least, homes)
    return say("board.band", band.least, band.most, homes)


def _newest_paper(village: Village) -> WeekPaper | None:
    with reading(village) as work:
        newest = (
            select(PrintJob)
            .where(PrintJob.paper == "slip", PrintJob.reference.startswith(WEEKLY))
            .where(PrintJob.phase == "done")
            .order_by(PrintJob.id.desc())
            .limit(1)
        )
        job = work.session.scalar(newest)
        if job is None or job.covers is None:
            return None
        return WeekPaper(job.reference, village_day(job.created_at), job.covers + 1)


def _said_paper(say: Say, seen: Board) -> str:
    paper = seen.paper
    if paper is None:
        return say("board.paper_none")
    return say("board.paper", paper.reference, said_day(say, paper.day), paper.entries)


def _drill(say: Say, seen: Board) -> str:
    if seen.drill is None:
        return say("board.drill_none")
    result = "board.drill_failed" if seen.drill.failed else "board.drill_well"
    return plain(say(result, said_day(say, village_day(seen.drill.at))))
