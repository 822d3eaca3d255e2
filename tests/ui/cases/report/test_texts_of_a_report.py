"""Every text of a report is whole at the largest size, on every panel."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.app import MainWindow
from tests.ui.cases.report.filling_in import (
    ME,
    NEIGHBOUR,
    begin,
    choose_rule,
    come_to_words,
    drawn,
    drive_seen,
    hand_in,
    kept,
    only_case,
    reference,
    snap,
)
from tests.ui.neighbours import Neighbours
from tests.ui.panels import PANELS
from tests.ui.touch import ill_placed, rest, see, settle, tap, until


@pytest.mark.parametrize("panel", PANELS)
def test_every_text_of_every_step_is_whole_at_the_largest_size(
    open_stage: Callable[..., MainWindow], lane: Neighbours, stick: Path, panel: str
) -> None:
    for number in range(14):
        snap(stick, f"{number}.jpg")
    (stick / "b.heic").write_bytes(b"heic")
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    begin(stage, lane, "good")
    stage.kiosk.set_comfort(3, False)
    until(lambda: see(stage.window, "report.whom.self"), "the first question")
    steps: tuple[Callable[[], None], ...] = (
        lambda: tap(stage.window, "report.whom.self"),
        lambda: choose_rule(stage, "当志愿者"),
        lambda: tap(stage.window, "report.hours.4"),
        lambda: tap(stage.window, "report.earlier"),
        lambda: tap(stage.window, "report.recent"),
        lambda: tap(stage.window, "report.quick.0"),
        lambda: tap(stage.window, "report.part.unsure"),
        lambda: tap(stage.window, "report.place.fields"),
        lambda: drive_seen(stage),
        lambda: tap(stage.window, "report.words_done"),
        lambda: tap(stage.window, "report.photo.0"),
        lambda: until(lambda: kept(stage) == 1, "the photograph"),
        lambda: tap(stage.window, "report.photos_done"),
        lambda: tap(stage.window, "report.witnesses_done"),
        lambda: hand_in(stage),
    )
    for go in steps:
        for _ in range(2):
            stage.kiosk.switchLanguage()
            drawn(stage)
            assert ill_placed(stage.window) == [], stage.kiosk.tongue
        go()
    reference(stage)
    drawn(stage)
    assert ill_placed(stage.window) == []
    assert only_case(lane.village).hours == 4


@pytest.mark.parametrize("panel", PANELS)
def test_every_text_about_what_may_be_the_same_is_whole_at_the_largest_size(
    open_stage: Callable[..., MainWindow], lane: Neighbours, stick: Path, panel: str
) -> None:
    lane.hand_in(NEIGHBOUR, ME, "clean_docks")
    snap(stick, "a.jpg")
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    begin(stage, lane, "good")
    stage.kiosk.set_comfort(3, False)
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    come_to_words(stage)
    drive_seen(stage)
    tap(stage.window, "report.words_done")
    tap(stage.window, "report.photo.0")
    until(lambda: kept(stage) == 1, "the photograph")
    shutil.rmtree(stick)
    until(lambda: see(stage.window, "report.photos.out.0"), "what was taken")
    steps: tuple[Callable[[], None], ...] = (
        lambda: tap(stage.window, "report.photos_done"),
        lambda: tap(stage.window, "report.witnesses_done"),
        lambda: tap(stage.window, "report.same.yes"),
        lambda: tap(stage.window, "report.same.accept"),
    )
    for go in steps:
        for _ in range(2):
            stage.kiosk.switchLanguage()
            drawn(stage)
            assert ill_placed(stage.window) == [], stage.kiosk.tongue
        # Scrolled into sight, an answer may lie where the page before was tapped: it waits longer.
        rest(stage.window, 2000)
        go()
        settle()
