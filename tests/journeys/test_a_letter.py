"""A letter about oneself by touch: composed, seen, signed, checked, ended, and checked again."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.app import MainWindow
from kiosk.services.audit.tables import verify_village
from tests.journeys.album import Album
from tests.journeys.hall import SMALL_SCREEN, Hall, end_session, enter, screen, sign_in, tap
from tests.ui.touch import see, texts, until, write

HOLDER = "李秀兰"


def test_a_letter_is_composed_checked_and_ended(
    hall: Hall, open_stage: Callable[..., MainWindow], album: Album
) -> None:
    stage = open_stage(**SMALL_SCREEN)
    agree(stage, hall, album)
    compose(stage, hall, album)
    code = hall.qr_of(hall.paper("letter"))
    end_session(stage)
    check(stage, code, "这封信是真的，现在有效")
    album.step(stage, "anyone-checks-it")
    end(stage, hall, album)
    check(stage, code, "是真的，已经作废")
    album.step(stage, "it-counts-no-more")
    assert verify_village(hall.village).consistent


def agree(stage: MainWindow, hall: Hall, album: Album) -> None:
    """She opens her letters, and agrees to letters first."""
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards[HOLDER])
    tap(stage, "open_letters")
    until(lambda: see(stage.window, "letters.not_agreed"), "that she has not agreed")
    tap(stage, "letters.consents")
    tap(stage, "agree.letter")
    tap(stage, "dialog.yes")
    until(lambda: see(stage.window, "withdraw.letter"), "that she agreed")
    tap(stage, "back")
    until(lambda: see(stage.window, "letters.new"), "her letters")
    album.step(stage, "my-letters")


def compose(stage: MainWindow, hall: Hall, album: Album) -> None:
    """She taps what it is to say, sees it, signs it with card and PIN, and it is printed."""
    tap(stage, "letters.new")
    tap(stage, "letters.fact.lives")
    tap(stage, "letters.fact.joined")
    album.step(stage, "what-it-says")
    tap(stage, "letters.facts_done")
    write(stage.window, "letters.whom.input", "镇中心小学")
    album.step(stage, "for-whom")
    tap(stage, "letters.whom_done")
    tap(stage, "letters.choice.0")
    album.step(stage, "how-long")
    tap(stage, "letters.choice.1")
    until(lambda: see(stage.window, "letters.picture"), "the letter")
    album.step(stage, "seen-before-it-is-signed")
    tap(stage, "letters.sign")
    card, pin = hall.cards[HOLDER]
    until(lambda: see(stage.window, "number_pad"), "the number pad")
    enter(stage, card)
    until(lambda: see(stage.window, "pin_pad"), "the PIN pad")
    enter(stage, pin)
    until(lambda: see(stage.window, "letters.signed"), "that it is signed")
    until(lambda: see(stage.window, "paper.picture"), "the printed letter")
    album.step(stage, "signed-and-printed")


def end(stage: MainWindow, hall: Hall, album: Album) -> None:
    """She takes it back with two taps."""
    tap(stage, "back")
    screen(stage, "home")
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards[HOLDER])
    tap(stage, "open_letters")
    tap(stage, "letters.end.0")
    until(lambda: see(stage.window, "dialog.yes"), "the question")
    album.step(stage, "asked-first")
    tap(stage, "dialog.yes")
    until(lambda: see(stage.window, "letters.ended"), "that it is over")
    end_session(stage)


def check(stage: MainWindow, code: str, heading: str) -> None:
    """Whoever has the sheet holds it before the scanner."""
    stage.kiosk.note_scanned(code)
    until(lambda: heading in texts(stage.window), heading)
