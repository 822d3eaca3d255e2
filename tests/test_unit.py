"""The kiosk's unit: what it holds of people leaves the machine's memory by no other way."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from kiosk.app import PROCESS, TRIED, note_process, note_screen
from kiosk.devices import machine_power

UNIT = Path(__file__).resolve().parents[1] / "packaging/debian/village-kiosk.service"
BUILD = UNIT.parents[1] / "build-deb.sh"
HIGHEST_EXPOSURE = 24
"""Tenths, as systemd reckons them; a service that is not confined at all has 96."""


@pytest.mark.parametrize(
    "line",
    [
        "LimitCORE=0",
        "MemorySwapMax=0",
        "MemoryMax=1500M",
        "OOMPolicy=continue",
        "UMask=0077",
        "StateDirectoryMode=0700",
        "RuntimeDirectoryMode=0700",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "ProtectSystem=strict",
    ],
)
def test_the_unit_says_each_of_its_bounds_once(line: str) -> None:
    name = line.partition("=")[0]
    said = [each for each in UNIT.read_text("utf-8").splitlines() if each.startswith(f"{name}=")]
    assert said == [line]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_finds_the_unit_as_confined_as_a_screen_allows() -> None:
    judged = subprocess.run(
        [
            *("systemd-analyze", "security", "--offline=yes", "--no-pager"),
            *(f"--threshold={HIGHEST_EXPOSURE}", UNIT),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, [*judged.stdout.splitlines()[-1:], judged.stderr]


OFF = UNIT.with_name("village-kiosk-off.path")


def test_the_file_that_switches_off_is_the_one_that_the_system_waits_for() -> None:
    said = UNIT.read_text("utf-8")
    file = "/run/village-kiosk-off/now"
    assert f"{machine_power.VARIABLE}={file}" in said
    assert f"PathExists={file}" in OFF.read_text("utf-8")
    assert f"rm -f {file}" in OFF.with_suffix(".service").read_text("utf-8")
    folder = str(Path(file).parent)
    assert f"ReadWritePaths=-{folder}\n" in said
    made = UNIT.with_name("village-kiosk.tmpfiles").read_text("utf-8")
    assert f"d {folder} 0700 village-kiosk village-kiosk -" in made


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
@pytest.mark.parametrize("unit", [OFF, OFF.with_suffix(".service")])
def test_systemd_reads_the_units_that_switch_off(unit: Path) -> None:
    judged = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )
    assert "village-kiosk-off" not in judged.stderr, judged.stderr


FOREVER = "while :; do sleep 0.05; done"
STOP = UNIT.with_name("stop")


def test_the_unit_ends_the_program_first_and_gives_it_time_for_a_backup() -> None:
    said = UNIT.read_text("utf-8").splitlines()
    assert "ExecStop=/usr/lib/village-kiosk/stop" in said
    assert "TimeoutStopSec=600" in said
    assert "install_file 755 stop usr/lib/village-kiosk/stop" in BUILD.read_text("utf-8")
    drive = UNIT.with_name("village-kiosk-drive@.service").read_text("utf-8")
    assert "Before=village-kiosk.service\n" in drive, "the stick stays until the backup is on it"


@pytest.mark.parametrize("known", [True, False])
def test_stopping_waits_for_the_program_and_for_nothing_else(tmp_path: Path, known: bool) -> None:
    """One that takes its time; it is ended by its number, which it wrote down itself."""
    ending = tmp_path / "ended"
    program = subprocess.Popen(
        ["sh", "-c", f"trap 'sleep 0.5; touch {ending}; exit' TERM; echo up; {FOREVER}"],
        stdout=subprocess.PIPE,
    )
    assert program.stdout is not None
    program.stdout.readline()
    if known:
        (tmp_path / PROCESS).write_text(f"{program.pid}\n")
    reaped = threading.Thread(target=program.wait)
    reaped.start()
    environment = {**os.environ, "RUNTIME_DIRECTORY": str(tmp_path)}
    try:
        assert subprocess.run([STOP], env=environment, check=False).returncode == 0
        assert ending.exists() == known
    finally:
        program.terminate()
        reaped.join()
        program.stdout.close()


def test_a_program_that_is_gone_is_not_waited_for(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    (tmp_path / PROCESS).write_text(f"{gone.pid}\n")
    environment = {**os.environ, "RUNTIME_DIRECTORY": str(tmp_path)}
    assert subprocess.run([STOP], env=environment, check=False).returncode == 0


def test_the_program_writes_its_number_where_the_unit_looks_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(tmp_path))
    note_process()
    assert int((tmp_path / PROCESS).read_text()) == os.getpid()
    assert f"/{PROCESS}" in STOP.read_text("utf-8")


SESSION = UNIT.with_name("session")


def starts(folder: Path, times: int) -> list[str]:
    """So many starts, none of which comes to a screen; what each of them called, and with what."""
    told = folder / "told"
    for name in ("cage", "kiosk"):
        called = folder / name
        called.write_text(f'#!/bin/sh\necho "{name} $* ${{WLR_RENDERER:-gpu}}" >>{told}\n')
        called.chmod(0o755)
    script = SESSION.read_text("utf-8")
    for name in ("cage", "kiosk"):
        script = script.replace(f"exec /usr/bin/{name}", f"exec {folder / name}")
    (folder / "session").write_text(script)
    environment = {
        "PATH": os.environ["PATH"],
        "RUNTIME_DIRECTORY": str(folder),
        "CAGE_OPTIONS": "-s",
    }
    for _ in range(times):
        subprocess.run(["sh", folder / "session"], env=environment, check=True)
    return told.read_text().splitlines()


def test_graphics_that_fail_are_followed_by_software_and_then_by_a_sentence(tmp_path: Path) -> None:
    """And then from the beginning: there is no loop without a sentence."""
    way = [
        *["cage -s -- /usr/bin/kiosk run gpu"] * 2,
        *["cage -s -- /usr/bin/kiosk run pixman"] * 2,
        "kiosk no-screen gpu",
    ]
    assert starts(tmp_path, 7) == [*way, *way[:2]]


def test_a_count_that_a_hand_has_spoilt_is_none(tmp_path: Path) -> None:
    (tmp_path / "tried").write_text("many\n")
    assert starts(tmp_path, 1) == ["cage -s -- /usr/bin/kiosk run gpu"]


@pytest.mark.parametrize(("renderer", "left"), [("", None), ("pixman", "2\n")])
def test_the_first_screen_ends_the_count_and_keeps_to_what_worked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: str, left: str | None
) -> None:
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("WLR_RENDERER", renderer)
    tried = tmp_path / TRIED
    tried.write_text("3\n")
    note_screen()
    assert (tried.read_text() if tried.exists() else None) == left


def test_the_unit_starts_the_session_and_keeps_its_count() -> None:
    said = UNIT.read_text("utf-8")
    assert "WATCHDOG_PID /usr/lib/village-kiosk/session\n" in said
    assert "RuntimeDirectoryPreserve=restart\n" in said
    assert "install_file 755 session usr/lib/village-kiosk/session" in BUILD.read_text("utf-8")
