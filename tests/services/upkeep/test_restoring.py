"""A village is put back from the screen: what is offered and told, and what is refused."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger import log
from kiosk.services.upkeep import restoring
from kiosk.services.upkeep.backup import back_up
from kiosk.services.upkeep.opening import found_village, open_village
from kiosk.services.upkeep.recovery_key import key_text
from kiosk.services.upkeep.restoring import Offered, Wish
from kiosk.services.village import Village
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish
from tests.worlds.names import YANGQIAO


@pytest.fixture
def hamlet(sqlite_village: Village, clock: SettableClock) -> LoggedHamlet:
    return grown(LoggedHamlet(sqlite_village, clock), furnish)


@pytest.fixture
def slot(tmp_path: Path) -> Path:
    """Where sticks are put in; there is one."""
    (tmp_path / "slot" / "BACKUP").mkdir(parents=True)
    return tmp_path / "slot"


def on_stick(village: Village, slot: Path) -> Offered:
    """The newest backup on the stick, just made."""
    back_up(village, slot / "BACKUP")
    return offered_on(village, slot)[0]


def offered_on(village: Village, slot: Path) -> list[Offered]:
    settings = replace(village.settings, drives=str(slot))
    found = restoring.offered(village.directory, settings)
    return [each for each in found if each.place == "drive"]


def wish(hamlet: LoggedHamlet, chosen: Offered, typed: str = "") -> Wish:
    key = typed or key_text(hamlet.village.keys.backup)
    return Wish(hamlet.sign("K", "keeper"), chosen, key)


def size(village: Village) -> int:
    with village.read() as session:
        return log.log_size(session)


def nothing() -> None:
    raise AssertionError("the village was closed")


def test_backups_of_every_place_are_offered_the_newest_first(
    hamlet: LoggedHamlet, slot: Path, tmp_path: Path
) -> None:
    village, clock = hamlet.village, hamlet.clock
    second = tmp_path / "second"
    back_up(village)
    back_up(village, second)
    clock.advance(hours=1)
    back_up(village, slot / "BACKUP")
    back_up(village)
    (slot / "BACKUP" / "village-copy.backup").write_bytes(b"none")
    settings = replace(village.settings, drives=str(slot), backup_to=str(second))
    found = restoring.offered(village.directory, settings)
    assert [each.place for each in found] == ["here", "here", "second", "drive"]
    assert found[0].made_at > found[1].made_at
    shutil.rmtree(second)
    assert [each.place for each in restoring.offered(village.directory, settings)] == [
        "here",
        "here",
        "drive",
    ]


def test_a_backup_is_told_before_it_is_put_back_and_nothing_changes(
    hamlet: LoggedHamlet, slot: Path
) -> None:
    village = hamlet.village
    chosen = on_stick(village, slot)
    held = size(village)
    hamlet.clock.advance(hours=2)
    wanted = wish(hamlet, chosen)
    after = size(village)
    seen = restoring.preview(village, village.directory, wanted)
    assert (seen.village, seen.made_at, seen.entries) == (
        village.settings.name,
        chosen.made_at,
        held,
    )
    assert (seen.lost, seen.goes_on) == (after - held, True)
    assert size(village) == after


def test_it_is_put_back_although_the_stick_is_gone_by_then(
    hamlet: LoggedHamlet, slot: Path
) -> None:
    village = hamlet.village
    chosen = on_stick(village, slot)
    wanted = wish(hamlet, chosen)

    def let_go() -> None:
        shutil.rmtree(slot / "BACKUP")
        village.database.close()

    done = restoring.put_back(village, village.directory, wanted, hamlet.clock, let_go)
    assert done.cards == 0
    assert done.report.kept_aside is not None
    with open_village(village.directory, hamlet.clock).closing() as again:
        assert verify_village(again).consistent
        assert size(again) == done.report.entries + 1
    assert not [each for each in village.directory.root.iterdir() if "restoring" in each.name]


@pytest.mark.parametrize("pulled", ["before", "in the middle"])
def test_a_stick_that_is_pulled_out_leaves_the_present_village_whole_and_open(
    hamlet: LoggedHamlet, slot: Path, pulled: str
) -> None:
    village = hamlet.village
    chosen = on_stick(village, slot)
    wanted = wish(hamlet, chosen)
    before = size(village)
    if pulled == "before":
        shutil.rmtree(slot / "BACKUP")
    else:  # what was read so far is all that ever comes
        os.truncate(slot / "BACKUP" / chosen.file.path, chosen.file.size // 2)
    with pytest.raises(EnvironmentFault, match="drive_gone"):
        restoring.put_back(village, village.directory, wanted, hamlet.clock, nothing)
    assert size(village) == before
    assert verify_village(village).consistent


def test_the_backup_of_another_village_is_refused_before_anything_is_closed(
    hamlet: LoggedHamlet, slot: Path, tmp_path: Path
) -> None:
    village = hamlet.village
    other = DataDirectory(tmp_path / "other")
    settings = Settings(YANGQIAO, "elsewhere.example/good-deed-book")
    with found_village(other, settings, hamlet.clock).closing() as stranger:
        chosen = on_stick(stranger, slot)
        wanted = wish(hamlet, chosen, key_text(stranger.keys.backup))
    with pytest.raises(ExpectedError, match="backup_other_village"):
        restoring.preview(village, village.directory, wanted)
    with pytest.raises(ExpectedError, match="backup_other_village"):
        restoring.put_back(village, village.directory, wanted, hamlet.clock, nothing)


def test_without_the_sheets_key_and_the_keepers_office_nothing_is_told_or_put_back(
    hamlet: LoggedHamlet, slot: Path
) -> None:
    village = hamlet.village
    chosen = on_stick(village, slot)
    key = key_text(village.keys.backup)
    for session_id, typed, refused in (
        (hamlet.sign("K", "keeper"), f"0{key[1:]}" if key[0] != "0" else f"1{key[1:]}", "recovery"),
        (hamlet.officer("Y"), key, "not_allowed"),
        ("", key, "session_over"),
    ):
        wanted = Wish(session_id, chosen, typed)
        with pytest.raises(ExpectedError, match=refused):
            restoring.preview(village, village.directory, wanted)
        with pytest.raises(ExpectedError, match=refused):
            restoring.put_back(village, village.directory, wanted, hamlet.clock, nothing)


def test_a_village_that_is_refused_for_its_log_is_not_put_back_over(
    hamlet: LoggedHamlet,
) -> None:
    def behind() -> Village:
        raise EnvironmentFault("log_behind", 9, 5)

    def damaged() -> Village:
        raise EnvironmentFault("database_damaged")

    assert restoring.village_here(lambda: hamlet.village) is hamlet.village
    assert restoring.village_here(damaged) is None
    with pytest.raises(EnvironmentFault, match="log_behind"):
        restoring.village_here(behind)
