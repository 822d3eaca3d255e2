"""The caretaker moves what time moves, and backs up once a day."""

from __future__ import annotations

import threading

import pytest

from kiosk.core.clock import SettableClock
from kiosk.services.upkeep.scheduler import Caretaker
from kiosk.services.village import Village


def backups(village: Village) -> int:
    return len(list(village.directory.backups.glob("village-*.backup")))


def test_a_day_brings_one_backup(sqlite_village: Village, clock: SettableClock) -> None:
    caretaker = Caretaker(sqlite_village)
    caretaker.step()
    clock.advance(hours=23)
    caretaker.step()
    assert backups(sqlite_village) == 1
    clock.advance(hours=1)
    caretaker.step()
    assert backups(sqlite_village) == 2


def test_closing_makes_a_backup(sqlite_village: Village, clock: SettableClock) -> None:
    caretaker = Caretaker(sqlite_village)
    caretaker.start()
    clock.advance(minutes=5)
    caretaker.stop()
    assert backups(sqlite_village) in (1, 2)
    assert not [thread for thread in threading.enumerate() if thread.name == "caretaker"]


def test_trouble_with_the_backup_folder_does_not_end_the_caretaker(
    sqlite_village: Village, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = sqlite_village.directory.backups
    folder.rmdir()
    folder.write_text("a file where the folder should be")
    caretaker = Caretaker(sqlite_village)
    caretaker.start()
    caretaker.stop()
    folder.unlink()
    caretaker.step()
    assert backups(sqlite_village) == 1
