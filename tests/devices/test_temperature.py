"""How warm the machine is, where it can be asked at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.devices.temperature import hottest


def zones(folder: Path, *said: str) -> Path:
    for number, each in enumerate(said):
        (folder / f"thermal_zone{number}").mkdir(parents=True)
        (folder / f"thermal_zone{number}" / "temp").write_text(each)
    return folder


def test_the_hottest_part_counts_in_whole_degrees(tmp_path: Path) -> None:
    assert hottest(zones(tmp_path, "41800\n", "56600\n", "9000\n")) == 57


@pytest.mark.parametrize("said", ["", "warm", "-274000", "250000"])
def test_a_sensor_that_is_none_says_nothing(tmp_path: Path, said: str) -> None:
    assert hottest(zones(tmp_path, said)) is None
    assert hottest(zones(tmp_path / "more", said, "40000")) == 40


def test_a_machine_that_cannot_be_asked_has_no_temperature(tmp_path: Path) -> None:
    assert hottest(tmp_path / "absent") is None
