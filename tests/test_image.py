"""The disk image: what its parts promise one another, and the boot sector that BIOS starts."""

from __future__ import annotations

import re
import runpy
import struct
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PARTS = ROOT / "packaging/image"
BUILD = (ROOT / "packaging/build-image.sh").read_text("utf-8")
ROOT_LABEL = "kiosk-root"
SECTOR = 512


def test_the_loader_the_table_and_the_file_system_mean_one_label() -> None:
    assert f"mkfs.ext4 -q -L {ROOT_LABEL} " in BUILD
    loader = (PARTS / "grub.cfg").read_text("utf-8")
    assert loader.count(ROOT_LABEL) == 2
    table = (PARTS / "files/etc/fstab").read_text("utf-8")
    assert table.startswith(f"LABEL={ROOT_LABEL} / ext4 ")


def test_the_root_grows_to_the_disk_with_its_partition() -> None:
    assert "x-systemd.growfs" in (PARTS / "files/etc/fstab").read_text("utf-8")
    assert "Type=root-x86-64\n" in (PARTS / "files/etc/repart.d/50-root.conf").read_text("utf-8")
    last = re.findall(r"^start=.*type=\$(\w+)_TYPE", BUILD, re.MULTILINE)[-1]
    assert last == "ROOT", "only the last one can grow"


def test_the_journal_outlives_the_machines_rest() -> None:
    said = (PARTS / "files/etc/systemd/journald.conf.d/village-kiosk.conf").read_text("utf-8")
    assert "Storage=persistent\n" in said


def test_the_keepers_password_is_drawn_and_changed_at_the_first_sign_in() -> None:
    said = (PARTS / "configure").read_text("utf-8")
    assert "$KEEPER_PASSWORD" in said
    assert "chage --lastday 0 keeper" in said
    assert "KEEPER_PASSWORD=$(tr -dc a-km-z2-9 </dev/urandom | head -c 12" in BUILD


@pytest.mark.parametrize("script", [PARTS / "configure", ROOT / "packaging/build-image.sh"])
def test_a_shell_reads_each_script(script: Path) -> None:
    shell = script.read_text("utf-8").splitlines()[0].rpartition("/")[2].split()[-1]
    subprocess.run([shell, "-n", script], check=True)


def test_the_boot_sector_leads_to_the_core_and_leaves_the_partition_table(tmp_path: Path) -> None:
    disk = tmp_path / "disk.img"
    disk.write_bytes(bytes([7]) * SECTOR * 8)
    boot = bytes(range(256)) * 2
    runpy.run_path(str(PARTS / "bios_boot.py"))["install"](disk, boot, 4)
    written = disk.read_bytes()
    assert written[:0x5C] == boot[:0x5C]
    assert struct.unpack_from("<Q", written, 0x5C) == (4,)
    assert struct.unpack_from("<Q", written, 4 * SECTOR + 0x1F4) == (5,)
    assert set(written[0x1B8:SECTOR]) == {7}, "the signature and the table of partitions stay"
    assert set(written[SECTOR : 4 * SECTOR]) == {7}


def test_without_root_the_builder_says_what_it_needs() -> None:
    assert BUILD.index("[[ $EUID -eq 0 ]]") < BUILD.rindex("\nbuild_root\n")
