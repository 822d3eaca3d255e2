"""A backup is checked, encrypted and read back before it counts as one."""

from __future__ import annotations

import io
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from kiosk.core.clock import SettableClock
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.services.ledger import log
from kiosk.services.signing.sealed_file import seal
from kiosk.services.upkeep import backup as room
from kiosk.services.upkeep.backup import KEPT, LEFT_AFTER, BackupHeader, back_up, read_backup
from kiosk.services.upkeep.backup_places import PATTERN
from kiosk.services.upkeep.recovery_key import key_text, parse_key, sheet_pdf
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.qr import qr_codes


def append(village: Village, count: int) -> None:
    with writing(village) as work:
        for number in range(count):
            log.append(work, "clock_confirmed", {"number": number, "word": "readable-word"})


def test_a_backup_holds_the_whole_log(sqlite_village: Village) -> None:
    append(sqlite_village, 8)
    made = back_up(sqlite_village)
    with sqlite_village.read() as session:
        assert (made.entries, made.root) == (9, log.head(session).root)
    header, *pieces = read_backup(made.file, sqlite_village.keys.backup)
    assert isinstance(header, BackupHeader)
    assert header.entries == 9
    assert b"".join(piece for piece in pieces if isinstance(piece, bytes)).startswith(b"SQLite")


def test_nothing_in_a_backup_can_be_read_without_the_key(sqlite_village: Village) -> None:
    append(sqlite_village, 8)
    sealed = back_up(sqlite_village).file.read_bytes()
    for readable in (b"readable-word", b"SQLite", "杨桥村".encode(), b"good-deed-book"):
        assert readable not in sealed


def test_no_plain_copy_stays_behind(sqlite_village: Village) -> None:
    back_up(sqlite_village)
    left = {file.name for file in sqlite_village.directory.root.iterdir()}
    assert not [name for name in left if name.startswith(".backup-")]


def test_the_keys_are_in_no_backup(sqlite_village: Village) -> None:
    made = back_up(sqlite_village)
    keys = sqlite_village.keys
    plain = b"".join(
        piece if isinstance(piece, bytes) else repr(piece).encode()
        for piece in read_backup(made.file, keys.backup)
    )
    for secret in (keys.pepper, keys.backup, keys.signing.private_bytes_raw()):
        assert secret not in plain
        assert secret.hex().encode() not in plain


def test_another_key_opens_nothing(sqlite_village: Village) -> None:
    made = back_up(sqlite_village)
    with pytest.raises(ExpectedError, match="backup_unreadable"):
        list(read_backup(made.file, bytes(32)))


@pytest.mark.parametrize("harm", ["flip", "cut", "swap", "repeat"])
def test_a_backup_that_was_changed_is_refused(
    sqlite_village: Village, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    monkeypatch.setattr("kiosk.services.signing.sealed_file.CHUNK", 8192)
    append(sqlite_village, 49)
    made = back_up(sqlite_village)
    whole, head, piece = made.file.read_bytes(), 15, 8192 + 16
    chunks = [whole[at : at + piece] for at in range(head, len(whole), piece)]
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    harmed = {
        "flip": bytes(flipped),
        "cut": whole[:head] + b"".join(chunks[:-1]),
        "swap": whole[:head] + b"".join([chunks[1], chunks[0], *chunks[2:]]),
        "repeat": whole[:head] + b"".join([chunks[0], *chunks]),
    }
    made.file.write_bytes(harmed[harm])
    with pytest.raises(ExpectedError, match="backup_unreadable"):
        list(read_backup(made.file, sqlite_village.keys.backup))


@pytest.mark.parametrize(
    "told",
    [
        b"[]",
        b"[" * 90_000,
        b"\xff",
        b"{}",
        {"verifiers": None},
        {"verifiers": []},
        {"verifiers": [5]},
        {"verifiers": ["abc"]},
        {"made_at": 5},
        {"made_at": "now"},
        {"entries": "5"},
        {"root": 5},
        {"root": "00"},
        {"settings": None},
        {"more": 1},
    ],
    ids=lambda told: str(told)[:40],
)
def test_something_else_that_is_sealed_with_the_right_key_is_no_backup(
    sqlite_village: Village, tmp_path: Path, told: bytes | dict[str, object]
) -> None:
    key = sqlite_village.keys.backup
    header = next(iter(read_backup(back_up(sqlite_village).file, key)))
    if isinstance(told, dict):
        told = json.dumps(vars(header) | told).encode()
    file = tmp_path / "other.backup"
    with file.open("wb") as sealed:
        seal(io.BytesIO(len(told).to_bytes(4, "big") + told), sealed, key)
    with pytest.raises(ExpectedError, match="backup_unreadable"):
        list(read_backup(file, key))


def test_a_second_place_gets_its_own_copy_and_may_be_missing(
    sqlite_village: Village, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    settings = replace(sqlite_village.settings, backup_to=str(stick))
    village = replace(sqlite_village, settings=settings)
    back_up(village)
    assert not stick.exists()
    stick.mkdir()
    made = back_up(village)
    assert (stick / made.file.name).read_bytes() != b""
    assert made.file.parent == village.directory.backups


def test_a_stick_that_is_pulled_out_half_way_leaves_the_first_copy_whole_and_is_told_of(
    sqlite_village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    settings = replace(sqlite_village.settings, backup_to=str(stick))
    village = replace(sqlite_village, settings=settings)

    def pulled(source: BinaryIO, target: BinaryIO, key: bytes) -> None:
        seal(source, target, key)
        if Path(target.name).parent == stick:
            shutil.rmtree(stick)

    monkeypatch.setattr(room, "seal", pulled)
    made = back_up(village)
    assert made.second is None
    assert made.trouble is not None
    assert made.trouble.code == "second_absent"
    assert len(list(read_backup(made.file, village.keys.backup))) > 1
    monkeypatch.undo()
    stick.mkdir()
    assert back_up(village).second is not None
    assert [each.suffix for each in stick.iterdir()] == [".backup"]


def test_a_backup_that_differs_from_the_log_is_thrown_away(
    sqlite_village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(sqlite_village, 2)

    def of_a_bad_disk(_copy: Path) -> log.Head:
        return log.Head(3, bytes(32))

    monkeypatch.setattr(room, "check_copy", of_a_bad_disk)
    with pytest.raises(EnvironmentFault, match="backup_differs"):
        back_up(sqlite_village)
    assert list(sqlite_village.directory.backups.iterdir()) == []


@pytest.mark.long
def test_only_the_newest_thirty_stay(sqlite_village: Village, clock: SettableClock) -> None:
    for _ in range(KEPT + 2):
        clock.advance(hours=1)
        last = back_up(sqlite_village)
    kept = sorted(sqlite_village.directory.backups.glob(PATTERN))
    assert len(kept) == KEPT
    assert kept[-1] == last.file


def test_a_backup_leaves_no_transaction_open(sqlite_village: Village) -> None:
    back_up(sqlite_village)
    with sqlite_village.write() as session:
        assert session.execute(text("SELECT 1")).scalar_one() == 1


@given(st.binary(min_size=32, max_size=32))
def test_a_recovery_key_survives_being_copied_by_hand(key: bytes) -> None:
    told = key_text(key)
    assert parse_key(told) == key
    assert parse_key(told.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == key


@given(st.binary(min_size=32, max_size=32), st.integers(0, 55), st.sampled_from("0123456789ABC"))
def test_one_wrong_letter_of_a_recovery_key_is_noticed(key: bytes, place: int, letter: str) -> None:
    told = list(key_text(key).replace("-", ""))
    if told[place] == letter:
        return
    told[place] = letter
    with pytest.raises(ExpectedError, match="recovery_key_wrong"):
        parse_key("".join(told))


@pytest.mark.parametrize("typed", ["", "ABCD", "好" * 56, "U" * 56])
def test_what_is_no_recovery_key_is_refused(typed: str) -> None:
    with pytest.raises(ExpectedError, match="recovery_key_wrong"):
        parse_key(typed)


@pytest.mark.long
def test_the_recovery_sheet_can_be_read_by_people_and_by_machine(
    sqlite_village: Village, tmp_path: Path
) -> None:
    import io
    import subprocess

    from PIL import Image
    from pypdf import PdfReader

    sheet = sheet_pdf(sqlite_village, "zh")
    told = PdfReader(io.BytesIO(sheet)).pages[0].extract_text()
    groups = key_text(sqlite_village.keys.backup).split("-")
    assert all(group in told for group in groups)
    (tmp_path / "sheet.pdf").write_bytes(sheet)
    subprocess.run(
        ["pdftoppm", "-r", "200", "-png", tmp_path / "sheet.pdf", tmp_path / "sheet"], check=True
    )
    picture = Image.open(next(tmp_path.glob("sheet*.png")))
    assert parse_key(qr_codes(picture)[0].text) == sqlite_village.keys.backup


def test_a_draft_that_a_power_cut_left_goes_and_one_that_is_being_written_stays(
    sqlite_village: Village,
) -> None:
    folder = sqlite_village.directory.backups
    folder.mkdir(exist_ok=True)
    left, written = (folder / f"village-20260101T00000{each}Z.new" for each in range(2))
    now = sqlite_village.clock.now().timestamp()
    for each, age in ((left, LEFT_AFTER.total_seconds() + 60), (written, 60)):
        each.write_bytes(b"")
        os.utime(each, (now - age, now - age))
    back_up(sqlite_village)
    assert (left.exists(), written.exists()) == (False, True)
