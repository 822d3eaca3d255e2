"""A keeper puts the village back where it stands, in two steps, with the recovery sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.app import LazyVillage
from kiosk.core.clock import SettableClock
from kiosk.core.errors import EnvironmentFault
from kiosk.devices import removable
from kiosk.services.access import sessions
from kiosk.services.audit.tables import verify_village
from kiosk.services.upkeep import restore, restoring
from kiosk.services.upkeep.backup import back_up
from kiosk.services.upkeep.recovery_key import key_text
from kiosk.services.upkeep.restoring import Offered, Wish
from kiosk.services.village import Village
from tests.ui.machine import machine
from tests.ui.neighbours import Neighbours
from tests.ui.touch import see, settle, tap, texts, until, write
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


@pytest.mark.long
@pytest.mark.parametrize(
    "each_database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_where_the_village_is_on_a_server_the_screen_says_who_puts_it_back(
    village: Village, clock: SettableClock, qapp: QGuiApplication, tmp_path: Path
) -> None:
    """A backup of the days on SQLite lies in the folder still; it would put nothing back."""
    lane = grown(Neighbours(village, clock), a_keeper)
    stale = lane.village.directory.backups / "village-20261101T010000Z.backup"
    stale.write_bytes(b"of the days on SQLite")
    opened = LazyVillage(lane.village.directory, clock, lane.village)
    (tmp_path / "drives").mkdir()
    with machine(opened, tmp_path / "drives", []) as stage:
        card = lane.cards["林春生"]
        signed = sessions.sign_in(lane.village, card.number, card.pin, official=True)
        stage.kiosk.begin_session(signed)
        stage.kiosk.open("restore")
        told = "村里的数据在服务器上"
        until(lambda: told in texts(stage.window), "who puts it back")
        assert not see(stage.window, "restore.0")
    folder = lane.village.directory
    assert restoring.offered(folder, lane.village.settings) == ()
    drive = removable.folder_as_drive(folder.backups)
    assert drive is not None
    chosen = Offered("here", drive, removable.backups(drive)[0], clock.now())
    wish = Wish(signed.id, chosen, key_text(lane.village.keys.backup))
    for putting_back in (
        lambda: opened.preview(wish),
        lambda: opened.put_back(wish),
        lambda: restore.restore(folder, stale, lane.village.keys.backup, clock),
    ):
        with pytest.raises(EnvironmentFault, match="restore_not_here"):
            putting_back()
    assert opened.village is lane.village, "it was not closed"
    assert not folder.database.exists()
