"""One's data in one's own hands, by touch: a correction, a pause, a copy, leaving."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kiosk.app import Stage
from kiosk.core.clock import SettableClock
from kiosk.models.residents import Resident
from kiosk.services import access, rights
from kiosk.services.access import pins
from kiosk.services.village import Village
from tests.ui.neighbours import Neighbours
from tests.ui.touch import ill_placed, see, settle, tap, until, write


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shipped is asserted with the access room."""
    monkeypatch.setattr(pins, "SHIPPED", pins.Cost(memory_kib=64, passes=1))


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    neighbours = Neighbours(sqlite_village, clock)
    neighbours.found()
    neighbours.join("林春生")
    return neighbours


def open_my_data(stage: Stage, lane: Neighbours) -> None:
    card = lane.cards["林春生"]
    stage.kiosk.begin_session(access.sign_in(lane.village, card.number, card.pin))
    stage.kiosk.open("my_data")
    settle()


def done(stage: Stage, key: str) -> None:
    """Wait until the screen says the sentence."""
    said = stage.kiosk.text(key)
    until(lambda: (item := see(stage.window, "my_data.done")) and item.property("text") == said)


def test_a_rest_is_taken_with_two_taps_and_ended_with_one(stage: Stage, lane: Neighbours) -> None:
    open_my_data(stage, lane)
    tap(stage.window, "my_data.pause")
    tap(stage.window, "dialog.yes")
    done(stage, "my_data.paused")
    assert rights.paused(lane.village, lane.at_home("林春生")) is not None

    tap(stage.window, "my_data.pause")
    done(stage, "my_data.resumed")
    assert rights.paused(lane.village, lane.at_home("林春生")) is None


def test_a_correction_is_asked_for_and_seen_on_the_list(stage: Stage, lane: Neighbours) -> None:
    open_my_data(stage, lane)
    tap(stage.window, "my_data.correct")
    tap(stage.window, "my_data.what.phone")
    write(stage.window, "my_data.words.input", "尾号是 0417。")
    tap(stage.window, "my_data.ask")
    until(lambda: see(stage.window, "my_data.correction.0"), "the line")

    asked = rights.my_corrections(lane.village, lane.at_home("林春生"))
    assert [(each.what, each.words) for each in asked] == [("phone", "尾号是 0417。")]


def test_a_copy_is_written_that_other_programs_can_read(stage: Stage, lane: Neighbours) -> None:
    open_my_data(stage, lane)
    tap(stage.window, "my_data.copy")
    until(lambda: see(stage.window, "my_data.done"), "where it is")

    (file,) = lane.village.directory.spool.glob("*.json")
    assert json.loads(file.read_text("utf-8"))["person"]["name"] == "林春生"


def test_leaving_says_first_what_goes_and_then_erases_the_name(
    stage: Stage, lane: Neighbours
) -> None:
    open_my_data(stage, lane)
    tap(stage.window, "my_data.leave")
    tap(stage.window, "my_data.go")
    tap(stage.window, "dialog.yes")
    until(lambda: see(stage.window, "my_data.left"), "the last word")

    with lane.village.read() as session:
        person = session.get_one(Resident, lane.people["林春生"])
        assert not person.active
        assert person.name != "林春生"


@pytest.mark.parametrize(
    ("size", "mm"),
    [((1920, 1080), 1920 / 476), ((1080, 1920), 1080 / 268), ((1280, 800), 1280 / 261)],
)
def test_every_text_is_whole(
    open_stage: Callable[..., Stage], lane: Neighbours, size: tuple[int, int], mm: float
) -> None:
    stage = open_stage(size=size, mm=mm)
    open_my_data(stage, lane)
    for opened in ("", "my_data.correct", "my_data.leave"):
        if opened:
            tap(stage.window, opened)
        if opened == "my_data.correct":
            tap(stage.window, "my_data.what.other")
        for text_step in range(4):
            stage.kiosk.set_comfort(text_step, False)
            for _ in range(2):
                stage.kiosk.switchLanguage()
                stage.window.grabWindow()
                settle()
                assert ill_placed(stage.window) == [], f"{opened} {text_step}"
        stage.kiosk.set_comfort(0, False)
        settle()
        if opened == "my_data.correct":
            tap(stage.window, "back")
