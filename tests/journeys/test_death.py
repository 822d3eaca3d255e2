"""A death by touch: a clerk writes it down, a second officer agrees; after ten minutes it is so.

What the widow has stays as it was: her score, the sign's agreement, every paper. Nobody finds the
dead any more.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.services.households import doctor, events
from tests.journeys.album import Album
from tests.journeys.hall import (
    SMALL_SCREEN,
    Hall,
    at_the_register,
    end_session,
    every_paper_proves_the_log,
    nobody_is_found,
    screen,
    second_officer,
    sign_in,
    slips_of,
    sum_on_screen,
    tap,
)
from tests.ui.touch import see, until

DEAD, WIDOW = "林春生", "林小梅"
CLERK, OFFICER = "解小燕", "周根土"


def test_a_death_from_the_desk_to_the_widows_record(
    hall: Hall, open_stage: Callable[..., MainWindow], album: Album, clock: SettableClock
) -> None:
    stage = open_stage(**SMALL_SCREEN)
    doctor.print_questions(hall.village, hall.session(CLERK), new_touch_id())
    before = score_of(stage, hall, WIDOW)
    at_the_register(stage, hall, CLERK, DEAD, album)
    tap(stage, "register.happens.death")
    until(lambda: see(stage.window, "register.who.0"), "who it is")
    album.step(stage, "who")
    tap(stage, "register.who.0")
    until(lambda: see(stage.window, "register.changes"), "what changes")
    album.step(stage, "what-changes-and-what-does-not")
    tap(stage, "register.write")
    second_officer(stage, hall, OFFICER, album)
    album.step(stage, "written-down")
    tap(stage, "register.to_list")
    until(lambda: see(stage.window, "register.take_back.0"), "what waits")
    album.step(stage, "ten-minutes-to-take-it-back")
    end_session(stage)

    clock.advance(minutes=10)
    assert events.carry_out_due(hall.village) == 1
    nobody_is_found(stage, "lcs")
    album.step(stage, "nobody-is-found")
    tap(stage, "back")
    screen(stage, "home")
    assert score_of(stage, hall, WIDOW) == before
    every_paper_proves_the_log(hall, slips_of(hall))


def score_of(stage: MainWindow, hall: Hall, name: str) -> list[int]:
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards[name])
    screen(stage, "my_record")
    found = sum_on_screen(stage)
    end_session(stage)
    return found
