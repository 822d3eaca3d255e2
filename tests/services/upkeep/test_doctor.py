"""The keeper is told what is amiss before the day of the fire, a sentence a line."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.catalogue import Language, catalogue
from kiosk.core.clock import SettableClock
from kiosk.core.days import Say, plain
from kiosk.core.errors import EnvironmentFault
from kiosk.core.settings import PrinterSettings
from kiosk.services.upkeep import backup_places, doctor
from kiosk.services.upkeep.backup import KEPT, back_up
from kiosk.services.upkeep.check import Check
from kiosk.services.upkeep.scheduler import Caretaker
from kiosk.services.village import Village


def named(checks: tuple[Check, ...], code: str) -> Check:
    (found,) = (each for each in checks if each.code == code)
    return found


def speaking(village: Village, language: Language) -> Say:
    def say(key: str, *values: object) -> str:
        return plain(village.catalogue.text(key, language, *values))

    return say


def check(village: Village, code: str) -> tuple[bool, str]:
    """Whether it is well, and the English sentence."""
    found = named(doctor.at_hand(village), code)
    return found.well, found.phrase.said(speaking(village, "en"))


def with_second(village: Village, place: Path) -> Village:
    return replace(village, settings=replace(village.settings, backup_to=str(place)))


def printing_to(village: Village, sign: str, slip: str) -> Village:
    printers = PrinterSettings(sign=sign, slip=slip)
    return replace(village, settings=replace(village.settings, printers=printers))


def test_every_line_can_be_said_in_both_languages(sqlite_village: Village) -> None:
    for each in doctor.examine(sqlite_village):
        for language in catalogue().languages:
            said = each.phrase.said(speaking(sqlite_village, language))
            assert said
            assert "%" not in said


def test_a_printer_that_is_not_there_is_named_with_what_to_do(sqlite_village: Village) -> None:
    with free_port() as port:
        village = printing_to(sqlite_village, "lpt1", f"escpos:127.0.0.1:{port}")
        signs, slips = doctor.printers(village)
    assert (signs.well, slips.well) == (False, False)
    assert "lpt1" in signs.phrase.said(speaking(village, "en"))
    assert "power and cable" in slips.phrase.said(speaking(village, "en"))


def test_a_printer_that_cannot_answer_is_still_reached_for(sqlite_village: Village) -> None:
    with free_port() as port:
        village = printing_to(sqlite_village, "file", f"escpos:127.0.0.1:{port},oneway")
        _signs, slips = doctor.printers(village)
    assert not slips.well


def test_printers_that_write_files_are_said_to_be_none(sqlite_village: Village) -> None:
    signs, slips = doctor.printers(sqlite_village)
    assert signs.well
    assert slips.well
    said = signs.phrase.said(speaking(sqlite_village, "en"))
    assert str(sqlite_village.directory.spool) in said


@contextmanager
def free_port() -> Iterator[int]:
    """A port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_a_backup_is_well_for_two_days(sqlite_village: Village, clock: SettableClock) -> None:
    assert check(sqlite_village, "backup") == (False, "There is no backup yet. Back up now.")
    back_up(sqlite_village)
    well, said = check(sqlite_village, "backup")
    assert (well, "23 November 2026, 09:00 (UTC+8)" in said) == (True, True), said
    clock.advance(days=3)
    well, said = check(sqlite_village, "backup")
    assert (well, "too long ago" in said) == (False, True), said


def test_a_backup_of_a_clock_that_ran_ahead_is_no_comfort(
    sqlite_village: Village, clock: SettableClock
) -> None:
    clock.advance(days=400)
    back_up(sqlite_village)
    clock.advance(days=-400)
    assert not check(sqlite_village, "backup")[0]
    back_up(sqlite_village)
    assert check(sqlite_village, "backup")[0]


def test_a_file_that_only_bears_a_backups_name_is_not_counted_as_one(
    sqlite_village: Village, clock: SettableClock
) -> None:
    back_up(sqlite_village)
    clock.advance(hours=1)
    fake = sqlite_village.directory.backups / "village-20261123T013000Z.backup"
    fake.write_bytes(b"a photograph of a cat")
    well, said = check(sqlite_village, "backup")
    assert (well, fake.name in said) == (False, True), said


@pytest.mark.long
@pytest.mark.parametrize(
    "name", ["照片.jpg", "village-copy.backup", "village-20261340T000000Z.backup"]
)
def test_a_stray_file_among_the_backups_is_named_and_neither_counted_nor_deleted(
    sqlite_village: Village, clock: SettableClock, name: str
) -> None:
    back_up(sqlite_village)
    assert "backup_strays" not in {each.code for each in doctor.at_hand(sqlite_village)}
    stray = sqlite_village.directory.backups / name
    stray.write_bytes(b"anything")
    well, said = check(sqlite_village, "backup_strays")
    assert (well, name in said) == (False, True), said
    for _ in range(KEPT + 1):
        clock.advance(hours=1)
        back_up(sqlite_village)
    assert stray.read_bytes() == b"anything"
    assert len(backup_places.kept_in(sqlite_village.directory.backups)) == KEPT
    clock.advance(days=1, minutes=1)
    Caretaker(sqlite_village).step()
    assert check(sqlite_village, "backup")[0]


def test_without_a_second_place_the_keeper_is_told(sqlite_village: Village) -> None:
    well, said = check(sqlite_village, "backup_second")
    assert (well, "backup_to" in said) == (False, True), said


def test_a_second_place_that_is_absent_is_told_by_backup_and_doctor(
    sqlite_village: Village, tmp_path: Path
) -> None:
    village = with_second(sqlite_village, tmp_path / "STICK")
    made = back_up(village)
    assert made.file.exists()
    assert (made.second, made.trouble and made.trouble.code) == (None, "second_absent")
    well, said = check(village, "backup_second")
    assert (well, str(tmp_path / "STICK") in said) == (False, True), said


def test_a_place_that_was_refused_to_the_kiosk_alone_is_told_until_a_copy_is_there(
    sqlite_village: Village, tmp_path: Path
) -> None:
    """The kiosk's unit may write into fewer places than whoever asks the doctor."""
    village = with_second(sqlite_village, tmp_path / "folder")
    (tmp_path / "folder").mkdir()
    backup_places.note_try(village, "second_read_only", (tmp_path / "folder",))
    well, said = check(village, "backup_second")
    assert (well, "cannot be written" in said) == (False, True), said
    assert back_up(village).second
    assert check(village, "backup_second")[0]


@pytest.mark.parametrize("above", ["media", "mnt"])
def test_an_empty_mount_point_is_no_stick(
    sqlite_village: Village, tmp_path: Path, above: str
) -> None:
    place = tmp_path / above / "STICK"
    place.mkdir(parents=True)
    village = with_second(sqlite_village, place)
    made = back_up(village)
    assert made.trouble
    assert made.trouble.code == "second_not_mounted"
    assert list(place.iterdir()) == []
    assert not check(village, "backup_second")[0]


def test_a_place_of_the_machines_table_of_mounts_is_no_folder(
    sqlite_village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "nas"
    place.mkdir()
    table = tmp_path / "fstab"
    table.write_text(
        f"# hall\nnas:/village {place} nfs defaults 0 0\n/dev/sda1 / ext4 errors=ro 0 1\n"
    )
    monkeypatch.setattr(backup_places, "_FSTAB", table)
    assert backup_places.trouble_at(sqlite_village, place) == "second_not_mounted"
    assert backup_places.trouble_at(sqlite_village, tmp_path) == ""


def test_a_second_place_without_room_is_told(
    sqlite_village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    village = with_second(sqlite_village, place)
    monkeypatch.setattr(backup_places, "LEAST_ROOM", 10**18)
    made = back_up(village)
    assert made.trouble
    assert made.trouble.code == "second_full"
    assert not check(village, "backup_second")[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_second_place_that_cannot_be_written_is_told(
    sqlite_village: Village, tmp_path: Path
) -> None:
    place = tmp_path / "stick"
    place.mkdir(mode=0o500)
    assert backup_places.trouble_at(sqlite_village, place) == "second_read_only"


def test_both_copies_are_named_and_the_age_of_the_second_is_looked_at(
    sqlite_village: Village, tmp_path: Path, clock: SettableClock
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    village = with_second(sqlite_village, place)
    assert not check(village, "backup_second")[0]
    made = back_up(village)
    assert made.second == place / made.file.name
    assert made.second.read_bytes() != b""
    well, said = check(village, "backup_second")
    assert (well, str(place) in said) == (True, True), said
    clock.advance(days=3)
    back_up(sqlite_village)
    assert check(village, "backup")[0]
    assert not check(village, "backup_second")[0]


def test_the_daily_backup_leaves_a_mark_when_it_fails_and_takes_it_away_when_it_works(
    sqlite_village: Village, clock: SettableClock
) -> None:
    folder = sqlite_village.directory.backups
    folder.rmdir()
    folder.write_text("a file where the folder should be")
    with pytest.raises(EnvironmentFault):
        Caretaker(sqlite_village).step()
    well, said = check(sqlite_village, "backup_failed")
    assert (well, "23 November 2026" in said) == (False, True), said
    folder.unlink()
    Caretaker(sqlite_village).step()
    assert "backup_failed" not in {each.code for each in doctor.at_hand(sqlite_village)}


def test_a_stick_that_comes_back_gets_its_copy_without_waiting_for_tomorrow(
    sqlite_village: Village, clock: SettableClock, tmp_path: Path
) -> None:
    place = tmp_path / "stick"
    village = with_second(sqlite_village, place)
    caretaker = Caretaker(village)
    caretaker.step()
    place.mkdir()
    caretaker.step()
    assert backup_places.kept_in(place) == ()
    clock.advance(hours=1)
    caretaker.step()
    caretaker.step()
    assert len(backup_places.kept_in(place)) == 1
    assert len(backup_places.kept_in(village.directory.backups)) == 2


def test_a_clock_that_is_doubted_is_not_well(sqlite_village: Village, clock: SettableClock) -> None:
    assert check(sqlite_village, "clock") == (True, "It is 23 November 2026, 09:00 (UTC+8).")
    clock.advance(days=-400)
    assert not check(sqlite_village, "clock")[0]
