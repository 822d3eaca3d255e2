"""Thanks by touch: four taps, a picture, and a yes of the person whom they are for."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from kiosk.app import MainWindow
from kiosk.models.cases import Case
from kiosk.services.audit.tables import verify_village
from tests.journeys.album import Album
from tests.journeys.hall import SMALL_SCREEN, Hall, end_session, screen, sign_in, slip_in_sight, tap
from tests.ui.touch import see, texts, until

GIVER, HELPER = "李秀兰", "林春生"


def test_thanks_take_four_taps_and_wait_for_a_yes(
    hall: Hall, open_stage: Callable[..., MainWindow], album: Album
) -> None:
    stage = open_stage(**SMALL_SCREEN)
    say_it(stage, hall, album)
    assert state_of(hall) == "submitted"
    hear_it(stage, hall, album)
    assert state_of(hall) == "accepted"
    assert verify_village(hall.village).consistent


def say_it(stage: MainWindow, hall: Hall, album: Album) -> None:
    """From the start screen: thanks, whom, what for; card and PIN are no taps of the screen's."""
    tap(stage, "thanks")
    sign_in(stage, hall.cards[GIVER])
    until(lambda: see(stage.window, "thanks.near.0"), "who lives near")
    album.step(stage, "whom")
    tap(stage, "thanks.other")
    until(lambda: see(stage.window, "thanks.search"), "the field")
    tap(stage, "back")
    tap(stage, whom(stage))
    until(lambda: see(stage.window, "thanks.for.harvest"), "the pictures")
    album.step(stage, "what-for")
    tap(stage, "thanks.for.harvest")
    until(lambda: see(stage.window, "thanks.take_back"), "that it is said")
    slip_in_sight(stage)
    album.step(stage, "said")
    end_session(stage)


def whom(stage: MainWindow) -> str:
    """The line of the helper, who lives near."""
    for place in range(8):
        line = see(stage.window, f"thanks.near.{place}")
        if line is not None and line.property("text") == HELPER:
            return f"thanks.near.{place}"
    raise AssertionError(f"{HELPER} is not near")


def hear_it(stage: MainWindow, hall: Hall, album: Album) -> None:
    """Who is thanked sees the picture, and says yes."""
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards[HELPER])
    until(lambda: see(stage.window, "notice.thanks"), "the picture")
    assert "谢谢您帮我收茶收稻" in "".join(texts(stage.window))
    album.step(stage, "heard")
    tap(stage, "answer")
    screen(stage, "my_record")
    end_session(stage)


def state_of(hall: Hall) -> str:
    with hall.village.read() as session:
        return session.scalars(select(Case.state).where(Case.thanks == "harvest")).one()
