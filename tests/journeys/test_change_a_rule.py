"""A rule is changed by touch: proposed, read by everybody, adopted by two, and in force.

The poster is read back from its printed page, and the log agrees with every paper.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pypdf import PdfReader

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.services.rule_changes import changes
from kiosk.services.rulebook import book
from tests.journeys.album import Album
from tests.journeys.hall import (
    SMALL_SCREEN,
    Hall,
    end_session,
    enter,
    every_paper_proves_the_log,
    sign_in,
    tap,
)
from tests.ui.touch import see, texts, until, write

OFFICER, SECOND = "周根土", "王建国"
TITLE, IN_ENGLISH = "借出小三轮", "Lent a cargo trike"
TEXT, TEXT_IN_ENGLISH = "把小三轮借给邻居运东西，不收钱。", "Lent it to a neighbour, without pay."


@pytest.mark.timeout(400)
def test_a_rule_from_an_officers_form_to_the_book(
    hall: Hall, open_stage: Callable[..., MainWindow], album: Album, clock: SettableClock
) -> None:
    stage = open_stage(**SMALL_SCREEN)
    come_to_the_book(stage, hall)
    album.step(stage, "rule-book")
    put_together(stage, album)
    poster = PdfReader(hall.paper("rule_poster")).pages[0].extract_text()
    assert TITLE in poster
    assert IN_ENGLISH in poster
    read_by_everybody(stage, album)

    clock.advance(days=14)
    come_to_the_book(stage, hall)
    adopted(stage, hall, album)
    clock.advance(minutes=10)
    assert changes.move_due(hall.village) == 1
    clock.advance(days=1)
    assert TITLE in [each.title["zh"] for each in book.current(hall.village)]
    tap(stage, "tile.rules")
    in_force(stage, hall, album)
    slips = [hall.qr_of(hall.paper("rule_poster"))]
    every_paper_proves_the_log(hall, slips)


def come_to_the_book(stage: MainWindow, hall: Hall) -> None:
    tap(stage, "staff")
    sign_in(stage, hall.cards[OFFICER])
    tap(stage, "staff.rule_book")
    until(lambda: see(stage.window, "rule_book.clean_docks"), "the rules")


def put_together(stage: MainWindow, album: Album) -> None:
    """One question after the other, then the whole, then the poster."""
    tap(stage, "rule_book.new")
    tap(stage, "rule_book.offer.own")
    tap(stage, "rule_book.kind.deed")
    album.step(stage, "area")
    tap(stage, "rule_book.area.helping_others")
    words(stage, TITLE, IN_ENGLISH)
    album.step(stage, "name")
    tap(stage, "rule_book.go_on")
    words(stage, TEXT, TEXT_IN_ENGLISH)
    tap(stage, "rule_book.go_on")
    tap(stage, "rule_book.reporters.anyone")
    album.step(stage, "picture")
    tap(stage, "rule_book.icon.tools")
    tap(stage, "rule_book.points.4")
    tap(stage, "rule_book.ladder.none")
    tap(stage, "rule_book.caps.none")
    until(lambda: see(stage.window, "rule_book.propose"), "the whole")
    album.step(stage, "look-it-over")
    tap(stage, "rule_book.propose")
    until(lambda: see(stage.window, "paper.picture"), "the poster")
    album.step(stage, "poster")
    end_session(stage)


def words(stage: MainWindow, chinese: str, english: str) -> None:
    until(lambda: see(stage.window, "rule.zh.input"), "the words")
    write(stage.window, "rule.zh.input", chinese)
    write(stage.window, "rule.en.input", english)


def read_by_everybody(stage: MainWindow, album: Album) -> None:
    changing = stage.kiosk.text("home.rules_changing")
    until(lambda: changing in texts(stage.window), "the start screen says so")
    album.step(stage, "start-screen")
    tap(stage, "tile.rules")
    until(lambda: TITLE in texts(stage.window), "what would change")
    album.step(stage, "read-by-everybody")
    tap(stage, "back")


def adopted(stage: MainWindow, hall: Hall, album: Album) -> None:
    """The assembly's day, the first day, and the second officer's card and PIN."""
    album.step(stage, "after-14-days")
    tap(stage, "changes.adopt.0")
    until(lambda: see(stage.window, "rule_book.day.2026-12-07"), "the days")
    album.step(stage, "assembly")
    tap(stage, "rule_book.day.2026-12-07")
    until(lambda: see(stage.window, "rule_book.begins.0"), "the first day")
    album.step(stage, "from-which-day")
    tap(stage, "rule_book.begins.0")
    until(lambda: see(stage.window, "number_pad"), "the second officer's card")
    album.step(stage, "second-officer")
    enter(stage, hall.cards[SECOND][0])
    until(lambda: see(stage.window, "pin_pad"), "the PIN pad")
    enter(stage, hall.cards[SECOND][1])
    until(lambda: see(stage.window, "rule_book.adopted"), "that it is written down")
    album.step(stage, "written-down")
    end_session(stage)


def in_force(stage: MainWindow, hall: Hall, album: Album) -> None:
    """Everybody reads the new rule, and what would happen if."""
    found = next(each.rule for each in book.current(hall.village) if each.title["zh"] == TITLE)
    until(lambda: see(stage.window, f"rules.{found}"), "the new rule")
    tap(stage, f"rules.{found}")
    until(lambda: see(stage.window, "rule.if.3"), "what would happen")
    album.step(stage, "in-force")
