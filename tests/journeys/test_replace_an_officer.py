"""An officer is replaced by touch: a neighbour is appointed, her card vouched for, the first ends.

Each step is signed by a second officer of another household with card and PIN; at the end the new
officer is that second one, and `kiosk verify` finds the village whole.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.app import MainWindow
from kiosk.services.access import offices
from kiosk.services.audit.tables import verify_village
from tests.journeys.album import Album
from tests.journeys.hall import SMALL_SCREEN, Hall, choose, end_session, enter, sign_in, tap
from tests.services.access.entries import ledger_of
from tests.ui.touch import see, until, write

FIRST, LEAVES, FOLLOWS = "周根土", "王建国", "方志强"


def test_an_officer_is_replaced_and_nobody_is_missing_meanwhile(
    hall: Hall, open_stage: Callable[..., MainWindow], album: Album
) -> None:
    stage = open_stage(**SMALL_SCREEN)
    come_to_the_offices(stage, hall, album)
    appoint(stage, hall, album)
    vouch(stage, hall, album)
    end(stage, hall, album)
    end_session(stage)
    officers = [
        each.name
        for each in offices.offices(hall.village, hall.session(FOLLOWS))
        if each.role == "officer" and each.last_day is None
    ]
    assert sorted(officers) == sorted((FIRST, FOLLOWS))
    granted, ended = (
        ledger_of(hall.village, "role_granted")[-1],
        ledger_of(hall.village, "role_ended"),
    )
    assert (granted["by"], granted["second"]) == (hall.resident(FIRST), hall.resident(LEAVES))
    assert [(each["resident"], each["second"], each["reason"]) for each in ended] == [
        (hall.resident(LEAVES), hall.resident(FOLLOWS), "replaced")
    ]
    assert verify_village(hall.village).consistent


def come_to_the_offices(stage: MainWindow, hall: Hall, album: Album) -> None:
    """What waits says that the officers are of two households only."""
    tap(stage, "staff")
    sign_in(stage, hall.cards[FIRST])
    tap(stage, "staff.today")
    until(lambda: see(stage.window, "today.0"), "what waits")
    album.step(stage, "what-waits")
    choose(stage, "today", stage.kiosk.text("waits.what_too_few", 2))
    until(lambda: see(stage.window, "offices.too_few"), "the offices")
    album.step(stage, "offices")


def appoint(stage: MainWindow, hall: Hall, album: Album) -> None:
    """方志强 becomes an officer; 王建国, who is to leave, signs as the second one."""
    tap(stage, "offices.appoint")
    write(stage.window, "offices.search.input", FOLLOWS)
    tap(stage, "offices.person.0")
    choose(stage, "offices.role", stage.kiosk.text("access.role_officer"))
    until(lambda: see(stage.window, "offices.reason.0"), "the reasons")
    album.step(stage, "why")
    choose(stage, "offices.reason", stage.kiosk.text("offices.reason_elected"))
    the_day(stage, album)
    until(lambda: see(stage.window, "offices.until.0"), "for how long")
    tap(stage, "offices.until.0")
    second(stage, hall, LEAVES, album)
    album.step(stage, "appointed")
    tap(stage, "offices.to_list")


def vouch(stage: MainWindow, hall: Hall, album: Album) -> None:
    """Her card came from a clerk: an officer says that it is in the right hands."""
    tap(stage, row_of(stage, FOLLOWS, "vouch"))
    second(stage, hall, FIRST)
    tap(stage, "offices.to_list")
    until(lambda: see(stage.window, "offices.too_few") is None, "that there are three households")
    album.step(stage, "three-households")


def end(stage: MainWindow, hall: Hall, album: Album) -> None:
    """王建国 goes, and the new officer signs as the second one."""
    tap(stage, row_of(stage, LEAVES, "end"))
    choose(stage, "offices.reason", stage.kiosk.text("offices.reason_replaced"))
    the_day(stage)
    second(stage, hall, FOLLOWS)
    album.step(stage, "ended")
    tap(stage, "offices.to_list")
    until(lambda: row_of(stage, FOLLOWS, "end"), "the offices as they stand")


def the_day(stage: MainWindow, album: Album | None = None) -> None:
    """The assembly was today."""
    today = f"offices.day.{stage.kiosk.clock.now():%Y-%m-%d}"
    until(lambda: see(stage.window, today), "the days")
    if album:
        album.step(stage, "which-day")
    tap(stage, today)


def second(stage: MainWindow, hall: Hall, who: str, album: Album | None = None) -> None:
    """An officer types the number of their card, and their PIN."""
    until(lambda: see(stage.window, "card_number"), "the card's page")
    if album:
        album.step(stage, "second-officer")
    number, pin = hall.cards[who]
    enter(stage, number)
    until(lambda: see(stage.window, "card_label"), "the PIN's page")
    enter(stage, pin)
    until(lambda: see(stage.window, "offices.done"), "that it is done")


def row_of(stage: MainWindow, name: str, what: str) -> str:
    """The button of somebody's row; empty as long as there is none."""

    def found() -> str:
        for place in range(12):
            row = see(stage.window, f"offices.{place}")
            button = f"offices.{what}.{place}"
            if row is not None and row.property("text") == name and see(stage.window, button):
                return button
        return ""

    return str(until(found, f"the row of {name}"))
