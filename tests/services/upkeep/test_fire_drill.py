"""The fire drill: a backup is restored for real, and thirty that are damaged are found out."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.models.ledger import LedgerEntry
from kiosk.services.audit.tables import verify_village
from kiosk.services.signing.sealed_file import seal
from kiosk.services.upkeep import doctor, fire_drill
from kiosk.services.upkeep.backup import BackupHeader, back_up, read_backup
from kiosk.services.upkeep.opening import found_village
from kiosk.services.upkeep.scheduler import Caretaker
from kiosk.services.village import Village
from tests.services.access.entries import ledger_of
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish

CHUNK = 8192
HEAD = 15


@pytest.fixture
def hamlet(
    sqlite_village: Village, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> LoggedHamlet:
    """A village of which the log knows everything, and whose backups have many chunks."""
    monkeypatch.setattr("kiosk.services.signing.sealed_file.CHUNK", CHUNK)
    return grown(LoggedHamlet(sqlite_village, clock), furnish)


def entries(village: Village) -> int:
    with village.read() as session:
        return session.query(LedgerEntry).count()


def drill_line(village: Village) -> tuple[str, bool]:
    (found,) = (each for each in doctor.at_hand(village) if each.code == "drill")
    return found.phrase.key, found.well


def test_a_drill_restores_the_newest_backup_and_writes_down_that_all_is_well(
    hamlet: LoggedHamlet,
) -> None:
    village = hamlet.village
    back_up(village)
    assert drill_line(village) == ("machine.drill_never", False)
    before = entries(village)
    held = fire_drill.hold(village)
    assert held is not None
    assert held.failed == ""
    assert entries(village) == before + 1
    assert ledger_of(village, "fire_drill") == [{"backup": held.made_at.isoformat(), "failed": ""}]
    assert fire_drill.last_drill(village) == held
    assert drill_line(village) == ("machine.drill_passed", True)
    assert verify_village(village).consistent
    assert [each for each in village.directory.root.iterdir() if "drill" in each.name] == []


def test_a_month_brings_one_drill_and_a_failed_one_is_followed_the_next_day(
    hamlet: LoggedHamlet,
) -> None:
    village, clock = hamlet.village, hamlet.clock
    caretaker = Caretaker(village)
    caretaker.step()  # makes the backup, and leaves it alone while the hall opens
    assert fire_drill.last_drill(village) is None
    clock.advance(hours=1)
    caretaker.step()
    first = fire_drill.last_drill(village)
    assert first is not None
    assert first.failed == ""
    for _ in range(29):
        clock.advance(days=1)
        caretaker.step()
    assert fire_drill.last_drill(village) == first
    clock.advance(days=1)
    caretaker.step()
    (newest,) = {max(village.directory.backups.glob("*.backup"))}
    newest.write_bytes(newest.read_bytes()[:-1])
    clock.advance(hours=1)
    assert fire_drill.hold_if_due(village) is not None
    assert drill_line(village) == ("machine.drill_failed", False)
    clock.advance(hours=22)
    assert fire_drill.hold_if_due(village) is None
    clock.advance(hours=2)
    caretaker.step()  # a whole backup again
    clock.advance(hours=1)
    caretaker.step()
    assert drill_line(village) == ("machine.drill_passed", True)


def test_a_village_without_a_backup_has_no_drill(hamlet: LoggedHamlet) -> None:
    village = hamlet.village
    assert fire_drill.hold_if_due(village) is None
    keeper = hamlet.sign("K", "keeper")
    with pytest.raises(ExpectedError, match="no_backup_to_try"):
        fire_drill.hold_by(village, keeper)
    with pytest.raises(ExpectedError, match="not_allowed"):
        fire_drill.hold_by(village, hamlet.officer("Y"))


def test_a_drill_that_is_long_ago_is_said(hamlet: LoggedHamlet) -> None:
    back_up(hamlet.village)
    fire_drill.hold(hamlet.village)
    hamlet.clock.advance(days=fire_drill.EVERY.days + 6)
    assert drill_line(hamlet.village) == ("machine.drill_old", False)


# --- Thirty that are damaged, of ten kinds

Harm = Callable[[bytes, int], bytes]


def flipped(whole: bytes, number: int) -> bytes:
    harmed = bytearray(whole)
    harmed[(HEAD + 1, len(whole) // 2, len(whole) - 1)[number]] ^= 1 << number
    return bytes(harmed)


def cut(whole: bytes, number: int) -> bytes:
    return whole[: -(1, 16, CHUNK + 16)[number]]


def hardly_begun(whole: bytes, number: int) -> bytes:
    return whole[: (0, 8, HEAD)[number]]


def chunks(whole: bytes) -> list[bytes]:
    piece = CHUNK + 16
    return [whole[at : at + piece] for at in range(HEAD, len(whole), piece)]


def swapped(whole: bytes, number: int) -> bytes:
    pieces = chunks(whole)
    pieces[number], pieces[number + 1] = pieces[number + 1], pieces[number]
    return whole[:HEAD] + b"".join(pieces)


def repeated(whole: bytes, number: int) -> bytes:
    pieces = chunks(whole)
    return whole[:HEAD] + b"".join([*pieces[: number + 1], *pieces[number:]])


def of_zeros(whole: bytes, number: int) -> bytes:
    """A sector of the stick that gives nothing back."""
    at = 4096 * (0, 3, 9)[number]
    return whole[:at] + bytes(4096) + whole[at + 4096 :]


def another_file(whole: bytes, number: int) -> bytes:
    return (b"%PDF-1.7\n" * 999, b"SQLite format 3\x00" + whole, b"VHKBACK2" + whole[8:])[number]


HARMS: tuple[Harm, ...] = (flipped, cut, hardly_begun, swapped, repeated, of_zeros, another_file)


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_what_a_stick_does_to_a_backup_is_found_out(hamlet: LoggedHamlet, harm: Harm) -> None:
    made = back_up(hamlet.village)
    whole = made.file.read_bytes()
    for number in range(3):
        made.file.write_bytes(harm(whole, number))
        assert fire_drill.rehearse(hamlet.village, made.file) == "opens", number
    made.file.write_bytes(whole)
    assert fire_drill.rehearse(hamlet.village, made.file) == ""


def unsealed(village: Village, file: Path) -> tuple[BackupHeader, bytes]:
    header, *pieces = read_backup(file, village.keys.backup)
    assert isinstance(header, BackupHeader)
    return header, b"".join(each for each in pieces if isinstance(each, bytes))


def sealed(village: Village, file: Path, header: BackupHeader, database: bytes) -> None:
    """A backup that is whole as a file, whatever is in it."""
    told = json.dumps(vars(header), ensure_ascii=False).encode()
    plain = io.BytesIO(len(told).to_bytes(4, "big") + told + database)
    with file.open("wb") as stream:
        seal(plain, stream, village.keys.backup)


def test_a_backup_of_another_key_is_found_out(hamlet: LoggedHamlet) -> None:
    made = back_up(hamlet.village)
    header, database = unsealed(hamlet.village, made.file)
    for key in (bytes(32), bytes(range(32)), hamlet.village.keys.backup[::-1]):
        keys = replace(hamlet.village.keys, backup=key)
        sealed(replace(hamlet.village, keys=keys), made.file, header, database)
        assert fire_drill.rehearse(hamlet.village, made.file) == "opens"


def test_a_backup_that_says_of_itself_what_it_does_not_hold_is_found_out(
    hamlet: LoggedHamlet,
) -> None:
    made = back_up(hamlet.village)
    header, database = unsealed(hamlet.village, made.file)
    for lie in (
        {"entries": header.entries - 1},
        {"entries": header.entries + 9},
        {"root": header.root[::-1]},
    ):
        sealed(hamlet.village, made.file, replace(header, **lie), database)
        assert fire_drill.rehearse(hamlet.village, made.file) == "opens"


DAMAGE = (
    ("UPDATE ledger_content SET content = X'A0' WHERE \"index\" = 3", "tables"),
    ("UPDATE role_grant SET ended_at = granted_at WHERE role = 'officer'", "tables"),
    ("UPDATE resident SET born_on = '1930-01-01'", "tables"),
)


@pytest.mark.parametrize(("statement", "found"), DAMAGE)
def test_a_database_that_was_changed_before_it_was_sealed_is_found_out(
    hamlet: LoggedHamlet, tmp_path: Path, statement: str, found: str
) -> None:
    made = back_up(hamlet.village)
    header, database = unsealed(hamlet.village, made.file)
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(database)
    with sqlite3.connect(copy) as connection:
        triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        kept = connection.execute(triggers).fetchall()
        for name, _ in kept:
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(statement).rowcount > 0
        for _, sql in kept:
            connection.execute(sql)
    connection.close()
    sealed(hamlet.village, made.file, header, copy.read_bytes())
    assert fire_drill.rehearse(hamlet.village, made.file) == found


def test_the_backup_of_another_village_is_found_out(hamlet: LoggedHamlet, tmp_path: Path) -> None:
    """Whole in itself, and sealed with the same key."""
    made = back_up(hamlet.village)
    elsewhere = DataDirectory(tmp_path / "elsewhere")
    with found_village(elsewhere, hamlet.village.settings, hamlet.clock).closing() as other:
        header, database = unsealed(other, back_up(other).file)
    sealed(hamlet.village, made.file, header, database)
    assert fire_drill.rehearse(hamlet.village, made.file) == "log"
