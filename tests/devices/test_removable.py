"""Drives that people plug in: found, listed, read and written, with every trouble in a sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.core.catalogue import catalogue
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.devices import removable
from kiosk.devices.removable import Drive, drives, pictures, read, write
from tests.faults.trouble import namespace_command


@pytest.fixture
def slot(tmp_path: Path) -> Path:
    """The folder whose subfolders stand for drives."""
    (tmp_path / "slot").mkdir()
    return tmp_path / "slot"


@pytest.fixture
def stick(slot: Path) -> Path:
    """One drive that is in."""
    (slot / "HOLIDAY").mkdir()
    return slot / "HOLIDAY"


def drive_in(slot: Path) -> Drive:
    (found,) = drives(str(slot))
    return found


def put(file: Path, content: bytes = b"picture", at: float = 1000) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (at, at))
    return file


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


# --- Finding ----------------------------------------------------------------------------------

MOUNTS = """\
22 1 8:2 / / rw,relatime - ext4 /dev/sda2 rw
60 22 8:17 / /media/village-kiosk/sdb1 rw,nosuid,nodev,noexec - vfat /dev/sdb1 rw
61 22 179:1 / /media/anna/My\\040card rw - exfat /dev/mmcblk0p1 rw
62 22 8:3 / /media/data rw - ext4 /dev/sda3 rw
63 22 0:44 / /media/share rw - cifs //server/share rw
64 60 8:17 / /media/village-kiosk/sdb1 rw,nosuid,nodev,noexec - vfat /dev/sdb1 rw
65 22 8:33 / /mnt/other rw - vfat /dev/sdc1 rw
"""


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A machine with an inner disk, a USB stick with a label, and an SD card without one."""
    real = tmp_path / "sys/devices"
    for place, removable_flag in (
        ("ata1/block/sda/sda2", "0"),
        ("ata1/block/sda/sda3", "0"),
        ("pci/usb1/1-2/block/sdb/sdb1", "0"),
        ("pci/usb1/1-3/block/sdc/sdc1", "1"),
        ("mmc_host/mmc0/block/mmcblk0/mmcblk0p1", "0"),
    ):
        partition = real / place
        partition.mkdir(parents=True)
        (partition.parent / "removable").write_text(removable_flag + "\n")
        named = tmp_path / "sys/class/block" / partition.name
        named.parent.mkdir(parents=True, exist_ok=True)
        named.symlink_to(partition)
    model = real / "mmc_host/mmc0/block/mmcblk0/device/model"
    model.parent.mkdir()
    model.write_text("SD card 32G\n")
    labels = tmp_path / "dev/disk/by-label"
    labels.mkdir(parents=True)
    (labels / "奶奶的\\x20U盘").symlink_to("../../sdb1")
    return tmp_path


def test_only_what_can_be_pulled_out_counts_and_only_where_drives_are_mounted(system: Path) -> None:
    found = list(removable._plugged_in(MOUNTS, system))
    assert found == [
        (Path("/media/village-kiosk/sdb1"), "奶奶的 U盘"),
        (Path("/media/anna/My card"), "SD card 32G\n"),
    ]


def test_this_machine_can_be_asked_without_any_drive() -> None:
    assert all(drive.folder.is_absolute() for drive in drives())


def test_a_drive_has_a_label_fit_to_be_shown_and_its_free_room(slot: Path) -> None:
    (slot / ("\u202eevil\n" + "x" * 90)).mkdir()
    drive = drive_in(slot)
    assert drive.label == "evil " + "x" * 35
    assert 0 < drive.free <= shutil.disk_usage(slot).free + (1 << 30)


def test_no_drive_and_no_slot_are_simply_nothing(slot: Path) -> None:
    assert drives(str(slot)) == ()
    assert drives(str(slot / "nowhere")) == ()


# --- Listing ----------------------------------------------------------------------------------


def test_the_newest_pictures_come_first_and_other_kinds_are_counted(
    slot: Path, stick: Path
) -> None:
    put(stick / "a.jpg", at=100)
    put(stick / "DCIM/100/b.JPEG", at=300)
    put(stick / "c.png", at=200)
    put(stick / "d.webp", at=50)
    put(stick / "e.heic")
    put(stick / "letter.pdf")
    put(stick / ".hidden.jpg")
    put(stick / ".Trash/f.jpg")
    found = pictures(drive_in(slot))
    assert [each.path for each in found.newest] == ["DCIM/100/b.JPEG", "c.png", "a.jpg", "d.webp"]
    assert (found.more, found.unread, found.newest[0].name) == (0, 1, "b.JPEG")


def test_a_full_card_is_listed_up_to_a_limit(
    slot: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(removable.MOST_PICTURES + 5):
        put(stick / f"{number}.jpg", at=number)
    found = pictures(drive_in(slot))
    assert (len(found.newest), found.more) == (removable.MOST_PICTURES, 5)
    assert found.newest[0].path == f"{removable.MOST_PICTURES + 4}.jpg"
    monkeypatch.setattr(removable, "MOST_ENTRIES", 10)
    assert len(pictures(drive_in(slot)).newest) == 10


def test_folders_without_end_end(slot: Path, stick: Path) -> None:
    deep = stick
    for _ in range(40):
        deep = deep / "d"
        put(deep / "x.jpg")
    (deep / "round").symlink_to(stick, target_is_directory=True)
    assert len(pictures(drive_in(slot)).newest) == removable.DEEPEST - 1


def test_folders_without_number_are_not_all_opened(
    slot: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        put(stick / f"{number:02}" / "x.jpg")
    monkeypatch.setattr(removable, "MOST_ENTRIES", 40)
    assert len(pictures(drive_in(slot)).newest) == 10


def test_links_lead_nowhere(slot: Path, stick: Path, tmp_path: Path) -> None:
    secret = put(tmp_path / "secret/key.jpg", b"secret")
    (stick / "key.jpg").symlink_to(secret)
    (stick / "folder").symlink_to(secret.parent, target_is_directory=True)
    drive = drive_in(slot)
    assert pictures(drive).newest == ()
    for path in ("key.jpg", "folder/key.jpg"):
        with pytest.raises(EnvironmentFault, match="drive_trouble"):
            read(drive, removable.DriveFile(path, 6, 0), 100)
    with pytest.raises(ValueError, match="not a path"):
        read(drive, removable.DriveFile("../../secret/key.jpg", 6, 0), 100)


# --- Reading ----------------------------------------------------------------------------------


def test_a_picture_is_read_up_to_a_size(slot: Path, stick: Path) -> None:
    put(stick / "a/b/c.jpg", b"x" * 100)
    drive = drive_in(slot)
    (found,) = pictures(drive).newest
    assert (found.size, read(drive, found, 100)) == (100, b"x" * 100)
    with pytest.raises(ExpectedError, match="photo_too_large"):
        read(drive, found, 99)


def test_a_pipe_that_calls_itself_a_picture_keeps_nobody_waiting(slot: Path, stick: Path) -> None:
    os.mkfifo(stick / "a.jpg")
    drive = drive_in(slot)
    assert pictures(drive).newest == ()
    with pytest.raises(EnvironmentFault, match="drive_trouble"):
        read(drive, removable.DriveFile("a.jpg", 1, 0), 10)


# --- Writing ----------------------------------------------------------------------------------


def test_what_is_written_is_whole_and_writes_nothing_over(slot: Path, stick: Path) -> None:
    drive = drive_in(slot)
    content = bytes(range(256)) * 9000
    assert write(drive, "my-data.pdf", content) == "my-data.pdf"
    assert write(drive, "my-data.pdf", b"second") == "my-data (2).pdf"
    assert write(drive, "MY-DATA.pdf", b"third") == "MY-DATA (3).pdf"
    assert (stick / "my-data.pdf").read_bytes() == content
    assert names(stick) == ["MY-DATA (3).pdf", "my-data (2).pdf", "my-data.pdf"]


def test_a_draft_left_by_an_earlier_try_does_no_harm(slot: Path, stick: Path) -> None:
    put(stick / ".a.json.new", b"half")
    assert write(drive_in(slot), "a.json", b"whole") == "a.json"
    assert names(stick) == ["a.json"]


@pytest.mark.parametrize("name", ["", ".hidden", "a/b", "a\\b", "a:b", "a\0"])
def test_a_name_that_not_every_drive_takes_is_a_bug(name: str, slot: Path, stick: Path) -> None:
    with pytest.raises(ValueError, match="not a name"):
        write(drive_in(slot), name, b"x")


# --- Pulled out, full, read-only ----------------------------------------------------------------


def test_a_drive_that_was_pulled_out_is_neither_read_nor_written(slot: Path, stick: Path) -> None:
    put(stick / "a.jpg")
    drive = drive_in(slot)
    (found,) = pictures(drive).newest
    stick.rename(slot.parent / "drawer")
    for left in (False, True):
        if left:
            stick.mkdir()  # the empty folder on the kiosk's own disk that it was mounted on
        for act in (
            lambda: pictures(drive),
            lambda: read(drive, found, 100),
            lambda: write(drive, "a.json", b"x"),
        ):
            with pytest.raises(EnvironmentFault, match="drive_gone"):
                act()
    assert names(stick) == []


def test_a_picture_that_went_while_the_drive_stayed_is_trouble(slot: Path, stick: Path) -> None:
    put(stick / "a.jpg")
    drive = drive_in(slot)
    (found,) = pictures(drive).newest
    (stick / "a.jpg").unlink()
    with pytest.raises(EnvironmentFault, match="drive_trouble"):
        read(drive, found, 100)


INSIDE = """
import subprocess, sys
from pathlib import Path
from kiosk.core.errors import EnvironmentFault
from kiosk.devices.removable import drives, write, pictures

slot = Path(sys.argv[1])
stick = slot / "stick"
stick.mkdir()

def call(*command):
    subprocess.run(command, check=True)

def told(content):
    try:
        return write(drive, "a.json", content)
    except EnvironmentFault as fault:
        return fault.code

call("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(stick))
(drive,) = drives(str(slot))
print(told(b"x" * 100_000), told(b"x" * 400_000), sorted(each.name for each in stick.iterdir()))
call("mount", "-o", "remount,ro", str(stick))
print(told(b"x"), sorted(each.name for each in stick.iterdir()))
call("umount", "--lazy", str(stick))
print(told(b"x"), list(stick.iterdir()))
"""


@pytest.mark.skipif(namespace_command() is None, reason="this system gives no mount namespace")
def test_full_read_only_and_unmounted_drives_each_say_so(slot: Path) -> None:
    command = [*(namespace_command() or []), sys.executable, "-c", INSIDE, str(slot)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == [
        "a.json drive_full ['a.json']",
        "drive_read_only ['a.json']",
        "drive_gone []",
    ]


@pytest.mark.parametrize(
    "code", ["drive_full", "drive_read_only", "drive_gone", "drive_trouble", "photo_too_large"]
)
def test_each_trouble_has_its_sentence(code: str) -> None:
    for language in ("zh", "en"):
        assert catalogue().text(f"error.{code}", language, 12).endswith(("。", "."))
