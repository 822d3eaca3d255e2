"""A keeper puts the village back where it stands, in two steps, with the recovery sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.app import LazyVillage
from kiosk.core.clock import SettableClock
from kiosk.services.access import sessions
from kiosk.services.audit.tables import verify_village
from kiosk.services.upkeep.backup import back_up
from kiosk.services.upkeep.recovery_key import key_text
from kiosk.services.village import Village
from tests.ui.machine import machine
from tests.ui.neighbours import Neighbours
from tests.ui.touch import see, settle, tap, until, write
from tests.worlds.kept import grown


def a_keeper(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.settle("林春生")
    neighbours.card_for("林春生")
    neighbours.appoint("林春生", "keeper")


@pytest.mark.long
def test_the_keeper_restores_the_village_that_is_here(
    sqlite_village: Village, clock: SettableClock, qapp: QGuiApplication, tmp_path: Path
) -> None:
    lane = grown(Neighbours(sqlite_village, clock), a_keeper)
    made = back_up(lane.village)
    clock.advance(minutes=3)
    key = key_text(lane.village.keys.backup)
    wrong = ("1" if key[0] == "0" else "0") + key[1:]
    opened = LazyVillage(lane.village.directory, clock, lane.village)
    (tmp_path / "drives").mkdir()
    with machine(opened, tmp_path / "drives", []) as stage:
        card = lane.cards["林春生"]
        stage.kiosk.begin_session(
            sessions.sign_in(lane.village, card.number, card.pin, official=True)
        )
        stage.kiosk.open("machine")
        settle()
        until(lambda: see(stage.window, "machine.printer_slip"), "the printers' lines")
        tap(stage.window, "machine.restore")
        until(lambda: see(stage.window, "restore.0"), "the backup")
        tap(stage.window, "restore.0")
        write(stage.window, "restore.key", wrong)
        tap(stage.window, "restore.see")
        until(lambda: see(stage.window, "error"), "that the key is wrong")
        assert until(lambda: see(stage.window, "restore.key")).property("text") == wrong
        stage.kiosk.key_scanned(key)
        until(lambda: see(stage.window, "restore.consequences"), "what it is")
        tap(stage.window, "restore.put_back")
        tap(stage.window, "dialog.yes")
        until(lambda: stage.kiosk.property("screenName") == "restored", "the end")
        assert not stage.kiosk.property("signedIn")
        assert stage.kiosk.property("troubleNumber") == ""
        stage.kiosk.home()
        until(lambda: opened.village not in (None, lane.village), "the village anew")
        assert opened.village is not None
        assert verify_village(opened.village).consistent
    assert list(lane.village.directory.root.glob("replaced-*"))
    assert made.file.exists()


def test_a_sheets_key_that_nobody_asked_for_is_told_to_no_screen(
    sqlite_village: Village, qapp: QGuiApplication, tmp_path: Path
) -> None:
    opened = LazyVillage(sqlite_village.directory, sqlite_village.clock, sqlite_village)
    with machine(opened, tmp_path, []) as stage:
        heard: list[str] = []
        stage.kiosk.keyScanned.connect(heard.append)
        stage.kiosk.key_scanned(key_text(sqlite_village.keys.backup))
        assert heard == []
        assert stage.kiosk.property("hint") == stage.kiosk.text("shell.wrong_scan")
