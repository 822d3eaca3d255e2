"""The Debian package's own files: what they promise the keeper, and that they fit one another."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from kiosk.services.upkeep.restoring import USUAL_SECOND

ROOT = Path(__file__).resolve().parents[1]
DEBIAN = ROOT / "packaging/debian"
BUILD = (ROOT / "packaging/build-deb.sh").read_text("utf-8")
UNIT = (DEBIAN / "village-kiosk.service").read_text("utf-8")


@pytest.mark.parametrize("file", sorted(DEBIAN.iterdir()), ids=lambda file: file.name)
def test_every_file_of_the_package_is_packed(file: Path) -> None:
    assert re.search(rf"(install_file \d+ |debian/){re.escape(file.name)}\b", BUILD)


def test_nothing_of_the_package_lies_where_packages_do_not_belong() -> None:
    files = [each for each in (ROOT / "packaging").rglob("*") if each.is_file()]
    # What Python keeps beside the verifier, once a test has imported it, is no file of ours.
    assert [each.name for each in files if b"opt/village-kiosk" in each.read_bytes()] == []


def test_the_unit_may_write_where_the_second_place_is() -> None:
    allowed = re.findall(r"^ReadWritePaths=(.+)$", UNIT, re.MULTILINE)
    places = {Path(each.removeprefix("-")) for line in allowed for each in line.split()}
    assert {Path("/mnt"), Path("/srv")} <= places
    assert Path(USUAL_SECOND).parent in places


def test_the_backup_stick_is_found_by_its_label_and_mounted_in_the_usual_place() -> None:
    rules = (DEBIAN / "village-kiosk-drives.rules").read_text("utf-8")
    label, visitors = rules.index('"KIOSK-BACKUP"'), rules.index("village-kiosk-drive@%k")
    assert label < visitors, "before it is taken for a visitor's"
    assert 'GOTO="village_kiosk_end"' in rules[label:visitors]
    assert str(USUAL_SECOND) in (DEBIAN / "mount-backup").read_text("utf-8")
    service = (DEBIAN / "village-kiosk-backup@.service").read_text("utf-8")
    assert "ExecStart=/usr/lib/village-kiosk/mount-backup /dev/%I\n" in service
    assert "Before=village-kiosk.service\n" in service, "it stays until the backup is on it"
    made = (DEBIAN / "village-kiosk.tmpfiles").read_text("utf-8")
    assert f"d {USUAL_SECOND} :0755 :root :root -\n" in made, "a stick in it keeps its owner"


def test_the_keeper_has_a_second_console_and_is_told_of_it() -> None:
    assert "Environment=CAGE_OPTIONS=-s\n" in UNIT
    assert UNIT.index("Environment=CAGE_OPTIONS") < UNIT.index("EnvironmentFile=-/etc/default")
    assert "Ctrl+Alt+F1" in (DEBIAN / "issue").read_text("utf-8")
    told = (DEBIAN / "README.Debian").read_text("utf-8")
    assert "Ctrl+Alt+F2" in told
    assert "openssh-server" in told
    assert "purge included" in told


def test_every_document_that_the_unit_names_is_packed() -> None:
    named = re.findall(r"file:///usr/share/doc/village-kiosk/(\S+)", UNIT)
    assert named
    for name in named:
        assert name.removesuffix(".md") in BUILD


@pytest.mark.parametrize("script", ["kiosk", "mount-backup", "postinst", "postrm", "prerm", "stop"])
def test_a_shell_reads_each_script(script: str) -> None:
    subprocess.run(["sh", "-n", DEBIAN / script], check=True)


def test_a_library_under_three_names_is_packed_once(tmp_path: Path) -> None:
    """The step itself, on a folder with two libraries of which one has twins."""
    step = re.search(r"^link_twins\(\) \{\n.*?^\}\n", BUILD, re.MULTILINE | re.DOTALL)
    assert step
    folder = tmp_path / "lib"
    folder.mkdir()
    for name, content in (("a.so", b"1"), ("a.so.1", b"1"), ("a.so.1.2", b"1"), ("b.so", b"2")):
        (folder / name).write_bytes(content * 100_000)
    (folder / "small.so").write_bytes(b"1")
    subprocess.run(
        ["bash", "-euc", f"{step[0]}\nlink_twins"],
        env={"PROGRAM": str(tmp_path), "PATH": "/usr/bin:/bin"},
        check=True,
    )
    links = [each for each in folder.iterdir() if each.is_symlink()]
    assert sorted(each.name[0] for each in links) == ["a", "a"]
    assert {each.resolve().name[0] for each in links} == {"a"}
    assert (folder / "a.so.1").read_bytes() == b"1" * 100_000
    assert (folder / "b.so").read_bytes() == b"2" * 100_000
