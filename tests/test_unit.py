"""The kiosk's unit: what it holds of people leaves the machine's memory by no other way."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.devices import machine_power

UNIT = Path(__file__).resolve().parents[1] / "packaging/debian/village-kiosk.service"
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
