"""What the screen shows while nobody is there: the board, page by page, and at night nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.services.board.board import HOW, Part
from kiosk.services.village import Village
from kiosk.ui.board.rest_model import MOST_LINES, RestModel, pages_of
from kiosk.ui.shell.idle import IdleTimes
from tests.ui.beginnings import neighbourhood
from tests.ui.neighbours import Neighbours
from tests.ui.touch import see, tap, texts, until
from tests.worlds.kept import grown

SOON = IdleTimes(rest=0.3)


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def resting(stage: MainWindow) -> RestModel:
    """The view-model of what is shown, once the screen rests."""
    until(lambda: stage.kiosk.property("resting"), "the rest")
    found = until(lambda: stage.window.findChildren(RestModel), "the board")
    return found[0]  # type: ignore[no-any-return]


def heading(stage: MainWindow) -> str:
    shown = see(stage.window, "rest.heading")
    return str(shown.property("text")) if shown is not None else ""


@pytest.mark.long
def test_the_board_stands_there_and_a_touch_brings_the_start_screen(
    lane: Neighbours, open_stage: Callable[..., MainWindow]
) -> None:
    stage = open_stage(SOON)
    model = resting(stage)
    until(lambda: heading(stage) == "做了好事，到机器上报一下。", "the first matter")
    for _ in HOW:
        model.turn()
    until(lambda: heading(stage) == "近期安排", "what comes next")
    shown = texts(stage.window)
    assert any("评星" in each for each in shown)
    assert "点一下屏幕就能开始" in shown
    tap(stage.window, "tile.rules")
    until(lambda: not see(stage.window, "rest.heading"), "that it is gone")
    assert stage.kiosk.property("atHome") is True


@pytest.mark.long
def test_after_the_last_page_comes_the_first_as_the_board_is_then(
    lane: Neighbours, open_stage: Callable[..., MainWindow]
) -> None:
    stage = open_stage(SOON)
    model = resting(stage)
    until(lambda: heading(stage), "the first matter")
    first = heading(stage)
    model.turn()
    until(lambda: heading(stage) != first, "the second")
    for _ in range(40):
        model.turn()
        if heading(stage) == first:
            break
    until(lambda: heading(stage) == first, "the first again")


@pytest.mark.long
def test_at_night_nothing_is_shown(lane: Neighbours, open_stage: Callable[..., MainWindow]) -> None:
    stage = open_stage(SOON)
    model = resting(stage)
    until(lambda: heading(stage), "the first matter")
    lane.clock.advance(hours=14)
    model.turn()
    until(lambda: not see(stage.window, "rest.heading"), "that it is dark")
    lane.clock.advance(hours=10)
    model.turn()
    until(lambda: heading(stage), "the morning")


def test_a_matter_with_many_lines_has_as_many_pages_as_it_needs() -> None:
    lines = tuple(str(each) for each in range(2 * MOST_LINES + 1))
    part = Part(name="wall", icon="star", heading="Thank you", lines=lines)
    pages = list(pages_of(part))
    assert [len(each.lines) for each in pages] == [MOST_LINES, MOST_LINES, 1]
    assert "".join("".join(each.lines) for each in pages) == "".join(lines)
    alone = Part(name="how_deed", icon="star", heading="Do something good")
    assert list(pages_of(alone)) == [alone]
