"""The hall burnt down: at a new machine's screen a stick and a sheet of paper open the village."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.app import LazyVillage
from kiosk.core.paths import DataDirectory
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger.log import log_size
from kiosk.services.upkeep.backup import back_up
from kiosk.services.upkeep.recovery_key import key_text
from tests.journeys.album import Album
from tests.journeys.hall import SMALL_SCREEN, Hall, screen, tap
from tests.ui.machine import machine
from tests.ui.touch import see, until, write

pytestmark = pytest.mark.long


def test_a_village_is_restored_on_a_new_machine(
    hall: Hall, album: Album, qapp: QGuiApplication
) -> None:
    key = key_text(hall.village.keys.backup)
    with hall.village.read() as session:
        held = log_size(session)
    new = LazyVillage(DataDirectory(hall.folder / "new machine"), hall.village.clock)
    drives = hall.folder / "drives"
    drives.mkdir()
    restarts: list[str] = []
    with machine(new, drives, restarts, **SMALL_SCREEN) as stage:
        screen(stage, "first")
        album.step(stage, "a-new-machine")
        tap(stage, "first.restore")
        until(lambda: see(stage.window, "restore.none"), "that there is no backup")
        album.step(stage, "no-stick-yet")

        back_up(hall.village, drives / "BACKUP")  # the stick is plugged in
        until(lambda: see(stage.window, "restore.0"), "the backup on the stick")
        album.step(stage, "which-backup")
        tap(stage, "restore.0")

        write(stage.window, "restore.key", key[:24].lower())
        until(lambda: see(stage.window, "restore.key"), "the field")
        album.step(stage, "the-sheets-key")
        assert not until(lambda: see(stage.window, "restore.see")).property("enabled")
        stage.kiosk.key_scanned(key)
        until(lambda: see(stage.window, "restore.consequences"), "what it is")
        album.step(stage, "what-it-is")

        tap(stage, "restore.put_back")
        until(lambda: see(stage.window, "dialog.yes"), "the question")
        album.step(stage, "are-you-sure")
        tap(stage, "dialog.yes")
        screen(stage, "restored")
        album.step(stage, "restored")
        assert restarts == []
        tap(stage, "restored.open")
        assert restarts == ["again"]

    again = LazyVillage(new.directory, hall.village.clock)
    with machine(again, drives, restarts, **SMALL_SCREEN) as stage:
        until(lambda: again.village, "the village")
        screen(stage, "home")
        album.step(stage, "the-village-is-back")
        assert again.village is not None
        assert again.village.settings.name == hall.village.settings.name
        assert verify_village(again.village).consistent
        with again.village.read() as session:
            assert log_size(session) > held
    for sheets in ("card-*.pdf", "pin-*.pdf"):
        assert len(list(new.directory.spool.glob(sheets))) == 4
