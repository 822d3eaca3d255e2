"""The keeper swaps the stick and sets the clock at the screen, where the machine lets it be."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.core.clock import VILLAGE_ZONE, SettableClock
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.services.upkeep import backup_places, clock_check, tasks
from kiosk.services.village import Village
from tests.services.access.entries import ledger_of
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish


@pytest.fixture
def hamlet(sqlite_village: Village, clock: SettableClock) -> LoggedHamlet:
    return grown(LoggedHamlet(sqlite_village, clock), furnish)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH, in which a stand-in for timedatectl can be put."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    return tmp_path / "bin"


def timedatectl(machine: Path, ending: int) -> Path:
    """It writes down what it was asked, and ends so."""
    program, asked = machine / "timedatectl", machine / "asked"
    program.write_text(f'#!/bin/sh\necho "$@" > {asked}\nexit {ending}\n')
    program.chmod(0o755)
    return asked


def with_second(village: Village, place: Path) -> Village:
    return replace(village, settings=replace(village.settings, backup_to=str(place)))


def test_a_stick_is_swapped_and_the_new_one_is_seen_to_be_written(
    hamlet: LoggedHamlet, tmp_path: Path
) -> None:
    keeper = hamlet.sign("K", "keeper")
    with pytest.raises(ExpectedError, match="no_second_place"):
        tasks.try_stick(hamlet.village, keeper)
    slot = tmp_path / "slot"
    slot.mkdir()
    village = with_second(hamlet.village, slot)
    first = tasks.try_stick(village, keeper).second
    assert first is not None
    shutil.rmtree(slot)  # pulled out
    hamlet.clock.advance(minutes=1)
    with pytest.raises(EnvironmentFault, match="second_absent"):
        tasks.try_stick(village, keeper)
    assert len(backup_places.kept_in(village.directory.backups)) == 2
    slot.mkdir()  # the other one
    hamlet.clock.advance(minutes=1)
    second = tasks.try_stick(village, keeper).second
    assert second is not None
    assert [each.file for each in backup_places.kept_in(slot)] == [second]


@pytest.mark.parametrize("typed", ["2026-12-01 08:30", "2026年12月1日8时30分", "2026 12 1 8 30"])
def test_a_moment_is_understood_however_it_is_parted(typed: str) -> None:
    assert tasks.moment_of(typed) == datetime(2026, 12, 1, 8, 30, tzinfo=VILLAGE_ZONE)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "8:30",
        "2026-13-01 08:30",
        "2026-12-01 24:00",
        "2026-12-01",
        "1970-01-01 00:00",
        "x" * 99,
    ],
)
def test_what_is_no_moment_is_refused_with_how_to_type_one(typed: str) -> None:
    with pytest.raises(ExpectedError, match="moment_unclear"):
        tasks.moment_of(typed)


def test_the_clock_is_set_and_is_trusted_from_then_on(hamlet: LoggedHamlet, machine: Path) -> None:
    asked = timedatectl(machine, 0)
    keeper = hamlet.sign("K", "keeper")
    tasks.set_clock(hamlet.village, keeper, "2026-12-01 08:30")
    assert asked.read_text().startswith("--no-ask-password set-time 2026-12-01 ")
    assert len(ledger_of(hamlet.village, clock_check.CONFIRMED)) == 1


@pytest.mark.parametrize("there", [True, False])
def test_where_the_clock_may_not_be_set_the_line_to_type_is_said(
    hamlet: LoggedHamlet, machine: Path, there: bool
) -> None:
    if there:
        timedatectl(machine, 1)
    keeper = hamlet.sign("K", "keeper")
    with pytest.raises(EnvironmentFault, match="clock_not_allowed") as refused:
        tasks.set_clock(hamlet.village, keeper, "2026-12-01 08:30")
    assert "timedatectl set-time '2026-12-01" in refused.value.sentence(
        hamlet.village.catalogue, "en"
    )
    assert ledger_of(hamlet.village, clock_check.CONFIRMED) == []
    with pytest.raises(ExpectedError, match="not_allowed"):
        tasks.set_clock(hamlet.village, hamlet.officer("Y"), "2026-12-01 08:30")


def test_only_the_kiosks_own_packages_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "STICK" / "new").mkdir(parents=True)
    package = tmp_path / "STICK" / "new" / "village-kiosk_0.2_amd64.deb"
    package.write_bytes(b"!<arch>")
    (tmp_path / "STICK" / "game.deb").write_bytes(b"!<arch>")
    assert tasks.packages_in(str(tmp_path)) == (str(package),)
