"""What a village of version 0.1 did not say is in its log from the first opening on."""

from __future__ import annotations

from pathlib import Path

from kiosk.core.clock import SettableClock
from kiosk.core.paths import DataDirectory
from kiosk.services.audit.tables import verify_village
from kiosk.services.upkeep.opening import open_village
from tests.worlds.first_version import unpacked


def opened(root: Path, clock: SettableClock) -> tuple[int, tuple[object, ...]]:
    """How many entries the village has once it was opened, and what is wrong with it."""
    with open_village(DataDirectory(root / "village"), clock).closing() as village:
        found = verify_village(village)
        return found.entries, found.findings


def test_a_village_that_version_0_1_made_itself_is_carried_over_once_and_verifies(
    tmp_path: Path,
) -> None:
    hall = unpacked(tmp_path / "hall")
    first = opened(tmp_path / "hall", hall.clock)
    assert first == (first[0], ())
    assert opened(tmp_path / "hall", hall.clock) == first
