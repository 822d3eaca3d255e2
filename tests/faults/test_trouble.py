"""Disks that are full, read-only, held by another or gone; and the defect that has to be found."""

from __future__ import annotations

import pytest

from kiosk.core.errors import EnvironmentFault
from kiosk.services.upkeep import opening
from kiosk.services.village import Village
from tests.faults.command import harness
from tests.faults.trouble import namespace_command

needs_mounts = pytest.mark.skipif(
    namespace_command() is None, reason="this system gives no mount namespace"
)


@needs_mounts
def test_trouble_with_the_disk_gets_a_sentence_and_loses_nothing() -> None:
    told = harness("trouble")
    assert told["breaches"] == 0, told["broken"]
    assert told["troubles"] == 13
    assert {"told: disk_full", "told: database_locked", "told: database_missing"} <= told.keys()


@needs_mounts
def test_a_program_that_writes_into_a_deleted_file_is_found_out() -> None:
    assert harness("trouble", "--defect")["breaches"] > 0


def test_a_full_disk_is_known_before_a_form_is_filled(
    sqlite_village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening.require_room(sqlite_village)
    monkeypatch.setattr(opening, "LEAST_ROOM", 1 << 60)
    with pytest.raises(EnvironmentFault, match="disk_full"):
        opening.require_room(sqlite_village)
