"""The keeper switches the machine off: nothing is at the printer, and the day has its backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.devices import machine_power
from kiosk.services.printing.weekly_checkpoint import queue_checkpoint
from kiosk.services.upkeep import switching_off
from tests.services.cases.conftest import Hamlet, sqlite_hamlet

__all__ = ["sqlite_hamlet"]


def keeper(hamlet: Hamlet) -> str:
    return hamlet.sign("W", "keeper")


@pytest.fixture
def hamlet(sqlite_hamlet: Hamlet) -> Hamlet:
    """One that has a keeper."""
    sqlite_hamlet.add("W")
    return sqlite_hamlet


def test_the_day_is_backed_up_before_the_machine_goes_off(
    hamlet: Hamlet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(machine_power.VARIABLE, str(tmp_path / "now"))
    farewell = switching_off.prepare(hamlet.village, keeper(hamlet))
    assert farewell.by_itself
    assert farewell.backup is not None
    assert farewell.backup.file.is_file()
    assert not (tmp_path / "now").exists()
    machine_power.switch_off()
    assert (tmp_path / "now").exists()


def test_where_the_machine_may_not_its_button_is_named(
    hamlet: Hamlet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(machine_power.VARIABLE, str(tmp_path / "nowhere" / "now"))
    assert not switching_off.prepare(hamlet.village, keeper(hamlet)).by_itself
    monkeypatch.delenv(machine_power.VARIABLE)
    assert not machine_power.may_switch_off()
    machine_power.switch_off()
    assert not (tmp_path / "nowhere").exists()


def test_whoever_is_not_the_keeper_switches_nothing_off(hamlet: Hamlet) -> None:
    for seat in (hamlet.officer("Y"), hamlet.sign("Z", "clerk"), hamlet.sign("A")):
        with pytest.raises(ExpectedError, match="not_allowed"):
            switching_off.prepare(hamlet.village, seat)


def test_a_paper_that_is_coming_out_is_waited_for(hamlet: Hamlet) -> None:
    job = queue_checkpoint(hamlet.village)
    switching_off.prepare(hamlet.village, keeper(hamlet), without_backup=True)
    with hamlet.village.write() as session:
        session.connection().exec_driver_sql(
            f"UPDATE print_job SET phase = 'printing' WHERE id = {job}"
        )
    with pytest.raises(ExpectedError, match="papers_coming"):
        switching_off.prepare(hamlet.village, keeper(hamlet))


def test_a_backup_that_fails_can_be_left_out(
    hamlet: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = hamlet.village.directory.root / "backups"
    if folder.is_dir():
        folder.rmdir()
    folder.write_text("no folder")
    with pytest.raises(EnvironmentFault):
        switching_off.prepare(hamlet.village, keeper(hamlet))
    farewell = switching_off.prepare(hamlet.village, keeper(hamlet), without_backup=True)
    assert farewell.backup is None
