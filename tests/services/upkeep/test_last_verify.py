"""When everything was last held against the log stands on the keeper's screen, with its result."""

from __future__ import annotations

import sqlite3

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.services.upkeep import doctor, last_verify
from kiosk.services.upkeep.check import Check
from kiosk.services.village import Village
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish


@pytest.fixture
def hamlet(sqlite_village: Village, clock: SettableClock) -> LoggedHamlet:
    return grown(LoggedHamlet(sqlite_village, clock), furnish)


def line(village: Village, code: str = "verify") -> Check:
    (found,) = (each for each in doctor.at_hand(village) if each.code == code)
    return found


def test_the_keeper_verifies_and_reads_when_it_was_and_what_came_of_it(
    hamlet: LoggedHamlet,
) -> None:
    village = hamlet.village
    found = line(village)
    assert (found.phrase.key, found.well) == ("machine.verify_never", False)
    last_verify.verify_by(village, hamlet.sign("K", "keeper"))
    verified = last_verify.last(village)
    assert verified is not None
    found = line(village)
    assert (found.phrase.key, found.well) == ("machine.verify_well", True)
    assert found.phrase.values == (hamlet.clock.now(), verified.entries)
    hamlet.clock.advance(days=36)
    found = line(village)
    assert (found.phrase.key, found.well, found.grave) == ("machine.verify_old", False, False)


def test_what_does_not_fit_is_a_red_light(hamlet: LoggedHamlet) -> None:
    village = hamlet.village
    database = sqlite3.connect(village.directory.database)
    with database:
        database.execute("UPDATE household SET lane = '别处' WHERE id = 1")
    database.close()
    last_verify.verify(village)
    found = line(village)
    assert (found.phrase.key, found.grave) == ("machine.verify_wrong", True)


def test_nobody_but_a_keeper_verifies_at_the_screen(hamlet: LoggedHamlet) -> None:
    with pytest.raises(ExpectedError, match="not_allowed"):
        last_verify.verify_by(hamlet.village, hamlet.officer("Y"))
    assert last_verify.last(hamlet.village) is None


@pytest.mark.parametrize("spoilt", [b"", b"{}", b"[1]", b'{"at": "2026-11-23T09:00:00"}', b"\xff"])
def test_a_note_that_a_hand_has_spoilt_is_none(sqlite_village: Village, spoilt: bytes) -> None:
    (sqlite_village.directory.root / "last-verify").write_bytes(spoilt)
    assert last_verify.last(sqlite_village) is None


def test_every_light_offers_one_thing_to_do(
    sqlite_village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.devices.temperature.hottest", lambda: 91)
    found = {each.code: each for each in doctor.examine(sqlite_village)}
    assert {"disk", "clock", "scanner", "speech", "temperature", "versions", "verify"} <= set(found)
    assert not found["temperature"].well
    for each in found.values():
        assert f"machine.do_{each.action}" in sqlite_village.catalogue
