"""The office's day by touch: counted in and opened, counted out and closed with a second card.

The slip that comes out says what was counted, and is known again.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.app import MainWindow
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.services.audit.tables import verify_village
from kiosk.services.check.papers import check_paper
from kiosk.services.perks import catalogue
from kiosk.services.workday import days
from tests.journeys.album import Album
from tests.journeys.hall import SMALL_SCREEN, Hall, choose, end_session, enter, sign_in, tap
from tests.ui.touch import see, until

CLERK, SECOND = "解小燕", "周根土"


def test_a_day_is_counted_opened_and_closed_by_two(
    hall: Hall, open_stage: Callable[..., MainWindow], album: Album
) -> None:
    soap = Texts({"zh": "肥皂两块", "en": "Two bars of soap"})
    catalogue.offer(hall.village, hall.session(CLERK), soap, 3, 12, new_touch_id())
    stage = open_stage(**SMALL_SCREEN)
    tap(stage, "staff")
    sign_in(stage, hall.cards[CLERK])
    tap(stage, "staff.workday")
    open_it(stage, album)
    close_it(stage, hall, album)
    end_session(stage)
    newest = days.desk(hall.village, hall.session(CLERK)).newest
    assert newest is not None
    assert newest.closed_by == (CLERK, SECOND)
    assert [(each.counted, each.reason) for each in newest.counts] == [
        *((471, ""), (200, ""), (40, ""), (6, "")),
        (11, "given"),
    ]
    assert check_paper(hall.village, hall.qr_of(hall.paper("slip"))).verdict == "genuine"
    assert verify_village(hall.village).consistent


def open_it(stage: MainWindow, album: Album) -> None:
    """In the morning: paper, rolls, and what is on the shelf."""
    until(lambda: see(stage.window, "workday.open"), "the day")
    album.step(stage, "not-yet-opened")
    tap(stage, "workday.open")
    for number in ("480", "200", "40", "6"):
        count(stage, number, album if number == "480" else None)
    tap(stage, "workday.as_before")
    until(lambda: see(stage.window, "workday.write"), "all of it")
    album.step(stage, "everything-counted")
    tap(stage, "workday.write")
    until(lambda: see(stage.window, "workday.close"), "the day that is open")


def close_it(stage: MainWindow, hall: Hall, album: Album) -> None:
    """In the evening: nine sheets were used, one piece is missing, and somebody else signs."""
    tap(stage, "workday.close")
    count(stage, "471")
    for _ in range(3):
        tap(stage, "workday.as_before")
    count(stage, "11")
    until(lambda: see(stage.window, "workday.why.0"), "why it is another number")
    album.step(stage, "why-it-is-another-number")
    choose(stage, "workday.why", stage.kiosk.text("workday.reason_given"))
    tap(stage, "workday.write")
    until(lambda: see(stage.window, "number_pad"), "the other's card")
    album.step(stage, "another-one-signs")
    enter(stage, hall.cards[SECOND][0])
    until(lambda: see(stage.window, "pin_pad"), "the PIN pad")
    enter(stage, hall.cards[SECOND][1])
    until(lambda: see(stage.window, "workday.done"), "that it is closed")
    until(lambda: see(stage.window, "paper.picture"), "the slip")
    album.step(stage, "closed")


def count(stage: MainWindow, number: str, album: Album | None = None) -> None:
    """Type how many there are."""
    until(lambda: see(stage.window, "workday.pad"), "the number pad")
    for key in number:
        tap(stage, f"pad.{key}")
    if album is not None:
        album.step(stage, "how-many")
    tap(stage, "workday.next")
