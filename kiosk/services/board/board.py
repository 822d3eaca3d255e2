"""What stands on the notice board today, and its poster.

Nothing here is of a person, except who asked to be on the thank-you wall. Totals come from services
that let none out of fewer than ten (article 7) and none that can still change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.days import Say, plain, said_day
from kiosk.services.perks import catalogue as shelf
from kiosk.services.perks import floor
from kiosk.services.perks.catalogue import PerkLine
from kiosk.services.perks.floor import HandOutLine
from kiosk.services.rule_changes import showing
from kiosk.services.rule_changes.showing import ChangeLine
from kiosk.services.stars.round_totals import Band, RoundTotals, round_totals
from kiosk.services.thanks.wall import WallLine, wall
from kiosk.services.upkeep import fire_drill
from kiosk.services.upkeep.fire_drill import Drill
from kiosk.services.village import Village
from kiosk.services.waiting import living_calendar
from kiosk.services.waiting.living_calendar import Mark

if TYPE_CHECKING:  # drawing is slow to import
    from kiosk.documents.board_poster import BoardPart

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
        wall=wall(village),
        drill=fire_drill.last_drill(village),
    )


def poster(village: Village, language: Language, size: Size = "A4") -> bytes:
    """The board as a PDF.

    Raises:
        ExpectedError: ``unprintable``.
    """
    from kiosk.documents.board_poster import BoardPoster, board_poster_pdf

    def say(key: str, *values: object) -> str:
        return village.catalogue.text(key, language, *values)

    seen = board(village)
    told = BoardPoster(
        village=village.settings.name,
        language=language,
        title=say("board.title"),
        parts=tuple(_parts(say, seen, language)),
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


def _parts(say: Say, seen: Board, language: Language) -> Iterator[BoardPart]:
    from kiosk.documents.board_poster import Bar, BoardPart

    for name, icon in HOW:
        yield BoardPart(icon=icon, heading=say(f"board.how_{name}"))
    perks = tuple(say("board.perk", e.title.said(language), e.price, e.stock) for e in seen.perks)
    yield BoardPart(
        icon="gift", heading=say("board.perks"), lines=perks or (say("board.no_perks"),)
    )
    if seen.for_all:
        given = (
            say("board.gift", each.title.said(language), said_day(say, each.last_day))
            for each in seen.for_all
        )
        yield BoardPart(
            icon="users-group", heading=say("board.for_all"), lines=tuple(map(plain, given))
        )
    coming = tuple(_said_mark(say, each, language) for each in seen.coming)
    nothing = (say("board.nothing_coming"),)
    yield BoardPart(icon="calendar-event", heading=say("board.coming"), lines=coming or nothing)
    if seen.changes:
        changes = tuple(
            plain(
                say(
                    "board.change", each.title.said(language), said_day(say, each.days.decided_from)
                )
            )
            for each in seen.changes
        )
        yield BoardPart(icon="books", heading=say("board.changes"), lines=changes)
    for each in seen.round.dimensions if seen.round else ():
        bars = (Bar(_said_band(say, band), band.homes) for band in each.bands)
        heading = say("board.round", say(f"stars.{each.dimension}"))
        yield BoardPart(icon="star", heading=heading, bars=tuple(bars))
    if seen.wall:
        thanks = tuple(
            say("board.thanked", each.name, say(f"thanks.for_{each.picture}")) for each in seen.wall
        )
        yield BoardPart(icon="confetti", heading=say("board.wall"), lines=thanks)
    yield BoardPart(icon="shield-check", heading=say("board.drill"), lines=(_drill(say, seen),))


def _said_mark(say: Say, mark: Mark, language: Language) -> str:
    day, what = living_calendar.said_days(say, mark), living_calendar.said(say, mark, language)
    return plain(say("board.on_day", day, what))


def _said_band(say: Say, band: Band) -> str:
    if band.least == band.most:
        return say("board.band_one", band.least, band.homes)
    return say("board.band", band.least, band.most, band.homes)


def _drill(say: Say, seen: Board) -> str:
    if seen.drill is None:
        return say("board.drill_none")
    result = "board.drill_failed" if seen.drill.failed else "board.drill_well"
    return plain(say(result, said_day(say, village_day(seen.drill.at))))
