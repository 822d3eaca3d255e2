"""The caretaker moves what time moves, and backs up once a day."""

from __future__ import annotations

import os
import threading

import pytest

from kiosk.core.clock import SettableClock
from kiosk.devices.printers import PaperJob
from kiosk.devices.printers.file_printer import FilePrinter
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


def test_papers_of_the_file_printer_go_after_two_weeks_and_nothing_else_does(
    sqlite_village: Village, clock: SettableClock
) -> None:
    spool = sqlite_village.directory.spool
    printer = FilePrinter(spool)
    made = clock.now().timestamp()
    papers = [printer.submit(PaperJob("slip", b"%PDF-", None, "80")) for _ in range(2)]
    papers.append(printer.submit(PaperJob("card", None, b"\x89PNG", "80")))
    others = ["card-周根土.pdf", "pin-7.pdf", "notes.txt", "0123456789abcdef.txt"]
    for name in others:
        (spool / name).write_text("the keeper's")
    (spool / f".{papers[0]}.part").write_text("a draft")
    for each in spool.iterdir():
        os.utime(each, (made, made))
    caretaker = Caretaker(sqlite_village)
    clock.advance(days=14)
    caretaker.step()
    assert {each.name for each in spool.iterdir()} == {*papers, f".{papers[0]}.part", *others}
    clock.advance(seconds=1)
    caretaker.step()
    assert {each.name for each in spool.iterdir()} == set(others)


def test_a_clock_that_ran_far_ahead_takes_no_paper_away(
    sqlite_village: Village, clock: SettableClock
) -> None:
    caretaker = Caretaker(sqlite_village)
    caretaker.step()
    paper = FilePrinter(sqlite_village.directory.spool)
    device_job = paper.submit(PaperJob("slip", b"%PDF-", None, "80"))
    clock.advance(days=400)
    caretaker.step()
    assert paper.path(device_job).is_file()


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
