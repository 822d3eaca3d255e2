"""The hall's own screen by touch: a place, a sentence and days off are written down and ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.services import open_days
from kiosk.services.hall import words
from kiosk.services.village import Village
from tests.ui.neighbours import CLERK, Neighbours
from tests.ui.touch import see, tap, texts, until, write
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), Neighbours.found)


def steps(stage: MainWindow, *names: str) -> None:
    for name in names:
        until(lambda each=name: see(stage.window, each), name)  # type: ignore[misc]
        tap(stage.window, name)


def say(stage: MainWindow, chinese: str) -> None:
    until(lambda: see(stage.window, "hall.zh.input"), "the words")
    write(stage.window, "hall.zh.input", chinese)
    tap(stage.window, "hall.write")


def _typed(stage: MainWindow) -> str:
    field = see(stage.window, "hall.zh.input")
    return str(field.property("text")) if field else ""


@pytest.mark.long
def test_a_clerk_keeps_the_village_s_own_words_and_days(
    stage: MainWindow, lane: Neighbours
) -> None:
    stage.kiosk.begin_session(lane.signed_in(CLERK, official=True))
    stage.kiosk.open("hall")
    steps(stage, "hall.add.place")
    say(stage, "教堂礼拜")
    until(lambda: any("教堂" in each for each in texts(stage.window)), "what the gate says")
    assert "教堂礼拜" in _typed(stage)  # nothing is lost
    steps(stage, "back", "hall.add.place")
    say(stage, "老榕树下")
    until(lambda: see(stage.window, "hall.add.place"), "the page again")
    assert words.offered(lane.village).places[0] == "老榕树下"
    day = lane.today + timedelta(days=1)
    steps(stage, "hall.add_days", "hall.what.closed", f"hall.day.{day}", f"hall.day.{day}")
    say(stage, "盘点")
    until(lambda: see(stage.window, "hall.became_later"), "how many deadlines became later")
    assert not open_days.of_village(lane.village).is_open(day)
    steps(stage, "hall.day.end.0", "dialog.yes")
    until(lambda: see(stage.window, "hall.day.end.0") is None, "that it is open again")
    assert open_days.of_village(lane.village).is_open(day)
