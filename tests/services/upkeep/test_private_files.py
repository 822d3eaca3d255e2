"""What was erased is gone from every file, and nobody else of the machine reads the rest."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.services.ledger import log
from kiosk.services.upkeep import private_files
from kiosk.services.upkeep.backup import back_up
from kiosk.services.upkeep.opening import open_village
from kiosk.services.upkeep.restore import restore
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.command_line import NAMED, OFFICIALS

SAID = "倒了两袋菜叶在河埠头"


def holding(root: Path, words: str) -> list[str]:
    """The files of a village in which some words can be read."""
    wanted = words.encode()
    files = [file for file in root.rglob("*") if file.is_file()]
    return sorted(file.name for file in files if wanted in file.read_bytes())


def test_what_was_deleted_before_deleting_overwrote_is_gone_after_an_opening(
    sqlite_village: Village, clock: SettableClock
) -> None:
    directory = sqlite_village.directory
    sqlite_village.database.close()
    earlier = (
        "import pysqlite3, sys\n"
        "found = pysqlite3.connect(sys.argv[1])\n"
        "found.execute('PRAGMA secure_delete=0')\n"
        "found.execute('PRAGMA user_version=0')\n"
        "found.execute('CREATE TABLE earlier (words TEXT)')\n"
        "found.execute('INSERT INTO earlier VALUES (?)', (sys.argv[2],))\n"
        "found.commit()\n"
        "found.execute('DROP TABLE earlier')\n"
        "found.commit()\n"
    )
    subprocess.run([sys.executable, "-c", earlier, directory.database, SAID], check=True)
    assert holding(directory.root, SAID) == ["village.sqlite3"]
    with open_village(directory, clock).closing():
        assert holding(directory.root, SAID) == []


def test_a_journal_that_is_taken_away_is_noticed_and_nothing_is_lost(
    sqlite_village: Village, clock: SettableClock
) -> None:
    with writing(sqlite_village) as work:
        log.append(work, "clock_confirmed", {"number": 1})
    journal = sqlite_village.directory.database.with_name("village.sqlite3-wal")
    journal.unlink()
    with (
        pytest.raises(EnvironmentFault, match="disk_trouble"),
        writing(sqlite_village) as work,
    ):
        log.append(work, "clock_confirmed", {"number": 2})
    with writing(sqlite_village) as work:
        log.append(work, "clock_confirmed", {"number": 3})
    sqlite_village.database.close()
    with open_village(sqlite_village.directory, clock).closing() as again, again.read() as session:
        assert [log.content_of(session, index) for index in range(1, 3)] == [
            {"number": 1},
            {"number": 3},
        ]


# --- Plain copies -------------------------------------------------------------------------------


@pytest.fixture
def left(sqlite_village: Village) -> Iterator[Path]:
    """A plain copy that a crash left."""
    folder = sqlite_village.directory.root / ".backup-left"
    folder.mkdir()
    (folder / "village.sqlite3").write_bytes(b"everybody")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_what_a_crash_left_is_gone_after_the_next_opening(
    sqlite_village: Village, clock: SettableClock, left: Path
) -> None:
    earlier = sqlite_village.directory.root / "village.restoring"
    earlier.write_bytes(b"everybody")
    with open_village(sqlite_village.directory, clock).closing():
        assert (left.exists(), earlier.exists()) == (False, False)


def test_a_copy_that_somebody_is_making_stays(sqlite_village: Village) -> None:
    directory = sqlite_village.directory
    with private_files.plain_copy(directory, "backup") as folder:
        assert private_files.sweep(directory) == 0
        assert folder.exists()
    assert not folder.exists()


def test_a_process_that_is_killed_holds_nothing_any_more(sqlite_village: Village) -> None:
    directory = sqlite_village.directory
    killed = (
        "import os, pathlib, signal, sys\n"
        "from kiosk.core.paths import DataDirectory\n"
        "from kiosk.services.upkeep.private_files import plain_copy\n"
        "with plain_copy(DataDirectory(pathlib.Path(sys.argv[1])), 'restoring') as folder:\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", killed, directory.root], check=False)
    assert [each.name[:11] for each in directory.root.glob(".restoring*")] == [".restoring-"]
    assert private_files.sweep(directory) == 1
    assert not list(directory.root.glob(".restoring*"))


@pytest.mark.parametrize("harm", ["damaged", "foreign"])
def test_a_backup_that_is_refused_leaves_no_plain_copy(
    sqlite_village: Village, clock: SettableClock, harm: str
) -> None:
    directory = sqlite_village.directory
    made = back_up(sqlite_village).file
    whole = bytearray(made.read_bytes())
    whole[-20] ^= 1
    file = directory.root / "brought.backup"
    file.write_bytes(bytes(whole) if harm == "damaged" else made.read_bytes())
    key = sqlite_village.keys.backup if harm == "damaged" else bytes(32)
    sqlite_village.database.close()
    with pytest.raises((ExpectedError, EnvironmentFault)):
        restore(directory, file, key, clock)
    assert not [each for each in directory.root.iterdir() if "restoring" in each.name]


# --- Modes --------------------------------------------------------------------------------------


def open_to_others(root: Path) -> list[str]:
    """What stands in a village that others of the machine may do anything with."""
    return sorted(
        each.name
        for each in (root, *root.rglob("*"))
        if stat.S_IMODE(each.stat().st_mode) & 0o077 and not each.is_symlink()
    )


def test_a_folder_that_was_open_is_closed_at_the_next_opening(
    sqlite_village: Village, clock: SettableClock
) -> None:
    directory = sqlite_village.directory
    sqlite_village.database.close()
    for each in (directory.root, directory.backups):
        each.chmod(0o777)
    for each in (directory.database, directory.settings):
        each.chmod(0o666)
    with open_village(directory, clock).closing():
        assert open_to_others(directory.root) == []


@pytest.mark.long
def test_whatever_a_command_makes_is_the_kiosks_own(tmp_path: Path) -> None:
    root = tmp_path / "village"
    root.mkdir(mode=0o777)
    root.chmod(0o777)
    made = subprocess.run(
        [
            *(sys.executable, "-m", "kiosk", "init", "--data", root),
            *NAMED,
            *(part for told in OFFICIALS for part in ("--official", told)),
        ],
        capture_output=True,
        text=True,
        check=False,
        umask=0o022,
    )
    assert made.returncode == 0, made.stderr
    subprocess.run([sys.executable, "-m", "kiosk", "backup", "--data", root], check=True)
    assert open_to_others(root) == []
