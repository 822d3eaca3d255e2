"""The keeper is led a step at a time; what is tried at the end is really tried."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.devices import machine_power
from kiosk.services.access import sessions
from kiosk.services.village import Village
from tests.ui.neighbours import Neighbours
from tests.ui.touch import drag, point_of, see, settle, tap, texts, until, write
from tests.worlds.kept import grown

KEEPER = "林春生"


def keeper_there(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.settle(KEEPER)
    neighbours.card_for(KEEPER)
    neighbours.appoint(KEEPER, "keeper")


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), keeper_there)


def come(stage: MainWindow, lane: Neighbours, screen: str, **opened: object) -> None:
    card = lane.cards[KEEPER]
    stage.kiosk.begin_session(sessions.sign_in(lane.village, card.number, card.pin, official=True))
    stage.kiosk.open(screen, opened)
    settle()


def told(stage: MainWindow) -> str:
    shown = see(stage.window, "guide.told")
    return shown.property("heading") if shown else ""


@pytest.mark.long
def test_a_roll_is_changed_and_a_test_slip_comes_out(stage: MainWindow, lane: Neighbours) -> None:
    come(stage, lane, "guide", task="slips")
    picture = until(lambda: see(stage.window, "guide.picture"), "the picture")
    assert picture.property("source").toString().startswith("image://picture/slips_1/")
    assert see(stage.window, "guide.act") is None
    tap(stage.window, "guide.next")
    tap(stage.window, "guide.next")
    tap(stage.window, "guide.act")
    out = stage.kiosk.text("guide.printed")
    until(lambda: out in told(stage), "that it is out")
    assert len(list(lane.village.directory.spool.glob("*.pdf"))) == 1


def test_the_scanner_says_what_it_read_and_nothing_is_opened(
    stage: MainWindow, lane: Neighbours
) -> None:
    come(stage, lane, "guide", task="scanner")
    stage.kiosk.card_scanned("GDC1-0000")
    until(lambda: told(stage) == stage.kiosk.text("guide.scanned_card"), "that it was a card")
    stage.kiosk.strange_scan()
    until(lambda: told(stage) == stage.kiosk.text("guide.scanned_nothing"), "that it was none")
    assert stage.kiosk.property("screenName") == "guide"


@pytest.mark.long
@pytest.mark.parametrize("allowed", [True, False])
def test_setting_the_clock_signs_out_and_where_it_may_not_be_set_nothing_typed_is_lost(
    stage: MainWindow,
    lane: Neighbours,
    allowed: bool,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programs = tmp_path_factory.mktemp("programs")
    monkeypatch.setenv("PATH", str(programs))
    if allowed:
        (programs / "timedatectl").write_text("#!/bin/sh\nexit 0\n")
        (programs / "timedatectl").chmod(0o755)
    come(stage, lane, "guide", task="clock")
    write(stage.window, "guide.moment", "2026-12-01 08:30")
    tap(stage.window, "guide.act")
    until(lambda: see(stage.window, "dialog.yes"), "the question")
    tap(stage.window, "dialog.yes")
    if allowed:
        until(lambda: not stage.kiosk.property("signedIn"), "being signed out")
        assert stage.kiosk.property("hint") == stage.kiosk.text("guide.clock_set")
        return
    error = until(lambda: see(stage.window, "error"), "the line to type")
    assert "timedatectl set-time" in error.property("text")
    field = until(lambda: see(stage.window, "guide.moment"), "the field")
    assert field.property("text") == "2026-12-01 08:30"


def test_the_touch_screen_is_well_once_every_circle_and_the_drag_were_felt(
    stage: MainWindow, lane: Neighbours
) -> None:
    come(stage, lane, "touch_test")
    for each in range(5):
        tap(stage.window, f"touch.{each}")
    well = stage.kiosk.text("guide.touch_well")
    assert until(lambda: see(stage.window, "touch.told")).property("heading") != well
    start = point_of(stage.window, "touch.ball")
    drag(stage.window, start, start + QPoint(stage.window.width(), 0))
    until(lambda: until(lambda: see(stage.window, "touch.told")).property("heading") == well)


@pytest.mark.long
def test_the_keeper_switches_off_and_a_backup_that_fails_is_asked_about(
    stage: MainWindow, lane: Neighbours, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(machine_power.VARIABLE, str(tmp_path / "now"))
    ended: list[bool] = []
    around = replace(stage.kiosk._around, switch_off=lambda: ended.append(True))
    monkeypatch.setattr(stage.kiosk, "_around", around)
    shutil.rmtree(lane.village.directory.backups)
    lane.village.directory.backups.write_text("no folder")
    come(stage, lane, "machine")
    tap(stage.window, "machine.switch_off")
    until(lambda: see(stage.window, "dialog.yes"), "the question")
    tap(stage.window, "dialog.yes")
    asked = stage.kiosk.text("machine.off_without_question")
    until(lambda: any(asked in each for each in texts(stage.window)), "that the backup failed")
    assert ended == []
    tap(stage.window, "dialog.yes")
    until(lambda: ended, "the end")
