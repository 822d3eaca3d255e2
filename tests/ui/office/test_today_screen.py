"""What waits for an official, on one list: opened from it, and printed for the day's round."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.services.printing import queue, spooler
from kiosk.services.village import Village
from tests.ui.looks import whole_at_every_look
from tests.ui.neighbours import CLERK, OFFICER, Neighbours
from tests.ui.touch import see, tap, until
from tests.worlds.kept import grown

PERSON = "林春生"


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.settle(PERSON)
    neighbours.card_for(PERSON)
    neighbours.enrol(PERSON)
    neighbours.hand_in(PERSON, PERSON, "clean_docks")
    neighbours.join("李秀兰", "东街", "8")
    neighbours.hand_in("李秀兰", PERSON, "littering_docks")


def come_to_work(stage: MainWindow, lane: Neighbours, who: str) -> None:
    stage.kiosk.begin_session(lane.signed_in(who, official=True))
    stage.kiosk.open("staff")
    tile = until(lambda: see(stage.window, "staff.today"), "the tile")
    until(lambda: tile.property("mark"), "how much waits")


def test_an_officer_sees_what_to_decide_and_gets_there_with_a_tap(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_work(stage, lane, OFFICER)
    tap(stage.window, "staff.today")
    row = until(lambda: see(stage.window, "today.0"), "the list")
    assert row.property("text") == stage.kiosk.text("waits.what_decide_deed")
    assert row.property("aside").startswith("最迟")
    few = until(lambda: see(stage.window, "today.1"), "what has no day")
    assert few.property("text") == stage.kiosk.text("waits.what_too_few", 2)
    assert see(stage.window, "today.2") is None
    tap(stage.window, "today.0")
    until(lambda: stage.kiosk.property("screenName") == "desk", "where it is decided")


def test_a_clerk_prints_what_has_to_be_carried_to_whom(stage: MainWindow, lane: Neighbours) -> None:
    while spooler.print_next(lane.village):
        pass
    come_to_work(stage, lane, CLERK)
    tap(stage.window, "staff.today")
    row = until(lambda: see(stage.window, "today.0"), "the list")
    assert PERSON in row.property("detail")
    tap(stage.window, "today.print")
    until(lambda: see(stage.window, "paper.state"), "where the paper stands")
    spooler.print_next(lane.village)
    until(lambda: queue.jobs(lane.village)[0].phase == "done")
    assert queue.jobs(lane.village)[0].reference == f"R{lane.today:%Y-%m%d}"


@pytest.mark.parametrize(
    ("size", "mm"),
    [((1920, 1080), 1920 / 476), ((1080, 1920), 1080 / 268), ((1280, 800), 1280 / 261)],
)
def test_every_text_is_whole(
    open_stage: Callable[..., MainWindow], lane: Neighbours, size: tuple[int, int], mm: float
) -> None:
    stage = open_stage(size=size, mm=mm)
    come_to_work(stage, lane, CLERK)
    tap(stage.window, "staff.today")
    until(lambda: see(stage.window, "today.0"), "the list")
    whole_at_every_look(stage)
