"""The office's day by touch: counted, opened, and closed with another official's card."""

from __future__ import annotations

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.services.perks import catalogue
from kiosk.services.village import Village
from kiosk.services.workday import days
from tests.ui.neighbours import CLERK, SECOND_OFFICER, Neighbours
from tests.ui.touch import see, tap, texts, until
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), Neighbours.found)


def _offer(lane: Neighbours, name: str) -> None:
    title = Texts({"zh": name, "en": name})
    catalogue.offer(lane.village, lane.at_work(CLERK), title, 1, 4, new_touch_id())


def _count(stage: MainWindow, *numbers: str) -> None:
    for number in numbers:
        until(lambda: see(stage.window, "workday.pad"), "the number pad")
        for key in number:
            tap(stage.window, f"pad.{key}")
        tap(stage.window, "workday.next")


def _says(stage: MainWindow, words: str) -> None:
    until(lambda: any(words in each for each in texts(stage.window)), words)


def _open(stage: MainWindow, lane: Neighbours) -> None:
    stage.kiosk.begin_session(lane.signed_in(CLERK, official=True))
    stage.kiosk.open("workday")
    until(lambda: see(stage.window, "workday.open"), "the day")
    tap(stage.window, "workday.open")


@pytest.mark.long
def test_what_was_counted_stays_when_something_is_added_meanwhile(
    stage: MainWindow, lane: Neighbours
) -> None:
    _open(stage, lane)
    _count(stage, "480", "200", "40", "6")
    until(lambda: see(stage.window, "workday.write"), "all of it")
    _offer(lane, "肥皂")
    tap(stage.window, "workday.write")
    _says(stage, "要数的东西变了")
    _says(stage, "「肥皂」有几件？")
    _count(stage, "3")
    until(lambda: see(stage.window, "workday.why.0"), "why it is another number")
    tap(stage.window, "workday.why.4")
    until(lambda: see(stage.window, "workday.write"), "all of it")
    tap(stage.window, "workday.write")
    until(lambda: see(stage.window, "workday.close"), "the day that is open")
    newest = days.desk(lane.village, lane.at_work(CLERK)).newest
    assert newest is not None
    counts = {each.item: (each.counted, each.reason) for each in newest.counts}
    assert counts["a4"] == (480, "")
    assert (3, "unknown") in counts.values()


@pytest.mark.long
def test_a_day_that_nobody_closed_is_said_and_both_can_be_done(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    _open(stage, lane)
    _count(stage, "9", "9", "9", "9")
    until(lambda: see(stage.window, "workday.write"), "all of it")
    tap(stage.window, "workday.write")
    until(lambda: see(stage.window, "workday.close"), "the day that is open")
    assert see(stage.window, "workday.open") is None
    stage.kiosk.endSession()
    clock.advance(days=1)
    stage.kiosk.begin_session(lane.signed_in(SECOND_OFFICER, official=True))
    stage.kiosk.open("workday")
    until(lambda: see(stage.window, "workday.left_open"), "that it was not closed")
    assert see(stage.window, "workday.close") is not None
    assert see(stage.window, "workday.open") is not None
